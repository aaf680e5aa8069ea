"""Answers to inputs that were asked before: the comparison that no mix of prompts can disturb.

An answer is ranked among earlier answers to the same input (with one earlier answer that is a fair
coin: longer or shorter), and it is noted whether it differs from all of them.
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from vedette.drift.betting import Flags, Floats
from vedette.drift.novelty import similarities
from vedette.features.answer import AnswerFeatures
from vedette.features.sketch import BINS
from vedette.model.drift import Observation

_ANSWERS = 4
_INPUTS = 20_000


class Repeat(NamedTuple):
    """An answer beside the earlier ones to its input."""

    low: Floats
    """Rank intervals of the numbers."""
    high: Floats
    share: Floats
    """The part of the answers in each class, the newest included; 0 where the signal is missing."""
    is_changed: bool
    """It differs from all earlier ones (normalized text)."""
    is_flipped: bool | None
    """Its verdict is not the most frequent earlier one; None where either has none."""
    similarity: float
    """To the most similar earlier one."""


class _Earlier:
    __slots__ = ("answers", "asked", "hits", "numbers", "sketches", "verdicts")

    def __init__(self) -> None:
        self.numbers: list[Floats] = []
        self.hits: list[Flags] = []
        self.asked: list[Flags] = []
        self.answers: set[str] = set()
        self.verdicts: list[str] = []
        self.sketches: list[bytes] = []


class Repeats:
    """Remembers the first 4 answers to each of the last 20,000 inputs."""

    def __init__(self) -> None:
        self._inputs: dict[str, _Earlier] = {}

    def compare(
        self, observation: Observation, numbers: Floats, hit: Flags, asked: Flags
    ) -> Repeat | None:
        """Compare with what is remembered (None where there is nothing), then remember it."""
        prompt, answer = observation.fingerprint.input, observation.fingerprint.answer
        if prompt is None or answer is None or not prompt.hash:
            return None
        earlier = self._inputs.pop(prompt.hash, None)
        repeat = None
        if earlier is None:
            earlier = _Earlier()
            if len(self._inputs) >= _INPUTS:
                del self._inputs[next(iter(self._inputs))]
        else:
            low, high = _interval(numbers, earlier)
            share = _share(hit, asked, earlier)
            repeat = Repeat(low, high, share, *_differences(answer, earlier))
        self._inputs[prompt.hash] = earlier
        if len(earlier.numbers) < _ANSWERS:
            earlier.numbers.append(numbers)
            earlier.hits.append(hit)
            earlier.asked.append(asked)
            earlier.sketches.append(answer.min_hash)
            earlier.answers.add(answer.hash)
            if answer.verdict_hash:
                earlier.verdicts.append(answer.verdict_hash)
        return repeat


def _interval(numbers: Floats, earlier: _Earlier) -> tuple[Floats, Floats]:
    before = np.array(earlier.numbers)
    size = (~np.isnan(before)).sum(axis=0) + 1.0
    less, equal = (before < numbers).sum(axis=0), (before == numbers).sum(axis=0)
    silent = np.isnan(numbers)
    return np.where(silent, 0.0, less / size), np.where(silent, 1.0, (less + equal + 1) / size)


def _share(hit: Flags, asked: Flags, earlier: _Earlier) -> Floats:
    hits = np.array(earlier.hits).sum(axis=0) + hit
    total = np.array(earlier.asked).sum(axis=0) + asked
    share: Floats = np.where(asked, hits / np.maximum(total, 1), 0.0)
    return share


def _differences(answer: AnswerFeatures, earlier: _Earlier) -> tuple[bool, bool | None, float]:
    is_flipped = None
    if earlier.verdicts and answer.verdict_hash:
        is_flipped = answer.verdict_hash != Counter(earlier.verdicts).most_common(1)[0][0]
    return (
        answer.hash not in earlier.answers,
        is_flipped,
        _nearest(answer.min_hash, earlier.sketches),
    )


def _nearest(sketch: bytes, earlier: Sequence[bytes]) -> float:
    """The similarity to the most similar; answers without words are like each other."""
    known = [each for each in earlier if each]
    if not sketch or not known:
        return float(not sketch and len(known) < len(earlier))
    rows = np.frombuffer(b"".join(known), "<u2").reshape(len(known), BINS)
    return float(similarities(rows, sketch).max())
