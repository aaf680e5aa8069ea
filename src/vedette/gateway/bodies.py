"""The memory that request bodies take in one worker."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from vedette.errors import VedetteError
from vedette.http1.server import Body

_SMALL_BYTES = 65_536


class TooBusy(VedetteError):
    """Too many request bytes are held at once."""

    code = "overloaded"
    status = 503
    retry_after_s = 1.0


class HeldBodies:
    """Counts the bytes of all bodies that are held."""

    __slots__ = ("size",)

    def __init__(self) -> None:
        self.size = 0

    def take(self, count: int, limit: int) -> int:
        """Make room for so many bytes, to be given back with `free`. Raises TooBusy."""
        if self.size + count > limit:
            raise TooBusy("Too many large requests are being read. Try again shortly.")
        self.size += count
        return count

    @contextmanager
    def room(self, limit: int) -> Iterator[Callable[[int], None]]:
        """What is taken inside by what it yields is given back at the end."""
        taken = 0

        def take(count: int) -> None:
            nonlocal taken
            taken += self.take(count, limit)

        try:
            yield take
        finally:
            self.free(taken)

    def free(self, count: int) -> None:
        """So many bytes are held no longer."""
        self.size -= count


async def expected_bytes(body: Body, limit: int) -> int:
    """What a chunked body may come to hold: its size if it is soon there, else the largest that is
    served."""
    await body.peek(min(_SMALL_BYTES, limit + 1))
    return body.size if body.complete else limit
