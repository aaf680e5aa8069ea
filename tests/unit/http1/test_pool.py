"""Connections to one origin: kept, counted, bounded."""

import asyncio
import ssl
import subprocess
from pathlib import Path

import pytest

from tests.support.rim import BOTH_LOOPS, Script, turns, until
from tests.support.said import OK, REQUEST, Kept, pool_to, request_head
from vedette.clock import FakeClock
from vedette.http1.client import Origin, Pool, UpstreamError
from vedette.http1.deadlines import Deadlines
from vedette.http1.pool import IDLE_S


@pytest.fixture(params=BOTH_LOOPS, ids=["asyncio", "uvloop"])
def anyio_backend(request: pytest.FixtureRequest) -> object:
    return request.param


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while True:
        await request_head(reader)
        writer.write(OK)


async def exchange(pool: Pool) -> bool:
    """Do one request; whether its connection had been used before."""
    connection, kept = await pool.open(5), Kept()
    reused = connection.reused
    connection.send(REQUEST, b"", kept)
    assert await kept.outcome() == "end"
    return reused


async def test_the_last_connection_used_is_the_first_used_again() -> None:
    async with Script(serve) as script:
        pool = pool_to(script.port)
        assert [await exchange(pool) for _ in range(4)] == [False, True, True, True]
        assert (script.accepted, pool.stats.open, pool.stats.idle) == (1, 1, 1)
        assert (pool.stats.opened, pool.stats.reused) == (1, 3)
        pool.close()
        await until(lambda: pool.stats.open == 0)


async def test_nagle_is_off() -> None:
    async with Script(serve) as script:
        pool = pool_to(script.port)
        connection = await pool.open(5)
        raw = connection._transport.get_extra_info("socket")
        assert raw.getsockopt(6, 1)  # IPPROTO_TCP, TCP_NODELAY
        connection.abort()


async def test_idle_connections_age_away() -> None:
    async with Script(serve) as script:
        clock = FakeClock()
        deadlines = Deadlines(clock)
        origin = Origin("http", "127.0.0.1", script.port)
        pool = Pool(origin, max_connections=8, deadlines=deadlines, clock=clock)
        await exchange(pool)
        clock.advance(IDLE_S - 1)
        deadlines.check()
        assert pool.stats.open == 1
        clock.advance(10)
        deadlines.check()
        await until(lambda: pool.stats.open == 0)
        assert len(deadlines) == 0


async def test_who_finds_no_place_waits_for_one() -> None:
    async with Script(serve) as script:
        pool = pool_to(script.port, max_connections=1)
        first = await pool.open(5)
        waiting = [asyncio.ensure_future(exchange(pool)) for _ in range(5)]
        await turns()
        assert not any(task.done() for task in waiting)
        first.abort()
        await asyncio.wait_for(asyncio.gather(*waiting), 30)
        assert pool.stats.open == 1
        pool.close()


async def test_waiting_ends_with_the_deadline() -> None:
    async with Script(serve) as script:
        pool = pool_to(script.port, max_connections=1)
        first = await pool.open(5)
        with pytest.raises(UpstreamError) as error:
            await pool.open(0.05)
        assert error.value.code == "pool_exhausted"
        first.abort()
        await until(lambda: pool.stats.open == 0)
        await exchange(pool)
        pool.close()


async def test_more_than_may_wait_are_turned_away_at_once() -> None:
    async with Script(serve) as script:
        pool = pool_to(script.port, max_connections=1)
        first = await pool.open(5)
        tasks = [asyncio.ensure_future(pool.open(5)) for _ in range(80)]
        await turns()
        turned = [task.exception() for task in tasks if task.done()]
        assert len(turned) == 16
        assert {error.code for error in turned if isinstance(error, UpstreamError)} == {
            "pool_exhausted"
        }
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        first.abort()


async def test_a_waiter_cancelled_when_its_turn_comes_passes_it_on() -> None:
    async with Script(serve) as script:
        pool = pool_to(script.port, max_connections=1)
        first = await pool.open(5)
        one = asyncio.ensure_future(pool.open(5))
        two = asyncio.ensure_future(pool.open(5))
        await turns()
        pool.gone(first)  # the place is given to `one` ...
        one.cancel()  # ... which is cancelled before it runs
        (await asyncio.wait_for(two, 30)).abort()
        first.abort()


