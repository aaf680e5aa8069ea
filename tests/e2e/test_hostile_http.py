"""What the Internet sends: malformed, slow, huge. Real sockets, both event loops."""

import asyncio
import json
import resource
from functools import partial

import pytest

from tests.support.rim import BOTH_LOOPS, Rim, echo, turns, until
from vedette.clock import FakeClock
from vedette.http1.server import Request, Response
from vedette.model.settings import LimitSettings


@pytest.fixture(params=BOTH_LOOPS, ids=["asyncio", "uvloop"])
def anyio_backend(request: pytest.FixtureRequest) -> object:
    return request.param


QUICK = LimitSettings(header_read_s=0.2, body_read_s=0.2, idle_s=0.2)
HOST = b"host: x\r\n"

MALFORMED = {
    "length and chunked": b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n"
    b"transfer-encoding: chunked\r\n\r\n0\r\n\r\n",
    "two lengths": b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n"
    b"content-length: 6\r\n\r\nhello!",
    "two equal lengths": b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n"
    b"content-length: 5\r\n\r\nhello",
    "list of lengths": b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 5, 5\r\n\r\nhello",
    "signed length": b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: +27\r\n\r\n" + b"x" * 27,
    "negative length": b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n",
    "hex length": b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 0x5\r\n\r\nhello",
    "endless length": b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: " + b"9" * 40 + b"\r\n\r\n",
    "unknown coding": b"POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: xchunked\r\n\r\n0\r\n\r\n",
    "coding before chunked": b"POST / HTTP/1.1\r\nhost: x\r\n"
    b"transfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    "coding after chunked": b"POST / HTTP/1.1\r\nhost: x\r\n"
    b"transfer-encoding: chunked, identity\r\n\r\n0\r\n\r\n",
    "two codings": b"POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n"
    b"transfer-encoding: identity\r\n\r\n0\r\n\r\n",
    "chunked twice": b"POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n"
    b"transfer-encoding: chunked\r\n\r\n0\r\n\r\n",
    "chunked in HTTP/1.0": b"POST / HTTP/1.0\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n"
    b"0\r\n\r\n",
    "folded header": b"GET / HTTP/1.1\r\nhost: x\r\na: b\r\n c\r\n\r\n",
    "bare LF": b"GET / HTTP/1.1\nhost: x\n\n",
    "bare LF after one header": b"GET / HTTP/1.1\r\nhost: x\na: b\r\n\r\n",
    "NUL in value": b"GET / HTTP/1.1\r\nhost: x\r\na: b\0c\r\n\r\n",
    "CR in value": b"GET / HTTP/1.1\r\nhost: x\r\na: b\rc\r\n\r\n",
    "blank before colon": b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length : 5\r\n\r\nhello",
    "no header name": b"GET / HTTP/1.1\r\nhost: x\r\n: b\r\n\r\n",
    "blank in name": b"GET / HTTP/1.1\r\nhost: x\r\na b: c\r\n\r\n",
    "no host": b"GET / HTTP/1.1\r\naccept: */*\r\n\r\n",
    "two hosts": b"GET / HTTP/1.1\r\nhost: x\r\nhost: y\r\n\r\n",
    "no version": b"GET /\r\n\r\n",
    "HTTP/0.9": b"GET / HTTP/0.9\r\nhost: x\r\n\r\n",
    "HTTP/2.0": b"GET / HTTP/2.0\r\nhost: x\r\n\r\n",
    "HTTP/2 preface": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "TLS hello": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 64,
    "blank in target": b"GET /a b HTTP/1.1\r\nhost: x\r\n\r\n",
    "unknown method": b"FROB / HTTP/1.1\r\nhost: x\r\n\r\n",
    "connect": b"CONNECT example.com:443 HTTP/1.1\r\nhost: example.com:443\r\n\r\n",
}


