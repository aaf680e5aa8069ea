"""Requests of /api/chat."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from vedette.dialects.contract import Unsupported
from vedette.dialects.ollama_chat_request import read_request, write_request
from vedette.errors import BadRequest
from vedette.model.chat import (
    ChatRequest,
    Message,
    OutputFormat,
    Reasoning,
    TextPart,
    ToolDefinition,
)

WHOLE: dict[str, Any] = {
    "model": "qwen3",
    "messages": [{"role": "user", "content": "hi"}],
    "stream": False,
    "format": {"type": "object", "properties": {"a": {"type": "string"}}},
    "think": "high",
    "options": {"temperature": 0, "num_ctx": 8192},
    "keep_alive": "5m",
    "truncate": False,
    "tools": [
        {
            "type": "function",
            "function": {"name": "f", "parameters": {"type": "object", "properties": {}}},
        }
    ],
}


def read(**fields: Any) -> ChatRequest:
    return read_request(json.dumps(fields).encode())


def write(request: ChatRequest) -> tuple[dict[str, Any], tuple[str, ...]]:
    written = write_request(request)
    return json.loads(written.body), written.dropped


def foreign(**fields: Any) -> ChatRequest:
    message = Message("user", (TextPart(content="hi"),))
    return ChatRequest(**{"model": "m", "messages": (message,), "dialect": "openai_chat", **fields})


def test_a_request_is_read_whole() -> None:
    assert read(**WHOLE) == ChatRequest(
        model="qwen3",
        messages=(Message("user", (TextPart(content="hi"),)),),
        tools=(ToolDefinition(name="f", parameters={"type": "object", "properties": {}}),),
        output_format=OutputFormat("json_schema", schema=WHOLE["format"]),
        reasoning=Reasoning(enabled=True, effort="high"),
        settings={"temperature": 0},
        include_usage=True,
        unknown={"options.num_ctx": 8192, "keep_alive": "5m", "truncate": False},
        dialect="ollama_chat",
    )


@pytest.mark.parametrize(
    ("fields", "stream"),
    [({}, True), ({"stream": None}, True), ({"stream": True}, True), ({"stream": False}, False)],
)
def test_a_stream_is_what_nobody_declines(fields: dict[str, Any], stream: bool) -> None:
    assert read(model="m", **fields).stream is stream


def test_what_clients_send_for_nothing_is_nothing() -> None:
    # As the Python client of 2024 did.
    request = read(model="m", messages=[], tools=[], format="", options={}, keep_alive=None)
    assert request == ChatRequest(model="m", stream=True, include_usage=True, dialect="ollama_chat")


def test_fields_of_a_wrong_type_are_kept() -> None:
    request = read(model="m", format="xml", think=7, options=[1])
    assert request.unknown == {"format": "xml", "think": 7, "options": [1]}


def test_in_its_own_dialect_nothing_is_lost() -> None:
    assert write(read(**WHOLE)) == (WHOLE, ())


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'"x"', b"\xff"])
def test_what_is_no_object_is_refused(body: bytes) -> None:
    with pytest.raises(BadRequest):
        read_request(body)


def test_the_switch_for_streams_is_always_written() -> None:
    assert write(foreign(stream=True))[0]["stream"] is True
    assert write(foreign())[0] == {
        "model": "m", "messages": [{"role": "user", "content": "hi"}], "stream": False,
    }  # fmt: skip


def test_what_only_advises_is_left_out_by_the_clients_name() -> None:
    request = foreign(
        user="ann", metadata={"a": "b"}, parallel_tools=False,
        unknown={"store": True, "min_p": 0.1, "logit_bias": {}},
    )  # fmt: skip
    body, dropped = write(request)
    assert dropped == ("store", "logit_bias", "parallel_tool_calls", "user", "metadata")
    assert body["options"] == {"min_p": 0.1}


def test_anthropics_names_are_used_for_anthropics_clients() -> None:
    request = foreign(
        dialect="anthropic", user="ann", metadata={"user_id": "ann"}, parallel_tools=False
    )
    assert write(request)[1] == (
        "tool_choice.disable_parallel_tool_use", "metadata.user_id",
    )  # fmt: skip


@pytest.mark.parametrize(
    "fields",
    [
        {"unknown": {"logprobs": True}},
        {"settings": {"choice.count": 3}},
        {"unknown": {"web_search_options": {}}},
    ],
)
def test_what_would_change_the_answer_is_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(Unsupported):
        write_request(foreign(**fields))


FIELD = st.sampled_from([*WHOLE, "novel"])
VALUE = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["role", "content", "stop", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.dictionaries(FIELD, VALUE))
def test_any_object_is_read_and_written_again(fields: dict[str, Any]) -> None:
    request = read(**fields)
    again = read_request(write_request(request).body)
    assert read_request(write_request(again).body) == again
    # Tools alone have gained: parameters that Ollama wants to be there.
    assert replace(again, tools=request.tools) == request
