"""What passes the gateway comes out as it went in, in both directions."""

import gzip
import json
from pathlib import Path

import pytest

from tests.support import answers
from tests.support.answers import Gate, answer, answer_in_pieces, chat_events, error
from tests.support.wire import call, chat, dial, error_of, pair, read_chunk, read_head, read_stream
from tests.support.wire import request as raw_request

ODD_ANSWER = (
    b'\n {"id" : "x",\t"choices":[ {"message":{"role":"assistant","content":"caf\\u00e9 '
    b'\xe2\x9c\x93","x_new":{"deep":[1,2.50,1e400]}},"finish_reason":"stop","index":0}],'
    b'"usage":{"prompt_tokens":9,"completion_tokens":3,"total_tokens":12},'
    b'"big":12345678901234567890123456789,"model":"m1-2026","x":null, "x":1 }\r\n '
)


async def test_an_unstreamed_answer_keeps_every_byte(tmp_path: Path) -> None:
    async with pair(tmp_path) as (upstream, gateway):
        upstream.script(answer(ODD_ANSWER))
        answered = await call(gateway, chat())
        assert answered.status == 200
        assert answered.body == ODD_ANSWER
        span = await gateway.span()
        assert (span.usage.input_total, span.usage.output_total) == (9, 3)


async def test_an_answer_without_declared_length_keeps_every_byte(tmp_path: Path) -> None:
    async with pair(tmp_path) as (upstream, gateway):
        pieces = [ODD_ANSWER[:7], ODD_ANSWER[7:90], ODD_ANSWER[90:]]
        upstream.script(
            answer_in_pieces(pieces, content_type="application/json"),
            answer(ODD_ANSWER, framing="close"),
        )
        assert (await call(gateway, chat())).body == ODD_ANSWER
        assert (await call(gateway, chat())).body == ODD_ANSWER


async def test_each_event_reaches_the_client_before_the_next_is_sent(tmp_path: Path) -> None:
    async with pair(tmp_path) as (upstream, gateway):
        events = chat_events(usage=True)
        steps: list[answers.Step] = [*answer_in_pieces([], framing="chunked")[:1]]
        for index, event in enumerate(events):
            chunk = answers._chunk(event)
            steps += [Gate(str(index)), answers.Send(chunk)]
        upstream.script((*steps, answers.Send(b"0\r\n\r\n")))
        body = chat(stream=True, stream_options={"include_usage": True})
        async with dial(gateway) as client:
            client.send(raw_request(body))
            await upstream.received()
            # The preamble is held while another attempt could follow: both come together.
            upstream.open_gate("0")
            upstream.open_gate("1")
            status, _ = await read_head(client)
            assert status == 200
            got = b""
            while len(got) < len(events[0] + events[1]):
                got += await read_chunk(client)
            assert got == events[0] + events[1]
            for index, event in enumerate(events[2:], 2):
                upstream.open_gate(str(index))
                assert await read_chunk(client) == event
            assert await read_chunk(client) == b""


STREAM = b"".join(chat_events(["caf", "\u00e9 \u2713", "\U0001f600"], usage=True))


@pytest.mark.parametrize("step", [1, 7, 1000])
async def test_a_streamed_answer_keeps_every_byte_however_it_is_cut(
    tmp_path: Path, step: int
) -> None:
    pieces = [STREAM[at : at + step] for at in range(0, len(STREAM), step)]
    async with pair(tmp_path) as (upstream, gateway):
        upstream.script(answer_in_pieces(pieces))
        body = chat(stream=True, stream_options={"include_usage": True})
        async with dial(gateway) as client:
            client.send(raw_request(body))
            await read_head(client)
            assert await read_stream(client) == STREAM
        span = await gateway.span()
        assert (span.usage.input_total, span.usage.output_total) == (9, 3)
        assert span.finish_reason == "stop"


REQUESTS = {
    "spacing and unknown fields": (
        b' {\n"x_unknown" : {"a":[1, 2.50 ]}, "model" :\t"a/m1" ,"messages":[]}\r\n'
    ),
    "nested model keys": (
        b'{"metadata":{"model":"a/m1"},"messages":[{"role":"user","content":"\\"model\\":\\"a/m1\\""}],'
        b'"model":"a/m1"}'
    ),
    "text that looks like it": (
        b'{"messages":[{"role":"user","content":"a/m1 model"}],"model":"a/m1"}'
    ),
    "unicode and big numbers": (
        b'{"messages":[{"role":"user","content":"\\ud83d\\ude00 \xf0\x9f\x98\x80 \\u00e9"}],'
        b'"seed":123456789012345678901234567890,"temperature":0.10,"model":"a/m1"}'
    ),
}


