"""Chat requests, read whole."""

import json
from typing import Any

import pytest

from vedette.dialects.openai_chat_request import read_request
from vedette.errors import BadRequest
from vedette.model.chat import (
    ChatRequest,
    Message,
    OutputFormat,
    Reasoning,
    TextPart,
    ToolChoice,
    ToolDefinition,
)


def read(**fields: Any) -> ChatRequest:
    return read_request(json.dumps(fields).encode())


def test_a_request_is_read_whole() -> None:
    assert read(
        model="m",
        messages=[{"role": "system", "content": "s"}, {"role": "user", "content": "u"}],
        tools=[{"type": "function", "function": {"name": "f"}}],
        tool_choice={"type": "function", "function": {"name": "f"}},
        parallel_tool_calls=False,
        temperature=0.5,
        stop="END",
        max_completion_tokens=9,
        n=2,
        stream=True,
        stream_options={"include_usage": True, "include_obfuscation": False},
        user="ann",
        metadata={"team": "x"},
        response_format={
            "type": "json_schema",
            "json_schema": {"name": "n", "description": "d", "schema": {"a": 1}, "strict": True},
        },
        reasoning_effort="low",
        vendor_field=[1],
    ) == ChatRequest(
        model="m",
        messages=(
            Message(role="system", parts=(TextPart(content="s"),)),
            Message(role="user", parts=(TextPart(content="u"),)),
        ),
        tools=(ToolDefinition(name="f"),),
        tool_choice=ToolChoice("tool", ("f",)),
        parallel_tools=False,
        output_format=OutputFormat("json_schema", {"a": 1}, "n", "d", True),
        reasoning=Reasoning(effort="low"),
        settings={
            "temperature": 0.5,
            "max_tokens": 9,
            "stop_sequences": ["END"],
            "choice.count": 2,
        },
        stream=True,
        include_usage=True,
        user="ann",
        metadata={"team": "x"},
        unknown={"vendor_field": [1], "stream_options": {"include_obfuscation": False}},
        dialect="openai_chat",
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"type": "text"}, OutputFormat("text")),
        ({"type": "json_object"}, OutputFormat("json")),
        ({"type": "json_schema"}, OutputFormat("json_schema")),
    ],
)
def test_formats(value: Any, expected: OutputFormat) -> None:
    request = read(response_format=value)
    assert request.output_format == expected
    assert request.unknown == {}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"reasoning": {"effort": "high", "exclude": True}}, Reasoning(effort="high")),
        ({"reasoning": {"max_tokens": 9, "enabled": True}}, Reasoning(True, "", 9)),
        ({"thinking": {"type": "enabled", "budget_tokens": 9}}, Reasoning(True, "", 9)),
        ({"thinking": {"type": "disabled"}}, Reasoning(enabled=False)),
        ({"thinking": "yes", "reasoning": 5}, None),
    ],
)
def test_wishes_in_words_of_vendors_are_understood_and_kept(
    fields: dict[str, Any], expected: Reasoning | None
) -> None:
    request = read(**fields)
    assert request.reasoning == expected
    assert request.unknown == fields


def test_what_is_not_understood_is_kept() -> None:
    fields = {
        "tool_choice": {"type": "new"},
        "response_format": {"type": "grammar", "grammar": "x"},
        "parallel_tool_calls": "yes",
        "reasoning_effort": {},
    }
    request = read(**fields)
    assert (request.tool_choice, request.output_format, request.parallel_tools) == (None,) * 3
    assert request.unknown == fields


def test_functions_of_before_tools_are_called_one_at_a_time() -> None:
    request = read(functions=[{"name": "f"}], function_call={"name": "f"})
    assert request.tools == (ToolDefinition(name="f", extra={"functions": True}),)
    assert request.tool_choice == ToolChoice("tool", ("f",))
    assert request.parallel_tools is False
    assert request.unknown == {}


@pytest.mark.parametrize(
    "body",
    [b"{}", b'{"messages":"x","tools":{},"model":5,"metadata":[],"stream":1}',
     b'{"messages":[null,1,"a",{"role":[],"content":{"x":1}}],"stream_options":7}'],
)  # fmt: skip
def test_odd_requests_are_read_as_far_as_they_go(body: bytes) -> None:
    request = read_request(body)
    assert request.stream is False
    assert request.tools == ()


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b"1"])
def test_what_is_no_object_is_refused(body: bytes) -> None:
    with pytest.raises(BadRequest):
        read_request(body)
