"""Tools and how they may be called, in every generation of OpenAI's formats.

A tool that takes free text instead of JSON (`custom`) or that the provider runs itself counts as
built in: no other dialect can express it. The functions of before tools are marked with
`functions` in their `extra`, so that their client gets calls in the form it knows.
"""

from typing import Any

from vedette.dialects.openai_parts import leftover
from vedette.dialects.reading import as_list, as_mapping, as_text
from vedette.model.chat import ToolChoice, ToolDefinition

FUNCTIONS = "functions"
_FIELDS = ("name", "description", "parameters", "strict")


def read_tools(request: dict[str, Any]) -> tuple[ToolDefinition, ...]:
    """The tools offered by a request, old form (`functions`) and new."""
    tools = [_read_tool(as_mapping(tool)) for tool in as_list(request.get("tools"))]
    for function in map(as_mapping, as_list(request.get("functions"))):
        tools.append(_definition(function, leftover(function, *_FIELDS) | {FUNCTIONS: True}))
    return tuple(tools)


def _read_tool(tool: dict[str, Any]) -> ToolDefinition:
    kind = as_text(tool.get("type"))
    if nested := as_mapping(tool.get("function")):
        extra = leftover(tool, "type", "function")
        if inner := leftover(nested, *_FIELDS):
            extra["function"] = inner
        return _definition(nested, extra)
    if kind == "function" or (not kind and "name" in tool):
        return _definition(tool, leftover(tool, "type", *_FIELDS))
    described = as_mapping(tool.get("custom")) or tool
    return ToolDefinition(
        name=as_text(described.get("name")) or kind,
        description=as_text(described.get("description")),
        parameters=described.get("parameters") or described.get("format"),
        built_in=kind,
        extra=tool if kind else {},
    )


def _definition(function: dict[str, Any], extra: dict[str, Any]) -> ToolDefinition:
    strict = function.get("strict")
    return ToolDefinition(
        name=as_text(function.get("name")),
        description=as_text(function.get("description")),
        parameters=function.get("parameters"),
        strict=strict if isinstance(strict, bool) else None,
        extra=extra,
    )


def read_tool_choice(value: object) -> ToolChoice | None:
    """A `tool_choice` or an old `function_call`; None where it is absent or none that we know."""
    if value is None:
        return None
    if isinstance(value, str):
        return _MODES.get(value)
    choice = as_mapping(value)
    kind = as_text(choice.get("type"))
    if kind == "allowed_tools":
        allowed = as_mapping(choice.get("allowed_tools")) or choice
        names = tuple(filter(None, map(_name_of, as_list(allowed.get("tools")))))
        if as_text(allowed.get("mode")) == "required":
            return ToolChoice("required", names)
        return ToolChoice("auto", names)
    name = _name_of(choice)
    return ToolChoice("tool", (name,)) if name else None


_MODES = {
    "auto": ToolChoice("auto"),
    "none": ToolChoice("none"),
    "required": ToolChoice("required"),
    "any": ToolChoice("required"),
}


def _name_of(value: object) -> str:
    """The tool that a choice names, nested or flat."""
    choice = as_mapping(value)
    inner = as_mapping(choice.get("function")) or as_mapping(choice.get("custom")) or choice
    return as_text(inner.get("name"))
