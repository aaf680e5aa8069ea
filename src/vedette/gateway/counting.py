"""How many tokens a request has, where nobody can be asked: an estimate from its characters.

English prose has about 4 characters to a token, code and JSON 3, Chinese, Japanese and Korean about
one to a character. Good to about a fifth; enough for a client that decides when to compact.
"""

from collections.abc import Iterable
from types import ModuleType

import msgspec

from vedette.dialects.replay import arguments_text
from vedette.gateway.exchange import Exchange
from vedette.model.chat import (
    ChatRequest,
    MediaPart,
    Part,
    RawPart,
    ReasoningPart,
    RefusalPart,
    TextPart,
    ToolCallPart,
    ToolResultPart,
)

_PER_MESSAGE = 4
_PER_MEDIUM = 1200
_PROSE = 4.0
_JSON = 3.0


def count_tokens(request: ChatRequest) -> int:
    """An estimate of the input tokens of a request, tools included; at least 1."""
    tokens = 0.0
    for message in request.messages:
        tokens += _PER_MESSAGE + _parts(message.parts)
    for tool in request.tools:
        tokens += _PER_MESSAGE + _json(msgspec.to_builtins(tool))
    if request.output_format is not None and request.output_format.schema is not None:
        tokens += _json(request.output_format.schema)
    return max(1, round(tokens))


def counted(exchange: Exchange, codec: ModuleType) -> bytes:
    """The answer to a client that asks for a count, in its dialect."""
    read = getattr(codec, "read_count_request", codec.read_request)
    written: bytes = codec.write_count_answer(count_tokens(read(exchange.body)))
    return written


def _parts(parts: Iterable[Part]) -> float:
    return sum(_part(part) for part in parts)


def _part(part: Part) -> float:
    match part:
        case TextPart(content=text) | ReasoningPart(content=text) | RefusalPart(content=text):
            return _text(text, _PROSE)
        case MediaPart():
            return _PER_MEDIUM
        case ToolCallPart():
            return _PER_MESSAGE + _text(part.name + arguments_text(part.arguments), _JSON)
        case ToolResultPart():
            result = part.result
            if part.parts:
                return _PER_MESSAGE + _parts(part.parts)
            told = _text(result, _PROSE) if isinstance(result, str) else _json(result)
            return _PER_MESSAGE + told
        case RawPart(content=content):
            return _json(content)


def _text(text: str, characters: float) -> float:
    if text.isascii():
        return len(text) / characters
    wide = sum("\u2e80" <= c <= "\uffdc" for c in text)
    return wide + (len(text) - wide) / characters


def _json(value: object) -> float:
    return _text(msgspec.json.encode(value).decode(), _JSON)
