"""What the gateway must know of a whole answer while the client waits: no text, no vectors."""

from typing import Any

import msgspec

from vedette.dialects.openai_errors import describe_error, find_error
from vedette.dialects.openai_searches import with_search_of_model
from vedette.dialects.openai_usage import read_usage, read_usage_bytes
from vedette.dialects.reading import JSON_ERRORS, as_list, as_mapping, as_text, decode_answer
from vedette.model.chat import Answer
from vedette.model.usage import Usage


class AnswerHead(msgspec.Struct, gc=False):
    """The facts of an answer; empty where it does not say."""

    id: str = ""
    model: str = ""
    finish_reason: str = ""
    """Of the first choice."""
    usage: Usage | None = None
    error: str = ""


class _Choice(msgspec.Struct, gc=False):
    finish_reason: str | None = None


class _Answer(msgspec.Struct, gc=False):
    id: str | None = None
    model: str | None = None
    choices: list[_Choice] | None = None
    usage: msgspec.Raw = msgspec.Raw()
    error: Any = None


_ANSWER = msgspec.json.Decoder(_Answer)


def peek_answer(body: bytes) -> AnswerHead:
    """The head of a chat completion, completion or embeddings answer.

    Raises Unreadable where `body` is not a JSON object.
    """
    try:
        answer = _ANSWER.decode(body)
    except JSON_ERRORS:
        return _peek_loosely(body)
    reason = answer.choices[0].finish_reason if answer.choices else None
    return AnswerHead(
        answer.id or "",
        answer.model or "",
        reason or "",
        with_search_of_model(read_usage_bytes(answer.usage), answer.model or ""),
        describe_error(answer.error) if answer.error else "",
    )


def _peek_loosely(body: bytes) -> AnswerHead:
    answer = decode_answer(body)
    choices, model = as_list(answer.get("choices")), as_text(answer.get("model"))
    return AnswerHead(
        as_text(answer.get("id")),
        model,
        as_text(as_mapping(choices[0]).get("finish_reason")) if choices else "",
        with_search_of_model(read_usage(answer.get("usage")), model),
        find_error(answer),
    )


def head_of(answer: Answer) -> AnswerHead:
    """The head of an answer that was read as a whole."""
    reasons = answer.finish_reasons
    reason = reasons[0] if reasons else ""
    return AnswerHead(answer.id, answer.model, reason, answer.usage, answer.error)
