"""How well repeated questions are answered alike."""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations

import msgspec

from vedette.features.answer import AnswerFeatures
from vedette.features.sketch import similarity
from vedette.model.drift import Observation

_MOST = 50
"""Answers of one input that are compared in pairs."""


class Consistency(msgspec.Struct, frozen=True, kw_only=True):
    """Figures of one repeated input; all but the counts and the entropy are in [0, 1]."""

    input_hash: str
    answers: int
    exact: float
    """Share of the pairs with the same text."""
    lexical: float
    """Mean similarity of the pairs."""
    verdict: float | None
    """Share of the pairs with the same verdict, where there are verdicts."""
    entropy_bits: float | None
    """Entropy of the verdicts: 0 when all agree."""
    refusals: float
    """Share of the answers that refuse."""
    score: float
    """Agreement of verdicts where there are some, else lexical similarity."""


def consistency(observations: Iterable[Observation]) -> list[Consistency]:
    """Figures of all inputs with at least two answers, the least consistent first."""
    answers: dict[str, list[AnswerFeatures]] = {}
    for each in observations:
        prompt, answer = each.fingerprint.input, each.fingerprint.answer
        if prompt is not None and prompt.hash and answer is not None:
            answers.setdefault(prompt.hash, []).append(answer)
    found = [_figures(name, some) for name, some in answers.items() if len(some) > 1]
    return sorted(found, key=lambda each: (each.score, -each.answers))


def _figures(input_hash: str, answers: Sequence[AnswerFeatures]) -> Consistency:
    pairs = list(combinations(answers[-_MOST:], 2))
    verdicts = [each.verdict_hash for each in answers if each.verdict_hash]
    verdict = pair_agreement(verdicts)
    lexical = sum(similarity(a.min_hash, b.min_hash) for a, b in pairs) / len(pairs)
    return Consistency(
        input_hash=input_hash,
        answers=len(answers),
        exact=sum(a.hash == b.hash for a, b in pairs) / len(pairs),
        lexical=lexical,
        verdict=verdict,
        entropy_bits=entropy_bits(verdicts) if verdicts else None,
        refusals=sum(each.refusal for each in answers) / len(answers),
        score=lexical if verdict is None else verdict,
    )


def pair_agreement(names: Sequence[str]) -> float | None:
    """The chance that two of them, drawn without putting back, agree; None for fewer than two."""
    size = len(names)
    if size < 2:
        return None
    return sum(n * (n - 1) for n in Counter(names).values()) / (size * (size - 1))


def entropy_bits(names: Sequence[str]) -> float:
    """Shannon entropy of the names."""
    size = len(names)
    return -sum(n / size * math.log2(n / size) for n in Counter(names).values()) + 0.0
