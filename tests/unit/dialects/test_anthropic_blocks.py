"""Every kind of block of a message."""

import base64
from typing import Any

import pytest

from vedette.dialects.anthropic_blocks import (
    call_mark,
    is_provider_call,
    read_block,
    read_blocks,
    read_input,
    text_of,
)
from vedette.model.chat import (
    MediaPart,
    Part,
    RawPart,
    ReasoningPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)

CACHED = {"cache_control": {"type": "ephemeral"}}
SEARCHED = {
    "type": "search_result",
    "source": "https://x",
    "title": "t",
    "content": [{"type": "text", "text": "found"}],
}


def text64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ({"type": "text", "text": "hi", **CACHED}, TextPart(content="hi", extra=CACHED)),
        (
            {"type": "thinking", "thinking": "hm", "signature": "s"},
            ReasoningPart(content="hm", signature="s", source="anthropic"),
        ),
        ({"type": "thinking", "thinking": "hm", "signature": ""}, ReasoningPart(content="hm")),
        (
            {"type": "thinking", "thinking": "hm", "signature": "vdt:openai_chat:"},
            ReasoningPart(content="hm", source="openai_chat"),
        ),
        (
            {"type": "redacted_thinking", "data": "vdt:gemini:e"},
            ReasoningPart(content="", signature="e", redacted=True, source="gemini"),
        ),
        (
            {"type": "tool_use", "id": "t1", "name": "f", "input": {"a": 1}, **CACHED},
            ToolCallPart(name="f", id="t1", arguments={"a": 1}, extra=CACHED),
        ),
        (
            {"type": "tool_use", "id": "t1", "name": "f", "input": {"INVALID_JSON": '{"a'}},
            ToolCallPart(name="f", id="t1", arguments='{"a'),
        ),
        (
            {"type": "tool_result", "tool_use_id": "t1", "content": "42"},
            ToolResultPart(id="t1", result="42"),
        ),
        ({"type": "tool_result", "tool_use_id": "t1"}, ToolResultPart(id="t1")),
        (
            {
                "type": "tool_result",
                "tool_use_id": "t1",
                "is_error": True,
                "content": [{"type": "text", "text": "no"}],
                **CACHED,
            },
            ToolResultPart(id="t1", result="no", is_error=True, extra=CACHED),
        ),
        (
            {
                "type": "tool_result",
                "tool_use_id": "t1",
                "content": [
                    {"type": "text", "text": "see"},
                    {"type": "image", "source": {"type": "url", "url": "https://x/a.png"}},
                ],
            },
            ToolResultPart(
                id="t1",
                result="see",
                parts=(
                    TextPart(content="see"),
                    MediaPart(modality="image", uri="https://x/a.png"),
                ),
            ),
        ),
        (
            {
                "type": "image",
                "source": {"type": "base64", "media_type": "image/png", "data": "AAAA"},
                **CACHED,
            },
            MediaPart(
                modality="image", mime_type="image/png", size_bytes=3, data="AAAA", extra=CACHED
            ),
        ),
        (
            {"type": "image", "source": {"type": "file", "file_id": "f1"}},
            MediaPart(modality="image", file_id="f1"),
        ),
        (
            {"type": "document", "source": {"url": "https://x/d.pdf"}, "title": "D"},
            MediaPart(modality="file", uri="https://x/d.pdf", name="D"),
        ),
        (
            {
                "type": "document",
                "source": {"type": "text", "media_type": "text/plain", "data": "words"},
                "context": "c",
                "citations": {"enabled": True},
            },
            MediaPart(
                modality="file",
                mime_type="text/plain",
                size_bytes=5,
                data=text64("words"),
                extra={"context": "c", "citations": {"enabled": True}},
            ),
        ),
        (
            {
                "type": "document",
                "source": {"type": "content", "content": [{"type": "text", "text": "a"}]},
            },
            MediaPart(
                modality="file",
                mime_type="text/plain",
                size_bytes=1,
                data=text64("a"),
                extra={"source": {"type": "content", "content": [{"type": "text", "text": "a"}]}},
            ),
        ),
        (
            SEARCHED,
            MediaPart(
                modality="file",
                mime_type="text/plain",
                size_bytes=5,
                data=text64("found"),
                name="t",
                extra={"search_result": SEARCHED},
            ),
        ),
        (
            {"type": "server_tool_use", "id": "s1", "name": "web_search", "input": {}},
            RawPart(
                content={"type": "server_tool_use", "id": "s1", "name": "web_search", "input": {}},
                dialect="anthropic",
            ),
        ),
        ({"type": "text"}, RawPart(content={"type": "text"}, dialect="anthropic")),
        ({"type": "image"}, RawPart(content={"type": "image"}, dialect="anthropic")),
        (7, RawPart(content=7, dialect="anthropic")),
    ],
)  # fmt: skip
def test_each_kind_of_block(block: Any, expected: Part) -> None:
    assert read_block(block) == expected


def test_calls_that_the_provider_made_itself_are_known() -> None:
    block = {"type": "server_tool_use", "id": "s1", "name": "web_search", "input": {"q": "x"}}
    assert read_block(block, answered=True) == ToolCallPart(
        name="web_search", id="s1", arguments={"q": "x"}, extra={"type": "server_tool_use"}
    )
    assert is_provider_call("mcp_tool_use")
    assert not is_provider_call("tool_use")


SIGNED = {"type": "redacted_thinking", "data": "vdt:gemini:call:sig=="}
CALL = {"type": "tool_use", "id": "t1", "name": "f", "input": {}}


def test_the_signature_of_a_call_stands_in_a_block_before_it() -> None:
    assert call_mark("sig==", "gemini") == SIGNED
    assert call_mark("sig==", "anthropic") is None
    assert call_mark("", "gemini") is None
    text = {"type": "text", "text": "a"}
    assert list(read_blocks([SIGNED, text, CALL, CALL])) == [
        TextPart(content="a"),
        ToolCallPart(name="f", id="t1", arguments={}, signature="sig==", source="gemini"),
        ToolCallPart(name="f", id="t1", arguments={}),
    ]


def test_a_content_may_be_a_text() -> None:
    assert list(read_blocks("hi")) == [TextPart(content="hi")]
    assert list(read_blocks("")) == list(read_blocks(None)) == []


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ({"INVALID_JSON": "[1]"}, [1]),
        ({"INVALID_JSON": "x", "y": 1}, {"INVALID_JSON": "x", "y": 1}),
        ({"INVALID_JSON": 5}, {"INVALID_JSON": 5}),
        (None, None),
    ],
)
def test_wrapped_arguments_are_unwrapped(value: Any, read: Any) -> None:
    assert read_input(value) == read


def test_the_text_of_blocks() -> None:
    assert text_of([{"text": "a"}, {"x": 1}, {"text": "b"}]) == "a\n\nb"
    assert text_of("a") == "a"
    assert text_of(None) == ""
