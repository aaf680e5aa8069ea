"""What is heard of events that pass, and what is not kept."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.gateway import provider, running_gateway
from tests.support.realtime import RealtimeUpstream, done, event, opened
from vedette.gateway.hearing import MESSAGE_BYTES
from vedette.model.span import Span


async def heard(tmp_path: Path, *events: str, asks: str = "", **changes: Any) -> Span:
    """The span of a WebSocket over which a provider says these events."""

    async def talk(socket: Any) -> None:
        if asks:
            await socket.recv()
        for said in events:
            await socket.send(said)
        await socket.close()

    async with (
        RealtimeUpstream(talk) as upstream,
        running_gateway(tmp_path, provider("a", upstream.url), **changes) as gateway,
    ):
        async with opened(gateway) as socket:
            if asks:
                await socket.send(asks)
            async for _ in socket:
                pass
        return await gateway.span()


@pytest.mark.parametrize(
    ("usage", "counts"),
    [
        ({"input_tokens": 3, "output_tokens": 4, "total_tokens": 7}, (3, 4)),
        ({"input_tokens": "many", "output_tokens": 4}, (0, 4)),
        (None, (0, 0)),
        ([], (0, 0)),
        ({"type": "tokens"}, (0, 0)),
    ],
    ids=["whole", "odd", "none", "no-object", "no-figures"],
)
async def test_usage_is_read_where_there_is_some(
    tmp_path: Path, usage: Any, counts: tuple[int, int]
) -> None:
    span = await heard(tmp_path, done("Hi.", usage=usage))
    assert (span.usage.input_total, span.usage.output_total) == counts
    assert span.status == "ok"


@pytest.mark.parametrize(
    "said",
    ["", "{", '{"type":"response.done"', "[]", '"response.done"', '{"type":["response.done"]}'],
    ids=["empty", "brace", "cut", "list", "text", "odd-type"],
)
async def test_what_is_no_event_is_left_alone(tmp_path: Path, said: str) -> None:
    span = await heard(tmp_path, said, done("Hi."))
    assert span.usage.output_total == 121
    assert "Hi." in repr(span.payload.output)


async def test_an_error_that_ends_it_is_told_and_one_before_an_answer_is_none(
    tmp_path: Path,
) -> None:
    failed = event("error", error={"type": "invalid_request_error", "message": "no such voice"})
    for name, events, status in (
        ("last", (done("Hi."), failed), "error"), ("first", (failed, done("Hi.")), "ok"),
    ):  # fmt: skip
        directory = tmp_path / name
        directory.mkdir()
        span = await heard(directory, *events)
        assert span.status == status
        assert ("no such voice" in span.status_message) is (status == "error")


async def test_a_service_tier_is_noted(tmp_path: Path) -> None:
    span = await heard(tmp_path, done("Hi.", service_tier="priority"))
    assert span.payload.attributes["vedette.service_tier"] == "priority"


async def test_what_is_kept_is_bounded(tmp_path: Path) -> None:
    limit = 1_000
    events = [done(f"Answer {number}.") for number in range(20)]
    span = await heard(tmp_path, *events, max_body_bytes=limit, asks=event("x", text="y" * 5_000))
    assert len(span.payload.raw_response) == limit
    assert len(span.payload.raw_request) <= limit
    assert span.payload.attributes["vedette.capture.truncated"] == ["request", "response"]
    assert span.usage.output_total == 20 * 121
    assert "Answer 0." in repr(span.payload.output)


async def test_a_message_that_is_too_long_is_not_read(tmp_path: Path) -> None:
    long = done("x" * MESSAGE_BYTES)
    span = await heard(tmp_path, long, done("Hi."))
    assert span.usage.output_total == 121
    assert span.payload.attributes["vedette.websocket.too_long"] == "1"


async def test_lines_stay_lines(tmp_path: Path) -> None:
    pretty = json.dumps(json.loads(done("Hi.")), indent=2)
    span = await heard(tmp_path, pretty)
    assert span.payload.raw_response.count("\n") == 1
    assert "Hi." in repr(span.payload.output)
