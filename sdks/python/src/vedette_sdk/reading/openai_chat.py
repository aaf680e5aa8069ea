"""OpenAI chat completions, legacy completions and embeddings, and who speaks like them."""

from collections.abc import Mapping, Sequence
from typing import Any

from vedette_sdk.reading.facts import Facts, Message, counts, items, mapping, settings_of, text
from vedette_sdk.reading.parts import message, tool_call, tool_result

_SETTINGS = {
    "temperature": "temperature", "top_p": "top_p", "max_tokens": "max_tokens",
    "max_completion_tokens": "max_tokens", "frequency_penalty": "frequency_penalty",
    "presence_penalty": "presence_penalty", "seed": "seed", "stop": "stop_sequences",
    "n": "choice.count", "reasoning_effort": "reasoning.level",
}  # fmt: skip


def read_chat(facts: Facts, request: Mapping[str, Any], answer: Any) -> None:
    _read_request(facts, request)
    facts.asked = [_asked(mapping(each)) for each in items(request.get("messages"))]
    facts.tools = [_tool(mapping(each)) for each in items(request.get("tools"))]
    whole = _join(facts, answer) if isinstance(answer, list) else mapping(answer)
    _read_head(facts, whole)
    for choice in map(mapping, items(whole.get("choices"))):
        said = mapping(choice.get("message"))
        facts.answered.append(_answered(said, text(choice.get("finish_reason"))))
    facts.finish_reasons = [each["finish_reason"] for each in facts.answered]
    _read_usage(facts, whole)


def read_completion(facts: Facts, request: Mapping[str, Any], answer: Any) -> None:
    facts.operation = "text_completion"
    _read_request(facts, request)
    prompt = request.get("prompt")
    if isinstance(prompt, str):
        facts.asked = [message("user", prompt)]
    elif all(isinstance(each, str) for each in items(prompt)):
        facts.asked = [message("user", each) for each in items(prompt)]
    whole = _join(facts, answer) if isinstance(answer, list) else mapping(answer)
    _read_head(facts, whole)
    for choice in map(mapping, items(whole.get("choices"))):
        reason = text(choice.get("finish_reason"))
        said = choice.get("text") or mapping(choice.get("message")).get("content")
        facts.answered.append({**message("assistant", said), "finish_reason": reason})
    facts.finish_reasons = [each["finish_reason"] for each in facts.answered]
    _read_usage(facts, whole)


def read_embeddings(facts: Facts, request: Mapping[str, Any], answer: Any) -> None:
    facts.operation = "embeddings"
    facts.model = text(request.get("model"))
    facts.settings = settings_of(request, {"dimensions": "embeddings.dimension.count"})
    given = request.get("input")
    texts = [given] if isinstance(given, str) else [t for t in items(given) if isinstance(t, str)]
    facts.asked = [message("user", each) for each in texts]
    whole = mapping(answer)
    _read_head(facts, whole)
    usage = mapping(whole.get("usage"))
    facts.usage = counts({"input_tokens": usage.get("prompt_tokens")})
    facts.is_whole = True


def _read_request(facts: Facts, request: Mapping[str, Any]) -> None:
    facts.model = text(request.get("model"))
    facts.settings = settings_of(request, _SETTINGS)
    if isinstance(stop := facts.settings.get("stop_sequences"), str):
        facts.settings["stop_sequences"] = [stop]
    if facts.settings.get("choice.count") == 1:
        del facts.settings["choice.count"]


def _read_head(facts: Facts, whole: Mapping[str, Any]) -> None:
    facts.response_id = text(whole.get("id"))
    facts.response_model = text(whole.get("model"))
    facts.version = text(whole.get("system_fingerprint"))
    if tier := text(whole.get("service_tier")):
        facts.extra["openai.response.service_tier"] = tier


def _read_usage(facts: Facts, whole: Mapping[str, Any]) -> None:
    usage = mapping(whole.get("usage"))
    into = mapping(usage.get("prompt_tokens_details"))
    out = mapping(usage.get("completion_tokens_details"))
    facts.usage = counts({
        "input_tokens": usage.get("prompt_tokens"),
        "output_tokens": usage.get("completion_tokens"),
        # DeepSeek has a name of its own for what it found in its cache.
        "cache_read.input_tokens":
            into.get("cached_tokens") or usage.get("prompt_cache_hit_tokens"),
        "audio.input_tokens": into.get("audio_tokens"),
        "reasoning.output_tokens": out.get("reasoning_tokens"),
        "audio.output_tokens": out.get("audio_tokens"),
    })  # fmt: skip


