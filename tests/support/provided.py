"""One answer in the bytes of each provider, whole and streamed.

Written by hand from the vendors' references, not by our codecs: what a client is told of it can be
checked against the answer itself.
"""

import base64
import json
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from tests.support.answers import sse
from tests.support.told import Call, Told
from vedette.dialects.eventstream import CONTENT_TYPE, frame

SSE = "text/event-stream"
EVENTSTREAM = CONTENT_TYPE.decode()
NDJSON = "application/x-ndjson"
SIGNATURE = base64.b64encode(b"signed by whoever thought it").decode()


class Provided(msgspec.Struct, frozen=True):
    """What a model says. Usage is the sum: cached tokens are part of the input."""

    text: str = ""
    thoughts: str = ""
    calls: tuple[Call, ...] = ()
    stop: str = "stop"
    input_tokens: int = 40
    output_tokens: int = 12
    cached_tokens: int = 0

    @property
    def told(self) -> Told:
        """What a client that can tell everything says of it."""
        return Told(
            self.text, self.thoughts, self.calls, self.stop, self.input_tokens, self.output_tokens,
            self.cached_tokens,
        )  # fmt: skip


CALLS: tuple[Call, ...] = (
    ("call_1", "weather", '{"city": "Zürich", "days": 2}'),
    ("call_2", "now", "{}"),
)
SCENARIOS = {
    "text": Provided(text="Grüße aus 東京 🗼, one and all."),
    "tools": Provided(text="Let me look.", calls=CALLS, stop="tool_call"),
    "only tools": Provided(calls=CALLS, stop="tool_call"),
    "thoughts": Provided(text="Four.", thoughts="Two and two.", output_tokens=30),
    "thoughts and tools": Provided(thoughts="Ask for it.", calls=CALLS, stop="tool_call"),
    "length": Provided(text="It was a dark and", stop="length"),
    "filter": Provided(text="I had better not", stop="filter"),
    "cached": Provided(text="As before.", input_tokens=1240, cached_tokens=1100),
}
Pieces = list[bytes]


def pieces_of(text: str) -> list[str]:
    """The text as a model would stream it; a word at a time."""
    words = text.split(" ")
    return [words[0], *(f" {word}" for word in words[1:])] if text else []


