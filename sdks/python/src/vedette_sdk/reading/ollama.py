"""Ollama's chat, generate and embed."""

from collections.abc import Mapping, Sequence
from typing import Any

from vedette_sdk.reading.facts import Facts, Message, counts, items, mapping, settings_of, text
from vedette_sdk.reading.parts import message, tool_call, tool_result

_SETTINGS = {
    "temperature": "temperature", "top_p": "top_p", "top_k": "top_k", "num_predict": "max_tokens",
    "seed": "seed", "stop": "stop_sequences",
}  # fmt: skip


def read_chat(facts: Facts, request: Mapping[str, Any], answer: Any) -> None:
    _read_request(facts, request)
    facts.asked = [_asked(mapping(each)) for each in items(request.get("messages"))]
    facts.tools = [
        {"type": "function", "name": text(tool.get("name")),
         "description": text(tool.get("description")), "parameters": tool.get("parameters")}
        for tool in (mapping(mapping(each).get("function")) for each in items(request.get("tools")))
    ]  # fmt: skip
    _read_answer(facts, answer, lambda chunk: mapping(chunk.get("message")))


def read_generate(facts: Facts, request: Mapping[str, Any], answer: Any) -> None:
    _read_request(facts, request)
    facts.operation = "text_completion"
    if system := text(request.get("system")):
        facts.asked.append(message("system", system))
    facts.asked.append(message("user", request.get("prompt")))
    _read_answer(
        facts, answer,
        lambda chunk: {"content": chunk.get("response"), "thinking": chunk.get("thinking")},
    )  # fmt: skip


def read_embed(facts: Facts, request: Mapping[str, Any], answer: Any) -> None:
    _read_request(facts, request)
    facts.operation = "embeddings"
    given = request.get("input", request.get("prompt"))
    texts = [given] if isinstance(given, str) else items(given)
    facts.asked = [message("user", each) for each in texts]
    facts.response_model = text(mapping(answer).get("model"))
    facts.usage = counts({"input_tokens": mapping(answer).get("prompt_eval_count")})
    facts.is_whole = True


def _read_request(facts: Facts, request: Mapping[str, Any]) -> None:
    facts.model = text(request.get("model"))
    facts.settings = settings_of(mapping(request.get("options")), _SETTINGS)


def _asked(said: Mapping[str, Any]) -> Message:
    role = text(said.get("role")) or "user"
    if role == "tool":
        name = said.get("tool_name") or said.get("name")
        return {"role": "tool", "parts": [tool_result(name, said.get("content"))]}
    return message(role, said.get("content"), *_calls(said))


def _calls(said: Mapping[str, Any]) -> list[dict[str, Any]]:
    calls = (mapping(mapping(each).get("function")) for each in items(said.get("tool_calls")))
    return [tool_call(call.get("name"), call.get("arguments"), "") for call in calls]


def _read_answer(facts: Facts, answer: Any, said_in: Any) -> None:
    chunks: Sequence[Mapping[str, Any]]
    chunks = [mapping(each) for each in answer] if isinstance(answer, list) else [mapping(answer)]
    texts: dict[str, list[str]] = {"content": [], "thinking": []}
    calls: list[dict[str, Any]] = []
    last: Mapping[str, Any] = {}
    for place, chunk in enumerate(chunks):
        said = mapping(said_in(chunk))
        for name, found in texts.items():
            found.append(text(said.get(name)))
        calls += _calls(said)
        if facts.first_content is None and (any(f[-1] for f in texts.values()) or calls):
            facts.first_content = place
        facts.response_model = text(chunk.get("model")) or facts.response_model
        if chunk.get("error"):
            facts.error = "error"
        if chunk.get("done"):
            last = chunk
    facts.is_whole = bool(last)
    reason = text(last.get("done_reason")) or ("stop" if last else "")
    reason = "tool_calls" if calls and reason == "stop" else reason
    answered = message("assistant", "".join(texts["content"]), *calls)
    if thinking := "".join(texts["thinking"]):
        answered["parts"].insert(0, {"type": "reasoning", "content": thinking})
    if answered["parts"] or reason:
        facts.answered = [{**answered, "finish_reason": reason}]
    facts.finish_reasons = [reason] if reason else []
    facts.usage = counts({
        "input_tokens": last.get("prompt_eval_count"), "output_tokens": last.get("eval_count"),
    })  # fmt: skip
