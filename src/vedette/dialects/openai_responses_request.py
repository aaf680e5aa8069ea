"""Whole requests of the responses format, read and written.

https://platform.openai.com/docs/api-reference/responses/create
"""

from types import MappingProxyType
from typing import Any

import msgspec
from msgspec.structs import replace

from vedette.dialects.contract import Written
from vedette.dialects.foreign import leave_out
from vedette.dialects.openai_parts import leftover
from vedette.dialects.openai_responses_content import NAME
from vedette.dialects.openai_responses_input import InputWriter, split_instructions
from vedette.dialects.openai_responses_items import read_input
from vedette.dialects.openai_responses_settings import (
    SETTINGS,
    read_format,
    read_reasoning,
    read_settings,
    wants_thoughts,
    write_format,
    write_reasoning,
    write_settings,
)
from vedette.dialects.openai_responses_tools import (
    custom_names,
    read_tool_choice,
    read_tools,
    write_tool_choice,
    write_tools,
)
from vedette.dialects.reading import as_list, as_mapping, as_text, decode_request
from vedette.dialects.tool_calls import with_call_ids
from vedette.model.chat import ChatRequest, Message, TextPart

_KNOWN = frozenset(
    (
        "model", "input", "instructions", "tools", "tool_choice", "parallel_tool_calls", "stream",
        "text", "reasoning", "user", "metadata",
    )
)  # fmt: skip

_TAKEN = MappingProxyType(
    {
        "openai_chat": frozenset(
            (
                "prompt_cache_key", "prompt_cache_options", "prompt_cache_retention",
                "safety_identifier", "service_tier", "store", "verbosity",
            )
        )
    }
)  # fmt: skip
"""Fields of other dialects that mean the same here."""

_THOUGHTS = "reasoning.encrypted_content"


def read_request(body: bytes) -> ChatRequest:
    """The whole request. Raises BadRequest where `body` is not a JSON object."""
    request = decode_request(body)
    parallel = request.get("parallel_tool_calls")
    return ChatRequest(
        model=as_text(request.get("model")),
        messages=tuple(_read_messages(request)),
        tools=read_tools(request.get("tools")),
        tool_choice=read_tool_choice(request.get("tool_choice")),
        parallel_tools=parallel if isinstance(parallel, bool) else None,
        output_format=read_format(request.get("text")),
        reasoning=read_reasoning(request.get("reasoning")),
        settings=read_settings(request),
        stream=request.get("stream") is True,
        include_usage=True,
        user=as_text(request.get("user")),
        metadata=as_mapping(request.get("metadata")),
        unknown=_unknown(request),
        dialect=NAME,
    )


def _read_messages(request: dict[str, Any]) -> list[Message]:
    messages: list[Message] = []
    instructions = request.get("instructions")
    if isinstance(instructions, str) and instructions:
        messages.append(Message(role="system", parts=(TextPart(content=instructions),)))
    value = request.get("input")
    if isinstance(value, str):
        return [*messages, Message(role="user", parts=(TextPart(content=value),))]
    read = read_input(as_list(value))
    if not instructions and read and read[0].role == "system" and not read[0].extra:
        # Written again it must not become instructions: those end with their response.
        read[0] = Message(role="system", parts=read[0].parts, extra={"type": "message"})
    return messages + read


def _unknown(request: dict[str, Any]) -> dict[str, Any]:
    unknown = {
        name: value
        for name, value in request.items()
        if name not in _KNOWN and name not in SETTINGS and value is not None
    }
    form = ["format"] if read_format(request.get("text")) is not None else []
    if other := leftover(as_mapping(request.get("text")), *form):
        unknown["text"] = other
    if other := leftover(as_mapping(request.get("reasoning")), "effort", "summary"):
        unknown["reasoning"] = other
    instructions = request.get("instructions")
    if instructions is not None and not isinstance(instructions, str):
        unknown["instructions"] = instructions
    choice = request.get("tool_choice")
    if choice is not None and read_tool_choice(choice) is None:
        unknown["tool_choice"] = choice
    return unknown


def write_request(request: ChatRequest) -> Written:
    """The request for `request.model`. Raises Unsupported."""
    taken = _TAKEN.get(request.dialect, frozenset())
    dropped = leave_out(request, NAME, kept=taken)
    settings, left = write_settings(request)
    customs = custom_names(request.tools) if request.dialect == NAME else frozenset()
    instructions, messages = split_instructions(request)
    writer = InputWriter(request, customs)
    body: dict[str, Any] = {"model": request.model}
    if instructions:
        body["instructions"] = instructions
    if items := writer.write(with_call_ids(messages)):
        body["input"] = items
    metadata, other = _texts_only(request)
    body.update(write_options(replace(request, metadata=metadata)))
    body.update(settings)
    if request.stream:
        body["stream"] = True
    _add_unknown(body, request, taken)
    names = dict.fromkeys((*dropped, *left, *other, *writer.dropped))
    return Written(msgspec.json.encode(body), tuple(names))


def _texts_only(request: ChatRequest) -> tuple[dict[str, Any], list[str]]:
    """Metadata that this format takes, and the names of the rest."""
    if request.dialect == NAME:
        return request.metadata, []
    texts = {name: value for name, value in request.metadata.items() if isinstance(value, str)}
    return texts, [f"metadata.{name}" for name in request.metadata if name not in texts]


def write_options(request: ChatRequest) -> dict[str, Any]:
    """Tools, form and thinking: also what an answer repeats of its request."""
    options: dict[str, Any] = {}
    if request.tools:
        options["tools"] = write_tools(request.tools, request.dialect)
    if request.tool_choice is not None:
        customs = custom_names(request.tools)
        options["tool_choice"] = write_tool_choice(request.tool_choice, customs)
    if request.parallel_tools is not None:
        options["parallel_tool_calls"] = request.parallel_tools
    if request.output_format is not None:
        options["text"] = {"format": write_format(request.output_format)}
    if reasoning := write_reasoning(request):
        options["reasoning"] = reasoning
    if request.user:
        options["user"] = request.user
    if request.metadata:
        options["metadata"] = request.metadata
    return options


def _add_unknown(body: dict[str, Any], request: ChatRequest, taken: frozenset[str]) -> None:
    if request.dialect == NAME:
        for name, value in request.unknown.items():
            # The rest of an object of which we read a part.
            known = as_mapping(body.get(name))
            body[name] = {**known, **value} if known and isinstance(value, dict) else value
        return
    kept = {name: value for name, value in request.unknown.items() if name in taken}
    if (verbosity := kept.pop("verbosity", None)) is not None:
        body["text"] = {**body.get("text", {}), "verbosity": verbosity}
    body.update(kept)
    # Elsewhere nothing is stored unless asked for; here it is the other way round.
    body.setdefault("store", False)
    if wants_thoughts(request, body.get("reasoning", {})):
        # Of what is not stored the thoughts must come along, or the next turn lacks them.
        body["include"] = [_THOUGHTS]
