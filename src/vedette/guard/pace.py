"""How often streams are looked at while they grow.

A look at a few words costs nearly as much as one at many, and the first look after other work
finds none of what it needs in the processor's caches. So streams are looked at in rounds, many
together, and all rounds take no more than a quarter of a processor.
"""

import asyncio
from collections.abc import Callable
from itertools import islice
from typing import Final

from vedette.clock import Clock

PAUSE_S: Final = 0.015
"""From one round to the next, at least."""
TOGETHER: Final = 16
"""Looks in a row; what else there is to do on the loop need not wait longer."""
LONGEST_S: Final = 0.25
"""Of a rest: where the machine stood still in a round, nobody waits as long again."""
_REST: Final = 3
"""The rest after a round, as a multiple of it."""

Look = Callable[[], None]


class Pace:
    """One for all streams of a worker."""

    def __init__(self, clock: Clock) -> None:
        self._now = clock.monotonic
        self._waiting: dict[Look, None] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        """That has the next round; None: nobody has looked for a while."""

    def soon(self, look: Look) -> None:
        """Have it called: at once where nobody has looked for a while, else in the next round."""
        self._waiting[look] = None
        if self._loop is None or self._loop.is_closed():
            self._loop = asyncio.get_running_loop()
            self._round()

    def _round(self) -> None:
        looks = [*islice(self._waiting, TOGETHER)]
        if not looks:
            self._loop = None
            return
        started = self._now()
        try:
            for look in looks:
                del self._waiting[look]
                look()
        finally:
            rest_s = min(LONGEST_S, _REST * (self._now() - started))
            pause_s = rest_s if self._waiting else max(PAUSE_S, rest_s)
            assert self._loop is not None
            self._loop.call_later(pause_s, self._round)
