"""AWS Signature Version 4 in the header of a request.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html

What is signed: `host`, `content-type` and every `x-amz` field, which is what AWS asks for. All
other fields may be changed on the way without harm. The path is signed as it stands in the request
line, encoded once more: a `:` written as `%3A` is signed as `%253A`.
"""

import hmac
import time
from hashlib import sha256
from urllib.parse import quote

import msgspec

from vedette.ports.provider import Headers, HttpCall

_ALGORITHM = "AWS4-HMAC-SHA256"
_ENDING = "aws4_request"
_ALWAYS = frozenset((b"host", b"content-type"))
_NEVER = frozenset((b"x-amzn-trace-id", b"x-amz-date", b"x-amz-security-token"))
"""Fields that proxies may add, and those that a signature brings itself."""


class Credentials(msgspec.Struct, frozen=True):
    """Access key of an AWS account; `session_token` belongs to temporary ones."""

    access_key_id: str
    secret_access_key: str
    session_token: str = ""


class Scope(msgspec.Struct, frozen=True):
    """Where a signature counts."""

    region: str
    service: str


def sign(
    call: HttpCall, body: bytes, credentials: Credentials, scope: Scope, *, now_s: float
) -> list[tuple[bytes, bytes]]:
    """The fields that sign `call` with `body` at a time (Unix, seconds).

    They replace fields of these names; `call` must have its `host`.
    """
    moment = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(now_s))
    added = [(b"x-amz-date", moment.encode())]
    if credentials.session_token:
        added.append((b"x-amz-security-token", credentials.session_token.encode()))
    fields = _canonical_fields([*(f for f in call.headers if _is_signed(f[0])), *added])
    names = ";".join(fields)
    target, _, query = call.target.decode("latin-1").partition("?")
    request = (
        call.method.upper(),
        quote(_normal_path(target), safe="/~", encoding="latin-1"),
        _canonical_query(query),
        *(f"{name}:{value}" for name, value in fields.items()),
        "",
        names,
        sha256(body).hexdigest(),
    )
    place = "/".join((moment[:8], scope.region, scope.service, _ENDING))
    told = sha256("\n".join(request).encode("utf-8", "surrogateescape")).hexdigest()
    key = _signing_key(credentials.secret_access_key, place)
    signature = _hmac(key, "\n".join((_ALGORITHM, moment, place, told))).hex()
    authorization = (
        f"{_ALGORITHM} Credential={credentials.access_key_id}/{place}, "
        f"SignedHeaders={names}, Signature={signature}"
    )
    return [*added, (b"authorization", authorization.encode())]


def _is_signed(name: bytes) -> bool:
    return name in _ALWAYS or (name.startswith(b"x-amz") and name not in _NEVER)


def _canonical_fields(fields: Headers) -> dict[str, str]:
    """Name -> value, in the order of the names; repeated fields are joined."""
    joined: dict[str, str] = {}
    for name, value in sorted(fields, key=lambda field: field[0]):
        key, text = _text(name), " ".join(_text(value).split())
        joined[key] = f"{joined[key]},{text}" if key in joined else text
    return joined


def _text(value: bytes) -> str:
    return value.decode("utf-8", "surrogateescape")


def _normal_path(path: str) -> str:
    """Without empty and dot segments (RFC 3986, 5.2.4)."""
    kept: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            del kept[-1:]
        elif segment not in ("", "."):
            kept.append(segment)
    ends = "/" if kept and path.endswith("/") else ""
    return "/" + "/".join(kept) + ends


def _canonical_query(query: str) -> str:
    pairs = sorted(pair.partition("=")[::2] for pair in query.split("&")) if query else ()
    return "&".join(f"{name}={value}" for name, value in pairs)


def _signing_key(secret: str, place: str) -> bytes:
    key = f"AWS4{secret}".encode()
    for part in place.split("/"):
        key = _hmac(key, part)
    return key


def _hmac(key: bytes, text: str) -> bytes:
    return hmac.digest(key, text.encode(), "sha256")
