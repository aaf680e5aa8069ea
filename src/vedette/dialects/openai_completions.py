"""The legacy OpenAI completions format, and what vLLM and others add to it.

https://platform.openai.com/docs/api-reference/completions
The prompt is one text, a list of texts, a list of tokens or a list of those: each text becomes a
user message, tokens only their number.
"""

from typing import Any

import msgspec

from vedette.dialects.openai_answer_head import peek_answer
from vedette.dialects.openai_errors import find_error
from vedette.dialects.openai_head import (
    RequestHead,
    add_include_usage,
    peek,
    strip_usage,
    wants_usage,
)
from vedette.dialects.openai_settings import read_settings, unknown_fields
from vedette.dialects.openai_stream import is_output, read_sign
from vedette.dialects.openai_usage import read_usage
from vedette.dialects.reading import (
    JSON_ERRORS,
    as_list,
    as_mapping,
    as_text,
    decode,
    decode_answer,
    decode_request,
)
from vedette.model.chat import (
    Answer,
    ChatRequest,
    Delta,
    Message,
    RawPart,
    Start,
    Stop,
    TextDelta,
    TextPart,
    UsageDelta,
)

__all__ = [
    "RequestHead", "StreamReader", "add_include_usage", "is_output", "peek", "peek_answer",
    "read_answer", "read_inputs", "read_request", "strip_usage", "wants_usage",
]  # fmt: skip

_KNOWN = frozenset(("model", "prompt", "stream", "stream_options", "user", "metadata"))


def read_request(body: bytes) -> ChatRequest:
    """The whole request. Raises BadRequest where `body` is not a JSON object."""
    request = decode_request(body)
    return ChatRequest(
        model=as_text(request.get("model")),
        messages=read_inputs(request.get("prompt")),
        settings=read_settings(request),
        stream=request.get("stream") is True,
        user=as_text(request.get("user")),
        metadata=as_mapping(request.get("metadata")),
        unknown=unknown_fields(request, _KNOWN),
    )


def read_inputs(value: object) -> tuple[Message, ...]:
    """The texts or token lists of a prompt or of an embeddings input, one message each."""
    if value is None:
        return ()
    is_one = not isinstance(value, list) or all(isinstance(item, int) for item in value)
    items = [value] if is_one else as_list(value)
    return tuple(Message(role="user", parts=(_read_input(item),)) for item in items)


def _read_input(item: object) -> TextPart | RawPart:
    if isinstance(item, str):
        return TextPart(content=item)
    if isinstance(item, list) and all(isinstance(token, int) for token in item):
        return RawPart(content={"tokens": len(item)})
    return RawPart(content=item)


def read_answer(body: bytes) -> Answer:
    """The whole unstreamed answer. Raises Unreadable where `body` is not a JSON object."""
    answer = decode_answer(body)
    choices = [as_mapping(choice) for choice in as_list(answer.get("choices"))]
    reasons = [as_text(choice.get("finish_reason")) for choice in choices]
    return Answer(
        id=as_text(answer.get("id")),
        model=as_text(answer.get("model")),
        messages=tuple(
            _message(as_text(choice.get("text")), reason)
            for choice, reason in zip(choices, reasons, strict=True)
        ),
        finish_reasons=tuple(reasons),
        usage=read_usage(answer.get("usage")),
        error=find_error(answer),
    )


def _message(text: str, reason: str) -> Message:
    parts = (TextPart(content=text),) if text else ()
    return Message(role="assistant", parts=parts, finish_reason=reason)


class _Choice(msgspec.Struct, gc=False):
    text: str | None = None
    index: int | None = 0
    finish_reason: str | None = None


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
                deltas.append(Stop(choice.finish_reason, choice.index or 0))
        if chunk.usage is not None and (usage := read_usage(chunk.usage)) is not None:
            deltas.append(UsageDelta(usage))
        return deltas


def _loosen(data: bytes) -> _Chunk | None:
    """The chunk with every field of a wrong type taken as absent; None where it is no chunk."""
    chunk = as_mapping(decode(data))
    if "choices" not in chunk:
        return None
    choices = [
        _Choice(as_text(c.get("text")), 0, as_text(c.get("finish_reason")))
        for c in map(as_mapping, as_list(chunk["choices"]))
    ]
    return _Chunk(
        as_text(chunk.get("id")),
        as_text(chunk.get("model")),
        choices,
        as_mapping(chunk.get("usage")) or None,
        chunk.get("error"),
    )