@pytest.mark.parametrize("shape", MALFORMED.values(), ids=MALFORMED.keys())
async def test_a_malformed_head_is_refused_and_never_handled(shape: bytes) -> None:
    handled: list[Request] = []

    async def note(request: Request, response: Response) -> None:
        handled.append(request)
        await echo(request, response)

    async with Rim(note) as rim, await rim.connect() as client:
        client.send(shape)
        answer = await client.answer()
        assert 400 <= answer.status < 600
        assert answer.header("connection") == "close"
        assert set(json.loads(answer.body)["error"]) == {"message", "type", "param", "code"}
        assert await client.rest() == b""
        assert handled == []
        assert sum(rim.server.stats.refused.values()) == 1


BAD_CHUNKS = {
    "bare LF": b"5\nhello\r\n0\r\n\r\n",
    "bare LF after data": b"5\r\nhello\n0\r\n\r\n",
    "signed size": b"+5\r\nhello\r\n0\r\n\r\n",
    "no size": b"\r\nhello\r\n0\r\n\r\n",
    "size too small": b"3\r\nhello\r\n0\r\n\r\n",
    "hex prefix": b"0x5\r\nhello\r\n0\r\n\r\n",
    "blank after size": b"5 \r\nhello\r\n0\r\n\r\n",
    "size over 64 bit": b"fffffffffffffffff\r\nhello\r\n0\r\n\r\n",
}


@pytest.mark.parametrize("chunks", BAD_CHUNKS.values(), ids=BAD_CHUNKS.keys())
async def test_malformed_chunks_are_refused(chunks: bytes) -> None:
    async with Rim(echo) as rim, await rim.connect() as client:
        client.send(b"POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n" + chunks)
        answer = await client.answer()
        assert answer.status == 400
        assert await client.rest() == b""


async def test_trailers_never_become_headers() -> None:
    seen: list[list[tuple[bytes, bytes]]] = []

    async def note(request: Request, response: Response) -> None:
        body = await request.body.read(100)
        seen.append(list(request.headers))
        response.send(200, [], body)

    async with Rim(note) as rim:
        answer = await rim.ask(
            b"POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n"
            b"2\r\nhi\r\n0\r\nauthorization: Bearer stolen\r\n\r\n"
        )
    assert answer.body == b"hi"
    assert seen == [[(b"host", b"x"), (b"transfer-encoding", b"chunked")]]


async def test_endless_trailers_are_cut() -> None:
    async with Rim(echo) as rim, await rim.connect() as client:
        client.send(
            b"POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\na: "
        )
        client.send(b"x" * 2_000_000)
        assert (await client.answer()).status in (400, 431)


async def test_a_megabyte_of_headers_is_refused() -> None:
    head = b"GET / HTTP/1.1\r\nhost: x\r\n" + b"a: " + b"b" * 1000 + b"\r\n"
    for headers in (b"a: " + b"b" * 1_000_000 + b"\r\n", (b"a: " + b"b" * 10_000 + b"\r\n") * 100):
        async with Rim(echo) as rim, await rim.connect() as client:
            client.send(head + headers + b"\r\n")
            assert (await client.answer()).status == 431


async def test_too_many_headers_are_refused() -> None:
    async with Rim(echo) as rim:
        lines = b"".join(b"a%d: b\r\n" % number for number in range(200))
        assert (await rim.ask(b"GET / HTTP/1.1\r\nhost: x\r\n" + lines + b"\r\n")).status == 431


async def test_a_half_sent_head_is_given_up() -> None:
    async with Rim(echo, limits=QUICK) as rim, await rim.connect() as client:
        client.send(b"GET / HTTP/1.1\r\nhost: ")
        answer = await client.answer()
        assert answer.status == 408
        assert await client.rest() == b""


async def test_a_head_that_trickles_is_given_up_all_the_same() -> None:
    clock = FakeClock()
    async with Rim(echo, limits=QUICK, clock=clock) as rim, await rim.connect() as client:
        client.send(b"GET / HTTP/1.1\r\na: ")
        for _ in range(10):
            client.send(b"x")
            await turns()
            clock.advance(0.05)
            rim.deadlines.check()
        assert (await client.answer()).status == 408


