"""Chunks of a streamed completion, read into deltas."""

from typing import Any

import msgspec

from vedette.dialects.openai_stream import read_sign
from vedette.dialects.openai_usage import read_usage
from vedette.dialects.reading import JSON_ERRORS, as_list, as_mapping, as_text, decode
from vedette.model.chat import Delta, Start, Stop, TextDelta, UsageDelta


class _Choice(msgspec.Struct, gc=False):
    text: str | None = None
    index: int | None = 0
    finish_reason: str | None = None
    stop_reason: str | int | None = None
    """vLLM: the stop sequence, or a token."""


class _Chunk(msgspec.Struct, gc=False):
    id: str | None = None
    model: str | None = None
    choices: list[_Choice] | None = None
    usage: dict[str, Any] | None = None
    error: Any = None


class StreamReader:
    """Reads the events of one stream, in order."""

    __slots__ = ("_decode", "_started")

    def __init__(self) -> None:
        self._decode = msgspec.json.Decoder(_Chunk).decode
        self._started = False

    def read(self, data: bytes) -> list[Delta]:
        """The deltas of one event's data; empty where it says nothing."""
        chunk: _Chunk | None
        try:
            chunk = self._decode(data)
        except JSON_ERRORS:
            chunk = _loosen(data)
        if chunk is None or chunk.choices is None or chunk.error is not None:
            return read_sign(data)
        return self._read_chunk(chunk)

    def _read_chunk(self, chunk: _Chunk) -> list[Delta]:
        deltas: list[Delta] = []
        if not self._started:
            self._started = True
            deltas.append(Start(chunk.id or "", chunk.model or ""))
        for choice in chunk.choices or ():
            if choice.text:
                deltas.append(TextDelta(choice.text, choice.index or 0))
            if choice.finish_reason:
                sequence = choice.stop_reason if isinstance(choice.stop_reason, str) else ""
                deltas.append(Stop(choice.finish_reason, choice.index or 0, sequence))
        if chunk.usage is not None and (usage := read_usage(chunk.usage)) is not None:
            deltas.append(UsageDelta(usage))
        return deltas


def _loosen(data: bytes) -> _Chunk | None:
    """The chunk with every field of a wrong type taken as absent; None where it is no chunk."""
    chunk = as_mapping(decode(data))
    if "choices" not in chunk:
        return None
    return _Chunk(
        as_text(chunk.get("id")),
        as_text(chunk.get("model")),
        [_loosen_choice(as_mapping(choice)) for choice in as_list(chunk["choices"])],
        as_mapping(chunk.get("usage")) or None,
        chunk.get("error"),
    )


def _loosen_choice(choice: dict[str, Any]) -> _Choice:
    index = choice.get("index")
    return _Choice(
        as_text(choice.get("text")),
        index if type(index) is int else 0,
        as_text(choice.get("finish_reason")),
    )
