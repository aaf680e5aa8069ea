"""OpenAI responses."""

from collections.abc import Mapping, Sequence
from typing import Any

from vedette_sdk.reading.facts import Facts, Message, counts, items, mapping, settings_of, text
from vedette_sdk.reading.parts import message, read_part

_SETTINGS = {"temperature": "temperature", "top_p": "top_p", "max_output_tokens": "max_tokens"}
_ENDS = ("response.completed", "response.incomplete", "response.failed", "response.cancelled")
_ROLES = {
    "function_call_output": "tool", "custom_tool_call_output": "tool",
    "function_call": "assistant", "custom_tool_call": "assistant", "reasoning": "assistant",
}  # fmt: skip
_CONTENT = ("response.output_text.delta", "response.function_call_arguments.delta",
            "response.reasoning_summary_text.delta", "response.reasoning_text.delta",
            "response.refusal.delta", "response.custom_tool_call_input.delta")  # fmt: skip


def read_responses(facts: Facts, request: Mapping[str, Any], answer: Any) -> None:
    facts.model = text(request.get("model"))
    facts.settings = settings_of(request, _SETTINGS)
    if effort := text(mapping(request.get("reasoning")).get("effort")):
        facts.settings["reasoning.level"] = effort
    facts.asked = _asked(request)
    facts.tools = [
        {"type": "function", "name": text(tool.get("name") or tool.get("type")),
         "description": text(tool.get("description")), "parameters": tool.get("parameters")}
        for tool in map(mapping, items(request.get("tools")))
    ]  # fmt: skip
    whole = _join(facts, answer) if isinstance(answer, list) else mapping(answer)
    facts.response_id = text(whole.get("id"))
    facts.response_model = text(whole.get("model"))
    if tier := text(whole.get("service_tier")):
        facts.extra["openai.response.service_tier"] = tier
    output = [mapping(item) for item in items(whole.get("output"))]
    parts = [part for item in output for part in _parts(item)]
    reason = _reason(whole, parts)
    if output or reason:
        facts.answered = [{"role": "assistant", "parts": parts, "finish_reason": reason}]
    facts.finish_reasons = [reason] if reason else []
    if whole.get("status") == "failed":
        facts.error = text(mapping(whole.get("error")).get("code")) or "error"
    usage = mapping(whole.get("usage"))
    facts.usage = counts({
        "input_tokens": usage.get("input_tokens"), "output_tokens": usage.get("output_tokens"),
        "cache_read.input_tokens":
            mapping(usage.get("input_tokens_details")).get("cached_tokens"),
        "reasoning.output_tokens":
            mapping(usage.get("output_tokens_details")).get("reasoning_tokens"),
    })  # fmt: skip


def _asked(request: Mapping[str, Any]) -> list[Message]:
    found: list[Message] = []
    if instructions := text(request.get("instructions")):
        found.append(message("system", instructions))
    given = request.get("input")
    if isinstance(given, str):
        return [*found, message("user", given)]
    for item in map(mapping, items(given)):
        kind = text(item.get("type"))
        if kind in ("", "message"):
            found.append(message(text(item.get("role")) or "user", item.get("content")))
        else:
            found.append({"role": _ROLES.get(kind, "user"), "parts": [read_part(item)]})
    return found


def _parts(item: Mapping[str, Any]) -> list[dict[str, Any]]:
    if item.get("type") == "message":
        parts: list[dict[str, Any]] = message("assistant", item.get("content"))["parts"]
        return parts
    return [read_part(item)]


def _reason(whole: Mapping[str, Any], parts: Sequence[Mapping[str, Any]]) -> str:
    """Chat's word for how the response ended."""
    status = whole.get("status")
    if status == "completed":
        is_call = any(part["type"] == "tool_call" for part in parts)
        return "tool_calls" if is_call else "stop"
    if status == "incomplete":
        why = text(mapping(whole.get("incomplete_details")).get("reason"))
        return {"max_output_tokens": "length"}.get(why, why)
    return ""


def _join(facts: Facts, events: Sequence[Any]) -> Mapping[str, Any]:
    """The response of the last event that carries one, with the items that were done before."""
    whole: dict[str, Any] = {}
    output: list[Any] = []
    texts: list[str] = []
    for place, event in enumerate(map(mapping, events)):
        kind = text(event.get("type"))
        if kind in _CONTENT:
            if facts.first_content is None:
                facts.first_content = place
            if kind == "response.output_text.delta":
                texts.append(text(event.get("delta")))
        elif kind == "response.output_item.done":
            output.append(event.get("item"))
        elif kind == "error":
            facts.error = text(event.get("code")) or "error"
        if isinstance(response := event.get("response"), Mapping):
            whole = dict(response)
        facts.is_whole = facts.is_whole or kind in _ENDS
    if not whole.get("output"):
        said = [{"type": "message", "content": "".join(texts)}] if texts else []
        whole["output"] = output or said
    return whole
