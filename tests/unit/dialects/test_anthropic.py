"""Anthropic messages, as far as their record needs."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.dialects.anthropic import StreamReader, read_answer, read_request, read_usage
from vedette.model.chat import (
    Delta,
    End,
    ErrorDelta,
    MediaPart,
    Message,
    RawDelta,
    RawPart,
    ReasoningDelta,
    ReasoningPart,
    TextDelta,
    TextPart,
    ToolCallPart,
    ToolDefinition,
    ToolResultPart,
    UsageDelta,
)
from vedette.model.usage import Usage


def test_a_request_is_read_whole() -> None:
    request = {
        "model": "claude",
        "max_tokens": 10,
        "system": [{"type": "text", "text": "be kind", "cache_control": {"type": "ephemeral"}}],
        "metadata": {"user_id": "ann"},
        "stream": True,
        "tools": [{"name": "f", "description": "d", "input_schema": {"type": "object"}}],
        "messages": [
            {"role": "user", "content": "hi"},
            {
                "role": "user",
                "content": [
                    {"type": "image", "source": {"media_type": "image/png", "data": "AAAA"}},
                    {"type": "document", "source": {"type": "url", "url": "https://x/d.pdf"}},
                    {"type": "tool_result", "tool_use_id": "t1", "content": "42"},
                    {
                        "type": "tool_result",
                        "tool_use_id": "t2",
                        "content": [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}],
                    },
                    {"type": "novel", "x": 1},
                ],
            },
            {
                "role": "assistant",
                "content": [
                    {"type": "redacted_thinking", "data": "enc"},
                    {"type": "tool_use", "id": "t1", "name": "f", "input": {"a": 1}},
                ],
            },
        ],
    }
    read = read_request(json.dumps(request).encode())
    assert (read.user, read.stream, read.settings) == ("ann", True, {"max_tokens": 10})
    assert read.include_usage
    assert read.tools == (ToolDefinition(name="f", description="d", parameters={"type": "object"}),)
    assert read.messages == (
        Message(
            role="system",
            parts=(TextPart(content="be kind", extra={"cache_control": {"type": "ephemeral"}}),),
        ),
        Message(role="user", parts=(TextPart(content="hi"),)),
        Message(
            role="user",
            parts=(
                MediaPart(modality="image", mime_type="image/png", size_bytes=3, data="AAAA"),
                MediaPart(modality="file", uri="https://x/d.pdf"),
                ToolResultPart(id="t1", result="42"),
                ToolResultPart(
                    id="t2", result="ab", parts=(TextPart(content="a"), TextPart(content="b"))
                ),
                RawPart(content={"type": "novel", "x": 1}, dialect="anthropic"),
            ),
        ),
        Message(
            role="assistant",
            parts=(
                ReasoningPart(content="", signature="enc", redacted=True, source="anthropic"),
                ToolCallPart(name="f", id="t1", arguments={"a": 1}),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ({"input_tokens": 4, "output_tokens": 2}, Usage(input_uncached=4, output_text=2)),
        (
            {
                "input_tokens": 4,
                "cache_creation_input_tokens": 100,
                "cache_read_input_tokens": 50,
                "cache_creation": {"ephemeral_1h_input_tokens": 30},
                "output_tokens": 20,
                "output_tokens_details": {"thinking_tokens": 15},
            },
            Usage(
                input_uncached=4,
                cache_read=50,
                cache_write=70,
                cache_write_1h=30,
                output_text=5,
                reasoning=15,
            ),
        ),
        (
            {
                "input_tokens": -1,
                "output_tokens": 3,
                "output_tokens_details": {"thinking_tokens": 9},
            },
            Usage(reasoning=3),
        ),
        ({"cost": 1}, None),
        (None, None),
    ],
)
def test_figures_are_disjoint(figures: Any, expected: Usage | None) -> None:
    assert read_usage(figures) == expected


def test_an_error_answer() -> None:
    answer = read_answer(b'{"type":"error","error":{"type":"overloaded_error","message":"busy"}}')
    assert answer.error == "overloaded_error: busy"


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ({"type": "ping"}, []),
        ({"type": "message_stop"}, [End()]),
        (
            {"type": "error", "error": {"type": "overloaded_error", "message": "busy"}},
            [ErrorDelta("busy", "overloaded_error")],
        ),
        (
            {"type": "content_block_start", "content_block": {"type": "text", "text": "a"}},
            [TextDelta("a")],
        ),
        (
            {
                "type": "content_block_start",
                "content_block": {"type": "redacted_thinking", "data": "e"},
            },
            [ReasoningDelta("", signature="e", redacted=True, source="anthropic")],
        ),
        (
            {"type": "message_delta", "usage": {"output_tokens": 3}},
            [UsageDelta(Usage(output_text=3))],
        ),
        ({"type": "new_thing"}, [RawDelta(b'{"type": "new_thing"}')]),
    ],
)
def test_events(event: dict[str, Any], expected: list[Delta]) -> None:
    assert StreamReader().read(json.dumps(event).encode()) == expected


@given(st.binary(max_size=40))
def test_no_bytes_are_an_error(data: bytes) -> None:
    assert isinstance(StreamReader().read(data), list)
