"""Tools, and whether they may be called: `tools` and `toolConfig`."""

from typing import Any

from vedette.dialects.contract import Unsupported
from vedette.dialects.gemini_drops import Drops
from vedette.dialects.gemini_fields import NAME, camel_fields, inner_fields
from vedette.dialects.gemini_schema import clean_schema, is_empty_object, json_schema_of
from vedette.dialects.reading import as_list, as_mapping, as_text
from vedette.model.chat import ChatRequest, ToolChoice, ToolDefinition

TOOL_CONFIG = "toolConfig."
"""How the names of its unknown fields begin in `ChatRequest.unknown`."""
_MODES = {"AUTO": "auto", "ANY": "required", "NONE": "none", "VALIDATED": "auto"}
_DECLARED = ("name", "description", "parameters", "parametersJsonSchema")


def read_tools(values: object) -> tuple[ToolDefinition, ...]:
    """Functions, and the tools that Google runs itself under their names (`googleSearch`)."""
    tools: list[ToolDefinition] = []
    for value in as_list(values):
        for name, inner in camel_fields(value).items():
            if name == "functionDeclarations":
                tools += [_read_function(declared) for declared in as_list(inner)]
            else:
                tools.append(ToolDefinition(name, built_in=name, extra={name: inner}))
    return tuple(tools)


def _read_function(value: object) -> ToolDefinition:
    declared = camel_fields(value)
    schema = declared.get("parametersJsonSchema")
    if schema is None and declared.get("parameters") is not None:
        schema = json_schema_of(declared["parameters"])
    return ToolDefinition(
        name=as_text(declared.get("name")),
        description=as_text(declared.get("description")),
        parameters=schema,
        extra={name: kept for name, kept in declared.items() if name not in _DECLARED},
    )


def read_tool_config(value: object) -> tuple[ToolChoice | None, dict[str, Any]]:
    """The choice of tools, and what of `toolConfig` says more."""
    config = camel_fields(value)
    calling = camel_fields(config.get("functionCallingConfig"))
    mode = as_text(calling.get("mode")).upper()
    names = tuple(as_text(name) for name in as_list(calling.get("allowedFunctionNames")))
    rest = {name: kept for name, kept in config.items() if name != "functionCallingConfig"}
    more = {k: v for k, v in calling.items() if k not in ("mode", "allowedFunctionNames")}
    if mode == "VALIDATED" and not names:
        more["mode"] = mode
    if more:
        rest["functionCallingConfig"] = more
    return _choice(mode, names), rest


def _choice(mode: str, names: tuple[str, ...]) -> ToolChoice | None:
    if mode == "ANY" and len(names) == 1:
        return ToolChoice("tool", names)
    match _MODES.get(mode):
        case "required":
            return ToolChoice("required", names)
        case "none":
            return ToolChoice("none")
        case "auto":
            return ToolChoice("auto", names)
        case _:
            return None


def write_tools(request: ChatRequest, drops: Drops) -> list[dict[str, Any]]:
    """The value of `tools`. Raises Unsupported for a tool that another provider runs."""
    functions = [_write_function(tool, drops) for tool in request.tools if not tool.built_in]
    written: list[dict[str, Any]] = [{"functionDeclarations": functions}] if functions else []
    for tool in request.tools:
        if not tool.built_in:
            continue
        if request.dialect != NAME:
            raise Unsupported("tools", f"has {tool.built_in!r}, which Gemini does not run.")
        written.append(tool.extra)
    return written


def _write_function(tool: ToolDefinition, drops: Drops) -> dict[str, Any]:
    written: dict[str, Any] = {"name": tool.name}
    if tool.description:
        written["description"] = tool.description
    if not is_empty_object(tool.parameters):
        written["parametersJsonSchema"] = clean_schema(tool.parameters)
    if tool.strict:
        drops.note("tools.strict")
    return written | drops.extras(tool.extra)


def write_tool_config(request: ChatRequest) -> dict[str, Any]:
    """The value of `toolConfig`; empty where there is nothing to say."""
    config: dict[str, Any] = {}
    choice = request.tool_choice
    if choice is not None and any(not tool.built_in for tool in request.tools):
        config["functionCallingConfig"] = _write_choice(choice)
    if request.dialect == NAME:
        kept = inner_fields(request.unknown, TOOL_CONFIG)
        more = as_mapping(kept.pop("functionCallingConfig", None))
        config |= kept
        if more:
            config["functionCallingConfig"] = config.get("functionCallingConfig", {}) | more
    return config


def _write_choice(choice: ToolChoice) -> dict[str, Any]:
    names = list(choice.names)
    match choice.mode:
        case "tool":
            return {"mode": "ANY", "allowedFunctionNames": names}
        case "required":
            return {"mode": "ANY"} | ({"allowedFunctionNames": names} if names else {})
        case "none":
            return {"mode": "NONE"}
        case _ if names:
            # AUTO takes no names.
            return {"mode": "VALIDATED", "allowedFunctionNames": names}
        case _:
            return {"mode": "AUTO"}
