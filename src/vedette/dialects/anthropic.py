"""The Anthropic messages format, reading side only: calls pass through, their record is read here.

https://docs.anthropic.com/en/api/messages and .../messages-streaming
`input_tokens` excludes what was read from or written to the cache: the buckets are disjoint as
they come. The figures of a stream come twice, at its start and cumulative at its end.
"""

from collections.abc import Callable, Iterator
from typing import Any

from vedette.dialects.openai_answer_head import AnswerHead, head_of
from vedette.dialects.openai_errors import describe_error, find_error
from vedette.dialects.openai_messages import base64_size
from vedette.dialects.openai_settings import read_settings, unknown_fields
from vedette.dialects.openai_stream import is_output, read_sign
from vedette.dialects.reading import (
    as_count,
    as_list,
    as_mapping,
    as_text,
    decode,
    decode_answer,
    decode_request,
)
from vedette.model.chat import (
    Answer,
    ChatRequest,
    Delta,
    End,
    ErrorDelta,
    MediaPart,
    Message,
    Part,
    RawPart,
    ReasoningDelta,
    ReasoningPart,
    Start,
    Stop,
    TextDelta,
    TextPart,
    ToolArguments,
    ToolCallPart,
    ToolDefinition,
    ToolEnd,
    ToolResultPart,
    ToolStart,
    UsageDelta,
)
from vedette.model.usage import Usage

__all__ = ["StreamReader", "is_output", "peek_answer", "read_answer", "read_request", "read_usage"]

_KNOWN = frozenset(("model", "messages", "system", "tools", "stream", "metadata"))


def read_request(body: bytes) -> ChatRequest:
    """The whole request. Raises BadRequest where `body` is not a JSON object."""
    request = decode_request(body)
    metadata = as_mapping(request.get("metadata"))
    return ChatRequest(
        model=as_text(request.get("model")),
        messages=tuple(_read_messages(request)),
        tools=tuple(_read_tool(as_mapping(tool)) for tool in as_list(request.get("tools"))),
        settings=read_settings(request),
        stream=request.get("stream") is True,
        user=as_text(metadata.get("user_id")),
        metadata=metadata,
        unknown=unknown_fields(request, _KNOWN),
    )


def _read_messages(request: dict[str, Any]) -> Iterator[Message]:
    if request.get("system"):
        yield Message(role="system", parts=tuple(_read_blocks(request["system"])))
    for value in as_list(request.get("messages")):
        message = as_mapping(value)
        parts = tuple(_read_blocks(message.get("content")))
        yield Message(role=as_text(message.get("role")) or "user", parts=parts)


def _read_tool(tool: dict[str, Any]) -> ToolDefinition:
    return ToolDefinition(
        name=as_text(tool.get("name")) or as_text(tool.get("type")),
        description=as_text(tool.get("description")),
        parameters=tool.get("input_schema"),
    )


def _read_blocks(content: object) -> Iterator[Part]:
    if isinstance(content, str):
        if content:
            yield TextPart(content=content)
        return
    for value in as_list(content):
        block = as_mapping(value)
        read = _BLOCKS.get(as_text(block.get("type")))
        yield RawPart(content=value) if read is None else read(block)


def _text(block: dict[str, Any]) -> Part:
    return TextPart(content=as_text(block.get("text")))


def _thinking(block: dict[str, Any]) -> Part:
    return ReasoningPart(
        content=as_text(block.get("thinking")), signature=as_text(block.get("signature"))
    )


def _redacted(block: dict[str, Any]) -> Part:
    return ReasoningPart(content="", signature=as_text(block.get("data")), redacted=True)


def _tool_use(block: dict[str, Any]) -> Part:
    name = as_text(block.get("name"))
    return ToolCallPart(name=name, id=as_text(block.get("id")), arguments=block.get("input"))


def _tool_result(block: dict[str, Any]) -> Part:
    content = block.get("content")
    blocks = as_list(content)
    if blocks and all(as_mapping(part).get("type") == "text" for part in blocks):
        content = "".join(as_text(as_mapping(part).get("text")) for part in blocks)
    return ToolResultPart(id=as_text(block.get("tool_use_id")), result=content)


def _media(block: dict[str, Any]) -> Part:
    source = as_mapping(block.get("source"))
    return MediaPart(
        modality="image" if block.get("type") == "image" else "file",
        mime_type=as_text(source.get("media_type")),
        uri=as_text(source.get("url")),
        file_id=as_text(source.get("file_id")),
        size_bytes=base64_size(as_text(source.get("data"))),
    )


_BLOCKS: dict[str, Callable[[dict[str, Any]], Part]] = {
    "text": _text,
    "thinking": _thinking,
    "redacted_thinking": _redacted,
    "tool_use": _tool_use,
    "server_tool_use": _tool_use,
    "tool_result": _tool_result,
    "image": _media,
    "document": _media,
}


