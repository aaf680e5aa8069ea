"""Requests of the chat completions format, read.

https://developers.openai.com/api/reference/resources/chat
Vendors' ways to ask for reasoning (`reasoning` of OpenRouter, `thinking` of DeepSeek and LiteLLM)
are understood, and kept among the unknown fields for the vendor that they are for.
"""

from typing import Any

from vedette.dialects.openai_messages import read_message
from vedette.dialects.openai_parts import leftover
from vedette.dialects.openai_settings import read_settings, unknown_fields
from vedette.dialects.openai_tools import read_tool_choice, read_tools
from vedette.dialects.reading import as_list, as_mapping, as_text, decode_request
from vedette.model.chat import ChatRequest, OutputFormat, Reasoning

NAME = "openai_chat"
_KNOWN = frozenset(
    ("model", "messages", "tools", "functions", "stream", "stream_options", "user", "metadata")
)

_THINKING = frozenset(("reasoning", "thinking", "reasoning_effort"))


def read_request(body: bytes) -> ChatRequest:
    """The whole request. Raises BadRequest where `body` is not a JSON object."""
    request = decode_request(body)
    options = as_mapping(request.get("stream_options"))
    choice = read_tool_choice(request.get("tool_choice", request.get("function_call")))
    output_format = _read_format(request.get("response_format"))
    parallel = _boolean(request.get("parallel_tool_calls"))
    read = {
        "tool_choice": choice,
        "function_call": choice,
        "response_format": output_format,
        "parallel_tool_calls": parallel,
        "reasoning_effort": as_text(request.get("reasoning_effort")) or None,
    }
    known = _KNOWN.union(name for name, value in read.items() if value is not None)
    unknown = unknown_fields(request, known)
    if rest := leftover(options, "include_usage"):
        unknown["stream_options"] = rest
    return ChatRequest(
        model=as_text(request.get("model")),
        messages=tuple(read_message(message) for message in as_list(request.get("messages"))),
        tools=read_tools(request),
        tool_choice=choice,
        # Functions of before tools are called one at a time.
        parallel_tools=False if request.get("functions") else parallel,
        output_format=output_format,
        reasoning=_read_reasoning(request),
        settings=read_settings(request),
        stream=request.get("stream") is True,
        include_usage=bool(options.get("include_usage")),
        user=as_text(request.get("user")),
        metadata=as_mapping(request.get("metadata")),
        unknown=unknown,
        dialect=NAME,
    )


def _read_format(value: object) -> OutputFormat | None:
    """A `response_format`; None where it is absent or one of a vendor's own."""
    wanted = as_mapping(value)
    kind = as_text(wanted.get("type"))
    if kind == "json_schema":
        described = as_mapping(wanted.get("json_schema"))
        return OutputFormat(
            "json_schema",
            schema=described.get("schema"),
            name=as_text(described.get("name")),
            description=as_text(described.get("description")),
            strict=_boolean(described.get("strict")),
        )
    if kind == "text":
        return OutputFormat("text")
    return OutputFormat("json") if kind == "json_object" else None


def _read_reasoning(request: dict[str, Any]) -> Reasoning | None:
    """How much to think, by whatever field says it."""
    if _THINKING.isdisjoint(request):
        return None
    asked, thinking = as_mapping(request.get("reasoning")), as_mapping(request.get("thinking"))
    effort = as_text(request.get("reasoning_effort")) or as_text(asked.get("effort"))
    budget = asked.get("max_tokens", thinking.get("budget_tokens"))
    enabled = asked.get("enabled")
    if thinking.get("type") in ("enabled", "adaptive", "disabled"):
        enabled = thinking["type"] != "disabled"
    read = Reasoning(
        enabled=_boolean(enabled),
        effort=effort,
        budget_tokens=budget if type(budget) is int else None,
    )
    return None if read == Reasoning() else read


def _boolean(value: object) -> bool | None:
    return value if isinstance(value, bool) else None
