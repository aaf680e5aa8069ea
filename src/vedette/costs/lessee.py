"""Keeps the slices of a machine full: the one of its workers that speaks with the store.

Every worker runs it; whoever gets the mark on the file of the counters speaks, the others wait to
take over when it is gone. An exchange is made when a worker asks for it, and several times a second
as long as anything is held or used: never once for each call.
"""

import asyncio
import logging
import os
from contextlib import suppress

from vedette.clock import Clock
from vedette.costs.counters import Busy
from vedette.costs.leased import TTL_S, LeasedCounters
from vedette.ports.leases import Leases, LeasesAway

log = logging.getLogger(__name__)

TICK_S = 0.25
_TIGHT_S = 0.05
"""Between two exchanges while others want what this machine has."""
_REST_S = 0.005
"""Between two exchanges at least."""
_LONGEST_RETRY_S = 1.0


class Lessee:
    """One worker's part in it."""

    def __init__(self, counters: LeasedCounters, leases: Leases, clock: Clock, pipe: str) -> None:
        """`pipe`: path of the pipe that wakes it. Raises OSError."""
        self._counters = counters
        self._leases = leases
        self._clock = clock
        self._pipe = counters.open_pipe(pipe)
        self._machine = counters.machine
        self._woken = asyncio.Event()

    async def run(self) -> None:
        """Wait for the mark, then speak until the end."""
        # The system gives the mark back when its holder is gone: nobody could tell of it.
        while not self._counters.lead():  # noqa: ASYNC110
            await asyncio.sleep(TICK_S)
        loop = asyncio.get_running_loop()
        loop.add_reader(self._pipe, self._wake)
        try:
            pause_s = 0.0
            while True:
                with suppress(TimeoutError):
                    async with asyncio.timeout(pause_s):
                        await self._woken.wait()
                self._woken.clear()
                pause_s = await self._step(pause_s)
                await asyncio.sleep(_REST_S)
        finally:
            loop.remove_reader(self._pipe)

    async def give_back(self) -> None:
        """Report what was used, and keep no more than what is held."""
        with suppress(LeasesAway, Busy):
            if self._counters.lead():
                await self._exchange(leaves=True)

    async def close(self) -> None:
        await self._leases.close()

    async def _step(self, pause_s: float) -> float:
        """One exchange; returns how long to wait for the next."""
        try:
            is_tight = await self._exchange()
        except LeasesAway as error:
            if not self._counters.is_away:
                log.warning("%s Limits are counted by this machine alone.", error.message)
            self._counters.lost()
            return min(max(2 * pause_s, 0.1), _LONGEST_RETRY_S)
        except Busy as error:
            log.warning("%s", error.message)
            return TICK_S
        return _TIGHT_S if is_tight else TICK_S

    async def _exchange(self, *, leaves: bool = False) -> bool:
        """Whether limits are tight. Raises LeasesAway and Busy."""
        counters, now_ns = self._counters, self._clock.now_ns()
        rows, asks = counters.collect(now_ns, leaves=leaves)
        if not asks and not counters.is_away:
            return False
        told = await self._leases.exchange(self._machine, asks, ttl_s=TTL_S)
        if counters.is_away:
            log.info("limits are shared with other machines again")
        counters.apply(rows, asks, told, now_ns)
        return any(answer.is_tight for answer in told)

    def _wake(self) -> None:
        with suppress(BlockingIOError):
            os.read(self._pipe, 4096)
        self._woken.set()
