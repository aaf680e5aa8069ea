"""The facts of a call as attributes of its span, after the GenAI conventions."""

from typing import Any

import msgspec

from vedette_sdk.features.conversation import joined, template_and_input
from vedette_sdk.features.fingerprint import read_fingerprint
from vedette_sdk.features.writing import ATTRIBUTE, write_print
from vedette_sdk.privacy import Keeper
from vedette_sdk.reading.facts import Facts, Message

_SPOKEN = {"text": "content", "refusal": "refusal"}


def call_attributes(facts: Facts, keeper: Keeper) -> dict[str, Any]:
    """All that may leave of a call."""
    found: dict[str, Any] = {
        "gen_ai.operation.name": facts.operation,
        "gen_ai.request.model": facts.model,
        "gen_ai.response.id": facts.response_id,
        "gen_ai.response.model": facts.response_model,
        "gen_ai.response.finish_reasons": [each for each in facts.finish_reasons if each],
        "openai.response.system_fingerprint": facts.version,
    }
    found = {name: value for name, value in found.items() if value}
    for name, value in facts.settings.items():
        # A stop sequence is words of the program's; all other settings are names and numbers.
        if name != "stop_sequences" or keeper.keeps_texts:
            found[f"gen_ai.request.{name}"] = value
    found |= {f"gen_ai.usage.{name}": value for name, value in facts.usage.items()}
    found |= facts.extra
    found["vedette.tool_calls"] = len(facts.called)
    if facts.operation != "embeddings":
        found[ATTRIBUTE] = _fingerprint(facts, keeper)
    return found | _said(facts, keeper)


def _said(facts: Facts, keeper: Keeper) -> dict[str, Any]:
    if keeper.mode == "hash":
        return {}
    tools = facts.tools
    if tools and not keeper.keeps_texts:
        tools = [{"type": tool["type"], "name": tool["name"]} for tool in tools]
    found = {
        "gen_ai.input.messages": keeper.messages(facts.asked),
        "gen_ai.output.messages": keeper.messages(facts.answered),
        "gen_ai.tool.definitions": msgspec.json.encode(tools).decode() if tools else None,
    }
    return {name: value for name, value in found.items() if value is not None}


def _fingerprint(facts: Facts, keeper: Keeper) -> str:
    """The same as Vedette works out of the same messages."""
    hasher = keeper.hasher
    template, prompt = template_and_input([(m["role"], text_of(m)) for m in facts.asked])
    called = [hasher.text(name) for name in facts.called]
    answer = joined(map(text_of, facts.answered)) if facts.answered else None
    return write_print(
        read_fingerprint(
            hasher=hasher, template=template, input=prompt, answer=answer, tools=called
        )
    )


def text_of(message: Message) -> str:
    """What a message says: texts, refusals, results of tools; no reasoning, no calls."""
    return joined(map(_part_text, message["parts"]))


def _part_text(part: dict[str, Any]) -> str:
    kind = part["type"]
    if kind == "tool_call_response":
        result = part.get("response")
        return result if isinstance(result, str) else msgspec.json.encode(result).decode()
    name = _SPOKEN.get(kind)
    said = part.get(name) if name else ""
    return said if isinstance(said, str) else ""
