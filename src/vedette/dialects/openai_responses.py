"""The OpenAI responses format, reading side only: calls pass through, their record is read here.

https://platform.openai.com/docs/api-reference/responses
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from vedette.dialects.openai_answer_head import AnswerHead, head_of
from vedette.dialects.openai_errors import find_error
from vedette.dialects.openai_messages import read_content, read_tools
from vedette.dialects.openai_settings import read_settings, unknown_fields
from vedette.dialects.openai_stream import is_output, read_sign
from vedette.dialects.openai_usage import read_usage
from vedette.dialects.reading import (
    as_count,
    as_list,
    as_mapping,
    as_text,
    decode,
    decode_answer,
    decode_request,
    decode_text,
    first_text,
)
from vedette.model.chat import (
    Answer,
    ChatRequest,
    Delta,
    End,
    ErrorDelta,
    Message,
    Part,
    RawPart,
    ReasoningDelta,
    ReasoningPart,
    RefusalDelta,
    Start,
    Stop,
    TextDelta,
    TextPart,
    ToolArguments,
    ToolCallPart,
    ToolResultPart,
    ToolStart,
    UsageDelta,
)

__all__ = ["StreamReader", "is_output", "peek_answer", "read_answer", "read_request"]

_KNOWN = frozenset(("model", "input", "instructions", "tools", "stream", "user", "metadata"))


def read_request(body: bytes) -> ChatRequest:
    """The whole request. Raises BadRequest where `body` is not a JSON object."""
    request = decode_request(body)
    return ChatRequest(
        model=as_text(request.get("model")),
        messages=tuple(_read_input(request)),
        tools=read_tools(request),
        settings=read_settings(request),
        stream=request.get("stream") is True,
        user=as_text(request.get("user")),
        metadata=as_mapping(request.get("metadata")),
        unknown=unknown_fields(request, _KNOWN),
    )


def _read_input(request: dict[str, Any]) -> Iterator[Message]:
    if instructions := as_text(request.get("instructions")):
        yield Message(role="system", parts=(TextPart(content=instructions),))
    value = request.get("input")
    if isinstance(value, str):
        yield Message(role="user", parts=(TextPart(content=value),))
    for item in as_list(value):
        fields = as_mapping(item)
        role = as_text(fields.get("role")) or _ROLES.get(as_text(fields.get("type")), "user")
        yield Message(role=role, parts=tuple(_read_item(item)))


_ROLES = {"function_call": "assistant", "reasoning": "assistant", "function_call_output": "tool"}


def _read_item(value: object) -> Iterable[Part]:
    """The parts of one input or output item."""
    item = as_mapping(value)
    kind = as_text(item.get("type"))
    if kind == "message" or (not kind and "content" in item):
        return read_content(item.get("content"))
    if kind in ("function_call", "custom_tool_call"):
        arguments = as_text(item.get("arguments")) or as_text(item.get("input"))
        call_id = first_text(item.get("call_id"), item.get("id"))
        name = as_text(item.get("name"))
        return [ToolCallPart(name=name, id=call_id, arguments=decode_text(arguments))]
    if kind in ("function_call_output", "custom_tool_call_output"):
        return [ToolResultPart(id=as_text(item.get("call_id")), result=item.get("output"))]
    if kind == "reasoning":
        summary = (as_text(as_mapping(s).get("text")) for s in as_list(item.get("summary")))
        return [ReasoningPart(content=text) for text in summary if text]
    return [RawPart(content=value)]


def read_answer(body: bytes) -> Answer:
    """The whole unstreamed answer. Raises Unreadable where `body` is not a JSON object."""
    return _read_response(decode_answer(body))


def peek_answer(body: bytes) -> AnswerHead:
    """The facts of an unstreamed answer. Raises Unreadable where it is not a JSON object."""
    return head_of(read_answer(body))


def _read_response(answer: dict[str, Any]) -> Answer:
    reason = _finish_reason(answer)
    parts = tuple(part for item in as_list(answer.get("output")) for part in _read_item(item))
    message = Message(role="assistant", parts=parts, finish_reason=reason)
    return Answer(
        id=as_text(answer.get("id")),
        model=as_text(answer.get("model")),
        messages=(message,) if parts or reason else (),
        finish_reasons=(reason,) if reason else (),
        usage=read_usage(answer.get("usage")),
        error=find_error(answer),
    )


def _finish_reason(answer: dict[str, Any]) -> str:
    """Why it is incomplete, else its status; empty while it is going on."""
    status = as_text(answer.get("status"))
    if status in ("in_progress", "queued"):
        return ""
    return as_text(as_mapping(answer.get("incomplete_details")).get("reason")) or status


class StreamReader:
    """Reads the events of one stream, in order."""

    __slots__ = ("_calls",)

    def __init__(self) -> None:
        self._calls: dict[int, int] = {}

    def read(self, data: bytes) -> list[Delta]:
        """The deltas of one event's data; empty where it says nothing new."""
        event = as_mapping(decode(data))
        kind = as_text(event.get("type"))
        if (read := _EVENTS.get(kind)) is not None:
            return read(self, event)
        return [] if kind.startswith("response.") else read_sign(data)

    def _created(self, event: dict[str, Any]) -> list[Delta]:
        response = as_mapping(event.get("response"))
        return [Start(as_text(response.get("id")), as_text(response.get("model")))]

    def _text(self, event: dict[str, Any]) -> list[Delta]:
        text = as_text(event.get("delta"))
        return [TextDelta(text)] if text else []

    def _reasoning(self, event: dict[str, Any]) -> list[Delta]:
        text = as_text(event.get("delta"))
        return [ReasoningDelta(text)] if text else []

    def _refusal(self, event: dict[str, Any]) -> list[Delta]:
        text = as_text(event.get("delta"))
        return [RefusalDelta(text)] if text else []

    def _item(self, event: dict[str, Any]) -> list[Delta]:
        item = as_mapping(event.get("item"))
        if item.get("type") not in ("function_call", "custom_tool_call"):
            return []
        call = self._calls[as_count(event.get("output_index"))] = len(self._calls)
        id = first_text(item.get("call_id"), item.get("id"))
        return [ToolStart(call, id, as_text(item.get("name")))]

    def _arguments(self, event: dict[str, Any]) -> list[Delta]:
        call = self._calls.get(as_count(event.get("output_index")))
        fragment = as_text(event.get("delta"))
        return [ToolArguments(call, fragment)] if call is not None and fragment else []

    def _ended(self, event: dict[str, Any]) -> list[Delta]:
        answer = _read_response(as_mapping(event.get("response")))
        deltas: list[Delta] = [Stop(reason) for reason in answer.finish_reasons]
        if answer.usage is not None:
            deltas.append(UsageDelta(answer.usage))
        if answer.error:
            deltas.append(ErrorDelta(answer.error))
        return [*deltas, End()]

    def _error(self, event: dict[str, Any]) -> list[Delta]:
        error = as_mapping(event.get("error")) or {**event, "type": event.get("code")}
        return [ErrorDelta(as_text(error.get("message")), as_text(error.get("type")))]


_EVENTS: dict[str, Callable[[StreamReader, dict[str, Any]], list[Delta]]] = {
    "response.created": StreamReader._created,
    "response.output_text.delta": StreamReader._text,
    "response.reasoning_text.delta": StreamReader._reasoning,
    "response.reasoning_summary_text.delta": StreamReader._reasoning,
    "response.refusal.delta": StreamReader._refusal,
    "response.output_item.added": StreamReader._item,
    "response.function_call_arguments.delta": StreamReader._arguments,
    "response.custom_tool_call_input.delta": StreamReader._arguments,
    "response.completed": StreamReader._ended,
    "response.incomplete": StreamReader._ended,
    "response.failed": StreamReader._ended,
    "error": StreamReader._error,
}
