"""Requests for servers of the chat format, from home and from abroad."""

import json
from typing import Any

import pytest
from hypothesis import given

from tests.support.conversations import requests
from tests.support.official import check_chat_request
from vedette.dialects.contract import Unsupported
from vedette.dialects.openai_chat_request import read_request
from vedette.dialects.openai_chat_request_writer import is_strict, write_request
from vedette.dialects.tool_names import fit_name
from vedette.model.chat import (
    ChatRequest,
    Message,
    OutputFormat,
    Reasoning,
    TextPart,
    ToolCallPart,
    ToolChoice,
    ToolDefinition,
)

HI = (Message(role="user", parts=(TextPart(content="hi"),)),)
CLOSED = {
    "type": "object",
    "properties": {"a": {"type": "string"}},
    "required": ["a"],
    "additionalProperties": False,
}
OPEN = {"type": "object", "properties": {"a": {"type": "string"}}}


def abroad(**fields: Any) -> ChatRequest:
    return ChatRequest(**{"model": "qwen3", "messages": HI, "dialect": "anthropic", **fields})


def write(request: ChatRequest) -> tuple[dict[str, Any], tuple[str, ...]]:
    written = write_request(request)
    members = json.loads(written.body)
    check_chat_request(members)
    return members, written.dropped


@pytest.mark.parametrize(
    "fields",
    [
        {
            "max_completion_tokens": 9,
            "n": 2,
            "stop": ["END"],
            "top_k": 5,
            "seed": 1,
            "temperature": 0,
            "stream": True,
            "stream_options": {"include_usage": True, "include_obfuscation": False},
            "user": "ann",
            "metadata": {"a": "b"},
            "logprobs": True,
            "reasoning_effort": "xhigh",
            "response_format": {"type": "json_object"},
        },
        {
            "tools": [
                {
                    "type": "function",
                    "function": {"name": "f", "description": "d", "parameters": OPEN, "x": 1},
                    "cache_control": {"type": "ephemeral"},
                },
                {"type": "function", "function": {"name": "g", "strict": True}},
                {"type": "custom", "custom": {"name": "h", "format": {"type": "text"}}},
            ],
            "tool_choice": {
                "type": "allowed_tools",
                "allowed_tools": {
                    "mode": "required",
                    "tools": [
                        {"type": "function", "function": {"name": "f"}},
                        {"type": "custom", "custom": {"name": "h"}},
                    ],
                },
            },
            "parallel_tool_calls": True,
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "n", "schema": OPEN, "strict": True, "description": "d"},
            },
            "reasoning": {"effort": "high", "exclude": True},
        },
        {"functions": [{"name": "f", "parameters": OPEN}], "function_call": {"name": "f"}},
        {"functions": [{"name": "f"}], "function_call": "none"},
        {"thinking": {"type": "enabled"}, "response_format": {"type": "text"}},
        {"tools": [{"type": "function", "function": {"name": "f"}}], "tool_choice": "required"},
    ],
    ids=["settings", "tools", "functions", "functions-none", "vendors", "required"],
)
def test_a_request_at_home_comes_back_as_it_was(fields: dict[str, Any]) -> None:
    request = {"model": "o3", "messages": [{"role": "user", "content": "hi"}], **fields}
    written = write_request(read_request(json.dumps(request).encode()))
    assert json.loads(written.body) == request
    assert written.dropped == ()


@given(requests("openai_chat", "gpt-5"))
def test_what_is_read_again_is_the_same(request: ChatRequest) -> None:
    first = read_request(write_request(request).body)
    assert read_request(write_request(first).body) == first


@given(requests("anthropic", "gpt-4o"))
def test_what_is_written_is_what_the_official_client_could_send(request: ChatRequest) -> None:
    members, dropped = write(request)
    called = [c["id"] for m in members["messages"] for c in m.get("tool_calls") or ()]
    answered = [m["tool_call_id"] for m in members["messages"] if m["role"] == "tool"]
    assert called == answered
    assert set(dropped) <= {"thinking", "tools.strict"}


@pytest.mark.parametrize(
    ("model", "field", "limit"),
    [
        ("qwen3", "max_tokens", 50_000),
        ("gpt-4o", "max_tokens", 16_384),
        ("o3", "max_completion_tokens", 50_000),
        ("openai/gpt-5-chat-latest", "max_completion_tokens", 16_384),
    ],
)
def test_the_limit_is_called_as_the_model_wants_it(model: str, field: str, limit: int) -> None:
    members, _ = write(abroad(model=model, settings={"max_tokens": 50_000}))
    assert members.keys() - {"model", "messages"} == {field}
    assert members[field] == limit


@pytest.mark.parametrize(
    ("model", "reasoning", "effort", "dropped"),
    [
        ("o3", Reasoning(True, "", 8_000), "medium", ()),
        ("gpt-5.2", Reasoning(enabled=True, effort="max"), "xhigh", ()),
        ("gpt-5.1", Reasoning(enabled=False), "none", ()),
        ("gpt-5", Reasoning(enabled=True), None, ()),
        ("gpt-4o", Reasoning(True, "", 8_000), None, ("thinking",)),
        ("gpt-4o", Reasoning(enabled=False), None, ()),
        ("qwen3", Reasoning(enabled=False), None, ("thinking",)),
        ("qwen3", Reasoning(effort="max"), "high", ()),
    ],
)
def test_reasoning_is_what_the_model_takes(
    model: str, reasoning: Reasoning, effort: str | None, dropped: tuple[str, ...]
) -> None:
    members, left_out = write(abroad(model=model, reasoning=reasoning))
    assert members.get("reasoning_effort") == effort
    assert left_out == dropped


