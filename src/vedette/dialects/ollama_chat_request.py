"""Requests of Ollama's `/api/chat`, read and written.

https://github.com/ollama/ollama/blob/main/docs/api.md#generate-a-chat-completion
A request that says nothing of `stream` wants one. Where a field of another dialect has no place,
`foreign` says whether it is left out or refused; calls one at a time (`parallel_tools`) cannot be
asked for and are left out.
"""

from typing import Any

import msgspec

from vedette.dialects.contract import Written
from vedette.dialects.foreign import leave_out
from vedette.dialects.ollama_message_writer import MessageWriter, write_tools
from vedette.dialects.ollama_messages import read_messages, read_tools
from vedette.dialects.ollama_options import (
    BORROWED,
    OPTIONS,
    read_format,
    read_options,
    read_think,
    write_format,
    write_options,
    write_think,
)
from vedette.dialects.reading import as_text, decode_request
from vedette.model.chat import ChatRequest

NAME = "ollama_chat"

_KNOWN = frozenset({"model", "messages", "tools", "stream", "format", "think", "options"})


def read_request(body: bytes) -> ChatRequest:
    """The whole request. Raises BadRequest where `body` is not a JSON object."""
    request = decode_request(body)
    return ChatRequest(
        model=as_text(request.get("model")),
        messages=read_messages(request.get("messages"), NAME),
        tools=read_tools(request.get("tools")),
        dialect=NAME,
        **read_common(request, _KNOWN),
    )


def read_common(request: dict[str, Any], known: frozenset[str]) -> dict[str, Any]:
    """The fields of a ChatRequest that `/api/chat` and `/api/generate` write alike."""
    settings, unknown = read_options(request)
    output_format, reasoning = read_format(request.get("format")), read_think(request.get("think"))
    unread = {"format": output_format, "think": reasoning}
    for name, value in request.items():
        is_read = name in known and unread.get(name, value) is not None
        if not is_read and value not in (None, ""):
            unknown[name] = value
    return {
        "output_format": output_format,
        "reasoning": reasoning,
        "settings": settings,
        "stream": request.get("stream") is not False,
        "include_usage": True,
        "unknown": unknown,
    }


def write_request(request: ChatRequest) -> Written:
    """The request for `request.model`, with figures in any case. Raises Unsupported."""
    is_own = request.dialect == NAME
    left_out = leave_out(request, NAME, kept=frozenset(BORROWED))
    writer = MessageWriter(request, NAME)
    fields: dict[str, Any] = {"model": request.model, "messages": list(writer.write())}
    tools, dropped = write_tools(request, is_own=is_own)
    if tools:
        fields["tools"] = tools
    common, also_dropped = write_common(request, is_own=is_own)
    body = msgspec.json.encode(fields | common)
    return Written(
        body, tuple(dict.fromkeys([*left_out, *writer.dropped, *dropped, *also_dropped]))
    )


def write_common(request: ChatRequest, *, is_own: bool) -> tuple[dict[str, Any], list[str]]:
    """What `/api/chat` and `/api/generate` say alike, and the client's names of what they cannot.

    Raises Unsupported.
    """
    options, dropped = write_options(request, is_own=is_own)
    fields: dict[str, Any] = {
        "stream": request.stream,
        "format": write_format(request.output_format),
        "think": write_think(request.reasoning),
        "options": options or None,
    }
    fields = {name: value for name, value in fields.items() if value is not None}
    if is_own:
        rest = {n: v for n, v in request.unknown.items() if not n.startswith(OPTIONS)}
        return fields | rest, dropped
    if request.parallel_tools is False:
        dropped.append(_name(request, "parallel_tools"))
    if request.user:
        dropped.append(_name(request, "user"))
    dropped += [_name(request, "metadata")] if _has_more_metadata(request) else []
    return fields, dropped


def _name(request: ChatRequest, field: str) -> str:
    """What the client's dialect calls a neutral field."""
    return _NAMES.get((request.dialect, field), _NAMES.get(("", field), field))


def _has_more_metadata(request: ChatRequest) -> bool:
    """Anthropic's metadata is its user."""
    return bool(request.metadata.keys() - {"user_id"})


_NAMES = {
    ("", "parallel_tools"): "parallel_tool_calls",
    ("anthropic", "parallel_tools"): "tool_choice.disable_parallel_tool_use",
    ("anthropic", "user"): "metadata.user_id",
    ("bedrock", "metadata"): "requestMetadata",
}
