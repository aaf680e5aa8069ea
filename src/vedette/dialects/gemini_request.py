"""Requests to generate content, both directions.

https://ai.google.dev/api/generate-content
Model and streaming stand in the path, not in the body: who reads a request adds them.
"""

from collections.abc import Iterator
from typing import Any

import msgspec

from vedette.dialects.contract import Written
from vedette.dialects.gemini_calls import number_calls
from vedette.dialects.gemini_contents import write_conversation
from vedette.dialects.gemini_drops import Drops
from vedette.dialects.gemini_fields import NAME, bare_model, camel_fields
from vedette.dialects.gemini_parts import read_parts
from vedette.dialects.gemini_settings import CONFIG, read_config, write_config
from vedette.dialects.gemini_tools import (
    TOOL_CONFIG,
    read_tool_config,
    read_tools,
    write_tool_config,
    write_tools,
)
from vedette.dialects.openai_head import RequestHead
from vedette.dialects.reading import (
    as_list,
    as_mapping,
    as_text,
    decode,
    decode_request,
)
from vedette.errors import BadRequest
from vedette.model.chat import ChatRequest, Message, TextPart

_ROLES = {"model": "assistant", "function": "tool", "": "user"}
_KNOWN = frozenset(
    {
        "model", "contents", "systemInstruction", "tools", "toolConfig", "generationConfig",
        "labels",
    }
)  # fmt: skip


def read_request(body: bytes) -> ChatRequest:
    """The whole request but for model and streaming. Raises BadRequest where `body` is not a JSON
    object."""
    return read_fields(camel_fields(decode_request(body)))


def read_fields(request: dict[str, Any]) -> ChatRequest:
    """The request from its fields."""
    settings, form, reasoning, config = read_config(request.get("generationConfig"))
    choice, tool_config = read_tool_config(request.get("toolConfig"))
    unknown = {name: value for name, value in request.items() if name not in _KNOWN}
    # Under the names by which they can be told to the client.
    unknown |= {f"{CONFIG}{name}": value for name, value in config.items()}
    unknown |= {f"{TOOL_CONFIG}{name}": value for name, value in tool_config.items()}
    return ChatRequest(
        model=bare_model(as_text(request.get("model"))),
        messages=number_calls(_read_messages(request)),
        tools=read_tools(request.get("tools")),
        tool_choice=choice,
        output_format=form,
        reasoning=reasoning,
        settings=settings,
        include_usage=True,
        metadata=as_mapping(request.get("labels")),
        unknown=unknown,
        dialect=NAME,
    )


def _read_messages(request: dict[str, Any]) -> Iterator[Message]:
    system = _read_message(request.get("systemInstruction"), "system")
    if system.parts or system.extra:
        yield system
    contents = request.get("contents")
    for content in [contents] if isinstance(contents, dict | str) else as_list(contents):
        role = as_text(as_mapping(content).get("role"))
        yield _read_message(content, _ROLES.get(role, role))


def _read_message(value: object, role: str) -> Message:
    if isinstance(value, str):
        return Message(role=role, parts=(TextPart(content=value),) if value else ())
    content = camel_fields(value)
    parts = content.get("parts")
    return Message(
        role=role,
        parts=tuple(read_parts([parts] if isinstance(parts, dict) else parts)),
        extra={name: kept for name, kept in content.items() if name not in ("role", "parts")},
    )


def write_request(request: ChatRequest) -> Written:
    """The body; model and streaming go into the path. Raises Unsupported."""
    drops = Drops(request)
    fields = write_fields(request, drops)
    return Written(msgspec.json.encode(fields), drops.names)


def write_fields(request: ChatRequest, drops: Drops) -> dict[str, Any]:
    """The fields of the body. Raises Unsupported."""
    fields = write_conversation(request, drops)
    if tools := write_tools(request, drops):
        fields["tools"] = tools
    if tool_config := write_tool_config(request):
        fields["toolConfig"] = tool_config
    if config := write_config(request, drops):
        fields["generationConfig"] = config
    if drops.is_ours:
        elsewhere = (CONFIG, TOOL_CONFIG)
        fields |= {k: v for k, v in request.unknown.items() if not k.startswith(elsewhere)}
        if request.metadata:
            fields["labels"] = request.metadata
    return fields


class _Config(msgspec.Struct, gc=False, rename="camel"):
    max_output_tokens: int | None = None
    candidate_count: int | None = None


class _Head(msgspec.Struct, gc=False, rename="camel"):
    model: str = ""
    generation_config: _Config | None = None
    labels: dict[str, Any] | None = None


_HEAD = msgspec.json.Decoder(_Head)


def peek(body: bytes, *, needs_model: bool = True) -> RequestHead:
    """What decides where a request goes, as far as the body says it.

    No model is no fault: the path names it. Raises BadRequest where `body` is not a JSON object;
    without `needs_model` that is an empty head.
    """
    try:
        head = _HEAD.decode(body)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return _peek_loosely(body, needs_model=needs_model)
    config = head.generation_config or _Config()
    if config == _Config() and b"generation_config" in body:
        return _peek_loosely(body, needs_model=needs_model)
    return RequestHead(
        model=bare_model(head.model),
        stream=None,
        metadata=head.labels,
        max_tokens=config.max_output_tokens,
        n=config.candidate_count,
    )


def _peek_loosely(body: bytes, *, needs_model: bool) -> RequestHead:
    value = decode(body)
    if not isinstance(value, dict):
        if needs_model:
            raise BadRequest("The request body is not a JSON object.")
        return RequestHead(stream=None)
    request = camel_fields(value)
    config = camel_fields(request.get("generationConfig"))
    tokens, count = config.get("maxOutputTokens"), config.get("candidateCount")
    return RequestHead(
        model=bare_model(as_text(request.get("model"))),
        stream=None,
        metadata=as_mapping(request.get("labels")) or None,
        max_tokens=tokens if type(tokens) is int else None,
        n=count if type(count) is int else None,
    )
