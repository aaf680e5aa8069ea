"""Tools and how they may be called."""

from typing import Any

import pytest
from msgspec.structs import replace

from tests.support.bedrock import CLAUDE, LLAMA, called, chat
from vedette.dialects.bedrock_tools import ToolWriter, cache_point, read_tool_choice, read_tools
from vedette.dialects.contract import Unsupported
from vedette.model.chat import ChatRequest, ToolChoice, ToolDefinition

SCHEMA = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]}
F = ToolDefinition(name="f", description="does f", parameters=SCHEMA)
G = ToolDefinition(name="g")
F_SPEC = {"toolSpec": {"name": "f", "description": "does f", "inputSchema": {"json": SCHEMA}}}
G_SPEC = {"toolSpec": {"name": "g", "inputSchema": {"json": {"type": "object", "properties": {}}}}}


def write(request: ChatRequest) -> tuple[Any, dict[str, Any], list[str]]:
    writer = ToolWriter(request)
    return writer.config(), writer.fields, list(writer.dropped)


def offering(*tools: ToolDefinition, model: str = CLAUDE, **changes: Any) -> ChatRequest:
    return replace(chat(model=model), tools=tools or (F, G), **changes)


@pytest.mark.parametrize(
    "tools",
    [
        [F_SPEC],
        [{"toolSpec": {"name": "f", "inputSchema": {"json": {}}, "strict": False, "x": 1}}],
        [{"toolSpec": {"name": "f", "inputSchema": {"novel": {}}}}],
        [F_SPEC, {"cachePoint": {"type": "default"}}, {"systemTool": {"name": "grounding"}}],
        [{"systemTool": {"name": "grounding"}}, {"cachePoint": {"type": "default"}}],
        [{"cachePoint": {"type": "default", "ttl": "1h"}}, F_SPEC],
    ],
)
def test_what_was_read_is_written_as_it_was(tools: list[dict[str, Any]]) -> None:
    choices: list[dict[str, Any]] = [{"auto": {}}, {"any": {}}, {"tool": {"name": "f"}}]
    for choice in choices:
        request = ChatRequest(
            model="m",
            tools=read_tools({"tools": tools}),
            tool_choice=read_tool_choice(choice),
            dialect="bedrock",
        )
        assert write(request) == ({"tools": tools, "toolChoice": choice}, {}, [])


def test_tools_are_read() -> None:
    assert read_tools({"tools": [F_SPEC, {"systemTool": {"name": "s"}}]}) == (
        F,
        ToolDefinition(name="s", built_in="systemTool", extra={"systemTool": {"name": "s"}}),
    )
    assert read_tool_choice({"tool": {"name": "f"}}) == ToolChoice("tool", ("f",))
    assert read_tool_choice(None) is None


def test_a_tool_without_parameters_takes_an_empty_object() -> None:
    assert write(offering()) == ({"tools": [F_SPEC, G_SPEC]}, {}, [])
    assert write(chat()) == (None, {}, [])


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (ToolChoice("auto"), {"tools": [F_SPEC, G_SPEC]}),
        (ToolChoice("auto", ("g",)), {"tools": [G_SPEC]}),
        (ToolChoice("required"), {"tools": [F_SPEC, G_SPEC], "toolChoice": {"any": {}}}),
        (ToolChoice("required", ("f",)), {"tools": [F_SPEC], "toolChoice": {"any": {}}}),
        (ToolChoice("tool", ("g",)),
         {"tools": [F_SPEC, G_SPEC], "toolChoice": {"tool": {"name": "g"}}}),
        (ToolChoice("none"), None),
    ],
)  # fmt: skip
def test_choices(choice: ToolChoice, expected: Any) -> None:
    assert write(offering(tool_choice=choice)) == (expected, {}, [])


@pytest.mark.parametrize(
    ("choice", "told"),
    [
        (None, {"type": "auto"}),
        (ToolChoice("required"), {"type": "any"}),
        (ToolChoice("tool", ("g",)), {"type": "tool", "name": "g"}),
    ],
)
def test_claude_is_told_to_call_one_at_a_time(choice: ToolChoice | None, told: Any) -> None:
    config, fields, dropped = write(offering(tool_choice=choice, parallel_tools=False))
    assert config == {"tools": [F_SPEC, G_SPEC]}
    assert fields == {"tool_choice": {**told, "disable_parallel_tool_use": True}}
    assert not dropped


def test_others_call_as_many_as_they_like() -> None:
    one = offering(model=LLAMA, parallel_tools=False, tool_choice=ToolChoice("required"))
    config = {"tools": [F_SPEC, G_SPEC], "toolChoice": {"any": {}}}
    assert write(one) == (config, {}, ["parallel_tool_calls"])
    # Clients say so even where there is nothing to call.
    assert write(replace(chat(model=LLAMA), parallel_tools=False)) == (None, {}, [])


def test_tools_of_the_conversation_are_offered_all_the_same() -> None:
    again = replace(chat(), messages=called())
    stub = {"type": "object", "properties": {}}
    config = {"tools": [{"toolSpec": {"name": "f", "inputSchema": {"json": stub}}}]}
    assert write(again) == (config, {}, [])
    assert write(replace(again, messages=called()[2:]))[0]["tools"][0]["toolSpec"]["name"] == "tool"


def test_no_call_in_a_conversation_with_calls() -> None:
    silent = replace(offering(), messages=called(), tool_choice=ToolChoice("none"))
    assert write(silent) == ({"tools": [F_SPEC, G_SPEC]}, {"tool_choice": {"type": "none"}}, [])
    with pytest.raises(Unsupported, match="forbids calls") as raised:
        write(replace(silent, model=LLAMA))
    assert raised.value.param == "tool_choice"


def test_strict_tools_where_the_model_knows_them() -> None:
    strict = replace(F, strict=True)
    closed = {**SCHEMA, "additionalProperties": False}
    spec = {"name": "f", "description": "does f", "inputSchema": {"json": closed}, "strict": True}
    assert write(offering(strict)) == ({"tools": [{"toolSpec": spec}]}, {}, [])
    assert write(offering(strict, model=LLAMA)) == ({"tools": [F_SPEC]}, {}, ["tools.strict"])
    oss = write(offering(strict, model="openai.gpt-oss-20b-1:0"))
    assert oss[0]["tools"][0]["toolSpec"] == {**spec, "inputSchema": {"json": SCHEMA}}


def test_a_mark_of_what_to_cache_is_a_cache_point() -> None:
    marked = replace(F, extra={"cache_control": {"type": "ephemeral", "ttl": "1h"}})
    point = {"cachePoint": {"type": "default", "ttl": "1h"}}
    assert write(offering(marked)) == ({"tools": [F_SPEC, point]}, {}, [])
    assert write(offering(marked, model=LLAMA))[0] == {"tools": [F_SPEC]}
    assert cache_point({"type": "ephemeral"}) == {"cachePoint": {"type": "default"}}


def test_a_tool_that_its_own_provider_runs_is_refused() -> None:
    search = ToolDefinition(name="web_search", built_in="web_search_20250305")
    with pytest.raises(Unsupported, match="web_search_20250305"):
        write(offering(search))
