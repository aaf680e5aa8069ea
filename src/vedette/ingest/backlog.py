"""Batches of one worker that have come and are not stored yet.

They are read as they come, however long the store takes: what is read here outlives the worker, and
what its socket has no room for does not.
"""

import asyncio
from collections import deque

from vedette.model.wire import Batch

AHEAD_BYTES = 4_194_304
"""What of a worker is read ahead of the store; one larger batch is taken when nothing waits."""
GROUP_RECORDS = 500
"""So many records are stored at once, or one batch of more."""


class Backlog:
    """One side puts, the other takes groups, oldest first."""

    def __init__(self) -> None:
        self._waiting: deque[tuple[Batch, int]] = deque()
        self._bytes = 0
        self._is_closed = False
        self._changed = asyncio.Event()

    async def put(self, batch: Batch, size: int) -> None:
        """Add a batch that came in `size` bytes, once there is room."""
        while self._waiting and self._bytes + size > AHEAD_BYTES:
            await self._change()
        self._waiting.append((batch, size))
        self._bytes += size
        self._changed.set()

    def close(self) -> None:
        """Nothing more comes."""
        self._is_closed = True
        self._changed.set()

    async def take(self) -> list[Batch]:
        """What is stored next; nothing when all is taken and nothing more comes."""
        while not self._waiting and not self._is_closed:
            await self._change()
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
        self._changed.set()
        return group

    async def _change(self) -> None:
        self._changed.clear()
        await self._changed.wait()
