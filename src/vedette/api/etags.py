"""Versions of records in headers: nobody overwrites what he has not seen."""

import re

from starlette.requests import Request

from vedette.errors import VedetteError
from vedette.query.parameters import Parameter, ParameterError

_ETAG = re.compile(r'(?:W/)?"?(\d{1,15})"?', re.ASCII)


class VersionNeeded(VedetteError):
    """The client did not say which version it changes."""

    code = "if_match_required"
    status = 428


class VersionDiffers(VedetteError):
    """Somebody changed the record since the client read it."""

    code = "version_differs"
    status = 412


def etag(version: int) -> str:
    return f'"{version}"'


def expected_version(request: Request, noun: str) -> int:
    """The version in `If-Match`; raises VersionNeeded or ParameterError."""
    text = request.headers.get("if-match", "")
    if not text:
        raise VersionNeeded(f"Send If-Match with the ETag of the {noun} that you change.")
    match = _ETAG.fullmatch(text.strip())
    if match is None or int(match[1]) < 1:
        raise ParameterError("If-Match", text, f'the ETag of the {noun}, such as "3"')
    return int(match[1])


IF_MATCH = Parameter(
    name="If-Match",
    description="The ETag of the version that is changed; needed.",
    schema={"type": "string"},
)
