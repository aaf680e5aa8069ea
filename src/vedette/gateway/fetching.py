"""A small request of our own to a provider: for its model list, a sign of life, a token."""

import asyncio

import msgspec

from vedette.clock import Clock
from vedette.http1.client import Pool, UpstreamError
from vedette.http1.deadlines import Deadlines

Headers = list[tuple[bytes, bytes]]


class Fetched(msgspec.Struct, frozen=True):
    """What came back."""

    status: int = 0
    """0 where there was no answer in time."""
    body: bytes = b""
    """Empty where it was larger than asked for."""
    retry_after: str = ""


class Fetcher:
    """Sends whole requests over a pool, each with one deadline for everything."""

    def __init__(self, clock: Clock, deadlines: Deadlines) -> None:
        self._clock = clock
        self._deadlines = deadlines

    async def fetch(
        self, pool: Pool, head: bytes, body: bytes = b"", *, seconds: float, limit: int
    ) -> Fetched:
        """The answer; status 0 where none came within `seconds`."""
        answer = _Answer(self._clock.monotonic() + seconds, limit)
        try:
            connection = await pool.open(seconds)
        except UpstreamError:
            return Fetched()
        self._deadlines.add(answer)
        fetched = Fetched()
        try:
            connection.send(head, body, answer)
            fetched = await answer.done
        finally:
            self._deadlines.discard(answer)
            # Also when our own client has left: nobody else would close it.
            if not answer.ended:
                connection.abort()
        return fetched


class _Answer:
    """Receives one answer."""

    def __init__(self, deadline: float, limit: int) -> None:
        self.done: asyncio.Future[Fetched] = asyncio.get_running_loop().create_future()
        self.deadline = deadline
        self.ended = False
        self._limit = limit
        self._parts: list[bytes] = []
        self._size = 0
        self._status = 0
        self._retry_after = ""

    def head(self, status: int, headers: Headers) -> None:
        self._status = status
        found = next((value for name, value in headers if name == b"retry-after"), b"")
        self._retry_after = found.decode("latin-1")

    def data(self, data: bytes) -> None:
        self._size += len(data)
        if self._size <= self._limit:
            self._parts.append(data)

    def end(self) -> None:
        self.ended = True
        body = b"".join(self._parts) if self._size <= self._limit else b""
        self._settle(Fetched(self._status, body, self._retry_after))

    def failed(self, error: UpstreamError) -> None:
        self._settle(Fetched())

    def expired(self) -> None:
        self._settle(Fetched())

    def _settle(self, fetched: Fetched) -> None:
        if not self.done.done():
            self.done.set_result(fetched)
