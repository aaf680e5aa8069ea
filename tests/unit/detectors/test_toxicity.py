"""Abuse against plain speech."""

import pytest

from tests.support.subjects import look
from tests.support.unseen import read
from vedette.detectors.toxicity import create

TOXICITY = create({})


def test_abuse_is_found() -> None:
    for text in ("you are a stupid bitch", "shut up you dumb hoe"):
        assert look(TOXICITY, text).score >= 0.5


def test_plain_and_angry_speech_is_not() -> None:
    for text in (
        "What is the capital of France?",
        "I am very unhappy with this service and want my money back.",
        "The dog barked at the mail carrier all morning.",
    ):
        assert look(TOXICITY, text).score < 0.5


@pytest.mark.parametrize(
    ("which", "found", "flagged"),
    [("first", 0.9, 0.04), ("second", 0.8, 0.08), ("third", 0.4, 0.16), ("fourth", 0.4, 0.08)],
)
def test_abuse_that_nobody_trained_on_is_found(which: str, found: float, flagged: float) -> None:
    unseen = read("toxicity", which)
    hits = [look(TOXICITY, text).score >= 0.5 for text in unseen.texts]
    alarms = [text for text in unseen.harmless if look(TOXICITY, text).score >= 0.5]
    assert sum(hits) >= found * len(hits)
    assert len(alarms) <= flagged * len(unseen.harmless), alarms


def test_the_same_words_without_aim_are_left_alone() -> None:
    for text in (
        "I feel so stupid today, I forgot my keys again.",
        "He called me an idiot in front of everybody.",
        "Parasites such as ticks should be removed with tweezers.",
    ):
        assert look(TOXICITY, text).score < 0.5
