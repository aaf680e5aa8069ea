"""Class signals as yes-or-no questions: one for each frequent class, one for all others."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vedette.drift.signals import CLASSES
from vedette.model.drift import Observation

OTHER = "other"
_MOST = 5
_LEAST_SHARE = 0.08
_LEAST = 4
"""A class that chance made frequent in the baseline would seem to vanish afterwards: only classes
that are frequent beyond doubt are asked for by themselves."""


class Indicator(NamedTuple):
    """Asks whether the class of a signal is this one."""

    signal: int
    """Index in CLASSES."""
    category: str


class Indicators:
    """The questions that a baseline suggests, and their answers for a call."""

    def __init__(self, baseline: Sequence[Observation]) -> None:
        self.items: list[Indicator] = []
        self._places: list[dict[str, int]] = []
        self._others: list[int] = []
        for index, signal in enumerate(CLASSES):
            counts = Counter(found for each in baseline if (found := signal.read(each)) is not None)
            self._plan(index, counts)

    def _plan(self, index: int, counts: Counter[str]) -> None:
        least = max(_LEAST, _LEAST_SHARE * counts.total())
        frequent = [name for name, count in counts.most_common(_MOST) if count >= least]
        places: dict[str, int] = {}
        for category in frequent:
            places[category] = len(self.items)
            self.items.append(Indicator(index, category))
        self._others.append(len(self.items))
        self._places.append(places)
        self.items.append(Indicator(index, OTHER))

    def read(self, observation: Observation) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Which hold, and which can be asked at all (the field is there)."""
        hit, known = [False] * len(self.items), [True] * len(self.items)
        for places, other, signal in zip(self._places, self._others, CLASSES, strict=True):
            found = signal.read(observation)
            if found is None:
                known[other - len(places) : other + 1] = [False] * (len(places) + 1)
            else:
                hit[places.get(found, other)] = True
        return np.array(hit), np.array(known)
