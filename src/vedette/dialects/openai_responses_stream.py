"""Events of a streamed response, read into deltas.

The usual event is one typed decode and one delta. An item tells of itself three times: when it is
added, in deltas, and whole when it is done. The deltas are what is read; of the whole item only
what did not come before (the signature of a thought; arguments that a server did not stream).
"""

from collections.abc import Callable
from typing import Any

import msgspec

from vedette.dialects.framing import count_alike
from vedette.dialects.openai_responses_answer import read_response
from vedette.dialects.openai_responses_items import (
    CUSTOM_CALL,
    SUMMARY_GAP,
    call_id,
    call_signature,
    read_image,
    read_reasoning,
)
from vedette.dialects.openai_searches import Searches
from vedette.dialects.openai_stream import read_sign
from vedette.dialects.reading import JSON_ERRORS, as_count, as_mapping, as_text, decode, first_text
from vedette.model.chat import (
    Delta,
    End,
    ErrorDelta,
    MediaDelta,
    RawDelta,
    ReasoningDelta,
    RefusalDelta,
    Start,
    Stop,
    TextDelta,
    ToolArguments,
    ToolEnd,
    ToolStart,
    UsageDelta,
)


class _Event(msgspec.Struct, gc=False):
    type: str
    delta: str | None = None
    item_id: str | None = None
    output_index: int | None = None
    content_index: int | None = None
    summary_index: int | None = None


class _Call:
    """A call that is being made; a custom one's text is told as JSON (`openai_responses_tools`)."""

    __slots__ = ("is_custom", "ordinal", "seen")

    def __init__(self, ordinal: int, *, is_custom: bool) -> None:
        self.ordinal = ordinal
        self.is_custom = is_custom
        self.seen = False

    def piece(self, text: str) -> list[Delta]:
        if not text:
            return []
        if self.is_custom:
            text = msgspec.json.encode(text)[1:-1].decode()
            text = text if self.seen else _CUSTOM_START + text
        self.seen = True
        return [ToolArguments(self.ordinal, text)]

    def whole(self, text: str) -> list[Delta]:
        """All of it, unless it came in pieces."""
        return [] if self.seen else self.piece(text)

    def end(self) -> list[Delta]:
        last: list[Delta] = []
        if self.is_custom:
            last = [ToolArguments(self.ordinal, '"}' if self.seen else _CUSTOM_START + '"}')]
        return [*last, ToolEnd(self.ordinal)]


_PIECE = b"event: response.output_text.delta\ndata: {"
_CUSTOM_START = '{"input":"'


def count_plain(block: bytes) -> int:
    """How many events these bytes are, where each of them is a piece of text and nothing else; 0
    where one might say more."""
    return count_alike(block, _PIECE)


