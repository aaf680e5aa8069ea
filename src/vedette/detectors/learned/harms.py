"""The heads of abuse and harm: n-grams, and what words do where n-grams are not sure of nothing."""

from collections.abc import Mapping
from typing import Final

from vedette.detectors.learned.attack import Head, plain_features
from vedette.detectors.learned.features import Features
from vedette.detectors.learned.linear import LinearModel, Scores
from vedette.detectors.learned.senses import SenseModel, added, split_words

HARMS: Final = ("toxicity", "harmful")
"""The heads that `tables/harms.yaml` belongs to; neighbours in the model."""
CLEAR: Final = -3.4
"""Below this (a score of .03, before meanings make it less) n-grams are sure that a text is
harmless: then what its words do is worked out only if one of them has a sense of `STRONG`."""
STRONG: Final = (
    "insult", "vulgar", "slur", "beast", "expel", "kill", "die", "hate", "silence", "sexual",
    "weapon", "drug", "malware", "breach", "fraud", "stalk", "selfharm",
)  # fmt: skip


class HarmModel:
    """What words do in abuse and in requests for harm, added to the scores of two heads."""

    def __init__(self, model: LinearModel, heads: Mapping[str, Head], senses: SenseModel) -> None:
        self._first = model.heads.index(HARMS[0])
        self._heads = [heads[name] for name in HARMS]
        self._senses = senses
        self._strong = frozenset(senses.lexicon.names.index(name) + 1 for name in STRONG)

    def score(self, scores: Scores, text: str, features: Features) -> Scores:
        """The scores of a model for a folded text, with what its words add."""
        margins = [
            head.logit(plain_features(scores, self._first + index))
            for index, head in enumerate(self._heads)
        ]
        lexicon, words = self._senses.lexicon, split_words(text)
        looked_up = lexicon.looked_up(words)
        if max(margins) < CLEAR and not lexicon.may_mean(looked_up, self._strong):
            return scores
        return added(scores, self._senses.score_words(words, looked_up, features), self._first)
