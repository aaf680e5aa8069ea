"""One ticker for all deadlines of a worker.

A timer per request and phase costs more than the request's parsing. Here a deadline is a plain
attribute that may be moved at any time for the price of an assignment; ten times a second the
ticker looks for those that have passed. Deadlines are exact to one tick. While there are none the
ticker rests, so that a gateway without clients wakes nobody.
"""

import asyncio
from collections.abc import Callable
from typing import Any, Protocol

from vedette.clock import Clock
from vedette.tasks import Troubles

TICK_S = 0.1


class Expiring(Protocol):
    """Something that must not take longer than it may."""

    deadline: float
    """On the monotonic clock; `math.inf` for none."""

    def expired(self) -> None:
        """The deadline has passed. Called once per tick until it is moved or discarded."""
        ...


class Deadlines:
    """The registry of one event loop."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self._items: set[Expiring] = set()
        self._troubles = Troubles()
        self._timer: asyncio.TimerHandle | None = None
        self.add: Callable[[Expiring], None] = self._items.add
        """Watch one more. Where the ticker rests, that wakes it."""
        self.discard = self._items.discard
        self._loop: asyncio.AbstractEventLoop | None = None

    def __len__(self) -> int:
        return len(self._items)

    @property
    def is_ticking(self) -> bool:
        return self._timer is not None

    def start(self) -> None:
        """Begin to tick in the running loop. Idempotent."""
        if self._timer is None:
            self._tick()

    def stop(self) -> None:
        """Tick no more. Idempotent."""
        self.add = self._items.add
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def future(self) -> "asyncio.Future[Any]":
        """A future of this loop."""
        if self._loop is None:
            # Kept: to ask for it is a system call.
            self._loop = asyncio.get_running_loop()
        return self._loop.create_future()

    def check(self) -> None:
        """Call `expired` of everything whose deadline has passed."""
        now = self.clock.monotonic()
        for item in [item for item in self._items if item.deadline <= now]:
            with self._troubles.noted("deadlines"):
                item.expired()

    def _tick(self) -> None:
        if not self._items:
            self._timer = None
            self.add = self._add_first
            return
        self._timer = asyncio.get_running_loop().call_later(TICK_S, self._tick)
        self.check()

    def _add_first(self, item: Expiring) -> None:
        self.add = self._items.add
        self.add(item)
        self.start()
