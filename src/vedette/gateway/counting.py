"""How many tokens a request has, where nobody can be asked.

Texts are counted as `costs.tokenizers` can for the model; enough for a client that decides when to
compact.
"""

from collections.abc import Iterable
from types import ModuleType

import msgspec

from vedette.costs.tokenizers import JSON, PROSE, Count, TokenCount, find_tokenizer
from vedette.dialects.replay import arguments_text
from vedette.gateway.conditions import BYTES_PER_TOKEN, asked
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
from vedette.model.usage import Usage

_PER_REQUEST = 3.0
"""Chat models are told that an answer begins."""
_PER_MESSAGE = 4
_PER_MEDIUM = 1200


def count_tokens(request: ChatRequest, tokenizer: Count | None = None) -> int:
    """An estimate of the input tokens of a request, tools included; at least 1."""
    count = TokenCount(tokenizer)
    count.tokens = _PER_REQUEST
    for message in request.messages:
        count.tokens += _PER_MESSAGE
        _add_parts(count, message.parts)
    for tool in request.tools:
        count.tokens += _PER_MESSAGE
        _add_json(count, msgspec.to_builtins(tool))
    if request.output_format is not None and request.output_format.schema is not None:
        _add_json(count, request.output_format.schema)
    return max(1, round(count.tokens))


def estimate(exchange: Exchange, outputs: int) -> Usage:
    """What a stream used whose provider did not say: pieces delivered, and the prompt as counted.

    What is no chat is judged by its size.
    """
    request = asked(exchange)
    if request is None:
        prompt = max(1, exchange.request_bytes // BYTES_PER_TOKEN)
    else:
        prompt = count_tokens(request, _tokenizer(exchange))
    return Usage(input_uncached=prompt, output_text=outputs, estimated=True)


def _tokenizer(exchange: Exchange) -> Count | None:
    models = [target.model for target in exchange.plan.targets[:1]]
    return find_tokenizer("".join(models) or exchange.requested_model)


def counted(exchange: Exchange, codec: ModuleType) -> bytes:
    """The answer to a client that asks for a count, in its dialect."""
    read = getattr(codec, "read_count_request", codec.read_request)
    tokens = count_tokens(read(exchange.body), _tokenizer(exchange))
    written: bytes = codec.write_count_answer(tokens)
    return written


def can_count(exchange: Exchange) -> bool:
    """Whether the target has a counter of its own in the client's dialect."""
    spoken = exchange.plan.targets[0].upstream.settings.dialects
    return exchange.endpoint.dialect in spoken


def _add_parts(count: TokenCount, parts: Iterable[Part]) -> None:
    for part in parts:
        _add_part(count, part)


def _add_part(count: TokenCount, part: Part) -> None:
    match part:
        case TextPart(content=text) | ReasoningPart(content=text) | RefusalPart(content=text):
            count.add(text, PROSE)
        case MediaPart():
            count.tokens += _PER_MEDIUM
        case ToolCallPart():
            count.tokens += _PER_MESSAGE
            count.add(part.name + arguments_text(part.arguments), JSON)
        case ToolResultPart():
            count.tokens += _PER_MESSAGE
            if part.parts:
                _add_parts(count, part.parts)
            elif isinstance(part.result, str):
                count.add(part.result, PROSE)
            else:
                _add_json(count, part.result)
        case RawPart(content=content):
            _add_json(count, content)


def _add_json(count: TokenCount, value: object) -> None:
    count.add(msgspec.json.encode(value).decode(), JSON)
