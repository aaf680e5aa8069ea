"""Bedrock: Converse, its stream, and the bodies of InvokeModel."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from vedette_sdk.reading import anthropic
from vedette_sdk.reading.facts import (
    Facts,
    Message,
    Part,
    counts,
    items,
    mapping,
    settings_of,
    text,
)
from vedette_sdk.reading.parts import tool_call, tool_result

_SETTINGS = {
    "temperature": "temperature", "topP": "top_p", "maxTokens": "max_tokens",
    "stopSequences": "stop_sequences",
}  # fmt: skip
FINISH_REASONS = {
    **anthropic.FINISH_REASONS, "guardrail_intervened": "content_filter",
    "content_filtered": "content_filter",
}  # fmt: skip


def read_converse(facts: Facts, request: Mapping[str, Any], answer: Any) -> None:
    facts.model = text(request.get("modelId"))
    facts.settings = settings_of(mapping(request.get("inferenceConfig")), _SETTINGS)
    if system := items(request.get("system")):
        facts.asked = [_message("system", system)]
    for said in map(mapping, items(request.get("messages"))):
        facts.asked.append(_message(text(said.get("role")) or "user", said.get("content")))
    for tool in map(mapping, items(mapping(request.get("toolConfig")).get("tools"))):
        spec = mapping(tool.get("toolSpec"))
        facts.tools.append({
            "type": "function", "name": text(spec.get("name")),
            "description": text(spec.get("description")),
            "parameters": mapping(spec.get("inputSchema")).get("json"),
        })  # fmt: skip
    whole = _join(facts, answer) if isinstance(answer, list) else mapping(answer)
    reason = text(whole.get("stopReason"))
    reason = FINISH_REASONS.get(reason, reason)
    said = mapping(mapping(whole.get("output")).get("message"))
    if said or reason:
        facts.answered = [{**_message("assistant", said.get("content")), "finish_reason": reason}]
    facts.finish_reasons = [reason] if reason else []
    usage = mapping(whole.get("usage"))
    read, written = usage.get("cacheReadInputTokens"), usage.get("cacheWriteInputTokens")
    given = usage.get("inputTokens")
    facts.usage = counts({
        "input_tokens": given + (read or 0) + (written or 0) if isinstance(given, int) else None,
        "output_tokens": usage.get("outputTokens"),
        "cache_read.input_tokens": read,
        "cache_write.input_tokens": written,
    })  # fmt: skip


def read_invoke(facts: Facts, request: Mapping[str, Any], answer: Any) -> None:
    """The models' own bodies: Anthropic's are read whole, of others texts and counts."""
    facts.model = text(request.get("modelId"))
    body = mapping(_json(request.get("body")))
    if "anthropic_version" in body or "anthropic" in facts.model:
        anthropic.read_messages(facts, {**body, "model": facts.model}, answer)
        facts.response_model = facts.response_model or facts.model
        return
    prompt = text(body.get("inputText") or body.get("prompt"))
    if prompt:
        facts.asked = [{"role": "user", "parts": [{"type": "text", "content": prompt}]}]
    chunks = [mapping(each) for each in answer] if isinstance(answer, list) else [mapping(answer)]
    texts: list[str] = []
    found: dict[str, Any] = {}
    for chunk in chunks:
        texts.append(_text_of(chunk))
        for theirs, ours in _COUNTS.items():
            value = chunk.get(
                theirs, mapping(chunk.get("amazon-bedrock-invocationMetrics")).get(theirs)
            )
            if value is not None:
                found[ours] = value
        reason = text(chunk.get("stop_reason") or chunk.get("completionReason"))
        facts.finish_reasons = (
            [_REASONS.get(reason, reason.lower())] if reason else facts.finish_reasons
        )
    said = "".join(texts)
    facts.is_whole = bool(facts.finish_reasons)
    facts.usage = counts(found)
    if "embedding" in chunks[0]:
        facts.operation = "embeddings"
    elif said:
        parts = [{"type": "text", "content": said}]
        reason = next(iter(facts.finish_reasons), "")
        facts.answered = [{"role": "assistant", "parts": parts, "finish_reason": reason}]


_COUNTS = {
    "inputTextTokenCount": "input_tokens", "prompt_token_count": "input_tokens",
    "inputTokenCount": "input_tokens", "generation_token_count": "output_tokens",
    "totalOutputTextTokenCount": "output_tokens", "outputTokenCount": "output_tokens",
}  # fmt: skip
_REASONS = {"FINISH": "stop", "FINISHED": "stop", "LENGTH": "length"}


def _text_of(chunk: Mapping[str, Any]) -> str:
    """Where Titan, Llama and Mistral put their texts."""
    results = items(chunk.get("results") or chunk.get("outputs"))
    first = mapping(results[0] if results else None)
    return text(
        chunk.get("outputText") or chunk.get("generation") or first.get("outputText")
        or first.get("text")
    )  # fmt: skip


def _json(value: Any) -> Any:
    if isinstance(value, str | bytes | bytearray):
        try:
            return msgspec.json.decode(value)
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            return None
    return value


def _join(facts: Facts, events: Sequence[Any]) -> dict[str, Any]:
    blocks: dict[int, dict[str, Any]] = {}
    whole: dict[str, Any] = {}
    for place, event in enumerate(map(mapping, events)):
        if start := mapping(event.get("contentBlockStart")):
            blocks[start.get("contentBlockIndex") or 0] = dict(mapping(start.get("start")))
        elif delta := mapping(event.get("contentBlockDelta")):
            block = blocks.setdefault(delta.get("contentBlockIndex") or 0, {})
            _add(block, mapping(delta.get("delta")))
            if facts.first_content is None:
                facts.first_content = place
        elif stop := mapping(event.get("messageStop")):
            whole["stopReason"] = stop.get("stopReason")
            facts.is_whole = True
        elif metadata := mapping(event.get("metadata")):
            whole["usage"] = metadata.get("usage")
        for name in event:
            if name.endswith("Exception"):
                facts.error = name
    content = [_finish(block) for _, block in sorted(blocks.items())]
    whole["output"] = {"message": {"content": content}}
    return whole


def _add(block: dict[str, Any], delta: Mapping[str, Any]) -> None:
    if isinstance(said := delta.get("text"), str):
        block["text"] = block.get("text", "") + said
    elif use := mapping(delta.get("toolUse")):
        block["arguments"] = block.get("arguments", "") + text(use.get("input"))
    elif thought := mapping(delta.get("reasoningContent")):
        block["thought"] = block.get("thought", "") + text(thought.get("text"))


def _finish(block: dict[str, Any]) -> dict[str, Any]:
    if use := mapping(block.get("toolUse")):
        return {"toolUse": {**use, "input": block.get("arguments", "{}")}}
    if "thought" in block:
        return {"reasoningContent": {"reasoningText": {"text": block["thought"]}}}
    return {"text": block.get("text", "")}


def _message(role: str, content: Any) -> Message:
    parts = [_part(mapping(each)) for each in items(content)]
    return {"role": role, "parts": parts}


def _part(part: Mapping[str, Any]) -> Part:
    if isinstance(said := part.get("text"), str):
        return {"type": "text", "content": said}
    if use := mapping(part.get("toolUse")):
        return tool_call(use.get("name"), use.get("input"), use.get("toolUseId"))
    if result := mapping(part.get("toolResult")):
        content = [
            each.get("json") if "json" in each else each
            for each in map(mapping, items(result.get("content")))
        ]
        return tool_result(result.get("toolUseId"), content)
    if thought := mapping(part.get("reasoningContent")):
        return {
            "type": "reasoning",
            "content": text(mapping(thought.get("reasoningText")).get("text")),
        }
    kind = next(iter(part), "unknown")
    return {"type": "blob", "modality": kind}
