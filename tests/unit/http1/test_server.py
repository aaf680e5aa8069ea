"""The server as its owner sees it: listening, counting, reloading, draining."""

import asyncio
import json
import socket

import pytest

from tests.support.rim import BOTH_LOOPS, Rim, echo, until
from vedette.http1.refusals import STOPPED
from vedette.http1.server import AT_ONCE, Request, Response
from vedette.model.settings import LimitSettings

GET = b"GET / HTTP/1.1\r\nhost: x\r\n\r\n"


@pytest.fixture(params=BOTH_LOOPS, ids=["asyncio", "uvloop"])
def anyio_backend(request: pytest.FixtureRequest) -> object:
    return request.param


async def test_nagle_is_off() -> None:
    async with Rim(echo) as rim, await rim.connect() as client:
        client.send(GET)
        await client.answer()
        (connection,) = rim.server.connections
        raw = connection._transport.get_extra_info("socket")
        assert raw.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


async def test_a_crowd_is_let_in_within_a_few_turns() -> None:
    """Under load a turn takes long: one client a turn would leave the others standing."""
    async with Rim(echo) as rim:
        address = ("127.0.0.1", rim.port)
        crowd = [socket.create_connection(address) for _ in range(AT_ONCE)]
        for _ in range(AT_ONCE // 4):
            await asyncio.sleep(0)
        assert rim.server.stats.connections == AT_ONCE
        for client in crowd:
            client.sendall(GET)
        for client in crowd:
            client.setblocking(False)
            assert await asyncio.get_running_loop().sock_recv(client, 12) == b"HTTP/1.1 200"
            client.close()


async def test_a_handler_that_raises_answers_500_and_is_counted() -> None:
    async def broken(request: Request, response: Response) -> None:
        raise ValueError("secret prompt")

    async with Rim(broken) as rim:
        answer = await rim.ask(GET)
        assert answer.status == 500
        assert json.loads(answer.body)["error"]["code"] == "internal_error"
        assert b"secret" not in answer.body
        assert rim.server.stats.failures == 1


async def test_a_handler_that_raises_in_the_middle_breaks_its_answer() -> None:
    async def broken(request: Request, response: Response) -> None:
        response.start(200, [])
        response.write(b"half")
        raise ValueError

    async with Rim(broken) as rim:
        with pytest.raises((asyncio.IncompleteReadError, ConnectionError)):
            await rim.ask(GET)


async def test_a_handler_that_forgets_to_answer_is_no_hang() -> None:
    async def forgets(request: Request, response: Response) -> None:
        return

    async with Rim(forgets) as rim:
        assert (await rim.ask(GET)).status == 500


async def test_new_limits_hold_for_new_connections() -> None:
    async with Rim(echo) as rim:
        rim.server.limits = LimitSettings(header_count=2)
        headers = b"host: x\r\na: b\r\nc: d\r\n"
        assert (await rim.ask(b"GET / HTTP/1.1\r\n" + headers + b"\r\n")).status == 431


async def test_two_listeners_share_a_server() -> None:
    async with Rim(echo) as rim:
        second = socket.create_server(("127.0.0.1", 0))
        second.setblocking(False)
        first_port, rim.port = rim.port, second.getsockname()[1]
        await rim.server.listen(second)
        assert (await rim.ask(GET)).status == 200
        rim.port = first_port
        assert (await rim.ask(GET)).status == 200
        assert rim.server.stats.requests == 2


async def test_drain_lets_an_answer_finish_and_says_close() -> None:
    asked, go = asyncio.Event(), asyncio.Event()

    async def slow(request: Request, response: Response) -> None:
        asked.set()
        await go.wait()
        response.send(200, [], b"done")

    async with Rim(slow) as rim, await rim.connect() as idle, await rim.connect() as busy:
        busy.send(GET)
        await asyncio.wait_for(asked.wait(), 30)
        draining = asyncio.ensure_future(rim.server.drain(5.0))
        assert await idle.rest() == b""
        with pytest.raises(ConnectionError):
            await rim.connect()
        assert not draining.done()
        go.set()
        answer = await busy.answer()
        assert (answer.body, answer.header("connection")) == (b"done", "close")
        assert await busy.rest() == b""
        await asyncio.wait_for(draining, 30)


async def test_drain_cuts_what_takes_too_long() -> None:
    ended: list[int] = []

    async def endless(request: Request, response: Response) -> None:
        response.start(200, [])
        response.write(b"x")
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.to_thread(int)
            ended.append(response.refused)

    async with Rim(endless) as rim, await rim.connect() as client:
        client.send(GET)
        await until(lambda: rim.server.stats.requests)
        await asyncio.wait_for(rim.server.drain(0.05), 30)
        assert ended == [STOPPED]
        assert not (await client.rest()).endswith(b"0\r\n\r\n")
        await until(lambda: rim.server.stats.connections == 0)
