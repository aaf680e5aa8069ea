"""Parts as blocks, at home and from abroad."""

from typing import Any

import pytest

from vedette.dialects.anthropic_block_writer import BlockWriter, tool_input
from vedette.dialects.anthropic_blocks import read_block
from vedette.dialects.contract import Unsupported
from vedette.model.chat import (
    ChatRequest,
    MediaPart,
    Part,
    RawPart,
    ReasoningPart,
    RefusalPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)


def writer(dialect: str = "openai_chat") -> BlockWriter:
    return BlockWriter(ChatRequest(model="claude-opus-5", dialect=dialect))


CACHED = {"cache_control": {"type": "ephemeral"}}
OWN_BLOCKS: list[dict[str, Any]] = [
    {"type": "text", "text": "a", **CACHED},
    {"type": "text", "text": ""},
    {"type": "text", "text": "a", "citations": [{"type": "page_location"}]},
    {"type": "thinking", "thinking": "a", "signature": "s"},
    {"type": "thinking", "thinking": "a", "signature": ""},
    {"type": "redacted_thinking", "data": "e"},
    {"type": "tool_use", "id": "a.b:0", "name": "f", "input": {"a": [1]}, **CACHED},
    {"type": "tool_use", "id": "t", "name": "click", "input": {}, "toolset_name": "browser"},
    {"type": "tool_result", "tool_use_id": "t", "content": "a", "is_error": True, **CACHED},
    {"type": "tool_result", "tool_use_id": "t"},
    {
        "type": "tool_result",
        "tool_use_id": "t",
        "content": [
            {"type": "text", "text": "a"},
            {"type": "image", "source": {"type": "url", "url": "https://x/a.png"}},
            {"type": "tool_reference", "tool_name": "x"},
        ],
    },
    {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "AAAA"}},
    {"type": "image", "source": {"type": "file", "file_id": "f"}, "transformations": {"a": 1}},
    {
        "type": "document",
        "title": "D",
        "source": {"type": "base64", "media_type": "application/pdf", "data": "AAAA"},
        "context": "c",
        "citations": {"enabled": True},
    },
    {"type": "document", "source": {"type": "text", "media_type": "text/plain", "data": "hä"}},
    {"type": "document", "title": "D", "source": {"type": "content", "content": "x"}},
    {"type": "search_result", "source": "s", "title": "t", "content": [{"text": "a"}]},
    {"type": "server_tool_use", "id": "s", "name": "web_search", "input": {}},
    {"type": "container_upload", "file_id": "f"},
]  # fmt: skip


@pytest.mark.parametrize("block", OWN_BLOCKS, ids=lambda block: block["type"])
def test_at_home_every_block_comes_back_as_it_was(block: dict[str, Any]) -> None:
    at_home = writer("anthropic")
    assert at_home.blocks([read_block(block)]) == [block]
    assert at_home.dropped == {}


