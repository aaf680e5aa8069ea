"""Tools and the choice of them in the responses format, both ways.

A custom tool takes a text of any form where a function takes JSON. No other dialect has the like,
so it is read as a function of one argument, `input`: its calls and results then make sense
anywhere, and a grammar that the text must follow is told to the model in words. A tool that the
provider runs itself (`web_search`, `mcp`, ...) is kept whole and goes nowhere else.
"""

from collections.abc import Sequence
from typing import Any

from vedette.dialects.contract import Unsupported
from vedette.dialects.openai_parts import leftover
from vedette.dialects.openai_responses_content import NAME
from vedette.dialects.reading import as_list, as_mapping, as_text
from vedette.model.chat import ToolChoice, ToolDefinition

CUSTOM = "custom"
INPUT = "input"
"""The one argument of a custom tool."""


def read_tools(tools: object) -> tuple[ToolDefinition, ...]:
    return tuple(_read_tool(as_mapping(tool)) for tool in as_list(tools))


def _read_tool(tool: dict[str, Any]) -> ToolDefinition:
    kind = as_text(tool.get("type")) or "function"
    name, described = as_text(tool.get("name")), as_text(tool.get("description"))
    if kind == "function":
        # Written by those who know the chat format better.
        inner = as_mapping(tool.get("function")) or tool
        strict = inner.get("strict")
        return ToolDefinition(
            name=as_text(inner.get("name")),
            description=as_text(inner.get("description")),
            parameters=inner.get("parameters"),
            strict=strict if isinstance(strict, bool) else None,
            extra=leftover(tool, "type", "name", "description", "parameters", "strict", "function"),
        )
    if kind == CUSTOM:
        extra = leftover(tool, "type", "name", "description")
        return ToolDefinition(
            name=name,
            description=described,
            parameters=_input_schema(as_mapping(tool.get("format"))),
            extra={**extra, "type": CUSTOM},
        )
    return ToolDefinition(name=name or kind, description=described, built_in=kind, extra=tool)


def _input_schema(form: dict[str, Any]) -> dict[str, Any]:
    about: dict[str, Any] = {"type": "string"}
    if grammar := as_text(form.get("definition")):
        syntax = as_text(form.get("syntax")) or "given"
        about["description"] = f"A text that follows this {syntax} grammar:\n{grammar}"
    return {
        "type": "object",
        "properties": {INPUT: about},
        "required": [INPUT],
        "additionalProperties": False,
    }


def is_custom(tool: ToolDefinition) -> bool:
    return tool.extra.get("type") == CUSTOM and not tool.built_in


def custom_names(tools: Sequence[ToolDefinition]) -> frozenset[str]:
    """The tools whose calls are custom calls."""
    return frozenset(tool.name for tool in tools if is_custom(tool))


def write_tools(tools: Sequence[ToolDefinition], dialect: str) -> list[dict[str, Any]]:
    """The tools of a request in `dialect`. Raises Unsupported for another provider's own tools."""
    return [_write_tool(tool, dialect) for tool in tools]


def _write_tool(tool: ToolDefinition, dialect: str) -> dict[str, Any]:
    is_own = dialect == NAME
    if tool.built_in:
        if is_own:
            return tool.extra
        raise Unsupported("tools", f"holds {tool.built_in!r}, a tool that its own provider runs.")
    extra = tool.extra if is_own else {}
    if is_own and is_custom(tool):
        return {**_named(tool), **extra}
    # What says nothing is strict here and is not in the chat format.
    strict = tool.strict if is_own or tool.strict is not None else False
    written = {"type": "function", **_named(tool), "parameters": tool.parameters}
    if not is_own and tool.parameters is None:
        written["parameters"] = {"type": "object", "properties": {}}
    if strict is not None:
        written["strict"] = strict
    return {**{name: value for name, value in written.items() if value is not None}, **extra}


def _named(tool: ToolDefinition) -> dict[str, Any]:
    described = {"description": tool.description} if tool.description else {}
    return {"name": tool.name, **described}


def read_tool_choice(value: object) -> ToolChoice | None:
    """The choice; None where it is unset or of a kind only this dialect has."""
    if isinstance(value, str):
        return _MODES.get(value)
    choice = as_mapping(value)
    kind = as_text(choice.get("type"))
    if kind in ("function", CUSTOM) and as_text(choice.get("name")):
        return ToolChoice("tool", (as_text(choice.get("name")),))
    if kind == "allowed_tools":
        tools = [as_mapping(tool) for tool in as_list(choice.get("tools"))]
        names = tuple(as_text(tool.get("name")) for tool in tools)
        if all(names) and all(tool.get("type") in ("function", CUSTOM) for tool in tools):
            return ToolChoice("required" if choice.get("mode") == "required" else "auto", names)
    return None


_MODES = {
    "auto": ToolChoice("auto"),
    "none": ToolChoice("none"),
    "required": ToolChoice("required"),
}


def write_tool_choice(choice: ToolChoice, customs: frozenset[str]) -> str | dict[str, Any]:
    named = [
        {"type": CUSTOM if name in customs else "function", "name": name} for name in choice.names
    ]
    if choice.mode == "tool":
        return named[0] if named else "required"
    if named and choice.mode != "none":
        return {"type": "allowed_tools", "mode": choice.mode, "tools": named}
    return choice.mode
