"""Batches of one worker that have come and are not stored yet.

They are read as they come, however long the store takes: what is read here outlives the worker, and
what its socket has no room for does not. A group costs a commit and a turn of a thread, as much as
twenty calls cost by themselves: so one is taken `COMPANY_S` after the one before it, or when it is
full. The first after a pause is taken at once.
"""

import asyncio
from collections import deque
from contextlib import suppress

from vedette.clock import Clock
from vedette.model.wire import Batch

AHEAD_BYTES = 4_194_304
"""What of a worker is read ahead of the store; one larger batch is taken when nothing waits."""
GROUP_RECORDS = 500
"""So many records are stored at once, or one batch of more."""
GROUP_BYTES = 2_097_152
"""So many bytes wait for no more company."""
COMPANY_S = 0.1


class Backlog:
    """One side puts, the other takes groups, oldest first."""

    def __init__(self, clock: Clock, *, company_s: float = COMPANY_S) -> None:
        self._clock = clock
        self._company_s = company_s
        self._taken_at = float("-inf")
        self._waiting: deque[tuple[Batch, int]] = deque()
        self._bytes = self._records = 0
        self._is_closed = False
        self._changed = asyncio.Event()

    async def put(self, batch: Batch, size: int) -> None:
        """Add a batch that came in `size` bytes, once there is room."""
        while self._waiting and self._bytes + size > AHEAD_BYTES:
            await self._change()
        self._waiting.append((batch, size))
        self._bytes += size
        self._records += len(batch.records)
        self._changed.set()

    def close(self) -> None:
        """Nothing more comes."""
        self._is_closed = True
        self._changed.set()

    async def take(self) -> list[Batch]:
        """What is stored next; nothing when all is taken and nothing more comes."""
        while not self._waiting and not self._is_closed:
            await self._change()
        with suppress(TimeoutError):
            async with asyncio.timeout(self._taken_at + self._company_s - self._clock.monotonic()):
                while not (self._is_full or self._is_closed):
                    await self._change()
        self._taken_at = self._clock.monotonic()
        group: list[Batch] = []
        records = 0
        while self._waiting:
            batch, size = self._waiting[0]
            records += len(batch.records)
            if group and records > GROUP_RECORDS:
                break
            self._waiting.popleft()
            self._bytes -= size
            group.append(batch)
        self._records -= sum(len(batch.records) for batch in group)
        self._changed.set()
        return group

    @property
    def _is_full(self) -> bool:
        """Whether there is a group, or no room for more of it."""
        return self._records >= GROUP_RECORDS or self._bytes >= GROUP_BYTES

    async def _change(self) -> None:
        self._changed.clear()
        await self._changed.wait()
