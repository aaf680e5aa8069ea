"""Two sets of calls against each other, signal by signal: two periods, versions, models.

For one look: Kolmogorov-Smirnov for numbers, Fisher or chi-square for classes, and all p values of
the comparison cut together (Benjamini-Hochberg). What moved is graded by its effect, as alarms are.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Literal

import msgspec

from vedette.drift.multiplicity import benjamini_hochberg
from vedette.drift.settests import (
    class_test,
    cliffs_delta,
    kolmogorov_smirnov,
    population_stability,
)
from vedette.drift.severity import grade, worst
from vedette.drift.signals import CLASSES, NUMBERS
from vedette.model.drift import Observation, Severity

_RATE = 0.05
_LEAST = 8
_BINS = 12
_MOST_CLASSES = 8
_OTHERS = "others"


class SignalComparison(msgspec.Struct, frozen=True, kw_only=True):
    """One signal on both sides."""

    signal: str
    kind: Literal["number", "class"]
    calls: tuple[int, int]
    """How many calls say something of it, before and after."""
    median: tuple[float, float] | None = None
    shares: dict[str, tuple[float, float]] = {}
    """Of classes, the most frequent first; of numbers between equal steps, the low end first."""
    effect: float
    """Cliff's delta, or total variation distance."""
    p: float
    psi: float | None = None
    is_different: bool = False
    severity: Severity = "none"


class PeriodsReport(msgspec.Struct, frozen=True, kw_only=True):
    """What differs between two sets of calls, the worst first."""

    calls: tuple[int, int]
    versions: tuple[tuple[str, ...], tuple[str, ...]]
    severity: Severity
    signals: tuple[SignalComparison, ...]


def compare_periods(before: Sequence[Observation], after: Sequence[Observation]) -> PeriodsReport:
    """Signals with fewer than 8 values on a side are left out."""
    found = [*_numbers(before, after), *_classes(before, after)]
    proven = benjamini_hochberg([one.p for one in found], rate=_RATE)
    judged = [
        msgspec.structs.replace(
            one, is_different=is_proven,
            severity=grade(one.signal, one.effect, is_proven=is_proven),
        )
        for one, is_proven in zip(found, proven, strict=True)
    ]  # fmt: skip
    judged.sort(key=lambda one: (not one.is_different, -abs(one.effect)))
    return PeriodsReport(
        calls=(len(before), len(after)), versions=(_versions(before), _versions(after)),
        severity=worst([one.severity for one in judged]), signals=tuple(judged),
    )  # fmt: skip


def _numbers(before: Sequence[Observation], after: Sequence[Observation]) -> list[SignalComparison]:
    found = []
    for signal in NUMBERS:
        one = [value for each in before if (value := signal.read(each)) is not None]
        other = [value for each in after if (value := signal.read(each)) is not None]
        if min(len(one), len(other)) < _LEAST:
            continue
        found.append(SignalComparison(
            signal=signal.name, kind="number", calls=(len(one), len(other)),
            median=(_median(one), _median(other)), shares=_bins(one, other),
            effect=cliffs_delta(one, other), p=kolmogorov_smirnov(one, other).p,
            psi=population_stability(one, other),
        ))  # fmt: skip
    return found


def _classes(before: Sequence[Observation], after: Sequence[Observation]) -> list[SignalComparison]:
    found = []
    for signal in CLASSES:
        one = [value for each in before if (value := signal.read(each)) is not None]
        other = [value for each in after if (value := signal.read(each)) is not None]
        if min(len(one), len(other)) < _LEAST:
            continue
        shares = _class_shares(one, other)
        found.append(SignalComparison(
            signal=signal.name, kind="class", calls=(len(one), len(other)), shares=shares,
            effect=sum(abs(a - b) for a, b in shares.values()) / 2, p=class_test(one, other).p,
        ))  # fmt: skip
    return found


def _class_shares(one: Sequence[str], other: Sequence[str]) -> dict[str, tuple[float, float]]:
    counts, others = Counter(one), Counter(other)
    names = [name for name, _ in (counts + others).most_common(_MOST_CLASSES)]
    found = {name or "-": (counts[name] / len(one), others[name] / len(other)) for name in names}
    rest = tuple(max(0.0, 1 - sum(share[side] for share in found.values())) for side in (0, 1))
    if max(rest) > 1e-9:
        found[_OTHERS] = (rest[0], rest[1])
    return found


def _bins(one: Sequence[float], other: Sequence[float]) -> dict[str, tuple[float, float]]:
    """Shares between equal steps from the least to the largest value of both."""
    low, high = min(*one, *other), max(*one, *other)
    step = (high - low) / _BINS or 1.0
    found: dict[str, tuple[float, float]] = {}
    places = [
        Counter(min(_BINS - 1, int((value - low) / step)) for value in side)
        for side in (one, other)
    ]
    for index in range(_BINS):
        share = (places[0][index] / len(one), places[1][index] / len(other))
        found[f"{low + index * step:.6g}"] = share
    return found


def _median(values: Sequence[float]) -> float:
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def _versions(observations: Sequence[Observation]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.version for one in observations if one.version))[:20]
