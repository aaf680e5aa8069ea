"""Whole requests, both ways."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openai.types.responses import ResponseInputItemParam, ToolParam
from openai.types.responses.response_create_params import ResponseCreateParams
from pydantic import TypeAdapter

from tests.support.recordings import SharedTape, shared_tapes
from vedette.dialects.contract import Unsupported
from vedette.dialects.openai_responses_content import NAME
from vedette.dialects.openai_responses_request import read_request, write_request
from vedette.errors import BadRequest
from vedette.model.chat import (
    ChatRequest,
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

PARAMS: TypeAdapter[Any] = TypeAdapter(ResponseCreateParams)
ITEM: TypeAdapter[Any] = TypeAdapter(ResponseInputItemParam)
TOOL: TypeAdapter[Any] = TypeAdapter(ToolParam)
"""What the official client takes; its types allow fields they do not name."""

TAPES = [tape for tape in shared_tapes() if tape.api == "responses"]


def read(**fields: Any) -> ChatRequest:
    return read_request(json.dumps({"model": "m", **fields}).encode())


def written(request: ChatRequest) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(write_request(request).body)
    PARAMS.validate_python(body)
    for item in body.get("input", ()):
        ITEM.validate_python(item)
    for tool in body.get("tools", ()):
        TOOL.validate_python(tool)
    return body


def user(text: str) -> Message:
    return Message(role="user", parts=(TextPart(content=text),))


WHOLE: dict[str, Any] = {
    "model": "m",
    "instructions": "be kind",
    "input": [
        {"role": "developer", "content": "in German"},
        {"role": "user", "content": [{"type": "input_text", "text": "hi"},
                                     {"type": "input_image", "file_id": "f", "detail": "low"}]},
        {"type": "message", "role": "user", "id": "msg_0", "content": "again"},
        {"type": "reasoning", "id": "rs_1", "encrypted_content": "sig",
         "summary": [{"type": "summary_text", "text": "a"}, {"type": "summary_text", "text": "b"}]},
        {"type": "message", "id": "msg_1", "role": "assistant", "status": "completed",
         "phase": "commentary", "content": [{"type": "output_text", "text": "so",
                                             "annotations": []}]},
        {"type": "function_call", "id": "fc_1", "call_id": "c1", "name": "f",
         "arguments": '{"a":1}'},
        {"type": "custom_tool_call", "call_id": "c2", "name": "p", "input": "x\ny"},
        {"type": "function_call_output", "call_id": "c1", "output": "42"},
        {"type": "custom_tool_call_output", "call_id": "c2", "output": "ok", "id": "cto"},
        {"type": "item_reference", "id": "x"},
        {"type": "web_search_call", "id": "ws_1", "status": "completed",
         "action": {"type": "search", "query": "q"}},
        {"role": "assistant", "content": "done"},
        {"type": "reasoning", "id": "rs_2", "summary": [],
         "content": [{"type": "reasoning_text", "text": "raw"}]},
    ],
    "tools": [{"type": "function", "name": "f", "parameters": {"type": "object"}, "strict": True},
              {"type": "custom", "name": "p"},
              {"type": "web_search"}],
    "tool_choice": {"type": "allowed_tools", "mode": "auto",
                    "tools": [{"type": "function", "name": "f"}]},
    "parallel_tool_calls": False,
    "text": {"format": {"type": "json_schema", "name": "n", "schema": {"type": "object"},
                        "strict": True}, "verbosity": "low"},
    "reasoning": {"effort": "low", "summary": "auto", "context": "auto"},
    "temperature": 0.5,
    "top_p": 0.9,
    "max_output_tokens": 99,
    "truncation": "auto",
    "include": ["reasoning.encrypted_content"],
    "metadata": {"a": "b"},
    "store": False,
    "previous_response_id": "resp_0",
    "service_tier": "flex",
    "user": "u",
    "stream": True,
    "stream_options": {"include_obfuscation": False},
}  # fmt: skip


def test_what_was_read_is_written() -> None:
    assert written(read_request(json.dumps(WHOLE).encode())) == WHOLE


def test_a_request_is_read_whole() -> None:
    request = read_request(json.dumps(WHOLE).encode())
    assert (request.model, request.stream, request.user) == ("m", True, "u")
    assert request.include_usage
    assert request.dialect == NAME
    assert request.settings == {"temperature": 0.5, "top_p": 0.9, "max_tokens": 99}
    assert request.metadata == {"a": "b"}
    assert request.tool_choice == ToolChoice("auto", ("f",))
    assert request.parallel_tools is False
    assert request.reasoning == Reasoning(enabled=True, effort="low", summary="auto")
    assert request.output_format == OutputFormat(
        kind="json_schema", schema={"type": "object"}, name="n", strict=True
    )
    assert [tool.built_in for tool in request.tools] == ["", "", "web_search"]
    assert [message.role for message in request.messages] == [
        "system", "developer", "user", "user", "assistant", "tool", "tool", "user", "assistant",
    ]  # fmt: skip
    assert request.unknown.keys() == {
        "text", "reasoning", "truncation", "include", "store", "previous_response_id",
        "service_tier", "stream_options",
    }  # fmt: skip


def test_a_text_is_an_input() -> None:
    assert read(input="hi").messages == (user("hi"),)
    assert written(read(input="hi")) == {
        "model": "m",
        "input": [{"role": "user", "content": "hi"}],
    }


def test_a_system_item_stays_an_item() -> None:
    items = [{"type": "message", "role": "system", "content": "a"}, {"role": "user", "content": ""}]
    assert written(read(input=items))["input"] == items
    plain = [{"role": "system", "content": "a"}]
    assert "instructions" not in written(read(input=plain))


def test_a_choice_we_have_no_name_for_is_kept() -> None:
    choice = {"type": "file_search"}
    request = read(tool_choice=choice)
    assert request.tool_choice is None
    assert written(request)["tool_choice"] == choice


@pytest.mark.parametrize(
    "fields",
    [
        {"text": {"format": {"type": "grammar", "definition": "x"}}},
        {"text": {"verbosity": "low"}},
        {"reasoning": {"mode": "pro"}},
        {"instructions": [{"role": "system", "content": "a"}]},
    ],
)
def test_forms_we_do_not_know_are_kept(fields: dict[str, Any]) -> None:
    assert json.loads(write_request(read(**fields)).body) == {"model": "m", **fields}


@pytest.mark.parametrize("body", [b"", b"[]", b'"x"'])
def test_what_is_no_object_is_refused(body: bytes) -> None:
    with pytest.raises(BadRequest):
        read_request(body)


def test_a_chat_becomes_a_responses_request() -> None:
    chat = ChatRequest(
        model="gpt-5.1",
        messages=(
            Message(role="system", parts=(TextPart(content="be kind"),)),
            user("hi"),
            Message(role="assistant", parts=(ToolCallPart(name="f", id="c1", arguments={}),)),
            Message(role="tool", parts=(ToolResultPart(id="c1", result="42"),)),
        ),
        tools=(ToolDefinition(name="f", description="d"),),
        tool_choice=ToolChoice("tool", ("f",)),
        output_format=OutputFormat(kind="json"),
        settings={"max_tokens": 9, "seed": 1},
        stream=True,
        metadata={"a": "b", "n": 1},
        unknown={"verbosity": "low", "service_tier": "flex", "logit_bias": {"1": 2}},
        dialect="openai_chat",
    )
    result = write_request(chat)
    assert json.loads(result.body) == {
        "model": "gpt-5.1",
        "instructions": "be kind",
        "input": [
            {"role": "user", "content": "hi"},
            {"type": "function_call", "call_id": "c1", "name": "f", "arguments": "{}"},
            {"type": "function_call_output", "call_id": "c1", "output": "42"},
        ],
        "tools": [
            {
                "type": "function",
                "name": "f",
                "description": "d",
                "parameters": {"type": "object", "properties": {}},
                "strict": False,
            }
        ],
        "tool_choice": {"type": "function", "name": "f"},
        "text": {"format": {"type": "json_object"}, "verbosity": "low"},
        "metadata": {"a": "b"},
        "max_output_tokens": 9,
        "service_tier": "flex",
        "store": False,
        "include": ["reasoning.encrypted_content"],
        "stream": True,
    }
    assert result.dropped == ("logit_bias", "seed", "metadata.n")


def test_nothing_is_stored_for_those_who_did_not_ask() -> None:
    asked = ChatRequest(model="gpt-4.1", messages=(user("a"),), dialect="openai_chat")
    assert written(asked)["store"] is False
    assert "include" not in written(asked)
    stored = ChatRequest(
        model="gpt-4.1", messages=(user("a"),), dialect="openai_chat", unknown={"store": True}
    )
    assert written(stored)["store"] is True


def test_calls_without_ids_get_the_same_ones_as_their_results() -> None:
    calls = (ToolCallPart(name="f"), ToolCallPart(name="g"))
    results = (ToolResultPart(name="g", result="2"), ToolResultPart(name="f", result="1"))
    asked = ChatRequest(
        model="m",
        messages=(Message(role="assistant", parts=calls), Message(role="user", parts=results)),
        dialect="gemini",
    )
    f, g, of_g, of_f = written(asked)["input"]
    assert (of_f["call_id"], of_f["output"]) == (f["call_id"], "1")
    assert (of_g["call_id"], of_g["output"]) == (g["call_id"], "2")


def test_thoughts_come_back_with_the_next_turn() -> None:
    thought = ReasoningPart(content="hm", signature="sig", source=NAME)
    turn = ChatRequest(
        model="o4-mini",
        messages=(user("a"), Message(role="assistant", parts=(thought, TextPart(content="b")))),
        dialect="anthropic",
    )
    assert json.loads(write_request(turn).body)["input"][1] == {
        "type": "reasoning",
        "summary": [{"type": "summary_text", "text": "hm"}],
        "encrypted_content": "sig",
    }


def test_what_another_dialect_asks_of_its_own_provider_is_refused() -> None:
    tokens = Message(role="user", parts=(RawPart(content=[1, 2]),))
    for asked in (
        ChatRequest(model="m", messages=(tokens,), dialect="openai_completions"),
        ChatRequest(model="m", unknown={"logprobs": True}, dialect="openai_chat"),
        ChatRequest(
            model="m", tools=(ToolDefinition(name="s", built_in="google"),), dialect="gemini"
        ),
    ):
        with pytest.raises(Unsupported):
            write_request(asked)


names = st.sampled_from(["type", "role", "content", "id", "call_id", "name", "output", "summary"])
values = st.recursive(
    st.one_of(
        st.none(),
        st.integers(0, 9),
        st.sampled_from(["message", "user", "assistant", "function_call", "reasoning", "a", ""]),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(names, inner, max_size=4)),
    max_leaves=8,
)


@settings(max_examples=50)
@given(st.fixed_dictionaries({}, optional={
    "input": st.lists(values, max_size=4), "tools": st.lists(values, max_size=2),
    "tool_choice": values, "text": values, "reasoning": values, "metadata": values,
    "instructions": values, "stop": values,
}))  # fmt: skip
def test_no_request_is_too_odd_and_nothing_changes_twice(fields: dict[str, Any]) -> None:
    first = read(**fields)
    again = read_request(write_request(first).body)
    assert read_request(write_request(again).body) == again


@pytest.mark.parametrize("tape", TAPES, ids=lambda tape: tape.name)
def test_recordings(tape: SharedTape) -> None:
    request = read_request(tape.request)
    assert request.messages
    assert read_request(write_request(request).body) == request
    assert json.loads(write_request(request).body)["model"] == request.model