def _asked(said: Mapping[str, Any]) -> Message:
    role = text(said.get("role")) or "user"
    if role in ("tool", "function"):
        return {
            "role": "tool",
            "parts": [tool_result(said.get("tool_call_id"), said.get("content"))],
        }
    return message(role, said.get("content"), *_calls(said))


def _answered(said: Mapping[str, Any], reason: str) -> Message:
    reasoning = text(said.get("reasoning_content")) or text(said.get("reasoning"))
    found = message(text(said.get("role")) or "assistant", said.get("content"), *_calls(said))
    if reasoning:
        found["parts"].insert(0, {"type": "reasoning", "content": reasoning})
    if refusal := text(said.get("refusal")):
        found["parts"].append({"type": "refusal", "refusal": refusal})
    return {**found, "finish_reason": reason}


def _calls(said: Mapping[str, Any]) -> list[dict[str, Any]]:
    found = []
    for call in map(mapping, items(said.get("tool_calls"))):
        inner = mapping(call.get("function") or call.get("custom"))
        arguments = inner.get("arguments", inner.get("input"))
        found.append(tool_call(inner.get("name"), arguments, call.get("id")))
    if old := mapping(said.get("function_call")):
        found.append(tool_call(old.get("name"), old.get("arguments"), ""))
    return found


def _tool(tool: Mapping[str, Any]) -> dict[str, Any]:
    inner = mapping(tool.get("function") or tool.get("custom")) or tool
    return {
        "type": "function", "name": text(inner.get("name")),
        "description": text(inner.get("description")), "parameters": inner.get("parameters"),
    }  # fmt: skip


def _join(facts: Facts, chunks: Sequence[Any]) -> dict[str, Any]:
    """The answer that the chunks of a stream add up to."""
    whole: dict[str, Any] = {}
    choices: dict[int, dict[str, Any]] = {}
    for place, chunk in enumerate(map(mapping, chunks)):
        for name in ("id", "model", "system_fingerprint", "service_tier", "usage"):
            if chunk.get(name):
                whole[name] = chunk[name]
        if error := chunk.get("error"):
            facts.error = text(mapping(error).get("type")) or "error"
        for part in map(mapping, items(chunk.get("choices"))):
            choice = choices.setdefault(part.get("index") or 0, {"texts": [], "said": {}})
            if _add(choice, part) and facts.first_content is None:
                facts.first_content = place
            if reason := part.get("finish_reason"):
                choice["finish_reason"] = reason
    whole["choices"] = [_finish(choice) for _, choice in sorted(choices.items())]
    facts.is_whole = bool(choices) and all("finish_reason" in each for each in choices.values())
    return whole


def _add(choice: dict[str, Any], part: Mapping[str, Any]) -> bool:
    """Take a chunk's part of a choice in; whether it holds something of the answer."""
    delta = mapping(part.get("delta"))
    has_content = False
    if isinstance(alone := part.get("text"), str):
        choice["texts"].append(alone)
        has_content = bool(alone)
    for name in ("content", "reasoning_content", "reasoning", "refusal"):
        if said := text(delta.get(name)):
            choice["said"].setdefault(name, []).append(said)
            has_content = True
    for call in map(mapping, items(delta.get("tool_calls"))):
        calls = choice.setdefault("calls", {})
        known = calls.setdefault(call.get("index") or 0, {"id": "", "name": "", "arguments": []})
        inner = mapping(call.get("function"))
        known["id"] = text(call.get("id")) or known["id"]
        known["name"] = text(inner.get("name")) or known["name"]
        known["arguments"].append(text(inner.get("arguments")))
        has_content = True
    return has_content


def _finish(choice: Mapping[str, Any]) -> dict[str, Any]:
    said: dict[str, Any] = {name: "".join(texts) for name, texts in choice["said"].items()}
    said["tool_calls"] = [
        {"id": call["id"], "function": {"name": call["name"],
                                        "arguments": "".join(call["arguments"])}}
        for _, call in sorted(choice.get("calls", {}).items())
    ]  # fmt: skip
    reason = choice.get("finish_reason") or ""
    return {"message": said, "text": "".join(choice["texts"]), "finish_reason": reason}
