"""What the heads of attacks learn from."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.sparse as sparse

from guard_training import fitting
from guard_training.meaning import Words
from guard_training.samples import Row, aimed, answers, recorded, written
from guard_training.sensing import Senses
from vedette.detectors.learned.vocabulary import Rows


@dataclass(frozen=True, slots=True)
class Material:
    """Texts, their n-grams with the senses of words beside them, and their words by number."""

    rows: list[Row]
    features: sparse.csr_matrix
    senses: Senses
    words: Words
    numbers: list[Rows]

    @classmethod
    def read(cls, folder: Path) -> "Material":
        """The recorded texts and those written for it."""
        senses, words = Senses(), Words()
        recordings = recorded(folder, "injection", "jailbreak", "benign")
        rows = [*recordings, *written(), *answers(folder), *aimed()]
        texts = [row.text for row in rows]
        both = sparse.hstack([fitting.matrix(texts), senses.matrix(texts)])
        features = both.tocsr().astype(np.float32)
        return cls(rows, features, senses, words, words.numbers(texts))
