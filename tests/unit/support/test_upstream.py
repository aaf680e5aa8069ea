"""The scripted upstream does to a client what its script says."""

import asyncio
import socket
from collections.abc import Awaitable, Callable

import pytest

from tests.support.answers import (
    Cut,
    Gate,
    chat,
    chat_stream,
    cut_after,
    error,
    raw,
    reset_after,
    size,
    stalled_after,
)
from tests.support.upstream import Upstream, closed_port

HEAD = b"POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\n"


def run(test: Callable[[Upstream], Awaitable[None]]) -> None:
    async def body() -> None:
        async with Upstream() as upstream, asyncio.timeout(10):
            await test(upstream)

    asyncio.run(body())


async def call(upstream: Upstream, body: bytes = b"{}") -> bytes:
    """Everything the server sends until it closes, on a connection of our own."""
    reader, writer = await asyncio.open_connection("127.0.0.1", upstream.port)
    writer.write(HEAD + b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
    try:
        return await reader.read()
    finally:
        writer.close()


async def exchange(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, body: bytes
) -> bytes:
    """One answer with a Content-Length on a kept-alive connection."""
    writer.write(HEAD + b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    return head + await reader.readexactly(length)


def test_answers_come_in_the_order_of_the_script_and_requests_are_kept() -> None:
    async def test(upstream: Upstream) -> None:
        upstream.script(error(503), chat("Hi."))
        reader, writer = await asyncio.open_connection("127.0.0.1", upstream.port)
        assert b" 503 " in await exchange(reader, writer, b'{"a":1}')
        assert b'"Hi."' in await exchange(reader, writer, b'{"a":2}')
        assert b"Hello there." in await exchange(reader, writer, b"{}")
        assert [request.body for request in upstream.requests] == [b'{"a":1}', b'{"a":2}', b"{}"]
        assert [request.connection for request in upstream.requests] == [0, 0, 0]
        assert upstream.requests[0].header("HOST") == "x"
        assert upstream.requests[0].path == "/v1/chat/completions"
        assert upstream.open_connections == 1
        writer.close()
        await upstream.client_gone()
        await upstream.until(lambda: upstream.open_connections == 0)

    run(test)


def test_a_chunked_request_body_is_joined() -> None:
    async def test(upstream: Upstream) -> None:
        _, writer = await asyncio.open_connection("127.0.0.1", upstream.port)
        writer.write(HEAD + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n")
        await upstream.until(lambda: bool(upstream.requests and upstream.requests[0].body))
        writer.write(b"0\r\n\r\n")
        assert (await upstream.received()).body == b"abcde"
        writer.close()

    run(test)


@pytest.mark.parametrize("kept", [1, 60, 200])
def test_a_cut_answer_ends_after_exactly_that_many_bytes(kept: int) -> None:
    async def test(upstream: Upstream) -> None:
        upstream.script(cut_after(chat_stream(), kept))
        assert len(await call(upstream)) == kept

    run(test)


def test_a_reset_is_a_reset() -> None:
    async def test(upstream: Upstream) -> None:
        upstream.script(reset_after(chat_stream(), 0))
        with pytest.raises(ConnectionResetError):
            await call(upstream)

    run(test)


def test_a_stalled_answer_waits_for_the_client_to_leave() -> None:
    async def test(upstream: Upstream) -> None:
        upstream.script(stalled_after(chat_stream(), 50))
        reader, writer = await asyncio.open_connection("127.0.0.1", upstream.port)
        writer.write(HEAD + b"Content-Length: 0\r\n\r\n")
        assert len(await reader.readexactly(50)) == 50
        assert not upstream.requests[0].gone.is_set()
        writer.close()
        await upstream.client_gone(0)
        assert not upstream.requests[0].answered.is_set()

    run(test)


def test_a_gate_holds_the_answer() -> None:
    async def test(upstream: Upstream) -> None:
        upstream.script((Gate(), *raw(b"HTTP/1.1 204 X\r\n\r\n"), Cut()))
        calling = asyncio.ensure_future(call(upstream))
        await upstream.received()
        assert not calling.done()
        upstream.open_gate()
        assert await calling == b"HTTP/1.1 204 X\r\n\r\n"
        await upstream.answered()

    run(test)


def test_an_early_answer_does_not_wait_for_the_body() -> None:
    async def test(upstream: Upstream) -> None:
        upstream.script(error(413), early=True)
        reader, writer = await asyncio.open_connection("127.0.0.1", upstream.port)
        writer.write(HEAD + b"Content-Length: 1000\r\n\r\nfirst")
        assert b" 413 " in await reader.readuntil(b"\r\n\r\n")
        assert not upstream.requests[0].complete
        writer.close()

    run(test)


def test_a_client_that_does_not_read_stops_the_sending() -> None:
    async def test(upstream: Upstream) -> None:
        big = 64 * 2**20
        upstream.script(raw(b"x" * big))
        sock = socket.create_connection(("127.0.0.1", upstream.port))
        sock.sendall(HEAD + b"Content-Length: 0\r\n\r\n")
        await upstream.received()
        with pytest.raises(TimeoutError):
            await upstream.answered(timeout=0.3)
        assert 0 < upstream.requests[0].sent_bytes < big
        sock.close()

    run(test)


def test_held_reading_pushes_back_on_the_client() -> None:
    async def test(upstream: Upstream) -> None:
        upstream.hold_reading()
        _, writer = await asyncio.open_connection("127.0.0.1", upstream.port)
        writer.write(HEAD + b"Content-Length: 16777216\r\n\r\n" + b"x" * 16777216)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(writer.drain(), 0.2)
        upstream.resume_reading()
        assert len((await upstream.received()).body) == 16777216
        writer.close()

    run(test)


def test_a_stopped_upstream_refuses() -> None:
    async def test(upstream: Upstream) -> None:
        await upstream.stop()
        with pytest.raises(ConnectionRefusedError):
            await call(upstream)
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection("127.0.0.1", closed_port())

    run(test)


def test_idle_connections_are_closed_on_demand() -> None:
    async def test(upstream: Upstream) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", upstream.port)
        await exchange(reader, writer, b"{}")
        upstream.close_connections()
        assert await reader.read() == b""
        writer.close()

    run(test)


def test_framings_send_the_same_body() -> None:
    chunked, close = chat_stream(), chat_stream(framing="close")

    async def test(upstream: Upstream) -> None:
        upstream.script((*chunked, Cut()), close)
        first, second = await call(upstream), await call(upstream)
        assert len(first) == size(chunked)
        assert second.partition(b"\r\n\r\n")[2].count(b"data: ") == 6
        assert first.count(b"data: ") == 6

    run(test)
