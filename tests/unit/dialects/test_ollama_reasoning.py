"""Thoughts, and proofs that ride beside them."""

from typing import Any

import pytest

from vedette.dialects.ollama_reasoning import read_reasoning, write_detail, write_reasoning
from vedette.model.chat import ReasoningPart

SIGNED = ReasoningPart(content="a", signature="sig", source="anthropic")
REDACTED = ReasoningPart(content="", signature="enc", redacted=True, source="openai_responses")


def read(message: dict[str, Any]) -> list[ReasoningPart]:
    return list(read_reasoning(message, "ollama_chat"))


def test_plain_thoughts_need_no_details() -> None:
    plain = ReasoningPart(content="hm")
    assert write_reasoning([plain], "ollama_chat") == {"thinking": "hm"}
    assert read({"thinking": "hm"}) == [plain]
    assert write_reasoning([], "ollama_chat") == {}
    assert read({"thinking": ""}) == []


def test_proofs_survive_the_way_through_a_client() -> None:
    parts = [SIGNED, REDACTED, ReasoningPart(content="b", signature="s2", source="gemini", id="r")]
    message = write_reasoning(parts, "ollama_chat")
    assert message["thinking"] == "ab"
    assert message["reasoning_details"][0]["signature"] == "vdt:anthropic:sig"
    assert read(message) == parts


def test_a_client_that_forgets_the_details_keeps_the_text() -> None:
    message = write_reasoning([SIGNED], "ollama_chat")
    del message["reasoning_details"]
    assert read(message) == [ReasoningPart(content="a")]


def test_a_proof_does_not_outlive_a_changed_thought() -> None:
    message = write_reasoning([SIGNED, REDACTED], "ollama_chat") | {"thinking": "other"}
    assert read(message) == [ReasoningPart(content="other"), REDACTED]


@pytest.mark.parametrize("details", [None, "x", [1], [{}], [{"type": "reasoning.novel"}]])
def test_odd_details_are_nothing(details: Any) -> None:
    assert read({"thinking": "hm", "reasoning_details": details}) == [ReasoningPart(content="hm")]


def test_a_piece_of_a_stream_may_be_a_proof_alone() -> None:
    part = ReasoningPart(content="", signature="sig", source="anthropic")
    detail = write_detail(part, 3, "ollama_chat")
    assert detail == {
        "type": "reasoning.text", "text": "", "signature": "vdt:anthropic:sig", "index": 3,
    }  # fmt: skip
    assert read({"reasoning_details": [detail]}) == [part]
