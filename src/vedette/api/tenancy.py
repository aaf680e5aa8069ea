"""What organizations, projects and keys have in common over HTTP."""

import re
from collections.abc import Iterable
from typing import TypeVar

from starlette.requests import Request

from vedette.access.desk import AccessDesk
from vedette.api.context import context_of
from vedette.api.etags import VersionDiffers, expected_version
from vedette.errors import VedetteError
from vedette.query.filters import MAX_LIMIT
from vedette.query.parameters import Parameter, Parameters

Item = TypeVar("Item")

DEFAULT_LIMIT = 100

_CURSOR = re.compile(r"[A-Za-z0-9_.-]{1,80}", re.ASCII)


class NoAccessDesk(VedetteError):
    """This console runs without tenants."""

    code = "access_unavailable"
    status = 503


def desk_of(request: Request) -> AccessDesk:
    """Raises NoAccessDesk."""
    desk = context_of(request).services.access
    if desk is None:
        raise NoAccessDesk("This console knows no organizations, projects and keys.")
    return desk


def check_version(request: Request, noun: str, current: int) -> int | None:
    """The version that the caller changes, None where he does not care; raises VersionDiffers."""
    if not request.headers.get("if-match"):
        return None
    expected = expected_version(request, noun)
    if expected != current:
        raise VersionDiffers(f"The {noun} is at version {current}. Load it and try again.")
    return expected


def read_page(parameters: Parameters) -> tuple[str, int]:
    """Where to go on, and how far."""

    def cursor(text: str) -> str:
        if _CURSOR.fullmatch(text) is None:
            raise ValueError("`next_cursor` of the page before")
        return text

    after_id = parameters.parse("cursor", cursor, default="") or ""
    return after_id, parameters.integer("limit", low=1, high=MAX_LIMIT, default=DEFAULT_LIMIT)


def page_of(
    items: Iterable[tuple[str, Item]], after_id: str, limit: int
) -> tuple[tuple[Item, ...], str | None]:
    """A page of items that come in the order of their ids, and where the next one begins."""
    later = [(id, item) for id, item in items if id > after_id]
    shown = later[:limit]
    return tuple(item for _, item in shown), shown[-1][0] if len(later) > limit else None


PAGING = (
    Parameter(
        name="cursor",
        description="Where to go on: `next_cursor` of the page before.",
        schema={"type": "string"},
    ),
    Parameter(
        name="limit",
        description="Rows of a page.",
        schema={
            "type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT,
        },
    ),
)  # fmt: skip
IF_MATCH = Parameter(
    name="If-Match",
    description="The ETag of the version that is changed; without it the newest one is.",
    schema={"type": "string"},
)
