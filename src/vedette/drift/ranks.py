"""Where a new value stands among those before it, in bounded memory."""

import math
from bisect import bisect_left, bisect_right

EXACT = 2_048
"""Values that are kept as they are; what comes later is counted in cells."""
_EDGES = 128


class RankBag:
    """All values that came, each counted.

    The first 2,048 are kept. From then on values are counted in cells: the (at most 128) edges are
    taken from the values so far, and between two edges is a cell too, so that a value that never
    came is not taken for one that often did. Values of one cell count as equal.
    """

    __slots__ = ("_counts", "_edges", "_size", "_sorted")

    def __init__(self) -> None:
        self._sorted: list[float] = []
        self._edges: list[float] = []
        self._counts: list[int] = []
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def take(self, value: float) -> tuple[float, float]:
        """Put a value in; the part of [0, 1] that belongs to it among all, itself included."""
        self._size += 1
        size = self._size
        if self._counts:
            cell = self._cell(value)
            self._counts[cell] += 1
            less = sum(self._counts[:cell])
            return less / size, (less + self._counts[cell]) / size
        left = bisect_left(self._sorted, value)
        self._sorted.insert(left, value)
        right = bisect_right(self._sorted, value, lo=left)
        if size >= EXACT:
            self._count()
        return left / size, right / size

    def quantile(self, share: float) -> float:
        """The value below which about this share of the bag lies; nan when it is empty."""
        if not self._size:
            return math.nan
        values = self._edges if self._counts else self._sorted
        return values[min(int(share * len(values)), len(values) - 1)]

    def _cell(self, value: float) -> int:
        """Even cells lie between the edges, odd ones on them."""
        left = bisect_left(self._edges, value)
        is_edge = left < len(self._edges) and self._edges[left] == value
        return 2 * left + is_edge

    def _count(self) -> None:
        values = self._sorted
        distinct = sorted(set(values))
        if len(distinct) > _EDGES:
            distinct = sorted({values[len(values) * cut // _EDGES] for cut in range(_EDGES)})
        self._edges = distinct
        self._counts = [0] * (2 * len(distinct) + 1)
        for value in values:
            self._counts[self._cell(value)] += 1
        self._sorted = []