async def test_fresh_takes_no_kept_connection_even_where_all_places_are_taken() -> None:
    async with Script(serve) as script:
        pool = pool_to(script.port, max_connections=1)
        await exchange(pool)
        connection = await pool.open(5, fresh=True)
        assert not connection.reused
        assert script.accepted == 2
        connection.abort()


async def test_a_closed_pool_keeps_nothing() -> None:
    async with Script(serve) as script:
        pool = pool_to(script.port)
        connection, kept = await pool.open(5), Kept()
        pool.close()
        connection.send(REQUEST, b"", kept)
        assert await kept.outcome() == "end"
        await until(lambda: pool.stats.open == 0)


def elsewhere(host: str, port: int, scheme: str = "http", ca_file: str = "") -> Pool:
    clock = FakeClock()
    return Pool(
        Origin(scheme, host, port, ca_file=ca_file),
        max_connections=4, deadlines=Deadlines(clock), clock=clock,
    )  # fmt: skip


async def test_failures_to_connect_are_told_apart_and_leave_no_count() -> None:
    async def plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    async with Script(plain) as script:
        tls_to_plain = elsewhere("127.0.0.1", script.port, "https")
        with pytest.raises(UpstreamError) as error:
            await tls_to_plain.open(5)
        assert error.value.code == "tls_failure"
        assert tls_to_plain.stats.open == 0
    for pool, code in (
        (elsewhere("127.0.0.1", 1), "connect_refused"),
        (elsewhere("no-such-host.invalid", 80), "dns_failure"),
    ):
        with pytest.raises(UpstreamError) as error:
            await pool.open(5)
        assert error.value.code == code
        assert (pool.stats.open, pool.stats.failed) == (0, 1)


async def test_a_handshake_that_never_comes_ends_with_the_deadline() -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    async with Script(silent) as script:
        pool = elsewhere("127.0.0.1", script.port, "https")
        with pytest.raises(UpstreamError) as error:
            await pool.open(0.2)
        assert error.value.code == "connect_timeout"
        assert pool.stats.open == 0


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A self-signed certificate for `localhost` and its key."""
    folder = tmp_path_factory.mktemp("tls")
    cert, key = folder / "cert.pem", folder / "key.pem"
    command = [
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
        "-nodes", "-keyout", str(key), "-out", str(cert), "-days", "2", "-subj", "/CN=localhost",
        "-addext", "subjectAltName=DNS:localhost",
    ]  # fmt: skip
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (FileNotFoundError, subprocess.CalledProcessError):
        pytest.skip("no openssl command to make a certificate with")
    return cert, key


async def test_tls_is_verified_by_name_and_authority(certificate: tuple[Path, Path]) -> None:
    cert, key = certificate
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    asyncio.get_running_loop().set_exception_handler(lambda *_: None)  # refused handshakes
    server = await asyncio.start_server(serve_quietly, "127.0.0.1", 0, ssl=context)
    port = server.sockets[0].getsockname()[1]
    trusting = elsewhere("localhost", port, "https", str(cert))
    assert not await exchange(trusting)
    assert await exchange(trusting)
    trusting.close()
    for pool in (
        elsewhere("127.0.0.1", port, "https", str(cert)),  # another name
        elsewhere("localhost", port, "https"),  # another authority
    ):
        with pytest.raises(UpstreamError) as error:
            await pool.open(5)
        assert error.value.code == "tls_failure"
    server.close()


async def serve_quietly(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        await serve(reader, writer)
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://a/v1", Origin("http", "a", 80)),
        ("https://a", Origin("https", "a", 443)),
        ("http://[::1]:8080/x", Origin("http", "::1", 8080)),
    ],
)
async def test_the_origin_of_a_url(url: str, expected: Origin) -> None:
    assert Origin.of(url) == expected


async def test_a_connect_cancelled_at_any_moment_is_counted_down_once() -> None:
    async with Script(serve) as script:
        pool = pool_to(script.port, max_connections=1)
        for moment in range(30):
            task = asyncio.ensure_future(pool.open(5))
            await turns(moment)
            task.cancel()
            try:
                (await task).abort()
            except asyncio.CancelledError:
                pass
            await until(lambda: pool.stats.open == 0)
            await turns()
            assert pool.stats.open == 0
        await exchange(pool)
        assert pool.stats.open == 1
        pool.close()
