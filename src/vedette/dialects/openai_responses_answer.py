"""Whole answers of the responses format, read."""

from typing import Any

import msgspec

from vedette.dialects.openai_answer_head import AnswerHead, head_of
from vedette.dialects.openai_errors import describe_error, find_error
from vedette.dialects.openai_parts import leftover
from vedette.dialects.openai_responses_content import NAME
from vedette.dialects.openai_responses_items import read_output
from vedette.dialects.openai_searches import CALL_MARK, with_searches
from vedette.dialects.openai_usage import read_usage, read_usage_bytes
from vedette.dialects.reading import JSON_ERRORS, as_list, as_mapping, as_text, decode_answer
from vedette.model.chat import Answer, Message

_KEPT = frozenset({"conversation", "moderation", "previous_response_id", "service_tier"})
"""What an answer says beside its output; all other fields repeat the request."""

_UNFINISHED = frozenset({"in_progress", "queued"})


def read_answer(body: bytes) -> Answer:
    """The whole unstreamed answer. Raises Unreadable where `body` is not a JSON object."""
    return read_response(decode_answer(body))


def read_response(answer: dict[str, Any]) -> Answer:
    """A response object; that of an event that ends a stream as well."""
    reason = _finish_reason(answer.get("status"), answer.get("incomplete_details"))
    parts = read_output(as_list(answer.get("output")))
    message = Message(role="assistant", parts=parts, finish_reason=reason)
    created = answer.get("created_at")
    return Answer(
        id=as_text(answer.get("id")),
        model=as_text(answer.get("model")),
        messages=(message,) if parts or reason else (),
        finish_reasons=(reason,) if reason else (),
        usage=with_searches(read_usage(answer.get("usage")), answer),
        error=find_error(answer),
        created_s=int(created) if isinstance(created, int | float) else 0,
        extra={n: kept for n, kept in leftover(answer).items() if n in _KEPT},
        dialect=NAME,
    )


def _finish_reason(status: object, details: object) -> str:
    """Why it is incomplete, else its status; empty while it is going on."""
    if status in _UNFINISHED:
        return ""
    return as_text(as_mapping(details).get("reason")) or as_text(status)


class _Answer(msgspec.Struct, gc=False):
    id: str | None = None
    model: str | None = None
    status: str | None = None
    incomplete_details: dict[str, Any] | None = None
    usage: msgspec.Raw = msgspec.Raw()
    error: Any = None


_ANSWER = msgspec.json.Decoder(_Answer)


def peek_answer(body: bytes) -> AnswerHead:
    """The facts of an unstreamed answer. Raises Unreadable where it is not a JSON object."""
    try:
        answer = _ANSWER.decode(body)
    except JSON_ERRORS:
        return head_of(read_answer(body))
    usage = read_usage_bytes(answer.usage)
    if CALL_MARK in body:
        usage = with_searches(usage, decode_answer(body))
    return AnswerHead(
        answer.id or "",
        answer.model or "",
        _finish_reason(answer.status, answer.incomplete_details),
        usage,
        describe_error(answer.error) if answer.error else "",
    )
