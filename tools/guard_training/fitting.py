"""Sparse logistic regression on the features of the detectors."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray
from scipy.optimize import minimize

from guard_training.samples import Row
from vedette.detectors.learned.attack import Head
from vedette.detectors.learned.features import SIZE, extract
from vedette.guard.folding import fold

Floats = NDArray[np.float32]


def matrix(texts: Sequence[str]) -> sparse.csr_matrix:
    """One row a text: each group of n-grams a vector of length 1, as `linear.py` scores it."""
    indices: list[NDArray[np.int32]] = []
    values: list[Floats] = []
    ends = [0]
    for text in texts:
        features = extract(fold(text).text)
        for groups in (features.chars, features.words):
            each = [np.unique(group).astype(np.int32) for group in groups] or [
                np.zeros(0, np.int32)
            ]
            together = np.concatenate(each)
            indices.append(together)
            size = max(1, len(together))
            values.append(np.full(len(together), 1 / np.sqrt(size), np.float32))
        ends.append(ends[-1] + len(indices[-1]) + len(indices[-2]))
    shape = (len(texts), SIZE)
    found = sparse.csr_matrix(
        (np.concatenate(values), np.concatenate(indices), np.array(ends)), shape=shape
    )
    found.sum_duplicates()
    return found


def balanced(rows: Sequence[Row], labels: NDArray[np.int64], cap: int = 3_000) -> Floats:
    """Weights: no source counts for more than `cap` texts of a label, both labels for as much."""
    cells = [(row.group, int(label)) for row, label in zip(rows, labels, strict=True)]
    sizes = Counter(cells)
    weights = np.array([min(1.0, cap / sizes[cell]) for cell in cells])
    for label in (0, 1):
        mine = labels == label
        weights[mine] *= 0.5 / max(weights[mine].sum(), 1e-9)
    return (weights * len(rows)).astype(np.float32)


def fit(
    features: sparse.csr_matrix,
    labels: NDArray[np.int64],
    weights: Floats,
    *,
    l2: float = 0.4,
    steps: int = 45,
) -> tuple[Floats, float]:
    """Weights and bias of an L2-regularised logistic regression (L-BFGS)."""
    rows = features.tocsr()
    columns = rows.T.tocsr()
    target = labels.astype(np.float32)

    def loss(point: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        slope = point[:-1].astype(np.float32)
        logit = rows @ slope + np.float32(point[-1])
        chance = 1 / (1 + np.exp(-logit))
        value = float((weights * (np.logaddexp(0, logit) - target * logit)).sum())
        error = weights * (chance - target)
        gradient = np.append(columns @ error + l2 * slope, error.sum()).astype(np.float64)
        return value + 0.5 * l2 * float(slope @ slope), gradient

    start = np.zeros(rows.shape[1] + 1)
    found = minimize(
        loss, start, jac=True, method="L-BFGS-B", options={"maxiter": steps, "maxcor": 8}
    )
    return found.x[:-1].astype(np.float32), float(found.x[-1])


def small_fit(
    features: NDArray[np.float64], labels: NDArray[np.int64], weights: Floats, *, l2: float = 1.0
) -> tuple[NDArray[np.float64], float]:
    """The same for a few dense columns, which are standardised on the way."""
    mean, spread = features.mean(0), features.std(0) + 1e-9
    scaled = sparse.csr_matrix(((features - mean) / spread).astype(np.float32))
    slope, bias = fit(scaled, labels, weights, l2=l2, steps=200)
    return slope / spread, bias - float((slope / spread) @ mean)


def as_head(slope: NDArray[np.float64], bias: float) -> Head:
    """A regression as precise as in `heads.json`."""
    return Head(tuple(round(float(one), 5) for one in slope), round(float(bias), 5))


def quantised(slopes: Sequence[Floats]) -> tuple[NDArray[np.int8], Floats]:
    """Weights of all heads as signed bytes, and the scale of each head."""
    table = np.zeros((SIZE, len(slopes)), np.int8)
    scales = np.zeros(len(slopes), np.float32)
    for head, slope in enumerate(slopes):
        scales[head] = max(float(np.quantile(np.abs(slope), 0.99995)) / 127, 1e-9)
        table[:, head] = np.clip(np.round(slope / scales[head]), -127, 127).astype(np.int8)
    return table, scales
