"""Tools and how they may be called, in the Anthropic messages format.

A tool with a `type` of its own (`web_search_20250305`, `bash_20250124`) is Anthropic's: the model
knows it by training or the provider runs it, and nobody else can offer it.

Which tools may be called Anthropic can only say by offering no others; whether several at once is
said with `tool_choice`.
"""

from typing import Any

from vedette.dialects.anthropic_models import claude_model
from vedette.dialects.anthropic_schema import fit_schema
from vedette.dialects.contract import Unsupported
from vedette.dialects.openai_parts import leftover
from vedette.dialects.reading import as_list, as_mapping, as_text
from vedette.model.chat import (
    ChatRequest,
    ToolCallPart,
    ToolChoice,
    ToolDefinition,
)

NAME = "anthropic"
_MODES = {"auto": ToolChoice("auto"), "any": ToolChoice("required"), "none": ToolChoice("none")}
_TYPES = {"auto": "auto", "required": "any", "none": "none", "tool": "tool"}
_ANY_OBJECT: dict[str, Any] = {"type": "object", "properties": {}}


def read_tools(value: object) -> tuple[ToolDefinition, ...]:
    return tuple(_read_tool(as_mapping(tool)) for tool in as_list(value))


def _read_tool(tool: dict[str, Any]) -> ToolDefinition:
    kind = as_text(tool.get("type"))
    if kind and kind != "custom":
        return ToolDefinition(name=as_text(tool.get("name")) or kind, built_in=kind, extra=tool)
    strict = tool.get("strict")
    return ToolDefinition(
        name=as_text(tool.get("name")),
        description=as_text(tool.get("description")),
        parameters=tool.get("input_schema"),
        strict=strict if isinstance(strict, bool) else None,
        extra=leftover(tool, "type", "name", "description", "input_schema", "strict"),
    )


def read_choice(value: object) -> tuple[ToolChoice | None, bool | None]:
    """Which tools may be called, and whether several at once; None where it is not said."""
    choice = as_mapping(value)
    kind = as_text(choice.get("type"))
    alone = choice.get("disable_parallel_tool_use")
    parallel = not alone if isinstance(alone, bool) else None
    if kind == "tool":
        return ToolChoice("tool", (as_text(choice.get("name")),)), parallel
    return _MODES.get(kind), parallel


def write_tools(request: ChatRequest, dropped: dict[str, None]) -> dict[str, Any]:
    """The members `tools` and `tool_choice`. Raises Unsupported."""
    if request.dialect == NAME:
        tools = [_own_tool(tool) for tool in request.tools]
        choice = _choice(request)
        return ({"tools": tools} if tools else {}) | ({"tool_choice": choice} if choice else {})
    offered = _allowed(request)
    if not offered:
        return _called_before(request)
    takes_schemas = claude_model(request.model).takes_schemas
    members: dict[str, Any] = {
        "tools": [_tool(tool, dropped, takes_schemas=takes_schemas) for tool in offered]
    }
    if (choice := _choice(request)) is not None:
        members["tool_choice"] = choice
    return members


def _allowed(request: ChatRequest) -> tuple[ToolDefinition, ...]:
    choice = request.tool_choice
    if choice is None or choice.mode == "tool" or not choice.names:
        return request.tools
    return tuple(tool for tool in request.tools if tool.name in choice.names)


def _own_tool(tool: ToolDefinition) -> dict[str, Any]:
    if tool.built_in:
        return tool.extra
    written: dict[str, Any] = {"name": tool.name}
    if tool.description:
        written["description"] = tool.description
    if tool.parameters is not None:
        written["input_schema"] = tool.parameters
    if tool.strict is not None:
        written["strict"] = tool.strict
    return written | tool.extra


def _tool(tool: ToolDefinition, dropped: dict[str, None], *, takes_schemas: bool) -> dict[str, Any]:
    if tool.built_in:
        raise Unsupported("tools", f"holds a tool of type {tool.built_in!r}, expected functions.")
    for name in tool.extra:
        if name not in ("functions", "function"):
            dropped[f"tools.{name}"] = None
    written: dict[str, Any] = {"name": tool.name}
    if tool.description:
        written["description"] = tool.description
    written["input_schema"] = _input_schema(tool.parameters)
    if tool.strict and takes_schemas:
        written |= {"input_schema": fit_schema(tool.parameters), "strict": True}
    elif tool.strict:
        dropped["tools.strict"] = None
    return written


def _input_schema(parameters: object) -> dict[str, Any]:
    """A schema that says it is an object, for that is demanded."""
    schema = as_mapping(parameters)
    return schema if schema.get("type") else {**_ANY_OBJECT, **schema}


def _choice(request: ChatRequest) -> dict[str, Any] | None:
    choice, parallel = request.tool_choice, request.parallel_tools
    is_own = request.dialect == NAME
    if choice is None and (parallel is None or (parallel and not is_own)):
        return None
    mode = choice.mode if choice is not None else "auto"
    written: dict[str, Any] = {"type": _TYPES[mode]}
    if choice is not None and mode == "tool":
        written["name"] = choice.names[0] if choice.names else ""
    if parallel is False or (is_own and parallel is not None):
        # Of a model that may call nothing nobody asks how many.
        written |= {} if mode == "none" else {"disable_parallel_tool_use": not parallel}
    return written


def _called_before(request: ChatRequest) -> dict[str, Any]:
    """Tools that were called in the conversation have to be offered, though none may be called."""
    names = dict.fromkeys(
        part.name
        for message in request.messages
        for part in message.parts
        if isinstance(part, ToolCallPart)
    )
    if not names:
        return {}
    tools = [{"name": name, "input_schema": _ANY_OBJECT} for name in names]
    return {"tools": tools, "tool_choice": {"type": "none"}}
