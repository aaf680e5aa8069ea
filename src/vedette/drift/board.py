"""The rows of the board on which all bets of a stream are made: names, weights, values of a call.

Number rows: the number signals, the novelty of the answer, its similarity to earlier answers to the
same input; then the number signals once more, among earlier answers to the same input. Class rows:
the indicators; whether an answer or a verdict is not what it was for the same input, and whether
no baseline answer begins or ends so; the buckets of words; then the indicators once more, among
earlier answers to the same input.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from vedette.drift.betting import Flags, Floats, class_weights, rank_weights
from vedette.drift.indicators import Indicators
from vedette.drift.novelty import Neighbours
from vedette.drift.repeats import Repeat, Repeats
from vedette.drift.signals import CLASSES, NUMBERS
from vedette.features.sketch import VOCABULARY_BITS
from vedette.model.drift import Observation

_OWN_NUMBERS = len(NUMBERS) + 2
_NOVELTY_WEIGHT, _SIMILARITY_WEIGHT = 3.0, 1.0
_CHANGED_WEIGHT, _OPENING_WEIGHT, _CLOSING_WEIGHT = 2.0, 3.0, 1.0
_FLAGS = 4
_REPEATED = 0.15
"""Weight of a signal among repeated inputs, of its weight among all."""
_WORDS_WEIGHT = 4.0


class Values(NamedTuple):
    """What one call puts on the board."""

    numbers: Floats
    """nan where there is none."""
    hit: Flags
    """The indicators, the flags (changed, flipped, new beginning, new end), the words."""
    asked: Flags
    """Which of these can be answered."""
    repeat: Repeat | None


class Board:
    """The rows for one baseline, and how a call is laid on them."""

    def __init__(self, baseline: Sequence[Observation]) -> None:
        self.indicators = Indicators(baseline)
        self._repeats = Repeats()
        asked = [CLASSES[item.signal].name for item in self.indicators.items]
        self._asked = len(asked)
        self.own_classes = self._asked + _FLAGS + VOCABULARY_BITS
        """Class rows that have shares in each context: all but those of repeated inputs."""
        numbers = [signal.name for signal in NUMBERS]
        self.number_names = (
            *numbers, "novelty", "repeat_similarity", *(f"repeat:{name}" for name in numbers)
        )  # fmt: skip
        self.class_names = (
            *asked, "repeat_answer", "repeat_verdict", "opening_new", "closing_new",
            *("words" for _ in range(VOCABULARY_BITS)), *(f"repeat:{name}" for name in asked),
        )  # fmt: skip
        self.number_weights, self.class_weights = self._weights()

    def _weights(self) -> tuple[Floats, Floats]:
        """What each row and bet may spend; all together 1."""
        numbers = np.array([signal.weight for signal in NUMBERS])
        counts = np.bincount([item.signal for item in self.indicators.items])
        classes = np.array(
            [CLASSES[item.signal].weight / counts[item.signal] for item in self.indicators.items]
        )
        number_rows = np.concatenate(
            [numbers, [_NOVELTY_WEIGHT, _SIMILARITY_WEIGHT], _REPEATED * numbers]
        )
        words = np.full(VOCABULARY_BITS, _WORDS_WEIGHT / VOCABULARY_BITS)
        flags = [_CHANGED_WEIGHT, _CHANGED_WEIGHT, _OPENING_WEIGHT, _CLOSING_WEIGHT]
        class_rows = np.concatenate([classes, flags, words, _REPEATED * classes])
        whole = number_rows.sum() + class_rows.sum()
        number_bets = np.tile(rank_weights(), (len(number_rows), 1))
        # A stream may hold the baseline's own answers again: only the strange end says something.
        number_bets[len(NUMBERS)] = rank_weights(low=0, else_=0)
        number_bets[len(NUMBERS) + 1] = rank_weights(high=0, else_=0)
        class_bets = np.tile(class_weights(), (len(class_rows), 1))
        class_bets[self._asked : self._asked + _FLAGS] = class_weights(less=0)
        return number_rows[:, None] / whole * number_bets, class_rows[:, None] / whole * class_bets

    def read(self, observation: Observation, neighbours: Neighbours, *, is_member: bool) -> Values:
        """Lay a call on the board; it is remembered as an earlier answer to its input."""
        read = (signal.read(observation) for signal in NUMBERS)
        numbers = np.array([np.nan if value is None else value for value in read])
        hit, asked = self.indicators.read(observation)
        repeat = self._repeats.compare(observation, numbers, hit, asked)
        answer = observation.fingerprint.answer
        sketch, words = (answer.min_hash, answer.vocabulary) if answer else (b"", b"")
        opening, closing = (answer.opening, answer.closing) if answer else ("", "")
        has_edges = bool(opening) and neighbours.answers > 0
        edges = (
            neighbours.new_edges(opening, closing, is_member=is_member)
            if has_edges
            else (False, False)
        )
        extra = (
            neighbours.novelty(sketch, is_member=is_member),
            repeat.similarity if repeat else np.nan,
        )
        flags = (
            bool(repeat and repeat.is_changed),
            bool(repeat and repeat.is_flipped),
            *edges,
        )
        has_flags = (
            repeat is not None,
            repeat is not None and repeat.is_flipped is not None,
            has_edges,
            has_edges,
        )
        said = (
            np.unpackbits(np.frombuffer(words, np.uint8), bitorder="little").view(bool)
            if words
            else np.zeros(VOCABULARY_BITS, bool)
        )
        return Values(
            numbers=np.append(numbers, extra),
            hit=np.concatenate([hit, flags, said]),
            asked=np.concatenate([asked, has_flags, np.full(VOCABULARY_BITS, bool(words))]),
            repeat=repeat,
        )
