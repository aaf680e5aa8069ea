"""What becomes of a stream on its way."""

from pathlib import Path

import pytest

from tests.support.answers import Cut, Gate, answer_in_pieces, chat_events, sse
from tests.support.gateway import route
from tests.support.wire import call, chat, dial, pair, read_chunk, read_head
from tests.support.wire import request as raw_request
from vedette.gateway.streaming import HELD_BYTES, LATE_CHUNKS

ASKS: dict[str, object] = {"include_usage": True}


async def test_a_long_preamble_is_sent_on(tmp_path: Path) -> None:
    """It is held while another attempt may follow, but not without bound."""
    comment = b": " + b"x" * 60_000 + b"\n\n"
    count = HELD_BYTES // len(comment) + 1
    script = answer_in_pieces([comment] * count)[:-1]
    routes = [route("fast", ("a", "m1"))]
    async with pair(tmp_path, routes=routes) as (upstream, gateway), dial(gateway) as client:
        upstream.script((*script, Gate(), *answer_in_pieces(chat_events())[1:]))
        client.send(raw_request(chat("fast", stream=True, stream_options=ASKS)))
        status, _ = await read_head(client)
        assert status == 200
        got = b""
        while len(got) < count * len(comment):
            got += await read_chunk(client)
        assert got == comment * count
        upstream.open_gate()
        while chunk := await read_chunk(client):
            got += chunk
        assert got.endswith(sse(b"[DONE]"))
        assert (await gateway.span()).status == "ok"


async def test_a_stream_of_a_path_we_do_not_read_passes(tmp_path: Path) -> None:
    events = [sse(b'{"type":"transcript.text.delta","delta":"a"}'), b"odd", b""]
    async with pair(tmp_path) as (upstream, gateway):
        upstream.script(answer_in_pieces(events))
        answered = await call(gateway, {"model": "a/m"}, "/v1/threads/runs")
        assert answered.body == b"".join(events)
        assert (await gateway.span()).status == "ok"


WORDS = [f"w{number} " for number in range(5 * LATE_CHUNKS + 3)]


@pytest.mark.parametrize("asked", [True, False], ids=["asked", "unasked"])
async def test_what_passes_unread_is_read_before_the_end(tmp_path: Path, asked: bool) -> None:
    """Whether or not the client wanted usage, it gets each byte, and the record knows all."""
    events = chat_events(WORDS, usage=True)
    more: dict[str, object] = {"stream_options": ASKS} if asked else {}
    async with pair(tmp_path) as (upstream, gateway):
        upstream.script(answer_in_pieces(events))
        answered = await call(gateway, chat("a/m", stream=True, **more))
        kept = events if asked else [event for event in events if b'"usage": {' not in event]
        expected = b"".join(kept)
        assert answered.body == (expected if asked else expected.replace(b', "usage": null', b""))
        span = await gateway.span()
        assert (span.status, span.finish_reason) == ("ok", "stop")
        assert (span.usage.input_total, span.usage.output_total) == (9, 3)
        assert "".join(WORDS) in str(span.payload.output)


async def test_a_break_among_unread_chunks_is_seen(tmp_path: Path) -> None:
    events = chat_events(WORDS, done=False)[: LATE_CHUNKS + 3]
    async with pair(tmp_path) as (upstream, gateway):
        upstream.script((*answer_in_pieces(events)[: len(events)], Cut()))
        answered = await call(gateway, chat("a/m", stream=True, stream_options=ASKS))
        assert b'"error"' in answered.body
        span = await gateway.span()
        assert span.status == "error"
        assert span.usage.output_total >= LATE_CHUNKS
