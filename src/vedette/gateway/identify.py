"""Who calls, and in whose name: host and origin checks, client keys, trace context, session.

A page in a browser can post to 127.0.0.1 and spend somebody's money. So a request with an
`Origin` that is not allowed is refused, and so is one whose `Host` is none of ours (DNS
rebinding). `X-Forwarded-*` decides nothing.
"""

import hashlib
import hmac
import re
from ipaddress import ip_network
from typing import Any
from urllib.parse import parse_qsl

import msgspec

from vedette.access.issuing import PREFIX
from vedette.clock import Clock
from vedette.errors import VedetteError
from vedette.gateway.routes import Endpoint
from vedette.gateway.tenants import Tenants, Unauthorized, is_within
from vedette.http1.request import Head
from vedette.http1.server import Request
from vedette.model.settings import GatewaySettings
from vedette.model.tenant import DEFAULT, AccessSnapshot, VirtualKey

_TRACEPARENT = re.compile(rb"([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?")
_ENVIRONMENT, _RELEASE = b"x-vedette-environment", b"x-vedette-release"
_TOLD = frozenset(
    {
        b"traceparent", b"x-vedette-session", b"x-vedette-user", b"x-vedette-tags", _ENVIRONMENT,
        _RELEASE,
    }
)  # fmt: skip
OURS, PROJECT = b"x-vedette-ours", b"x-vedette-project"
"""A token of this installation, and the project in whose name it calls."""
_LABEL_LIMIT = 200
_TAG_LIMIT = 32


class Forbidden(VedetteError):
    """The request comes from where it must not come from."""

    code = "forbidden"
    status = 403


def own_token(hash_key: bytes) -> str:
    """What processes of this installation show each other."""
    return hmac.new(hash_key, b"calls of our own", hashlib.sha256).hexdigest()


class Admission(msgspec.Struct, frozen=True):
    """What was decided for a head that was let in."""

    place: Endpoint
    key: VirtualKey | None


PROTOCOLS, KEY_PROTOCOL = b"sec-websocket-protocol", b"openai-insecure-api-key."
_PREFIX = PREFIX.encode()
_REMEMBERED = 512
_LONGEST_SHOWN = 200


class Gatekeeper:
    """The checks of one snapshot."""

    def __init__(self, settings: GatewaySettings, tenants: Tenants | None = None) -> None:
        self.tenants = Tenants(AccessSnapshot()) if tenants is None else tenants
        self._keys = frozenset(settings.api_keys)
        self._own = own_token(settings.hash_key).encode() if settings.hash_key else b""
        self._hosts = frozenset(host.lower().encode() for host in settings.allowed_hosts)
        self._origins = frozenset(origin.encode() for origin in settings.allowed_origins)
        access = settings.access
        self._tenant_header = access.tenant_header.lower().encode()
        self._proxies = [ip_network(text, strict=False) for text in access.trusted_proxies]
        self.asks_for_key = (
            bool(self._keys) or len(self.tenants) > 0 or self.tenants.closed or access.require_key
        )
        """True where clients present our keys: then these must not travel to a provider."""
        self._admitted: dict[Head, Admission] = {}
        self._shown: dict[bytes, VirtualKey] = {}
        """Keys that were found, by the `Authorization` they came in."""

    def recall(self, head: Head, clock: Clock) -> Admission | None:
        """What `admit` was told of this very head. It holds as long as this gatekeeper: new
        settings and new keys bring another."""
        found = self._admitted.get(head)
        if found is None or found.key is None or found.key.expires_ns is None:
            return found
        return found if clock.now_ns() < found.key.expires_ns else None

    def admit(self, head: Head, admission: Admission) -> Admission:
        """Remember a decision that rests on nothing but the head, if the head comes again."""
        if head.is_known:
            if len(self._admitted) >= _REMEMBERED:
                self._admitted.clear()
            self._admitted[head] = admission
        return admission

    def check_source(self, request: Request) -> None:
        """Raises Forbidden for a foreign Host or Origin."""
        host = request.header(b"host")
        if self._hosts and (host is None or _hostname(host) not in self._hosts):
            raise Forbidden(
                f"Host {_shown(host)} is not served here. Add it to `gateway.allowed_hosts`."
            )
        origin = request.header(b"origin")
        if origin is not None and origin not in self._origins:
            raise Forbidden(
                f"Requests from the web page {_shown(origin)} are refused. "
                "Add it to `gateway.allowed_origins` if it is yours."
            )

    def check_key(self, request: Request, now_ns: int = 0) -> VirtualKey | None:
        """The virtual key of the caller, None for a key of the configuration or where none is
        asked for. Raises Unauthorized."""
        if not self.asks_for_key:
            return None
        authorization = request.header(b"authorization")
        if authorization is not None and request.header(OURS) is None:
            # Equal bytes are compared only where their keyed hashes are the same.
            known = self._shown.get(authorization)
            if known is not None and (known.expires_ns is None or now_ns < known.expires_ns):
                return known
        return self._look_up(request, now_ns)

    def overlooks(self, request: Request) -> bool:
        """Whether a key like ours is shown where none is asked for: it may be the first."""
        return not self.asks_for_key and client_key(request).startswith(_PREFIX)

    def _look_up(self, request: Request, now_ns: int) -> VirtualKey | None:
        if self.is_ours(request):
            return None
        shown = client_key(request)
        found = self.tenants.find(shown, now_ns)
        if found is None and hashlib.sha256(shown).hexdigest() not in self._keys:
            raise Unauthorized(
                "No valid client key. Send one as `Authorization: Bearer` (or x-api-key, "
                "x-goog-api-key, api-key): a key of a project, or one of `gateway.api_keys`."
            )
        if found is not None:
            self._remember(request.header(b"authorization") or b"", found)
        return found

    def _remember(self, authorization: bytes, key: VirtualKey) -> None:
        if not _is_bearer(authorization) or len(authorization) > _LONGEST_SHOWN:
            return
        if len(self._shown) >= _REMEMBERED:
            self._shown.clear()
        self._shown[authorization] = key

    def is_ours(self, request: Request) -> bool:
        """Whether a process of this installation calls."""
        shown = request.header(OURS)
        return shown is not None and bool(self._own) and hmac.compare_digest(shown, self._own)

    def project_of(self, request: Request, key: VirtualKey | None) -> str:
        """The project that a call belongs to."""
        if key is not None:
            return key.project_id
        if request.header(OURS) is not None and self.is_ours(request):
            return (request.header(PROJECT) or b"")[:200].decode("utf-8", "replace") or DEFAULT
        if self._tenant_header:
            named = request.header(self._tenant_header)
            if named is not None and is_within(request.peer, self._proxies):
                return named[:200].decode("utf-8", "replace")
        return DEFAULT


