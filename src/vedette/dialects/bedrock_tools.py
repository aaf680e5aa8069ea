"""Tools and how they may be called: `toolConfig`.

| of the client's | becomes |
|---|---|
| tools that may be called, some of those offered | only those are offered |
| no call at all | no tools, as long as no message has calls; else Claude is told so |
| at most one call at a time | told to Claude; left out for others |
| no tools, and messages with calls | tools without parameters of the same names: Bedrock insists |
| `strict` | kept for models that know it |
| a mark of what to cache | a cache point behind the tool, for models that know them |
| a tool that its own provider runs | refused |

Claude hears what Converse has no word for in its own `tool_choice`, which goes to
`additionalModelRequestFields`; beside it `toolConfig.toolChoice` would be a contradiction.
"""

from collections.abc import Iterator
from typing import Any

from vedette.dialects.anthropic_schema import fit_schema
from vedette.dialects.bedrock_blocks import NAME
from vedette.dialects.bedrock_models import family, takes_cache_points, takes_strict
from vedette.dialects.contract import Unsupported
from vedette.dialects.reading import as_list, as_mapping, as_text
from vedette.model.chat import ChatRequest, ToolCallPart, ToolChoice, ToolDefinition, ToolResultPart

CACHE_CONTROL = "cache_control"
_POINT = "cachePoint"
_MODES = {"auto": "auto", "required": "any", "tool": "tool"}


def read_tools(config: dict[str, Any]) -> tuple[ToolDefinition, ...]:
    """The tools; a cache point stands in the `extra` of the tool before it."""
    tools: list[ToolDefinition] = []
    for value in map(as_mapping, as_list(config.get("tools"))):
        if "toolSpec" in value:
            tools.append(_read_spec(as_mapping(value["toolSpec"])))
        elif _POINT in value and tools and _POINT not in tools[-1].extra:
            tools[-1].extra[_POINT] = value[_POINT]
        else:
            kind = next(iter(value), "")
            name = as_text(as_mapping(value.get(kind)).get("name"))
            tools.append(ToolDefinition(name=name or kind, built_in=kind, extra=dict(value)))
    return tuple(tools)


def _read_spec(spec: dict[str, Any]) -> ToolDefinition:
    schema = as_mapping(spec.get("inputSchema"))
    known = {"name", "description", "strict"} | ({"inputSchema"} if "json" in schema else set())
    strict = spec.get("strict")
    return ToolDefinition(
        name=as_text(spec.get("name")),
        description=as_text(spec.get("description")),
        parameters=schema.get("json"),
        strict=strict if isinstance(strict, bool) else None,
        extra={name: value for name, value in spec.items() if name not in known},
    )


def read_tool_choice(value: object) -> ToolChoice | None:
    choice = as_mapping(value)
    if "tool" in choice:
        return ToolChoice("tool", (as_text(as_mapping(choice["tool"]).get("name")),))
    if "any" in choice:
        return ToolChoice("required")
    return ToolChoice("auto") if "auto" in choice else None


