"""Requests of the Anthropic messages format, read; those that only count tokens as well.

https://platform.claude.com/docs/en/api/messages and .../messages-count-tokens
"""

from typing import Any

from vedette.dialects.anthropic_blocks import NAME, read_blocks
from vedette.dialects.anthropic_thinking import is_plain, read_reasoning
from vedette.dialects.anthropic_tools import read_choice, read_tools
from vedette.dialects.openai_parts import leftover
from vedette.dialects.openai_settings import read_settings, unknown_fields
from vedette.dialects.reading import as_list, as_mapping, as_text, decode_request
from vedette.model.chat import ChatRequest, Message, OutputFormat

_KNOWN = frozenset(
    (
        "model", "messages", "system", "tools", "tool_choice", "stream", "metadata", "thinking",
        "output_config", "output_format",
    )
)  # fmt: skip


def read_request(body: bytes) -> ChatRequest:
    """The whole request. Raises BadRequest where `body` is not a JSON object."""
    request = decode_request(body)
    metadata = as_mapping(request.get("metadata"))
    choice, parallel = read_choice(request.get("tool_choice"))
    return ChatRequest(
        model=as_text(request.get("model")),
        messages=_read_messages(request),
        tools=read_tools(request.get("tools")),
        tool_choice=choice,
        parallel_tools=parallel,
        output_format=_read_format(request),
        reasoning=read_reasoning(request),
        settings=read_settings(request),
        stream=request.get("stream") is True,
        include_usage=True,
        user=as_text(metadata.get("user_id")),
        metadata=metadata,
        unknown=unknown_fields(request, _KNOWN) | _unmodelled(request),
        dialect=NAME,
    )


read_count_request = read_request
"""A request to count tokens has the same shape, without a limit of output."""


def _read_messages(request: dict[str, Any]) -> tuple[Message, ...]:
    messages = [_read_message(as_mapping(value)) for value in as_list(request.get("messages"))]
    if request.get("system"):
        messages.insert(0, Message(role="system", parts=tuple(read_blocks(request["system"]))))
    return tuple(messages)


def _read_message(message: dict[str, Any]) -> Message:
    return Message(
        role=as_text(message.get("role")) or "user",
        parts=tuple(read_blocks(message.get("content"))),
        extra=leftover(message, "role", "content"),
    )


def _read_format(request: dict[str, Any]) -> OutputFormat | None:
    """What the text must be: `output_config.format`, or `output_format` as it was in the beta."""
    config = as_mapping(request.get("output_config"))
    wanted = as_mapping(config.get("format")) or as_mapping(request.get("output_format"))
    if wanted.get("type") != "json_schema":
        return None
    return OutputFormat("json_schema", schema=wanted.get("schema"))


def _unmodelled(request: dict[str, Any]) -> dict[str, Any]:
    """What of the modelled fields has no neutral form."""
    unknown: dict[str, Any] = {}
    if "thinking" in request and not is_plain(request["thinking"]):
        unknown["thinking"] = request["thinking"]
    config = as_mapping(request.get("output_config"))
    kept = leftover(config, "effort", "format")
    if as_mapping(config.get("format")).get("type", "json_schema") != "json_schema":
        kept["format"] = config["format"]
    if kept:
        unknown["output_config"] = kept
    return unknown
