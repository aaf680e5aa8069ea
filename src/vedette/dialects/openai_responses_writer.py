"""Answers in the responses format: whole, and streamed event by event.

A stream has a message or a thought open, one at a time, and any number of calls; each is an item
with a place of its own. What ends an item is something else that begins, `ToolEnd`, or the end.
A response has one choice: what is said in others is left out (several are refused beforehand).
"""

from collections.abc import Callable
from typing import Any

import msgspec

from vedette.dialects.contract import Fault, WriteContext
from vedette.dialects.openai_responses_calls import Item
from vedette.dialects.openai_responses_content import NAME
from vedette.dialects.openai_responses_errors import error_code, error_event
from vedette.dialects.openai_responses_output import Ending, Ids, ResponseShape, output_items
from vedette.dialects.openai_responses_tools import custom_names
from vedette.dialects.openai_responses_writer_items import (
    CallItem,
    Events,
    ImageItem,
    MessageItem,
    ThoughtItem,
    call_item_prefix,
)
from vedette.model.chat import (
    Answer,
    Delta,
    ErrorDelta,
    MediaDelta,
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
from vedette.model.usage import Usage


def write_answer(answer: Answer, context: WriteContext) -> bytes:
    """The whole answer; its first choice, as a response has one."""
    shape = ResponseShape(context)
    shape.id, shape.model = answer.id, answer.model
    shape.created_s = answer.created_s or context.created_s
    word = answer.finish_reasons[0] if answer.finish_reasons else ""
    ending = Ending(word, answer.error)
    response = shape.ended(ending, output_items(answer, context, ending), answer.usage)
    if answer.dialect == NAME:
        response.update(answer.extra)
    return msgspec.json.encode(response)


class StreamWriter:
    """Writes one stream of server-sent events."""

    def __init__(self, context: WriteContext) -> None:
        self._events = Events()
        self._shape = ResponseShape(context)
        self._ids = Ids(context)
        self._customs = custom_names(context.request.tools)
        self._begun = False
        self._items = 0
        self._open: MessageItem | ThoughtItem | None = None
        self._calls: dict[int, CallItem | None] = {}
        """By ordinal; None once it has ended."""
        self._output: dict[int, Item] = {}
        """The items that have ended, by their place."""
        self._usage: Usage | None = None
        self._word = ""
        self._fault: Fault | None = None

    def write(self, delta: Delta) -> bytes:
        """The bytes that tell the client of it."""
        if type(delta) is TextDelta and type(self._open) is MessageItem and delta.choice == 0:
            return self._open.text(delta.text) if delta.text else b""
        write = _WRITERS.get(type(delta))
        if write is None or getattr(delta, "choice", 0) != 0:
            return b""
        return write(self, delta)

    def end(self) -> bytes:
        """The closing events and the response as a whole."""
        if self._fault is not None:
            return self.error(self._fault)
        begun = self._begin()
        ending = Ending(self._word)
        closed = self._close(ending.item_status)
        for ordinal in tuple(self._calls):
            closed += self._close_call(ordinal, ending.item_status)
        return begun + closed + self._ended(ending)

    def error(self, fault: Fault) -> bytes:
        """An event that SDKs raise on, and the end of the response where it had begun."""
        raised = error_event(fault, self._events.number())
        if not self._begun:
            return raised
        return raised + self._ended(Ending("error", fault.message, error_code(fault)))

    def _begin(self) -> bytes:
        # Numbers are given in the order of writing, so this must come before all else.
        if self._begun:
            return b""
        self._begun = True
        response = self._shape.running()
        created = self._events.write("response.created", response=response)
        return created + self._events.write("response.in_progress", response=response)

    def _ended(self, ending: Ending) -> bytes:
        output = [self._output[place] for place in sorted(self._output)]
        response = self._shape.ended(ending, output, self._usage)
        return self._events.write(f"response.{ending.status}", response=response)

    def _place(self) -> int:
        place = self._items
        self._items += 1
        return place

    def _keep(self, place: int, ended: tuple[bytes, Item]) -> bytes:
        written, self._output[place] = ended
        return written

    def _close(self, status: str = "completed") -> bytes:
        """End the message or the thought that is open."""
        if (item := self._open) is None:
            return b""
        self._open = None
        return self._keep(item.index, item.end(status))

    def _close_call(self, ordinal: int, status: str = "completed") -> bytes:
        if (item := self._calls.get(ordinal)) is None:
            return b""
        self._calls[ordinal] = None
        return self._keep(item.index, item.end(status))

    def _start(self, delta: Start) -> bytes:
        if not self._begun:
            self._shape.id, self._shape.model = delta.id, delta.model
        return self._begin()

    def _message(self) -> tuple[bytes, MessageItem]:
        """The open message, and what opens it."""
        if isinstance(self._open, MessageItem):
            return b"", self._open
        closed, place = self._begin() + self._close(), self._place()
        self._open = MessageItem(self._events, place, self._ids.item("msg", place))
        return closed + self._open.begin(), self._open

    def _text(self, delta: TextDelta) -> bytes:
        if not delta.text:
            return b""
        opened, item = self._message()
        return opened + item.text(delta.text)

    def _refusal(self, delta: RefusalDelta) -> bytes:
        if not delta.text:
            return b""
        opened, item = self._message()
        return opened + item.refusal(delta.text)

    def _reasoning(self, delta: ReasoningDelta) -> bytes:
        if not delta.text and not delta.signature:
            return b""
        item = self._open
        if isinstance(item, ThoughtItem) and item.continues(delta):
            return item.piece(delta)
        closed, place = self._begin() + self._close(), self._place()
        self._open = item = ThoughtItem(self._events, place, self._ids.item("rs", place))
        return closed + item.begin() + item.piece(delta)

    def _tool_start(self, delta: ToolStart) -> bytes:
        if delta.index in self._calls:
            return b""
        closed, place = self._begin() + self._close(), self._place()
        custom = delta.name in self._customs
        id = self._ids.item(call_item_prefix(custom=custom), place)
        call = self._ids.call(delta.id, place)
        named = ToolStart(delta.index, call, delta.name, 0, delta.signature, delta.source)
        item = self._calls[delta.index] = CallItem(self._events, place, id, named, custom)
        return closed + item.begin()

    def _tool_arguments(self, delta: ToolArguments) -> bytes:
        if not delta.fragment:
            return b""
        begun = b""
        if delta.index not in self._calls:
            begun = self._tool_start(ToolStart(delta.index, "", ""))
        item = self._calls[delta.index]
        return begun + item.piece(delta.fragment) if item is not None else b""

    def _tool_end(self, delta: ToolEnd) -> bytes:
        return self._close_call(delta.index)

    def _media(self, delta: MediaDelta) -> bytes:
        if delta.modality != "image" or not delta.data:
            return b""
        closed, place = self._begin() + self._close(), self._place()
        item = ImageItem(self._events, place, self._ids.item("ig", place))
        return closed + self._keep(place, item.write(delta))

    def _figures(self, delta: UsageDelta) -> bytes:
        self._usage = delta.usage
        return b""

    def _stop(self, delta: Stop) -> bytes:
        self._word = delta.reason
        return b""

    def _failure(self, delta: ErrorDelta) -> bytes:
        self._fault = Fault(502, delta.message, delta.type or "upstream_error", delta.code)
        return b""


_WRITERS: dict[type, Callable[[StreamWriter, Any], bytes]] = {
    Start: StreamWriter._start,
    TextDelta: StreamWriter._text,
    RefusalDelta: StreamWriter._refusal,
    ReasoningDelta: StreamWriter._reasoning,
    ToolStart: StreamWriter._tool_start,
    ToolArguments: StreamWriter._tool_arguments,
    ToolEnd: StreamWriter._tool_end,
    MediaDelta: StreamWriter._media,
    UsageDelta: StreamWriter._figures,
    Stop: StreamWriter._stop,
    ErrorDelta: StreamWriter._failure,
}
