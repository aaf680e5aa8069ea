"""Deltas, written as the event-stream frames of ConverseStream.

The message's blocks follow each other: one must end before the next begins, and each has the next
index. Texts and thoughts have no start of their own. So what comes while a tool call is open waits
until that call ends: with its own end, or, since not every provider sends one, when something else
comes and its arguments are whole JSON. Providers that send one call after the other never wait;
interleaved calls come out one after the other, at the latest when the message ends.

A call's signature, which Bedrock has no place for, goes before it as a thought without text. A
client that keeps the message as it came brings it back (see `bedrock_blocks`).
"""

from collections.abc import Callable
from types import MappingProxyType
from typing import Any

import msgspec

from vedette.dialects.bedrock_answer import STOP_REASONS, call_id, told_sequence
from vedette.dialects.bedrock_blocks import NAME, close_blob, close_call_signature
from vedette.dialects.bedrock_errors import write_exception
from vedette.dialects.bedrock_usage import write_usage
from vedette.dialects.contract import Fault, WriteContext
from vedette.dialects.eventstream import exception_frame, frame
from vedette.dialects.reading import JSON_ERRORS
from vedette.dialects.signatures import seal, seal_thought
from vedette.model.chat import (
    Delta,
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

_encode = msgspec.json.Encoder().encode

_IMAGES = MappingProxyType(
    {"image/png": "png", "image/jpeg": "jpeg", "image/gif": "gif", "image/webp": "webp"}
)


class _Call:
    """The open tool call and the arguments it got."""

    __slots__ = ("arguments", "index")

    def __init__(self, index: int) -> None:
        self.index = index
        self.arguments: list[str] = []

    def is_whole(self) -> bool:
        """Whether nothing can come that would belong to its arguments."""
        try:
            msgspec.json.decode("".join(self.arguments))
        except JSON_ERRORS:
            return False
        return True


class StreamWriter:
    """Writes one stream to a Bedrock client."""

    __slots__ = (
        "_context", "_index", "_kind", "_open", "_out", "_reason", "_seen", "_sequence", "_signed",
        "_source", "_started", "_usage", "_waiting",
    )  # fmt: skip

    def __init__(self, context: WriteContext) -> None:
        self._context = context
        self._out: list[bytes] = []
        self._started = False
        self._index = 0
        self._kind = ""
        """Of the open block; empty where none is."""
        self._signed = False
        self._source = ""
        """Who thought the open thought."""
        self._open: _Call | None = None
        self._seen: set[int] = set()
        """Ordinals of the calls that have begun."""
        self._waiting: list[Delta] = []
        self._reason = ""
        self._sequence = ""
        self._usage: Usage | None = None

    def write(self, delta: Delta) -> bytes:
        """The frames that tell the client of it; b"" where they must wait or there are none."""
        take = _TAKERS.get(type(delta))
        if take is None or getattr(delta, "choice", None):
            return b""
        take(self, delta)
        return self._taken()

    def end(self) -> bytes:
        """The rest: waiting calls, why the message ended, the figures."""
        self._begin()
        self._close()
        while self._waiting:
            self._resume()
            self._close()
        reason = STOP_REASONS.get(self._reason, "tool_use" if self._seen else "end_turn")
        stop: dict[str, Any] = {"stopReason": reason}
        if told := told_sequence(self._sequence, self._context):
            stop["additionalModelResponseFields"] = told
        self._event("messageStop", stop)
        usage = write_usage(self._usage)
        self._event("metadata", {"usage": usage, "metrics": {"latencyMs": 0}})
        return self._taken()

    def error(self, fault: Fault) -> bytes:
        """An exception: SDKs raise it, whatever came before."""
        return exception_frame(*write_exception(fault))

    def _taken(self) -> bytes:
        out, self._out = self._out, []
        return out[0] if len(out) == 1 else b"".join(out)

    def _event(self, name: str, payload: dict[str, Any]) -> None:
        self._out.append(frame(name, _encode(payload)))

    def _delta(self, delta: dict[str, Any]) -> None:
        self._event("contentBlockDelta", {"contentBlockIndex": self._index, "delta": delta})

    def _begin(self, _: Start | None = None) -> None:
        if not self._started:
            self._started = True
            self._event("messageStart", {"role": "assistant"})

    def _enter(self, kind: str) -> None:
        """Be in a block of this kind."""
        self._begin()
        if self._kind != kind:
            self._close()
            self._kind = kind

    def _close(self) -> None:
        """End the open block, if there is one."""
        if (call := self._open) is not None:
            if not call.arguments:
                # A call without arguments is one with none, not one with an empty text.
                self._delta({"toolUse": {"input": "{}"}})
            self._open = None
        if self._kind == "reasoning" and not self._signed:
            if sealed := seal_thought("", self._source, NAME):
                self._delta({"reasoningContent": {"signature": sealed}})
        if self._kind:
            self._event("contentBlockStop", {"contentBlockIndex": self._index})
            self._index += 1
            self._kind = self._source = ""
            self._signed = False

    def _has_turn(self, delta: Delta) -> bool:
        """Whether this may be written now; else it waits."""
        if self._open is not None and self._open.is_whole():
            self._close()
            self._resume()
        if self._open is None and not self._waiting:
            return True
        self._waiting.append(delta)
        return False

    def _resume(self) -> None:
        """Take what has waited, until a call is open again."""
        waiting, self._waiting = self._waiting, []
        for delta in waiting:
            _TAKERS[type(delta)](self, delta)

    def _text(self, delta: TextDelta | RefusalDelta) -> None:
        if delta.text and self._has_turn(delta):
            self._enter("text")
            self._delta({"text": delta.text})

    def _thought(self, delta: ReasoningDelta) -> None:
        if not (delta.text or delta.signature) or not self._has_turn(delta):
            return
        signature = seal(delta.signature, delta.source, NAME)
        if delta.redacted:
            self._enter("redacted")
            self._delta({"reasoningContent": {"redactedContent": close_blob(signature)}})
            self._close()
            return
        if self._signed:
            # What follows a signature is another thought.
            self._close()
        self._enter("reasoning")
        self._source = delta.source or self._source
        if delta.text:
            self._delta({"reasoningContent": {"text": delta.text}})
        if signature:
            self._delta({"reasoningContent": {"signature": signature}})
            self._signed = True

    def _medium(self, delta: MediaDelta) -> None:
        """A picture, whole. ConverseStream has no sounds."""
        word = _IMAGES.get(delta.mime_type)
        if word is None or not delta.data or not self._has_turn(delta):
            return
        self._enter("image")
        start = {"image": {"format": word}}
        self._event("contentBlockStart", {"contentBlockIndex": self._index, "start": start})
        self._delta({"image": {"source": {"bytes": delta.data}}})
        self._close()

    def _call(self, delta: ToolStart) -> None:
        if delta.index in self._seen or not self._has_turn(delta):
            return
        self._seen.add(delta.index)
        self._begin()
        self._close()
        if signature := close_call_signature(delta.signature, delta.source):
            self._enter("signature")
            self._delta({"reasoningContent": {"signature": signature}})
            self._close()
        self._kind = "tool"
        self._open = _Call(delta.index)
        id = delta.id or call_id(self._context, delta.index)
        tool = {"toolUse": {"toolUseId": id, "name": delta.name}}
        self._event("contentBlockStart", {"contentBlockIndex": self._index, "start": tool})

    def _arguments(self, delta: ToolArguments) -> None:
        if not delta.fragment:
            return
        if self._open is not None and self._open.index == delta.index:
            self._open.arguments.append(delta.fragment)
            self._delta({"toolUse": {"input": delta.fragment}})
        elif self._waiting:
            self._waiting.append(delta)

    def _call_end(self, delta: ToolEnd) -> None:
        if self._open is not None and self._open.index == delta.index:
            self._close()
            self._resume()
        elif self._waiting:
            self._waiting.append(delta)

    def _stop(self, delta: Stop) -> None:
        self._reason = delta.reason or self._reason
        self._sequence = delta.sequence or self._sequence

    def _figures(self, delta: UsageDelta) -> None:
        self._usage = delta.usage


_TAKERS: dict[type, Callable[[StreamWriter, Any], None]] = {
    Start: StreamWriter._begin,
    TextDelta: StreamWriter._text,
    RefusalDelta: StreamWriter._text,
    ReasoningDelta: StreamWriter._thought,
    MediaDelta: StreamWriter._medium,
    ToolStart: StreamWriter._call,
    ToolArguments: StreamWriter._arguments,
    ToolEnd: StreamWriter._call_end,
    Stop: StreamWriter._stop,
    UsageDelta: StreamWriter._figures,
}
