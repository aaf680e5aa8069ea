"""Streams of `InvokeModelWithResponseStream`, written anew in the format that the client asked in.

The format is that of the request's body: Anthropic's messages, Converse (Nova), or chat as OpenAI
has it. Its own writer writes the events; here they are put into frames. For formats that are a
prompt and a text there is none.
"""

from collections.abc import Callable
from typing import Any, Protocol

from vedette.dialects import anthropic_writer, bedrock_writer, openai_chat_writer
from vedette.dialects.bedrock_invoke_stream import chunk
from vedette.dialects.contract import Fault, StreamWriter, WriteContext
from vedette.dialects.eventstream import EventStreamReader, frame
from vedette.dialects.framing import SSEReader, SSEvent
from vedette.dialects.reading import JSON_ERRORS, decode
from vedette.model.chat import Delta

_DONE = b"[DONE]"


class _Events(Protocol):
    def feed(self, data: bytes) -> list[SSEvent]: ...


class InvokeWriter:
    """Writes one stream."""

    __slots__ = ("_context", "_events", "_inner")

    def __init__(self, context: WriteContext, inner: StreamWriter, events: _Events) -> None:
        self._context = context
        self._inner = inner
        self._events = events

    def write(self, delta: Delta) -> bytes:
        """The frames that tell of it."""
        return self._framed(self._inner.write(delta))

    def end(self) -> bytes:
        """The last events of the format."""
        return self._framed(self._inner.end())

    def error(self, fault: Fault) -> bytes:
        """The frame that Bedrock ends a stream with that failed."""
        return bedrock_writer.StreamWriter(self._context).error(fault)

    def _framed(self, data: bytes) -> bytes:
        told = (event.data for event in self._events.feed(data))
        return b"".join(frame("chunk", chunk(event)) for event in told if event not in (b"", _DONE))


_Make = Callable[[WriteContext], InvokeWriter]


def writer_for(body: bytes) -> _Make | None:
    """Who writes what answers this request; None for formats that cannot be written."""
    try:
        fields = decode(body)
    except JSON_ERRORS:
        return None
    if not isinstance(fields, dict) or "messages" not in fields:
        return None
    if "anthropic_version" in fields:
        return _maker(anthropic_writer, SSEReader)
    if "schemaVersion" in fields or "inferenceConfig" in fields:
        return _maker(bedrock_writer, EventStreamReader)
    return _maker(openai_chat_writer, SSEReader)


def _maker(module: Any, events: Callable[[], _Events]) -> _Make:
    return lambda context: InvokeWriter(context, module.StreamWriter(context), events())
