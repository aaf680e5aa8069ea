"""Messages as clients and vendors write them."""

from typing import Any

import pytest

from vedette.dialects.openai_messages import read_message, read_signature
from vedette.model.chat import (
    MediaPart,
    Message,
    RawPart,
    ReasoningPart,
    RefusalPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)


def test_an_assistant_message_with_everything() -> None:
    message = read_message(
        {
            "role": "assistant",
            "name": "ann",
            "content": "text",
            "reasoning_content": "why",
            "refusal": "no",
            "tool_calls": [
                {
                    "id": "c1",
                    "type": "function",
                    "function": {"name": "f", "arguments": '{"a":1}'},
                    "extra_content": {"google": {"thought_signature": "vdt:gemini:s"}},
                },
                {"id": "c2", "type": "custom", "custom": {"name": "g", "input": "free text"}},
                {"id": "c3", "function": {"name": "h", "arguments": '{"cut'}},
            ],
            "function_call": {"name": "old", "arguments": "[]"},
            "annotations": [{"type": "url_citation"}],
            "audio": {"id": "au", "data": "AAAA", "transcript": "said", "expires_at": 9},
            "images": [{"type": "image_url", "image_url": {"url": "https://x/i"}}, "odd"],
        },
        finish_reason="stop",
    )
    assert message == Message(
        role="assistant",
        name="ann",
        finish_reason="stop",
        parts=(
            ReasoningPart(content="why"),
            TextPart(content="text"),
            RefusalPart(content="no"),
            TextPart(content="said"),
            MediaPart(modality="audio", file_id="au", size_bytes=3, data="AAAA"),
            MediaPart(modality="image", uri="https://x/i"),
            ToolCallPart(name="f", id="c1", arguments={"a": 1}, signature="s", source="gemini"),
            ToolCallPart(name="g", id="c2", arguments="free text", extra={"type": "custom"}),
            ToolCallPart(name="h", id="c3", arguments='{"cut'),
            ToolCallPart(name="old", arguments=[], extra={"type": "function_call"}),
        ),
        extra={
            "annotations": [{"type": "url_citation"}],
            "audio": {"transcript": "said", "expires_at": 9},
        },
    )


PICTURE = {"type": "image_url", "image_url": {"url": "https://x/a.png"}}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("ok", ToolResultPart(id="c1", result="ok")),
        ([{"type": "text", "text": "a"}], ToolResultPart(id="c1", result="a")),
        (
            [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}],
            ToolResultPart(
                id="c1", result="ab", parts=(TextPart(content="a"), TextPart(content="b"))
            ),
        ),
        (
            [{"type": "text", "text": "see"}, PICTURE],
            ToolResultPart(
                id="c1",
                result="see",
                parts=(
                    TextPart(content="see"), MediaPart(modality="image", uri="https://x/a.png")
                ),
            ),
        ),
        ({"a": 1}, ToolResultPart(id="c1", result={"a": 1})),
        (None, ToolResultPart(id="c1")),
    ],
)  # fmt: skip
def test_results_of_tools(content: Any, expected: ToolResultPart) -> None:
    message = read_message({"role": "tool", "tool_call_id": "c1", "content": content})
    assert message.parts == (expected,)


def test_the_result_of_an_old_function_is_known_by_its_name() -> None:
    message = read_message({"role": "function", "name": "f", "content": "4"})
    assert message == Message(role="function", parts=(ToolResultPart(name="f", result="4"),))


def test_what_stands_beside_a_signature_is_kept() -> None:
    content = {"google": {"thought_signature": "s", "x": 1}, "other": 2}
    assert read_signature(content) == ("s", "openai_chat", {"google": {"x": 1}, "other": 2})
    assert read_signature("odd") == ("", "", {})


def test_the_developer_role_is_kept() -> None:
    assert read_message({"role": "developer", "content": "x"}).role == "developer"


@pytest.mark.parametrize("value", ["text", 5, [1]])
def test_what_is_no_message_is_kept_raw(value: Any) -> None:
    raw = RawPart(content=value, dialect="openai_chat")
    assert read_message(value) == Message(role="user", parts=(raw,))
