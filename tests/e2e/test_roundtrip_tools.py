"""A whole round of tools: what a client sends back of an answer reaches the provider unharmed."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.clients import TALKS
from tests.support.provided import CALLS, SCENARIOS, SIGNATURE, Provided
from tests.support.providers import KINDS, answering, provider_of
from tests.support.told import RESULT

CLIENTS = [name for name in TALKS if name not in ("openai_completions", "ollama_generate")]
CALLED: Provided = SCENARIOS["thoughts and tools"]
SIGNED = {
    "anthropic": ("thinking", "signature"),
    "bedrock": ("reasoningText", "signature"),
    "gemini": ("functionCall", "thoughtSignature"),
    "openai_responses": ("summary", "encrypted_content"),
}
"""Providers that sign, with the sibling of a signature and its own name."""


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """All objects within a body, outermost first."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from objects(inner)


def calls_in(dialect: str, body: Any) -> list[tuple[str, str, Any]]:
    """(id, name, arguments) of the calls in a provider's request."""
    found = []
    for one in objects(body):
        match dialect:
            case "openai_chat" if one.get("type") == "function" and "id" in one:
                function = one["function"]
                found.append((one["id"], function["name"], json.loads(function["arguments"])))
            case "openai_responses" if one.get("type") == "function_call":
                found.append((one["call_id"], one["name"], json.loads(one["arguments"])))
            case "anthropic" if one.get("type") == "tool_use":
                found.append((one["id"], one["name"], one["input"]))
            case "gemini" if "functionCall" in one:
                call = one["functionCall"]
                found.append((call.get("id", ""), call["name"], call.get("args", {})))
            case "bedrock" if "toolUse" in one:
                call = one["toolUse"]
                found.append((call["toolUseId"], call["name"], call["input"]))
            case "ollama_chat" if "tool_calls" in one:
                found += [
                    (call.get("id", ""), call["function"]["name"], call["function"]["arguments"])
                    for call in one["tool_calls"]
                ]
    return found


RESULT_IDS = {
    "openai_chat": "tool_call_id", "openai_responses": "call_id", "anthropic": "tool_use_id",
    "gemini": "id", "bedrock": "toolUseId", "ollama_chat": "tool_call_id",
}  # fmt: skip


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("dialect", KINDS)
@pytest.mark.parametrize("client", CLIENTS)
async def test_a_round_of_tools(tmp_path: Path, client: str, dialect: str, stream: bool) -> None:
    async with provider_of(tmp_path, dialect) as (upstream, _, root):
        upstream.respond = answering(dialect, CALLED)
        talk = TALKS[client](root)
        first = await talk.ask(stream=stream)
        assert len(first.calls) == 2
        talk.give_results()
        upstream.respond = answering(dialect, SCENARIOS["text"])
        second = await talk.ask(stream=stream)
        assert second.text == SCENARIOS["text"].text
        body = json.loads((await upstream.received(2)).body)
    returned = calls_in(dialect, body)
    assert [call[1:] for call in returned] == [(n, json.loads(a)) for _, n, a in CALLS]
    results = [
        one
        for one in objects(body)
        if any(isinstance(told, str) and RESULT in told for told in one.values())
    ]
    assert len(results) == 2
    if client != "ollama_chat":
        # Ollama's client keeps no ids: there the gateway makes them up.
        assert [call[0] for call in returned] == [id for id, _, _ in CALLS]
    ids = [one[name] for one in objects(body) if (name := RESULT_IDS[dialect]) in one]
    assert set(ids) >= {call[0] for call in returned if call[0]}
    if dialect in SIGNED and client != "ollama_chat":
        sibling, name = SIGNED[dialect]
        signed = [one for one in objects(body) if one.get(name) == SIGNATURE]
        assert len(signed) == 1
        assert sibling in signed[0] or "text" in signed[0]
