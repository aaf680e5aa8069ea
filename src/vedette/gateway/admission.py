"""How many calls go to a provider at once, and who waits for a place.

Interactive calls are let in before batch calls (`x-vedette-priority: batch`), each kind in order of
arrival. The queue is bounded in length and in time; who cannot wait is told when to come back.
"""

from collections import deque
from collections.abc import Callable

from vedette.errors import VedetteError
from vedette.gateway.exchange import Exchange

PRIORITY = b"x-vedette-priority"
_BATCH = b"batch"


class ProviderBusy(VedetteError):
    """All places at the provider are taken and so is the queue before it."""

    code = "provider_busy"
    status = 503

    def __init__(self, message: str, retry_after_s: float) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class _Place:
    """Somebody's turn in the queue."""

    __slots__ = ("taken", "wakers")

    def __init__(self) -> None:
        self.taken = False
        self.wakers: list[Callable[[], None]] = []


class Gate:
    """The places at one provider, for one worker."""

    __slots__ = ("_batch", "_interactive", "active", "limit", "queue_size", "wait_s")

    def __init__(self, *, limit: int, queue_size: int, wait_s: float) -> None:
        self.limit = limit
        self.queue_size = queue_size
        self.wait_s = wait_s
        self.active = 0
        self._interactive: deque[_Place] = deque()
        self._batch: deque[_Place] = deque()

    @property
    def waiting(self) -> int:
        return len(self._interactive) + len(self._batch)

    async def enter(self, exchange: Exchange) -> bool:
        """Take a place; False where the client left meanwhile. Raises ProviderBusy."""
        if self.active < self.limit:
            self.active += 1
            return True
        if self.waiting >= self.queue_size:
            raise ProviderBusy("The provider is busy and so is the queue before it.", self.wait_s)
        is_batch = exchange.request.header(PRIORITY) == _BATCH
        queue = self._batch if is_batch else self._interactive
        place = _Place()
        queue.append(place)
        await exchange.pause(self.wait_s, until=place.wakers)
        if place.taken and not exchange.gone:
            return True
        if place.taken:
            self.leave()
        else:
            queue.remove(place)
        if exchange.gone:
            return False
        raise ProviderBusy(f"No place at the provider within {self.wait_s:g} s.", self.wait_s)

    def leave(self) -> None:
        """Give the place to who waits, or back."""
        for queue in (self._interactive, self._batch):
            if queue:
                place = queue.popleft()
                place.taken = True
                for wake in tuple(place.wakers):
                    wake()
                return
        self.active -= 1
