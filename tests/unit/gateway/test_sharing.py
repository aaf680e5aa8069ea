"""Kept answers go to all machines, and a cache that is away is left alone."""

import asyncio
from collections.abc import Sequence

from vedette.clock import FakeClock
from vedette.errors import StoreError
from vedette.gateway.sharing import AWAY_S, SharedAnswers, StoredAnswer
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
    assert await other.find(NAME) is None
    shared.keep(NAME, answer(clock))
    await tasks.drain()
    shared.keep(NAME, answer(clock))
    await asyncio.sleep(0)
    assert await other.find(NAME) == answer(clock)
    labels = ["project:p", "model:m", "tag:t", f"name:{NAME.hex()}"]
    assert cache.view.purge(labels) == 1


async def test_what_cannot_be_read_or_is_over_is_not_there() -> None:
    clock = FakeClock()
    cache = Shaky(clock)
    shared = SharedAnswers(cache, clock, Tasks())
    await cache.set(NAME.hex(), b"junk", ttl_s=60)
    assert await shared.find(NAME) is None
    shared.keep(NAME, answer(clock, -1))
    await asyncio.sleep(0)
    assert await shared.find(NAME) is None


async def test_a_cache_that_is_away_is_left_alone_for_a_while() -> None:
    clock = FakeClock()
    cache = Shaky(clock)
    shared = SharedAnswers(cache, clock, Tasks())
    cache.away = True
    for _ in range(5):
        assert await shared.find(NAME) is None
        shared.keep(NAME, answer(clock))
    assert cache.asked == 1
    cache.away = False
    clock.advance(AWAY_S)
    shared.keep(NAME, answer(clock))
    await asyncio.sleep(0)
    assert await shared.find(NAME) is not None
