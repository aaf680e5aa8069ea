"""Which ranges of a text are taken, so that of findings that overlap the first one wins."""

from bisect import bisect_right, insort


class Taken:
    """Ranges that do not overlap; each question costs the logarithm of their number."""

    def __init__(self) -> None:
        self._ranges: list[tuple[int, int]] = []

    def take(self, start: int, end: int) -> bool:
        """Take a range; False where it overlaps one that is taken, which stays."""
        at = bisect_right(self._ranges, (start, end))
        if at and self._ranges[at - 1][1] > start:
            return False
        if at < len(self._ranges) and self._ranges[at][0] < end:
            return False
        insort(self._ranges, (start, end))
        return True
