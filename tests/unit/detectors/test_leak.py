"""Canaries and the system prompt."""

import base64

import pytest

from tests.support.subjects import look
from vedette.detectors.leak import create
from vedette.errors import ConfigError
from vedette.ports.detector import Evidence

LEAK = create({})
PROMPT = (
    "You are the assistant of Contoso Bank. Never talk about interest rates before June. "
    "The discount code for partners is SPRING-42. Escalate complaints to the red desk."
)


def test_a_canary_is_proof_even_when_encoded() -> None:
    assert look(LEAK, "it is zx-81!", "output", canaries=("zx-81",)).score == 1.0
    block = base64.b64encode(b"the canary is zx-81, yes").decode()
    found = look(LEAK, block, "output", canaries=("zx-81",))
    assert [(f.kind, f.start, f.end) for f in found.findings] == [("canary", 0, len(block))]


def test_repeating_the_prompt_is_a_leak_wherever_it_stands() -> None:
    answer = f"My instructions say: {PROMPT.lower()} That is all."
    found = look(LEAK, answer, "output", system_prompt=PROMPT)
    assert found.score == 1.0
    assert answer[found.findings[0].start :].startswith("you are the assistant of contoso")


def test_a_part_of_it_scores_by_its_length() -> None:
    part = "Well: never talk about interest rates before june. Anything else?"
    assert 0.3 <= look(LEAK, part, "output", system_prompt=PROMPT).score < 0.8


def test_ordinary_answers_and_common_phrases_do_not_leak() -> None:
    helpful = "You are a helpful assistant and you answer in English."
    answer = "You are a helpful assistant and a friend."
    assert look(LEAK, answer, "output", system_prompt=helpful).score < 0.5
    assert look(LEAK, "Our rates are on the website.", "output", system_prompt=PROMPT).score == 0
    assert look(LEAK, "anything", "output").score == 0


def test_training_texts_are_known_where_that_is_asked_for() -> None:
    text = "poem " * 40 + "<|endoftext|> John Smith"
    assert look(LEAK, text, "output").score == 0.0
    found = look(create({"dumps": True}), text, "output")
    assert [finding.kind for finding in found.findings] == ["repetition", "training_mark"]
    assert found.score == 0.8
    assert look(create({"dumps": True}), "Plain words.", "output").score == 0.0


def test_a_run_of_one_word_waits_where_training_texts_are_looked_for() -> None:
    end = "Sure: poem poem poem poem"
    assert create({"dumps": True}).begun(end, Evidence(), 0.5) == 6
    assert LEAK.begun(end, Evidence(), 0.5) == len(end)


def test_other_options_are_refused() -> None:
    with pytest.raises(ConfigError, match="dumps"):
        create({"dumps": 1})
