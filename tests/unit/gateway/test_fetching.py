"""Small requests of our own."""

from tests.support.answers import Stall, answer, cut_after
from tests.support.upstream import Upstream
from vedette.clock import SystemClock
from vedette.gateway.fetching import Fetched, Fetcher
from vedette.http1.client import Origin, Pool
from vedette.http1.deadlines import Deadlines

HEAD = b"GET /v1/models HTTP/1.1\r\nhost: up\r\n\r\n"


async def fetch(upstream: Upstream, *, seconds: float = 2.0, limit: int = 1000) -> Fetched:
    clock = SystemClock()
    deadlines = Deadlines(clock)
    deadlines.start()
    pool = Pool(Origin.of(upstream.url), max_connections=2, deadlines=deadlines, clock=clock)
    try:
        return await Fetcher(clock, deadlines).fetch(pool, HEAD, seconds=seconds, limit=limit)
    finally:
        pool.close()
        deadlines.stop()


async def test_status_and_body_come_back() -> None:
    async with Upstream() as upstream:
        upstream.script(answer(b"{}", 200))
        assert await fetch(upstream) == Fetched(200, b"{}")


async def test_silence_and_broken_answers_are_no_answer() -> None:
    async with Upstream() as upstream:
        upstream.script((Stall(),), cut_after(answer(b"x" * 500, 200), 60))
        assert await fetch(upstream, seconds=0.2) == Fetched()
        await upstream.client_gone(0)
        assert (await fetch(upstream)).body == b""


async def test_what_is_too_large_is_not_kept() -> None:
    async with Upstream() as upstream:
        upstream.script(answer(b"x" * 500, 200))
        assert await fetch(upstream, limit=100) == Fetched(200, b"")


async def test_nobody_there_is_no_answer() -> None:
    async with Upstream() as upstream:
        await upstream.stop()
        assert await fetch(upstream) == Fetched()
