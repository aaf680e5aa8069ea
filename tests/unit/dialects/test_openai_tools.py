"""Tools of all generations, and how they may be called."""

from typing import Any

import pytest

from vedette.dialects.openai_tools import read_tool_choice, read_tools
from vedette.model.chat import ToolChoice, ToolDefinition

GRAMMAR = {"type": "custom", "custom": {"name": "sql", "description": "d", "format": {"a": 1}}}
SEARCH = {"type": "web_search", "filters": {"a": 1}}


def test_tools_of_all_generations() -> None:
    tools = read_tools(
        {
            "tools": [
                {
                    "type": "function",
                    "function": {"name": "f", "description": "d", "parameters": {}, "x": 1},
                    "cache_control": {"type": "ephemeral"},
                },
                {"type": "function", "name": "g", "parameters": {"type": "object"}, "strict": True},
                GRAMMAR,
                SEARCH,
                "odd",
            ],
            "functions": [{"name": "old"}],
        }
    )
    assert tools == (
        ToolDefinition(
            name="f",
            description="d",
            parameters={},
            extra={"cache_control": {"type": "ephemeral"}, "function": {"x": 1}},
        ),
        ToolDefinition(name="g", parameters={"type": "object"}, strict=True),
        ToolDefinition(
            name="sql", description="d", parameters={"a": 1}, built_in="custom", extra=GRAMMAR
        ),
        ToolDefinition(name="web_search", built_in="web_search", extra=SEARCH),
        ToolDefinition(name=""),
        ToolDefinition(name="old", extra={"functions": True}),
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("auto", ToolChoice("auto")),
        ("none", ToolChoice("none")),
        ("required", ToolChoice("required")),
        ("any", ToolChoice("required")),
        ("sometimes", None),
        (None, None),
        ({}, None),
        ({"type": "function", "function": {"name": "f"}}, ToolChoice("tool", ("f",))),
        ({"type": "function", "name": "f"}, ToolChoice("tool", ("f",))),
        ({"type": "custom", "custom": {"name": "f"}}, ToolChoice("tool", ("f",))),
        ({"name": "old"}, ToolChoice("tool", ("old",))),
        (
            {
                "type": "allowed_tools",
                "allowed_tools": {
                    "mode": "required",
                    "tools": [{"type": "function", "function": {"name": "f"}}, 5],
                },
            },
            ToolChoice("required", ("f",)),
        ),
        (
            {"type": "allowed_tools", "mode": "auto", "tools": [{"name": "f"}, {"name": "g"}]},
            ToolChoice("auto", ("f", "g")),
        ),
        ({"type": "web_search"}, None),
    ],
)
def test_choices(value: Any, expected: ToolChoice | None) -> None:
    assert read_tool_choice(value) == expected