class ToolWriter:
    """Writes the tools of one request; `dropped` are the client's names of what is left out."""

    def __init__(self, request: ChatRequest) -> None:
        self.dropped: dict[str, None] = {}
        self.fields: dict[str, Any] = {}
        """For `additionalModelRequestFields`."""
        self._request = request
        self._is_own = request.dialect == NAME
        self._is_claude = family(request.model) == "anthropic"

    def config(self) -> dict[str, Any] | None:
        """The value of `toolConfig`, None where there is none. Raises Unsupported."""
        choice = self._request.tool_choice or ToolChoice("auto")
        called = {} if self._is_own else _called(self._request)
        if choice.mode == "none" and not called:
            return None
        tools = [item for tool in self._offered(choice) for item in self._write(tool)]
        if not tools:
            tools = [_spec(ToolDefinition(name=name)) for name in called]
        if not tools:
            return None
        config: dict[str, Any] = {"tools": tools}
        if chosen := self._choice(choice):
            config["toolChoice"] = chosen
        return config

    def _offered(self, choice: ToolChoice) -> Iterator[ToolDefinition]:
        some = frozenset(choice.names) if choice.mode in ("auto", "required") else frozenset()
        for tool in self._request.tools:
            if not some or tool.name in some:
                yield tool

    def _choice(self, choice: ToolChoice) -> dict[str, Any]:
        """`toolChoice`; what Converse cannot say goes to `fields`."""
        name = choice.names[0] if choice.mode == "tool" and choice.names else ""
        one_call = self._request.parallel_tools is False
        if one_call and not self._is_claude:
            self.dropped["parallel_tool_calls"] = None
            one_call = False
        if choice.mode == "none":
            if not self._is_claude:
                why = "forbids calls, and Bedrock offers the tools that the conversation has used."
                raise Unsupported("tool_choice", why)
            self.fields["tool_choice"] = {"type": "none"}
            return {}
        mode = _MODES[choice.mode]
        if one_call:
            named = {"name": name} if name else {}
            self.fields["tool_choice"] = {
                "type": mode, **named, "disable_parallel_tool_use": True,
            }  # fmt: skip
            return {}
        if mode == "auto" and not (self._is_own and self._request.tool_choice):
            return {}
        return {mode: {"name": name} if name else {}}

    def _write(self, tool: ToolDefinition) -> Iterator[dict[str, Any]]:
        if self._is_own:
            yield from _as_it_was(tool)
            return
        if tool.built_in:
            raise Unsupported("tools", f"has {tool.built_in!r}, which only its own provider runs.")
        strict = tool.strict is True and takes_strict(self._request.model)
        if tool.strict and not strict:
            self.dropped["tools.strict"] = None
        yield _spec(tool, strict=strict, closes=strict and self._is_claude)
        mark = tool.extra.get(CACHE_CONTROL)
        if mark and takes_cache_points(self._request.model):
            yield cache_point(mark)


def _as_it_was(tool: ToolDefinition) -> Iterator[dict[str, Any]]:
    extra = {name: value for name, value in tool.extra.items() if name != _POINT}
    if tool.built_in:
        if extra:
            yield extra
    else:
        spec: dict[str, Any] = {"name": tool.name}
        if tool.description:
            spec["description"] = tool.description
        if "inputSchema" not in extra:
            spec["inputSchema"] = {"json": tool.parameters}
        if tool.strict is not None:
            spec["strict"] = tool.strict
        yield {"toolSpec": spec | extra}
    if _POINT in tool.extra:
        yield {_POINT: tool.extra[_POINT]}


def _spec(tool: ToolDefinition, *, strict: bool = False, closes: bool = False) -> dict[str, Any]:
    """A tool; `closes`: its schema in the keywords that Claude takes of strict tools."""
    parameters = tool.parameters if isinstance(tool.parameters, dict) else {}
    schema = {"type": "object", "properties": {}} | parameters
    spec: dict[str, Any] = {"name": tool.name}
    if tool.description:
        spec["description"] = tool.description
    spec["inputSchema"] = {"json": fit_schema(schema) if closes else schema}
    return {"toolSpec": {**spec, "strict": True} if strict else spec}


def _called(request: ChatRequest) -> dict[str, None]:
    """Names of the tools that the messages call, or answer for."""
    names: dict[str, None] = {}
    for message in request.messages:
        for part in message.parts:
            if isinstance(part, ToolCallPart):
                names[part.name] = None
            elif isinstance(part, ToolResultPart) and not names:
                names[part.name or "tool"] = None
    return names


def cache_point(mark: object) -> dict[str, Any]:
    """The cache point that says what Anthropic's `cache_control` says."""
    ttl = as_text(as_mapping(mark).get("ttl"))
    return {_POINT: {"type": "default"} | ({"ttl": ttl} if ttl == "1h" else {})}
