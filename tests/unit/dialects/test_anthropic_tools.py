"""Tools of Anthropic, both ways."""

from typing import Any

import pytest

from vedette.dialects.anthropic_tools import read_choice, read_tools, write_tools
from vedette.dialects.contract import Unsupported
from vedette.model.chat import (
    ChatRequest,
    Message,
    ToolCallPart,
    ToolChoice,
    ToolDefinition,
)

SEARCH = {"type": "web_search_20250305", "name": "web_search", "max_uses": 5}
CACHED = {"cache_control": {"type": "ephemeral"}}
SCHEMA = {"type": "object", "properties": {"a": {"type": "string"}}}
OWN = [
    {"name": "f", "description": "d", "input_schema": SCHEMA, "strict": True, **CACHED},
    {"name": "g", "input_schema": {"type": "object"}},
    SEARCH,
]


def test_tools_are_read_whole() -> None:
    assert read_tools([*OWN, {"type": "custom", "name": "h"}, 5]) == (
        ToolDefinition(name="f", description="d", parameters=SCHEMA, strict=True, extra=CACHED),
        ToolDefinition(name="g", parameters={"type": "object"}),
        ToolDefinition(name="web_search", built_in="web_search_20250305", extra=SEARCH),
        ToolDefinition(name="h"),
        ToolDefinition(name=""),
    )


CHOICES: list[tuple[dict[str, Any], ToolChoice | None, bool | None]] = [
    ({"type": "auto"}, ToolChoice("auto"), None),
    ({"type": "any", "disable_parallel_tool_use": True}, ToolChoice("required"), False),
    ({"type": "tool", "name": "f"}, ToolChoice("tool", ("f",)), None),
    ({"type": "none"}, ToolChoice("none"), None),
    ({"type": "auto", "disable_parallel_tool_use": False}, ToolChoice("auto"), True),
]


@pytest.mark.parametrize(("value", "choice", "parallel"), CHOICES)
def test_choices_come_back_as_they_were(
    value: dict[str, Any], choice: ToolChoice, parallel: bool | None
) -> None:
    assert read_choice(value) == (choice, parallel)
    request = ChatRequest(
        model="m",
        tools=read_tools(OWN),
        tool_choice=choice,
        parallel_tools=parallel,
        dialect="anthropic",
    )
    assert write_tools(request, {}) == {"tools": OWN, "tool_choice": value}


def test_odd_choices_are_none() -> None:
    assert read_choice({"type": "new"}) == (None, None)
    assert read_choice("auto") == (None, None)


def abroad(**fields: Any) -> tuple[dict[str, Any], list[str]]:
    dropped: dict[str, None] = {}
    request = ChatRequest(**{"model": "claude-opus-5", "dialect": "openai_chat", **fields})
    return write_tools(request, dropped), list(dropped)


F = ToolDefinition(name="f", parameters=SCHEMA)
G = ToolDefinition(name="g")


def test_a_schema_always_says_that_it_is_an_object() -> None:
    members, _ = abroad(tools=(G, ToolDefinition(name="h", parameters={"properties": {"a": {}}})))
    assert members == {
        "tools": [
            {"name": "g", "input_schema": {"type": "object", "properties": {}}},
            {"name": "h", "input_schema": {"type": "object", "properties": {"a": {}}}},
        ]
    }


@pytest.mark.parametrize(
    ("choice", "parallel", "written"),
    [
        (None, None, None),
        (None, True, None),
        (None, False, {"type": "auto", "disable_parallel_tool_use": True}),
        (ToolChoice("required"), False, {"type": "any", "disable_parallel_tool_use": True}),
        (ToolChoice("tool", ("f",)), None, {"type": "tool", "name": "f"}),
        (ToolChoice("none"), False, {"type": "none"}),
    ],
)
def test_choices_from_abroad(
    choice: ToolChoice | None, parallel: bool | None, written: dict[str, Any] | None
) -> None:
    members, dropped = abroad(tools=(F, G), tool_choice=choice, parallel_tools=parallel)
    assert members.get("tool_choice") == written
    assert dropped == []


def test_only_the_allowed_tools_are_offered() -> None:
    members, _ = abroad(tools=(F, G), tool_choice=ToolChoice("required", ("g",)))
    assert [tool["name"] for tool in members["tools"]] == ["g"]
    assert members["tool_choice"] == {"type": "any"}


def test_strict_tools_need_a_model_that_keeps_to_schemas() -> None:
    strict = ToolDefinition(name="f", parameters=SCHEMA, strict=True)
    members, dropped = abroad(tools=(strict,))
    assert members["tools"][0]["strict"] is True
    assert members["tools"][0]["input_schema"]["additionalProperties"] is False
    assert dropped == []
    members, dropped = abroad(tools=(strict,), model="claude-3-5-sonnet")
    assert "strict" not in members["tools"][0]
    assert dropped == ["tools.strict"]


def test_what_a_tool_has_beside_is_left_out_by_name() -> None:
    tool = ToolDefinition(name="f", extra={"functions": True, "cache_control": {}})
    _, dropped = abroad(tools=(tool,))
    assert dropped == ["tools.cache_control"]


def test_a_tool_that_is_no_function_is_refused() -> None:
    with pytest.raises(Unsupported, match="web_search"):
        abroad(tools=(ToolDefinition(name="web_search", built_in="web_search", extra={}),))


def test_tools_that_were_called_are_offered_again() -> None:
    called = Message(role="assistant", parts=(ToolCallPart(name="f"), ToolCallPart(name="f")))
    members, _ = abroad(messages=(called,), tool_choice=ToolChoice("auto"))
    assert members == {
        "tools": [{"name": "f", "input_schema": {"type": "object", "properties": {}}}],
        "tool_choice": {"type": "none"},
    }
    assert abroad(tool_choice=ToolChoice("auto")) == ({}, [])
