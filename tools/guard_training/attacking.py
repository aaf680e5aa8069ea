"""The heads `injection` and `jailbreak` without their regressions: what they say of texts."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guard_training import fitting
from guard_training.fitting import Floats
from guard_training.longs import LongMeta
from guard_training.material import Material, target_of
from guard_training.samples import Row
from vedette.detectors.learned.attack import long_features, meta_features
from vedette.detectors.learned.features import extract
from vedette.detectors.learned.linear import LinearModel, Scores
from vedette.detectors.learned.meanings import MeaningModel
from vedette.detectors.learned.phrases import PhraseRules
from vedette.detectors.learned.second_look import sentences_near
from vedette.detectors.learned.senses import HEADS, SenseModel, added
from vedette.guard.folding import fold

L2, STEPS = 0.2, 60
"""Of the heads of attacks; the others have the defaults of `fitting.fit`."""
Floats64 = NDArray[np.float64]
Held = dict[str, tuple[list[Row], list[Floats64]]]
"""Rows by head, and their meta features from heads that have not seen their like."""
LongHeld = dict[str, tuple[list[Row], list[LongMeta]]]
"""The same of long texts."""


def fit_head(ours: Material, name: str, use: NDArray[np.int64]) -> tuple[Floats, float]:
    """A slope over n-grams and senses, and the bias, of a head that has seen these rows."""
    use = use[ours.chosen(name)[use]]
    labels = np.array([ours.rows[index].label for index in use])
    weights = fitting.balanced([ours.rows[index] for index in use], labels)
    return fitting.fit(ours.features[use], labels, weights, l2=L2, steps=STEPS)


@dataclass(frozen=True, slots=True)
class Judge:
    """The heads of attacks without their regressions."""

    model: LinearModel
    senses: SenseModel
    network: MeaningModel
    rules: PhraseRules

    @classmethod
    def fit(cls, ours: Material, train: NDArray[np.int64], rules: PhraseRules) -> "Judge":
        """What has seen these rows."""
        slopes, columns, biases = [], [], []
        for name in HEADS:
            slope, bias = fit_head(ours, name, train)
            slope, column = ours.senses.apart(slope)
            slopes.append(slope)
            columns.append(column)
            biases.append(bias)
        model = LinearModel(HEADS, *fitting.quantised(slopes), np.array(biases, np.float32))
        return cls(model, ours.senses.model(columns), ours.network(train), rules)

    def tell(self, row: Row, held: Held) -> None:
        """Put down a row and its meta features for each head that it says something of."""
        found = self._short(fold(row.text).text)
        for name, features, target in zip(HEADS, found, target_of(row), strict=True):
            if not np.isnan(target):
                held[name][0].append(row)
                held[name][1].append(features)

    def tell_long(self, row: Row, held: LongHeld) -> None:
        """The same of a long text."""
        folded = fold(row.text).text
        scores, size = self._scores(folded)
        phrases = self.rules.hits(folded)
        for head, (name, target) in enumerate(zip(HEADS, target_of(row), strict=True)):
            if not np.isnan(target):
                whole = [*meta_features(scores, head, phrases, size)]
                near = sentences_near(folded, scores.worst_window(head))
                sentences = [self._short(one.text)[head] for one in near]
                found = LongMeta(long_features(whole, scores, head, size), sentences)
                held[name][0].append(row)
                held[name][1].append(found)

    def _short(self, folded: str) -> list[Floats64]:
        """The meta features of each head for a short text."""
        scores, size = self._scores(folded)
        phrases, logits = self.rules.hits(folded), self.network.score(folded)
        return [
            np.array([*meta_features(scores, head, phrases, size), logits[head]])
            for head in range(len(HEADS))
        ]

    def _scores(self, folded: str) -> tuple[Scores, int]:
        features = extract(folded)
        scores = added(self.model.score(features), self.senses.score(folded, features))
        return scores, features.length
