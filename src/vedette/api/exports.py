"""Running exports: each in a thread of its own, few at once."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

from vedette.errors import VedetteError

MAX_EXPORTS = 2
PIECE_S = 60.0


class TooManyExports(VedetteError):
    """As many exports run as are allowed."""

    code = "too_many_exports"
    status = 503


class Export:
    """The pieces of one export, made in a thread of its own: a cursor stays where it was opened."""

    def __init__(self, make: Callable[[], Iterator[bytes]], ended: Callable[[], None]) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="api-export")
        self._make = make
        self._ended = ended
        self._iterator: Iterator[bytes] | None = None
        self._ahead: bytes | None = None
        self._closed = False

    async def prepare(self) -> None:
        """Wait for the first piece, so that a refusal of the store is still a proper answer."""
        try:
            self._ahead = await self._next()
        except BaseException:
            await self.aclose()
            raise

    def __aiter__(self) -> "Export":
        return self

    async def __anext__(self) -> bytes:
        piece, self._ahead = self._ahead, None
        if piece is None:
            piece = await self._next()
        if piece is None:
            raise StopAsyncIteration
        return piece

    async def aclose(self) -> None:
        """Let go of the store. Idempotent."""
        if not self._closed:
            self._closed = True
            self._pool.submit(self._release)
            self._pool.shutdown(wait=False)
            self._ended()

    async def _next(self) -> bytes | None:
        future = asyncio.get_running_loop().run_in_executor(self._pool, self._pull)
        return await asyncio.wait_for(future, PIECE_S)

    def _pull(self) -> bytes | None:
        if self._iterator is None:
            self._iterator = self._make()
        return next(self._iterator, None)

    def _release(self) -> None:
        close = getattr(self._iterator, "close", None)
        if close is not None:
            close()


class Exports:
    """Bounds how many exports run at once."""

    def __init__(self) -> None:
        self._running = 0

    async def open(self, make: Callable[[], Iterator[bytes]]) -> Export:
        """Start an export; raises TooManyExports, or what the store refuses it with."""
        if self._running >= MAX_EXPORTS:
            raise TooManyExports(f"{MAX_EXPORTS} exports run already. Try again later.")
        self._running += 1
        export = Export(make, self._end)
        await export.prepare()
        return export

    def _end(self) -> None:
        self._running -= 1
