"""Whole answers of the Anthropic messages format, read and written.

https://platform.claude.com/docs/en/api/messages
"""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from vedette.dialects.anthropic_block_writer import tool_input
from vedette.dialects.anthropic_blocks import NAME, call_mark, read_blocks
from vedette.dialects.anthropic_usage import read_usage, write_usage
from vedette.dialects.contract import WriteContext
from vedette.dialects.openai_answer_head import AnswerHead, head_of
from vedette.dialects.openai_errors import describe_error, find_error
from vedette.dialects.openai_parts import leftover
from vedette.dialects.reading import JSON_ERRORS, as_text, decode_answer
from vedette.dialects.signatures import seal_thought
from vedette.dialects.tool_names import full_names
from vedette.model.chat import (
    Answer,
    Message,
    Part,
    RawPart,
    ReasoningPart,
    RefusalPart,
    TextPart,
    ToolCallPart,
)

_MODELLED = (
    "id", "type", "role", "model", "content", "stop_reason", "stop_sequence", "usage", "error",
)  # fmt: skip

STOPS = {
    "stop": "end_turn", "length": "max_tokens", "stop_sequence": "stop_sequence",
    "tool_call": "tool_use", "content_filter": "refusal", "refusal": "refusal",
    "pause": "pause_turn",
    # An answer that broke off is not whole: this is the word for it.
    "error": "max_tokens",
}  # fmt: skip
"""Neutral words -> `stop_reason`."""


def read_answer(body: bytes) -> Answer:
    """The whole unstreamed answer. Raises Unreadable where `body` is not a JSON object."""
    answer = decode_answer(body)
    reason = as_text(answer.get("stop_reason"))
    parts = tuple(read_blocks(answer.get("content"), answered=True))
    message = Message(role="assistant", parts=parts, finish_reason=reason)
    return Answer(
        id=as_text(answer.get("id")),
        model=as_text(answer.get("model")),
        messages=(message,) if parts or reason else (),
        finish_reasons=(reason,) if reason else (),
        usage=read_usage(answer.get("usage")),
        error=find_error(answer),
        stop_sequence=as_text(answer.get("stop_sequence")),
        extra=leftover(answer, *_MODELLED),
        dialect=NAME,
    )


class _Head(msgspec.Struct, gc=False):
    id: str | None = None
    model: str | None = None
    stop_reason: str | None = None
    usage: dict[str, Any] | None = None
    error: Any = None


_HEAD = msgspec.json.Decoder(_Head)


def peek_answer(body: bytes) -> AnswerHead:
    """The facts of an unstreamed answer. Raises Unreadable where it is not a JSON object."""
    try:
        head = _HEAD.decode(body)
    except JSON_ERRORS:
        return head_of(read_answer(body))
    return AnswerHead(
        head.id or "",
        head.model or "",
        head.stop_reason or "",
        read_usage(head.usage),
        describe_error(head.error) if head.error else "",
    )


def write_answer(answer: Answer, context: WriteContext) -> bytes:
    """The answer of the first choice; this format has no other."""
    message = answer.messages[0] if answer.messages else Message(role="assistant")
    is_own = answer.dialect == NAME
    written = {
        "id": answer.id or f"msg_{context.id}",
        "type": "message",
        "role": "assistant",
        "model": answer.model or context.model,
        "content": list(_blocks(message.parts, context, is_own=is_own)),
        "stop_reason": stop_reason(
            message.finish_reason,
            calls=any(isinstance(part, ToolCallPart) for part in message.parts),
            refused=any(isinstance(part, RefusalPart) for part in message.parts),
        ),
        "stop_sequence": answer.stop_sequence or None,
        "usage": write_usage(answer.usage),
        **(answer.extra if is_own else {}),
    }
    return msgspec.json.encode(written)


def stop_reason(word: str, *, calls: bool, refused: bool) -> str:
    """The word for why it ended; `refused`: the model said that it would not."""
    if refused and word in ("", "stop"):
        return "refusal"
    reason = STOPS.get(word, "end_turn")
    return "tool_use" if calls and reason == "end_turn" else reason


def call_id(id: str, context: WriteContext, number: int) -> str:
    """The id of a call, made where the provider gives none."""
    return id or f"toolu_{context.id}{number:02d}"


def _blocks(
    parts: Iterable[Part], context: WriteContext, *, is_own: bool
) -> Iterator[dict[str, Any]]:
    """The parts as blocks; those that have none are left out."""
    calls = 0
    names = full_names(context.request.tools)
    for part in parts:
        extra = getattr(part, "extra", {}) if is_own else {}
        if isinstance(part, ToolCallPart):
            if (mark := call_mark(part.signature, part.source)) is not None:
                yield mark
            yield _call(part, names.get(part.name, part.name), context, calls) | extra
            calls += 1
        elif (block := _block(part)) is not None:
            yield block | extra


def _call(part: ToolCallPart, name: str, context: WriteContext, number: int) -> dict[str, Any]:
    return {
        "type": "tool_use",
        "id": call_id(part.id, context, number),
        "name": name,
        "input": tool_input(part.arguments),
    }


def _block(part: Part) -> dict[str, Any] | None:
    match part:
        case TextPart(content=text) | RefusalPart(content=text):
            return {"type": "text", "text": text} if text else None
        case ReasoningPart(redacted=True):
            data = seal_thought(part.signature, part.source, NAME)
            return {"type": "redacted_thinking", "data": data}
        case ReasoningPart(content=text):
            signature = seal_thought(part.signature, part.source, NAME)
            return {"type": "thinking", "thinking": text, "signature": signature}
        case RawPart(content=dict(block), dialect="anthropic"):
            return block
        case _:
            return None


def write_count_answer(tokens: int) -> bytes:
    """The answer to a request that only counts."""
    return msgspec.json.encode({"input_tokens": tokens})


def read_count_answer(body: bytes) -> int:
    """What such an answer says. Raises Unreadable where `body` is not a JSON object."""
    usage = read_usage(decode_answer(body))
    return 0 if usage is None else usage.input_total
