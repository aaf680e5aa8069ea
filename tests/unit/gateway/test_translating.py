"""A stream on its way into another dialect."""

import json
from typing import Any

import pytest

from vedette.clock import FakeClock
from vedette.dialects import anthropic, openai_chat
from vedette.dialects.contract import WriteContext
from vedette.dialects.framing import SSEReader
from vedette.gateway.breaker import Breaker
from vedette.gateway.translating import TranslatingTee
from vedette.model.chat import ChatRequest

EVENTS: list[dict[str, Any]] = [
    {"type": "message_start", "message": {"id": "m1", "model": "claude", "usage": {
        "input_tokens": 3, "output_tokens": 1}}},
    {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
    {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "Hi"}},
    {"type": "content_block_stop", "index": 0},
    {"type": "message_delta", "delta": {"stop_reason": "max_tokens"}, "usage": {
        "output_tokens": 2}},
    {"type": "message_stop"},
]  # fmt: skip
STREAM = b"".join(
    b"event: %b\ndata: %b\n\n" % (str(event["type"]).encode(), json.dumps(event).encode())
    for event in EVENTS
)


def make() -> TranslatingTee:
    context = WriteContext(
        request=ChatRequest(model="m", stream=True), model="m", id="0" * 16, created_s=1
    )
    writer = openai_chat.StreamWriter(context)
    breaker = Breaker("tee", FakeClock())
    return TranslatingTee(anthropic, "anthropic", writer, breaker, framing=SSEReader)


def chunks(written: bytes) -> list[dict[str, Any]]:
    lines = [line[6:] for line in written.split(b"\n") if line.startswith(b"data: ")]
    return [json.loads(line) for line in lines if line != b"[DONE]"]


@pytest.mark.parametrize("size", [1, 7, 50, 10_000])
def test_the_stream_is_the_same_wherever_it_is_cut(size: int) -> None:
    tee = make()
    out = b"".join(tee.feed(STREAM[at : at + size]) for at in range(0, len(STREAM), size))
    out += tee.close()
    assert out.endswith(b"data: [DONE]\n\n")
    choices = [chunk["choices"][0] for chunk in chunks(out) if chunk["choices"]]
    assert "".join(choice["delta"].get("content") or "" for choice in choices) == "Hi"
    assert choices[-1]["finish_reason"] == "length"
    assert tee.is_complete
    assert tee.usage is not None


def test_the_end_is_written_once_and_only_for_whole_answers() -> None:
    whole, cut = make(), make()
    assert (whole.feed(STREAM) + whole.close()).count(b"[DONE]") == 1
    assert b"[DONE]" not in cut.feed(STREAM[: STREAM.find(b"event: message_delta")]) + cut.close()
    assert not cut.is_complete


def test_what_is_no_json_breaks_the_stream() -> None:
    tee = make()
    tee.feed(STREAM[: STREAM.find(b"event: content_block_stop")])
    assert tee.feed(b"data: {broken\n\n" + STREAM) == b""
    assert tee.error_type == "malformed_event"
    assert b'"error"' in tee.fail("openai_chat", "malformed_event")
