"""Messages and tools of Ollama's chat API, read into neutral parts.

https://github.com/ollama/ollama/blob/main/api/types.go (Message, ToolCall, Tool)

Old versions and the Python client know no ids of tool calls: a result names the tool, or nothing.
Calls without an id get the stable `call_N`, counted through the conversation, and each result the
id of the first call it may belong to. The arguments of a call are an object; what a model wrote
that is none is kept in one (`RAW`).
"""

from collections.abc import Iterator
from typing import Any

from vedette.dialects.ollama_media import read_images
from vedette.dialects.ollama_reasoning import read_reasoning
from vedette.dialects.openai_parts import leftover
from vedette.dialects.reading import as_list, as_mapping, as_text, decode_text, first_text
from vedette.dialects.signatures import unseal
from vedette.model.chat import (
    Message,
    Part,
    RawPart,
    TextPart,
    ToolCallPart,
    ToolDefinition,
    ToolResultPart,
)

RAW = "_raw"
"""Name of the one argument that holds, as text, what is no object."""

_KNOWN = (
    "role", "content", "thinking", "images", "tool_calls", "tool_name", "tool_call_id",
    "reasoning_details",
)  # fmt: skip


def read_messages(value: object, dialect: str) -> tuple[Message, ...]:
    """The messages of a conversation; tool calls and their results have ids."""
    messages = [as_mapping(message) for message in as_list(value)]
    calls = _Calls(messages)
    return tuple(_read(message, dialect, calls) for message in messages)


def read_answer_message(message: dict[str, Any], dialect: str, reason: str) -> Message:
    """The message of an answer. Ids of calls are there only where the server gave them."""
    parts = (*_parts(message, dialect), *read_tool_calls(message.get("tool_calls"), dialect))
    return Message(
        role="assistant", parts=parts, finish_reason=reason, extra=leftover(message, *_KNOWN)
    )


def read_tools(value: object) -> tuple[ToolDefinition, ...]:
    """The tools offered; what is beside the known fields stays in `extra`."""
    return tuple(_read_tool(as_mapping(tool)) for tool in as_list(value))


def read_tool_calls(value: object, dialect: str) -> Iterator[ToolCallPart]:
    """The calls of one message, in their order."""
    for call in map(as_mapping, as_list(value)):
        function = as_mapping(call.get("function"))
        google = as_mapping(as_mapping(call.get("extra_content")).get("google"))
        signature, source = unseal(as_text(google.get("thought_signature")), dialect)
        yield ToolCallPart(
            name=as_text(function.get("name")),
            id=as_text(call.get("id")),
            arguments=read_arguments(function.get("arguments")),
            signature=signature,
            source=source,
        )


def read_arguments(value: object) -> Any:
    """The arguments as they were meant: an object, or what `RAW` holds in its place."""
    if isinstance(value, dict) and value.keys() == {RAW} and isinstance(value[RAW], str):
        return decode_text(value[RAW])
    # Servers that copy the API may send them as text, as OpenAI does.
    return decode_text(value) if isinstance(value, str) and value else value or {}


class _Calls:
    """Gives ids to tool calls and results that have none."""

    def __init__(self, messages: list[dict[str, Any]]) -> None:
        self._taken = {
            as_text(as_mapping(call).get("id"))
            for message in messages
            for call in as_list(message.get("tool_calls"))
        }
        self._count = 0
        self._open: list[tuple[str, str]] = []

    def made(self, parts: list[ToolCallPart]) -> Iterator[ToolCallPart]:
        """The calls of a message, with ids; from now on results may be theirs."""
        if parts:
            self._open = []
        for part in parts:
            id = part.id or self._next()
            self._open.append((id, part.name))
            yield ToolCallPart(
                name=part.name,
                id=id,
                arguments=part.arguments,
                signature=part.signature,
                source=part.source,
            )

    def answered(self, id: str, name: str) -> tuple[str, str]:
        """Id and name of the tool of a result that says one of them, or neither."""
        for call in self._open:
            if id == call[0] or (not id and name in ("", call[1])):
                self._open.remove(call)
                return call[0], name or call[1]
        return id, name

    def _next(self) -> str:
        while (id := f"call_{self._count}") in self._taken:
            self._count += 1
        self._count += 1
        return id


def _read(message: dict[str, Any], dialect: str, calls: _Calls) -> Message:
    role = as_text(message.get("role")).lower() or "user"
    made = list(read_tool_calls(message.get("tool_calls"), dialect))
    parts: tuple[Part, ...]
    if role == "tool":
        parts = (_tool_result(message, dialect, calls),)
    else:
        parts = (*_parts(message, dialect), *calls.made(made))
    return Message(role=role, parts=parts, extra=leftover(message, *_KNOWN))


def _parts(message: dict[str, Any], dialect: str) -> Iterator[Part]:
    """Thoughts, text and images."""
    yield from read_reasoning(message, dialect)
    content = message.get("content")
    if isinstance(content, str):
        if content:
            yield TextPart(content=content)
    elif content is not None:
        yield RawPart(content=content, dialect=dialect)
    yield from read_images(message.get("images"))


def _tool_result(message: dict[str, Any], dialect: str, calls: _Calls) -> ToolResultPart:
    id, name = calls.answered(
        as_text(message.get("tool_call_id")),
        first_text(message.get("tool_name"), message.get("name")),
    )
    images = tuple(read_images(message.get("images")))
    content = message.get("content")
    text = (TextPart(content=content),) if isinstance(content, str) and content else ()
    parts: tuple[Part, ...] = (*text, *images) if images else ()
    return ToolResultPart(id=id, result=content, parts=parts, name=name)


def _read_tool(tool: dict[str, Any]) -> ToolDefinition:
    function = as_mapping(tool.get("function"))
    extra = leftover(tool, "type", "function")
    if inner := leftover(function, "name", "description", "parameters"):
        extra["function"] = inner
    return ToolDefinition(
        name=as_text(function.get("name")),
        description=as_text(function.get("description")),
        parameters=function.get("parameters"),
        extra=extra,
    )
