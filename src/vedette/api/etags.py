"""Versions in headers: nobody overwrites what he has not seen, nor loads again what he has."""

import hashlib
import re

from starlette.requests import Request
from starlette.responses import Response

from vedette.errors import VedetteError
from vedette.query.parameters import Parameter, ParameterError

_ETAG = re.compile(r'(?:W/)?"?(\d{1,15})(?:-[0-9a-f]{1,32})?"?', re.ASCII)
_TAGS = re.compile(r'(?:W/)?("[^"]*")')
_DIGEST_BYTES = 8


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


def tagged(request: Request, response: Response) -> Response:
    """The answer with an ETag of all that it says, or 304 where the client has just that.

    What is shown of a record may change without its version: a key expires, or somebody else asks.
    So the tag is the version, where there is one, and a digest of the answer; `If-Match` looks at
    the version alone.
    """
    digest = hashlib.blake2b(response.body, digest_size=_DIGEST_BYTES).hexdigest()
    version = response.headers.get("etag", "").strip('"')
    tag = f'"{version}-{digest}"' if version else f'"{digest}"'
    response.headers["etag"] = tag
    known = ",".join(request.headers.getlist("if-none-match"))
    if known.strip() == "*" or tag in _TAGS.findall(known):
        return Response(status_code=304, headers={"etag": tag})
    return response


IF_NONE_MATCH = Parameter(
    name="If-None-Match",
    description="The ETag of an answer that you have: 304 without a body while it is the same.",
    schema={"type": "string"},
)
IF_MATCH = Parameter(
    name="If-Match",
    description="The ETag of the version that is changed; needed.",
    schema={"type": "string"},
)
