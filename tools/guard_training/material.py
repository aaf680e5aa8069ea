"""What the heads of attacks learn from."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray

from guard_training import fitting, meaning
from guard_training.fitting import Floats
from guard_training.longs import amid, passages, short_ones
from guard_training.meaning import Words
from guard_training.samples import Row, aimed, answers, recorded, written
from guard_training.sensing import Senses
from vedette.detectors.learned.meanings import MeaningModel
from vedette.detectors.learned.senses import HEADS
from vedette.detectors.learned.vocabulary import Rows


@dataclass(frozen=True, slots=True)
class Material:
    """Texts, their n-grams with the senses of words beside them, and their words by number."""

    rows: list[Row]
    origins: NDArray[np.int64]
    """The number of the row whose text stands in a row: mostly its own."""
    features: sparse.csr_matrix
    senses: Senses
    words: Words
    numbers: list[Rows]
    targets: Floats
    """What the network learns of each text, for `injection` and for `jailbreak`."""

    @classmethod
    def read(cls, folder: Path) -> "Material":
        """The recorded texts and those written for it."""
        senses, words = Senses(), Words()
        recordings = recorded(folder, "injection", "jailbreak", "benign")
        rows = [*recordings, *written(), *answers(folder), *aimed(), *passages()]
        use = [*short_ones(rows, 1, 4_000, 91), *short_ones(rows, 0, 2_500, 92)]
        inside = amid(rows, use, 93)
        origins = np.array([*range(len(rows)), *(index for index, _ in inside)])
        rows += [row for _, row in inside]
        texts = [row.text for row in rows]
        both = sparse.hstack([fitting.matrix(texts), senses.matrix(texts)])
        features = both.tocsr().astype(np.float32)
        return cls(rows, origins, features, senses, words, words.numbers(texts), targets(rows))

    def chosen(self, name: str) -> NDArray[np.bool_]:
        """Which rows teach a head."""
        known: NDArray[np.bool_] = ~np.isnan(self.targets[:, HEADS.index(name)])
        return known

    def network(self, use: NDArray[np.int64]) -> MeaningModel:
        """The network over meanings that has seen these rows."""
        return self.words.model(meaning.fit(self.words, self.rows, self.numbers, self.targets, use))


def targets(rows: Sequence[Row]) -> Floats:
    """What the rows say of `injection` and of `jailbreak`."""
    return np.array([*map(target_of, rows)], np.float32)


def target_of(row: Row) -> tuple[float, float]:
    """For `jailbreak` other attacks are neither here nor there."""
    return row.label, row.label if not row.label or row.kind == "jailbreak" else np.nan
