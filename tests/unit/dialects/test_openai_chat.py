"""Whole chat requests and answers."""

import json

import pytest

from tests.support.recordings import whole
from vedette.dialects import openai_chat
from vedette.dialects.openai_chat import read_answer, read_request
from vedette.dialects.reading import Unreadable
from vedette.errors import BadRequest
from vedette.model.chat import (
    ChatRequest,
    Message,
    OutputFormat,
    TextPart,
    ToolCallPart,
    ToolDefinition,
)
from vedette.model.usage import Usage


def test_a_request_is_read_whole() -> None:
    request = {
        "model": "m",
        "messages": [{"role": "system", "content": "s"}, {"role": "user", "content": "u"}],
        "tools": [{"type": "function", "function": {"name": "f"}}],
        "temperature": 0.5,
        "stop": "END",
        "max_completion_tokens": 9,
        "n": 2,
        "stream": True,
        "stream_options": {"include_usage": True},
        "user": "ann",
        "metadata": {"team": "x"},
        "response_format": {"type": "json_object"},
        "vendor_field": [1],
    }
    assert read_request(json.dumps(request).encode()) == ChatRequest(
        model="m",
        messages=(
            Message(role="system", parts=(TextPart(content="s"),)),
            Message(role="user", parts=(TextPart(content="u"),)),
        ),
        tools=(ToolDefinition(name="f"),),
        settings={
            "temperature": 0.5,
            "max_tokens": 9,
            "stop_sequences": ["END"],
            "choice.count": 2,
        },
        output_format=OutputFormat("json"),
        stream=True,
        include_usage=True,
        user="ann",
        metadata={"team": "x"},
        unknown={"vendor_field": [1]},
        dialect="openai_chat",
    )


@pytest.mark.parametrize(
    "body",
    [b"{}", b'{"messages":"x","tools":{},"model":5,"metadata":[],"stream":1}',
     b'{"messages":[null,1,"a",{"role":[],"content":{"x":1}}]}'],
)  # fmt: skip
def test_odd_requests_are_read_as_far_as_they_go(body: bytes) -> None:
    request = read_request(body)
    assert request.stream is False
    assert request.tools == ()


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b"1"])
def test_what_is_no_object_is_refused(body: bytes) -> None:
    with pytest.raises(BadRequest):
        read_request(body)
    with pytest.raises(Unreadable):
        read_answer(body)


def test_an_answer_is_read_whole() -> None:
    answer = read_answer(whole("openai_chat/tools"))
    assert (answer.id, answer.model) == ("chatcmpl-Tools1", "gpt-4o-2024-08-06")
    assert answer.finish_reasons == ("tool_calls",)
    assert answer.usage == Usage(input_uncached=70, output_text=46)
    assert answer.messages[0].parts == (
        ToolCallPart(name="weather", id="call_a1", arguments={"city": "Zürich", "days": 3}),
        ToolCallPart(name="now", id="call_b2", arguments={}),
    )


def test_an_error_is_read_as_one() -> None:
    answer = read_answer(b'{"error":{"message":"no such model","type":"invalid_request_error"}}')
    assert answer.error == "invalid_request_error: no such model"
    assert answer.messages == ()


def test_the_gateway_finds_all_it_needs_in_one_place() -> None:
    for name in openai_chat.__all__:
        assert getattr(openai_chat, name)
    assert openai_chat.read_error(404, b'{"error":{"message":"m"}}').message == "m"
