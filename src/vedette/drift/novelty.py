"""How unlike the baseline's answers an answer is, from MinHash sketches alone."""

import numpy as np
from numpy.typing import NDArray

from vedette.drift.betting import Floats
from vedette.features.sketch import BINS, EMPTY

Sketches = NDArray[np.uint16]

_FIRST, _MOST = 8, 256
_LEAST = 8
_NEAREST = 3


class Neighbours:
    """Sketches of baseline answers of one context, up to 256 of them."""

    def __init__(self) -> None:
        self._sketches: Sketches = np.full((_FIRST, BINS), EMPTY, np.uint16)
        self._count = 0

    def add(self, sketch: bytes) -> None:
        if sketch and self._count < _MOST:
            if self._count == len(self._sketches):
                self._sketches = np.concatenate([self._sketches, self._sketches])
            self._sketches[self._count] = np.frombuffer(sketch, "<u2")
            self._count += 1

    def novelty(self, sketch: bytes, *, is_member: bool) -> float:
        """One less the mean similarity to the three nearest; nan where too few are known.

        A member of the baseline is not compared with itself.
        """
        if not sketch or self._count < _LEAST:
            return float("nan")
        similar = np.sort(similarities(self._sketches[: self._count], sketch))
        nearest = similar[-_NEAREST - 1 : -1] if is_member else similar[-_NEAREST:]
        return float(1 - nearest.mean())


def similarities(known: Sketches, sketch: bytes) -> Floats:
    """As `features.sketch.similarity`, of one sketch and many, a row each."""
    newest = np.frombuffer(sketch, "<u2")
    filled = newest != EMPTY
    equal = ((known == newest) & filled).sum(axis=1)
    used = ((known != EMPTY) | filled).sum(axis=1)
    found: Floats = equal / np.maximum(used, 1)
    return found
