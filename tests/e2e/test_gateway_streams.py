"""Streams: usage that only we asked for, and every shape of server-sent events."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support import answers
from tests.support.answers import answer_in_pieces, chat_events, chat_stream, sse
from tests.support.gateway import RunningGateway, route
from tests.support.wire import call, chat, dial, pair, read_head, read_stream
from tests.support.wire import request as raw_request

ASKS: dict[str, Any] = {"stream_options": {"include_usage": True}}


async def stream(gateway: RunningGateway, **fields: Any) -> bytes:
    """The body of a whole streamed answer."""
    async with dial(gateway) as client:
        client.send(raw_request(chat(stream=True, **fields)))
        status, _ = await read_head(client)
        assert status == 200
        return await read_stream(client)


async def counted(gateway: RunningGateway) -> tuple[int, int, bool]:
    usage = (await gateway.span()).usage
    return usage.input_total, usage.output_total, usage.estimated


async def test_usage_is_asked_for_and_taken_out_again(tmp_path: Path) -> None:
    async with pair(tmp_path) as (upstream, gateway):
        got = await stream(gateway)
        received = await upstream.received()
        assert json.loads(received.body)["stream_options"] == {"include_usage": True}
        assert got == b"".join(chat_events()).replace(b', "usage": null', b"")
        assert b"usage" not in got
        assert await counted(gateway) == (9, 3, False)


async def test_usage_that_the_client_asked_for_stays(tmp_path: Path) -> None:
    async with pair(tmp_path) as (upstream, gateway):
        got = await stream(gateway, **ASKS)
        assert json.loads((await upstream.received()).body)["stream_options"] == {
            "include_usage": True
        }
        assert got == b"".join(chat_events(usage=True))
        assert await counted(gateway) == (9, 3, False)


async def test_other_stream_options_survive(tmp_path: Path) -> None:
    async with pair(tmp_path) as (upstream, gateway):
        options = {"include_usage": False, "include_obfuscation": False}
        got = await stream(gateway, stream_options=options)
        assert json.loads((await upstream.received()).body)["stream_options"] == {
            "include_usage": True, "include_obfuscation": False
        }  # fmt: skip
        assert b"usage" not in got


async def test_usage_in_the_last_chunk_of_output_is_kept_for_the_client(tmp_path: Path) -> None:
    """Some providers send usage beside a choice: that event is more than usage."""
    last = (
        b'{"choices":[{"index":0,"delta":{},"finish_reason":"stop"}],'
        b'"usage":{"prompt_tokens":4,"completion_tokens":5,"total_tokens":9}}'
    )
    events = [*chat_events(done=False)[:-1], sse(last), sse(b"[DONE]")]
    async with pair(tmp_path) as (upstream, gateway):
        upstream.script(answer_in_pieces(events))
        assert await stream(gateway) == b"".join(events)
        assert await counted(gateway) == (4, 5, False)


async def test_a_provider_that_rejects_the_option_is_not_asked(tmp_path: Path) -> None:
    async with pair(tmp_path, provider_settings={"stream_usage": False}) as (upstream, gateway):
        got = await stream(gateway)
        assert "stream_options" not in json.loads((await upstream.received()).body)
        assert got == b"".join(chat_events())
        tokens_in, tokens_out, estimated = await counted(gateway)
        assert tokens_in > 0
        assert tokens_out == 3
        assert estimated


WORDS = chat_events(["caf\u00e9 \U0001f600", "!"], done=False)
DONE = sse(b"[DONE]")
COMMENT = b": ping\n\n"
BIG = chat_events(["x" * 1_000_000])

SHAPES: dict[str, list[bytes]] = {
    "CR": [b"".join([*WORDS, DONE]).replace(b"\n", b"\r")],
    "CRLF": [b"".join([*WORDS, DONE]).replace(b"\n", b"\r\n")],
    "CRLF split between reads": [
        piece + b"\n" if index else piece
        for index, piece in enumerate(
            b"".join([*WORDS, DONE]).replace(b"\n", b"\r\n").split(b"\n")[:-1]
        )
    ],
    "comments": [COMMENT, *WORDS[:2], b":\n", COMMENT, *WORDS[2:], DONE],
    "no space after data": [b"".join([*WORDS, DONE]).replace(b"data: ", b"data:")],
    "several data lines": [
        b'data: {"choices":[{"index":0,\n'
        b'data: "delta":{"content":"a"},"finish_reason":"stop"}]}\n\n',
        DONE,
    ],
    "byte order mark": [b"\xef\xbb\xbf" + WORDS[0], *WORDS[1:], DONE],
    "no blank line at the end": [*WORDS, DONE.rstrip(b"\n")],
    "spaces around the end mark": [*WORDS, b"data:   [DONE]  \n\n"],
    "data behind the end mark": [*WORDS, DONE, b'data: {"late":1}\n\n'],
    "no end mark but a finish reason": WORDS,
    "id and retry fields": [b"id: 1\nretry: 5\n" + WORDS[0], *WORDS[1:], DONE],
    "a malformed chunk": [*WORDS[:2], b"data: {oops\n\n", *WORDS[2:], DONE],
    "an event of a megabyte": BIG,
}


@pytest.mark.parametrize("pieces", SHAPES.values(), ids=SHAPES.keys())
@pytest.mark.parametrize("asks", [True, False])
async def test_every_shape_of_events_passes_untouched_and_is_understood(
    tmp_path: Path, pieces: list[bytes], asks: bool
) -> None:
    async with pair(tmp_path) as (upstream, gateway):
        upstream.script(answer_in_pieces(pieces))
        assert await stream(gateway, **(ASKS if asks else {})) == b"".join(pieces)
        span = await gateway.span()
        assert span.status == "ok"
        assert span.finish_reason == "stop"
        assert span.ttft_ms is not None


async def test_characters_split_between_reads_arrive_whole(tmp_path: Path) -> None:
    whole = b"".join([*WORDS, DONE]).replace(
        b"caf\\u00e9 \\ud83d\\ude00", "caf\u00e9\U0001f600".encode()
    )
    assert "\U0001f600".encode() in whole
    async with pair(tmp_path) as (upstream, gateway):
        upstream.script(answer_in_pieces([whole[at : at + 1] for at in range(len(whole))]))
        assert await stream(gateway, **ASKS) == whole
        span = await gateway.span()
        assert span.payload.output is not None
        assert "caf\u00e9\U0001f600!" in str(span.payload.output)


async def test_an_error_inside_a_stream_is_passed_on_and_is_a_failure(tmp_path: Path) -> None:
    error = sse(b'{"error":{"message":"overloaded","type":"server_error","code":null}}')
    async with pair(tmp_path) as (upstream, gateway):
        upstream.script(answer_in_pieces([*WORDS[:2], error]))
        assert await stream(gateway, **ASKS) == b"".join([*WORDS[:2], error])
        span = await gateway.span()
        assert span.status == "error"
        assert span.finish_reason == ""


async def test_a_plain_error_with_status_200_and_event_stream_is_a_failure(tmp_path: Path) -> None:
    body = b'{"error":{"message":"no such model","type":"x","code":null}}'
    async with pair(tmp_path) as (upstream, gateway):
        for _ in range(3):
            upstream.script(answer_in_pieces([body]))
        async with dial(gateway) as client:
            client.send(raw_request(chat(stream=True)))
            answered = await client.answer()
        span = await gateway.span()
        assert span.status == "error"
        assert answered.status >= 500 or b"error" in answered.body


async def test_an_error_with_a_hostile_name_reaches_the_client_as_an_error(tmp_path: Path) -> None:
    error = sse(b'{"error":{"message":"m","type":"x\\r\\nx-evil: 1","code":null}}')
    routes = [route("fast", ("a", "m1"), retries=1)]
    async with pair(tmp_path, routes=routes) as (upstream, gateway):
        upstream.respond = lambda received: answer_in_pieces([error])
        answered = await call(gateway, chat("fast", stream=True))
        assert b"error" in answered.body
        assert answered.header("x-evil") is None
        assert (await gateway.span()).status == "error"


async def test_completions_streams_count_as_well(tmp_path: Path) -> None:
    events = [
        sse(b'{"id":"c","object":"text_completion","model":"m","choices":[{"text":"a","index":0,'
            b'"finish_reason":null}]}'),
        sse(b'{"id":"c","object":"text_completion","model":"m","choices":[{"text":"b","index":0,'
            b'"finish_reason":"length"}]}'),
        sse(b'{"id":"c","choices":[],"usage":{"prompt_tokens":2,"completion_tokens":2,'
            b'"total_tokens":4}}'),
        sse(b"[DONE]"),
    ]  # fmt: skip
    async with pair(tmp_path) as (upstream, gateway):
        upstream.script(answer_in_pieces(events))
        async with dial(gateway) as client:
            body = {"model": "a/m", "prompt": "x", "stream": True}
            client.send(raw_request(body, "/v1/completions"))
            await read_head(client)
            assert await read_stream(client) == events[0] + events[1] + events[3]
        span = await gateway.span()
        assert span.finish_reason == "length"
        assert await counted(gateway) == (2, 2, False)


async def test_a_stream_asked_for_and_answered_whole_is_read_whole(tmp_path: Path) -> None:
    async with pair(tmp_path) as (upstream, gateway):
        upstream.script(answers.chat())
        async with dial(gateway) as client:
            client.send(raw_request(chat(stream=True)))
            assert (await client.answer()).body == answers.chat_body()
        assert await counted(gateway) == (9, 3, False)


async def test_answers_of_one_connection_do_not_mix(tmp_path: Path) -> None:
    async with pair(tmp_path) as (upstream, gateway), dial(gateway) as client:
        upstream.script(chat_stream(), answers.chat("two"), chat_stream(["three"]))
        client.send(raw_request(chat(stream=True, **ASKS)) + raw_request(chat()))
        client.send(raw_request(chat(stream=True, **ASKS)))
        assert (await client.answer()).body == b"".join(chat_events())
        assert (await client.answer()).body == answers.chat_body("two")
        assert (await client.answer()).body == b"".join(chat_events(["three"]))
        assert {received.connection for received in upstream.requests} == {0}
