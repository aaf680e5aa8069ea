"""Anthropic messages (beta too) and their streams; the old text completions."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from vedette_sdk.reading.facts import Facts, Message, counts, items, mapping, settings_of, text
from vedette_sdk.reading.parts import message

_SETTINGS = {
    "temperature": "temperature", "top_p": "top_p", "top_k": "top_k", "max_tokens": "max_tokens",
    "max_tokens_to_sample": "max_tokens", "stop_sequences": "stop_sequences",
}  # fmt: skip
FINISH_REASONS = {
    "end_turn": "stop", "stop_sequence": "stop", "max_tokens": "length", "tool_use": "tool_calls",
    "refusal": "content_filter", "model_context_window_exceeded": "length",
}  # fmt: skip
"""The conventions' words for why it stopped; others stay as they are."""


def read_messages(facts: Facts, request: Mapping[str, Any], answer: Any) -> None:
    facts.model = text(request.get("model"))
    facts.settings = settings_of(request, _SETTINGS)
    if effort := text(mapping(request.get("output_config")).get("effort")):
        facts.settings["reasoning.level"] = effort
    if system := request.get("system"):
        facts.asked = [message("system", system)]
    for said in map(mapping, items(request.get("messages"))):
        facts.asked.append(message(text(said.get("role")) or "user", said.get("content")))
    facts.tools = [
        {"type": "function", "name": text(tool.get("name")),
         "description": text(tool.get("description")), "parameters": tool.get("input_schema")}
        for tool in map(mapping, items(request.get("tools")))
    ]  # fmt: skip
    whole = _join(facts, answer) if isinstance(answer, list) else mapping(answer)
    read_answer(facts, whole)


def read_answer(facts: Facts, whole: Mapping[str, Any]) -> None:
    """What Anthropic's answer says; Bedrock passes it on as it is."""
    facts.response_id = text(whole.get("id"))
    facts.response_model = text(whole.get("model"))
    reason = text(whole.get("stop_reason"))
    reason = FINISH_REASONS.get(reason, reason)
    if whole.get("content") or reason:
        said: Message = message("assistant", whole.get("content"))
        facts.answered = [{**said, "finish_reason": reason}]
    facts.finish_reasons = [reason] if reason else []
    usage = mapping(whole.get("usage"))
    read, written = usage.get("cache_read_input_tokens"), usage.get("cache_creation_input_tokens")
    facts.usage = counts({
        # Anthropic leaves the cached ones out of its count, the conventions do not.
        "input_tokens": _sum(usage.get("input_tokens"), read, written),
        "output_tokens": usage.get("output_tokens"),
        "cache_read.input_tokens": read,
        "cache_write.input_tokens": written,
        "reasoning.output_tokens":
            mapping(usage.get("output_tokens_details")).get("thinking_tokens"),
    })  # fmt: skip
    hour = mapping(usage.get("cache_creation")).get("ephemeral_1h_input_tokens")
    facts.extra |= counts({"anthropic.usage.cache_creation.ephemeral_1h_input_tokens": hour})


def read_complete(facts: Facts, request: Mapping[str, Any], answer: Any) -> None:
    facts.operation = "text_completion"
    facts.model = text(request.get("model"))
    facts.settings = settings_of(request, _SETTINGS)
    facts.asked = [message("user", request.get("prompt"))]
    chunks = [mapping(each) for each in answer] if isinstance(answer, list) else [mapping(answer)]
    said = "".join(text(chunk.get("completion")) for chunk in chunks)
    reason = next(
        (text(c.get("stop_reason")) for c in reversed(chunks) if c.get("stop_reason")), ""
    )
    facts.is_whole = bool(reason)
    reason = FINISH_REASONS.get(reason, reason)
    facts.answered = [{**message("assistant", said), "finish_reason": reason}]
    facts.finish_reasons = [reason] if reason else []


def _sum(*numbers: Any) -> int | None:
    given = [number for number in numbers if isinstance(number, int)]
    return sum(given) if isinstance(numbers[0], int) else None


def _join(facts: Facts, events: Sequence[Any]) -> dict[str, Any]:
    """The message that the events of a stream add up to."""
    whole: dict[str, Any] = {}
    blocks: dict[int, dict[str, Any]] = {}
    usage: dict[str, Any] = {}
    for place, event in enumerate(map(mapping, events)):
        kind = text(event.get("type"))
        if kind == "message_start":
            whole = dict(mapping(event.get("message")))
            usage = dict(mapping(whole.get("usage")))
        elif kind == "content_block_start":
            block = dict(mapping(event.get("content_block")))
            blocks[event.get("index") or 0] = {"block": block, "texts": []}
        elif kind == "content_block_delta":
            block = blocks.setdefault(event.get("index") or 0, {"block": {}, "texts": []})
            block["texts"].append(_delta(block["block"], mapping(event.get("delta"))))
            if facts.first_content is None:
                facts.first_content = place
        elif kind == "message_delta":
            whole |= {n: v for n, v in mapping(event.get("delta")).items() if v is not None}
            usage |= {n: v for n, v in mapping(event.get("usage")).items() if v is not None}
        elif kind == "error":
            facts.error = text(mapping(event.get("error")).get("type")) or "error"
        facts.is_whole = facts.is_whole or kind == "message_stop"
    whole["usage"] = usage
    whole["content"] = [_finish(**block) for _, block in sorted(blocks.items())]
    return whole


_DELTAS = {"text_delta": "text", "thinking_delta": "thinking", "input_json_delta": "partial_json"}
_TYPES = {"text_delta": "text", "thinking_delta": "thinking", "input_json_delta": "tool_use"}


def _delta(block: dict[str, Any], delta: Mapping[str, Any]) -> str:
    kind = text(delta.get("type"))
    block.setdefault("type", _TYPES.get(kind, "text"))
    return text(delta.get(_DELTAS.get(kind, "")))


def _finish(block: dict[str, Any], texts: list[str]) -> dict[str, Any]:
    said = "".join(texts)
    kind = block.get("type")
    if kind in ("tool_use", "server_tool_use"):
        if said:
            try:
                block["input"] = msgspec.json.decode(said)
            except (msgspec.DecodeError, UnicodeError, RecursionError):
                block["input"] = said
    elif said:
        name = "thinking" if kind == "thinking" else "text"
        block[name] = text(block.get(name)) + said
    return block
