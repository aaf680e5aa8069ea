"""What waits to be worked on: bounded by count and bytes; when full the oldest goes, counted.

The lock can be taken again by the thread that holds it: the garbage collector may run while it is
held and end an abandoned stream, which puts something in here.
"""

import threading
from collections import deque
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Buffer(Generic[Item]):
    """A queue that never blocks who puts in."""

    def __init__(self, max_items: int, max_bytes: int) -> None:
        self._max_items = max_items
        self._max_bytes = max_bytes
        self._items: deque[tuple[Item, int]] = deque()
        self._lock = threading.RLock()
        self._size_bytes = 0
        self.taken = 0
        """All that ever came in."""
        self.dropped = 0
        self.gone = 0
        """All that ever went out: taken, dropped or forgotten."""

    def __len__(self) -> int:
        return len(self._items)

    @property
    def size_bytes(self) -> int:
        return self._size_bytes

    def put(self, item: Item, size_bytes: int) -> int:
        """Put in; returns how many wait."""
        with self._lock:
            self._items.append((item, size_bytes))
            self.taken += 1
            self._size_bytes += size_bytes
            while len(self._items) > self._max_items or (
                self._size_bytes > self._max_bytes and self._items
            ):
                self._size_bytes -= self._items.popleft()[1]
                self.dropped += 1
                self.gone += 1
            return len(self._items)

    def take(self, count: int) -> list[Item]:
        """The oldest, at most so many."""
        found: list[Item] = []
        with self._lock:
            while self._items and len(found) < count:
                item, size_bytes = self._items.popleft()
                self._size_bytes -= size_bytes
                found.append(item)
            self.gone += len(found)
        return found
