"""Clients that run ahead, leave early, read slowly or come in crowds. Both event loops."""

import asyncio

import pytest

from tests.support.rim import BOTH_LOOPS, Answer, Rim, echo, turns, until
from vedette.clock import FakeClock
from vedette.http1.server import ClientGone, Request, Response
from vedette.model.settings import LimitSettings


@pytest.fixture(params=BOTH_LOOPS, ids=["asyncio", "uvloop"])
def anyio_backend(request: pytest.FixtureRequest) -> object:
    return request.param


QUICK = LimitSettings(header_read_s=0.2, body_read_s=0.2, idle_s=0.2)


async def test_pipelined_requests_are_served_in_order_one_after_the_other() -> None:
    running = most = 0

    async def slow(request: Request, response: Response) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        body = await request.body.read(100)
        await turns()
        running -= 1
        response.send(200, [], request.path.encode() + body)

    async with Rim(slow) as rim, await rim.connect() as client:
        client.send(
            b"".join(
                b"POST /%d HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\nb%d" % (n, n)
                for n in range(9)
            )
        )
        for number in range(9):
            assert (await client.answer()).body == b"/%db%d" % (number, number)
    assert most == 1


async def test_a_pipelined_request_may_take_as_long_as_a_first_one() -> None:
    go = asyncio.Event()

    async def waits(request: Request, response: Response) -> None:
        if request.path == "/2":
            await go.wait()
        response.send(200, [], request.path.encode())

    clock = FakeClock()
    async with Rim(waits, limits=QUICK, clock=clock) as rim, await rim.connect() as client:
        client.send(b"GET /1 HTTP/1.1\r\nhost: x\r\n\r\nGET /2 HTTP/1.1\r\nhost: x\r\n\r\n")
        assert (await client.answer()).body == b"/1"
        await turns()
        clock.advance(99)
        rim.deadlines.check()
        go.set()
        assert (await client.answer()).body == b"/2"


