"""Clients that leave and clients that are slow: the provider notices, memory stays bounded."""

import asyncio
import time
from pathlib import Path
from typing import Any

import pytest

from tests.support import answers
from tests.support.answers import (
    Gate,
    Send,
    Stall,
    answer,
    answer_in_pieces,
    chat_events,
    gated,
    sse,
)
from tests.support.gateway import RunningGateway, provider, route, running_gateway
from tests.support.rim import Client
from tests.support.upstream import Received, Upstream
from tests.support.wire import call, chat, dial, pair, read_chunk, read_head, read_stream
from tests.support.wire import request as raw_request
from vedette.model.settings import Timeouts

SEEN_WITHIN_S = 0.5


@pytest.fixture(params=[False, True], ids=["asyncio", "uvloop"])
def anyio_backend(request: pytest.FixtureRequest) -> object:
    """Flow control and the end of connections are the loop's business: both must do."""
    return ("asyncio", {"use_uvloop": request.param})


ASKS: dict[str, Any] = {"stream_options": {"include_usage": True}}


async def gone_within(upstream: Upstream, client: Client, *, reset: bool = False) -> float:
    """Close the client and wait until the provider has seen it; seconds in between."""
    started = time.monotonic()
    if reset:
        client.reset()
    else:
        client.writer.close()
    await upstream.client_gone()
    return time.monotonic() - started


@pytest.mark.parametrize("reset", [False, True])
async def test_leaving_a_stream_closes_the_providers(tmp_path: Path, reset: bool) -> None:
    events = chat_events(["one ", "two "])[:3]
    async with pair(tmp_path) as (upstream, gateway), dial(gateway) as client:
        upstream.script((*answer_in_pieces(events)[:-1], Stall()))
        client.send(raw_request(chat(stream=True, **ASKS)))
        await read_head(client)
        got = b""
        while got != b"".join(events):
            got += await read_chunk(client)
        assert await gone_within(upstream, client, reset=reset) < SEEN_WITHIN_S
        span = await gateway.span()
        assert span.status == "error"
        assert span.payload.attributes["http.response.status_code"] == 499
        assert span.payload.attributes["error.type"] == "client_gone"
        assert [a.error for a in span.payload.attempts] == ["client_gone"]
        assert "one two " in str(span.payload.output)
        assert span.usage.estimated
        assert (span.usage.output_total, span.finish_reason) == (2, "")
        assert span.usage.input_total > 0


async def test_leaving_while_waiting_for_the_answer(tmp_path: Path) -> None:
    async with pair(tmp_path) as (upstream, gateway), dial(gateway) as client:
        upstream.script((Stall(),))
        client.send(raw_request(chat()))
        await upstream.received()
        assert await gone_within(upstream, client) < SEEN_WITHIN_S
        span = await gateway.span()
        assert span.payload.attributes["http.response.status_code"] == 499
        assert span.status == "error"
        assert span.provider == "a" or span.provider == ""


async def test_leaving_between_two_attempts(tmp_path: Path) -> None:
    routes = [route("fast", ("a", "m1"))]
    async with pair(tmp_path, routes=routes) as (upstream, gateway), dial(gateway) as client:
        upstream.script(answers.error(503, headers=[("retry-after", "8")]))
        client.send(raw_request(chat("fast")))
        await upstream.received()
        await upstream.answered()
        client.writer.close()
        span = await gateway.span()
        assert span.payload.attributes["http.response.status_code"] == 499
        assert len(upstream.requests) == 1


async def test_leaving_while_the_request_is_sent(tmp_path: Path) -> None:
    async with pair(tmp_path) as (upstream, gateway), dial(gateway) as client:
        client.send(
            b"POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: 999\r\n\r\n{"
        )
        await until_active(gateway)
        client.writer.close()
        span = await gateway.span()
        assert span.payload.attributes["http.response.status_code"] == 499
        assert len(span.trace_id) == 32
        assert not upstream.requests


async def test_leaving_in_the_middle_of_an_upload(tmp_path: Path) -> None:
    async with pair(tmp_path) as (upstream, gateway), dial(gateway) as client:
        client.send(
            b"POST /v1/files HTTP/1.1\r\nhost: x\r\ncontent-type: application/octet-stream\r\n"
            b"content-length: 9999999\r\n\r\n" + b"x" * 100_000
        )
        await upstream.until(lambda: any(len(r.body) >= 100_000 for r in upstream.requests))
        assert await gone_within(upstream, client) < SEEN_WITHIN_S
        span = await gateway.span()
        assert span.payload.attributes["http.response.status_code"] == 499
        assert len(span.trace_id) == 32


