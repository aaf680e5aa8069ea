"""A guard before an ASGI application: the texts of JSON requests pass it first."""

import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from vedette_sdk.errors import Blocked, GuardUnavailable
from vedette_sdk.guarding.guard import Guard

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
_METHODS = ("POST", "PUT", "PATCH")


class GuardMiddleware:
    """Answers 400 with `guard_blocked` where the guard blocks, passes on what it leaves otherwise.

    Bodies that are no JSON, or larger than `max_body_bytes`, pass unseen unless `strict`.
    """

    def __init__(
        self, app: App, *detectors: str, guard: Guard | None = None, paths: tuple[str, ...] = (),
        max_body_bytes: int = 1_048_576, strict: bool = False, **how: Any,
    ) -> None:  # fmt: skip
        self._app = app
        self._guard = guard if guard is not None else Guard(*detectors, **how)
        self._paths = paths
        self._max = max_body_bytes
        self._strict = strict

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self._is_meant(scope):
            await self._app(scope, receive, send)
            return
        read = await _read(receive, self._max)
        if read is None:
            return
        body, is_whole = read
        if not is_whole or len(body) > self._max:
            if self._strict:
                await _refuse(send, 413, "too_large", "The body is too large to be guarded.")
                return
            await self._app(scope, _replay(body, receive, more=not is_whole), send)
            return
        try:
            body = await self._guarded(body)
        except ValueError:
            if self._strict:
                await _refuse(send, 400, "invalid_json", "The body is no JSON.")
                return
        except Blocked as blocked:
            await _refuse(send, 400, "guard_blocked", str(blocked))
            return
        except GuardUnavailable:
            await _refuse(send, 503, "guard_unavailable", "The guard does not answer.")
            return
        scope = {**scope, "headers": _with_length(scope["headers"], len(body))}
        await self._app(scope, _replay(body, receive, more=False), send)

    def _is_meant(self, scope: Scope) -> bool:
        if scope["type"] != "http" or scope["method"] not in _METHODS:
            return False
        if self._paths and not scope["path"].startswith(self._paths):
            return False
        kinds = [value for name, value in scope["headers"] if name.lower() == b"content-type"]
        return self._strict or any(b"json" in kind.lower() for kind in kinds)

    async def _guarded(self, body: bytes) -> bytes:
        if not body:
            return body
        said = json.loads(body)
        kept = await self._guard._each_async(said, "input")
        return body if kept == said else json.dumps(kept, ensure_ascii=False).encode()


async def _read(receive: Receive, most: int) -> tuple[bytes, bool] | None:
    """The body, and whether that is all of it; None where the client went away."""
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        chunk = message.get("body", b"")
        chunks.append(chunk)
        size += len(chunk)
        is_whole = not message.get("more_body")
        if is_whole or size > most:
            return b"".join(chunks), is_whole


def _replay(body: bytes, receive: Receive, *, more: bool) -> Receive:
    """What was read, then what comes."""
    given = False

    async def again() -> MutableMapping[str, Any]:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": more}

    return again


def _with_length(headers: Any, size: int) -> list[tuple[bytes, bytes]]:
    kept = [(name, value) for name, value in headers if name.lower() != b"content-length"]
    return [*kept, (b"content-length", str(size).encode())]


async def _refuse(send: Send, status: int, code: str, message: str) -> None:
    body = json.dumps({"error": {"code": code, "message": message}}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
