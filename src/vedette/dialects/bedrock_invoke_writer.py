"""Streams of `InvokeModelWithResponseStream`, written anew in the format that the client asked in.

The format is that of the request's body: Anthropic's messages, Converse (Nova), or chat as OpenAI
has it. Its own writer writes the events; here they are put into frames, the figures into the last.
A request that is a prompt is answered as the provider's first event tells (`Start.form`).
"""

from collections.abc import Callable
from typing import Any, Protocol

import msgspec

from vedette.dialects import (
    anthropic_writer,
    bedrock_writer,
    openai_chat_writer,
    openai_completions_writer,
)
from vedette.dialects.bedrock_invoke_stream import chunk
from vedette.dialects.bedrock_invoke_texts import write_metrics
from vedette.dialects.bedrock_invoke_texts_writer import TextsWriter, guessed
from vedette.dialects.contract import Fault, StreamWriter, WriteContext
from vedette.dialects.eventstream import EventStreamReader, frame
from vedette.dialects.framing import SSEReader, SSEvent
from vedette.dialects.reading import JSON_ERRORS, decode
from vedette.model.chat import Delta, Start, UsageDelta
from vedette.model.usage import Usage

_DONE = b"[DONE]"


class _Events(Protocol):
    def feed(self, data: bytes) -> list[SSEvent]: ...


class InvokeWriter:
    """Writes one stream of messages."""

    __slots__ = ("_context", "_events", "_inner", "_usage")

    def __init__(self, context: WriteContext, inner: StreamWriter, events: _Events) -> None:
        self._context = context
        self._inner = inner
        self._events = events
        self._usage: Usage | None = None

    def write(self, delta: Delta) -> bytes:
        """The frames that tell of it."""
        if isinstance(delta, UsageDelta):
            self._usage = delta.usage
        return _framed(self._told(self._inner.write(delta)))

    def end(self) -> bytes:
        """The last events of the format, the very last with Bedrock's figures."""
        events = self._told(self._inner.end())
        if events and (figures := write_metrics(self._usage)):
            events[-1] = msgspec.json.encode({**decode(events[-1]), **figures})
        return _framed(events)

    def error(self, fault: Fault) -> bytes:
        """The frame that Bedrock ends a stream with that failed."""
        return bedrock_writer.StreamWriter(self._context).error(fault)

    def _told(self, data: bytes) -> list[bytes]:
        told = (event.data for event in self._events.feed(data))
        return [event for event in told if event not in (b"", _DONE)]


class PromptWriter:
    """Writes one stream that answers a prompt, in the format of its first event."""

    __slots__ = ("_context", "_inner")

    def __init__(self, context: WriteContext, form: str) -> None:
        self._context = context
        self._inner: StreamWriter = TextsWriter(context, form)

    def write(self, delta: Delta) -> bytes:
        """The frames that tell of it."""
        if isinstance(delta, Start) and delta.form == "choices":
            inner = openai_completions_writer.StreamWriter(self._context)
            self._inner = InvokeWriter(self._context, inner, SSEReader())
        return self._inner.write(delta)

    def end(self) -> bytes:
        """Why each choice ended, and Bedrock's figures."""
        return self._inner.end()

    def error(self, fault: Fault) -> bytes:
        """The frame that Bedrock ends a stream with that failed."""
        return self._inner.error(fault)


def _framed(events: list[bytes]) -> bytes:
    return b"".join(frame("chunk", chunk(event)) for event in events)


_Make = Callable[[WriteContext], StreamWriter]


def writer_for(body: bytes) -> _Make | None:
    """Who writes what answers this request; None where it is no JSON object."""
    try:
        fields = decode(body)
    except JSON_ERRORS:
        return None
    if not isinstance(fields, dict):
        return None
    if "messages" not in fields:
        return lambda context: PromptWriter(context, guessed(fields, context.model))
    if "anthropic_version" in fields:
        return _maker(anthropic_writer, SSEReader)
    if "schemaVersion" in fields or "inferenceConfig" in fields:
        return _maker(bedrock_writer, EventStreamReader)
    return _maker(openai_chat_writer, SSEReader)


def _maker(module: Any, events: Callable[[], _Events]) -> _Make:
    return lambda context: InvokeWriter(context, module.StreamWriter(context), events())
