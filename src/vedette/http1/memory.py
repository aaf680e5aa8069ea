"""The client's side of a call, in memory: a request without a socket, an answer without bytes of
HTTP."""

import asyncio
from collections import deque
from collections.abc import Sequence

from vedette.http1.body import Body
from vedette.http1.request import Head, Request
from vedette.http1.response import Headers, Response

HIGH_BYTES = 262_144
"""So much may wait for the reader before reading from the provider pauses."""


class _NoConnection:
    """Behind a body that is whole, and a response that goes nowhere."""

    keeps_open = True

    def pause_reading(self) -> None: ...

    def resume_reading(self) -> None: ...

    def continue_expected(self) -> None: ...

    def send(self, data: bytes) -> None: ...

    def response_ended(self, *, keep_alive: bool) -> None: ...

    def cut(self, *, reset: bool = False) -> None: ...


_NOWHERE = _NoConnection()


def memory_request(path: str, headers: Sequence[tuple[bytes, bytes]], body: bytes) -> Request:
    """A POST whose body is there."""
    whole = Body(_NOWHERE, len(body))
    whole.feed(body)
    whole.end()
    return Request(Head("POST", path.encode(), list(headers)), peer="127.0.0.1", body=whole)


class MemoryResponse(Response):
    """Keeps what is said for a reader in the same event loop."""

    __slots__ = ("_pieces", "_readable", "_waiting_bytes", "broken", "facts", "has_head", "headers",
                 "lines")  # fmt: skip

    def __init__(self) -> None:
        super().__init__(_NOWHERE, method="POST", minor=1, keep_alive=True)
        self.headers: Headers = ()
        self.facts: dict[str, str] = {}
        """The `x-vedette-*` header lines."""
        self.lines = b""
        """All header lines that are ours, as they are."""
        self.has_head = asyncio.Event()
        self.broken = False
        """True where the answer was cut."""
        self._pieces: deque[bytes] = deque()
        self._readable = asyncio.Event()
        self._waiting_bytes = 0

    def send(self, status: int, headers: Headers, body: bytes, *, more: bytes = b"") -> None:
        super().send(status, headers, body, more=more)
        self._head(headers, more)
        self._piece(body)
        self._readable.set()

    def start(
        self, status: int, headers: Headers, *, length: int | None = None, more: bytes = b""
    ) -> None:
        super().start(status, headers, length=length, more=more)
        self._head(headers, more)

    def write(self, data: bytes) -> None:
        if not self.ended:
            super().write(data)
            self._piece(data)

    def end(self) -> None:
        super().end()
        self._readable.set()

    def abort(self) -> None:
        self.broken = True
        super().abort()
        self.has_head.set()
        self._readable.set()

    async def read(self) -> bytes:
        """The next piece; b"" at the end."""
        while not self._pieces:
            if self.ended:
                return b""
            self._readable.clear()
            await self._readable.wait()
        data = self._pieces.popleft()
        self._waiting_bytes -= len(data)
        if self.paused and self._waiting_bytes < HIGH_BYTES // 4:
            self.paused = False
            if self.on_resume is not None and not self.ended:
                self.on_resume()
        return data

    async def read_all(self) -> bytes:
        """Everything that is left."""
        parts = []
        while part := await self.read():
            parts.append(part)
        return b"".join(parts)

    def hang_up(self) -> None:
        """The reader wants no more: whoever answers hears of it."""
        if not self.ended:
            self.ended = True
            if self.on_lost is not None:
                self.on_lost()

    def _head(self, headers: Headers, more: bytes) -> None:
        self.headers = headers
        self.lines = more
        for line in more.decode("latin-1").split("\r\n"):
            name, colon, value = line.partition(": ")
            if colon and name.startswith("x-vedette-"):
                self.facts[name.removeprefix("x-vedette-")] = value
        self.has_head.set()

    def _piece(self, data: bytes) -> None:
        if data:
            self._pieces.append(data)
            self._waiting_bytes += len(data)
            self._readable.set()
            if self._waiting_bytes > HIGH_BYTES and not self.paused:
                self.paused = True
                if self.on_pause is not None:
                    self.on_pause()
