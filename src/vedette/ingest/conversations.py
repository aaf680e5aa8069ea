"""What a span says went in and came out: which attributes hold it, and as messages or as a text.

Of several sources the first that is a conversation wins; only where none is, the first text. A
model call without a conversation has one message each way; a tool or a plain span keeps texts.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from vedette.dialects.openai_tools import read_tools
from vedette.dialects.otlp_shape import OtlpEvent
from vedette.dialects.reading import as_list, as_mapping, as_text, decode, decode_text
from vedette.ingest.indexed import gather
from vedette.ingest.message_shapes import plain, read_conversation, read_message
from vedette.ingest.part_shapes import read_call, read_parts
from vedette.model import semconv
from vedette.model.chat import Message, TextPart, ToolCallPart, ToolDefinition
from vedette.model.span import Kind, ToolCall

Said = tuple[Message, ...] | str | None
_TALKS = ("llm", "agent", "chain")
_INPUTS = {name: place for place, name in enumerate(semconv.INPUTS)}
_OUTPUTS = {name: place for place, name in enumerate(semconv.OUTPUTS)}
_COMBINED = ("pydantic_ai.all_messages", "all_messages_events", "events")
"""Sources that hold the answer behind the question."""
_OVERLAYS = (
    "gen_ai.content.prompt", "gen_ai.content.completion",
    "gen_ai.client.inference.operation.details",
)  # fmt: skip
"""Events whose attributes say what else stands on the span itself."""
_CHOICE = "gen_ai.choice"
_ROLES_OF_EVENTS = {
    "gen_ai.system.message": "system", "gen_ai.user.message": "user",
    "gen_ai.assistant.message": "assistant", "gen_ai.tool.message": "tool",
    _CHOICE: "assistant",
}  # fmt: skip


class Conversation(NamedTuple):
    """Both sides, and the tools that were offered."""

    input: Said = None
    output: Said = None
    tools: tuple[ToolDefinition, ...] = ()

    @property
    def tool_calls(self) -> tuple[ToolCall, ...]:
        """What the model asked for."""
        if not isinstance(self.output, tuple):
            return ()
        return tuple(
            ToolCall(name=part.name, arguments=part.arguments, id=part.id)
            for message in self.output
            for part in message.parts
            if isinstance(part, ToolCallPart)
        )

    @property
    def finish_reason(self) -> str:
        said = self.output if isinstance(self.output, tuple) else ()
        return next((message.finish_reason for message in said if message.finish_reason), "")


def read(attributes: Mapping[str, Any], events: Sequence[OtlpEvent], kind: Kind) -> Conversation:
    """What the attributes and the events of a span hold."""
    for event in events:
        if event.name in _OVERLAYS:
            attributes = {**event.attributes, **attributes}
    lists = gather(attributes)
    input = _find(_INPUTS, attributes, lists, "user", kind)
    output = _find(_OUTPUTS, attributes, lists, "assistant", kind)
    asked, answered = _read_events(events) if events else ((), ())
    input, output = asked or input, answered or output
    if kind in _TALKS:
        input, output = _part(input, output, attributes)
        input = _with_system(input, attributes)
        output = _with_calls(output, attributes)
    return Conversation(input, output, _read_tools(attributes, lists))


def _find(
    places: Mapping[str, int], attributes: Mapping[str, Any], lists: Mapping[str, list[Any]],
    role: str, kind: Kind,
) -> Said:  # fmt: skip
    fallback: Any = None
    # A span has few attributes and the table many names: those of the span are looked up.
    there = [*(places.keys() & attributes.keys()), *(places.keys() & lists.keys())]
    there.sort(key=places.__getitem__)
    for key in there:
        value = lists.get(key) if key.endswith(".") else attributes.get(key)
        if value in _NOTHING:
            continue
        if kind in _TALKS and (found := read_conversation(value, role=role)):
            return found
        if fallback is None:
            fallback = value
        if kind not in _TALKS:
            break
    text = _as_text(fallback)
    return plain(text, role=role) if kind == "llm" and text else text or None


_NOTHING: tuple[Any, ...] = (None, "", [], {})


def _as_text(value: Any) -> str:
    """A text as it is (out of its JSON quotes), anything else as JSON."""
    if isinstance(value, str):
        decoded = decode_text(value) if value.startswith('"') else value
        return decoded if isinstance(decoded, str) else value
    if isinstance(value, list) and (texts := _embedded(value)):
        return "\n".join(texts)
    return "" if value is None else msgspec.json.encode(value).decode()


def _embedded(items: list[Any]) -> list[str]:
    """The texts that were embedded or found, without their vectors."""
    texts = []
    for item in map(as_mapping, items):
        inner = as_mapping(item.get("embedding")) or as_mapping(item.get("document"))
        texts.append(as_text(inner.get("text")) or as_text(inner.get("content")))
    return [text for text in texts if text]


def _part(input: Said, output: Said, attributes: Mapping[str, Any]) -> tuple[Said, Said]:
    """Question and answer of sources that hold both, where the answer stands nowhere else."""
    if isinstance(input, tuple) and not isinstance(output, tuple) and input:
        combined = any(key in attributes for key in _COMBINED)
        if combined and input[-1].role == "assistant":
            return input[:-1], input[-1:]
    return input, output


def _with_system(input: Said, attributes: Mapping[str, Any]) -> Said:
    for key in semconv.SYSTEM:
        value = attributes.get(key)
        value = decode_text(value) if isinstance(value, str) else value
        parts = tuple(read_parts(value))
        if parts and not (isinstance(input, tuple) and input and input[0].role == "system"):
            before = input if isinstance(input, tuple) else plain(input, role="user")
            return (Message("system", parts), *before)
    return input


def _with_calls(output: Said, attributes: Mapping[str, Any]) -> Said:
    """Tool calls beside the text become parts of the answer."""
    for key in semconv.ANSWER_CALLS:
        calls = attributes.get(key)
        calls = decode(calls) if isinstance(calls, str) else calls
        if isinstance(calls, list) and calls:
            said = output if isinstance(output, tuple) else plain(output, role="assistant")
            message = said[-1] if said else Message("assistant")
            if any(isinstance(part, ToolCallPart) for part in message.parts):
                return output
            parts = (*message.parts, *map(read_call, calls))
            return (*said[:-1], replace(message, parts=parts))
    return output


def _read_events(
    events: Sequence[OtlpEvent],
) -> tuple[tuple[Message, ...], tuple[Message, ...]]:
    """The messages that stand as one event each, as the conventions had it before 1.37."""
    asked: list[Message] = []
    answered: list[Message] = []
    for event in events:
        role = _ROLES_OF_EVENTS.get(event.name)
        if role is not None:
            into = answered if event.name == _CHOICE else asked
            into.append(event_message(event.attributes, role))
    return tuple(asked), tuple(answered)


def event_role(name: str) -> str:
    """Who speaks in an event of this name; empty where it is no message."""
    return _ROLES_OF_EVENTS.get(name, "")


def event_message(attributes: Mapping[str, Any], role: str) -> Message:
    """The message of an event; its fields stand as attributes or under one of them as JSON."""
    fields = dict(attributes)
    if isinstance(body := fields.get("gen_ai.event.content"), str):
        fields |= as_mapping(decode(body))
    for name in ("message", "tool_calls", "content"):
        value = fields.get(name)
        if isinstance(value, str) and value[:1] in ("[", "{"):
            fields[name] = decode_text(value)
    if isinstance(fields.get("message"), str):
        fields["message"] = {"content": fields["message"]}
    return read_message(fields, role=role)


def _read_tools(
    attributes: Mapping[str, Any], lists: Mapping[str, list[Any]]
) -> tuple[ToolDefinition, ...]:
    for key in semconv.TOOLS:
        value = lists.get(key) if key.endswith(".") else attributes.get(key)
        value = decode(value) if isinstance(value, str) else value
        if isinstance(value, list) and value:
            return read_tools({"tools": [tool for tool in map(_tool, value) if tool]})
    for key in semconv.TOOL_BODIES:
        said = attributes.get(key)
        if isinstance(said, str) and '"tools"' in said:
            tools = as_list(as_mapping(decode(said)).get("tools"))
            if tools:
                return read_tools({"tools": [tool for tool in map(_tool, tools) if tool]})
    return ()


def _tool(value: Any) -> dict[str, Any]:
    """One definition: an object, one written as JSON, or OpenInference's wrapping of either."""
    value = decode(value) if isinstance(value, str) else value
    fields = as_mapping(value)
    inner = fields.get("tool")
    if isinstance(inner, dict) and "json_schema" in inner:
        return _tool(inner["json_schema"])
    if "inputSchema" in fields or "input_schema" in fields:
        schema = fields.get("inputSchema") or fields.get("input_schema")
        kept: dict[str, Any] = {
            name: fields[name] for name in ("name", "description") if name in fields
        }
        return {**kept, "parameters": schema}
    return fields


def texts_of(said: Said) -> str:
    """All text of one side."""
    if not isinstance(said, tuple):
        return said or ""
    parts = (part for message in said for part in message.parts)
    return "".join(part.content for part in parts if isinstance(part, TextPart))