@pytest.mark.parametrize("body", REQUESTS.values(), ids=REQUESTS.keys())
async def test_a_request_changes_only_in_its_model(tmp_path: Path, body: bytes) -> None:
    async with pair(tmp_path) as (upstream, gateway):
        await call(gateway, body)
        at = body.rfind(b'"a/m1"')
        # In the first shape the member stands before the messages, elsewhere it is the last.
        assert (await upstream.received()).body == body[:at] + b'"m1"' + body[at + 6 :]


async def test_a_request_that_needs_no_change_is_not_touched(tmp_path: Path) -> None:
    body = b'{ "model":"m1","messages" :[],"model":"m1" }'
    async with pair(tmp_path) as (upstream, gateway):
        await call(gateway, body)
        assert (await upstream.received()).body == body


async def test_every_spelling_of_the_model_key_is_replaced(tmp_path: Path) -> None:
    body = b'{"model":"a/m0","messages":[],"\\u006dodel":"a\\/m1"}'
    async with pair(tmp_path) as (upstream, gateway):
        await call(gateway, body)
        received = json.loads((await upstream.received()).body, object_pairs_hook=list)
        assert [value for name, value in received if name == "model"] == ["m1", "m1"]


async def test_a_compressed_request_is_read_and_sent_on_plain(tmp_path: Path) -> None:
    body = json.dumps(chat()).encode()
    async with pair(tmp_path) as (upstream, gateway):
        answered = await call(gateway, gzip.compress(body), headers=[("content-encoding", "gzip")])
        assert answered.status == 200
        received = await upstream.received()
        assert received.body == body.replace(b"a/m1", b"m1")
        assert received.header("content-encoding") is None


async def test_a_bomb_is_refused(tmp_path: Path) -> None:
    bomb = gzip.compress(b'{"model":"a/m1","x":"' + b" " * 200_000_000 + b'"}', 1)
    async with pair(tmp_path) as (upstream, gateway):
        answered = await call(gateway, bomb, headers=[("content-encoding", "gzip")])
        assert answered.status in (400, 413)
        assert "larger than" in error_of(answered)["message"]
        assert not upstream.requests


async def test_a_compressed_answer_passes_and_its_usage_is_read(tmp_path: Path) -> None:
    packed = gzip.compress(answers.chat_body())
    async with pair(tmp_path) as (upstream, gateway):
        upstream.script(answer(packed, headers=[("Content-Encoding", "gzip")]))
        answered = await call(gateway, chat(), headers=[("accept-encoding", "gzip, br")])
        assert answered.body == packed
        assert answered.header("content-encoding") == "gzip"
        assert (await upstream.received()).header("accept-encoding") == "gzip"
        span = await gateway.span()
        assert (span.usage.input_total, span.usage.output_total) == (9, 3)
        assert span.finish_reason == "stop"


async def test_a_provider_error_keeps_status_and_bytes(tmp_path: Path) -> None:
    body = b'{"error" : {"message":"no \xe2\x9c\x93", "odd": [1] } }\n'
    async with pair(tmp_path) as (upstream, gateway):
        upstream.script(answer(body, 418, headers=[("x-request-id", "r1"), ("x-odd", "1")]))
        answered = await call(gateway, chat())
        assert (answered.status, answered.body) == (418, body)
        assert answered.header("x-vedette-error-source") == "provider"
        assert answered.header("x-request-id") == "r1"
        assert answered.header("x-odd") == "1"
        assert answered.header("x-vedette-provider") == "a"
        assert answered.header("x-vedette-model") == "m1"
        span = await gateway.span()
        assert span.status == "error"
        assert span.payload.attributes["http.response.status_code"] == 418


@pytest.mark.parametrize("status", [400, 401, 403, 404, 413, 422])
async def test_what_no_retry_mends_is_returned_at_once(tmp_path: Path, status: int) -> None:
    async with pair(tmp_path) as (upstream, gateway):
        upstream.script(error(status))
        answered = await call(gateway, chat())
        assert answered.status == status
        assert answered.body == answers.error_body("No.")
        assert len(upstream.requests) == 1
        assert answered.header("x-should-retry") is None


async def test_an_unknown_model_says_what_would_work(tmp_path: Path) -> None:
    async with pair(tmp_path, default_provider="") as (upstream, gateway):
        answered = await call(gateway, chat("nope"))
        assert answered.status == 404
        said = error_of(answered)
        assert said["code"] == "model_not_found"
        assert "'nope'" in said["message"]
        assert "a/..." in said["message"]
        assert answered.header("x-vedette-error-source") == "gateway"
        assert answered.header("x-vedette-request-id")
        assert not upstream.requests


async def test_a_gzipped_stream_request_asks_for_identity(tmp_path: Path) -> None:
    async with pair(tmp_path) as (upstream, gateway):
        await call(gateway, chat(stream=True), headers=[("accept-encoding", "gzip")])
        assert (await upstream.received()).header("accept-encoding") == "identity"
