"""What the official clients' own types say about JSON that we wrote."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import pydantic
from anthropic.types import Message, RawMessageStreamEvent
from anthropic.types.message_count_tokens_params import MessageCountTokensParams
from anthropic.types.message_create_params import MessageCreateParams
from openai.types.chat import ChatCompletion, ChatCompletionChunk
from openai.types.chat.completion_create_params import CompletionCreateParams


@cache
def _adapter(kind: Any) -> pydantic.TypeAdapter[Any]:
    return pydantic.TypeAdapter(kind)


def check_anthropic_request(request: Mapping[str, Any]) -> None:
    """Raise where this is no request that the official client could send."""
    # Sampling is no more among the parameters since API version 2026-10-21.
    _drain(_adapter(MessageCreateParams).validate_python(request))


def check_anthropic_count(request: Mapping[str, Any]) -> None:
    _drain(_adapter(MessageCountTokensParams).validate_python(request))


def check_chat_request(request: Mapping[str, Any]) -> None:
    _drain(_adapter(CompletionCreateParams).validate_python(request))


def check_anthropic_answer(answer: Mapping[str, Any]) -> None:
    _adapter(Message).validate_python(answer, strict=True)


def check_anthropic_event(event: Mapping[str, Any]) -> None:
    _adapter(RawMessageStreamEvent).validate_python(event, strict=True)


def check_completion(answer: Mapping[str, Any]) -> None:
    _adapter(ChatCompletion).validate_python(answer, strict=True)


def check_chunk(chunk: Mapping[str, Any]) -> None:
    _adapter(ChatCompletionChunk).validate_python(chunk, strict=True)


def _drain(value: Any) -> None:
    """Look at everything: what is declared as an iterable is checked only when it is read."""
    if isinstance(value, Mapping):
        for inner in value.values():
            _drain(inner)
    elif isinstance(value, Iterable) and not isinstance(value, str | bytes):
        for inner in value:
            _drain(inner)
