"""Streams of `InvokeModelWithResponseStream`: frames whose bytes are a vendor's own events.

`{"chunk": {"bytes": ...}}` holds one event in base64. Who reads it is told by its marks, once for
the whole stream (see `bedrock_invoke`). The last event carries Bedrock's own count of the tokens:
used where the vendor gives none.
"""

import base64
from typing import Any, Protocol

import msgspec
from msgspec.structs import replace

from vedette.dialects import anthropic, bedrock_stream, openai_chat, openai_completions
from vedette.dialects.bedrock_invoke_texts import (
    ACTION,
    INTERVENED,
    METRICS,
    completions,
    form_of,
    read_figures,
    read_metrics,
)
from vedette.dialects.reading import as_count, as_list, as_mapping, as_text, decode
from vedette.model.chat import Delta, End, RawDelta, Start, Stop, TextDelta, UsageDelta
from vedette.model.usage import Usage


class _Reader(Protocol):
    def read(self, data: bytes) -> list[Delta]: ...


class _Texts:
    """Events that are a piece of text; some tell one figure, some the other, some none."""

    def __init__(self) -> None:
        self._started = False
        self._usage = Usage()

    def read(self, data: bytes) -> list[Delta]:
        event = as_mapping(decode(data))
        deltas: list[Delta] = []
        first = as_count(event.get("index"))
        for choice, (text, reason) in enumerate(completions(event), first):
            if not self._started:
                self._started = True
                deltas.append(Start(form=form_of(event)))
            if text:
                deltas.append(TextDelta(text, choice))
            if reason := reason or (INTERVENED if event.get(ACTION) == "INTERVENED" else ""):
                deltas.append(Stop(reason, choice))
        if (usage := read_figures(event)) is not None:
            self._usage = Usage(
                input_uncached=max(self._usage.input_uncached, usage.input_uncached),
                output_text=max(self._usage.output_text, usage.output_text),
            )
            deltas.append(UsageDelta(self._usage))
        return deltas


class _Completions:
    """Chunks of a completion as OpenAI has it."""

    def __init__(self) -> None:
        self._reader = openai_completions.StreamReader()

    def read(self, data: bytes) -> list[Delta]:
        deltas = self._reader.read(data)
        return [replace(one, form="choices") if isinstance(one, Start) else one for one in deltas]


class _Unknown:
    """Events of a format that nobody here knows: their end is believed as it comes."""

    def read(self, data: bytes) -> list[Delta]:
        return [RawDelta(data), End()]


class StreamReader:
    """Reads the events of one stream, in order."""

    __slots__ = ("_counted", "_reader", "_sign")

    def __init__(self) -> None:
        self._reader: _Reader | None = None
        self._sign = bedrock_stream.StreamReader()
        self._counted = False

    def read(self, data: bytes) -> list[Delta]:
        """The deltas of one event's data; empty where it says nothing new."""
        chunk = as_mapping(decode(data)).get("chunk")
        if not isinstance(chunk, dict):
            return self._sign.read(data)
        inner = _decoded(as_text(chunk.get("bytes")))
        event = decode(inner)
        if not isinstance(event, dict):
            return [RawDelta(data)]
        if self._reader is None or isinstance(self._reader, _Unknown):
            # What stands before an answer need not say in which format that comes.
            self._reader = _reader(event)
        return self._counting(self._reader.read(inner), event)

    def _counting(self, deltas: list[Delta], event: dict[str, Any]) -> list[Delta]:
        """With Bedrock's own figures, if there were none; the event with them is the last."""
        self._counted = self._counted or any(isinstance(d, UsageDelta) for d in deltas)
        if METRICS not in event:
            return deltas
        deltas = [delta for delta in deltas if not isinstance(delta, End)]
        usage = read_metrics(event)
        if usage is not None and not self._counted:
            deltas.append(UsageDelta(usage))
        return [*deltas, End()]


def _reader(event: dict[str, Any]) -> _Reader:
    if form_of(event):
        return _Texts()
    if "type" in event:
        return anthropic.StreamReader()
    if not _CONVERSE.isdisjoint(event):
        return bedrock_stream.StreamReader()
    choices = as_list(event.get("choices"))
    if choices:
        is_text = "text" in as_mapping(choices[0])
        return _Completions() if is_text else openai_chat.StreamReader()
    return _Unknown()


_CONVERSE = frozenset(("messageStart", "contentBlockStart", "contentBlockDelta"))


def _decoded(encoded: str) -> bytes:
    try:
        return base64.b64decode(encoded)
    except ValueError:
        return b""


def chunk(event: bytes) -> bytes:
    """The payload of a frame that holds one event."""
    return msgspec.json.encode({"bytes": base64.b64encode(event).decode()})
