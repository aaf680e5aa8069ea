"""Whole answers, both directions.

https://ai.google.dev/api/generate-content#generatecontentresponse
A prompt that was blocked is an answer without candidates; here it is one that says nothing and
ended for `blockReason`. A stream that was asked for without `alt=sse` is a list of answers.
"""

from datetime import datetime
from typing import Any

import msgspec
from msgspec.structs import replace

from vedette.dialects.assemble import assemble
from vedette.dialects.contract import Unsupported, WriteContext
from vedette.dialects.gemini_errors import describe_error, error_in
from vedette.dialects.gemini_fields import NAME, camel_fields
from vedette.dialects.gemini_part_writer import Extras, write_part, write_parts
from vedette.dialects.gemini_parts import read_parts
from vedette.dialects.gemini_searches import queries_in, with_searches
from vedette.dialects.gemini_stops import UNSAID, block_reason, finish_reason
from vedette.dialects.gemini_stream import StreamReader
from vedette.dialects.gemini_usage import Figures, buckets, read_usage, write_usage
from vedette.dialects.openai_answer_head import AnswerHead, head_of
from vedette.dialects.reading import (
    JSON_ERRORS,
    Unreadable,
    as_list,
    as_text,
    decode,
)
from vedette.model.chat import Answer, Message, Part

_READ = frozenset({"candidates", "usageMetadata", "modelVersion", "responseId", "error"})
_GROUNDING = "groundingMetadata"
_READ_OF_CANDIDATE = frozenset({"content", "finishReason", "index"})


def read_answer(body: bytes) -> Answer:
    """The whole answer. Raises Unreadable where `body` is neither a JSON object nor a list."""
    value = decode(body)
    if isinstance(value, list):
        return _read_list(value)
    if not isinstance(value, dict):
        raise Unreadable("The provider's answer is not a JSON object.")
    answer = camel_fields(value)
    candidates = as_list(answer.get("candidates"))
    messages = tuple(map(_read_candidate, candidates))
    queries = [q for one in candidates for q in queries_in(camel_fields(one).get(_GROUNDING))]
    blocked = _block_reason(answer)
    if not messages and blocked:
        messages = (Message(role="assistant", finish_reason=blocked),)
    return Answer(
        id=as_text(answer.get("responseId")),
        model=as_text(answer.get("modelVersion")),
        messages=messages,
        finish_reasons=tuple(message.finish_reason for message in messages),
        usage=with_searches(read_usage(answer.get("usageMetadata")), queries),
        error=describe_error(error_in(answer)),
        created_s=_seconds(answer.get("createTime")),
        extra={name: kept for name, kept in answer.items() if name not in _READ},
        dialect=NAME,
    )


def _read_list(chunks: list[Any]) -> Answer:
    reader = StreamReader()
    answer = assemble(delta for one in chunks for delta in reader.read(msgspec.json.encode(one)))
    return replace(answer, dialect=NAME)


def _read_candidate(value: object) -> Message:
    candidate = camel_fields(value)
    reason = as_text(candidate.get("finishReason"))
    return Message(
        role="assistant",
        parts=tuple(read_parts(camel_fields(candidate.get("content")).get("parts"))),
        finish_reason="" if reason in UNSAID else reason,
        extra={name: kept for name, kept in candidate.items() if name not in _READ_OF_CANDIDATE},
    )


def _block_reason(answer: dict[str, Any]) -> str:
    return block_reason(camel_fields(answer.get("promptFeedback")).get("blockReason"))


def _seconds(value: object) -> int:
    try:
        return max(0, int(datetime.fromisoformat(as_text(value)).timestamp()))
    except (ValueError, OverflowError, OSError):
        return 0


class _Candidate(msgspec.Struct, gc=False):
    finishReason: str | None = None
    groundingMetadata: Any = None


class _Feedback(msgspec.Struct, gc=False):
    blockReason: str | None = None


class _Head(msgspec.Struct, gc=False):
    responseId: str | None = None
    modelVersion: str | None = None
    candidates: list[_Candidate] | None = None
    usageMetadata: Figures | None = None
    promptFeedback: _Feedback | None = None
    error: Any = None


_HEAD = msgspec.json.Decoder(_Head)


def peek_answer(body: bytes) -> AnswerHead:
    """The facts of a whole answer. Raises Unreadable where it is neither object nor list."""
    try:
        head = _HEAD.decode(body)
    except JSON_ERRORS:
        return head_of(read_answer(body))
    reason = (head.candidates[0].finishReason or "") if head.candidates else ""
    if not head.candidates and head.promptFeedback is not None:
        reason = block_reason(head.promptFeedback.blockReason)
    usage = None if head.usageMetadata is None else buckets(head.usageMetadata)
    if head.candidates:
        queries = [q for one in head.candidates for q in queries_in(one.groundingMetadata)]
        usage = with_searches(usage, queries)
    return AnswerHead(
        head.responseId or "",
        head.modelVersion or "",
        "" if reason in UNSAID else reason,
        usage,
        describe_error(error_in({"error": head.error})) if head.error else "",
    )


def write_answer(answer: Answer, context: WriteContext) -> bytes:
    """The body of an answer."""
    is_ours = answer.dialect == NAME
    written: dict[str, Any] = {
        "candidates": [
            _write_candidate(index, message, is_ours=is_ours)
            for index, message in enumerate(answer.messages)
        ]
    }
    if answer.usage is not None:
        written["usageMetadata"] = write_usage(answer.usage)
    written["modelVersion"] = answer.model or context.model
    written["responseId"] = answer.id or context.id
    return msgspec.json.encode(written | answer.extra if is_ours else written)


def _write_candidate(index: int, message: Message, *, is_ours: bool) -> dict[str, Any]:
    extras = _all_extras if is_ours else no_extras
    candidate = {
        # Google's own client takes an answer without parts out of the conversation.
        "content": {
            "parts": write_parts(message.parts, lambda part: answer_part(part, extras))
            or [{"text": ""}],
            "role": "model",
        },
        "finishReason": finish_reason(message.finish_reason),
        "index": index,
    }
    return candidate | extras(message.extra)


def answer_part(part: Part, extras: Extras) -> dict[str, Any] | None:
    """A part of an answer; None for what cannot be told in this dialect."""
    try:
        return write_part(part, extras)
    except Unsupported:
        # The file of another provider: a writer never raises for what a model said.
        return None


def _all_extras(extra: dict[str, Any]) -> dict[str, Any]:
    return extra


def no_extras(_: dict[str, Any]) -> dict[str, Any]:
    return {}
