"""A policy before streams of Bedrock's InvokeModel."""

import json
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.test_remedies import BLOCK, policy
from tests.support.answers import answer_in_pieces
from tests.support.gateway import running_gateway
from tests.support.providers import settings_of
from tests.support.upstream import Upstream
from tests.support.wire import call
from vedette.dialects.bedrock_invoke_stream import chunk
from vedette.dialects.eventstream import CONTENT_TYPE, EventStreamReader, frame
from vedette.model.policy import Action

PATH = "/model/a%2Fc/invoke-with-response-stream"
BODY = {
    "anthropic_version": "bedrock-2023-05-31", "max_tokens": 5,
    "messages": [{"role": "user", "content": "hi"}],
}  # fmt: skip


def event(kind: str, **fields: Any) -> bytes:
    return frame("chunk", chunk(json.dumps({"type": kind, **fields}).encode()))


def stream(word: str) -> list[bytes]:
    usage = {"input_tokens": 1, "output_tokens": 1}
    message = {"id": "m", "type": "message", "role": "assistant", "model": "c", "content": []}
    return [
        event("message_start", message={**message, "usage": usage}),
        event("content_block_start", index=0, content_block={"type": "text", "text": ""}),
        event("content_block_delta", index=0, delta={"type": "text_delta", "text": f"It {word}."}),
        event("content_block_stop", index=0),
        event("message_delta", delta={"stop_reason": "end_turn"}, usage={"output_tokens": 3}),
        event("message_stop"),
    ]


@pytest.mark.parametrize("word", ["fine", "forbidden"])
@pytest.mark.parametrize("kind", ["block", "redact", "reask"])
async def test_it_passes_as_it_came_or_ends(tmp_path: Path, kind: Any, word: str) -> None:
    guard = policy(BLOCK if kind == "block" else Action(kind=kind))
    async with Upstream() as upstream:
        settings = settings_of("bedrock", upstream, dialects=("bedrock", "bedrock_invoke"))
        async with running_gateway(tmp_path, settings, guard=guard) as gateway:
            sent = stream(word)
            upstream.respond = lambda _: answer_in_pieces(sent, content_type=CONTENT_TYPE.decode())
            told = await call(gateway, BODY, PATH)
            await gateway.span()
    if word == "fine":
        assert told.body == b"".join(sent)
        assert not gateway.spans.records[0].error
        return
    assert sent[2] not in told.body
    assert gateway.spans.records[0].error == ("" if kind == "redact" else "guard_blocked")
    if kind == "redact":
        said = said_in(told.body)
        assert [event["type"] for event in said][-1] == "message_stop"
        texts = (event["delta"].get("text", "") for event in said if "delta" in event)
        assert "".join(texts) == "It [keyword]."


def said_in(body: bytes) -> list[dict[str, Any]]:
    """The events of Anthropic in the frames."""
    frames = [json.loads(event.data) for event in EventStreamReader().feed(body)]
    return [json.loads(b64decode(frame["chunk"]["bytes"])) for frame in frames]


PROMPTS: dict[str, tuple[dict[str, Any], list[dict[str, Any]], str]] = {
    "llama": (
        {"prompt": "hi", "max_gen_len": 9},
        [
            {"generation": "It forb", "stop_reason": None},
            {"generation": "idden.", "stop_reason": "stop"},
        ],
        "generation",
    ),
    "titan": (
        {"inputText": "hi"},
        [{"outputText": "It forb", "index": 0}, {"outputText": "idden.", "index": 0,
          "completionReason": "FINISH"}],
        "outputText",
    ),
    "cohere": (
        {"message": "hi"},
        [{"event_type": "stream-start", "is_finished": False},
         {"event_type": "text-generation", "is_finished": False, "text": "It forb"},
         {"event_type": "text-generation", "is_finished": False, "text": "idden."},
         {"event_type": "stream-end", "is_finished": True, "finish_reason": "COMPLETE",
          "response": {"text": "It forbidden."}}],
        "text",
    ),
}  # fmt: skip


@pytest.mark.parametrize("form", PROMPTS)
@pytest.mark.parametrize("word", ["forbidden", "fine"])
async def test_answers_to_prompts_are_redacted_too(tmp_path: Path, form: str, word: str) -> None:
    body, events, field = PROMPTS[form]
    sent = [frame("chunk", chunk(json.dumps(event).encode())) for event in events]
    guard = policy(Action(kind="redact"))
    if word == "fine":
        guard = policy(Action(kind="flag"))
    async with Upstream() as upstream:
        settings = settings_of("bedrock", upstream, dialects=("bedrock", "bedrock_invoke"))
        async with running_gateway(tmp_path, settings, guard=guard) as gateway:
            upstream.respond = lambda _: answer_in_pieces(sent, content_type=CONTENT_TYPE.decode())
            told = await call(gateway, body, PATH)
            await gateway.span()
    if word == "fine":
        assert told.body == b"".join(sent)
        return
    said = said_in(told.body)
    assert "".join(event.get(field) or "" for event in said) == "It [keyword]."
    assert "forb" not in str(said)
    assert not gateway.spans.records[0].error
    assert any(word in str(said[-1]) for word in ("stop", "FINISH", "COMPLETE"))
