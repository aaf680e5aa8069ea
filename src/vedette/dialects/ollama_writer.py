"""A streamed answer for a client of Ollama: one line of JSON for each thing said.

Ollama's tool calls are whole, so a call's arguments wait until it has ended; calls that never do
go out with the end of the stream. The line with `done: true` comes last, because it carries the
counts. A second choice has no place in it.
"""

from collections.abc import Callable
from types import MappingProxyType
from typing import Any

import msgspec

from vedette.dialects.contract import Fault, WriteContext
from vedette.dialects.ollama_answer import head, sealed_calls, tail
from vedette.dialects.ollama_errors import write_error
from vedette.dialects.ollama_reasoning import write_detail
from vedette.dialects.reading import decode_text
from vedette.model.chat import (
    Delta,
    ErrorDelta,
    MediaDelta,
    ReasoningDelta,
    ReasoningPart,
    RefusalDelta,
    Start,
    Stop,
    TextDelta,
    ToolArguments,
    ToolCallPart,
    ToolEnd,
    ToolStart,
    UsageDelta,
)
from vedette.model.usage import Usage

_encode = msgspec.json.Encoder().encode


class _Call:
    """A tool call whose arguments are still coming."""

    __slots__ = ("fragments", "start")

    def __init__(self, start: ToolStart) -> None:
        self.start = start
        self.fragments: list[str] = []

    def part(self) -> ToolCallPart:
        text = "".join(self.fragments)
        return ToolCallPart(
            name=self.start.name,
            id=self.start.id,
            arguments=decode_text(text) if text.strip() else {},
            signature=self.start.signature,
            source=self.start.source,
        )


class StreamWriter:
    """Writes one stream; `of_chat` says in which of the two APIs."""

    def __init__(self, context: WriteContext, dialect: str, *, of_chat: bool) -> None:
        self._dialect = dialect
        self._of_chat = of_chat
        self._model = context.model
        self._created_s = context.created_s
        self._calls: dict[int, _Call] = {}
        self._written_calls: set[int] = set()
        self._thoughts = 0
        self._reason = ""
        self._usage: Usage | None = None
        self._is_over = False

    def write(self, delta: Delta) -> bytes:
        """The line that tells the client of it; b"" where it must wait or there is none."""
        take = _TAKERS.get(type(delta))
        if take is None or self._is_over or getattr(delta, "choice", 0) != 0:
            return b""
        return take(self, delta)

    def end(self) -> bytes:
        """Calls that did not end, and the last line."""
        if self._is_over:
            return b""
        self._is_over = True
        return self._open_calls() + self._line("", {}, tail(self._reason, self._usage))

    def error(self, fault: Fault) -> bytes:
        """The line that the clients raise on."""
        if self._is_over:
            return b""
        self._is_over = True
        return write_error(fault) + b"\n"

    def _line(self, text: str, said: dict[str, Any], ending: dict[str, Any] | None = None) -> bytes:
        fields = head(self._model, self._created_s)
        if self._of_chat:
            fields["message"] = {"role": "assistant", "content": text, **said}
        else:
            fields |= {"response": text, **said}
        return _encode(fields | (ending or {"done": False})) + b"\n"

    def _start(self, delta: Start) -> bytes:
        self._model = delta.model or self._model
        return b""

    def _text(self, delta: TextDelta | RefusalDelta) -> bytes:
        return self._line(delta.text, {}) if delta.text else b""

    def _reasoning(self, delta: ReasoningDelta) -> bytes:
        said: dict[str, Any] = {"thinking": delta.text} if delta.text else {}
        if delta.signature or delta.redacted or delta.id:
            part = ReasoningPart(
                content=delta.text,
                signature=delta.signature,
                redacted=delta.redacted,
                source=delta.source,
                id=delta.id,
            )
            said["reasoning_details"] = [write_detail(part, self._thoughts, self._dialect)]
            self._thoughts += bool(delta.signature or delta.redacted)
        return self._line("", said) if said else b""

    def _medium(self, delta: MediaDelta) -> bytes:
        if delta.modality != "image" or not delta.data:
            return b""
        return self._line("", {"images": [delta.data]} if self._of_chat else {"image": delta.data})

    def _tool_start(self, delta: ToolStart) -> bytes:
        if delta.index not in self._written_calls:
            call = self._calls.setdefault(delta.index, _Call(delta))
            call.start = delta
        return b""

    def _arguments(self, delta: ToolArguments) -> bytes:
        if delta.index not in self._written_calls:
            unnamed = ToolStart(delta.index, "", "")
            self._calls.setdefault(delta.index, _Call(unnamed)).fragments.append(delta.fragment)
        return b""

    def _tool_end(self, delta: ToolEnd) -> bytes:
        return self._write_call(delta.index) if delta.index in self._calls else b""

    def _open_calls(self) -> bytes:
        return b"".join(map(self._write_call, list(self._calls)))

    def _write_call(self, index: int) -> bytes:
        (fields,) = sealed_calls([self._calls.pop(index).part()], self._dialect)
        fields["function"]["index"] = len(self._written_calls)
        self._written_calls.add(index)
        return self._line("", {"tool_calls": [fields]})

    def _stop(self, delta: Stop) -> bytes:
        self._reason = delta.reason
        return self._open_calls()

    def _figures(self, delta: UsageDelta) -> bytes:
        self._usage = delta.usage
        return b""

    def _failure(self, delta: ErrorDelta) -> bytes:
        return self.error(Fault(500, delta.message, type=delta.type, code=delta.code))


_TAKERS: MappingProxyType[type, Callable[[StreamWriter, Any], bytes]] = MappingProxyType(
    {
        Start: StreamWriter._start,
        TextDelta: StreamWriter._text,
        RefusalDelta: StreamWriter._text,
        ReasoningDelta: StreamWriter._reasoning,
        MediaDelta: StreamWriter._medium,
        ToolStart: StreamWriter._tool_start,
        ToolArguments: StreamWriter._arguments,
        ToolEnd: StreamWriter._tool_end,
        Stop: StreamWriter._stop,
        UsageDelta: StreamWriter._figures,
        ErrorDelta: StreamWriter._failure,
    }
)
