"""Simulated answers in OpenAI's JSON, whole and as server-sent events."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

import msgspec

from vedette.sim.answers import CREATED, FINGERPRINT, Answer, Choice, in_chunks
from vedette.sim.requests import CHAT_MODEL, EMBED_MODEL

DONE: Final = b"data: [DONE]\n\n"
ARGUMENT_BYTES: Final = 24
_encode = msgspec.json.Encoder().encode


def chat_body(answer: Answer) -> bytes:
    """A whole chat completion."""
    return _encode(
        {
            **_envelope(answer, "chat.completion"),
            "choices": [
                {
                    "index": index,
                    "message": _message(choice),
                    "logprobs": None,
                    "finish_reason": choice.finish_reason,
                }
                for index, choice in enumerate(answer.choices)
            ],
            "usage": answer.usage(),
            "service_tier": "default",
            "system_fingerprint": FINGERPRINT,
        }
    )


def chat_events(answer: Answer, chunk_tokens: int, *, usage: bool) -> Iterator[bytes]:
    """The events of a streamed chat completion, `[DONE]` included."""
    head = {**_envelope(answer, "chat.completion.chunk"), "system_fingerprint": FINGERPRINT}
    for index, choice in enumerate(answer.choices):
        for delta, finish in _chat_deltas(choice, chunk_tokens):
            chunk = {"index": index, "delta": delta, "logprobs": None, "finish_reason": finish}
            yield _event(head, [chunk], usage)
    if usage:
        yield _usage_event(head, answer)
    yield DONE


def text_body(answer: Answer) -> bytes:
    """A whole (legacy) text completion."""
    choices = [
        {
            "index": index,
            "text": "".join(choice.words),
            "logprobs": None,
            "finish_reason": choice.finish_reason,
        }
        for index, choice in enumerate(answer.choices)
    ]
    head = {**_envelope(answer, "text_completion"), "system_fingerprint": FINGERPRINT}
    return _encode({**head, "choices": choices, "usage": answer.usage()})


def text_events(answer: Answer, chunk_tokens: int, *, usage: bool) -> Iterator[bytes]:
    """The events of a streamed text completion, `[DONE]` included."""
    head = {**_envelope(answer, "text_completion"), "system_fingerprint": FINGERPRINT}
    for index, choice in enumerate(answer.choices):
        pieces: list[tuple[str, str | None]] = [
            (text, None) for text in in_chunks(choice.words, chunk_tokens)
        ]
        for text, finish in [*pieces, ("", choice.finish_reason)]:
            part = {"index": index, "text": text, "logprobs": None, "finish_reason": finish}
            yield _event(head, [part], usage)
    if usage:
        yield _usage_event(head, answer)
    yield DONE


def models_body() -> bytes:
    """The list of models."""
    return _encode({"object": "list", "data": [model_card(CHAT_MODEL), model_card(EMBED_MODEL)]})


def model_card(model: str) -> dict[str, object]:
    return {"id": model, "object": "model", "created": CREATED, "owned_by": "simulated"}


def error_event(message: str) -> bytes:
    """The error some providers send in the middle of a stream."""
    error = {"message": message, "type": "server_error", "param": None, "code": None}
    return b"data: %s\n\n" % _encode({"error": error})


def _envelope(answer: Answer, kind: str) -> dict[str, object]:
    return {"id": answer.id, "object": kind, "created": CREATED, "model": answer.model}


def _event(head: dict[str, object], choices: list[dict[str, object]], usage: bool) -> bytes:
    # With include_usage each chunk but the last carries `"usage": null`.
    extra: dict[str, object] = {"usage": None} if usage else {}
    return b"data: %s\n\n" % _encode({**head, "choices": choices, **extra})


def _usage_event(head: dict[str, object], answer: Answer) -> bytes:
    return b"data: %s\n\n" % _encode({**head, "choices": [], "usage": answer.usage()})


def _message(choice: Choice) -> dict[str, object]:
    text = "".join(choice.words) if choice.words else None
    message: dict[str, object] = {
        "role": "assistant",
        "content": None if choice.refused else text,
        "refusal": text if choice.refused else None,
        "annotations": [],
    }
    if choice.tool_calls:
        message["tool_calls"] = [
            {
                "id": call.id,
                "type": "function",
                "function": {"name": call.name, "arguments": call.arguments},
            }
            for call in choice.tool_calls
        ]
    return message


def _chat_deltas(
    choice: Choice, chunk_tokens: int
) -> Iterator[tuple[dict[str, object], str | None]]:
    empty = None if choice.tool_calls else ""
    yield {"role": "assistant", "content": empty, "refusal": None}, None
    field = "refusal" if choice.refused else "content"
    for text in in_chunks(choice.words, chunk_tokens):
        yield {field: text}, None
    for index, call in enumerate(choice.tool_calls):
        function = {"name": call.name, "arguments": ""}
        start = {"index": index, "id": call.id, "type": "function", "function": function}
        yield {"tool_calls": [start]}, None
        cuts = [*range(0, len(call.arguments), ARGUMENT_BYTES), len(call.arguments)]
        for begin, end in pairwise(cuts):
            piece = {"index": index, "function": {"arguments": call.arguments[begin:end]}}
            yield {"tool_calls": [piece]}, None
    yield {}, choice.finish_reason
