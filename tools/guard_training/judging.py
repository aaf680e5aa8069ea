"""Figures of a classifier: area under the curve, recall at a share of false positives."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from guard_training.samples import Row
from vedette.detectors.learned.attack import CALM

CAP = 600
"""No source counts for more than this many texts in a figure."""


def cells(rows: Sequence[Row]) -> list[str]:
    """What a row counts for: attacks by source, harmless texts by category."""
    return [row.group if row.label else row.category for row in rows]


def even(rows: Sequence[Row]) -> NDArray[np.float64]:
    """Weights that keep large sources from deciding alone."""
    sizes = Counter(cells(rows))
    return np.array([min(1.0, CAP / sizes[cell]) for cell in cells(rows)])


def auc(
    scores: NDArray[np.float64], labels: NDArray[np.int64], weights: NDArray[np.float64]
) -> float:
    """Chance that an attack scores above a harmless text; ties count half."""
    order = np.argsort(scores, kind="stable")
    _, starts = np.unique(scores[order], return_index=True)
    positive = np.add.reduceat(np.where(labels[order] == 1, weights[order], 0.0), starts)
    negative = np.add.reduceat(np.where(labels[order] == 0, weights[order], 0.0), starts)
    below = np.cumsum(negative) - negative
    return float((positive * (below + negative / 2)).sum() / (positive.sum() * negative.sum()))


def cut_at(scores: NDArray[np.float64], weights: NDArray[np.float64], share: float) -> float:
    """The score that `share` of the (harmless) weight exceeds."""
    order = np.argsort(-scores)
    passed = np.cumsum(weights[order]) / weights.sum()
    return float(scores[order][min(int(np.searchsorted(passed, share)), len(order) - 1)])


def with_calm(
    scores: NDArray[np.float64], slope: float, logits: NDArray[np.float64], asked_from: float
) -> NDArray[np.float64]:
    """Scores as they are when the network is not asked of what lies low without it."""
    without = scores - slope * logits
    asked = without >= asked_from
    print(f"    meanings asked of {asked.mean():.2f} of these texts", flush=True)
    return np.where(asked, scores, without + slope * CALM)


def intervals(
    rows: Sequence[Row], scores: NDArray[np.float64], draws: int = 200, seed: int = 7
) -> str:
    """95 % of area and recall at 1 % and 5 %, of texts drawn anew from each source."""
    rng = np.random.default_rng(seed)
    labels, weights, names = (
        np.array([row.label for row in rows]),
        even(rows),
        np.array(cells(rows)),
    )
    members = [np.flatnonzero(names == name) for name in sorted(set(names))]
    found = []
    for _ in range(draws):
        drawn = np.concatenate([rng.choice(each, len(each)) for each in members])
        mine, label, weight = scores[drawn], labels[drawn], weights[drawn]
        harmless = label == 0
        figures = [auc(mine, label, weight)]
        for share in (0.01, 0.05):
            cut = cut_at(mine[harmless], weight[harmless], share)
            attacks = weight[~harmless]
            figures.append(float(attacks[mine[~harmless] > cut].sum() / attacks.sum()))
        found.append(figures)
    low, high = np.quantile(np.array(found), (0.025, 0.975), axis=0)
    parts = zip(("AUC", "R@1%", "R@5%"), low, high, strict=True)
    return " ".join(f"{name} [{one:.3f}, {other:.3f}]" for name, one, other in parts)


def report(
    rows: Sequence[Row],
    scores: NDArray[np.float64],
    name: str,
    cut: float | None = None,
    *,
    detailed: bool = True,
) -> None:
    """Print the figures, and where each source stands at 1 % (or at `cut`)."""
    labels = np.array([row.label for row in rows])
    weights = even(rows)
    harmless = labels == 0
    one = cut_at(scores[harmless], weights[harmless], 0.01)
    five = cut_at(scores[harmless], weights[harmless], 0.05)
    at = one if cut is None else cut
    found = weights[~harmless]
    print(
        f"{name}: AUC {auc(scores, labels, weights):.4f}"
        f" R@1% {found[scores[~harmless] > one].sum() / found.sum():.3f}"
        f" R@5% {found[scores[~harmless] > five].sum() / found.sum():.3f}"
        f" at cut: R {found[scores[~harmless] > at].sum() / found.sum():.3f}"
        f" FP {weights[harmless & (scores > at)].sum() / weights[harmless].sum():.4f}",
        flush=True,
    )
    names = np.array(cells(rows))
    for cell in sorted(set(names)) if detailed else ():
        mine = names == cell
        print(f"    {cell:32s} {int(mine.sum()):6d} {float((scores[mine] > at).mean()):.3f}")
