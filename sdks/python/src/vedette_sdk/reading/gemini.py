"""Gemini's generateContent, streamed or not, and its embeddings."""

from collections.abc import Mapping, Sequence
from typing import Any

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
from vedette_sdk.reading.parts import message, tool_call

_SETTINGS = {
    "temperature": "temperature", "topP": "top_p", "topK": "top_k",
    "maxOutputTokens": "max_tokens", "stopSequences": "stop_sequences", "seed": "seed",
    "candidateCount": "choice.count", "frequencyPenalty": "frequency_penalty",
    "presencePenalty": "presence_penalty",
}  # fmt: skip
_ROLES = {"model": "assistant", "function": "tool"}
FINISH_REASONS = {
    "STOP": "stop", "MAX_TOKENS": "length", "SAFETY": "content_filter",
    "RECITATION": "content_filter", "BLOCKLIST": "content_filter",
    "PROHIBITED_CONTENT": "content_filter", "SPII": "content_filter",
}  # fmt: skip


def read_generate(facts: Facts, request: Mapping[str, Any], answer: Any) -> None:
    facts.model = text(request.get("model"))
    config = mapping(request.get("generationConfig"))
    facts.settings = settings_of(config, _SETTINGS)
    if system := mapping(request.get("systemInstruction")):
        facts.asked = [{"role": "system", "parts": _parts(system.get("parts"))}]
    for content in map(mapping, items(request.get("contents"))):
        facts.asked.append(_message(content, "user"))
    facts.tools = [
        {"type": "function", "name": text(each.get("name")),
         "description": text(each.get("description")),
         "parameters": each.get("parameters") or each.get("parametersJsonSchema")}
        for tool in map(mapping, items(request.get("tools")))
        for each in map(mapping, items(tool.get("functionDeclarations")))
    ]  # fmt: skip
    chunks = [mapping(each) for each in answer] if isinstance(answer, list) else [mapping(answer)]
    _read_answer(facts, chunks)


def _read_answer(facts: Facts, chunks: Sequence[Mapping[str, Any]]) -> None:
    found: dict[int, Message] = {}
    usage: Mapping[str, Any] = {}
    for place, chunk in enumerate(chunks):
        facts.response_id = text(chunk.get("responseId")) or facts.response_id
        facts.response_model = text(chunk.get("modelVersion")) or facts.response_model
        usage = mapping(chunk.get("usageMetadata")) or usage
        for candidate in map(mapping, items(chunk.get("candidates"))):
            said = found.setdefault(
                candidate.get("index") or 0,
                {"role": "assistant", "parts": [], "finish_reason": ""},
            )
            parts = _parts(mapping(candidate.get("content")).get("parts"))
            if parts and facts.first_content is None:
                facts.first_content = place
            said["parts"] += parts
            if reason := text(candidate.get("finishReason")):
                said["finish_reason"] = FINISH_REASONS.get(reason, reason.lower())
    facts.answered = [_joined(each) for _, each in sorted(found.items())]
    facts.finish_reasons = [m["finish_reason"] for m in facts.answered if m["finish_reason"]]
    facts.is_whole = bool(facts.finish_reasons)
    _read_usage(facts, usage)


def _joined(said: Message) -> Message:
    """Neighbouring texts of a stream as one; a call says `STOP` too."""
    parts: list[Part] = []
    for part in said["parts"]:
        if parts and part["type"] in ("text", "reasoning") and part["type"] == parts[-1]["type"]:
            parts[-1] = {**parts[-1], "content": parts[-1]["content"] + part["content"]}
        else:
            parts.append(part)
    reason = said["finish_reason"]
    if reason == "stop" and any(part["type"] == "tool_call" for part in parts):
        reason = "tool_calls"
    return {**said, "parts": parts, "finish_reason": reason}


def _read_usage(facts: Facts, usage: Mapping[str, Any]) -> None:
    thoughts = usage.get("thoughtsTokenCount") or 0
    out = usage.get("candidatesTokenCount")
    tool = usage.get("toolUsePromptTokenCount") or 0
    given = usage.get("promptTokenCount")
    facts.usage = counts({
        "input_tokens": given + tool if isinstance(given, int) else None,
        # Thoughts are left out of the count of candidates.
        "output_tokens": (out or 0) + thoughts if usage else None,
        "cache_read.input_tokens": usage.get("cachedContentTokenCount"),
        "reasoning.output_tokens": thoughts,
    })  # fmt: skip


def read_embed(facts: Facts, request: Mapping[str, Any], answer: Any) -> None:
    facts.operation = "embeddings"
    facts.model = text(request.get("model"))
    for each in map(mapping, items(request.get("requests")) or (request,)):
        facts.asked.append(_message(mapping(each.get("content")), "user"))
    for each in map(mapping, items(request.get("instances"))):
        facts.asked.append(message("user", each.get("content")))
    usage = mapping(mapping(answer).get("usageMetadata"))
    facts.usage = counts({"input_tokens": usage.get("promptTokenCount")})
    facts.is_whole = True


def _message(content: Mapping[str, Any], role: str) -> Message:
    said = text(content.get("role")) or role
    parts = _parts(content.get("parts"))
    is_result = bool(parts) and all(part["type"] == "tool_call_response" for part in parts)
    return {"role": "tool" if is_result else _ROLES.get(said, said), "parts": parts}


def _parts(values: Any) -> list[Part]:
    return [_part(mapping(value)) for value in items(values)]


def _part(part: Mapping[str, Any]) -> Part:
    if isinstance(said := part.get("text"), str):
        return {"type": "reasoning" if part.get("thought") else "text", "content": said}
    if call := mapping(part.get("functionCall")):
        return tool_call(call.get("name"), call.get("args"), call.get("id"))
    if result := mapping(part.get("functionResponse")):
        return {
            "type": "tool_call_response", "id": text(result.get("id") or result.get("name")),
            "response": result.get("response"),
        }  # fmt: skip
    if blob := mapping(part.get("inlineData")):
        mime = text(blob.get("mimeType"))
        size = len(blob["data"]) if isinstance(blob.get("data"), str | bytes) else 0
        return {"type": "blob", "modality": mime.partition("/")[0], "mime_type": mime, "size": size}
    if file := mapping(part.get("fileData")):
        mime = text(file.get("mimeType"))
        return {"type": "uri", "modality": mime.partition("/")[0], "uri": text(file.get("fileUri"))}
    return {"type": next(iter(part), "unknown")}
