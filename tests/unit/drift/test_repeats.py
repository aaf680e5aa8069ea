"""Answers to inputs that were asked before."""

import numpy as np

from tests.support.drifting import observe
from vedette.drift.repeats import Repeat, Repeats
from vedette.features.answer import AnswerFeatures
from vedette.features.fingerprint import Fingerprint, PromptFeatures
from vedette.model.drift import Observation

NONE = np.zeros(1, bool)


def ask(repeats: Repeats, answer: str, *, text: str = "Why?") -> Repeat | None:
    hit = np.array([answer == "Yes"])
    numbers = np.array([float(len(answer)), np.nan])
    return repeats.compare(observe(text, answer), numbers, hit, np.ones(1, bool))


def test_the_first_answer_has_nothing_to_be_compared_with() -> None:
    repeats = Repeats()
    assert ask(repeats, "Yes") is None
    assert ask(repeats, "Yes", text="How?") is None
    assert repeats.compare(Observation(), np.zeros(1), NONE, NONE) is None


def test_the_second_answer_is_a_coin() -> None:
    repeats = Repeats()
    ask(repeats, "Yes")
    repeat = ask(repeats, "No")
    assert repeat is not None
    assert (repeat.low[0], repeat.high[0]) == (0.0, 0.5)
    assert (repeat.low[1], repeat.high[1]) == (0.0, 1.0)
    assert repeat.share[0] == 0.5
    assert (repeat.is_changed, repeat.is_flipped) == (True, True)


def test_the_same_answer_changes_nothing() -> None:
    repeats = Repeats()
    ask(repeats, "Yes")
    repeat = ask(repeats, " Yes ")
    assert repeat is not None
    assert (repeat.is_changed, repeat.is_flipped, repeat.similarity) == (False, False, 1.0)


def test_answers_without_verdict_do_not_flip() -> None:
    repeats = Repeats()
    ask(repeats, "It rains in Spain.")
    repeat = ask(repeats, "Yes")
    assert repeat is not None
    assert repeat.is_flipped is None
    assert repeat.is_changed


def test_what_was_never_asked_has_no_share() -> None:
    repeats = Repeats()
    for _ in range(2):
        numbers = np.zeros(1)
        repeat = repeats.compare(observe("Why?", "Yes"), numbers, NONE, NONE)
    assert repeat is not None
    assert repeat.share[0] == 0


def test_the_memory_has_a_bound() -> None:
    repeats = Repeats()
    for number in range(20_010):
        numbers = np.zeros(1)
        repeats.compare(_bare(number), numbers, NONE, NONE)
    assert len(repeats._inputs) == 20_000


def _bare(number: int) -> Observation:

    prompt = PromptFeatures(hash=str(number))
    return Observation(fingerprint=Fingerprint(input=prompt, answer=AnswerFeatures()))
