"""A streamed chat completion, written from deltas.

Each choice begins with its role, and no choice before those of lower number: clients keep them in
a list. Tool calls are numbered in the order in which they come. What ends a choice is written at
the end of the stream, when it is known to be the last of it, with the figures after it.

A signed thought is told as text while it comes and once more, whole, with its signature in
`reasoning_details` (`openai_reasoning`).
"""

from collections.abc import Callable
from typing import Any

import msgspec

from vedette.dialects.contract import Fault, WriteContext
from vedette.dialects.openai_chat_answer import call_id, stop_reason, wants_functions
from vedette.dialects.openai_chat_part_writer import Members, call_members
from vedette.dialects.openai_errors import write_error
from vedette.dialects.openai_media import data_url, encoded_media
from vedette.dialects.openai_reasoning import detail
from vedette.dialects.openai_usage_writer import write_chat_usage
from vedette.dialects.signatures import seal
from vedette.model.chat import (
    Delta,
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

NAME = "openai_chat"
_MAX_CHOICES = 128
"""More than OpenAI gives; a number beyond is a provider's mistake."""


class _Choice:
    """What of a choice is under way."""

    __slots__ = ("calls", "details", "images", "refused", "sound", "stop", "thought")

    def __init__(self) -> None:
        self.calls: dict[int, _Call] = {}
        self.details = 0
        self.images = 0
        self.refused = False
        self.sound = ""
        self.stop = ""
        self.thought: list[str] = []


class _Call:
    __slots__ = ("has_arguments", "is_whole", "number")

    def __init__(self, number: int) -> None:
        self.number = number
        self.has_arguments = False
        self.is_whole = False


class StreamWriter:
    """Writes one stream."""

    __slots__ = ("_choices", "_context", "_functions", "_head", "_tail", "_usage")

    def __init__(self, context: WriteContext) -> None:
        self._context = context
        self._functions = wants_functions(context.request)
        self._choices: list[_Choice] = []
        self._usage: Usage | None = None
        self._tail = b',"usage":null}\n\n' if context.request.include_usage else b"}\n\n"
        self._head = b""

    def write(self, delta: Delta) -> bytes:
        """The chunks that tell of it; b"" where there is nothing to tell yet."""
        choice = getattr(delta, "choice", 0)
        if type(delta) is TextDelta and 0 <= choice < len(self._choices):
            return self._chunk(choice, {"content": delta.text})
        write = _WRITERS.get(type(delta))
        if write is None or not 0 <= choice < _MAX_CHOICES:
            return b""
        written: bytes = write(self, delta)
        return written

    def follow(self, delta: Delta) -> None:
        """Keep step with what is told in other bytes: texts leave nothing behind."""
        if type(delta) is not TextDelta or not 0 <= delta.choice < len(self._choices):
            self.write(delta)

    def end(self) -> bytes:
        """The ends of the choices, the figures, `[DONE]`."""
        written = [] if self._choices else [self._begin(0)]
        for index, choice in enumerate(self._choices):
            written += [self._finish_call(index, call) for call in choice.calls.values()]
            written.append(self._chunk(index, {}, self._reason(choice)))
        if self._context.request.include_usage and self._usage is not None:
            figures = msgspec.json.encode(write_chat_usage(self._usage))
            written.append(b'%s"choices":[],"usage":%s}\n\n' % (self._start(), figures))
        return b"".join([*written, b"data: [DONE]\n\n"])

    def error(self, fault: Fault) -> bytes:
        """The last event of a stream that failed: clients raise on it."""
        return b"data: " + write_error(fault) + b"\n\n"

    def _start(self, id: str = "", model: str = "") -> bytes:
        """What every chunk begins with, up to its choices."""
        if not self._head:
            head = msgspec.json.encode(
                {
                    "id": id or f"chatcmpl-{self._context.id}",
                    "object": "chat.completion.chunk",
                    "created": self._context.created_s,
                    "model": model or self._context.model,
                }
            )
            self._head = b"data: " + head[:-1] + b","
        return self._head

    def _chunk(self, index: int, delta: Members, reason: str = "") -> bytes:
        return b'%s"choices":[{"index":%d,"delta":%s,"logprobs":null,"finish_reason":%s}]%s' % (
            self._head,
            index,
            msgspec.json.encode(delta),
            b'"%s"' % reason.encode() if reason else b"null",
            self._tail,
        )

    def _begin(self, index: int) -> bytes:
        """The role of this choice and of all before it that have not begun."""
        self._start()
        written = []
        while len(self._choices) <= index:
            role = {"role": "assistant", "content": ""}
            written.append(self._chunk(len(self._choices), role))
            self._choices.append(_Choice())
        return b"".join(written)

    def _choice(self, index: int) -> _Choice:
        return self._choices[index]

    def _write_start(self, delta: Start) -> bytes:
        self._start(delta.id, delta.model)
        return self._begin(0)

    def _write_text(self, delta: TextDelta) -> bytes:
        return self._begin(delta.choice) + self._chunk(delta.choice, {"content": delta.text})

    def _write_refusal(self, delta: RefusalDelta) -> bytes:
        begun = self._begin(delta.choice)
        self._choice(delta.choice).refused = True
        return begun + self._chunk(delta.choice, {"refusal": delta.text})

    def _write_reasoning(self, delta: ReasoningDelta) -> bytes:
        begun = self._begin(delta.choice)
        choice = self._choice(delta.choice)
        if not delta.redacted:
            choice.thought.append(delta.text)
        members: Members = {"reasoning_content": delta.text} if delta.text else {}
        if delta.signature or delta.redacted:
            part = ReasoningPart(
                content="" if delta.redacted else "".join(choice.thought),
                signature=delta.signature,
                redacted=delta.redacted,
                source=delta.source,
                id=delta.id,
            )
            members["reasoning_details"] = [detail(part, choice.details)]
            choice.details += 1
            choice.thought.clear()
        return begun + self._chunk(delta.choice, members) if members else begun

    def _write_call(self, delta: ToolStart) -> bytes:
        begun = self._begin(delta.choice)
        calls = self._choice(delta.choice).calls
        if delta.index in calls:
            return begun
        call = calls[delta.index] = _Call(len(calls))
        id = call_id(delta.id, self._context, delta.choice, call.number)
        signature = seal(delta.signature, delta.source, NAME)
        members = call_members(ToolCallPart(name=delta.name, arguments=""), id, signature, {})
        if self._functions:
            return begun + self._chunk(delta.choice, {"function_call": members["function"]})
        tool_calls = [{"index": call.number, **members}]
        return begun + self._chunk(delta.choice, {"tool_calls": tool_calls})

    def _write_arguments(self, delta: ToolArguments) -> bytes:
        begun = b""
        if len(self._choices) <= delta.choice or (
            delta.index not in self._choices[delta.choice].calls
        ):
            begun = self._write_call(ToolStart(delta.index, "", "", delta.choice))
        call = self._choices[delta.choice].calls[delta.index]
        if call.is_whole or not delta.fragment:
            return begun
        call.has_arguments = True
        return begun + self._arguments(delta.choice, call, delta.fragment)

    def _arguments(self, choice: int, call: _Call, fragment: str) -> bytes:
        function = {"arguments": fragment}
        if self._functions:
            return self._chunk(choice, {"function_call": function})
        return self._chunk(choice, {"tool_calls": [{"index": call.number, "function": function}]})

    def _write_call_end(self, delta: ToolEnd) -> bytes:
        if len(self._choices) <= delta.choice:
            return b""
        call = self._choices[delta.choice].calls.get(delta.index)
        return b"" if call is None else self._finish_call(delta.choice, call)

    def _finish_call(self, choice: int, call: _Call) -> bytes:
        """A call without arguments has an empty object of them."""
        was_whole, call.is_whole = call.is_whole, True
        return b"" if was_whole or call.has_arguments else self._arguments(choice, call, "{}")

    def _write_media(self, delta: MediaDelta) -> bytes:
        begun = self._begin(delta.choice)
        choice = self._choice(delta.choice)
        if delta.modality == "audio":
            audio = {"data": delta.data} if delta.data else {}
            if not choice.sound:
                # Clients join the ids of all pieces: it is said once.
                choice.sound = delta.file_id or f"audio_{self._context.id}"
                audio["id"] = choice.sound
            return begun + self._chunk(delta.choice, {"audio": audio})
        if delta.modality != "image" or not delta.data:
            return begun
        part = encoded_media("image", delta.data, mime_type=delta.mime_type or "image/png")
        image = {"type": "image_url", "image_url": {"url": data_url(part)}, "index": choice.images}
        choice.images += 1
        return begun + self._chunk(delta.choice, {"images": [image]})

    def _note_stop(self, delta: Stop) -> bytes:
        begun = self._begin(delta.choice)
        self._choice(delta.choice).stop = delta.reason
        return begun

    def _note_usage(self, delta: UsageDelta) -> bytes:
        self._usage = delta.usage
        return b""

    def _reason(self, choice: _Choice) -> str:
        reason = stop_reason(choice.stop, calls=bool(choice.calls), refused=choice.refused)
        return "function_call" if self._functions and reason == "tool_calls" else reason


_WRITERS: dict[type, Callable[[StreamWriter, Any], bytes]] = {
    Start: StreamWriter._write_start,
    TextDelta: StreamWriter._write_text,
    RefusalDelta: StreamWriter._write_refusal,
    ReasoningDelta: StreamWriter._write_reasoning,
    ToolStart: StreamWriter._write_call,
    ToolArguments: StreamWriter._write_arguments,
    ToolEnd: StreamWriter._write_call_end,
    MediaDelta: StreamWriter._write_media,
    Stop: StreamWriter._note_stop,
    UsageDelta: StreamWriter._note_usage,
}
