"""Requests of the messages format, read whole."""

import json
from typing import Any

import pytest

from vedette.dialects.anthropic_request import read_count_request, read_request
from vedette.errors import BadRequest
from vedette.model.chat import (
    ChatRequest,
    MediaPart,
    Message,
    OutputFormat,
    RawPart,
    Reasoning,
    ReasoningPart,
    TextPart,
    ToolCallPart,
    ToolChoice,
    ToolDefinition,
    ToolResultPart,
)

CACHED = {"cache_control": {"type": "ephemeral"}}


def read(**fields: Any) -> ChatRequest:
    return read_request(json.dumps(fields).encode())


REQUEST: dict[str, Any] = dict(
    model="claude",
    max_tokens=10,
    temperature=0.5,
    stop_sequences=["END"],
    system=[{"type": "text", "text": "be kind", **CACHED}],
    metadata={"user_id": "ann"},
    stream=True,
    tools=[{"name": "f", "description": "d", "input_schema": {"type": "object"}}],
    tool_choice={"type": "any", "disable_parallel_tool_use": True},
    thinking={"type": "enabled", "budget_tokens": 2048},
    output_config={
        "effort": "low",
        "format": {"type": "json_schema", "schema": {"type": "object"}},
    },
    service_tier="auto",
    messages=[
        {"role": "user", "content": "hi"},
        {
            "role": "user",
            "content": [
                {"type": "image", "source": {"media_type": "image/png", "data": "AAAA"}},
                {"type": "tool_result", "tool_use_id": "t1", "content": "42"},
                {"type": "novel", "x": 1},
            ],
        },
        {"role": "system", "content": "hurry"},
        {
            "role": "assistant",
            "content": [
                {"type": "redacted_thinking", "data": "enc"},
                {"type": "tool_use", "id": "t1", "name": "f", "input": {"a": 1}},
            ],
        },
    ],
)
READ = ChatRequest(
    model="claude",
    messages=(
        Message(role="system", parts=(TextPart(content="be kind", extra=CACHED),)),
        Message(role="user", parts=(TextPart(content="hi"),)),
        Message(
            role="user",
            parts=(
                MediaPart(modality="image", mime_type="image/png", size_bytes=3, data="AAAA"),
                ToolResultPart(id="t1", result="42"),
                RawPart(content={"type": "novel", "x": 1}, dialect="anthropic"),
            ),
        ),
        Message(role="system", parts=(TextPart(content="hurry"),)),
        Message(
            role="assistant",
            parts=(
                ReasoningPart(content="", signature="enc", redacted=True, source="anthropic"),
                ToolCallPart(name="f", id="t1", arguments={"a": 1}),
            ),
        ),
    ),
    tools=(ToolDefinition(name="f", description="d", parameters={"type": "object"}),),
    tool_choice=ToolChoice("required"),
    parallel_tools=False,
    output_format=OutputFormat("json_schema", schema={"type": "object"}),
    reasoning=Reasoning(enabled=True, effort="low", budget_tokens=2048),
    settings={"max_tokens": 10, "temperature": 0.5, "stop_sequences": ["END"]},
    stream=True,
    include_usage=True,
    user="ann",
    metadata={"user_id": "ann"},
    unknown={"service_tier": "auto"},
    dialect="anthropic",
)


def test_a_request_is_read_whole() -> None:
    assert read(**REQUEST) == READ


def test_what_has_no_neutral_form_is_kept() -> None:
    request = read(
        thinking={"type": "adaptive", "display": "omitted"},
        output_config={"effort": "high", "format": {"type": "new"}, "later": 1},
    )
    assert request.reasoning == Reasoning(enabled=True, effort="high")
    assert request.output_format is None
    assert request.unknown == {
        "thinking": {"type": "adaptive", "display": "omitted"},
        "output_config": {"format": {"type": "new"}, "later": 1},
    }


def test_the_output_format_of_the_beta_is_read() -> None:
    request = read(output_format={"type": "json_schema", "schema": {"a": 1}})
    assert request.output_format == OutputFormat("json_schema", schema={"a": 1})
    assert request.unknown == {}


@pytest.mark.parametrize(
    "body",
    [b"{}", b'{"messages":"x","tools":{},"model":5,"metadata":[],"stream":1,"system":7}',
     b'{"messages":[null,1,"a",{"role":[],"content":{"x":1}}],"thinking":5,"output_config":[]}'],
)  # fmt: skip
def test_odd_requests_are_read_as_far_as_they_go(body: bytes) -> None:
    request = read_request(body)
    assert request.stream is False
    assert request.tools == ()


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff"])
def test_what_is_no_object_is_refused(body: bytes) -> None:
    with pytest.raises(BadRequest):
        read_count_request(body)
