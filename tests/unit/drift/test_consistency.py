"""Repeated questions."""

import pytest

from tests.support.drifting import observe
from vedette.drift.consistency import consistency, entropy_bits, pair_agreement
from vedette.model.drift import Observation


def test_the_least_consistent_question_comes_first() -> None:
    calls = [
        *(observe("Is it?", text) for text in ("Yes", "No", "Yes", "No")),
        *(observe("Was it?", "Yes") for _ in range(3)),
        observe("Once?", "Yes"),
        Observation(),
    ]
    worst, best = consistency(calls)
    assert (worst.answers, worst.entropy_bits) == (4, 1.0)
    assert worst.verdict == pytest.approx(1 / 3)
    assert worst.score == worst.verdict
    assert (best.answers, best.exact, best.lexical, best.score) == (3, 1, 1, 1)
    assert best.entropy_bits == 0


def test_free_answers_are_scored_by_their_words() -> None:
    (found,) = consistency([observe("Why?", "It rains today."), observe("Why?", "It rains a lot.")])
    assert found.verdict is None
    assert found.score == found.lexical
    assert 0 < found.score < 1
    assert found.exact == 0


def test_agreement_and_entropy() -> None:
    assert pair_agreement(["a"]) is None
    assert pair_agreement(["a", "a", "b"]) == pytest.approx(1 / 3)
    assert entropy_bits(["a", "b", "c", "d"]) == 2
    assert entropy_bits(["a"]) == 0
