"""Neutral requests in the chat completions format.

| of the client's | becomes |
|---|---|
| a limit of output | `max_completion_tokens` for OpenAI's models since o1, else `max_tokens`; |
| | no more than the model can say at all, for more is refused |
| reasoning | `reasoning_effort` where the model takes it, in the words it takes |
| a schema of the answer or of a tool | strict where it meets OpenAI's rules for that |
| the tools that may be called | `allowed_tools` at OpenAI, elsewhere the only ones offered |
| `top_k`, sampling of OpenAI's models that refuse it | left out, named |
| a user's id longer than 64 characters | left out, named: OpenAI takes no longer one |
| a tool's name longer than 64 characters | a shorter one (`tool_names`) |
| a tool that is no function | Unsupported |
| marks for the cache, unknown fields | left out, named |
"""

from typing import Any

import msgspec

from vedette.dialects.contract import Unsupported, Written
from vedette.dialects.efforts import effort_of
from vedette.dialects.foreign import leave_out, setting_name
from vedette.dialects.openai_chat_message_writer import write_messages
from vedette.dialects.openai_chat_part_writer import NAME, Members, PartWriter
from vedette.dialects.openai_models import (
    fit_effort,
    is_openai,
    limit_field,
    max_output_tokens,
    reasons,
    takes_sampling,
)
from vedette.dialects.openai_tools import FUNCTIONS
from vedette.dialects.reading import as_list, as_mapping
from vedette.dialects.tool_names import fit_name
from vedette.model.chat import ChatRequest, OutputFormat, ToolChoice, ToolDefinition

_LONGEST_USER = 64
_NAMES = {"stop_sequences": "stop", "choice.count": "n", "encoding_formats": "encoding_format"}
_SAMPLING = frozenset({"temperature", "top_p", "frequency_penalty", "presence_penalty"})
_TAKEN = frozenset({"thinking"})
"""Unknown fields of others whose sense is in the neutral request as well."""


def write_request(request: ChatRequest) -> Written:
    """The request for `request.model`. Raises Unsupported."""
    writer = PartWriter(request)
    writer.dropped.update(dict.fromkeys(leave_out(request, NAME, kept=_TAKEN)))
    members: Members = {"model": request.model, "messages": write_messages(request, writer)}
    members |= _write_tools(request, writer)
    if (wanted := request.output_format) is not None:
        members["response_format"] = _write_format(wanted, is_own=writer.is_own)
    members |= _write_reasoning(request, writer)
    members |= _write_settings(request, writer)
    members |= _write_user(request, writer)
    if writer.is_own:
        members |= request.unknown
    if request.stream:
        members["stream"] = True
        options = as_mapping(members.get("stream_options"))
        members["stream_options"] = {"include_usage": True, **options}
    return Written(msgspec.json.encode(members), tuple(writer.dropped))


def _write_tools(request: ChatRequest, writer: PartWriter) -> Members:
    """Tools, and which of them may be called. Raises Unsupported."""
    members: Members = {}
    choice = request.tool_choice
    offered = request.tools
    if choice is not None and not writer.is_own and not is_openai(request.model):
        offered, choice = _only_allowed(offered, choice)
    functions = [tool for tool in offered if tool.extra.get(FUNCTIONS)]
    tools = [_tool(tool, writer) for tool in offered if not tool.extra.get(FUNCTIONS)]
    if functions and writer.is_own:
        members["functions"] = [_tool(tool, writer)["function"] for tool in functions]
    else:
        tools += [_tool(tool, writer) for tool in functions]
    if tools:
        members["tools"] = tools
    if choice is not None and (tools or writer.is_own):
        members |= _choice(choice, request, is_old="functions" in members)
    if request.parallel_tools is not None and tools:
        members["parallel_tool_calls"] = request.parallel_tools
    return members


def _only_allowed(
    tools: tuple[ToolDefinition, ...], choice: ToolChoice
) -> tuple[tuple[ToolDefinition, ...], ToolChoice]:
    if choice.mode == "tool" or not choice.names:
        return tools, choice
    return tuple(tool for tool in tools if tool.name in choice.names), ToolChoice(choice.mode)


def _tool(tool: ToolDefinition, writer: PartWriter) -> Members:
    if tool.built_in:
        if not writer.is_own:
            why = f"holds a tool of type {tool.built_in!r}, expected functions."
            raise Unsupported("tools", why)
        return tool.extra
    extra = {name: value for name, value in tool.extra.items() if name != FUNCTIONS}
    if not writer.is_own:
        writer.dropped.update({f"tools.{name}": None for name in extra if name != "function"})
        extra = {}
    function: Members = {"name": tool.name if writer.is_own else fit_name(tool.name)}
    if tool.description:
        function["description"] = tool.description
    if tool.parameters is not None:
        function["parameters"] = tool.parameters
    if tool.strict is not None:
        is_taken = not tool.strict or writer.is_own or is_strict(tool.parameters)
        if is_taken:
            function["strict"] = tool.strict
        else:
            writer.dropped["tools.strict"] = None
    function |= as_mapping(extra.pop("function", None))
    return {"type": "function", "function": function, **extra}


