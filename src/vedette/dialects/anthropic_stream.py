"""Events of a streamed message, read into deltas.

https://platform.claude.com/docs/en/build-with-claude/streaming
The usual event is one typed decode and one delta; what does not have the expected types is decoded
again and read where it makes sense. The figures of a stream come twice, at its start and
cumulative at its end. Blocks of kinds we do not know come as they are, as RawDelta.
"""

from collections.abc import Callable
from typing import Any

import msgspec

from vedette.dialects.anthropic_blocks import CALL, NAME, is_provider_call
from vedette.dialects.anthropic_usage import read_usage
from vedette.dialects.framing import count_alike
from vedette.dialects.openai_errors import describe_error
from vedette.dialects.openai_stream import read_sign
from vedette.dialects.reading import JSON_ERRORS, as_count, as_mapping, as_text, decode
from vedette.dialects.signatures import unseal
from vedette.model.chat import (
    Delta,
    End,
    ErrorDelta,
    RawDelta,
    ReasoningDelta,
    Start,
    Stop,
    TextDelta,
    ToolArguments,
    ToolEnd,
    ToolStart,
    UsageDelta,
)


class _Delta(msgspec.Struct, gc=False):
    type: str = ""
    text: str = ""
    thinking: str = ""
    signature: str = ""
    partial_json: str = ""
    stop_reason: str | None = None
    stop_sequence: str | None = None


class _Event(msgspec.Struct, gc=False):
    type: str
    index: int = 0
    delta: _Delta | None = None
    content_block: dict[str, Any] | None = None
    message: dict[str, Any] | None = None
    usage: dict[str, Any] | None = None
    error: Any = None


_NO_DELTA = _Delta()
_PIECE = b"event: content_block_delta\ndata: {"
_SAID = frozenset({"text_delta", "thinking_delta", "signature_delta", "input_json_delta"})
_PLAIN_BLOCKS = frozenset({"text", "thinking", "redacted_thinking"})


def count_plain(block: bytes) -> int:
    """How many events these bytes are, where each of them is a piece of a block and nothing else;
    0 where one might say more."""
    return count_alike(block, _PIECE)


class StreamReader:
    """Reads the events of one stream, in order."""

    __slots__ = ("_calls", "_decode", "_given", "_signed", "_usage")

    def __init__(self) -> None:
        self._decode = msgspec.json.Decoder(_Event).decode
        self._calls: dict[int, int] = {}
        self._given: dict[int, str] = {}
        self._signed = ("", "")
        self._usage: dict[str, Any] = {}

    def read(self, data: bytes) -> list[Delta]:
        """The deltas of one event's data; empty where it says nothing new."""
        try:
            event = self._decode(data)
        except JSON_ERRORS:
            loose = _loosen(data)
            if loose is None:
                return read_sign(data)
            event = loose
        if (read := _EVENTS.get(event.type)) is not None:
            return read(self, event, data)
        return read_sign(data)

    def _start(self, event: _Event, _: bytes) -> list[Delta]:
        message = event.message or {}
        start = Start(as_text(message.get("id")), as_text(message.get("model")))
        return [start, *self._figures(as_mapping(message.get("usage")))]

    def _figures(self, usage: dict[str, Any]) -> list[Delta]:
        self._usage |= {name: value for name, value in usage.items() if value is not None}
        read = read_usage(self._usage)
        return [] if read is None else [UsageDelta(read)]

    def _block(self, event: _Event, data: bytes) -> list[Delta]:
        block = event.content_block or {}
        kind = as_text(block.get("type"))
        if kind == "tool_use" or is_provider_call(kind):
            call = self._calls[event.index] = len(self._calls)
            if given := block.get("input"):
                # Copies of the format give the arguments at once, some of them once more after it.
                self._given[call] = msgspec.json.encode(given).decode()
            (signature, source), self._signed = self._signed, ("", "")
            id, name = as_text(block.get("id")), as_text(block.get("name"))
            return [ToolStart(call, id, name, 0, signature, source)]
        if kind not in _PLAIN_BLOCKS:
            return [RawDelta(data)]
        if kind == "redacted_thinking":
            signature, source = unseal(as_text(block.get("data")), NAME)
            if signature.startswith(CALL):
                self._signed = (signature.removeprefix(CALL), source)
                return []
            return [ReasoningDelta("", 0, signature, redacted=True, source=source)]
        deltas: list[Delta] = []
        if text := as_text(block.get("text")):
            deltas.append(TextDelta(text))
        if thought := as_text(block.get("thinking")):
            deltas.append(ReasoningDelta(thought))
        if signed := as_text(block.get("signature")):
            deltas.append(_signed(signed))
        return deltas

    def _delta(self, event: _Event, data: bytes) -> list[Delta]:
        delta = event.delta or _NO_DELTA
        if delta.text:
            return [TextDelta(delta.text)]
        if delta.partial_json:
            if (call := self._calls.get(event.index)) is None:
                return []
            self._given.pop(call, None)
            return [ToolArguments(call, delta.partial_json)]
        if delta.thinking:
            return [ReasoningDelta(delta.thinking)]
        if delta.signature:
            return [_signed(delta.signature)]
        return [] if delta.type in _SAID else [RawDelta(data)]

    def _block_end(self, event: _Event, _: bytes) -> list[Delta]:
        if (call := self._calls.get(event.index)) is None:
            return []
        given = self._given.pop(call, "")
        return [ToolArguments(call, given), ToolEnd(call)] if given else [ToolEnd(call)]

    def _message_delta(self, event: _Event, _: bytes) -> list[Delta]:
        delta = event.delta or _NO_DELTA
        figures = self._figures(event.usage) if event.usage else []
        if not delta.stop_reason:
            return figures
        return [Stop(delta.stop_reason, 0, delta.stop_sequence or ""), *figures]

    def _end(self, _event: _Event, _: bytes) -> list[Delta]:
        return [End()]

    def _ping(self, _event: _Event, _: bytes) -> list[Delta]:
        return []

    def _error(self, event: _Event, _: bytes) -> list[Delta]:
        error = as_mapping(event.error)
        message = as_text(error.get("message")) or describe_error(event.error)
        code = as_text(as_mapping(error.get("details")).get("error_code"))
        return [ErrorDelta(message, as_text(error.get("type")), code)]


_EVENTS: dict[str, Callable[[StreamReader, _Event, bytes], list[Delta]]] = {
    "message_start": StreamReader._start,
    "content_block_start": StreamReader._block,
    "content_block_delta": StreamReader._delta,
    "content_block_stop": StreamReader._block_end,
    "message_delta": StreamReader._message_delta,
    "message_stop": StreamReader._end,
    "ping": StreamReader._ping,
    "error": StreamReader._error,
}


def _signed(text: str) -> Delta:
    signature, source = unseal(text, NAME)
    return ReasoningDelta("", 0, signature, source=source)


def _loosen(data: bytes) -> _Event | None:
    """The event with every field of a wrong type taken as absent; None where it is none."""
    event = as_mapping(decode(data))
    kind = as_text(event.get("type"))
    if kind not in _EVENTS:
        return None
    delta = as_mapping(event.get("delta"))
    return _Event(
        kind,
        as_count(event.get("index")),
        _Delta(**{name: as_text(delta.get(name)) for name in _Delta.__struct_fields__}),
        as_mapping(event.get("content_block")),
        as_mapping(event.get("message")),
        as_mapping(event.get("usage")),
        event.get("error"),
    )
