"""Operators see what kept answers are good for, and have them forgotten."""

from pathlib import Path

import pytest

from tests.support.valkey import valkey
from vedette.app.answers import PURGES
from vedette.app.cache_desk import CacheDesk
from vedette.clock import FakeClock, SystemClock
from vedette.errors import StoreError
from vedette.gateway.purging import PurgeFile, read_purges
from vedette.metrics import Labels, Sample
from vedette.model.purge import Purge
from vedette.model.settings import CacheSettings, CoreSettings, GatewaySettings, RedisSettings
from vedette.stores.cache.redis import RedisCache

SAMPLES: dict[tuple[str, Labels], Sample] = {
    (name, labels): Sample(name, labels, value)
    for name, labels, value in (
        ("vedette_cache_lookups", ("hit",), 8.0), ("vedette_cache_lookups", ("miss",), 2.0),
        ("vedette_cache_saved_usd", (), 0.25), ("vedette_cache_answers", (), 2.0),
        ("vedette_cache_bytes", (), 2048.0),
    )
}  # fmt: skip


def desk(path: Path, clock: FakeClock, redis: RedisSettings | None = None) -> CacheDesk:
    routing = GatewaySettings(
        version=1, purges_file=str(path / "purges"), cache=CacheSettings(enabled=True)
    )
    settings = CoreSettings(version=1, routing=routing, redis=redis)
    return CacheDesk(lambda: settings, clock, lambda: SAMPLES)


def test_figures_are_those_of_the_workers(tmp_path: Path) -> None:
    made = desk(tmp_path, FakeClock())
    stats = made.stats()
    assert (stats.enabled, stats.hits, stats.misses, stats.saved_usd) == (True, 8, 2, "0.250000")
    assert (stats.answers, stats.bytes, stats.shared_answers) == (2, 2048, None)
    made.close()


def test_workers_are_told_for_an_hour(tmp_path: Path) -> None:
    clock = FakeClock()
    made = desk(tmp_path, clock)
    old = Purge(at_ns=clock.now_ns(), tag="old")
    assert made.purge(old) is None
    clock.advance(3000)
    newer = Purge(at_ns=clock.now_ns(), tag="newer")
    made.purge(newer)
    file = PurgeFile(str(tmp_path / "purges"))
    assert file.changed() == (old, newer)
    clock.advance(1000)
    made.purge(Purge(at_ns=clock.now_ns(), tag="last"))
    assert [purge.tag for purge in file.changed()] == ["newer", "last"]


def test_where_workers_cannot_be_told_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        desk(tmp_path / "nowhere", FakeClock()).purge(Purge(at_ns=1))


@pytest.mark.slow
async def test_shared_answers_are_counted_and_purged(tmp_path: Path) -> None:
    with valkey(tmp_path) as server:
        cache = RedisCache(server.settings, SystemClock())
        made = desk(tmp_path, FakeClock(), server.settings)
        for name, tag in (("a", "x"), ("b", "y")):
            await cache.set(name, b"12345", ttl_s=60, labels=[f"tag:{tag}"])
        stats = made.stats()
        assert (stats.shared_answers, stats.shared_bytes) == (2, 10)
        purge = Purge(at_ns=5, tag="x")
        assert made.purge(purge) == 1
        assert read_purges(await cache.get(PURGES) or b"") == (purge,)
        assert await cache.get("b") == b"12345"
        server.stop()
        with pytest.raises(StoreError):
            made.stats()
        made.close()
        await cache.close()
