"""One connection to a provider that answers well, badly, late or not at all."""

import asyncio
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.bytewise import Home, Wire, parse
from tests.support.rim import BOTH_LOOPS, Script, turns, until
from tests.support.said import OK, OUTCOMES, REQUEST, Kept, ask, pool_to, request_head, saying
from vedette.http1.client import Connection, UpstreamError


@pytest.fixture(params=BOTH_LOOPS, ids=["asyncio", "uvloop"])
def anyio_backend(request: pytest.FixtureRequest) -> object:
    return request.param


@pytest.mark.parametrize(("said", "outcome", "body"), OUTCOMES.values(), ids=OUTCOMES.keys())
async def test_an_answer_ends_as_what_it_was(said: bytes, outcome: str, body: bytes) -> None:
    async with saying(said) as script:
        kept = await ask(script.port)
    assert (await kept.outcome(), kept.body) == (outcome, body)


@pytest.mark.parametrize(
    "said", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\n\r\nhi", OK[:-1]]
)
async def test_a_reset_is_never_an_end(said: bytes) -> None:
    async with saying(said, reset=True) as script:
        kept = await ask(script.port)
    assert await kept.outcome() == "reset"


async def test_an_endless_head_is_given_up() -> None:
    for line in (b"a: " + b"b" * 4_000_000, b"a: b\r\n" * 700_000):
        async with saying(b"HTTP/1.1 200 OK\r\n" + line) as script:
            kept = await ask(script.port)
            assert await kept.outcome() == "bad_response"


async def test_trailers_are_bounded_and_never_become_headers() -> None:
    chunked = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n"
    async with saying(chunked + b"set-cookie: a\r\n\r\n") as script:
        kept = await ask(script.port)
        assert await kept.outcome() == "end"
        assert kept.headers == [(b"transfer-encoding", b"chunked")]
    async with saying(chunked + b"a: " + b"b" * 4_000_000) as script:
        kept = await ask(script.port)
        assert await kept.outcome() == "bad_response"


