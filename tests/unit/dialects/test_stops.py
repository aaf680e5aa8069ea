"""Every dialect's word for the end of an answer has a neutral one."""

import pytest

from vedette.dialects.stops import neutral_stop


@pytest.mark.parametrize(
    ("dialect", "reason", "word"),
    [
        ("openai_chat", "tool_calls", "tool_call"),
        ("anthropic", "end_turn", "stop"),
        ("gemini", "MAX_TOKENS", "length"),
        ("bedrock", "guardrail_intervened", "content_filter"),
        ("openai_responses", "max_output_tokens", "length"),
        ("ollama_chat", "length", "length"),
    ],
)
def test_known_words(dialect: str, reason: str, word: str) -> None:
    assert neutral_stop(dialect, reason) == word


def test_an_answer_with_calls_ended_for_them() -> None:
    assert neutral_stop("gemini", "STOP", calls=True) == "tool_call"
    assert neutral_stop("gemini", "MAX_TOKENS", calls=True) == "length"


def test_an_unknown_word_is_a_stop() -> None:
    assert neutral_stop("openai_chat", "because") == "stop"
    assert neutral_stop("no_such_dialect", "stop") == "stop"
