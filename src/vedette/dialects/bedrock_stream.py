"""Events of ConverseStream, read into deltas.

https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStreamOutput.html

The usual event is one typed decode and one delta; whatever does not have the expected types goes
the slow way. What the format hides: a text block has no start, only tool calls and pictures have;
a block is told by its index, a call's ordinal is counted here; the figures come behind the
message's end, in the last event. An event that is an exception ends the stream.
"""

from typing import Any

import msgspec

from vedette.dialects.bedrock_answer import read_stop_sequence
from vedette.dialects.bedrock_blocks import NAME, open_blob, open_call_signature
from vedette.dialects.bedrock_usage import read_usage
from vedette.dialects.openai_media import base64_size
from vedette.dialects.reading import (
    JSON_ERRORS,
    as_count,
    as_mapping,
    as_text,
    decode,
    first_text,
)
from vedette.dialects.signatures import unseal
from vedette.model.chat import (
    Delta,
    End,
    ErrorDelta,
    MediaDelta,
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


class _ToolUse(msgspec.Struct, gc=False):
    toolUseId: str = ""
    name: str = ""
    input: str = ""


class _Reasoning(msgspec.Struct, gc=False):
    text: str = ""
    signature: str = ""
    redactedContent: str = ""


class _Source(msgspec.Struct, gc=False):
    bytes: str = ""


class _Image(msgspec.Struct, gc=False):
    format: str = ""
    source: _Source | None = None


class _Piece(msgspec.Struct, gc=False):
    """`start` and `delta` of a block."""

    text: str | None = None
    toolUse: _ToolUse | None = None
    reasoningContent: _Reasoning | None = None
    image: _Image | None = None


class _Block(msgspec.Struct, gc=False):
    contentBlockIndex: int = 0
    delta: _Piece | None = None
    start: _Piece | None = None


class _Stop(msgspec.Struct, gc=False):
    stopReason: str = ""
    additionalModelResponseFields: Any = None


class _Metadata(msgspec.Struct, gc=False):
    usage: dict[str, Any] | None = None


class _Event(msgspec.Struct, gc=False):
    contentBlockDelta: _Block | None = None
    contentBlockStart: _Block | None = None
    contentBlockStop: _Block | None = None
    messageStart: dict[str, Any] | None = None
    messageStop: _Stop | None = None
    metadata: _Metadata | None = None


_ENDINGS = ("Exception", "Error", "error")


class StreamReader:
    """Reads the events of one stream, in order."""

    __slots__ = ("_calls", "_count", "_decode", "_mime_types", "_signature")

    def __init__(self) -> None:
        self._decode = msgspec.json.Decoder(_Event).decode
        self._calls: dict[int, int] = {}
        self._count = 0
        self._mime_types: dict[int, str] = {}
        self._signature = ("", "")
        """Of the next call."""

    def read(self, data: bytes) -> list[Delta]:
        """The deltas of one event's data; empty where it says nothing."""
        try:
            event = self._decode(data)
        except JSON_ERRORS:
            return self._read_odd(data)
        block = event.contentBlockDelta
        if block is not None and block.delta is not None:
            if block.delta.text:
                return [TextDelta(block.delta.text)]
            return self._read_delta(block.contentBlockIndex, block.delta, data)
        return self._read_event(event, data)

    def _read_event(self, event: _Event, data: bytes) -> list[Delta]:
        if event.contentBlockStart is not None and event.contentBlockStart.start is not None:
            block = event.contentBlockStart
            assert block.start is not None
            return self._read_start(block.contentBlockIndex, block.start, data)
        if event.contentBlockStop is not None:
            call = self._calls.pop(event.contentBlockStop.contentBlockIndex, None)
            return [] if call is None else [ToolEnd(call)]
        if event.messageStart is not None:
            return [Start()]
        if (stop := event.messageStop) is not None:
            fields = stop.additionalModelResponseFields
            return [Stop(stop.stopReason, sequence=read_stop_sequence(fields))]
        if event.metadata is not None:
            usage = read_usage(event.metadata.usage)
            return [End()] if usage is None else [UsageDelta(usage), End()]
        return self._read_sign(data)

    def _read_start(self, index: int, start: _Piece, data: bytes) -> list[Delta]:
        if (tool := start.toolUse) is not None:
            call = self._calls[index] = self._count
            self._count += 1
            (signature, source), self._signature = self._signature, ("", "")
            return [ToolStart(call, tool.toolUseId, tool.name, 0, signature, source)]
        if start.image is not None:
            self._mime_types[index] = f"image/{start.image.format}"
            return []
        return [RawDelta(data)]

    def _read_delta(self, index: int, delta: _Piece, data: bytes) -> list[Delta]:
        if (tool := delta.toolUse) is not None:
            call = self._calls.get(index)
            return [ToolArguments(call, tool.input)] if call is not None and tool.input else []
        if (thought := delta.reasoningContent) is not None:
            if (signature := open_call_signature(thought.signature))[0]:
                self._signature = signature
                return []
            return _read_thought(thought)
        if (image := delta.image) is not None and image.source is not None:
            encoded = image.source.bytes
            mime_type = self._mime_types.get(index, "")
            size = base64_size(encoded)
            return [MediaDelta("image", size, mime_type=mime_type, data=encoded)]
        # A piece with an empty text says nothing; one without any is of a kind we do not know.
        return [RawDelta(data)] if delta.text is None else []

    def _read_odd(self, data: bytes) -> list[Delta]:
        """Events of unexpected types: their fields are taken where they make sense."""
        event = as_mapping(decode(data))
        name = next(iter(event), "")
        if name in _LOOSENED:
            deltas = self.read(msgspec.json.encode({name: _loosen(as_mapping(event[name]))}))
            return [RawDelta(data) if isinstance(d, RawDelta) else d for d in deltas]
        return self._read_sign(data)

    @staticmethod
    def _read_sign(data: bytes) -> list[Delta]:
        """What stands in a stream beside its events: exceptions, what means nothing to us."""
        event = as_mapping(decode(data))
        name, content = next(iter(event.items()), ("", None))
        if name.endswith(_ENDINGS):
            error = as_mapping(content)
            message = first_text(error.get("message"), error.get("originalMessage"), content, name)
            return [ErrorDelta(message, name, as_text(error.get("code")))]
        return [RawDelta(data)] if data.strip() else []


def _read_thought(thought: _Reasoning) -> list[Delta]:
    deltas: list[Delta] = []
    if thought.text:
        deltas.append(ReasoningDelta(thought.text))
    if thought.signature:
        signature, source = unseal(thought.signature, NAME)
        deltas.append(ReasoningDelta("", signature=signature, source=source))
    if thought.redactedContent:
        signature, source = open_blob(thought.redactedContent)
        deltas.append(ReasoningDelta("", signature=signature, redacted=True, source=source))
    return deltas


_LOOSENED = frozenset(_Event.__struct_fields__)


def _loosen(event: dict[str, Any]) -> dict[str, Any]:
    """The event with every field of a wrong type taken as absent."""
    loose: dict[str, Any] = {
        "contentBlockIndex": as_count(event.get("contentBlockIndex")),
        "stopReason": as_text(event.get("stopReason")),
        "additionalModelResponseFields": event.get("additionalModelResponseFields"),
        "usage": as_mapping(event.get("usage")) or None,
    }
    for name in ("start", "delta"):
        if isinstance(event.get(name), dict):
            loose[name] = _loosen_piece(event[name])
    return loose


def _loosen_piece(piece: dict[str, Any]) -> dict[str, Any]:
    loose: dict[str, Any] = {"text": as_text(piece.get("text"))} if "text" in piece else {}
    for name, fields in _PIECES.items():
        inner = piece.get(name)
        if isinstance(inner, dict):
            loose[name] = {field: as_text(inner.get(field)) for field in fields}
    return loose


_PIECES = {
    "toolUse": _ToolUse.__struct_fields__,
    "reasoningContent": _Reasoning.__struct_fields__,
}
