"""A streamed completion, written from deltas.

It tells texts and nothing else. What ends a choice is written at the end of the stream, when it is
known to be the last of it, with the figures after it where the client asked for them.
"""

import msgspec

from vedette.dialects.contract import Fault, WriteContext
from vedette.dialects.openai_completions_answer import stop_reason
from vedette.dialects.openai_errors import write_error
from vedette.dialects.openai_usage_writer import write_chat_usage
from vedette.model.chat import (
    Delta,
    ErrorDelta,
    RefusalDelta,
    Start,
    Stop,
    TextDelta,
    UsageDelta,
)
from vedette.model.usage import Usage

_encode = msgspec.json.Encoder().encode


class StreamWriter:
    """Writes one stream of server-sent events."""

    def __init__(self, context: WriteContext) -> None:
        self._context = context
        self._wants_usage = context.request.include_usage
        self._nulls = b',"usage":null' if self._wants_usage else b""
        self._head = self._chunk_head("", "")
        self._stops: dict[int, str] = {}
        """Neutral words by choice; empty while it goes on."""
        self._usage: Usage | None = None
        self._fault: Fault | None = None

    def write(self, delta: Delta) -> bytes:
        """The bytes that tell the client of it."""
        match delta:
            case TextDelta(text=text, choice=choice) | RefusalDelta(text=text, choice=choice):
                self._stops.setdefault(choice, "")
                return self._chunk(text, choice, b"null") if text else b""
            case Start(id=id, model=model) if not self._stops:
                self._head = self._chunk_head(id, model)
            case Stop(reason=reason, choice=choice):
                self._stops[choice] = reason
            case UsageDelta(usage=usage):
                self._usage = usage
            case ErrorDelta():
                self._fault = Fault(502, delta.message, delta.type or "upstream_error", delta.code)
            case _:
                pass
        return b""

    def end(self) -> bytes:
        """Why each choice ended, the figures, and `[DONE]`."""
        if self._fault is not None:
            return self.error(self._fault)
        stops = self._stops or {0: ""}
        written = [
            self._chunk("", choice, _encode(stop_reason(stops[choice]))) for choice in sorted(stops)
        ]
        if self._wants_usage and self._usage is not None:
            figures = _encode(write_chat_usage(self._usage))
            written.append(b'%b"choices":[],"usage":%b}\n\n' % (self._head, figures))
        return b"".join((*written, b"data: [DONE]\n\n"))

    def error(self, fault: Fault) -> bytes:
        """The event that clients raise on."""
        return b"data: %b\n\n" % write_error(fault)

    def _chunk_head(self, id: str, model: str) -> bytes:
        fields = {
            "id": id or f"cmpl-{self._context.id}",
            "object": "text_completion",
            "created": self._context.created_s,
            "model": model or self._context.model,
        }
        return b"data: %b," % _encode(fields)[:-1]

    def _chunk(self, text: str, choice: int, reason: bytes) -> bytes:
        return b'%b"choices":[{"text":%b,"index":%d,"logprobs":null,"finish_reason":%b}]%b}\n\n' % (
            self._head, _encode(text), choice, reason, self._nulls,
        )  # fmt: skip
