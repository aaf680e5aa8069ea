"""Responses, as far as their record needs."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.dialects.openai_responses import StreamReader, read_answer, read_request
from vedette.model.chat import (
    Delta,
    End,
    ErrorDelta,
    Message,
    RawDelta,
    RawPart,
    ReasoningPart,
    RefusalDelta,
    Stop,
    TextPart,
    ToolCallPart,
    ToolResultPart,
    UsageDelta,
)
from vedette.model.usage import Usage


def test_a_request_is_read_whole() -> None:
    request = {
        "model": "m",
        "instructions": "be kind",
        "input": [
            {"role": "user", "content": [{"type": "input_text", "text": "hi"}]},
            {"type": "reasoning", "summary": [{"type": "summary_text", "text": "hm"}]},
            {"type": "function_call", "call_id": "c1", "name": "f", "arguments": '{"a":1}'},
            {"type": "function_call_output", "call_id": "c1", "output": "42"},
            {"type": "item_reference", "id": "x"},
        ],
        "max_output_tokens": 7,
        "previous_response_id": "r0",
        "tools": [{"type": "function", "name": "f", "parameters": {}}],
    }
    read = read_request(json.dumps(request).encode())
    assert read.messages == (
        Message(role="system", parts=(TextPart(content="be kind"),)),
        Message(role="user", parts=(TextPart(content="hi"),)),
        Message(role="assistant", parts=(ReasoningPart(content="hm"),)),
        Message(role="assistant", parts=(ToolCallPart(name="f", id="c1", arguments={"a": 1}),)),
        Message(role="tool", parts=(ToolResultPart(id="c1", result="42"),)),
        Message(role="user", parts=(RawPart(content={"type": "item_reference", "id": "x"}),)),
    )
    assert read.settings == {"max_tokens": 7}
    assert read.unknown == {"previous_response_id": "r0"}
    assert read.tools[0].name == "f"


def test_a_text_is_an_input() -> None:
    assert read_request(b'{"model":"m","input":"hi"}').messages == (
        Message(role="user", parts=(TextPart(content="hi"),)),
    )


def test_why_an_answer_is_incomplete() -> None:
    answer = read_answer(
        b'{"id":"r","status":"incomplete","incomplete_details":{"reason":"max_output_tokens"}}'
    )
    assert answer.finish_reasons == ("max_output_tokens",)
    assert read_answer(b'{"id":"r","status":"in_progress"}').messages == ()


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ({"type": "response.refusal.delta", "delta": "no"}, [RefusalDelta("no")]),
        ({"type": "response.output_text.delta", "delta": ""}, []),
        ({"type": "response.something_new", "x": 1}, []),
        ({"type": "error", "code": "c", "message": "m"}, [ErrorDelta("m", "c")]),
        (
            {
                "type": "response.failed",
                "response": {
                    "status": "failed",
                    "error": {"code": "server_error", "message": "m"},
                    "usage": {"input_tokens": 1},
                },
            },
            [
                Stop("failed"),
                UsageDelta(Usage(input_uncached=1)),
                ErrorDelta("server_error: m"),
                End(),
            ],
        ),
        ({"type": "response.function_call_arguments.delta", "output_index": 3, "delta": "{"}, []),
        ({"x": 1}, [RawDelta(b'{"x": 1}')]),
    ],
)
def test_events(event: dict[str, Any], expected: list[Delta]) -> None:
    assert StreamReader().read(json.dumps(event).encode()) == expected


@given(st.binary(max_size=40))
def test_no_bytes_are_an_error(data: bytes) -> None:
    assert isinstance(StreamReader().read(data), list)
