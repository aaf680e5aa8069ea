"""`/views`: saved views of a project, each with a version so that nobody overwrites what he has not
seen. A private one is its owner's; a shared one is seen by all of the project, and changed by its
owner or by whoever manages the project.
"""

import re
from typing import Any

import msgspec
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from vedette.api.authorization import organization_of, principal_of
from vedette.api.bodies import read_body
from vedette.api.context import context_of
from vedette.api.errors import Forbidden
from vedette.api.etags import IF_MATCH, VersionDiffers, etag, expected_version
from vedette.api.routing import Operation, add_route, json_response, read_parameters
from vedette.api.schemas import SavedView, ViewBody, ViewList
from vedette.api.scope import PROJECT_PARAMETER, project_of
from vedette.errors import Conflict, NotFound, VedetteError
from vedette.model.user import Principal
from vedette.ports.stores import Record
from vedette.query.filters import MAX_LIMIT
from vedette.query.parameters import Parameter
from vedette.query.times import format_time

KIND = "saved_view"
MAX_VIEWS = 1_000
"""Of a project."""

_ID = re.compile(r"[0-9a-f]{16}", re.ASCII)


class TooManyViews(VedetteError):
    """No room for another view."""

    code = "too_many_views"
    status = 409


def router() -> APIRouter:
    """The routes below `/api/v1`."""
    api = APIRouter(tags=["views"])
    add_route(api, "GET", "/views", list_views, _LIST)
    add_route(api, "POST", "/views", create_view, _CREATE)
    add_route(api, "GET", "/views/{view_id}", show_view, _SHOW)
    add_route(api, "PUT", "/views/{view_id}", replace_view, _REPLACE)
    add_route(api, "DELETE", "/views/{view_id}", delete_view, _DELETE)
    return api


async def list_views(request: Request) -> Response:
    parameters = read_parameters(request, _LIST.parameters)
    after_id = parameters.parse("cursor", _check_id, default="") or ""
    limit = parameters.integer("limit", low=1, high=MAX_LIMIT, default=100)
    project_id = await project_of(request, parameters)
    asker = await _asker(request, project_id)
    found = [one for one in await _all(request, project_id) if asker.sees(one)]
    later = [one for one in found if one.id > after_id]
    shown = later[:limit]
    return json_response(
        ViewList(tuple(map(asker.shape, shown)), shown[-1].id if len(later) > limit else None)
    )


async def create_view(request: Request) -> Response:
    parameters = read_parameters(request, _CREATE.parameters)
    body = await read_body(request, ViewBody)
    services = context_of(request).services
    project_id = await project_of(request, parameters)
    asker = await _asker(request, project_id)
    if len(await _all(request, project_id)) >= MAX_VIEWS:
        raise TooManyViews(f"There are {MAX_VIEWS} saved views. Delete one first.")
    id = f"{services.clock.now_ns() // 1_000_000 & 0xFFFFFFFFFFFF:012x}"
    id += services.clock.span_id()[-4:]
    record = await context_of(request).threads.run(
        services.records.put, project_id, KIND, id, _kept(body, asker.principal.user_id),
        version=0,
    )  # fmt: skip
    location = {"location": f"/api/v1/views/{record.id}", "etag": etag(record.version)}
    return json_response(asker.shape(record), status=201, headers=location)


async def show_view(request: Request, view_id: str) -> Response:
    project_id = await project_of(request, read_parameters(request, _SHOW.parameters))
    asker = await _asker(request, project_id)
    record = await _seen(request, project_id, view_id, asker)
    return json_response(asker.shape(record), headers={"etag": etag(record.version)})


async def replace_view(request: Request, view_id: str) -> Response:
    project_id = await project_of(request, read_parameters(request, _REPLACE.parameters))
    version = expected_version(request, "view")
    body = await read_body(request, ViewBody)
    asker = await _asker(request, project_id)
    seen = await _seen(request, project_id, view_id, asker)
    asker.check_change(seen)
    try:
        record = await context_of(request).threads.run(
            context_of(request).services.records.put, project_id, KIND, seen.id,
            _kept(body, _owner(seen)), version=version,
        )  # fmt: skip
    except Conflict:
        raise _differs(seen.id, version) from None
    return json_response(asker.shape(record), headers={"etag": etag(record.version)})


async def delete_view(request: Request, view_id: str) -> Response:
    project_id = await project_of(request, read_parameters(request, _DELETE.parameters))
    version = expected_version(request, "view")
    asker = await _asker(request, project_id)
    seen = await _seen(request, project_id, view_id, asker)
    asker.check_change(seen)
    try:
        await context_of(request).threads.run(
            context_of(request).services.records.delete, project_id, KIND, seen.id,
            version=version,
        )  # fmt: skip
    except Conflict:
        raise _differs(seen.id, version) from None
    return Response(status_code=204)


