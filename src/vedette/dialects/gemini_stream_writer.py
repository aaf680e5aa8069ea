"""A streamed answer, written as Gemini's clients read it.

Each event is an answer with the new parts. A call has no pieces in this format: it waits until its
arguments are whole. Why a choice ended and the figures stand in the last event, so `Stop` and
usage wait for `end`.
"""

from collections.abc import Iterable
from typing import Any

import msgspec

from vedette.dialects.contract import Fault, WriteContext
from vedette.dialects.gemini_answer import answer_part, no_extras
from vedette.dialects.gemini_errors import error_fields
from vedette.dialects.gemini_part_writer import call_part
from vedette.dialects.gemini_stops import finish_reason
from vedette.dialects.gemini_usage import write_usage
from vedette.dialects.reading import decode
from vedette.model.chat import (
    Delta,
    MediaDelta,
    MediaPart,
    Part,
    ReasoningDelta,
    ReasoningPart,
    RefusalDelta,
    Start,
    Stop,
    TextDelta,
    TextPart,
    ToolArguments,
    ToolCallPart,
    ToolEnd,
    ToolStart,
    UsageDelta,
)
from vedette.model.usage import Usage


class _Call:
    """A call that is still growing."""

    __slots__ = ("fragments", "start")

    def __init__(self, start: ToolStart) -> None:
        self.start = start
        self.fragments: list[str] = []

    @property
    def is_whole(self) -> bool:
        text = "".join(self.fragments)
        return not text.strip() or isinstance(decode(text), dict)

    def part(self) -> ToolCallPart:
        return ToolCallPart(
            name=self.start.name,
            id=self.start.id,
            arguments="".join(self.fragments).strip(),
            signature=self.start.signature,
            source=self.start.source,
        )


class _Choice:
    __slots__ = ("calls", "reason", "told")

    def __init__(self) -> None:
        self.calls: dict[int, _Call] = {}
        """Calls that were not told yet, in the order in which they began."""
        self.told: set[int] = set()
        self.reason = ""


class StreamWriter:
    """Writes one stream as server-sent events (`alt=sse`)."""

    def __init__(self, context: WriteContext) -> None:
        self._id = context.id
        self._model = context.model
        self._choices: dict[int, _Choice] = {}
        self._usage: Usage | None = None

    def write(self, delta: Delta) -> bytes:
        """The bytes that tell the client of it; b"" where they must wait or there are none."""
        match delta:
            case TextDelta() | RefusalDelta() | ReasoningDelta() | MediaDelta():
                return self._say(delta)
            case ToolStart() | ToolArguments() | ToolEnd():
                return self._call(delta)
            case Start(id=id, model=model):
                self._id, self._model = id or self._id, model or self._model
            case UsageDelta(usage=usage):
                self._usage = usage
            case Stop(reason=reason, choice=choice):
                self._choice(choice).reason = reason
            case _:
                pass
        return b""

    def end(self) -> bytes:
        """What waited, then the event that ends every choice."""
        told = b"".join(
            self._tell(number, choice.calls.keys()) for number, choice in self._choices.items()
        )
        candidates = [
            _candidate({"text": ""}, number)
            | {"finishReason": finish_reason(self._choices[number].reason)}
            for number in sorted(self._choices or {0: self._choice(0)})
        ]
        return told + self._event(candidates) + self._closing()

    def error(self, fault: Fault) -> bytes:
        """The last event of a stream that failed; Google's clients raise what it says."""
        return self._frame(msgspec.json.encode(error_fields(fault))) + self._closing()

    def _choice(self, number: int) -> _Choice:
        if (choice := self._choices.get(number)) is None:
            choice = self._choices[number] = _Choice()
        return choice

    def _say(self, delta: TextDelta | RefusalDelta | ReasoningDelta | MediaDelta) -> bytes:
        choice = self._choice(delta.choice)
        before = b""
        if choice.calls:
            whole = [index for index, call in choice.calls.items() if call.is_whole]
            before = self._tell(delta.choice, whole)
        if isinstance(delta, TextDelta):
            if not delta.text:
                return before
            return before + self._event([_candidate({"text": delta.text}, delta.choice)])
        part = answer_part(_part_of(delta), no_extras)
        if part is None:
            return before
        return before + self._event([_candidate(part, delta.choice)])

    def _call(self, delta: ToolStart | ToolArguments | ToolEnd) -> bytes:
        choice = self._choice(delta.choice)
        if delta.index in choice.told:
            return b""
        if isinstance(delta, ToolEnd):
            return self._tell(delta.choice, [delta.index])
        call = choice.calls.get(delta.index)
        if isinstance(delta, ToolStart):
            if call is None:
                choice.calls[delta.index] = _Call(delta)
            else:
                call.start = delta
            return b""
        if call is None:
            start = ToolStart(delta.index, "", "", delta.choice)
            call = choice.calls[delta.index] = _Call(start)
        call.fragments.append(delta.fragment)
        return b""

    def _tell(self, number: int, indices: Iterable[int]) -> bytes:
        """The calls of these indices that have begun, one event each."""
        choice = self._choices[number]
        told = []
        for index in list(indices):
            if (call := choice.calls.pop(index, None)) is not None:
                choice.told.add(index)
                part = call_part(call.part(), no_extras)
                told.append(self._event([_candidate(part, number)]))
        return b"".join(told)

    def _event(self, candidates: list[dict[str, Any]]) -> bytes:
        event: dict[str, Any] = {"candidates": candidates}
        if self._usage is not None and "finishReason" in candidates[0]:
            event["usageMetadata"] = write_usage(self._usage)
        event |= {"modelVersion": self._model, "responseId": self._id}
        return self._frame(msgspec.json.encode(event))

    def _frame(self, event: bytes) -> bytes:
        return b"data: %b\r\n\r\n" % event

    def _closing(self) -> bytes:
        return b""


class ArrayWriter(StreamWriter):
    """Writes one stream as the list that Gemini answers with where `alt=sse` is not asked for."""

    def __init__(self, context: WriteContext) -> None:
        super().__init__(context)
        self._before = b"["

    def _frame(self, event: bytes) -> bytes:
        before, self._before = self._before, b",\r\n"
        return before + event + b"\n"

    def _closing(self) -> bytes:
        return b"]\n"


def _candidate(part: dict[str, Any], number: int) -> dict[str, Any]:
    return {"content": {"parts": [part], "role": "model"}, "index": number}


def _part_of(delta: RefusalDelta | ReasoningDelta | MediaDelta) -> Part:
    match delta:
        case RefusalDelta(text=text):
            return TextPart(content=text)
        case ReasoningDelta():
            return ReasoningPart(
                content=delta.text,
                signature=delta.signature,
                redacted=delta.redacted,
                source=delta.source,
                id=delta.id,
            )
        case MediaDelta():
            return MediaPart(
                modality=delta.modality,
                mime_type=delta.mime_type,
                file_id=delta.file_id,
                data=delta.data,
            )
