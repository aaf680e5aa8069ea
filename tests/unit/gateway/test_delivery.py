"""Which answers are held, listened to, or passed on."""

from pathlib import Path

import pytest

from tests.support.answers import Gate, answer, answer_in_pieces, chat_body, chat_events, sse
from tests.support.gateway import route
from tests.support.wire import call, chat, dial, pair, read_chunk, read_head
from tests.support.wire import request as raw_request
from vedette.gateway.delivery import HELD_BYTES

ASKS: dict[str, object] = {"include_usage": True}


@pytest.mark.parametrize(
    "content_type", ["application/json", "APPLICATION/JSON; charset=utf-8", "application/jsonl"]
)
async def test_json_is_sent_whole_with_its_length(tmp_path: Path, content_type: str) -> None:
    async with pair(tmp_path) as (upstream, gateway):
        upstream.script(answer(chat_body(), content_type=content_type, framing="chunked"))
        answered = await call(gateway, chat())
        assert answered.header("content-length") == str(len(chat_body()))
        assert answered.header("content-type") == content_type


async def test_an_answer_without_content_has_none(tmp_path: Path) -> None:
    async with pair(tmp_path) as (upstream, gateway), dial(gateway) as client:
        upstream.script(answer(b"", 204))
        client.send(raw_request(path="/v1/files/x", method="DELETE") + raw_request(chat()))
        assert (await client.answer()).status == 204
        assert (await client.answer()).body == chat_body()


async def test_a_redirect_is_the_clients_to_follow(tmp_path: Path) -> None:
    async with pair(tmp_path) as (upstream, gateway):
        upstream.script(answer(b"", 307, headers=[("location", "/v1/elsewhere")]))
        answered = await call(gateway, path="/v1/files/x", method="GET")
        assert (answered.status, answered.header("location")) == (307, "/v1/elsewhere")
        assert len(upstream.requests) == 1


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