def halves(text: str) -> list[str]:
    """The arguments of a call in two pieces."""
    return [text[: len(text) // 2], text[len(text) // 2 :]]


def _dump(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


# ---- OpenAI's chat ----------------------------------------------------------------------------

_CHAT_STOPS = {"tool_call": "tool_calls", "filter": "content_filter"}
_CHAT_HEAD = {"id": "chatcmpl-1", "created": 1763683200, "model": "gpt-x"}


def _chat_usage(said: Provided) -> dict[str, Any]:
    return {
        "prompt_tokens": said.input_tokens,
        "completion_tokens": said.output_tokens,
        "total_tokens": said.input_tokens + said.output_tokens,
        "prompt_tokens_details": {"cached_tokens": said.cached_tokens},
    }


def chat_whole(said: Provided) -> bytes:
    message: dict[str, Any] = {"role": "assistant", "content": said.text or None}
    if said.thoughts:
        message["reasoning_content"] = said.thoughts
    if said.calls:
        message["tool_calls"] = [
            {"id": id, "type": "function", "function": {"name": name, "arguments": arguments}}
            for id, name, arguments in said.calls
        ]
    reason = _CHAT_STOPS.get(said.stop, said.stop)
    choice = {"index": 0, "message": message, "finish_reason": reason}
    head = {**_CHAT_HEAD, "object": "chat.completion"}
    return _dump({**head, "choices": [choice], "usage": _chat_usage(said)})


def chat_stream(said: Provided) -> Pieces:
    deltas: list[dict[str, Any]] = [{"role": "assistant", "content": ""}]
    deltas += [{"reasoning_content": piece} for piece in pieces_of(said.thoughts)]
    deltas += [{"content": piece} for piece in pieces_of(said.text)]
    for index, (id, name, arguments) in enumerate(said.calls):
        begun: dict[str, Any] = {
            "id": id,
            "type": "function",
            "function": {"name": name, "arguments": ""},
        }
        deltas.append({"tool_calls": [{"index": index, **begun}]})
        deltas += [
            {"tool_calls": [{"index": index, "function": {"arguments": half}}]}
            for half in halves(arguments)
        ]
    head = {**_CHAT_HEAD, "object": "chat.completion.chunk"}
    choices: list[dict[str, Any]] = [
        {"index": 0, "delta": delta, "finish_reason": None} for delta in deltas
    ]
    reason = _CHAT_STOPS.get(said.stop, said.stop)
    choices.append({"index": 0, "delta": {}, "finish_reason": reason})
    chunks = [{**head, "choices": [choice]} for choice in choices]
    chunks.append({**head, "choices": [], "usage": _chat_usage(said)})
    return [*(sse(_dump(chunk)) for chunk in chunks), sse(b"[DONE]")]


# ---- Anthropic --------------------------------------------------------------------------------

_ANTHROPIC_STOPS = {
    "stop": "end_turn", "length": "max_tokens", "tool_call": "tool_use", "filter": "refusal",
}  # fmt: skip


def _anthropic_blocks(said: Provided) -> list[dict[str, Any]]:
    blocks: list[dict[str, Any]] = []
    if said.thoughts:
        blocks.append({"type": "thinking", "thinking": said.thoughts, "signature": SIGNATURE})
    if said.text:
        blocks.append({"type": "text", "text": said.text})
    for id, name, arguments in said.calls:
        blocks.append({"type": "tool_use", "id": id, "name": name, "input": json.loads(arguments)})
    return blocks


def _anthropic_message(said: Provided) -> dict[str, Any]:
    return {
        "id": "msg_1", "type": "message", "role": "assistant", "model": "claude-x",
        "content": _anthropic_blocks(said), "stop_reason": _ANTHROPIC_STOPS[said.stop],
        "stop_sequence": None,
        "usage": {
            "input_tokens": said.input_tokens - said.cached_tokens,
            "cache_read_input_tokens": said.cached_tokens, "cache_creation_input_tokens": 0,
            "output_tokens": said.output_tokens,
        },
    }  # fmt: skip


def anthropic_whole(said: Provided) -> bytes:
    return _dump(_anthropic_message(said))


def anthropic_stream(said: Provided) -> Pieces:
    message = _anthropic_message(said)
    begun = {**message, "content": [], "stop_reason": None}
    begun["usage"] = {**message["usage"], "output_tokens": 1}
    events: list[dict[str, Any]] = [{"type": "message_start", "message": begun}, {"type": "ping"}]
    for index, block in enumerate(message["content"]):
        events += ({**event, "index": index} for event in _anthropic_block(block))
    end = {"stop_reason": message["stop_reason"], "stop_sequence": None}
    usage = {"output_tokens": said.output_tokens}
    events += [{"type": "message_delta", "delta": end, "usage": usage}, {"type": "message_stop"}]
    return [sse(_dump(event), event["type"]) for event in events]


_EMPTY: dict[str, dict[str, Any]] = {
    "thinking": {"thinking": "", "signature": ""}, "text": {"text": ""}, "tool_use": {"input": {}},
}  # fmt: skip


def _anthropic_block(block: dict[str, Any]) -> Iterator[dict[str, Any]]:
    begun = block | _EMPTY[block["type"]]
    yield {"type": "content_block_start", "content_block": begun}
    deltas: list[dict[str, Any]]
    match block["type"]:
        case "thinking":
            deltas = [
                {"type": "thinking_delta", "thinking": p} for p in pieces_of(block["thinking"])
            ]
            deltas.append({"type": "signature_delta", "signature": block["signature"]})
        case "text":
            deltas = [{"type": "text_delta", "text": piece} for piece in pieces_of(block["text"])]
        case _:
            # A call without arguments has no deltas.
            text = json.dumps(block["input"], ensure_ascii=False) if block["input"] else ""
            parts = halves(text) if text else []
            deltas = [{"type": "input_json_delta", "partial_json": part} for part in parts]
    yield from ({"type": "content_block_delta", "delta": delta} for delta in deltas)
    yield {"type": "content_block_stop"}


# ---- Gemini -----------------------------------------------------------------------------------

_GEMINI_STOPS = {"stop": "STOP", "length": "MAX_TOKENS", "tool_call": "STOP", "filter": "SAFETY"}


def _gemini_calls(said: Provided) -> list[dict[str, Any]]:
    parts: list[dict[str, Any]] = []
    for id, name, arguments in said.calls:
        parts.append({"functionCall": {"id": id, "name": name, "args": json.loads(arguments)}})
    if said.thoughts and parts:
        # Only the first of several calls is signed.
        parts[0]["thoughtSignature"] = SIGNATURE
    return parts


def _gemini_answer(
    said: Provided, parts: Sequence[dict[str, Any]], *, last: bool = True
) -> dict[str, Any]:
    candidate: dict[str, Any] = {"content": {"parts": list(parts), "role": "model"}, "index": 0}
    if last:
        candidate["finishReason"] = _GEMINI_STOPS[said.stop]
    thought = 7 if said.thoughts else 0
    usage = {
        "promptTokenCount": said.input_tokens,
        "candidatesTokenCount": said.output_tokens - thought,
        "totalTokenCount": said.input_tokens + said.output_tokens,
    }
    if thought:
        usage["thoughtsTokenCount"] = thought
    if said.cached_tokens:
        usage["cachedContentTokenCount"] = said.cached_tokens
    return {
        "candidates": [candidate], "usageMetadata": usage, "modelVersion": "gemini-x",
        "responseId": "r1",
    }  # fmt: skip


def gemini_whole(said: Provided) -> bytes:
    parts: list[dict[str, Any]] = []
    if said.thoughts:
        parts.append({"text": said.thoughts, "thought": True})
    if said.text:
        parts.append({"text": said.text})
    return _dump(_gemini_answer(said, parts + _gemini_calls(said)))


def gemini_stream(said: Provided) -> Pieces:
    parts: list[dict[str, Any]] = [
        {"text": piece, "thought": True} for piece in pieces_of(said.thoughts)
    ]
    parts += [{"text": piece} for piece in pieces_of(said.text)]
    parts += _gemini_calls(said)
    answers = [_gemini_answer(said, [part], last=False) for part in parts]
    answers.append(_gemini_answer(said, [{"text": ""}]))
    return [sse(_dump(answer)) for answer in answers]


# ---- Bedrock ----------------------------------------------------------------------------------

_BEDROCK_STOPS = {
    "stop": "end_turn", "length": "max_tokens", "tool_call": "tool_use",
    "filter": "guardrail_intervened",
}  # fmt: skip


def _bedrock_usage(said: Provided) -> dict[str, int]:
    fresh = said.input_tokens - said.cached_tokens
    usage = {"inputTokens": fresh, "outputTokens": said.output_tokens}
    usage["totalTokens"] = said.input_tokens + said.output_tokens
    if said.cached_tokens:
        usage["cacheReadInputTokens"] = said.cached_tokens
    return usage


def bedrock_whole(said: Provided) -> bytes:
    blocks: list[dict[str, Any]] = []
    if said.thoughts:
        thought = {"text": said.thoughts, "signature": SIGNATURE}
        blocks.append({"reasoningContent": {"reasoningText": thought}})
    if said.text:
        blocks.append({"text": said.text})
    for id, name, arguments in said.calls:
        call = {"toolUseId": id, "name": name, "input": json.loads(arguments)}
        blocks.append({"toolUse": call})
    message = {"role": "assistant", "content": blocks}
    told = {"output": {"message": message}, "stopReason": _BEDROCK_STOPS[said.stop]}
    return _dump({**told, "usage": _bedrock_usage(said), "metrics": {"latencyMs": 9}})


def bedrock_stream(said: Provided) -> Pieces:
    blocks: list[list[dict[str, Any]]] = []
    if said.thoughts:
        deltas = [{"reasoningContent": {"text": piece}} for piece in pieces_of(said.thoughts)]
        blocks.append([*deltas, {"reasoningContent": {"signature": SIGNATURE}}])
    if said.text:
        blocks.append([{"text": piece} for piece in pieces_of(said.text)])
    calls: dict[int, dict[str, Any]] = {}
    for id, name, arguments in said.calls:
        calls[len(blocks)] = {"toolUse": {"toolUseId": id, "name": name}}
        blocks.append([{"toolUse": {"input": half}} for half in halves(arguments)])
    events: list[tuple[str, dict[str, Any]]] = [("messageStart", {"role": "assistant"})]
    for index, deltas in enumerate(blocks):
        if index in calls:
            events.append(
                ("contentBlockStart", {"contentBlockIndex": index, "start": calls[index]})
            )
        events += [
            ("contentBlockDelta", {"contentBlockIndex": index, "delta": delta}) for delta in deltas
        ]
        events.append(("contentBlockStop", {"contentBlockIndex": index}))
    events.append(("messageStop", {"stopReason": _BEDROCK_STOPS[said.stop]}))
    events.append(("metadata", {"usage": _bedrock_usage(said), "metrics": {"latencyMs": 9}}))
    return [frame(name, _dump(payload)) for name, payload in events]


# ---- Ollama -----------------------------------------------------------------------------------

_OLLAMA_HEAD = {"model": "qwen3", "created_at": "2026-03-04T10:01:00.1Z"}


def _ollama_end(said: Provided) -> dict[str, Any]:
    reason = said.stop if said.stop == "length" else "stop"
    return {
        "done": True, "done_reason": reason, "prompt_eval_count": said.input_tokens,
        "eval_count": said.output_tokens, "total_duration": 5_000_000, "eval_duration": 4_000_000,
    }  # fmt: skip


def _ollama_calls(said: Provided) -> list[dict[str, Any]]:
    return [
        {"id": id, "function": {"index": index, "name": name, "arguments": json.loads(arguments)}}
        for index, (id, name, arguments) in enumerate(said.calls)
    ]


def ollama_whole(said: Provided) -> bytes:
    message: dict[str, Any] = {"role": "assistant", "content": said.text}
    if said.thoughts:
        message["thinking"] = said.thoughts
    if said.calls:
        message["tool_calls"] = _ollama_calls(said)
    return _dump({**_OLLAMA_HEAD, "message": message, **_ollama_end(said)})


def ollama_stream(said: Provided) -> Pieces:
    told: list[dict[str, Any]] = [
        {"content": "", "thinking": piece} for piece in pieces_of(said.thoughts)
    ]
    told += [{"content": piece} for piece in pieces_of(said.text)]
    told += [{"content": "", "tool_calls": [call]} for call in _ollama_calls(said)]
    lines = [
        {**_OLLAMA_HEAD, "message": {"role": "assistant", **one}, "done": False} for one in told
    ]
    last = {"role": "assistant", "content": ""}
    lines.append({**_OLLAMA_HEAD, "message": last, **_ollama_end(said)})
    return [_dump(line) + b"\n" for line in lines]
