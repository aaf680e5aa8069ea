"""Which texts leave together: those of a source, or those that are nearly the same."""

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray
from scipy.sparse.csgraph import connected_components

from guard_training.samples import Row
from vedette.detectors.learned.features import SIZE, extract
from vedette.guard.folding import fold

FOLDS = 5
NEAR = 0.7
"""Cosine of the words and pairs of words of two texts that are nearly the same."""
_AT_ONCE = 2_000


def by_source(rows: Sequence[Row]) -> list[str]:
    """The recorded sources."""
    return [row.group for row in rows]


def by_likeness(rows: Sequence[Row], seed: int = 3) -> list[str]:
    """Fifths of the texts, all sources mixed; what is nearly the same is in the same one."""
    parts = sparse.vstack([_vector(row.text) for row in rows]).tocsr()
    found: list[sparse.coo_matrix] = []
    for start in range(0, len(rows), _AT_ONCE):
        product = (parts[start : start + _AT_ONCE] @ parts.T).tocoo()
        near = product.data >= NEAR
        shape = (len(rows), len(rows))
        found.append(
            sparse.coo_matrix(
                (np.ones(int(near.sum()), np.int8), (product.row[near] + start, product.col[near])),
                shape=shape,
            )
        )
    links = sparse.coo_matrix(
        (
            np.concatenate([one.data for one in found]),
            (
                np.concatenate([one.row for one in found]),
                np.concatenate([one.col for one in found]),
            ),
        ),
        shape=(len(rows), len(rows)),
    )
    count, labels = connected_components(links.tocsr(), directed=False)
    fifths: NDArray[np.int64] = np.random.default_rng(seed).integers(0, FOLDS, count)
    return [f"fifth {int(fifths[label])}" for label in labels]


def _vector(text: str) -> sparse.csr_matrix:
    features = extract(fold(text).text)
    words = np.unique(np.concatenate(features.words[:2]))
    value = 1 / np.sqrt(max(1, len(words)))
    data = np.full(len(words), value, np.float32)
    return sparse.csr_matrix((data, words, np.array([0, len(words)])), shape=(1, SIZE))
