"""The body of a request, as its handler reads it."""

import asyncio
from collections.abc import Callable
from typing import Protocol

from vedette.errors import VedetteError

UNREAD_BYTES = 65_536
"""Held for a handler that has not asked yet; beyond it reading from the socket pauses."""


class BodyTooLarge(VedetteError):
    """The body is larger than what is served here."""

    code = "request_too_large"
    status = 413


class ClientGone(VedetteError):
    """The client closed the connection before its request was whole."""

    code = "client_gone"
    status = 499


class BodySource(Protocol):
    """The connection behind a body."""

    def pause_reading(self) -> None: ...

    def resume_reading(self) -> None: ...

    def continue_expected(self) -> None:
        """The body is wanted: send `100 Continue` if the client waits for it."""
        ...


class Body:
    """Bytes as they come in; read whole, looked into, or passed on piece by piece."""

    __slots__ = ("_broken", "_forward", "_held", "_limit", "_parts", "_paused", "_source",
                 "_waiter", "_wanted", "complete", "length", "size")  # fmt: skip

    def __init__(self, source: BodySource, length: int | None) -> None:
        self.length = length
        """As declared; None when chunked."""
        self.complete = length == 0
        self.size = 0
        """Bytes received so far."""
        self._source = source
        self._parts: list[bytes] = []
        self._held = 0
        self._limit = 0
        self._wanted = UNREAD_BYTES
        self._paused = False
        self._broken: ClientGone | None = None
        self._waiter: asyncio.Future[None] | None = None
        self._forward: Callable[[bytes], None] | None = None

    async def read(self, limit: int) -> bytes:
        """The whole body. Raises BodyTooLarge over `limit` bytes, ClientGone when it breaks off."""
        if not self.complete or self.size > limit:
            await self._read_on(limit)
        parts = self._parts
        whole = parts[0] if len(parts) == 1 else b"".join(parts)
        self._parts = [whole]
        return whole

    async def peek(self, count: int) -> bytes:
        """The first `count` bytes, fewer only where the body is shorter; they stay in place."""
        self._source.continue_expected()
        self._wanted = max(self._wanted, count + 1)
        while self._held < count and not self.complete:
            await self._more()
        whole = b"".join(self._parts)
        self._parts = [whole]
        return whole[:count]

    async def forward(self, write: Callable[[bytes], None]) -> None:
        """Give every piece to `write`, those already here first, until the end."""
        self._source.continue_expected()
        parts, self._parts, self._held = self._parts, [], 0
        self._forward = write
        for part in parts:
            if part:
                write(part)
        self._release()
        while not self.complete:
            await self._more()

    def pause(self) -> None:
        """Stop reading: whoever `forward` writes to does not keep up."""
        self._paused = True
        self._source.pause_reading()

    def resume(self) -> None:
        self._paused = False
        self._release()

    # Called by the connection.

    def fill(self, data: bytes) -> None:
        """All of it is there before anybody asks."""
        self._parts.append(data)
        self.size = self._held = len(data)
        self.complete = True

    def feed(self, data: bytes) -> None:
        """A piece has come."""
        self.size += len(data)
        if self._forward is not None:
            self._forward(data)
            return
        self._parts.append(data)
        self._held += len(data)
        if self._limit and self.size > self._limit:
            self._wake(_too_large(self._limit))
        elif self._held > self._wanted and not self._limit:
            self._source.pause_reading()
            self._wake(None)
        elif self._waiter is not None and not self._limit:
            self._wake(None)

    def end(self) -> None:
        """The last piece has come."""
        self.complete = True
        self._wake(None)

    def lost(self) -> None:
        """The connection ended before the body did."""
        if not self.complete:
            self._broken = ClientGone("The client closed the connection.")
            self._wake(self._broken)

    @property
    def is_awaited(self) -> bool:
        """True while somebody waits for more of it and reading is not paused."""
        return not self.complete and not self._paused and self._held <= self._wanted

    async def _read_on(self, limit: int) -> None:
        if (self.length or 0) > limit or self.size > limit:
            raise _too_large(limit)
        self._limit = limit
        self._source.continue_expected()
        self._release()
        while not self.complete:
            await self._more()

    async def _more(self) -> None:
        if self._broken is not None:
            raise self._broken
        self._release()
        self._waiter = asyncio.get_running_loop().create_future()
        try:
            await self._waiter
        finally:
            self._waiter = None

    def _release(self) -> None:
        if not self._paused and not self.complete:
            self._source.resume_reading()

    def _wake(self, error: VedetteError | None) -> None:
        waiter = self._waiter
        if waiter is None or waiter.done():
            return
        if error is None:
            waiter.set_result(None)
        else:
            waiter.set_exception(error)


def _too_large(limit: int) -> BodyTooLarge:
    return BodyTooLarge(
        f"The request body is larger than {limit} bytes (`gateway.limits.body_bytes`)."
    )