async def test_a_connection_that_says_nothing_is_closed() -> None:
    async with Rim(echo, limits=QUICK) as rim, await rim.connect() as client:
        assert await client.rest() == b""
        await until(lambda: not rim.server.stats.connections)


async def test_a_kept_alive_connection_is_closed_when_idle() -> None:
    async with Rim(echo, limits=QUICK) as rim, await rim.connect() as client:
        client.send(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
        assert (await client.answer()).status == 200
        assert await client.rest() == b""


async def test_a_body_that_stops_is_given_up() -> None:
    async with Rim(echo, limits=QUICK) as rim, await rim.connect() as client:
        client.send(b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nhal")
        assert (await client.answer()).status == 408
        assert await client.rest() == b""


def arrived(request: Request, count: int) -> bool:
    return request.body.size == count


async def test_a_slow_body_that_goes_on_is_read() -> None:
    seen: list[Request] = []

    async def note(request: Request, response: Response) -> None:
        seen.append(request)
        await echo(request, response)

    clock = FakeClock()
    async with Rim(note, limits=QUICK, clock=clock) as rim, await rim.connect() as client:
        client.send(b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 8\r\n\r\n")
        await until(lambda: seen)
        for count, byte in enumerate(b"slowness"):
            clock.advance(0.15)
            rim.deadlines.check()
            client.send(bytes([byte]))
            await until(partial(arrived, seen[0], count + 1))
        assert (await client.answer()).body.endswith(b"|slowness")


async def test_a_hundred_megabytes_are_refused_early_in_little_memory() -> None:
    async def small(request: Request, response: Response) -> None:
        try:
            await request.body.read(1_000_000)
        except Exception as error:
            response.send(getattr(error, "status", 500), [], type(error).__name__.encode())

    async with Rim(small) as rim:
        for framing in (b"content-length: 104857600", b"transfer-encoding: chunked"):
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            async with await rim.connect() as client:
                client.send(b"POST / HTTP/1.1\r\nhost: x\r\n" + framing + b"\r\n\r\n")
                answer = asyncio.ensure_future(client.answer())
                piece = b"x" * 1_000_000
                if framing.endswith(b"chunked"):
                    piece = b"%x\r\n%b\r\n" % (len(piece), piece)
                sent = 0
                while not answer.done() and sent < 100:
                    client.send(piece)
                    sent += 1
                    await client.writer.drain()
                assert (await answer).status == 413
                assert sent < 50
            assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 30_000


async def test_an_upload_that_is_sent_to_its_end_still_reads_its_refusal() -> None:
    """A client that reads only after its last byte must get the 413, not a reset."""

    async def refuse(request: Request, response: Response) -> None:
        response.send(413, [], b"too large")

    async with Rim(refuse) as rim, await rim.connect() as client:
        client.send(b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 60000000\r\n\r\n")
        for _ in range(60):
            client.send(b"x" * 1_000_000)
            await client.writer.drain()
        assert (await client.answer()).status == 413


UPGRADE = b"connection: Upgrade, HTTP2-Settings\r\nupgrade: h2c\r\nhttp2-settings: AAMAAABk\r\n"


async def test_an_offer_to_upgrade_is_ignored_with_and_without_a_body() -> None:
    """Java's HttpClient and curl --http2 offer h2c on plain requests, bodies included."""
    async with Rim(echo) as rim:
        answer = await rim.ask(b"GET /a HTTP/1.1\r\nhost: x\r\n" + UPGRADE + b"\r\n")
        assert answer.status == 200
        answer = await rim.ask(
            b"POST /b HTTP/1.1\r\nhost: x\r\n" + UPGRADE + b"content-length: 5\r\n\r\nhello"
        )
        assert answer.body.endswith(b"|hello")
        answer = await rim.ask(
            b"POST /c HTTP/1.1\r\nhost: x\r\n"
            + UPGRADE
            + b"transfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
        )
        assert answer.body.endswith(b"|hello")
