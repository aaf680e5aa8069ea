"""Abuse against plain speech."""

from tests.support.subjects import look
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
