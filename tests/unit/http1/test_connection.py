"""One connection, told byte by byte: any split of a request is the same request."""

import asyncio
import gc
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.bytewise import REQUESTS, Wire, converse, understood
from tests.support.rim import BOTH_LOOPS, Rim, echo, until
from vedette.clock import FakeClock
from vedette.http1.connection import ServerConnection
from vedette.http1.deadlines import Deadlines
from vedette.http1.server import Handler, Request, Response, Server
from vedette.model.settings import LimitSettings


@pytest.fixture(params=BOTH_LOOPS, ids=["asyncio", "uvloop"])
def anyio_backend(request: pytest.FixtureRequest) -> object:
    return request.param


@given(sent=st.sampled_from(REQUESTS), data=st.data())
def test_any_split_of_the_bytes_is_the_same_conversation(sent: bytes, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(1, len(sent) - 1), max_size=12)))
    pieces = [sent[a:b] for a, b in itertools.pairwise([0, *cuts, len(sent)])]
    assert understood(converse(pieces)) == understood(converse([sent]))


@given(st.lists(st.binary(min_size=1, max_size=64), max_size=8))
def test_no_bytes_make_a_connection_raise(pieces: list[bytes]) -> None:
    converse([b"POST / HTTP/1.1\r\nhost: x\r\n", *pieces])


async def test_a_client_that_expects_100_is_told_only_when_its_body_is_wanted() -> None:
    async def wants(request: Request, response: Response) -> None:
        if request.path == "/no":
            response.send(403, [], b"")
        else:
            await echo(request, response)

    head = b"POST /%b HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 2\r\n\r\n"
    async with Rim(wants) as rim:
        async with await rim.connect() as client:
            client.send(head % b"yes")
            assert (await client.answer()).status == 100
            client.send(b"hi")
            assert (await client.answer()).body.endswith(b"|hi")
        async with await rim.connect() as client:
            client.send(head % b"no")
            answer = await client.answer()
            assert (answer.status, answer.header("connection")) == (403, "close")


async def test_keep_alive_follows_version_and_wish() -> None:
    cases = [
        (b"1.1", b"", None),
        (b"1.1", b"connection: close\r\n", "close"),
        (b"1.0", b"", "close"),
        (b"1.0", b"connection: keep-alive\r\n", "keep-alive"),
    ]
    async with Rim(echo) as rim:
        for version, wish, said in cases:
            async with await rim.connect() as client:
                client.send(b"GET / HTTP/" + version + b"\r\nhost: x\r\n" + wish + b"\r\n")
                assert (await client.answer()).header("connection") == said
                if said == "close":
                    assert await client.rest() == b""
                else:
                    client.send(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
                    assert (await client.answer()).status == 200


async def test_the_answer_to_head_has_a_length_and_no_body() -> None:
    async with Rim(echo) as rim, await rim.connect() as client:
        client.send(b"HEAD / HTTP/1.1\r\nhost: x\r\n\r\nGET / HTTP/1.1\r\nhost: x\r\n\r\n")
        answer = await client.answer(bodiless=True)
        assert int(answer.header("content-length") or 0) > 0
        assert (await client.answer()).body.startswith(b"GET")


async def test_the_second_request_uses_the_connection_of_the_first() -> None:
    async with Rim(echo) as rim, await rim.connect() as client:
        for number in range(5):
            client.send(b"POST /%d HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\n\r\nx" % number)
            assert (await client.answer()).body == b"POST /%d 1|x" % number
        assert rim.server.stats.requests == 5


def served_by(handler: Handler) -> tuple[ServerConnection, Wire]:
    """A connection that has just got a request; its handler runs with the next turn."""
    clock = FakeClock()
    server = Server(handler, limits=LimitSettings(), clock=clock, deadlines=Deadlines(clock))
    connection, wire = ServerConnection(server), Wire()
    connection.connection_made(wire)
    connection.data_received(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
    return connection, wire


async def test_what_is_said_in_one_turn_leaves_in_one_write() -> None:
    async def stream(request: Request, response: Response) -> None:
        response.start(200, [])
        response.write(b"first")
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        response.write(b"second")
        response.end()

    connection, wire = served_by(stream)
    for _ in range(6):
        await asyncio.sleep(0)
    assert [b"first" in wire.writes[0], b"second" in wire.writes[1]] == [True, True]
    assert len(wire.writes) == 2
    connection.connection_lost(None)


@pytest.mark.parametrize("how", ["half-closed", "cut", "closed"])
async def test_what_was_said_before_the_end_is_written(how: str) -> None:
    """A write of the same turn comes before the end, whoever ends."""

    async def answer(request: Request, response: Response) -> None:
        if how == "closed":
            response.close_after()
        response.start(200, [])
        response.write(b"said")
        if how == "cut":
            response.abort()
        elif how == "closed":
            response.end()
        else:
            connection.eof_received()
        assert b"said" in wire.sent

    connection, wire = served_by(answer)
    await asyncio.sleep(0)
    assert b"said" in wire.sent
    connection.connection_lost(None)


async def test_a_closed_connection_leaves_nothing_to_the_collector() -> None:
    def living() -> int:
        return sum(type(one) is ServerConnection for one in gc.get_objects())

    async with Rim(echo) as rim:
        gc.collect()
        gc.disable()
        try:
            before = living()
            for _ in range(3):
                await rim.ask(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
            # Those of earlier tests may go meanwhile.
            await until(lambda: living() <= before)
        finally:
            gc.enable()


async def says_much(request: Request, response: Response) -> None:
    """Another protocol that has much to say, and then ends."""
    response.switch([])
    response.write(b"x" * MUCH)
    response.end()


MUCH = 12_000_000
OPENING = b"GET / HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n"


async def test_a_slow_client_gets_the_last_words_before_the_close() -> None:
    clock = FakeClock()
    async with Rim(says_much, clock=clock) as rim:
        async with await rim.connect(receive_buffer=65_536) as client:
            client.send(OPENING)
            await client.reader.readuntil(b"\r\n\r\n")
            (connection,) = rim.server.connections
            got = 0
            while before := connection._transport.get_write_buffer_size():
                async with asyncio.timeout(30):
                    while connection._transport.get_write_buffer_size() == before:
                        got += len(await client.reader.read(65_536))
                clock.advance(1.5)
                rim.deadlines.check()
            assert got + len(await client.rest()) == MUCH


async def test_who_has_all_of_an_answer_and_does_not_close_is_closed() -> None:
    clock = FakeClock()
    async with Rim(says_much, clock=clock) as rim:
        async with await rim.connect(receive_buffer=65_536) as client:
            client.send(OPENING)
            await client.reader.readuntil(b"\r\n\r\n")
            async with asyncio.timeout(30):
                await client.reader.readexactly(MUCH)
            for _ in range(20):
                clock.advance(2.5)
                rim.deadlines.check()
            await until(lambda: not rim.server.connections)
