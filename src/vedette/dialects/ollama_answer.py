"""Whole answers of `/api/chat` and `/api/generate`, and what their lines share with them.

Counts are of all tokens: thoughts count as output, and what came from the server's cache is not
told apart (some versions leave `prompt_eval_count` out then). Durations are nanoseconds.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

import msgspec

from vedette.dialects.contract import WriteContext
from vedette.dialects.ollama_errors import find_error
from vedette.dialects.ollama_media import read_images
from vedette.dialects.ollama_message_writer import write_tool_calls
from vedette.dialects.ollama_messages import read_answer_message, read_tool_calls
from vedette.dialects.ollama_reasoning import read_reasoning, write_reasoning
from vedette.dialects.reading import as_count, as_mapping, as_text, decode_answer
from vedette.dialects.signatures import seal
from vedette.model.chat import (
    Answer,
    MediaPart,
    Message,
    Part,
    ReasoningPart,
    RefusalPart,
    TextPart,
    ToolCallPart,
)
from vedette.model.usage import Usage

_EXTRA = (
    "total_duration", "load_duration", "prompt_eval_duration", "eval_duration", "context",
    "logprobs", "remote_model", "remote_host",
)  # fmt: skip
"""What an answer may have beside what we model; written again where it is there."""

_REASONS = MappingProxyType(
    {
        "length": "length", "content_filter": "content_filter", "refusal": "refusal",
        "error": "error",
    }
)  # fmt: skip
"""Neutral word -> `done_reason`, which is free text; all others are `stop`, as Ollama has it."""


def read_chat(body: bytes, dialect: str) -> Answer:
    """Raises Unreadable where `body` is not a JSON object."""
    answer = decode_answer(body)
    reason = _reason(answer)
    message = read_answer_message(as_mapping(answer.get("message")), dialect, reason)
    return _answer(answer, message)


def read_generate(body: bytes, dialect: str) -> Answer:
    """Raises Unreadable where `body` is not a JSON object."""
    answer = decode_answer(body)
    parts = (*_said(answer, dialect), *read_tool_calls(answer.get("tool_calls"), dialect))
    return _answer(answer, Message("assistant", parts, finish_reason=_reason(answer)))


def _said(answer: dict[str, Any], dialect: str) -> Iterator[Part]:
    yield from read_reasoning(answer, dialect)
    if text := as_text(answer.get("response")):
        yield TextPart(content=text)
    yield from read_images([answer.get("image")])


def _reason(answer: dict[str, Any]) -> str:
    """Versions of before 2024-05 give none."""
    return as_text(answer.get("done_reason")) or ("stop" if answer.get("done") is True else "")


def _answer(answer: dict[str, Any], message: Message) -> Answer:
    said = bool(message.parts or message.finish_reason)
    return Answer(
        model=as_text(answer.get("model")),
        messages=(message,) if said else (),
        finish_reasons=(message.finish_reason,) if said else (),
        usage=read_usage(answer.get("prompt_eval_count"), answer.get("eval_count")),
        error=find_error(answer),
        created_s=read_time(answer.get("created_at")),
        extra={name: answer[name] for name in _EXTRA if answer.get(name) is not None},
    )


def read_usage(prompt: object, output: object) -> Usage | None:
    """The buckets; None where neither count is there."""
    if prompt is None and output is None:
        return None
    return Usage(input_uncached=as_count(prompt), output_text=as_count(output))


def read_time(value: object) -> int:
    """Unix time of an RFC 3339 one; 0 where it is none."""
    try:
        time = datetime.fromisoformat(as_text(value))
        return max(0, int((time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp()))
    except (ValueError, OverflowError, OSError):
        return 0


def write_time(unix_s: int) -> str:
    """RFC 3339, as the official clients parse it."""
    return f"{datetime.fromtimestamp(min(unix_s, _YEAR_9999), UTC):%Y-%m-%dT%H:%M:%S}Z"


_YEAR_9999 = 253_402_300_799


def write_chat(answer: Answer, context: WriteContext, dialect: str) -> bytes:
    """The answer of `/api/chat`; of several choices the first."""
    message = answer.messages[0] if answer.messages else Message("assistant")
    said: dict[str, Any] = {"role": "assistant", **_content(message.parts, "content")}
    said |= write_reasoning(_thoughts(message.parts), dialect)
    if calls := [part for part in message.parts if isinstance(part, ToolCallPart)]:
        said["tool_calls"] = sealed_calls(calls, dialect)
    if images := _images(message.parts):
        said["images"] = images
    return _encode(answer, context, {"message": said})


def write_generate(answer: Answer, context: WriteContext, dialect: str) -> bytes:
    """The answer of `/api/generate`."""
    message = answer.messages[0] if answer.messages else Message("assistant")
    said: dict[str, Any] = _content(message.parts, "response")
    said |= write_reasoning(_thoughts(message.parts), dialect)
    if calls := [part for part in message.parts if isinstance(part, ToolCallPart)]:
        said["tool_calls"] = sealed_calls(calls, dialect)
    if images := _images(message.parts):
        said["image"] = images[0]
    return _encode(answer, context, said)


def _encode(answer: Answer, context: WriteContext, said: dict[str, Any]) -> bytes:
    if answer.error and not answer.messages:
        return msgspec.json.encode({"error": answer.error})
    reason = answer.messages[0].finish_reason if answer.messages else ""
    fields = head(answer.model or context.model, answer.created_s or context.created_s)
    ending = tail(reason, answer.usage)
    extra = {name: answer.extra[name] for name in _EXTRA if name in answer.extra}
    return msgspec.json.encode(fields | said | ending | extra)


def head(model: str, created_s: int) -> dict[str, Any]:
    """What each line of a stream and each answer begins with."""
    return {"model": model, "created_at": write_time(created_s)}


def tail(reason: str, usage: Usage | None) -> dict[str, Any]:
    """What an answer, or the last line of a stream, ends with; `reason` is a neutral word."""
    fields: dict[str, Any] = {"done": True, "done_reason": _REASONS.get(reason, "stop")}
    if usage is not None:
        fields["prompt_eval_count"] = usage.input_total
        fields["eval_count"] = usage.output_total
    return fields


def sealed_calls(calls: list[ToolCallPart], dialect: str) -> list[dict[str, Any]]:
    """Tool calls for a client, with the signatures of those that are signed."""
    written = write_tool_calls(calls)
    for call, fields in zip(calls, written, strict=True):
        if call.signature:
            sealed = seal(call.signature, call.source, dialect)
            fields["extra_content"] = {"google": {"thought_signature": sealed}}
    return written


def _content(parts: tuple[Part, ...], name: str) -> dict[str, str]:
    texts = [part.content for part in parts if isinstance(part, TextPart | RefusalPart)]
    return {name: "".join(texts)}


def _thoughts(parts: tuple[Part, ...]) -> Iterator[ReasoningPart]:
    return (part for part in parts if isinstance(part, ReasoningPart))


def _images(parts: tuple[Part, ...]) -> list[str]:
    """Ollama's answers hold pictures, and no sounds."""
    media = (part for part in parts if isinstance(part, MediaPart))
    return [part.data for part in media if part.modality == "image" and part.data]
