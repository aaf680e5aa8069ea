"""Kept answers go to all machines, and a cache that is away is left alone."""

import asyncio
from collections.abc import Sequence

from tests.support.calls import exchange
from vedette.clock import FakeClock
from vedette.errors import StoreError
from vedette.gateway.sharing import AWAY_S, CLAIM_S, SharedAnswers, StoredAnswer
from vedette.stores.cache.memory import MemoryCache
from vedette.tasks import Tasks

NAME = b"\x01" * 32


class Shaky(MemoryCache):
    """One whose server comes and goes."""

    away = False
    asked = 0

    async def get(self, key: str) -> bytes | None:
        self.asked += 1
        self._check()
        return await super().get(key)

    async def get_or_claim(self, key: str, token: str, *, ttl_s: float) -> bytes | str:
        self._check()
        return await super().get_or_claim(key, token, ttl_s=ttl_s)

    async def set(
        self, key: str, value: bytes, *, ttl_s: float, labels: Sequence[str] = ()
    ) -> None:
        self._check()
        await super().set(key, value, ttl_s=ttl_s, labels=labels)

    def _check(self) -> None:
        if self.away:
            raise StoreError("It does not answer.")


def answer(clock: FakeClock, seconds: float = 60) -> StoredAnswer:
    now_ns = clock.now_ns()
    ends_ns = now_ns + round(seconds * 1e9)
    return StoredAnswer(
        "p", "m", ("t",), "openai_chat", 200, False, False, [], b"x", None, 5, now_ns, ends_ns
    )


async def test_an_answer_is_found_with_all_that_is_known_of_it() -> None:
    clock, tasks = FakeClock(), Tasks()
    cache = Shaky(clock)
    shared, other = SharedAnswers(cache, clock, tasks), SharedAnswers(cache, clock, tasks)
    assert await other.find(NAME, exchange()) is None
    shared.keep(NAME, answer(clock))
    await tasks.drain()
    shared.keep(NAME, answer(clock))
    await asyncio.sleep(0)
    assert await other.find(NAME, exchange()) == answer(clock)
    labels = ["project:p", "model:m", "tag:t", f"name:{NAME.hex()}"]
    assert cache.view.purge(labels) == 1


async def test_what_cannot_be_read_or_is_over_is_not_there() -> None:
    clock = FakeClock()
    cache = Shaky(clock)
    shared = SharedAnswers(cache, clock, Tasks())
    await cache.set(NAME.hex(), b"junk", ttl_s=60)
    assert await shared.find(NAME, exchange()) is None
    shared.keep(NAME, answer(clock, -1))
    await asyncio.sleep(0)
    assert await shared.find(NAME, exchange()) is None


async def test_a_cache_that_is_away_is_left_alone_for_a_while() -> None:
    clock = FakeClock()
    cache = Shaky(clock)
    shared = SharedAnswers(cache, clock, Tasks())
    cache.away = True
    for _ in range(5):
        assert await shared.find(NAME, exchange()) is None
        shared.keep(NAME, answer(clock))
    assert cache.asked == 1
    cache.away = False
    clock.advance(AWAY_S)
    shared.keep(NAME, answer(clock))
    await asyncio.sleep(0)
    assert await shared.find(NAME, exchange()) is not None


async def test_of_all_that_ask_one_asks_and_the_others_get_his_answer() -> None:
    clock, tasks = FakeClock(), Tasks()
    cache = Shaky(clock)
    first, second, third = (SharedAnswers(cache, clock, tasks) for _ in range(3))
    assert await first.find(NAME, exchange(), claims=True) is None
    waiting = [
        asyncio.ensure_future(other.find(NAME, exchange(), claims=True))
        for other in (second, third)
    ]
    # Who only looks does not wait.
    assert await second.find(NAME, exchange()) is None
    first.keep(NAME, answer(clock))
    assert await asyncio.gather(*waiting) == [answer(clock)] * 2
    assert len(cache) == 1


async def test_a_claim_that_brings_nothing_is_waited_for_once() -> None:
    """All go ahead then: one of them with a claim that the others do not wait for."""
    clock, tasks = FakeClock(), Tasks()
    cache = Shaky(clock)
    first, *others = (SharedAnswers(cache, clock, tasks) for _ in range(4))
    assert await first.find(NAME, exchange(), claims=True) is None
    waiting = [asyncio.ensure_future(other.find(NAME, exchange(), claims=True)) for other in others]
    await asyncio.sleep(0)
    first.give_up(NAME)
    async with asyncio.timeout(30):
        assert await asyncio.gather(*waiting) == [None] * 3


async def test_a_claim_goes_on_with_its_call_and_ends_with_its_worker() -> None:
    clock, tasks = FakeClock(), Tasks()
    cache = Shaky(clock)
    first, second = SharedAnswers(cache, clock, tasks), SharedAnswers(cache, clock, tasks)
    assert await first.find(NAME, exchange(), claims=True) is None
    waiting = asyncio.ensure_future(second.find(NAME, exchange(), claims=True))
    for _ in range(4):
        clock.advance(CLAIM_S / 2)
        await first.renew()
        await asyncio.sleep(0.05)
    assert not waiting.done()
    # It renews no more: it is gone.
    clock.advance(CLAIM_S)
    async with asyncio.timeout(30):
        assert await waiting is None
    second.give_up(NAME)
    await asyncio.sleep(0)
    assert len(cache) == 0


async def test_who_leaves_or_finds_the_cache_away_does_not_wait() -> None:
    clock, tasks = FakeClock(), Tasks()
    cache = Shaky(clock)
    first, second = SharedAnswers(cache, clock, tasks), SharedAnswers(cache, clock, tasks)
    assert await first.find(NAME, exchange(), claims=True) is None
    leaves = exchange()
    waiting = asyncio.ensure_future(second.find(NAME, leaves, claims=True))
    await asyncio.sleep(0)
    leaves.client_lost()
    async with asyncio.timeout(30):
        assert await waiting is None
    waiting = asyncio.ensure_future(second.find(NAME, exchange(), claims=True))
    await asyncio.sleep(0)
    cache.away = True
    async with asyncio.timeout(30):
        assert await waiting is None
    await first.renew()
    first.give_up(NAME)
    clock.advance(AWAY_S / 2)
    await first.renew()
