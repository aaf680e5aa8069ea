"""Whole completions, read and written."""

from typing import Any

import msgspec

from vedette.dialects.contract import WriteContext
from vedette.dialects.openai_completions_request import NAME
from vedette.dialects.openai_errors import find_error
from vedette.dialects.openai_parts import leftover
from vedette.dialects.openai_usage import read_usage
from vedette.dialects.openai_usage_writer import write_chat_usage
from vedette.dialects.reading import as_count, as_list, as_mapping, as_text, decode_answer
from vedette.model.chat import Answer, Message, RefusalPart, TextPart

_STOPS = {
    "content_filter": "content_filter",
    "refusal": "content_filter",
    "length": "length",
    # Neither is whole, and there is one word for that.
    "pause": "length",
    "error": "length",
}


def stop_reason(word: str) -> str:
    """The `finish_reason` for a neutral word."""
    return _STOPS.get(word, "stop")


def read_answer(body: bytes) -> Answer:
    """The whole unstreamed answer. Raises Unreadable where `body` is not a JSON object."""
    answer = decode_answer(body)
    messages = tuple(_read_choice(as_mapping(c)) for c in as_list(answer.get("choices")))
    return Answer(
        id=as_text(answer.get("id")),
        model=as_text(answer.get("model")),
        messages=messages,
        finish_reasons=tuple(message.finish_reason for message in messages),
        usage=read_usage(answer.get("usage")),
        error=find_error(answer),
        created_s=as_count(answer.get("created")),
        extra=leftover(answer, "id", "object", "created", "model", "choices", "usage", "error"),
        dialect=NAME,
    )


def _read_choice(choice: dict[str, Any]) -> Message:
    text = as_text(choice.get("text"))
    return Message(
        role="assistant",
        parts=(TextPart(content=text),) if text else (),
        finish_reason=as_text(choice.get("finish_reason")),
        extra=leftover(choice, "text", "index", "finish_reason"),
    )


def write_answer(answer: Answer, context: WriteContext) -> bytes:
    """The answer with as many choices as it has messages; one that is empty where it has none."""
    is_own = answer.dialect == NAME
    messages = answer.messages or (Message(role="assistant", finish_reason="stop"),)
    written: dict[str, Any] = {
        "id": answer.id or f"cmpl-{context.id}",
        "object": "text_completion",
        "created": answer.created_s or context.created_s,
        "model": answer.model or context.model,
        "choices": [
            {**_choice(message, index), **(message.extra if is_own else {})}
            for index, message in enumerate(messages)
        ],
    }
    if answer.usage is not None:
        written["usage"] = write_chat_usage(answer.usage)
    return msgspec.json.encode({**written, **(answer.extra if is_own else {})})


def _choice(message: Message, index: int) -> dict[str, Any]:
    said = (part.content for part in message.parts if isinstance(part, TextPart | RefusalPart))
    return {
        "text": "".join(said),
        "index": index,
        "logprobs": None,
        "finish_reason": stop_reason(message.finish_reason),
    }