@pytest.mark.parametrize(
    ("model", "dropped"),
    [("qwen3", ()), ("gpt-4o", ("top_k",)), ("o3", ("temperature", "top_k"))],
)
def test_sampling_is_what_the_model_takes(model: str, dropped: tuple[str, ...]) -> None:
    members, left_out = write(abroad(model=model, settings={"temperature": 0.5, "top_k": 5}))
    assert left_out == dropped
    assert ("temperature" in members) == ("temperature" not in dropped)


def test_a_stream_comes_with_figures() -> None:
    members, _ = write(abroad(stream=True))
    assert members["stream_options"] == {"include_usage": True}


@pytest.mark.parametrize(
    ("user", "told", "dropped"), [("ann", "ann", ()), ("a" * 65, None, ("metadata.user_id",))]
)
def test_users_have_short_ids(user: str, told: str | None, dropped: tuple[str, ...]) -> None:
    members, left_out = write(abroad(user=user, metadata={"user_id": user}))
    assert members.get("user") == told
    assert left_out == dropped


def test_what_only_advises_is_named() -> None:
    _, dropped = write(abroad(metadata={"team": "x"}, unknown={"service_tier": "auto"}))
    assert dropped == ("service_tier", "metadata")


@pytest.mark.parametrize(
    ("schema", "strict", "written"),
    [(CLOSED, None, True), (OPEN, None, False), (OPEN, True, False), (CLOSED, False, False)],
)
def test_a_schema_is_strict_where_it_can_be(
    schema: Any, strict: bool | None, written: bool
) -> None:
    wanted = OutputFormat("json_schema", schema=schema, strict=strict)
    members, _ = write(abroad(output_format=wanted))
    assert members["response_format"]["json_schema"] == {
        "name": "answer", "schema": schema, "strict": written,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("schema", "strict"),
    [
        (CLOSED, True),
        (OPEN, False),
        ({"type": "string"}, True),
        ({"type": "array", "items": CLOSED}, True),
        ({"type": "array", "items": OPEN}, False),
        ({"anyOf": [CLOSED, OPEN]}, False),
        ({"$ref": "#/$defs/a", "$defs": {"a": OPEN}}, False),
        ({**CLOSED, "properties": {"a": OPEN}}, False),
        ({**CLOSED, "required": []}, False),
        (None, True),
    ],
)
def test_what_openai_takes_as_strict(schema: Any, strict: bool) -> None:
    assert is_strict(schema) == strict


def test_strict_tools_that_cannot_be_are_not() -> None:
    tools = tuple(ToolDefinition(name="f", parameters=s, strict=True) for s in (CLOSED, OPEN))
    members, dropped = write(abroad(tools=tools))
    assert [tool["function"].get("strict") for tool in members["tools"]] == [True, None]
    assert dropped == ("tools.strict",)


@pytest.mark.parametrize(
    ("model", "offered", "kind"), [("gpt-5", ["f", "g"], dict), ("qwen3", ["g"], str)]
)
def test_the_allowed_tools(model: str, offered: list[str], kind: type) -> None:
    tools = (ToolDefinition(name="f"), ToolDefinition(name="g"))
    members, _ = write(abroad(model=model, tools=tools, tool_choice=ToolChoice("required", ("g",))))
    assert [tool["function"]["name"] for tool in members["tools"]] == offered
    assert isinstance(members["tool_choice"], kind)


def test_long_names_of_tools_are_shortened_everywhere() -> None:
    name = "mcp__server__" + "a" * 60
    called = Message(role="assistant", parts=(ToolCallPart(name=name, id="c", arguments={}),))
    members, _ = write(
        abroad(
            tools=(ToolDefinition(name=name),),
            tool_choice=ToolChoice("tool", (name,)),
            messages=(*HI, called),
        )
    )
    names = {
        members["tools"][0]["function"]["name"],
        members["tool_choice"]["function"]["name"],
        members["messages"][1]["tool_calls"][0]["function"]["name"],
    }
    assert names == {fit_name(name)}


def test_a_choice_among_no_tools_is_none() -> None:
    members, _ = write(abroad(tool_choice=ToolChoice("auto"), parallel_tools=False))
    assert members.keys() == {"model", "messages"}


def test_a_tool_that_is_no_function_is_refused() -> None:
    tool = ToolDefinition(name="bash", built_in="bash_20250124", extra={"type": "bash_20250124"})
    with pytest.raises(Unsupported, match="bash_20250124"):
        write_request(abroad(tools=(tool,)))


@pytest.mark.parametrize("unknown", [{"container": "c1"}, {"mcp_servers": [{"url": "https://x"}]}])
def test_what_only_claudes_provider_has_is_refused(unknown: dict[str, Any]) -> None:
    with pytest.raises(Unsupported) as refused:
        write_request(abroad(unknown=unknown))
    assert refused.value.param in unknown


def test_nothing_asked_for_is_nothing_refused() -> None:
    _, dropped = write(abroad(unknown={"container": None, "mcp_servers": []}))
    assert dropped == ("mcp_servers",)