async def test_the_end_of_a_request_is_not_the_end_of_the_client(tmp_path: Path) -> None:
    """A client may close its sending side and still read (RFC 9112, 9.6): many do not, some do."""
    async with pair(tmp_path) as (upstream, gateway), dial(gateway) as client:
        upstream.script(gated(answers.chat()))
        client.send(raw_request(chat()))
        await upstream.received()
        upstream.open_gate()
        assert (await client.answer()).status == 200


async def test_the_connection_of_an_aborted_call_is_not_used_again(tmp_path: Path) -> None:
    async with pair(tmp_path) as (upstream, gateway):
        async with dial(gateway) as client:
            upstream.script((*answer_in_pieces(chat_events()[:3])[:-1], Stall()))
            client.send(raw_request(chat(stream=True)))
            await read_head(client)
        await upstream.client_gone()
        answered = await call(gateway, chat())
        assert answered.body == answers.chat_body()
        assert upstream.requests[-1].connection == 1


async def test_a_slow_reader_of_a_stream_pauses_the_provider(tmp_path: Path) -> None:
    """64 MB wait at the provider, not in the gateway."""
    event = chat_events(["x" * 65_536])[1]
    count = 1000
    script = answer_in_pieces([event] * count + [sse(b"[DONE]")])
    async with pair(tmp_path) as (upstream, gateway):
        upstream.script(script)
        async with dial(gateway, receive_buffer=65_536) as client:
            client.send(raw_request(chat(stream=True, **ASKS)))
            await read_head(client)
            await upstream.received()
            received = upstream.requests[0]
            sent = await settled(received)
            assert sent < 16_000_000, "kernel buffers and our own bounded one"
            whole = await read_stream(client)
            assert whole.count(event) == count
            await upstream.answered()
        assert (await gateway.span()).usage.output_total == count


async def test_a_slow_reader_of_a_large_answer_pauses_the_provider(tmp_path: Path) -> None:
    body = b"\0\xff" * 16_000_000
    async with pair(tmp_path) as (upstream, gateway):
        upstream.script(answer(body, content_type="audio/mpeg"))
        async with dial(gateway, receive_buffer=65_536) as client:
            client.send(raw_request({"model": "a/tts", "input": "x"}, "/v1/audio/speech"))
            status, headers = await read_head(client)
            assert (status, headers["content-length"]) == (200, str(len(body)))
            assert await settled(upstream.requests[0]) < 16_000_000
            async with asyncio.timeout(10):
                assert await client.reader.readexactly(len(body)) == body


async def until_active(gateway: RunningGateway) -> None:
    """Until the gateway is at work on a request, as its metrics say."""
    async with asyncio.timeout(30):
        while b"http_server_active_requests 1" not in (await metrics(gateway)):
            await asyncio.sleep(0)


async def metrics(gateway: RunningGateway) -> bytes:
    return (await call(gateway, path="/metrics", method="GET")).body


async def settled(received: Received) -> int:
    """How much the provider had sent when it was stopped for a while."""
    last, calm_since = -1, time.monotonic()
    while time.monotonic() - calm_since < 0.3:
        sent = received.sent_bytes
        if sent != last:
            last, calm_since = sent, time.monotonic()
        await asyncio.sleep(0.01)
    return last


async def test_a_paused_stream_is_not_taken_for_a_silent_one(tmp_path: Path) -> None:
    """The client's slowness is not the provider's: no idle timeout while we hold it back."""
    timeouts = Timeouts(connect_s=1, first_byte_s=1, first_token_s=1, idle_s=0.2, total_s=20)
    event = chat_events(["x" * 65_536])[1]
    script = answer_in_pieces([event] * 400 + [sse(b"[DONE]")])
    async with Upstream() as upstream:
        upstream.script(script)
        settings = provider("a", upstream.url, timeouts=timeouts)
        async with running_gateway(tmp_path, settings) as gateway:
            async with dial(gateway, receive_buffer=65_536) as client:
                client.send(raw_request(chat(stream=True, **ASKS)))
                await read_head(client)
                await settled(upstream.requests[0])
                whole = await read_stream(client)
                assert whole.endswith(sse(b"[DONE]"))
            assert (await gateway.span()).status == "ok"


async def test_a_client_that_hangs_up_behind_the_end_mark_had_it_all(tmp_path: Path) -> None:
    events = chat_events(usage=True)
    script = (*answer_in_pieces(events)[:-1], Gate("never"), Send(b"0\r\n\r\n"))
    async with pair(tmp_path) as (upstream, gateway), dial(gateway) as client:
        upstream.script(script)
        client.send(raw_request(chat(stream=True, **ASKS)))
        await read_head(client)
        got = b""
        while got != b"".join(events):
            got += await read_chunk(client)
        client.writer.close()
        span = await gateway.span()
        assert (span.status, span.finish_reason) == ("ok", "stop")
        assert not span.usage.estimated
