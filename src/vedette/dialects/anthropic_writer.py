"""A streamed message, written from deltas.

The format has blocks, one after the other: each begins, grows and ends before the next. Deltas of
other dialects come as they like. So they are sorted into blocks by this rule:

* Text goes on with the last block if that is text, and thoughts with the last if that is a
  thought; else a new block begins at the end. A signature ends its thought, and something redacted
  is a thought of its own. What a call gets goes to the block of that call, wherever it is.
* Only the first block that has not ended is written, as it grows; later ones wait in memory.
* A block of text or thought ends when there is another after it. A call ends when it is said to
  (`ToolEnd`), or when there is another block after it and its arguments are whole JSON: so the
  arguments of two calls may come in turns. At the end of the stream every block ends.

What comes for a call after its block has ended is dropped. A call without arguments gets none: its
block begins with `{}`. Figures and the reason to stop are known at the end; at the start stand
zeros, which the last figures replace.
"""

from collections.abc import Callable
from typing import Any

import msgspec

from vedette.dialects.anthropic_answer import call_id, stop_reason
from vedette.dialects.anthropic_blocks import NAME, call_mark
from vedette.dialects.anthropic_errors import write_error
from vedette.dialects.anthropic_usage import write_last_usage, write_usage
from vedette.dialects.contract import Fault, WriteContext
from vedette.dialects.reading import decode
from vedette.dialects.signatures import seal_thought
from vedette.dialects.tool_names import full_names
from vedette.model.chat import (
    Delta,
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

Members = dict[str, Any]


class _Block:
    """A block; `waiting` are the deltas that are not written yet."""

    __slots__ = ("arguments", "begun", "checks", "ended", "kind", "mark", "opening", "waiting")

    def __init__(self, kind: str, opening: Members) -> None:
        self.kind = kind
        self.opening = opening
        self.waiting: list[Members] = []
        self.arguments: list[str] = []
        self.checks = 0
        self.begun = False
        self.ended = False
        self.mark = ""

    def add(self, kind: str, field: str, text: str) -> None:
        self.waiting.append({"type": kind, field: text})

    def may_end(self) -> bool:
        """Whether the block may end now that there is another after it."""
        if self.kind != "tool_use" or self.ended:
            return True
        if not self.arguments or not self.arguments[-1].endswith("}") or self.checks >= _CHECKS:
            return False
        self.checks += 1
        return decode("".join(self.arguments)) is not None


_CHECKS = 32
"""So often a call's arguments are looked at; after that its end is waited for."""


class StreamWriter:
    """Writes one stream."""

    __slots__ = (
        "_blocks", "_calls", "_context", "_index", "_names", "_refused", "_started", "_stop",
        "_usage",
    )  # fmt: skip

    def __init__(self, context: WriteContext) -> None:
        self._context = context
        self._blocks: list[_Block] = []
        self._calls: dict[int, _Block] = {}
        self._names = full_names(context.request.tools)
        self._index = 0
        self._started = False
        self._refused = False
        self._stop = Stop("")
        self._usage: Usage | None = None

    def write(self, delta: Delta) -> bytes:
        """The events that tell of it; b"" where there is nothing to tell yet."""
        # There is one choice in this format; others were not asked for.
        take = None if getattr(delta, "choice", 0) else _TAKERS.get(type(delta))
        if take is None:
            return b""
        started = self._start(delta)
        take(self, delta)
        return started + self._flush()

    def end(self) -> bytes:
        """The ends of all blocks, the reason to stop with the figures, `message_stop`."""
        written = [self._start(Start())]
        for block in self._blocks:
            block.ended = True
        written.append(self._flush(is_last=True))
        reason = stop_reason(self._stop.reason, calls=bool(self._calls), refused=self._refused)
        stop = {"stop_reason": reason, "stop_sequence": self._stop.sequence or None}
        written.append(
            _event(
                "message_delta",
                {"type": "message_delta", "delta": stop, "usage": write_last_usage(self._usage)},
            )
        )
        written.append(_event("message_stop", {"type": "message_stop"}))
        return b"".join(written)

    def error(self, fault: Fault) -> bytes:
        """The last event of a stream that failed: clients raise on it."""
        return b"event: error\ndata: " + write_error(fault) + b"\n\n"

    def _start(self, delta: Delta) -> bytes:
        if self._started:
            return b""
        self._started = True
        told = delta if isinstance(delta, Start) else Start()
        message: Members = {
            "id": told.id or f"msg_{self._context.id}",
            "type": "message",
            "role": "assistant",
            "model": told.model or self._context.model,
            "content": [],
            "stop_reason": None,
            "stop_sequence": None,
            "usage": write_usage(self._usage),
        }
        return _event("message_start", {"type": "message_start", "message": message})

    def _flush(self, *, is_last: bool = False) -> bytes:
        """All that may be written now."""
        written: list[bytes] = []
        while self._blocks:
            block = self._blocks[0]
            is_followed = is_last or len(self._blocks) > 1
            is_over = block.ended or (is_followed and block.may_end())
            if is_over and block.mark:
                block.add("signature_delta", "signature", block.mark)
            written += self._grow(block)
            if not is_over:
                break
            stop = {"type": "content_block_stop", "index": self._index}
            written.append(_event("content_block_stop", stop))
            block.ended = True
            self._index += 1
            del self._blocks[0]
        return b"".join(written)

    def _grow(self, block: _Block) -> list[bytes]:
        written = []
        if not block.begun:
            block.begun = True
            start = {"index": self._index, "content_block": block.opening}
            written.append(_event("content_block_start", {"type": "content_block_start", **start}))
        for delta in block.waiting:
            grown = {"type": "content_block_delta", "index": self._index, "delta": delta}
            written.append(_event("content_block_delta", grown))
        block.waiting.clear()
        return written

    def _last(self, kind: str, opening: Members) -> _Block:
        """The last block if it is of this kind and has not ended, else a new one."""
        last = self._blocks[-1] if self._blocks else None
        if last is None or last.kind != kind or last.ended:
            last = _Block(kind, opening)
            self._blocks.append(last)
        return last

    def _take_text(self, delta: TextDelta | RefusalDelta) -> None:
        if delta.text:
            block = self._last("text", {"type": "text", "text": ""})
            block.add("text_delta", "text", delta.text)
            self._refused = self._refused or isinstance(delta, RefusalDelta)

    def _take_reasoning(self, delta: ReasoningDelta) -> None:
        signature = seal_thought(delta.signature, delta.source, NAME)
        if delta.redacted:
            self._add_redacted({"type": "redacted_thinking", "data": signature})
            return
        if not delta.text and not signature:
            return
        block = self._last("thinking", {"type": "thinking", "thinking": "", "signature": ""})
        if delta.text:
            block.add("thinking_delta", "thinking", delta.text)
        # A thought that nobody signed bears at least the mark of who thought it.
        block.mark = signature or block.mark
        block.ended = bool(delta.signature)

    def _add_redacted(self, opening: Members) -> None:
        block = _Block("redacted_thinking", opening)
        block.ended = True
        self._blocks.append(block)

    def _take_call(self, delta: ToolStart) -> None:
        if delta.index not in self._calls:
            if (mark := call_mark(delta.signature, delta.source)) is not None:
                self._add_redacted(mark)
            opening = {
                "type": "tool_use",
                "id": call_id(delta.id, self._context, len(self._calls)),
                "name": self._names.get(delta.name, delta.name),
                "input": {},
            }
            block = self._calls[delta.index] = _Block("tool_use", opening)
            self._blocks.append(block)

    def _take_arguments(self, delta: ToolArguments) -> None:
        self._take_call(ToolStart(delta.index, "", ""))
        block = self._calls[delta.index]
        if delta.fragment and not block.ended:
            block.arguments.append(delta.fragment)
            block.add("input_json_delta", "partial_json", delta.fragment)

    def _take_call_end(self, delta: ToolEnd) -> None:
        if (block := self._calls.get(delta.index)) is not None:
            block.ended = True

    def _take_stop(self, delta: Stop) -> None:
        self._stop = delta

    def _take_usage(self, delta: UsageDelta) -> None:
        self._usage = delta.usage

    def _take_start(self, delta: Start) -> None:
        pass


_TAKERS: dict[type, Callable[[StreamWriter, Any], None]] = {
    Start: StreamWriter._take_start,
    TextDelta: StreamWriter._take_text,
    RefusalDelta: StreamWriter._take_text,
    ReasoningDelta: StreamWriter._take_reasoning,
    ToolStart: StreamWriter._take_call,
    ToolArguments: StreamWriter._take_arguments,
    ToolEnd: StreamWriter._take_call_end,
    Stop: StreamWriter._take_stop,
    UsageDelta: StreamWriter._take_usage,
}


def _event(name: str, data: Members) -> bytes:
    return b"event: %s\ndata: %s\n\n" % (name.encode(), msgspec.json.encode(data))