async def test_the_answer_to_head_has_no_body_whatever_it_says() -> None:
    async with saying(b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n") as script:
        kept = await ask(script.port, b"HEAD / HTTP/1.1\r\nhost: x\r\n\r\n")
    assert (await kept.outcome(), kept.status, kept.body) == ("end", 200, b"")


async def test_a_connection_closed_while_idle_is_not_used_again() -> None:
    async with saying(OK) as script:
        pool = pool_to(script.port)
        first = Kept()
        (await pool.open(5)).send(REQUEST, b"", first)
        assert await first.outcome() == "end"
        await until(lambda: pool.stats.open == 0)
        second = await pool.open(5)
        assert not second.reused
        second.abort()


async def test_a_stale_connection_says_so_and_a_fresh_one_serves() -> None:
    async def once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_head(reader)
        writer.write(OK)
        await request_head(reader)  # and hangs up instead of an answer

    async def well(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_head(reader)
        writer.write(OK)
        await reader.read()

    async with Script(once, well) as script:
        pool = pool_to(script.port)
        first, second, third = Kept(), Kept(), Kept()
        (await pool.open(5)).send(REQUEST, b"", first)
        assert await first.outcome() == "end"
        connection = await pool.open(5)
        assert connection.reused
        connection.send(REQUEST, b"", second)
        assert await second.outcome() == "closed_before_head"
        assert second.errors[0].stale
        connection = await pool.open(5, fresh=True)
        assert not connection.reused
        connection.send(REQUEST, b"", third)
        assert await third.outcome() == "end"
        pool.close()


async def test_what_breaks_on_a_first_use_or_after_a_byte_is_not_stale() -> None:
    for said in (b"", b"HTTP/1.1"):
        async with saying(said) as script:
            kept = await ask(script.port)
            assert not kept.errors[0].stale


async def test_sending_on_a_connection_that_has_just_closed_fails_as_stale() -> None:
    async def play(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_head(reader)
        writer.write(OK)
        await closing.wait()

    closing = asyncio.Event()
    async with Script(play) as script:
        pool, first, second = pool_to(script.port), Kept(), Kept()
        (await pool.open(5)).send(REQUEST, b"", first)
        assert await first.outcome() == "end"
        connection = await pool.open(5)
        closing.set()
        await until(lambda: connection.closed)
        connection.send(REQUEST, b"", second)
        assert await second.outcome() in ("reset", "closed_before_head")
        assert second.errors[0].stale


async def test_an_answer_before_the_upload_is_done_is_heard_and_ends_the_connection() -> None:
    async def play(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_head(reader)
        writer.write(b"HTTP/1.1 413 Too Large\r\ncontent-length: 2\r\n\r\nno")
        await reader.read()

    async with Script(play) as script:
        pool, kept = pool_to(script.port), Kept()
        connection = await pool.open(5)
        connection.begin(b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n", kept)
        connection.write(b"half")
        assert await kept.outcome() == "end"
        assert kept.status == 413
        connection.write(b"more")
        connection.finish()
        await until(lambda: pool.stats.open == 0)


async def test_an_upload_is_framed_as_its_head_says() -> None:
    got: list[bytes] = []

    async def play(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        got.append((await reader.readuntil(b"0\r\n\r\n")).partition(b"\r\n\r\n")[2])
        writer.write(OK)

    async with Script(play) as script:
        pool, kept = pool_to(script.port), Kept()
        connection = await pool.open(5)
        connection.begin(b"POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n", kept)
        for piece in (b"hello", b"", b"x" * 17):
            connection.write(piece)
        connection.finish()
        assert await kept.outcome() == "end"
        pool.close()
    assert got == [b"5\r\nhello\r\n11\r\n" + b"x" * 17 + b"\r\n0\r\n\r\n"]


async def test_a_provider_that_does_not_read_pauses_the_upload() -> None:
    reading = asyncio.Event()

    async def play(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.transport.pause_reading()  # type: ignore[attr-defined]
        await reading.wait()
        writer.transport.resume_reading()  # type: ignore[attr-defined]
        while len(await reader.read(1 << 20)) > 1:
            pass
        writer.write(OK)

    async with Script(play) as script:
        pool, kept = pool_to(script.port), Kept()
        paused, resumed = asyncio.Event(), asyncio.Event()
        connection = await pool.open(5)
        connection.begin(b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 90000000\r\n\r\n", kept)
        connection.on_pause, connection.on_resume = paused.set, resumed.set
        sent = 0
        while not connection.paused:
            connection.write(b"x" * 65_536)
            sent += 65_536
            await asyncio.sleep(0)
            assert sent < 80_000_000
        assert paused.is_set()
        reading.set()
        await asyncio.wait_for(resumed.wait(), 30)
        connection.abort()


async def test_a_paused_reader_holds_the_provider_back() -> None:
    sent = 0

    async def play(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        await request_head(reader)
        writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 20000000\r\n\r\n")
        while sent < 20_000_000:
            writer.write(b"x" * 100_000)
            await writer.drain()
            sent += 100_000
        await reader.read()

    async with Script(play) as script:
        pool, kept = pool_to(script.port), Kept()
        connection = await pool.open(5)
        connection.send(REQUEST, b"", kept)
        connection.pause_reading()
        await turns(500)
        assert sent < 19_000_000
        connection.resume_reading()
        assert await kept.outcome() == "end"
        assert len(kept.body) == 20_000_000
        pool.close()


async def test_an_abort_is_seen_by_the_provider_at_once_and_heard_by_nobody() -> None:
    gone = asyncio.Event()

    async def play(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_head(reader)
        writer.write(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhi\r\n")
        await reader.read()
        gone.set()

    async with Script(play) as script:
        pool, kept = pool_to(script.port), Kept()
        connection = await pool.open(5)
        connection.send(REQUEST, b"", kept)
        await until(lambda: kept.body)
        connection.abort()
        await asyncio.wait_for(gone.wait(), 0.5)
        await until(lambda: pool.stats.open == 0)
        assert not kept.over.is_set()


async def test_a_receiver_that_raises_is_not_mistaken_for_a_bad_provider() -> None:
    class Broken(Kept):
        def data(self, data: bytes) -> None:
            raise RuntimeError("ours")

    noted: list[BaseException | None] = []
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, context: noted.append(context.get("exception")))
    async with saying(OK) as script:
        pool, kept = pool_to(script.port), Broken()
        (await pool.open(5)).send(REQUEST, b"", kept)
        assert await kept.outcome() != "bad_response"
        assert [str(error) for error in noted] == ["ours"]
        await until(lambda: pool.stats.open == 0)


def test_a_whole_request_is_one_write() -> None:
    wire, connection = Wire(), Connection(Home())
    connection.connection_made(wire)

    class Deaf:
        def head(self, status: int, headers: list[tuple[bytes, bytes]]) -> None: ...
        def data(self, data: bytes) -> None: ...
        def end(self) -> None: ...
        def failed(self, error: UpstreamError) -> None: ...

    connection.send(b"head\r\n\r\n", b"body", Deaf())
    assert wire.writes == [b"head\r\n\r\nbody"]


@given(said=st.sampled_from([one[0] for one in OUTCOMES.values()]), data=st.data())
def test_any_split_of_the_bytes_is_the_same_answer(said: bytes, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(1, max(1, len(said) - 1)), max_size=12)))
    edges = [0, *cuts, len(said)]
    pieces = [said[a:b] for a, b in itertools.pairwise(edges) if a < b]
    assert parse(pieces) == parse([said] if said else [])


@given(st.lists(st.binary(min_size=1, max_size=64), max_size=8))
def test_no_bytes_make_the_parser_raise_or_end_twice(pieces: list[bytes]) -> None:
    ends = [one for one in parse([OK[:12], *pieces]) if isinstance(one, str)]
    assert len(ends) == 1