def is_strict(schema: object) -> bool:
    """Whether OpenAI takes the schema as a strict one: objects closed, every property required.

    https://developers.openai.com/api/docs/guides/structured-outputs#supported-schemas
    """
    if isinstance(schema, list):
        return all(map(is_strict, schema))
    if not isinstance(schema, dict):
        return True
    if schema.get("type") == "object" or "properties" in schema:
        properties = as_mapping(schema.get("properties"))
        if schema.get("additionalProperties") is not False:
            return False
        if set(properties) != set(as_list(schema.get("required"))):
            return False
        if not all(map(is_strict, properties.values())):
            return False
    tables = (as_mapping(schema.get(name)).values() for name in ("$defs", "definitions"))
    inner = [schema.get(name) for name in ("items", "anyOf", "allOf")]
    return is_strict(inner) and all(is_strict(list(table)) for table in tables)


def _choice(choice: ToolChoice, request: ChatRequest, *, is_old: bool) -> Members:
    if is_old:
        name = {"name": choice.names[0]} if choice.mode == "tool" and choice.names else None
        return {"function_call": name or choice.mode}
    custom = {tool.name for tool in request.tools if tool.built_in == "custom"}
    shown = choice.names if request.dialect == NAME else map(fit_name, choice.names)
    named = [_named(name, "custom" if name in custom else "function") for name in shown]
    if choice.mode == "tool":
        return {"tool_choice": named[0] if named else "required"}
    if not named:
        return {"tool_choice": choice.mode}
    allowed = {"mode": choice.mode, "tools": named}
    return {"tool_choice": {"type": "allowed_tools", "allowed_tools": allowed}}


def _named(name: str, kind: str) -> Members:
    return {"type": kind, kind: {"name": name}}


def _write_format(wanted: OutputFormat, *, is_own: bool) -> Members:
    if wanted.kind == "text":
        return {"type": "text"}
    if wanted.kind == "json" or (wanted.schema is None and not is_own):
        return {"type": "json_object"}
    described: Members = {"name": wanted.name or "answer"}
    if wanted.description:
        described["description"] = wanted.description
    if wanted.schema is not None:
        described["schema"] = wanted.schema
    strict = wanted.strict
    if not is_own and strict is not False:
        strict = is_strict(wanted.schema)
    if strict is not None:
        described["strict"] = strict
    return {"type": "json_schema", "json_schema": described}


def _write_reasoning(request: ChatRequest, writer: PartWriter) -> Members:
    reasoning = request.reasoning
    if reasoning is None:
        return {}
    if writer.is_own:
        vendors = as_mapping(request.unknown.get("reasoning"))
        is_said = vendors.get("effort") == reasoning.effort
        return {"reasoning_effort": reasoning.effort} if reasoning.effort and not is_said else {}
    effort = effort_of(reasoning)
    fitted = fit_effort(request.model, effort) if reasons(request.model) else ""
    if fitted:
        return {"reasoning_effort": fitted}
    if effort and (effort != "none" or reasons(request.model)):
        writer.dropped["thinking" if request.dialect == "anthropic" else "reasoning"] = None
    return {}


def _write_settings(request: ChatRequest, writer: PartWriter) -> Members:
    members: Members = {}
    for name, value in request.settings.items():
        if not writer.is_own and not _takes(name, request.model):
            writer.dropped[setting_name(request.dialect, name)] = None
        elif name == "max_tokens":
            members[limit_field(request.model)] = _limit(request, value)
        else:
            members[_NAMES.get(name, name)] = value
    return members


def _limit(request: ChatRequest, value: Any) -> Any:
    most = max_output_tokens(request.model)
    if request.dialect == NAME or most is None or type(value) is not int:
        return value
    return min(value, most)


def _takes(name: str, model: str) -> bool:
    if name in _SAMPLING:
        return takes_sampling(model)
    return name != "top_k" or not is_openai(model)


def _write_user(request: ChatRequest, writer: PartWriter) -> Members:
    members: Members = {}
    if request.metadata and writer.is_own:
        members["metadata"] = request.metadata
    elif request.metadata.keys() - {"user_id"}:
        writer.dropped["metadata"] = None
    if not request.user:
        return members
    if len(request.user) > _LONGEST_USER and not writer.is_own:
        writer.dropped["metadata.user_id" if request.dialect == "anthropic" else "user"] = None
        return members
    return members | {"user": request.user}
