"""What passes over a WebSocket that is open, in bytes that no library would send."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.support.gateway import RunningGateway, provider, running_gateway
from tests.support.realtime import (
    KEY,
    RealtimeUpstream,
    accept,
    closed,
    event,
    heard,
    opened,
    opening,
    switching,
)
from tests.support.rim import BOTH_LOOPS
from tests.support.wire import call, dial, read_head
from vedette.model.settings import LimitSettings, Timeouts

MOST = 32_000_000
"""What kernels hold of a stream that nobody takes, and our own bounded buffers."""


@pytest.fixture(params=BOTH_LOOPS, ids=["asyncio", "uvloop"])
def anyio_backend(request: pytest.FixtureRequest) -> object:
    """Flow control and the end of connections are the loop's business: both must do."""
    return request.param


async def metrics(gateway: RunningGateway, headers: Sequence[tuple[str, str]] = ()) -> bytes:
    return (await call(gateway, path="/metrics", method="GET", headers=headers)).body


async def test_what_a_client_says_too_early_waits_for_the_101(tmp_path: Path) -> None:
    came = asyncio.get_running_loop().create_future()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        came.set_result(await reader.readexactly(300_000))
        writer.write(b"bye")

    async with (
        switching(talk) as url,
        running_gateway(tmp_path, provider("a", url)) as gateway,
        dial(gateway) as client,
    ):
        client.send(opening() + b"x" * 300_000)
        status, headers = await read_head(client)
        assert status == 101
        assert headers["sec-websocket-accept"] == accept(KEY)
        assert headers["x-request-id"] == "r1"
        assert await came == b"x" * 300_000
        assert await client.rest() == b"bye"


async def test_nonsense_passes_and_is_counted(tmp_path: Path) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # A length of 64 bits; then whatever comes back.
        writer.write(b"\x81\x7f" + b"\xff" * 8)
        writer.write(await reader.readexactly(7))

    async with (
        switching(talk) as url,
        running_gateway(tmp_path, provider("a", url)) as gateway,
    ):
        async with dial(gateway) as client:
            # Unmasked, as no client may send.
            client.send(opening() + b"\x81\x05hello")
            await read_head(client)
            assert await client.rest() == b"\x81\x7f" + b"\xff" * 8 + b"\x81\x05hello"
        told = (await gateway.span()).payload.attributes
        assert "masked" in told["vedette.websocket.unread"]
        assert told["vedette.websocket.sent_bytes"] == "7"
        assert told["vedette.websocket.received_bytes"] == "17"
        assert b"vedette_websockets_unread_total 1" in await metrics(gateway)


async def test_a_client_that_does_not_read_holds_the_provider_back(tmp_path: Path) -> None:
    size = 2 * MOST
    sent = 0

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        writer.transport.set_write_buffer_limits(high=0)
        while sent < size:
            writer.write(b"x" * 100_000)
            await writer.drain()
            sent += 100_000

    async with (
        switching(talk) as url,
        running_gateway(tmp_path, provider("a", url)) as gateway,
        dial(gateway, receive_buffer=65_536) as client,
    ):
        client.send(opening())
        await read_head(client)
        assert await settled(lambda: sent) < MOST
        async with asyncio.timeout(60):
            assert len(await client.reader.readexactly(size)) == size


async def test_a_provider_that_does_not_read_holds_the_client_back(tmp_path: Path) -> None:
    size = 2 * MOST
    may_read = asyncio.Event()
    came = asyncio.get_running_loop().create_future()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await may_read.wait()
        came.set_result(len(await reader.readexactly(size)))

    async with (
        switching(talk) as url,
        running_gateway(tmp_path, provider("a", url)) as gateway,
        dial(gateway) as client,
    ):
        client.writer.transport.set_write_buffer_limits(high=0)
        client.send(opening())
        await read_head(client)
        sent = 0

        async def pump() -> None:
            nonlocal sent
            while sent < size:
                client.send(b"x" * 100_000)
                await client.writer.drain()
                sent += 100_000

        pumping = asyncio.ensure_future(pump())
        assert await settled(lambda: sent) < MOST
        may_read.set()
        assert await came == size
        await pumping


async def test_the_last_words_of_a_client_arrive(tmp_path: Path) -> None:
    came = asyncio.get_running_loop().create_future()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        came.set_result(await reader.read())

    words = b"x" * 1_000_000
    async with (
        switching(talk) as url,
        running_gateway(tmp_path, provider("a", url)) as gateway,
        dial(gateway) as client,
    ):
        client.send(opening())
        await read_head(client)
        client.send(words)
        client.writer.write_eof()
        async with asyncio.timeout(30):
            assert await came == words


async def test_silence_and_time_end_it_with_a_close_frame_to_both(tmp_path: Path) -> None:
    async with RealtimeUpstream() as upstream:
        silent = Timeouts(connect_s=10, websocket_idle_s=0.3)
        short = Timeouts(connect_s=10, websocket_total_s=0.3)
        for number, (timeouts, code) in enumerate(
            ((silent, "idle_timeout"), (short, "total_timeout"))
        ):
            directory = tmp_path / code
            directory.mkdir()
            async with running_gateway(
                directory, provider("a", upstream.url, timeouts=timeouts)
            ) as gateway:
                async with opened(gateway) as socket:
                    assert await closed(socket) == (1001, code)
                span = await gateway.span()
                assert span.payload.attributes["error.type"] == code
                assert span.payload.attributes["vedette.websocket.closed_by"] == "gateway"
                assert span.payload.attributes["vedette.websocket.close_code"] == "1001"
                async with asyncio.timeout(30):
                    while len(upstream.close_codes) <= number:
                        await asyncio.sleep(0.01)
        assert upstream.close_codes == [1001, 1001]


async def test_a_stop_waits_and_then_closes_both_sides(tmp_path: Path) -> None:
    limits = LimitSettings(drain_s=0.3)
    async with (
        RealtimeUpstream() as upstream,
        running_gateway(tmp_path, provider("a", upstream.url), limits=limits) as gateway,
        opened(gateway) as socket,
    ):
        assert (await heard(socket))["type"] == "session.created"
        stopping = asyncio.ensure_future(gateway.worker.stop())
        await socket.send(event("response.create"))
        assert (await heard(socket))["type"] == "response.created"
        assert await closed(socket) == (1001, "shutting_down")
        await stopping
        span = await gateway.span()
        assert span.payload.attributes["error.type"] == "shutting_down"
        assert upstream.close_codes == [1001]


async def settled(count: Any) -> int:
    """What is counted, once it has stood still for a while."""
    last, calm = -1, 0
    while calm < 30:
        now = count()
        calm = calm + 1 if now == last else 0
        last = now
        await asyncio.sleep(0.01)
    return int(last)
