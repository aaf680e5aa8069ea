"""How unlike the baseline's answers an answer is, from MinHash sketches alone."""

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from vedette.drift.betting import Floats
from vedette.features.sketch import BINS, EMPTY

Sketches = NDArray[np.uint16]

_FIRST, _MOST = 8, 256
_LEAST = 8
_RARE = 2
_NEAREST = 3


class Neighbours:
    """Baseline answers of one context: sketches of up to 256, how all of them begin and end."""

    def __init__(self) -> None:
        self._sketches: Sketches = np.full((_FIRST, BINS), EMPTY, np.uint16)
        self._count = 0
        self.answers = 0
        self._openings: Counter[str] = Counter()
        self._closings: Counter[str] = Counter()

    def add(self, sketch: bytes, opening: str, closing: str) -> None:
        self.answers += 1
        self._openings[opening] += 1
        self._closings[closing] += 1
        if sketch and self._count < _MOST:
            if self._count == len(self._sketches):
                self._sketches = np.concatenate([self._sketches, self._sketches])
            self._sketches[self._count] = np.frombuffer(sketch, "<u2")
            self._count += 1

    def new_edges(self, opening: str, closing: str, *, is_member: bool) -> tuple[bool, bool]:
        """Whether no answer begins so, and whether none ends so.

        A member of the baseline counts as new where only one other is like it: what is rare may
        have come twice or not at all by the same chance, and new ones must not look too frequent.
        """
        most = _RARE if is_member else 0
        return self._openings[opening] <= most, self._closings[closing] <= most

    def novelty(self, sketch: bytes, *, is_member: bool) -> float:
        """One less the mean similarity to the three nearest; nan where too few are known.

        A member of the baseline is not compared with itself.
        """
        if not sketch or self._count < _LEAST:
            return float("nan")
        similar = similarities(self._sketches[: self._count], sketch)
        similar.sort()
        nearest = similar[-_NEAREST - 1 : -1] if is_member else similar[-_NEAREST:]
        return 1 - float(nearest.sum()) / len(nearest)


def similarities(known: Sketches, sketch: bytes) -> Floats:
    """As `features.sketch.similarity`, of one sketch and many, a row each."""
    newest = np.frombuffer(sketch, "<u2")
    filled = newest != EMPTY
    equal = ((known == newest) & filled).sum(axis=1)
    used = ((known != EMPTY) | filled).sum(axis=1)
    found: Floats = equal / np.maximum(used, 1)
    return found
