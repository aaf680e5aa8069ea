"""The formats of `InvokeModel` that are a prompt and a text."""

from collections.abc import Iterator
from types import MappingProxyType
from typing import Any

from vedette.dialects.bedrock_answer import find_error
from vedette.dialects.reading import as_count, as_list, as_mapping, as_text, first_text
from vedette.model.chat import Answer, ChatRequest, Message, TextPart
from vedette.model.usage import Usage

_SETTINGS = MappingProxyType(
    {
        "max_gen_len": "max_tokens", "max_tokens": "max_tokens", "maxTokenCount": "max_tokens",
        "max_tokens_to_sample": "max_tokens", "temperature": "temperature", "top_p": "top_p",
        "topP": "top_p", "p": "top_p", "top_k": "top_k", "k": "top_k",
        "stop_sequences": "stop_sequences", "stopSequences": "stop_sequences",
        "stop": "stop_sequences",
    }
)  # fmt: skip
"""What the vendors call the sampling settings -> their GenAI names."""
_KNOWN = frozenset(
    ("prompt", "inputText", "message", "chat_history", "preamble", "textGenerationConfig",
     *_SETTINGS)
)  # fmt: skip
_ROLES = MappingProxyType({"USER": "user", "CHATBOT": "assistant", "SYSTEM": "system"})

_LISTS = ("results", "outputs", "generations")
_TEXTS = ("generation", "completion", "outputText", "text")
_MARKS = ("event_type", "is_finished", *_TEXTS, *_LISTS)

METRICS = "amazon-bedrock-invocationMetrics"
ACTION = "amazon-bedrock-guardrailAction"
INTERVENED = "guardrail_intervened"
"""Converse's word for why an answer ended that a guardrail has written."""


def read_prompt(fields: dict[str, Any], dialect: str) -> ChatRequest:
    """A request whose text is a prompt, or a message after others (Cohere)."""
    settings = fields | as_mapping(fields.get("textGenerationConfig"))
    return ChatRequest(
        model="",
        messages=tuple(_messages(fields)),
        settings={
            name: settings[field]
            for field, name in _SETTINGS.items()
            if settings.get(field) is not None
        },
        include_usage=True,
        unknown={name: value for name, value in fields.items() if name not in _KNOWN},
        dialect=dialect,
    )


def _messages(fields: dict[str, Any]) -> Iterator[Message]:
    if preamble := as_text(fields.get("preamble")):
        yield Message("system", (TextPart(content=preamble),))
    for turn in map(as_mapping, as_list(fields.get("chat_history"))):
        role = _ROLES.get(as_text(turn.get("role")), "user")
        yield Message(role, (TextPart(content=as_text(turn.get("message"))),))
    prompt = first_text(fields.get("prompt"), fields.get("inputText"), fields.get("message"))
    if prompt:
        yield Message("user", (TextPart(content=prompt),))


def read_completion(fields: dict[str, Any]) -> Answer:
    """A whole answer that is one text or several."""
    texts = list(completions(fields))
    messages = tuple(
        Message("assistant", (TextPart(content=text),) if text else (), finish_reason=reason)
        for text, reason in texts
    )
    return Answer(
        id=first_text(fields.get("id"), fields.get("generation_id"), fields.get("response_id")),
        messages=messages,
        finish_reasons=tuple(reason for _, reason in texts),
        usage=read_figures(fields),
        error="" if texts else find_error(fields),
    )


def completions(fields: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Text and stop reason of each choice, in an answer or an event of a stream."""
    for name in _LISTS:
        for choice in map(as_mapping, as_list(fields.get(name))):
            yield first_text(choice.get("outputText"), choice.get("text")), reason_of(choice)
    for name in _TEXTS:
        if isinstance(fields.get(name), str):
            yield fields[name], reason_of(fields)
    if fields.get("is_finished") is True and not isinstance(fields.get("text"), str):
        yield "", reason_of(fields)


def form_of(event: dict[str, Any]) -> str:
    """The mark of a format in an event of a stream; "" where it is none of these formats."""
    mark = next((mark for mark in _MARKS if mark in event), "")
    return "text" if mark == "is_finished" else mark


def reason_of(choice: dict[str, Any]) -> str:
    """Why a choice ended, in the vendor's own word; "" where it has not."""
    names = ("stop_reason", "completionReason", "finish_reason")
    return first_text(*(choice.get(name) for name in names))


def read_figures(fields: dict[str, Any]) -> Usage | None:
    """Token figures of these formats; None where there are none."""
    results = [as_mapping(result) for result in as_list(fields.get("results"))]
    given = (fields.get("prompt_token_count"), fields.get("inputTextTokenCount"))
    answered = (
        fields.get("generation_token_count"), fields.get("totalOutputTextTokenCount"),
        *(result.get("tokenCount") for result in results),
    )  # fmt: skip
    if all(count is None for count in (*given, *answered)):
        return None
    return Usage(input_uncached=sum(map(as_count, given)), output_text=sum(map(as_count, answered)))


def read_metrics(fields: dict[str, Any]) -> Usage | None:
    """Bedrock's own count, in the last event of a stream."""
    metrics = as_mapping(fields.get(METRICS))
    if not metrics:
        return None
    return Usage(
        input_uncached=as_count(metrics.get("inputTokenCount")),
        cache_read=as_count(metrics.get("cacheReadInputTokenCount")),
        cache_write=as_count(metrics.get("cacheWriteInputTokenCount")),
        output_text=as_count(metrics.get("outputTokenCount")),
    )


def write_metrics(usage: Usage | None) -> dict[str, Any]:
    """The same, to be put into the last event; empty where nothing is known."""
    if usage is None:
        return {}
    figures = {
        "inputTokenCount": usage.input_uncached, "outputTokenCount": usage.output_total,
        "cacheReadInputTokenCount": usage.cache_read_total,
        "cacheWriteInputTokenCount": usage.cache_write + usage.cache_write_1h,
    }  # fmt: skip
    always = {"inputTokenCount", "outputTokenCount"}
    return {METRICS: {name: n for name, n in figures.items() if n or name in always}}
