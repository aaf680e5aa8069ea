"""Beyond the contract suite: what is swept, and what is never evicted."""

import pytest

from vedette.clock import FakeClock
from vedette.stores.cache.memory import MemoryCache

pytestmark = pytest.mark.anyio


async def test_expired_values_go_with_later_writes() -> None:
    clock = FakeClock()
    cache = MemoryCache(clock, max_entries=1000)
    for number in range(50):
        await cache.set(f"old{number}", b"x" * 100, ttl_s=1)
    clock.advance(2)
    for number in range(50):
        await cache.set(f"new{number}", b"x", ttl_s=100)
    assert cache.bytes_held == 50


async def test_counters_outlive_the_pressure_of_values() -> None:
    cache = MemoryCache(FakeClock(), max_entries=2)
    assert await cache.add("n", 5, ttl_s=60) == 5
    for number in range(10):
        await cache.set(f"v{number}", b"x", ttl_s=60)
    assert await cache.add("n", 1, ttl_s=60) == 6


async def test_a_value_over_the_bound_is_not_kept_and_removes_the_old_one() -> None:
    cache = MemoryCache(FakeClock(), max_bytes=10)
    await cache.set("k", b"x", ttl_s=60)
    await cache.set("k", b"x" * 11, ttl_s=60)
    assert await cache.get("k") is None
    assert cache.bytes_held == 0


async def test_locks_and_limits_that_nobody_uses_any_more_are_forgotten() -> None:
    clock = FakeClock()
    cache = MemoryCache(clock)
    for number in range(100):
        await cache.lock(f"l{number}", ttl_s=1)
        await cache.reserve(f"b{number}", 1, limit=10, ttl_s=1)
    clock.advance(2)
    for number in range(100):
        await cache.lock(f"m{number}", ttl_s=100)
        await cache.reserve(f"c{number}", 1, limit=10, ttl_s=100)
    assert len(cache) == 200
