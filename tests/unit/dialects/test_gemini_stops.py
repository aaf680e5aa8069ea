import pytest
from google.genai import types

from vedette.dialects.gemini_stops import block_reason, finish_reason
from vedette.dialects.stops import neutral_stop

NEUTRAL = [
    "stop", "length", "tool_call", "content_filter", "error", "stop_sequence", "refusal", "pause",
]  # fmt: skip


@pytest.mark.parametrize("word", NEUTRAL)
def test_every_neutral_word_has_one_of_geminis(word: str) -> None:
    assert finish_reason(word) in types.FinishReason.__members__


@pytest.mark.parametrize("word", ["stop", "length", "content_filter", "error"])
def test_words_come_back(word: str) -> None:
    assert neutral_stop("gemini", finish_reason(word)) == word


def test_an_unknown_word_is_an_end() -> None:
    assert finish_reason("novel") == "STOP"


@pytest.mark.parametrize("reason", [reason.value for reason in types.BlockedReason])
def test_a_blocked_prompt_is_filtered_content(reason: str) -> None:
    word = block_reason(reason)
    if reason == "BLOCKED_REASON_UNSPECIFIED":
        assert word == ""
    else:
        assert neutral_stop("gemini", word) == "content_filter"
    assert block_reason(None) == ""
