"""Tools and the choice of them."""

from typing import Any

import pytest

from vedette.dialects.contract import Unsupported
from vedette.dialects.openai_responses_content import NAME
from vedette.dialects.openai_responses_tools import (
    custom_names,
    read_tool_choice,
    read_tools,
    write_tool_choice,
    write_tools,
)
from vedette.model.chat import ToolChoice, ToolDefinition

SCHEMA = {"type": "object", "properties": {"a": {"type": "string"}}}
FUNCTION = {"type": "function", "name": "f", "description": "d", "parameters": SCHEMA}
GRAMMAR = {"type": "grammar", "syntax": "lark", "definition": "start: /.+/"}
CUSTOM = {"type": "custom", "name": "p", "description": "d", "format": GRAMMAR}
SEARCH = {"type": "web_search", "search_context_size": "low"}


@pytest.mark.parametrize(
    "tool",
    [
        FUNCTION,
        {**FUNCTION, "strict": True, "defer_loading": True},
        {"type": "function", "name": "f"},
        CUSTOM,
        {"type": "custom", "name": "p"},
        SEARCH,
        {"type": "mcp", "server_label": "s", "server_url": "https://x.example"},
        {"type": "namespace", "name": "n", "description": "d", "tools": [FUNCTION]},
    ],
)
def test_what_was_read_is_written(tool: dict[str, Any]) -> None:
    assert write_tools(read_tools([tool]), NAME) == [tool]


def test_functions() -> None:
    assert read_tools([{**FUNCTION, "strict": True}]) == (
        ToolDefinition(name="f", description="d", parameters=SCHEMA, strict=True),
    )
    nested = {"type": "function", "function": {"name": "f", "parameters": SCHEMA}}
    assert read_tools([nested]) == (ToolDefinition(name="f", parameters=SCHEMA),)


def test_a_custom_tool_makes_sense_elsewhere() -> None:
    [tool] = read_tools([CUSTOM])
    assert tool.parameters == {
        "type": "object",
        "properties": {
            "input": {
                "type": "string",
                "description": "A text that follows this lark grammar:\nstart: /.+/",
            }
        },
        "required": ["input"],
        "additionalProperties": False,
    }
    assert not tool.built_in
    assert custom_names([tool, ToolDefinition(name="f")]) == {"p"}


def test_tools_of_another_dialect_are_as_strict_as_there() -> None:
    tools = [
        ToolDefinition(name="f", extra={"cache_control": 1}),
        ToolDefinition(name="g", strict=True),
    ]
    empty = {"type": "object", "properties": {}}
    assert write_tools(tools, "anthropic") == [
        {"type": "function", "name": "f", "parameters": empty, "strict": False},
        {"type": "function", "name": "g", "parameters": empty, "strict": True},
    ]


def test_tools_that_another_provider_runs_are_refused() -> None:
    tool = ToolDefinition(name="web_search", built_in="web_search_20250305")
    with pytest.raises(Unsupported, match="web_search_20250305"):
        write_tools([tool], "anthropic")


@pytest.mark.parametrize(
    ("value", "choice"),
    [
        ("auto", ToolChoice("auto")),
        ("none", ToolChoice("none")),
        ("required", ToolChoice("required")),
        ({"type": "function", "name": "f"}, ToolChoice("tool", ("f",))),
        ({"type": "custom", "name": "p"}, ToolChoice("tool", ("p",))),
        (
            {
                "type": "allowed_tools",
                "mode": "required",
                "tools": [{"type": "function", "name": "f"}, {"type": "custom", "name": "p"}],
            },
            ToolChoice("required", ("f", "p")),
        ),
    ],
)
def test_choices_both_ways(value: Any, choice: ToolChoice) -> None:
    assert read_tool_choice(value) == choice
    assert write_tool_choice(choice, frozenset({"p"})) == value


@pytest.mark.parametrize(
    "value",
    [
        None,
        "sometimes",
        {"type": "web_search"},
        {"type": "allowed_tools", "mode": "auto", "tools": [{"type": "web_search"}]},
    ],
)
def test_choices_that_only_this_dialect_has(value: Any) -> None:
    assert read_tool_choice(value) is None


def test_a_choice_without_a_name_is_any_tool() -> None:
    assert write_tool_choice(ToolChoice("tool"), frozenset()) == "required"
