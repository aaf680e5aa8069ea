"""The OpenAI chat completions format, as spoken by OpenAI and everybody who copies it.

https://platform.openai.com/docs/api-reference/chat
"""

from vedette.dialects.openai_answer_head import peek_answer
from vedette.dialects.openai_errors import find_error
from vedette.dialects.openai_head import (
    RequestHead,
    add_include_usage,
    peek,
    strip_usage,
    wants_usage,
)
from vedette.dialects.openai_messages import read_message, read_tools
from vedette.dialects.openai_settings import read_settings, unknown_fields
from vedette.dialects.openai_stream import StreamReader, is_output
from vedette.dialects.openai_usage import read_usage
from vedette.dialects.reading import (
    as_list,
    as_mapping,
    as_text,
    decode_answer,
    decode_request,
)
from vedette.model.chat import Answer, ChatRequest

__all__ = [
    "RequestHead", "StreamReader", "add_include_usage", "is_output", "peek", "peek_answer",
    "read_answer", "read_request", "strip_usage", "wants_usage",
]  # fmt: skip

_KNOWN = frozenset(
    ("model", "messages", "tools", "functions", "stream", "stream_options", "user", "metadata")
)


def read_request(body: bytes) -> ChatRequest:
    """The whole request. Raises BadRequest where `body` is not a JSON object."""
    request = decode_request(body)
    return ChatRequest(
        model=as_text(request.get("model")),
        messages=tuple(read_message(message) for message in as_list(request.get("messages"))),
        tools=read_tools(request),
        settings=read_settings(request),
        stream=request.get("stream") is True,
        user=as_text(request.get("user")),
        metadata=as_mapping(request.get("metadata")),
        unknown=unknown_fields(request, _KNOWN),
    )


def read_answer(body: bytes) -> Answer:
    """The whole unstreamed answer. Raises Unreadable where `body` is not a JSON object."""
    answer = decode_answer(body)
    choices = [as_mapping(choice) for choice in as_list(answer.get("choices"))]
    reasons = [as_text(choice.get("finish_reason")) for choice in choices]
    return Answer(
        id=as_text(answer.get("id")),
        model=as_text(answer.get("model")),
        messages=tuple(
            read_message(choice.get("message"), finish_reason=reason, role="assistant")
            for choice, reason in zip(choices, reasons, strict=True)
        ),
        finish_reasons=tuple(reasons),
        usage=read_usage(answer.get("usage")),
        error=find_error(answer),
    )
