"""Answers that refuse and answers that do not."""

import pytest

from vedette.features.refusal import _HINTS, apologizes, is_refusal, plain_start, speaks_of_itself

REFUSALS = [
    "I'm sorry, but I can't assist with that.",
    "I’m sorry, but I can’t help with that request.",
    "Sorry, but I can't assist with that.",
    "I cannot provide a recipe for that.",
    "I am unable to answer questions about this person.",
    "As an AI language model, I don't have opinions on this matter.",
    "This goes against my programming to promote fairness.",
    "I won't create content like that, but here is another idea.",
    "We must decline to continue this conversation.",
    "Es tut mir leid, aber dabei kann ich nicht helfen.",
    "Je suis désolé, mais je ne peux pas vous aider.",
    "Lo siento, pero no puedo ayudar con eso.",
    "抱歉，我无法回答这个问题。",
    "申し訳ありませんが、お答えできません。",
]
ANSWERS = [
    "",
    "Paris is the capital of France.",
    "You cannot divide by zero, because no number times zero gives one.",
    "The bridge can't carry lorries; take the other road and help yourself to coffee.",
    "Sure! Here is a story about a dragon who was sorry.",
    "No.",
    "def refuse(): return 'I am a function'",
]


@pytest.mark.parametrize("text", REFUSALS)
def test_refusals_are_seen(text: str) -> None:
    assert is_refusal(plain_start(text))


@pytest.mark.parametrize("text", ANSWERS)
def test_answers_are_no_refusals(text: str) -> None:
    assert not is_refusal(plain_start(text))


def test_only_the_start_is_looked_at() -> None:
    assert not is_refusal(plain_start("word " * 200 + "I'm sorry, but I can't assist."))


def test_apologies_and_mentions_of_itself_are_seen() -> None:
    start = plain_start("I apologize, as an AI I have no body.")
    assert apologizes(start)
    assert speaks_of_itself(start)
    assert not apologizes(plain_start("Fine."))
    assert not speaks_of_itself(plain_start("Fine."))


def test_hints_are_in_lower_case_as_the_start_is() -> None:
    assert all(hint == hint.lower() for hint in _HINTS)
