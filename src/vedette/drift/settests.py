"""Tests of two sets of answers against each other: own, exact where that is cheap, no scipy.

These are for one look (a report, a comparison of two periods). What looks after every call is in
`betting`.
"""

import math
from collections import Counter
from collections.abc import Hashable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vedette.drift.betting import Floats

_TERMS = 100
_SLACK = 1e-7
_SMOOTHING = 0.5


class SetResult(NamedTuple):
    """A statistic and its two-sided p value."""

    statistic: float
    p: float


def kolmogorov_smirnov(one: Sequence[float], other: Sequence[float]) -> SetResult:
    """Largest distance of the two distribution functions.

    The p value is Kolmogorov's limit with the correction of Stephens (1970); good to a few percent
    from ten values a side, and too large (never too small) where many values are equal.
    """
    if not len(one) or not len(other):
        return SetResult(0.0, 1.0)
    a, b = np.sort(np.asarray(one, float)), np.sort(np.asarray(other, float))
    both = np.concatenate([a, b])
    distance = np.abs(
        np.searchsorted(a, both, "right") / len(a) - np.searchsorted(b, both, "right") / len(b)
    ).max()
    root = math.sqrt(len(a) * len(b) / (len(a) + len(b)))
    return SetResult(float(distance), kolmogorov_p((root + 0.12 + 0.11 / root) * float(distance)))


def kolmogorov_p(value: float) -> float:
    """The chance that a Brownian bridge strays further than `value` (1 for small ones)."""
    if value < 0.2:
        return 1.0
    terms = (
        (-1) ** (index - 1) * math.exp(-2 * (index * value) ** 2) for index in range(1, _TERMS)
    )
    return min(max(2 * math.fsum(terms), 0.0), 1.0)


def fisher_exact(hits: int, total: int, other_hits: int, other_total: int) -> SetResult:
    """Two shares: the difference, and the chance of a table no likelier than this one."""
    drawn, size = hits + other_hits, total + other_total
    low, high = max(0, drawn - other_total), min(drawn, total)
    if not total or not other_total or low == high:
        return SetResult(0.0, 1.0)
    logs = [
        _log_choose(total, k) + _log_choose(other_total, drawn - k) - _log_choose(size, drawn)
        for k in range(low, high + 1)
    ]
    limit = logs[hits - low] + _SLACK
    p = math.fsum(math.exp(each) for each in logs if each <= limit)
    return SetResult(other_hits / other_total - hits / total, min(p, 1.0))


def _log_choose(total: int, hits: int) -> float:
    return math.lgamma(total + 1) - math.lgamma(hits + 1) - math.lgamma(total - hits + 1)


def class_test(one: Sequence[Hashable], other: Sequence[Hashable]) -> SetResult:
    """Two sets of classes: total variation distance, and Fisher's p of the class that moved most.

    The p value is multiplied by the number of classes (Bonferroni).
    """
    if not one or not other:
        return SetResult(0.0, 1.0)
    before, after = Counter(one), Counter(other)
    classes = before.keys() | after.keys()
    tests = [fisher_exact(before[c], len(one), after[c], len(other)) for c in classes]
    distance = sum(abs(test.statistic) for test in tests) / 2
    count = 1 if len(classes) <= 2 else len(classes)
    return SetResult(distance, min(1.0, count * min(test.p for test in tests)))


def cliffs_delta(one: Sequence[float], other: Sequence[float]) -> float:
    """How much likelier a value of `other` is the larger one than the smaller one: in [-1, 1]."""
    if not len(one) or not len(other):
        return 0.0
    a, b = np.sort(np.asarray(one, float)), np.asarray(other, float)
    below, upto = np.searchsorted(a, b, "left"), np.searchsorted(a, b, "right")
    return float((below + upto).mean() / len(a) - 1)


def population_stability(one: Sequence[float], other: Sequence[float], *, bins: int = 10) -> float:
    """PSI over quantiles of `one`: below 0.1 little has moved, above 0.25 much (a rule of thumb).

    Empty bins count as half a value, so small sets give a finite, somewhat large figure.
    """
    if not len(one) or not len(other):
        return 0.0
    cuts = np.unique(np.quantile(np.asarray(one, float), np.linspace(0, 1, bins + 1)[1:-1]))
    before, after = (_shares(np.asarray(values, float), cuts) for values in (one, other))
    return float(((after - before) * np.log(after / before)).sum())


def _shares(values: Floats, cuts: Floats) -> Floats:
    counts = np.bincount(np.searchsorted(cuts, values, "right"), minlength=len(cuts) + 1)
    smoothed = np.maximum(counts, _SMOOTHING)
    shares: Floats = smoothed / smoothed.sum()
    return shares


def mean_discrepancy(kernel: Floats, first: int, *, rounds: int = 500, seed: int = 0) -> SetResult:
    """MMD of the first `first` rows of a kernel matrix against the rest, p by permutation.

    Gretton et al. 2012, the biased estimate; p is at least 1 / (rounds + 1).
    """
    size = len(kernel)
    if not 0 < first < size:
        return SetResult(0.0, 1.0)
    generator = np.random.default_rng(seed)
    signs = np.where(np.arange(size) < first, 1 / first, -1 / (size - first))
    orders = np.array([signs, *(generator.permutation(signs) for _ in range(rounds))])
    values = np.einsum("ri,ij,rj->r", orders, kernel, orders, optimize=True)
    p = float((values >= values[0] - 1e-12).mean())
    return SetResult(float(max(values[0], 0.0)), p)


def sketch_kernel(sketches: Sequence[bytes]) -> Floats:
    """Similarity of each pair of MinHash sketches, a positive kernel for `mean_discrepancy`."""
    matrix: NDArray[np.uint16] = np.array([np.frombuffer(each, "<u2") for each in sketches])
    kernel: Floats = np.array([(matrix == row).mean(axis=1) for row in matrix])
    return kernel


def gaussian_kernel(points: Floats) -> Floats:
    """A Gaussian kernel of rows, as wide as their median distance."""
    squares = ((points[:, None, :] - points[None, :, :]) ** 2).sum(axis=2)
    positive = squares[squares > 0]
    width = float(np.median(positive)) if positive.size else 1.0
    kernel: Floats = np.exp(-squares / width)
    return kernel