async def test_garbage_behind_a_request_does_not_cost_its_answer() -> None:
    async def slow(request: Request, response: Response) -> None:
        await turns()
        response.send(200, [], b"whole")

    for garbage in (b"GARBAGE\r\n\r\n", b"GET / HTTP/1.1\r\na: " + b"b" * 200_000):
        async with Rim(slow) as rim, await rim.connect() as client:
            client.send(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n" * 2 + garbage)
            assert (await client.answer()).body == b"whole"
            assert (await client.answer()).body == b"whole"
            rest = await client.rest()
            assert not rest or rest.startswith(b"HTTP/1.1 4")


async def test_an_answer_may_take_longer_than_every_client_side_deadline() -> None:
    asked, go = asyncio.Event(), asyncio.Event()

    async def slow(request: Request, response: Response) -> None:
        asked.set()
        await go.wait()
        response.send(200, [], b"late")

    clock = FakeClock()
    async with Rim(slow, limits=QUICK, clock=clock) as rim, await rim.connect() as client:
        client.send(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
        await asyncio.wait_for(asked.wait(), 30)
        clock.advance(99)
        rim.deadlines.check()
        await turns()
        go.set()
        assert (await client.answer()).body == b"late"


@pytest.mark.parametrize("leave", ["close", "half close", "reset"])
async def test_a_client_that_leaves_is_noticed_while_its_answer_is_pending(leave: str) -> None:
    asked, lost = asyncio.Event(), asyncio.Event()

    async def pending(request: Request, response: Response) -> None:
        response.on_lost = lost.set
        asked.set()
        await lost.wait()

    async with Rim(pending) as rim, await rim.connect() as client:
        client.send(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
        await asyncio.wait_for(asked.wait(), 30)
        if leave == "close":
            client.writer.close()
        elif leave == "half close":
            client.writer.write_eof()
        else:
            client.reset()
        await asyncio.wait_for(lost.wait(), 0.5)


async def test_a_client_that_leaves_in_the_middle_of_a_stream_cancels_its_handler() -> None:
    streaming, cancelled = asyncio.Event(), asyncio.Event()

    async def stream(request: Request, response: Response) -> None:
        response.start(200, [])
        response.write(b"data: 1\n\n")
        streaming.set()
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()

    async with Rim(stream) as rim, await rim.connect() as client:
        client.send(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
        await asyncio.wait_for(streaming.wait(), 30)
        client.reset()
        await asyncio.wait_for(cancelled.wait(), 0.5)


async def test_a_body_that_broke_off_before_it_was_asked_for_does_not_hang_its_reader() -> None:
    begun, left, told = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def late(request: Request, response: Response) -> None:
        response.on_lost = left.set
        begun.set()
        await left.wait()
        try:
            await request.body.read(100)
        except ClientGone:
            told.set()

    async with Rim(late) as rim, await rim.connect() as client:
        client.send(b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nhal")
        await asyncio.wait_for(begun.wait(), 30)
        client.reset()
        await asyncio.wait_for(told.wait(), 30)


async def test_a_client_that_does_not_read_pauses_its_writer_and_holds_little() -> None:
    paused, resumed = asyncio.Event(), asyncio.Event()
    written = 0

    async def flood(request: Request, response: Response) -> None:
        nonlocal written
        response.on_pause = paused.set
        response.on_resume = resumed.set
        response.start(200, [])
        while not response.paused:
            response.write(b"x" * 16_384)
            written += 16_384
            await asyncio.sleep(0)
        await resumed.wait()
        response.end()

    limits = LimitSettings(write_buffer_bytes=65_536)
    async with Rim(flood, limits=limits) as rim:
        client = await rim.connect(receive_buffer=16_384)
        async with client:
            client.send(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
            await asyncio.wait_for(paused.wait(), 30)
            assert written < 16_000_000  # what the kernel takes, and no more than 64 KiB of ours
            answer = await client.answer()
            assert resumed.is_set()
            assert len(answer.body) == written


async def test_a_client_that_never_reads_its_answer_is_cut() -> None:
    async def big(request: Request, response: Response) -> None:
        response.send(200, [], b"x" * 20_000_000)

    async with Rim(big, limits=QUICK) as rim:
        client = await rim.connect(receive_buffer=16_384)
        async with client:
            client.writer.transport.pause_reading()  # type: ignore[attr-defined]
            client.send(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
            await until(lambda: rim.server.stats.requests)
            await until(lambda: not rim.server.stats.connections)


async def test_an_upload_pauses_while_its_reader_does_not_keep_up() -> None:
    release, pieces = asyncio.Event(), []

    async def sluggish(request: Request, response: Response) -> None:
        body = request.body

        def take(data: bytes) -> None:
            pieces.append(len(data))
            if sum(pieces) > 100_000 and not release.is_set():
                body.pause()

        async def free() -> None:
            await release.wait()
            body.resume()

        task = asyncio.ensure_future(free())
        await body.forward(take)
        await task
        response.send(200, [], b"%d" % sum(pieces))

    async with Rim(sluggish) as rim, await rim.connect() as client:
        client.send(b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 50000000\r\n\r\n")
        client.send(b"x" * 50_000_000)
        await until(lambda: sum(pieces) > 100_000)
        await turns(500)
        assert sum(pieces) < 1_000_000
        release.set()
        assert (await client.answer()).body == b"50000000"


async def test_an_unread_body_is_not_taken_into_memory() -> None:
    looked = asyncio.Event()

    async def ignore(request: Request, response: Response) -> None:
        await looked.wait()
        response.send(200, [], b"%d" % request.body.size)

    async with Rim(ignore) as rim, await rim.connect() as client:
        client.send(b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 50000000\r\n\r\n")
        client.send(b"x" * 50_000_000)
        await until(lambda: rim.server.connections)
        await turns(500)
        looked.set()
        assert int((await client.answer()).body) < 1_000_000


@pytest.mark.parametrize("framing", ["chunked", "length", "http/1.0"])
async def test_an_aborted_answer_cannot_be_taken_for_whole(framing: str) -> None:
    async def breaks(request: Request, response: Response) -> None:
        response.start(200, [], length=100 if framing == "length" else None)
        response.write(b"half")
        await turns()
        response.write(b"last words")
        response.abort()

    version = b"1.0" if framing == "http/1.0" else b"1.1"
    async with Rim(breaks) as rim, await rim.connect() as client:
        client.send(b"GET / HTTP/" + version + b"\r\nhost: x\r\n\r\n")
        with pytest.raises((asyncio.IncompleteReadError, ConnectionResetError)):
            await client.answer()


async def test_what_was_written_before_an_abort_reaches_the_client() -> None:
    async def breaks(request: Request, response: Response) -> None:
        response.start(200, [])
        response.write(b"event: error\n\n")
        response.abort()

    async with Rim(breaks) as rim, await rim.connect() as client:
        client.send(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
        data = await client.rest()
        assert b"event: error" in data
        assert b"0\r\n\r\n" not in data


@pytest.mark.slow
async def test_five_hundred_slow_clients_leave_room_for_a_quick_one() -> None:
    limits = LimitSettings(header_read_s=4.0)
    async with Rim(echo, limits=limits) as rim:
        clients = []
        for _ in range(500):
            clients.append(await rim.connect())
            clients[-1].send(b"POST / HTTP/1.1\r\nhost: x\r\na: ")
        assert (await rim.ask(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")).status == 200
        answers: list[Answer] = await asyncio.gather(*(client.answer() for client in clients))
        assert {answer.status for answer in answers} == {408}
        for client in clients:
            client.writer.transport.abort()


async def test_connections_beyond_the_cap_are_told_so_and_closed() -> None:
    async with Rim(echo, limits=LimitSettings(connections=2)) as rim:
        first, second = await rim.connect(), await rim.connect()
        async with first, second:
            await until(lambda: rim.server.stats.connections == 2)
            third = await rim.connect()
            async with third:
                answer = await third.answer()
                assert answer.status == 503
                assert await third.rest() == b""
            first.send(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
            assert (await first.answer()).status == 200
        await until(lambda: rim.server.stats.connections == 0)
        assert (await rim.ask(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")).status == 200