def client_key(request: Request) -> bytes:
    """The credential a client presents, in any of the providers' habits; may be empty."""
    authorization = request.header(b"authorization")
    if authorization is not None and _is_bearer(authorization):
        return authorization[7:].strip()
    for name in (b"x-api-key", b"api-key", b"x-goog-api-key"):
        value = request.header(name)
        if value is not None:
            return value
    offered = request.header(PROTOCOLS)
    if offered is not None and (key := _key_in_protocols(offered)):
        return key
    # Google's REST habit; it is never sent on nor recorded.
    return _key_in_query(request.query) if "key=" in request.query else b""


def _is_bearer(authorization: bytes) -> bool:
    return authorization[:7].lower() == b"bearer "


def _key_in_protocols(offered: bytes) -> bytes:
    """As OpenAI has browsers show it, which set no header when they open a WebSocket."""
    for protocol in offered.split(b","):
        if protocol.strip().startswith(KEY_PROTOCOL):
            return protocol.strip()[len(KEY_PROTOCOL) :]
    return b""


def _key_in_query(query: str) -> bytes:
    return next((value.encode() for name, value in parse_qsl(query) if name == "key"), b"")


class Caller(msgspec.Struct, frozen=True, omit_defaults=True):
    """Whose call this is and which trace it belongs to."""

    trace_id: str
    parent_span_id: str = ""
    session_id: str = ""
    user_id: str = ""
    tags: tuple[str, ...] = ()
    environment: str = ""
    release: str = ""


def read_caller(request: Request, user: str, metadata: dict[str, Any], clock: Clock) -> Caller:
    """Headers win over the body's `user` and `metadata` (`session_id`, `user_id`, `tags`,
    `environment`, `release`)."""
    if not metadata and request.lacks(_TOLD):
        return Caller(clock.trace_id(), "", "", user[:_LABEL_LIMIT])
    header = request.header
    trace = header(b"traceparent")
    found = _trace_context(trace) if trace is not None else None
    trace_id, parent = found or (clock.trace_id(), "")
    session = _label(header(b"x-vedette-session"))
    user_id = _label(header(b"x-vedette-user")) or user
    tags = _label(header(b"x-vedette-tags"), 4096)
    environment, release = _label(header(_ENVIRONMENT)), _label(header(_RELEASE))
    if metadata:
        session = session or _text(metadata.get("session_id"))
        user_id = user_id or _text(metadata.get("user_id"))
        tags = tags or _text(metadata.get("tags"))
        environment = environment or _text(metadata.get("environment"))
        release = release or _text(metadata.get("release"))
    return Caller(
        trace_id, parent, session[:_LABEL_LIMIT], user_id[:_LABEL_LIMIT], split_tags(tags),
        environment[:_LABEL_LIMIT], release[:_LABEL_LIMIT],
    )  # fmt: skip


def split_tags(text: str) -> tuple[str, ...]:
    """Comma separated, trimmed, without empty ones and repetitions, at most 32."""
    if not text:
        return ()
    tags = dict.fromkeys(tag.strip()[:_LABEL_LIMIT] for tag in text.split(","))
    return tuple(tag for tag in tags if tag)[:_TAG_LIMIT]


def _trace_context(header: bytes) -> tuple[str, str] | None:
    """Trace and parent id of a W3C `traceparent`; None where it is not valid."""
    match = _TRACEPARENT.fullmatch(header)
    if match is None or match[1] == b"ff" or (match[1] == b"00" and match[5]):
        return None
    if match[2].strip(b"0") == b"" or match[3].strip(b"0") == b"":
        return None
    return match[2].decode(), match[3].decode()


def _hostname(host: bytes) -> bytes:
    """Without port and case; IPv6 without brackets."""
    if host.startswith(b"["):
        return host[1:].partition(b"]")[0].lower()
    return host.partition(b":")[0].lower()


def _label(value: bytes | None, limit: int = _LABEL_LIMIT) -> str:
    return value[:limit].decode("utf-8", "replace").strip() if value is not None else ""


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _shown(value: bytes | None) -> str:
    return repr((value or b"")[:200].decode("utf-8", "replace"))