def read_answer(body: bytes) -> Answer:
    """The whole unstreamed answer. Raises Unreadable where `body` is not a JSON object."""
    answer = decode_answer(body)
    reason = as_text(answer.get("stop_reason"))
    parts = tuple(_read_blocks(answer.get("content")))
    message = Message(role="assistant", parts=parts, finish_reason=reason)
    return Answer(
        id=as_text(answer.get("id")),
        model=as_text(answer.get("model")),
        messages=(message,) if parts or reason else (),
        finish_reasons=(reason,) if reason else (),
        usage=read_usage(answer.get("usage")),
        error=find_error(answer),
    )


def peek_answer(body: bytes) -> AnswerHead:
    """The facts of an unstreamed answer. Raises Unreadable where it is not a JSON object."""
    return head_of(read_answer(body))


def read_usage(value: object) -> Usage | None:
    """The buckets of a `usage` object; None where there is none."""
    usage = as_mapping(value)
    if "input_tokens" not in usage and "output_tokens" not in usage:
        return None
    written = as_count(usage.get("cache_creation_input_tokens"))
    by_ttl = as_mapping(usage.get("cache_creation"))
    hour = min(as_count(by_ttl.get("ephemeral_1h_input_tokens")), written)
    output = as_count(usage.get("output_tokens"))
    details = as_mapping(usage.get("output_tokens_details"))
    reasoning = min(as_count(details.get("thinking_tokens")), output)
    return Usage(
        input_uncached=as_count(usage.get("input_tokens")),
        cache_read=as_count(usage.get("cache_read_input_tokens")),
        cache_write=written - hour,
        cache_write_1h=hour,
        output_text=output - reasoning,
        reasoning=reasoning,
    )


class StreamReader:
    """Reads the events of one stream, in order."""

    __slots__ = ("_calls", "_usage")

    def __init__(self) -> None:
        self._calls: dict[int, int] = {}
        self._usage: dict[str, Any] = {}

    def read(self, data: bytes) -> list[Delta]:
        """The deltas of one event's data; empty where it says nothing new."""
        event = as_mapping(decode(data))
        kind = as_text(event.get("type"))
        if (read := _EVENTS.get(kind)) is not None:
            return read(self, event)
        return read_sign(data)

    def _start(self, event: dict[str, Any]) -> list[Delta]:
        message = as_mapping(event.get("message"))
        start = Start(as_text(message.get("id")), as_text(message.get("model")))
        return [start, *self._figures(message)]

    def _figures(self, holder: dict[str, Any]) -> list[Delta]:
        self._usage |= {k: v for k, v in as_mapping(holder.get("usage")).items() if v is not None}
        usage = read_usage(self._usage)
        return [] if usage is None else [UsageDelta(usage)]

    def _block(self, event: dict[str, Any]) -> list[Delta]:
        block = as_mapping(event.get("content_block"))
        kind = block.get("type")
        if kind in ("tool_use", "server_tool_use"):
            call = self._calls[as_count(event.get("index"))] = len(self._calls)
            return [ToolStart(call, as_text(block.get("id")), as_text(block.get("name")))]
        if kind == "redacted_thinking":
            return [ReasoningDelta("", signature=as_text(block.get("data")), redacted=True)]
        if text := as_text(block.get("text")):
            return [TextDelta(text)]
        return []

    def _delta(self, event: dict[str, Any]) -> list[Delta]:
        delta = as_mapping(event.get("delta"))
        if text := as_text(delta.get("text")):
            return [TextDelta(text)]
        if thinking := as_text(delta.get("thinking")):
            return [ReasoningDelta(thinking)]
        if signature := as_text(delta.get("signature")):
            return [ReasoningDelta("", signature=signature)]
        call = self._calls.get(as_count(event.get("index")))
        fragment = as_text(delta.get("partial_json"))
        return [ToolArguments(call, fragment)] if call is not None and fragment else []

    def _block_end(self, event: dict[str, Any]) -> list[Delta]:
        call = self._calls.get(as_count(event.get("index")))
        return [] if call is None else [ToolEnd(call)]

    def _message_delta(self, event: dict[str, Any]) -> list[Delta]:
        reason = as_text(as_mapping(event.get("delta")).get("stop_reason"))
        stop: list[Delta] = [Stop(reason)] if reason else []
        return [*stop, *self._figures(event)]

    def _end(self, _: dict[str, Any]) -> list[Delta]:
        return [End()]

    def _ping(self, _: dict[str, Any]) -> list[Delta]:
        return []

    def _error(self, event: dict[str, Any]) -> list[Delta]:
        error = as_mapping(event.get("error"))
        message = as_text(error.get("message")) or describe_error(event.get("error"))
        return [ErrorDelta(message, as_text(error.get("type")))]


_EVENTS: dict[str, Callable[[StreamReader, dict[str, Any]], list[Delta]]] = {
    "message_start": StreamReader._start,
    "content_block_start": StreamReader._block,
    "content_block_delta": StreamReader._delta,
    "content_block_stop": StreamReader._block_end,
    "message_delta": StreamReader._message_delta,
    "message_stop": StreamReader._end,
    "ping": StreamReader._ping,
    "error": StreamReader._error,
}
