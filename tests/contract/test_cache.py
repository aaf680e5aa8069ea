"""The contract of `ports.stores.Cache` and `CacheView`, for every implementation."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.support.valkey import valkey
from vedette.clock import FakeClock, SystemClock
from vedette.ports.stores import Cache, CacheView
from vedette.stores.cache.memory import MemoryCache
from vedette.stores.cache.redis import RedisCache, RedisCacheView

pytestmark = pytest.mark.anyio


class Subject(NamedTuple):
    """An implementation, and how its time passes."""

    cache: Cache
    view: CacheView
    clock: FakeClock | None
    """None: a server's own clock, of which a second of these tests takes 0.3."""

    def s(self, seconds: float) -> float:
        return seconds if self.clock is not None else seconds * 0.3

    async def after(self, seconds: float) -> None:
        if self.clock is not None:
            self.clock.advance(seconds)
            return
        loop = asyncio.get_running_loop()
        until = loop.time() + self.s(seconds)
        while loop.time() < until:
            await asyncio.sleep(0.01)


@pytest.fixture(params=["memory", pytest.param("redis", marks=pytest.mark.slow)])
async def subject(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Subject]:
    if request.param == "memory":
        clock = FakeClock()
        cache = MemoryCache(clock)
        yield Subject(cache, cache.view, clock)
        return
    with valkey(tmp_path) as server:
        shared, view = RedisCache(server.settings, SystemClock()), RedisCacheView(server.settings)
        yield Subject(shared, view, None)
        await shared.close()
        view.close()


async def test_a_value_lives_for_its_time(subject: Subject) -> None:
    cache = subject.cache
    await cache.set("k", b"\x00v", ttl_s=subject.s(10))
    await subject.after(4)
    assert await cache.get("k") == b"\x00v"
    await subject.after(6.1)
    assert await cache.get("k") is None


async def test_set_replaces_and_delete_forgets(subject: Subject) -> None:
    cache = subject.cache
    await cache.set("k", b"1", ttl_s=10)
    await cache.set("k", b"23", ttl_s=10)
    assert await cache.get("k") == b"23"
    assert subject.view.usage() == (1, 2)
    await cache.delete("k")
    assert await cache.get("k") is None
    assert subject.view.usage() == (0, 0)


async def test_values_are_purged_by_all_of_their_labels(subject: Subject) -> None:
    cache, view = subject.cache, subject.view
    for name, labels in (("a", ["p:1", "m:x"]), ("b", ["p:1", "m:y"]), ("c", ["p:2", "m:x"])):
        await cache.set(name, b"v", ttl_s=10, labels=labels)
    assert view.purge(["p:1", "m:z"]) == 0
    assert view.purge(["p:1", "m:x"]) == 1
    assert [await cache.get(name) for name in "abc"] == [None, b"v", b"v"]
    view.put("d", b"hidden", ttl_s=10)
    assert view.usage() == (2, 2)
    assert view.purge([]) == 2
    assert await cache.get("d") == b"hidden"
    assert view.usage() == (0, 0)


async def test_a_counter_counts_from_its_creation(subject: Subject) -> None:
    cache, ttl_s = subject.cache, subject.s(10)
    assert await cache.add("n", 2, ttl_s=ttl_s) == 2
    await subject.after(4)
    assert await cache.add("n", 3, ttl_s=ttl_s) == 5
    await subject.after(6.1)
    assert await cache.add("n", 1, ttl_s=ttl_s) == 1


async def test_reservations_never_pass_the_limit(subject: Subject) -> None:
    leases = [await subject.cache.reserve("b", 30, limit=100, ttl_s=60) for _ in range(4)]
    assert [lease is not None for lease in leases] == [True, True, True, False]


async def test_settling_frees_what_was_not_used_and_only_once(subject: Subject) -> None:
    cache = subject.cache
    lease = await cache.reserve("b", 90, limit=100, ttl_s=60)
    assert lease is not None
    await cache.settle("b", lease, used=20)
    await cache.settle("b", lease, used=20)
    assert await cache.reserve("b", 80, limit=100, ttl_s=60) is not None
    assert await cache.reserve("b", 1, limit=100, ttl_s=60) is None


async def test_a_lease_nobody_settles_gives_its_amount_back(subject: Subject) -> None:
    cache, ttl_s = subject.cache, subject.s(5)
    assert await cache.reserve("b", 100, limit=100, ttl_s=ttl_s) is not None
    assert await cache.reserve("b", 1, limit=100, ttl_s=ttl_s) is None
    await subject.after(5.1)
    assert await cache.reserve("b", 100, limit=100, ttl_s=ttl_s) is not None


async def test_a_lock_is_held_by_one(subject: Subject) -> None:
    cache, ttl_s = subject.cache, subject.s(5)
    token = await cache.lock("l", ttl_s=ttl_s)
    assert token is not None
    assert await cache.lock("l", ttl_s=ttl_s) is None
    assert not await cache.unlock("l", "somebody else's")
    assert await cache.unlock("l", token)
    second = await cache.lock("l", ttl_s=ttl_s)
    await subject.after(5.1)
    assert second is not None
    assert not await cache.unlock("l", second)
    assert await cache.lock("l", ttl_s=ttl_s) is not None


async def test_a_question_without_an_answer_is_claimed_by_one(subject: Subject) -> None:
    cache, ttl_s = subject.cache, subject.s(5)
    asked = [cache.get_or_claim("q", f"t{n}", ttl_s=ttl_s) for n in range(20)]
    (holder,) = set(await asyncio.gather(*asked))
    assert isinstance(holder, str)
    assert await cache.get_or_claim("other", "t", ttl_s=ttl_s) == "t"
    await cache.unclaim("q", "somebody else's")
    assert await cache.get_or_claim("q", "late", ttl_s=ttl_s) == holder
    await cache.set("q", b"\x00answer", ttl_s=subject.s(60))
    assert await cache.get_or_claim("q", "late", ttl_s=ttl_s) == b"\x00answer"
    await cache.unclaim("q", holder)
    await cache.delete("q")
    assert await cache.get_or_claim("q", "next", ttl_s=ttl_s) == "next"


async def test_a_claim_ends_unless_it_is_renewed(subject: Subject) -> None:
    cache, ttl_s = subject.cache, subject.s(5)
    for name in ("kept", "lost"):
        assert await cache.get_or_claim(name, "mine", ttl_s=ttl_s) == "mine"
    await subject.after(3)
    await cache.renew_claims({"kept": "mine", "lost": "not mine", "gone": "mine"}, ttl_s=ttl_s)
    await subject.after(3)
    assert await cache.get_or_claim("kept", "other", ttl_s=ttl_s) == "mine"
    assert await cache.get_or_claim("lost", "other", ttl_s=ttl_s) == "other"
    assert await cache.get_or_claim("gone", "other", ttl_s=ttl_s) == "other"
    await subject.after(5.1)
    await cache.renew_claims({"kept": "mine"}, ttl_s=ttl_s)
    assert await cache.get_or_claim("kept", "other", ttl_s=ttl_s) == "other"


async def test_memory_stays_within_its_bounds() -> None:
    cache = MemoryCache(FakeClock(), max_entries=3, max_bytes=10)
    for name in "abcd":
        await cache.set(name, b"xx", ttl_s=10)
    assert await cache.get("a") is None
    assert await cache.get("d") == b"xx"
    await cache.set("big", b"x" * 9, ttl_s=10)
    assert await cache.get("d") is None
    assert await cache.get("big") == b"x" * 9
