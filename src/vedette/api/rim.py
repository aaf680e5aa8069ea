"""The outermost layer: request id, host and origin, token, body cap, headers, the last catch.

One of the three places that catch every exception: whatever happens inside, the client gets a
problem document and the log a line.
"""

import logging
import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vedette.api import access
from vedette.api.bodies import BodyTooLarge
from vedette.api.context import Context
from vedette.api.errors import Unauthenticated, internal_error, problem_response
from vedette.errors import VedetteError
from vedette.model.audit import Actor
from vedette.model.user import Principal
from vedette.ports.audit import acting
from vedette.ports.intake import ALL_PATHS

log = logging.getLogger(__name__)

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; media-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; worker-src 'self' blob:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""Nothing is loaded from elsewhere: a picture in a prompt must not tell its owner who looks."""

_HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
_REQUEST_ID = re.compile(r"[A-Za-z0-9._:-]{1,64}", re.ASCII)


class Rim:
    """ASGI middleware around the whole application; counts what it had to catch."""

    def __init__(self, app: ASGIApp, *, context: Context) -> None:
        self._app = app
        self._services = context.services
        self._sessions = context.sessions
        self.failures = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = self._request_id(Headers(scope=scope))
        scope.setdefault("state", {})["request_id"] = request_id
        answer = _Answer(send, request_id, path=scope["path"])
        actor = acting.set(Actor(kind="local"))
        try:
            acting.set(self._admit(scope))
            capped = _Capped(receive, self._cap_bytes(scope["path"]))
            await self._app(scope, capped, answer)
        except VedetteError as error:
            if answer.started:
                raise
            await problem_response(error, request_id)(scope, receive, answer)
        except Exception as error:
            self.failures += 1
            log.exception("request %s failed: %s", request_id, type(error).__name__)
            if answer.started:
                raise
            await internal_error(request_id)(scope, receive, answer)
        finally:
            acting.reset(actor)

    def _admit(self, scope: Scope) -> Actor:
        """Who acts. Raises a VedetteError unless the request may come in."""
        headers, path = Headers(scope=scope), scope["path"]
        settings = self._services.settings
        access.check_host(headers.get("host", ""), settings.allowed_hosts)
        if not access.is_answer(scope["method"], path):
            access.check_origin(headers, path, settings.allowed_origins)
        if int(headers.get("content-length") or 0) > self._cap_bytes(path):
            raise _too_large(self._cap_bytes(path))
        address = scope["client"][0] if scope.get("client") else ""
        if not access.needs_token(path):
            return Actor(kind="anonymous", address=address)
        principal = self._principal(scope, headers, address)
        if principal is None:
            raise Unauthenticated(
                "Show the access token: Authorization: Bearer <token>, or log in to the console."
            )
        scope["state"]["principal"] = principal
        if principal.key_id:
            return Actor(kind="key", id=principal.key_id, name=principal.name, address=address)
        if principal.user_id:
            id, name = principal.user_id, principal.name
            return Actor(kind="user", id=id, name=name, address=address)
        return Actor(kind="token" if self._sessions.required else "local", address=address)

    def _principal(self, scope: Scope, headers: Headers, address: str) -> Principal | None:
        """A virtual key where one is good for something, else whoever is logged in."""
        desk = self._services.access
        if desk is None:
            return access.principal_of(headers, self._sessions, None, address)
        holder = access.keyholder_of(
            (scope["method"], scope["path"]), headers, desk.keys, address
        )  # fmt: skip
        return holder or access.principal_of(headers, self._sessions, desk.people, address)

    def _cap_bytes(self, path: str) -> int:
        """How large a body may be: batches of spans have a cap of their own."""
        intake = self._services.intake
        if intake is not None and path in ALL_PATHS:
            return intake.max_body_bytes
        return self._services.settings.max_body_bytes

    def _request_id(self, headers: Headers) -> str:
        """The caller's own id where it is harmless, else a new one."""
        given = headers.get("x-request-id", "")
        return given if _REQUEST_ID.fullmatch(given) else self._services.clock.span_id()


class _Answer:
    """Adds our headers to the answer and remembers whether it has begun."""

    def __init__(self, send: Send, request_id: str, *, path: str) -> None:
        self._send = send
        self._request_id = request_id
        self._stored = not path.startswith(("/api/", "/health/", "/metrics"))
        self.started = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            headers = MutableHeaders(scope=message)
            headers["x-request-id"] = self._request_id
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            if not self._stored:
                headers.setdefault("cache-control", "no-store")
        await self._send(message)


class _Capped:
    """Counts the body as it is read; raises BodyTooLarge beyond the cap."""

    def __init__(self, receive: Receive, cap_bytes: int) -> None:
        self._receive = receive
        self._cap_bytes = cap_bytes
        self._read_bytes = 0

    async def __call__(self) -> Message:
        message = await self._receive()
        self._read_bytes += len(message.get("body", b""))
        if self._read_bytes > self._cap_bytes:
            raise _too_large(self._cap_bytes)
        return message


def _too_large(cap_bytes: int) -> BodyTooLarge:
    return BodyTooLarge(f"The body is larger than {cap_bytes} bytes.")