class StreamReader:
    """Reads the events of one stream, in order."""

    __slots__ = ("_calls", "_decode", "_searches", "_started", "_thoughts")

    def __init__(self) -> None:
        self._decode = msgspec.json.Decoder(_Event).decode
        self._started = False
        self._searches = Searches()
        self._calls: dict[int, _Call] = {}
        self._thoughts: dict[int, tuple[str, int]] = {}
        """By output index: the kind of event that tells them, and the part it is at."""

    def read(self, data: bytes) -> list[Delta]:
        """The deltas of one event's data; empty where it says nothing new."""
        try:
            event = self._decode(data)
        except JSON_ERRORS:
            return self._read_whole(data)
        if event.type == "response.output_text.delta":
            return [TextDelta(event.delta)] if event.delta else []
        if (read := _PIECES.get(event.type)) is not None:
            return read(self, event) if event.delta else []
        return self._read_whole(data)

    def _read_whole(self, data: bytes) -> list[Delta]:
        event = as_mapping(decode(data))
        kind = as_text(event.get("type"))
        if (read := _EVENTS.get(kind)) is not None:
            return read(self, event)
        return [] if kind.startswith("response.") else read_sign(data)

    def _refusal(self, event: _Event) -> list[Delta]:
        return [RefusalDelta(event.delta or "")]

    def _thought(self, event: _Event) -> list[Delta]:
        """Some models show their thoughts, others a summary; never the same twice."""
        output, part = event.output_index or 0, event.summary_index or event.content_index or 0
        kind, before = self._thoughts.setdefault(output, (event.type, part))
        if kind != event.type:
            return []
        gap = ""
        if before != part:
            self._thoughts[output] = (kind, part)
            gap = SUMMARY_GAP
        return [ReasoningDelta(gap + (event.delta or ""), id=event.item_id or "")]

    def _arguments(self, event: _Event) -> list[Delta]:
        call = self._calls.get(event.output_index or 0)
        return call.piece(event.delta or "") if call is not None else []

    def _created(self, event: dict[str, Any]) -> list[Delta]:
        if self._started:
            return []
        self._started = True
        response = as_mapping(event.get("response"))
        return [Start(as_text(response.get("id")), as_text(response.get("model")))]

    def _item_added(self, event: dict[str, Any]) -> list[Delta]:
        item = as_mapping(event.get("item"))
        return self._call_added(event, item) if item.get("type") in _CALLS else []

    def _call_added(self, event: dict[str, Any], item: dict[str, Any]) -> list[Delta]:
        call = _Call(len(self._calls), is_custom=item.get("type") == CUSTOM_CALL)
        self._calls[as_count(event.get("output_index"))] = call
        signature, source = call_signature(item)
        name = as_text(item.get("name"))
        return [ToolStart(call.ordinal, call_id(item), name, 0, signature, source)]

    def _arguments_done(self, event: dict[str, Any]) -> list[Delta]:
        call = self._calls.get(as_count(event.get("output_index")))
        text = first_text(event.get("arguments"), event.get("input"))
        return call.whole(text) if call is not None else []

    def _item_done(self, event: dict[str, Any]) -> list[Delta]:
        item = as_mapping(event.get("item"))
        kind = as_text(item.get("type"))
        if kind in _CALLS:
            return self._call_done(event, item)
        if kind == "reasoning":
            return self._thought_done(event, item)
        if kind == "image_generation_call" and item.get("result"):
            image = read_image(item)
            size, kind, data = image.size_bytes, image.mime_type, image.data
            return [MediaDelta("image", size, mime_type=kind, data=data)]
        self._searches.add(item)
        # What the provider's own tools did: whole, as in an unstreamed answer.
        return [] if kind == "message" else [RawDelta(msgspec.json.encode(event))]

    def _call_done(self, event: dict[str, Any], item: dict[str, Any]) -> list[Delta]:
        deltas: list[Delta] = []
        output = as_count(event.get("output_index"))
        if output not in self._calls:
            deltas += self._call_added(event, item)
        call = self._calls[output]
        deltas += call.whole(first_text(item.get("arguments"), item.get("input")))
        return [*deltas, *call.end()]

    def _thought_done(self, event: dict[str, Any], item: dict[str, Any]) -> list[Delta]:
        thought = read_reasoning(item)
        is_told = as_count(event.get("output_index")) in self._thoughts
        text = "" if is_told else thought.content
        if not text and not thought.signature:
            return []
        return [
            ReasoningDelta(text, 0, thought.signature, thought.redacted, thought.source, thought.id)
        ]

    def _ended(self, event: dict[str, Any]) -> list[Delta]:
        response = as_mapping(event.get("response"))
        answer = read_response({**response, "output": []})
        deltas: list[Delta] = [Stop(reason) for reason in answer.finish_reasons]
        if (usage := self._searches.added_to(answer.usage, response)) is not None:
            deltas.append(UsageDelta(usage))
        if answer.error:
            deltas.append(_error_delta(as_mapping(response.get("error")), answer.error))
        return [*deltas, End()]

    def _error(self, event: dict[str, Any]) -> list[Delta]:
        # As documented its fields stand in the event; as sent they often stand in `error`.
        flat = {name: event.get(name) for name in ("message", "code", "param")}
        return [_error_delta(as_mapping(event.get("error")) or flat, "error")]


def _error_delta(error: dict[str, Any], otherwise: str) -> ErrorDelta:
    kind = first_text(error.get("type"), error.get("code"))
    message = first_text(error.get("message"), otherwise)
    return ErrorDelta(message, kind, as_text(error.get("code")))


_CALLS = frozenset({"function_call", CUSTOM_CALL})

_PIECES: dict[str, Callable[[StreamReader, _Event], list[Delta]]] = {
    "response.reasoning_text.delta": StreamReader._thought,
    "response.reasoning_summary_text.delta": StreamReader._thought,
    "response.refusal.delta": StreamReader._refusal,
    "response.function_call_arguments.delta": StreamReader._arguments,
    "response.custom_tool_call_input.delta": StreamReader._arguments,
}

_EVENTS: dict[str, Callable[[StreamReader, dict[str, Any]], list[Delta]]] = {
    "response.created": StreamReader._created,
    "response.queued": StreamReader._created,
    "response.in_progress": StreamReader._created,
    "response.output_item.added": StreamReader._item_added,
    "response.function_call_arguments.done": StreamReader._arguments_done,
    "response.custom_tool_call_input.done": StreamReader._arguments_done,
    "response.output_item.done": StreamReader._item_done,
    "response.completed": StreamReader._ended,
    "response.incomplete": StreamReader._ended,
    "response.failed": StreamReader._ended,
    "response.cancelled": StreamReader._ended,
    "error": StreamReader._error,
}
