"""What only the shared cache does; the rest is `tests/contract/test_cache.py`."""

from pathlib import Path

import pytest

from tests.support.valkey import valkey
from vedette.clock import SystemClock
from vedette.errors import StoreError
from vedette.model.settings import RedisSettings
from vedette.stores.cache.redis import RedisCache, RedisCacheView


async def test_the_soonest_to_expire_make_room(tmp_path: Path) -> None:
    with valkey(tmp_path) as server:
        cache = RedisCache(server.settings, SystemClock(), max_bytes=10)
        view = RedisCacheView(server.settings)
        for name, ttl_s in (("a", 90), ("b", 30), ("c", 60)):
            await cache.set(name, b"xxxx", ttl_s=ttl_s)
        assert [await cache.get(name) for name in "abc"] == [b"xxxx", None, b"xxxx"]
        await cache.set("big", b"x" * 11, ttl_s=99)
        assert await cache.get("big") is None
        assert view.usage() == (2, 8)
        await cache.close()
        view.close()


async def test_what_is_over_leaves_the_index_with_the_next_value(tmp_path: Path) -> None:
    with valkey(tmp_path) as server:
        cache, view = RedisCache(server.settings, SystemClock()), RedisCacheView(server.settings)
        await cache.set("a", b"xxxx", ttl_s=0.01)
        while await cache.get("a") is not None:
            pass
        await cache.set("b", b"xx", ttl_s=10)
        assert view.usage() == (1, 2)
        await cache.close()
        view.close()


async def test_a_server_that_is_away_is_said_to_be(tmp_path: Path) -> None:
    nobody = RedisSettings(url="redis://:secret@127.0.0.1:1/0", timeout_s=0.2)
    cache, view = RedisCache(nobody, SystemClock()), RedisCacheView(nobody)
    with pytest.raises(StoreError) as raised:
        await cache.get("a")
    assert "secret" not in raised.value.message
    with pytest.raises(StoreError):
        await cache.set("a", b"", ttl_s=1)
    with pytest.raises(StoreError):
        view.purge([])
    with pytest.raises(StoreError):
        view.usage()
    view.close()
    await cache.close()