class _Asker(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks, and what of the views that allows."""

    principal: Principal
    manages: bool
    """Whether the project is theirs to manage."""
    names: dict[str, str]
    """Of users, by id."""

    def sees(self, record: Record) -> bool:
        return self._is_own(record) or record.body.get("visibility") != "private"

    def may_change(self, record: Record) -> bool:
        return self._is_own(record) or (self.manages and self.sees(record))

    def check_change(self, record: Record) -> None:
        """Raises Forbidden."""
        if not self.may_change(record):
            raise Forbidden("Whoever saved a view changes it, and who manages the project.")

    def shape(self, record: Record) -> SavedView:
        body = {name: record.body[name] for name in record.body if name != "owner"}
        view = msgspec.convert({"visibility": "project"} | body, ViewBody)
        return SavedView(
            id=record.id, version=record.version, name=view.name, page=view.page,
            query=view.query, layout=view.layout, visibility=view.visibility,
            owner=self.names.get(_owner(record), ""), may_change=self.may_change(record),
            created_time=format_time(record.created_ns),
            updated_time=format_time(record.updated_ns),
        )  # fmt: skip

    def _is_own(self, record: Record) -> bool:
        # What was saved before there were users is of those who may do everything.
        return _owner(record) == self.principal.user_id or (
            not _owner(record) and self.principal.rules_all
        )


async def _asker(request: Request, project_id: str) -> _Asker:
    principal, desk = principal_of(request), context_of(request).services.access
    if desk is None or (principal.rules_all and not desk.people.any):
        return _Asker(principal=principal, manages=principal.rules_all, names={})
    organization = await organization_of(request, project_id)
    users = await context_of(request).threads.run(desk.people.list)
    return _Asker(
        principal=principal, names={one.id: one.name or one.email for one in users},
        manages=principal.may("project.manage", organization, project_id),
    )  # fmt: skip


async def _all(request: Request, project_id: str) -> list[Record]:
    context = context_of(request)
    found = await context.threads.run(
        context.services.records.list, project_id, KIND, limit=MAX_VIEWS
    )
    return list(found)


async def _seen(request: Request, project_id: str, id: str, asker: _Asker) -> Record:
    """Raises NotFound, for what is private of somebody else as well."""
    context = context_of(request)
    record = await context.threads.run(
        context.services.records.get, project_id, KIND, _known_id(id)
    )
    if record is None or not asker.sees(record):
        raise NotFound(f"There is no saved view {id!r}.")
    return record


def _kept(body: ViewBody, owner: str) -> dict[str, Any]:
    return {**msgspec.to_builtins(body), "owner": owner}


def _owner(record: Record) -> str:
    return str(record.body.get("owner", ""))


def _check_id(text: str) -> str:
    if _ID.fullmatch(text) is None:
        raise ValueError("the id of a view: 16 hex digits")
    return text


def _known_id(text: str) -> str:
    try:
        return _check_id(text)
    except ValueError:
        raise NotFound(f"There is no saved view {text[:80]!r}.") from None


def _differs(view_id: str, version: int) -> VersionDiffers:
    return VersionDiffers(
        f"The saved view {view_id!r} is no longer at version {version}. Load it and try again."
    )


_LIST = Operation(
    summary="Saved views that you may see, oldest first",
    parameters=(
        PROJECT_PARAMETER,
        Parameter(
            name="cursor",
            description="Where to go on: `next_cursor` of the page before.",
            schema={"type": "string"},
        ),
        Parameter(
            name="limit",
            description="Rows of a page.",
            schema={"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": 100},
        ),
    ),
    answers={200: ViewList},
)
_CREATE = Operation(
    summary="Save a view",
    parameters=(PROJECT_PARAMETER,),
    body=ViewBody,
    answers={201: SavedView},
    refusals=(409, 413, 415),
)
_SHOW = Operation(
    summary="One saved view",
    parameters=(PROJECT_PARAMETER,),
    answers={200: SavedView},
    refusals=(404,),
)
_REPLACE = Operation(
    summary="Replace a saved view",
    parameters=(PROJECT_PARAMETER,),
    headers=(IF_MATCH,),
    body=ViewBody,
    answers={200: SavedView},
    refusals=(404, 412, 413, 415, 428),
)
_DELETE = Operation(
    summary="Delete a saved view",
    parameters=(PROJECT_PARAMETER,),
    headers=(IF_MATCH,),
    answers={204: None},
    refusals=(404, 412, 428),
)
