"""One connection, told byte by byte: any split of a request is the same request."""

import asyncio
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.rim import BOTH_LOOPS, Rim, echo
from vedette.clock import FakeClock
from vedette.http1.connection import ServerConnection
from vedette.http1.deadlines import Deadlines
from vedette.http1.server import Request, Response, Server
from vedette.model.settings import LimitSettings


@pytest.fixture(params=BOTH_LOOPS, ids=["asyncio", "uvloop"])
def anyio_backend(request: pytest.FixtureRequest) -> object:
    return request.param


class Wire(asyncio.Transport):
    """A client that takes everything at once."""

    def __init__(self) -> None:
        super().__init__()
        self.sent = b""
        self.closed = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.sent += bytes(data)

    def close(self) -> None:
        self.closed = True

    def abort(self) -> None:
        self.closed = True

    def is_closing(self) -> bool:
        return self.closed

    def can_write_eof(self) -> bool:
        return True

    def write_eof(self) -> None:
        self.closed = True

    def get_write_buffer_size(self) -> int:
        return 0

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None: ...

    def pause_reading(self) -> None: ...

    def resume_reading(self) -> None: ...


REQUESTS = [
    b"GET /a?b=c HTTP/1.1\r\nHost: x\r\nAccept:  */*  \r\n\r\n",
    b"POST /b HTTP/1.1\r\nhost: x\r\ncontent-length: 11\r\n\r\nhello world",
    b"POST /c HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n"
    b"5;ext=1\r\nhello\r\n6\r\n world\r\n0\r\ntrailer: t\r\n\r\n",
    b"POST /d HTTP/1.0\r\nconnection: keep-alive\r\ncontent-length: 2\r\n\r\nhi",
    b"POST /e HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: h2c\r\n"
    b"content-length: 5\r\n\r\nhello",
    b"GET /1 HTTP/1.1\r\nhost: x\r\n\r\nPOST /2 HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\nhi",
    b"GET / HTTP/1.1\r\nhost: x\r\n\r\nGARBAGE\r\n\r\n",
    b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n"
    b"transfer-encoding: chunked\r\n\r\n0\r\n\r\n",
    b"GET / HTTP/1.1\r\nhost: x\r\n folded\r\n\r\n",
]


def converse(pieces: list[bytes]) -> bytes:
    """What a connection answers to these pieces, the loop turning between them."""

    async def run() -> bytes:
        clock = FakeClock()
        server = Server(echo, limits=LimitSettings(), clock=clock, deadlines=Deadlines(clock))
        connection, wire = ServerConnection(server), Wire()
        connection.connection_made(wire)
        for piece in pieces:
            connection.data_received(piece)
            for _ in range(3):
                await asyncio.sleep(0)
        for _ in range(20):
            await asyncio.sleep(0)
        connection.eof_received()
        connection.connection_lost(None)
        await asyncio.sleep(0)
        return wire.sent

    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(run())
    finally:
        loop.close()


@given(sent=st.sampled_from(REQUESTS), data=st.data())
def test_any_split_of_the_bytes_is_the_same_conversation(sent: bytes, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(1, len(sent) - 1), max_size=12)))
    pieces = [sent[a:b] for a, b in itertools.pairwise([0, *cuts, len(sent)])]
    # Whether an earlier answer can tell of garbage behind it depends on when that comes.
    close = b"connection: close\r\n"
    assert converse(pieces).replace(close, b"") == converse([sent]).replace(close, b"")


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
            assert (await client.answer()).body == b"POST /%d 2|x" % number
        assert rim.server.stats.requests == 5
