"""Where something is found in a text of which parts were cut out or replaced."""

from collections.abc import Iterable, Sequence

from vedette.gateway.channels import changed

_Move = tuple[tuple[int, int], tuple[int, int]]


class Places:
    """From ranges of a text as it was to ranges of the text as it became."""

    def __init__(self, before: str, after: str, edited: Iterable[tuple[int, int]]) -> None:
        """`edited` are the ranges that may have been changed, in any order."""
        self._size = (len(before), len(after))
        self._whole = changed(before, after) if before != after else None
        self._moves = _moves(before, after, _merged(edited)) if self._whole else []

    def of(self, start: int, end: int) -> tuple[int, int]:
        """Where the range is found; as near as can be told where it cannot be told exactly."""
        if self._whole is None:
            return start, end
        if self._moves is None:
            first, last = self._whole
            shift = self._size[1] - self._size[0]
            if end <= first:
                return start, end
            return (start + shift, end + shift) if start >= last else (first, last + shift)
        shift = 0
        for (old_start, old_end), (new_start, new_end) in self._moves:
            if end <= old_start:
                break
            if start < old_end:
                return new_start, new_end
            shift = new_end - old_end
        return start + shift, end + shift


def _moves(before: str, after: str, edited: Sequence[tuple[int, int]]) -> list[_Move] | None:
    """Each changed range with its place in the new text; None where the rest is not the same."""
    moves: list[_Move] = []
    old = new = 0
    for at, (start, end) in enumerate(edited):
        kept = before[old:start]
        if not after.startswith(kept, new):
            return None
        new += len(kept)
        is_last = at + 1 == len(edited)
        behind = before[end:] if is_last else before[end : edited[at + 1][0]]
        ends = len(after) - len(behind) if is_last else after.find(behind, new)
        if ends < new or not after.startswith(behind, ends):
            return None
        moves.append(((start, end), (new, ends)))
        old, new = end, ends
    return moves


def _merged(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif end > start:
            merged.append((start, end))
    return merged
