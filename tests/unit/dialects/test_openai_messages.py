"""Messages as clients and vendors write them."""

from typing import Any

import pytest

from vedette.dialects.openai_messages import (
    base64_size,
    inline_media,
    read_content,
    read_message,
    read_tools,
)
from vedette.model.chat import (
    MediaPart,
    Message,
    Part,
    RawPart,
    ReasoningPart,
    RefusalPart,
    TextPart,
    ToolCallPart,
    ToolDefinition,
    ToolResultPart,
)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("hi", TextPart(content="hi")),
        ([{"type": "text", "text": "hi"}], TextPart(content="hi")),
        (["hi"], TextPart(content="hi")),
        (
            [{"type": "image_url", "image_url": {"url": "https://x/a.png", "detail": "low"}}],
            MediaPart(modality="image", uri="https://x/a.png"),
        ),
        (
            [{"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAABBBB"}}],
            MediaPart(modality="image", mime_type="image/png", size_bytes=6),
        ),
        ([{"type": "input_image", "file_id": "f1"}], MediaPart(modality="image", file_id="f1")),
        (
            [{"type": "input_audio", "input_audio": {"data": "AAA=", "format": "wav"}}],
            MediaPart(modality="audio", mime_type="audio/wav", size_bytes=2),
        ),
        (
            [{"type": "video_url", "video_url": {"url": "https://x/v"}}],
            MediaPart(modality="video", uri="https://x/v"),
        ),
        ([{"type": "file", "file": {"file_id": "f2"}}], MediaPart(modality="file", file_id="f2")),
        (
            [{"type": "file", "file": {"file_data": "data:application/pdf;base64,AAAA"}}],
            MediaPart(modality="file", mime_type="application/pdf", size_bytes=3),
        ),
        ([{"type": "refusal", "refusal": "no"}], RefusalPart(content="no")),
        (
            [{"type": "thinking", "thinking": "hm", "signature": "s"}],
            ReasoningPart(content="hm", signature="s"),
        ),
        ([{"type": "new", "x": 1}], RawPart(content={"type": "new", "x": 1})),
        ([{"type": "text", "text": 5}], RawPart(content={"type": "text", "text": 5})),
        ([7], RawPart(content=7)),
        ({"a": 1}, RawPart(content={"a": 1})),
    ],
)
def test_each_kind_of_part(content: Any, expected: Part) -> None:
    assert list(read_content(content)) == [expected]


def test_nothing_has_no_parts() -> None:
    assert list(read_content(None)) == list(read_content("")) == list(read_content([])) == []


def test_an_assistant_message_with_everything() -> None:
    message = read_message(
        {
            "role": "assistant",
            "name": "ann",
            "content": "text",
            "reasoning_content": "why",
            "refusal": "no",
            "tool_calls": [
                {"id": "c1", "type": "function", "function": {"name": "f", "arguments": '{"a":1}'}},
                {"id": "c2", "type": "custom", "custom": {"name": "g", "input": "free text"}},
                {"id": "c3", "function": {"name": "h", "arguments": '{"cut'}},
            ],
            "function_call": {"name": "old", "arguments": "[]"},
            "annotations": [{"type": "url_citation"}],
            "audio": {"id": "au", "data": "AAAA", "transcript": "said"},
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
            MediaPart(modality="audio", file_id="au", size_bytes=3),
            ToolCallPart(name="f", id="c1", arguments={"a": 1}),
            ToolCallPart(name="g", id="c2", arguments="free text"),
            ToolCallPart(name="h", id="c3", arguments='{"cut'),
            ToolCallPart(name="old", arguments=[]),
        ),
        extra={"annotations": [{"type": "url_citation"}]},
    )


@pytest.mark.parametrize(
    ("content", "result"),
    [
        ("ok", "ok"),
        ([{"type": "text", "text": "a"}, {"type": "text", "text": "b"}], "ab"),
        ([{"type": "image", "x": 1}], [{"type": "image", "x": 1}]),
        (None, None),
    ],
)
def test_results_of_tools(content: Any, result: Any) -> None:
    message = read_message({"role": "tool", "tool_call_id": "c1", "content": content})
    assert message.parts == (ToolResultPart(id="c1", result=result),)


def test_the_developer_role_is_kept() -> None:
    assert read_message({"role": "developer", "content": "x"}).role == "developer"


@pytest.mark.parametrize("value", ["text", 5, [1]])
def test_what_is_no_message_is_kept_raw(value: Any) -> None:
    assert read_message(value) == Message(role="user", parts=(RawPart(content=value),))


def test_tools_of_all_generations() -> None:
    tools = read_tools(
        {
            "tools": [
                {
                    "type": "function",
                    "function": {"name": "f", "description": "d", "parameters": {}},
                },
                {"type": "function", "name": "g", "parameters": {"type": "object"}},
                {"type": "web_search"},
                "odd",
            ],
            "functions": [{"name": "old"}],
        }
    )
    assert tools == (
        ToolDefinition(name="f", description="d"),
        ToolDefinition(name="g", parameters={"type": "object"}),
        ToolDefinition(name="web_search"),
        ToolDefinition(name=""),
        ToolDefinition(name="old"),
    )


def test_sizes_of_inline_media() -> None:
    assert base64_size("") == 0
    assert [base64_size(text) for text in ("QQ==", "QUI=", "QUJD")] == [1, 2, 3]
    assert inline_media("file", "data:text/plain,hello").size_bytes == 5
    assert inline_media("file", "data:").size_bytes == 0
