"""How well a detector tells right from wrong: rates with confidence intervals, area, cut-offs."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

Z = 1.959964
"""Of a 95 % confidence interval."""


class Rate(NamedTuple):
    """A share with its 95 % Wilson interval."""

    value: float
    low: float
    high: float


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """Of one detector on one set of labelled texts; `threshold` is what `flagged` means."""

    positives: int
    negatives: int
    threshold: float
    precision: float | None
    recall: Rate | None
    f1: float | None
    false_positives: Rate | None
    auc: float | None
    recall_at_1: float | None
    """Recall where 1 % of the harmless texts lie above; read off these very texts."""
    recall_at_5: float | None
    cpu_p50_ms: float = 0.0
    cpu_p99_ms: float = 0.0


def wilson(hits: int, total: int) -> Rate | None:
    """The interval of Wilson (1927), which stays inside [0, 1]; None of nothing."""
    if not total:
        return None
    share = hits / total
    spread = Z * math.sqrt(share * (1 - share) / total + Z * Z / (4 * total * total))
    centre, norm = share + Z * Z / (2 * total), 1 + Z * Z / total
    return Rate(share, max(0.0, (centre - spread) / norm), min(1.0, (centre + spread) / norm))


def area(positives: Sequence[float], negatives: Sequence[float]) -> float | None:
    """Chance that a positive scores above a negative; a tie counts half (Mann-Whitney)."""
    if not positives or not negatives:
        return None
    ranked = sorted([(score, 1) for score in positives] + [(score, 0) for score in negatives])
    total, at = 0.0, 0
    while at < len(ranked):
        end = at
        while end < len(ranked) and ranked[end][0] == ranked[at][0]:
            end += 1
        middle = (at + 1 + end) / 2
        total += middle * sum(label for _, label in ranked[at:end])
        at = end
    count = len(positives)
    return (total - count * (count + 1) / 2) / (count * len(negatives))


def recall_at(positives: Sequence[float], negatives: Sequence[float], share: float) -> float | None:
    """Recall above the score that at most `share` of the negatives exceed."""
    if not positives or not negatives:
        return None
    allowed = math.floor(share * len(negatives))
    cut = sorted(negatives, reverse=True)[min(allowed, len(negatives) - 1)]
    return sum(score > cut for score in positives) / len(positives)


def judge(
    scores: Sequence[float],
    labels: Sequence[int],
    cpu_ms: Sequence[float] = (),
    *,
    threshold: float = 0.5,
) -> Figures:
    """All figures; those that need a class that is not there are None."""
    positives = [score for score, label in zip(scores, labels, strict=True) if label]
    negatives = [score for score, label in zip(scores, labels, strict=True) if not label]
    hits = sum(score >= threshold for score in positives)
    false = sum(score >= threshold for score in negatives)
    precision = hits / (hits + false) if hits + false and positives else None
    recall = wilson(hits, len(positives))
    f1 = None
    if precision is not None and recall is not None and precision + recall.value:
        f1 = 2 * precision * recall.value / (precision + recall.value)
    return Figures(
        positives=len(positives), negatives=len(negatives), threshold=threshold,
        precision=precision, recall=recall, f1=f1,
        false_positives=wilson(false, len(negatives)), auc=area(positives, negatives),
        recall_at_1=recall_at(positives, negatives, 0.01),
        recall_at_5=recall_at(positives, negatives, 0.05),
        cpu_p50_ms=percentile(cpu_ms, 0.5), cpu_p99_ms=percentile(cpu_ms, 0.99),
    )  # fmt: skip


def percentile(values: Sequence[float], share: float) -> float:
    """The nearest-rank percentile; 0 of nothing."""
    if not values:
        return 0.0
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, math.ceil(share * len(ordered)) - 1)]
