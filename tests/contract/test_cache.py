"""The contract of `ports.stores.Cache`, for every implementation."""

from collections.abc import Callable

import pytest

from vedette.clock import FakeClock
from vedette.ports.stores import Cache
from vedette.stores.cache.memory import MemoryCache

pytestmark = pytest.mark.anyio

MAKERS: dict[str, Callable[[FakeClock], Cache]] = {"memory": MemoryCache}


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture(params=MAKERS)
def cache(request: pytest.FixtureRequest, clock: FakeClock) -> Cache:
    return MAKERS[request.param](clock)


async def test_a_value_lives_for_its_time(cache: Cache, clock: FakeClock) -> None:
    await cache.set("k", b"v", ttl_s=10)
    clock.advance(9.9)
    assert await cache.get("k") == b"v"
    clock.advance(0.2)
    assert await cache.get("k") is None


async def test_set_replaces_and_delete_forgets(cache: Cache) -> None:
    await cache.set("k", b"1", ttl_s=10)
    await cache.set("k", b"2", ttl_s=10)
    assert await cache.get("k") == b"2"
    await cache.delete("k")
    assert await cache.get("k") is None


async def test_a_counter_counts_from_its_creation(cache: Cache, clock: FakeClock) -> None:
    assert await cache.add("n", 2, ttl_s=10) == 2
    clock.advance(6)
    assert await cache.add("n", 3, ttl_s=10) == 5
    clock.advance(6)
    assert await cache.add("n", 1, ttl_s=10) == 1


async def test_reservations_never_pass_the_limit(cache: Cache) -> None:
    leases = [await cache.reserve("b", 30, limit=100, ttl_s=60) for _ in range(4)]
    assert [lease is not None for lease in leases] == [True, True, True, False]


async def test_settling_frees_what_was_not_used_and_only_once(cache: Cache) -> None:
    lease = await cache.reserve("b", 90, limit=100, ttl_s=60)
    assert lease is not None
    await cache.settle("b", lease, used=20)
    await cache.settle("b", lease, used=20)
    assert await cache.reserve("b", 80, limit=100, ttl_s=60) is not None
    assert await cache.reserve("b", 1, limit=100, ttl_s=60) is None


async def test_a_lease_nobody_settles_gives_its_amount_back(cache: Cache, clock: FakeClock) -> None:
    assert await cache.reserve("b", 100, limit=100, ttl_s=5) is not None
    assert await cache.reserve("b", 1, limit=100, ttl_s=5) is None
    clock.advance(5.1)
    assert await cache.reserve("b", 100, limit=100, ttl_s=5) is not None


async def test_a_lock_is_held_by_one(cache: Cache, clock: FakeClock) -> None:
    token = await cache.lock("l", ttl_s=5)
    assert token is not None
    assert await cache.lock("l", ttl_s=5) is None
    assert not await cache.unlock("l", "somebody else's")
    assert await cache.unlock("l", token)
    second = await cache.lock("l", ttl_s=5)
    clock.advance(5.1)
    assert second is not None
    assert not await cache.unlock("l", second)
    assert await cache.lock("l", ttl_s=5) is not None


async def test_memory_stays_within_its_bounds(clock: FakeClock) -> None:
    cache = MemoryCache(clock, max_entries=3, max_bytes=10)
    for name in "abcd":
        await cache.set(name, b"xx", ttl_s=10)
    assert await cache.get("a") is None
    assert await cache.get("d") == b"xx"
    await cache.set("big", b"x" * 9, ttl_s=10)
    assert await cache.get("d") is None
    assert await cache.get("big") == b"x" * 9
