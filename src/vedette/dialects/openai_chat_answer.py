"""Whole chat completions, read and written.

https://developers.openai.com/api/reference/resources/chat
"""

from typing import Any

import msgspec

from vedette.dialects.contract import WriteContext
from vedette.dialects.openai_chat_message_writer import media_members
from vedette.dialects.openai_chat_part_writer import NAME, Members, PartWriter, call_members
from vedette.dialects.openai_errors import find_error
from vedette.dialects.openai_messages import read_message
from vedette.dialects.openai_parts import leftover
from vedette.dialects.openai_reasoning import reasoning_fields
from vedette.dialects.openai_searches import with_search_of_model
from vedette.dialects.openai_tools import FUNCTIONS
from vedette.dialects.openai_usage import read_usage
from vedette.dialects.openai_usage_writer import write_chat_usage
from vedette.dialects.reading import as_count, as_list, as_mapping, as_text, decode_answer
from vedette.dialects.signatures import seal
from vedette.model.chat import (
    Answer,
    ChatRequest,
    Message,
    Part,
    ReasoningPart,
    RefusalPart,
    ToolCallPart,
)

STOPS = {
    "stop": "stop", "length": "length", "stop_sequence": "stop", "tool_call": "tool_calls",
    "content_filter": "content_filter", "refusal": "content_filter",
    # Neither answer is whole, and there is one word for that.
    "pause": "length", "error": "length",
}  # fmt: skip
"""Neutral words -> `finish_reason`."""

_MODELLED = ("id", "object", "created", "model", "choices", "usage", "error")
_CHOICE = "choice"
"""Under this name what a choice says beside its message stands in the message's `extra`."""


def read_answer(body: bytes) -> Answer:
    """The whole unstreamed answer. Raises Unreadable where `body` is not a JSON object."""
    answer = decode_answer(body)
    choices = [as_mapping(choice) for choice in as_list(answer.get("choices"))]
    model = as_text(answer.get("model"))
    return Answer(
        id=as_text(answer.get("id")),
        model=model,
        messages=tuple(map(_read_choice, choices)),
        finish_reasons=tuple(as_text(choice.get("finish_reason")) for choice in choices),
        usage=with_search_of_model(read_usage(answer.get("usage")), model),
        error=find_error(answer),
        created_s=as_count(answer.get("created")),
        extra=leftover(answer, *_MODELLED),
        dialect=NAME,
    )


def _read_choice(choice: dict[str, Any]) -> Message:
    reason = as_text(choice.get("finish_reason"))
    message = read_message(
        choice.get("message"), finish_reason=reason, role="assistant", source=NAME
    )
    if beside := leftover(choice, "index", "message", "finish_reason"):
        extra = {**message.extra, _CHOICE: beside}
        message = msgspec.structs.replace(message, extra=extra)
    return message


def write_answer(answer: Answer, context: WriteContext) -> bytes:
    """The answer, with as many choices as it has messages; one that is empty where it has none."""
    is_own = answer.dialect == NAME
    messages = answer.messages or (Message(role="assistant", finish_reason="stop"),)
    written: Members = {
        "id": answer.id or f"chatcmpl-{context.id}",
        "object": "chat.completion",
        "created": answer.created_s or context.created_s,
        "model": answer.model or context.model,
        "choices": [
            _choice(message, index, context, is_own=is_own)
            for index, message in enumerate(messages)
        ],
    }
    if answer.usage is not None:
        written["usage"] = write_chat_usage(answer.usage)
    return msgspec.json.encode({**written, **(answer.extra if is_own else {})})


def _choice(message: Message, index: int, context: WriteContext, *, is_own: bool) -> Members:
    extra = dict(message.extra) if is_own else {}
    beside = as_mapping(extra.pop(_CHOICE, None))
    members = _message(message, extra, index, context, is_own=is_own)
    reason = stop_reason(
        message.finish_reason,
        calls="tool_calls" in members,
        refused=members["refusal"] is not None,
    )
    if "function_call" in members and reason in ("stop", "tool_calls"):
        reason = "function_call"
    return {
        "index": index, "message": members, "logprobs": None, "finish_reason": reason, **beside,
    }  # fmt: skip


def _message(
    message: Message, extra: Members, index: int, context: WriteContext, *, is_own: bool
) -> Members:
    parts = message.parts
    calls = [part for part in parts if isinstance(part, ToolCallPart)]
    refusals = [part.content for part in parts if isinstance(part, RefusalPart)]
    beside = ToolCallPart | RefusalPart | ReasoningPart
    said: list[Part] = [part for part in parts if not isinstance(part, beside)]
    media = media_members(said, extra)
    texts = PartWriter(ChatRequest(model="", dialect=NAME if is_own else ""))
    content = texts.content(said, "")
    written: Members = {
        "role": "assistant",
        "content": content if content or not (calls or refusals or media) else None,
        "refusal": "".join(refusals) if refusals else None,
        **media,
    }
    if "audio" in written:
        written["audio"] = {"data": "", "expires_at": 0, "transcript": "", **written["audio"]}
    thoughts = (part for part in parts if isinstance(part, ReasoningPart))
    written |= reasoning_fields(thoughts, extras=is_own)
    if not calls:
        return written | extra
    members = [
        _call(part, call_id(part.id, context, index, number), is_own=is_own)
        for number, part in enumerate(calls)
    ]
    if wants_functions(context.request):
        return written | {"function_call": members[0]["function"]} | extra
    return written | {"tool_calls": members} | extra


def _call(part: ToolCallPart, id: str, *, is_own: bool) -> Members:
    extra = dict(part.extra) if is_own else {}
    return call_members(part, id, seal(part.signature, part.source, NAME), extra)


def call_id(id: str, context: WriteContext, choice: int, number: int) -> str:
    """The id of a call, made where the provider gives none."""
    return id or f"call_{context.id}{choice}{number:02d}"


def wants_functions(request: ChatRequest) -> bool:
    """Whether the client is from before tools, and knows calls as `function_call` only."""
    return bool(request.tools) and all(tool.extra.get(FUNCTIONS) for tool in request.tools)


def stop_reason(word: str, *, calls: bool, refused: bool) -> str:
    """The word for why a choice ended; the model's own refusal is an answer like others."""
    if refused and word in ("refusal", ""):
        return "stop"
    reason = STOPS.get(word, "stop")
    return "tool_calls" if calls and reason == "stop" else reason
