"""Which requests the console listens to: by host, by origin, by token.

A browser will send requests to a loopback port for any page that asks. Two checks keep foreign
pages out: `Host` must be a name of ours (else a DNS name that was rebound to 127.0.0.1 is
same-origin with us), and what a browser marks as coming from another site is refused, reading
or writing alike. Programs send neither `Origin` nor `Sec-Fetch-Site` and are not affected.
"""

import re
from collections.abc import Collection, Mapping
from urllib.parse import urlsplit

from vedette.access.issuing import PREFIX
from vedette.access.keys import Keys
from vedette.access.people import People
from vedette.api.sessions import COOKIE, Sessions
from vedette.errors import VedetteError
from vedette.model.user import ROOT, Membership, Principal
from vedette.ports.intake import ALL_PATHS

OPEN_PATHS = frozenset({
    "/health/live", "/health/ready", "/api/v1/session", "/api/v1/openapi.json",
    "/api/v1/invitations/accept", "/api/v1/password/reset",
    "/api/v1/password/forgot",
})  # fmt: skip
"""What needs no token; `/health/ready` says less without one."""

SCORING = ("POST", "/api/v1/scores")
"""What a virtual key is good for here."""

FLOW_PATH = "/sso/"
"""Below it people log in through providers, whose pages send them back."""

_ANSWER = re.compile(r"/sso/[a-z0-9-]{1,32}/(?:acs|slo)", re.ASCII)
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?", re.ASCII)


class ForeignHost(VedetteError):
    """The request names a host that is not ours."""

    code = "host_not_allowed"
    status = 403


class ForeignOrigin(VedetteError):
    """A page of another site made a browser send this."""

    code = "cross_site_request"
    status = 403


def check_host(host: str, allowed: Collection[str]) -> None:
    """Raises ForeignHost unless `host` (of the header, with or without port) is allowed."""
    match = _HOST.fullmatch(host.lower())
    name = match[1].strip("[]").rstrip(".") if match else ""
    if not name or (allowed and name not in allowed):
        raise ForeignHost(
            f"The console does not answer to the host {host[:100]!r}. "
            "If it is right, add it to console.allowed_hosts."
        )


def check_origin(headers: Mapping[str, str], path: str, allowed: Collection[str]) -> None:
    """Raises ForeignOrigin for what a page of another site sent.

    Following a link from elsewhere to a page of the console is fine, it shows nothing to others.
    """
    origin = headers.get("origin", "")
    if origin and origin not in allowed and not _is_same(origin, headers.get("host", "")):
        raise ForeignOrigin(
            f"Requests from pages of {origin[:100]!r} are refused. "
            "If they are yours, add the origin to console.allowed_origins."
        )
    site = headers.get("sec-fetch-site", "same-origin")
    if site in ("same-origin", "none") or origin in allowed:
        return
    if headers.get("sec-fetch-mode") == "navigate" and not path.startswith("/api/"):
        return
    raise ForeignOrigin("A page of another site made your browser send this; it is refused.")


def is_answer(method: str, path: str) -> bool:
    """Whether it is where pages of providers post who logged in or out, which a page of another
    site does by its nature. It reads no cookie and sets none."""
    return method == "POST" and _ANSWER.fullmatch(path) is not None


def principal_of(
    headers: Mapping[str, str], sessions: Sessions, people: People | None, address: str
) -> Principal | None:
    """Who asks, by `Authorization: Bearer` or by a session cookie; None for nobody.

    Raises TooManyAttempts, and StoreError where the users cannot be read.
    """
    if not sessions.required:
        return ROOT
    scheme, _, token = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token:
        found = people.bearer(token.strip()) if people is not None else None
        return found or (ROOT if sessions.accepts_token(token.strip(), address) else None)
    cookie = _cookie(headers.get("cookie", ""))
    session = sessions.user_of(cookie)
    if session is not None and people is not None:
        user_id, began_ns, _ = session
        return people.principal(user_id, began_ns=began_ns)
    known = sessions.has_token and sessions.expiry_of(cookie) is not None
    return ROOT if known else None


def keyholder_of(
    asked: tuple[str, str], headers: Mapping[str, str], keys: Keys, address: str
) -> Principal | None:
    """Who scores with a virtual key: applications judge the calls they made. None for others, for
    keys that do not work, and where another method and path are asked."""
    scheme, _, text = headers.get("authorization", "").partition(" ")
    if asked != SCORING or scheme.lower() != "bearer" or not text.startswith(PREFIX):
        return None
    key = keys.bearer(text.strip(), address)
    if key is None:
        return None
    place = Membership(
        user_id="", organization_id=key.organization_id, role="custom",
        projects=(key.project_id,), permissions=("calls.write",),
    )  # fmt: skip
    return Principal(name=key.name, memberships=(place,), key_id=key.id, project_id=key.project_id)


def needs_token(path: str) -> bool:
    """Whether a path shows anything that is not for everybody; the UI's own files are not."""
    if path in OPEN_PATHS or path in ALL_PATHS:  # the intake asks for keys itself
        return False
    return path.startswith("/api/") or path == "/metrics"


def _is_same(origin: str, host: str) -> bool:
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and parts.netloc.lower() == host.lower()


def _cookie(header: str) -> str:
    for pair in header.split(";"):
        name, _, value = pair.strip().partition("=")
        if name == COOKIE:
            return value.strip('"')
    return ""
