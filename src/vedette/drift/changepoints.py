"""Where a series of values changed: splits by ranks, for reports that look back."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from vedette.drift.betting import Floats
from vedette.drift.settests import kolmogorov_p

LEAST = 10
"""Values on each side of a split."""
_MOST = 20


class ChangePoint(NamedTuple):
    """The first index of the new level, and the chance of so large a deviation without a change."""

    at: int
    p: float


def change_points(values: Sequence[float], *, alpha: float = 0.001) -> list[ChangePoint]:
    """Binary segmentation: split where ranks deviate most, then look into both parts.

    The rank CUSUM of Pettitt (1979): robust to outliers and of any distribution. `alpha` holds for
    each look; at most 20 changes, in order.
    """
    array = np.asarray(values, float)
    found: list[ChangePoint] = []
    parts = [(0, len(array))]
    while parts and len(found) < _MOST:
        start, end = parts.pop()
        split = _best_split(array[start:end])
        if split is None or split.p > alpha:
            continue
        middle = start + split.at
        found.append(ChangePoint(middle, split.p))
        parts += [(start, middle), (middle, end)]
    return sorted(found)


def _best_split(values: Floats) -> ChangePoint | None:
    size = len(values)
    if size < 2 * LEAST:
        return None
    ranks = _mid_ranks(values)
    spread = ranks.std()
    if spread == 0:
        return None
    bridge = np.abs(np.cumsum(ranks - ranks.mean())) / (spread * np.sqrt(size))
    index = int(np.argmax(bridge[LEAST - 1 : size - LEAST])) + LEAST
    return ChangePoint(index, kolmogorov_p(float(bridge[index - 1])))


def _mid_ranks(values: Floats) -> Floats:
    """Ranks from 1; equal values share the mean of theirs."""
    ordered = np.sort(values)
    low, high = np.searchsorted(ordered, values, "left"), np.searchsorted(ordered, values, "right")
    ranks: Floats = (low + high + 1) / 2
    return ranks


def sparkline(values: Sequence[float | None]) -> str:
    """One block a value, as high as it is among the others; a blank where there is none."""
    known = [value for value in values if value is not None]
    if not known:
        return ""
    low, span = min(known), max(known) - min(known)
    blocks = "▁▂▃▄▅▆▇█"
    return "".join(
        " " if value is None else blocks[int((value - low) / span * 7.999) if span else 3]
        for value in values
    )
