"""The senses of words as columns beside the n-grams, for training.

Each n-gram of senses is learned twice: in its order, and whatever its order, since other languages
put the verb elsewhere. The second part is added to the first afterwards, so that scoring knows one.
"""

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray

from guard_training.fitting import Floats
from vedette.detectors.learned.features import SIZE
from vedette.detectors.learned.senses import Lexicon, SenseModel, gram_count, grams
from vedette.guard.folding import fold

WEIGHT = 1.4
"""How long the vector of the senses is, where those of n-grams have length 1."""


class Senses:
    """The lexicon, and which n-grams are one another in another order."""

    def __init__(self, name: str = "senses") -> None:
        self.lexicon = Lexicon.read(name)
        count = len(self.lexicon.names)
        self.size = gram_count(count)
        self.sorted = _sorted(count)

    def matrix(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """One row a text."""
        indices: list[NDArray[np.int64]] = []
        values: list[Floats] = []
        ends = [0]
        for text in texts:
            keys, _ = grams(*self.lexicon.senses(fold(text).text), len(self.lexicon.names))
            both = np.concatenate((keys, self.sorted[keys[keys >= len(self.lexicon.names)]]))
            indices.append(both)
            root = np.sqrt(max(1, len(keys)))
            values.append(np.full(len(both), WEIGHT / root, np.float32))
            ends.append(ends[-1] + len(both))
        found = sparse.csr_matrix(
            (np.concatenate(values), np.concatenate(indices), np.array(ends)),
            shape=(len(texts), 2 * self.size),
        )
        found.sum_duplicates()
        return found

    def apart(self, slope: Floats) -> tuple[Floats, Floats]:
        """The weights of n-grams and those of senses, of a slope over both matrices."""
        return slope[:SIZE], self.column(slope[SIZE:])

    def column(self, slope: Floats) -> Floats:
        """The weights of senses, of a slope over their matrix."""
        weights = slope[: self.size].copy()
        plain = len(self.lexicon.names)
        weights[plain:] += slope[self.sorted[plain:]]
        return weights * np.float32(WEIGHT)

    def model(self, columns: Sequence[Floats]) -> SenseModel:
        """As it will be read from the file."""
        weights, scales = quantised(columns)
        return SenseModel(self.lexicon, weights.astype(np.float32) * scales)


def quantised(columns: Sequence[Floats]) -> tuple[NDArray[np.int8], Floats]:
    """Weights as signed bytes, and the scale of each head."""
    both = np.stack(columns, axis=1)
    scales = np.maximum(np.abs(both).max(0) / 127, 1e-9).astype(np.float32)
    return np.round(both / scales).astype(np.int8), scales


def _sorted(count: int) -> NDArray[np.int64]:
    """For each n-gram the column of what it is in any order, behind the `gram_count` columns.

    Pairs with a gap share the column of those without; single senses have none of their own.
    """
    size = gram_count(count)
    pair = np.arange(count**2)
    pairs = np.sort(np.stack(np.divmod(pair, count)), axis=0)
    triple = np.arange(count**3)
    triples = np.sort(
        np.stack((triple // count**2, triple // count % count, triple % count)), axis=0
    )
    two = size + count + pairs[0] * count + pairs[1]
    three = size + count + 2 * count**2 + (triples[0] * count + triples[1]) * count + triples[2]
    return np.concatenate((np.zeros(count, np.int64), two, two, three))