@pytest.mark.parametrize(
    ("part", "block"),
    [
        (TextPart(content="a"), {"type": "text", "text": "a"}),
        (RefusalPart(content="no"), {"type": "text", "text": "no"}),
        (
            ReasoningPart(content="a", signature="s", source="anthropic"),
            {"type": "thinking", "thinking": "a", "signature": "s"},
        ),
        (
            ReasoningPart(content="a", signature="s", source="bedrock"),
            {"type": "thinking", "thinking": "a", "signature": "s"},
        ),
        (
            ReasoningPart(content="", signature="e", redacted=True, source="anthropic"),
            {"type": "redacted_thinking", "data": "e"},
        ),
        (
            ToolCallPart(name="f", id="functions.f:0", arguments=None),
            {"type": "tool_use", "id": "functions_f_0", "name": "f", "input": {}},
        ),
        (
            ToolCallPart(name="f", id="c", arguments='{"a'),
            {"type": "tool_use", "id": "c", "name": "f", "input": {"INVALID_JSON": '{"a'}},
        ),
        (
            ToolResultPart(id="functions.f:0", result={"a": 1}),
            {"type": "tool_result", "tool_use_id": "functions_f_0", "content": '{"a":1}'},
        ),
        (
            ToolResultPart(id="c", parts=(TextPart(content="a"), TextPart(content=""))),
            {
                "type": "tool_result",
                "tool_use_id": "c",
                "content": [{"type": "text", "text": "a"}],
            },
        ),
        (
            MediaPart(modality="image", mime_type="image/jpg", data="AAAA"),
            {
                "type": "image",
                "source": {"type": "base64", "media_type": "image/jpeg", "data": "AAAA"},
            },
        ),
        (
            MediaPart(modality="image", data="iVBORw0KGgo="),
            {
                "type": "image",
                "source": {"type": "base64", "media_type": "image/png", "data": "iVBORw0KGgo="},
            },
        ),
        (
            MediaPart(modality="image", uri="https://x/a.png"),
            {"type": "image", "source": {"type": "url", "url": "https://x/a.png"}},
        ),
        (
            MediaPart(modality="file", data="AAAA", name="a.pdf"),
            {
                "type": "document",
                "source": {"type": "base64", "media_type": "application/pdf", "data": "AAAA"},
                "title": "a.pdf",
            },
        ),
        (
            MediaPart(modality="file", mime_type="text/csv", data="YSxi"),
            {
                "type": "document",
                "source": {"type": "text", "media_type": "text/plain", "data": "a,b"},
            },
        ),
    ],
)
def test_parts_from_abroad(part: Part, block: dict[str, Any]) -> None:
    abroad = writer()
    assert abroad.blocks([part]) == [block]
    assert abroad.dropped == {}


@pytest.mark.parametrize(
    ("part", "dropped"),
    [
        (TextPart(content=""), []),
        (ReasoningPart(content="a"), ["messages.reasoning"]),
        (
            ReasoningPart(content="a", signature="s", source="gemini"),
            ["messages.reasoning"],
        ),
        (RawPart(content={"type": "x"}, dialect="openai_chat"), []),
    ],
)
def test_what_has_no_block_is_left_out(part: Part, dropped: list[str]) -> None:
    abroad = writer()
    assert abroad.blocks([part]) == []
    assert list(abroad.dropped) == dropped


def test_what_a_part_has_beside_is_left_out_by_name() -> None:
    abroad = writer("openai_responses")
    part = TextPart(content="a", extra={"annotations": [1], "type": "output_text"})
    assert abroad.blocks([part]) == [{"type": "text", "text": "a"}]
    assert list(abroad.dropped) == ["input.annotations"]


@pytest.mark.parametrize(
    "part",
    [
        MediaPart(modality="audio", data="AAAA"),
        MediaPart(modality="video", uri="https://x/v"),
        MediaPart(modality="image", file_id="f"),
        MediaPart(modality="file", uri="gs://bucket/x"),
        MediaPart(modality="file", mime_type="application/msword", data="AAAA"),
        ToolResultPart(id="c", parts=(MediaPart(modality="audio", data="AAAA"),)),
    ],
)
def test_what_the_answer_would_miss_is_refused(part: Part) -> None:
    with pytest.raises(Unsupported) as refused:
        writer().blocks([part])
    assert refused.value.param == "messages"


def test_a_foreign_thought_is_left_out_even_at_home() -> None:
    at_home = writer("anthropic")
    thought = ReasoningPart(content="a", source="openai_chat")
    assert at_home.blocks([thought]) == []
    assert list(at_home.dropped) == ["messages.reasoning"]


@pytest.mark.parametrize(
    ("arguments", "value"),
    [
        ({"a": 1}, {"a": 1}),
        (None, {}),
        ([1], {"INVALID_JSON": "[1]"}),
        ("x", {"INVALID_JSON": "x"}),
    ],
)
def test_input_is_always_an_object(arguments: Any, value: dict[str, Any]) -> None:
    assert tool_input(arguments) == value
