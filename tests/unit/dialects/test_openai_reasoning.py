"""Thoughts in every form that copies of the chat format gave them."""

from typing import Any

import pytest

from vedette.dialects.openai_reasoning import detail, read_reasoning, reasoning_fields
from vedette.model.chat import Part, RawPart, ReasoningPart

SIGNED = ReasoningPart(content="a", signature="s", source="anthropic")
HIDDEN = ReasoningPart(content="", signature="e", redacted=True, source="anthropic")


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ({"reasoning_content": "a"}, [ReasoningPart(content="a", source="who")]),
        ({"reasoning": "a"}, [ReasoningPart(content="a", source="who")]),
        (
            {
                "reasoning_content": "ab",
                "reasoning_details": [
                    {"type": "reasoning.text", "text": "a", "signature": "vdt:anthropic:s"},
                    {"type": "reasoning.encrypted", "data": "vdt:anthropic:e", "index": 1},
                    {"type": "reasoning.text", "text": "b", "signature": "own", "format": "x"},
                    {"type": "reasoning.summary", "summary": "c", "id": "r1"},
                    {"type": "reasoning.new"},
                ],
            },
            [
                SIGNED,
                HIDDEN,
                ReasoningPart(
                    content="b", signature="own", source="openai_chat", extra={"format": "x"}
                ),
                ReasoningPart(content="c", source="who", id="r1"),
                RawPart(content={"type": "reasoning.new"}, dialect="openai_chat"),
            ],
        ),
        (
            {
                "reasoning_content": "a",
                "thinking_blocks": [
                    {"type": "thinking", "thinking": "a", "signature": "s"},
                    {"type": "redacted_thinking", "data": "e"},
                    {"type": "thinking", "thinking": "g", "signature": "vdt:gemini:x"},
                    7,
                ],
            },
            [
                SIGNED,
                HIDDEN,
                ReasoningPart(content="g", signature="x", source="gemini"),
                RawPart(content=7, dialect="openai_chat"),
            ],
        ),
        ({}, []),
        ({"reasoning_details": "odd", "reasoning": 5}, [ReasoningPart(content="5", source="who")]),
    ],
)
def test_every_form_is_read(message: dict[str, Any], expected: list[Part]) -> None:
    assert list(read_reasoning(message, "who")) == expected


def test_plain_thoughts_are_plain_text() -> None:
    parts = [ReasoningPart(content="a"), ReasoningPart(content="b")]
    assert reasoning_fields(parts, extras=False) == {"reasoning_content": "ab"}
    assert reasoning_fields([], extras=False) == {}


def test_signed_thoughts_come_back_as_they_were() -> None:
    parts = [SIGNED, HIDDEN, ReasoningPart(content="b", id="r1")]
    written = reasoning_fields(parts, extras=False)
    assert written["reasoning_content"] == "ab"
    assert list(read_reasoning(written)) == parts


def test_extras_go_only_home() -> None:
    part = ReasoningPart(content="a", signature="s", source="openai_chat", extra={"format": "x"})
    assert detail(part, 2) == {
        "type": "reasoning.text", "text": "a", "signature": "s", "index": 2,
    }  # fmt: skip
    assert detail(part, 2, extras=True)["format"] == "x"
