"""Watches the prompts themselves, where nothing names their template.

In a loose context (prompts of all sorts, told by kind and length alone) answers may change because
the questions did. So the questions are bet on as well: their length, their words, and how rare
their words are among the first ones. Where they have clearly changed, the answers of loose contexts
are compared with nothing before that.
"""

import numpy as np

from vedette.drift.betting import (
    Detector,
    Flags,
    Floats,
    class_bets,
    class_weights,
    rank_bets,
    rank_weights,
)
from vedette.drift.ranks import RankBag
from vedette.features.fingerprint import PromptFeatures
from vedette.features.sketch import VOCABULARY_BITS

FIRST_PROMPTS = 20
"""Prompts that are learned before any is bet on, where there is no baseline."""
_LENGTH, _RARITY, _WORDS = 0.25, 0.5, 0.25
_FEW = 3


class PromptWatch:
    """An e-detector of the prompts of loose contexts.

    First `learn` those of the baseline, then `take` each of them as a member, then the others.
    """

    def __init__(self) -> None:
        figures = np.array([_LENGTH * rank_weights(), _RARITY * rank_weights(low=0, else_=0)])
        words = np.tile(class_weights(), (VOCABULARY_BITS, 1)) / VOCABULARY_BITS
        self._figures, self._words = Detector(figures), Detector(_WORDS * words)
        self._bags = RankBag(), RankBag()
        self._first: Floats = np.zeros(VOCABULARY_BITS)
        """Of the prompts that were learned, how many have a word of each bucket."""
        self._counts: Floats = np.zeros(VOCABULARY_BITS)
        self._total = 0
        self.learned = 0
        self.value = 0.0

    def learn(self, prompt: PromptFeatures) -> None:
        self._first += _buckets(prompt)
        self.learned += 1

    def take(self, prompt: PromptFeatures, *, is_member: bool) -> None:
        """Compare a prompt with those before it; `value` moves for what is no member."""
        hit = _buckets(prompt)
        self._counts += hit
        self._total += 1
        figures = float(prompt.chars), self._rarity(hit, is_member=is_member)
        intervals = np.array(
            [bag.take(figure) for bag, figure in zip(self._bags, figures, strict=True)]
        )
        if is_member:
            return
        low, high = intervals.T
        self.value = self._figures.update(high - low < 1, rank_bets(low, high))
        share = self._counts / self._total
        self.value += self._words.update((share > 0) & (share < 1), class_bets(hit, share))

    def _rarity(self, hit: Flags, *, is_member: bool) -> float:
        """The part of its words that hardly any of the learned prompts has, itself left out."""
        others = self._first - hit if is_member else self._first
        count = int(hit.sum())
        return float((others[hit] < _FEW).sum()) / count if count else 0.0


def _buckets(prompt: PromptFeatures) -> Flags:
    if not prompt.vocabulary:
        return np.zeros(VOCABULARY_BITS, bool)
    return np.unpackbits(np.frombuffer(prompt.vocabulary, np.uint8), bitorder="little").view(bool)
