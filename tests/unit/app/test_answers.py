"""A worker forgets what it is told to."""

from pathlib import Path

import msgspec
import pytest

from tests.support.valkey import valkey
from vedette.app.answers import PURGES, Answers
from vedette.clock import SystemClock
from vedette.drift.semantic import find_embedder
from vedette.gateway.caching import ResponseCache
from vedette.model.purge import Purge
from vedette.model.settings import CacheSettings, GatewaySettings
from vedette.stores.cache.redis import RedisCacheView
from vedette.tasks import Tasks

ON = CacheSettings(enabled=True)


class Listening(ResponseCache):
    """Remembers what it is told."""

    def __init__(self) -> None:
        super().__init__(SystemClock(), ON)
        self.told: list[Purge] = []

    def purge(self, purge: Purge) -> int:
        self.told.append(purge)
        return super().purge(purge)


async def test_each_purge_is_heard_once(tmp_path: Path) -> None:
    path = tmp_path / "purges"
    settings = GatewaySettings(version=1, purges_file=str(path), cache=ON)
    answers, cache = Answers(settings, SystemClock(), Tasks()), Listening()
    first, second = Purge(at_ns=1, tag="a"), Purge(at_ns=2, tag="b")
    for told in ([first], [first, second], [first, second]):
        path.unlink(missing_ok=True)
        path.write_bytes(msgspec.msgpack.encode(told))
        await answers.look(cache)
    assert cache.told == [first, second]
    assert answers.shared is None
    await answers.close()


@pytest.mark.slow
async def test_other_machines_are_heard_too(tmp_path: Path) -> None:
    with valkey(tmp_path) as server:
        settings = GatewaySettings(version=1, redis=server.settings, cache=ON)
        answers, cache = Answers(settings, SystemClock(), Tasks()), Listening()
        await answers.look(cache)
        view, purge = RedisCacheView(server.settings), Purge(at_ns=1, model="m")
        view.put(PURGES, msgspec.msgpack.encode([purge]), ttl_s=60)
        for _ in range(2):
            await answers.look(cache)
        assert cache.told == [purge]
        server.stop()
        await answers.look(cache)
        view.close()
        await answers.close()


async def test_meaning_is_looked_at_only_where_it_is_wanted(
    caplog: pytest.LogCaptureFixture,
) -> None:
    clock = SystemClock()
    answers, cache = Answers(GatewaySettings(version=1), clock, Tasks()), Listening()
    answers.equip(cache)
    assert cache.meanings is None
    cache.settings = CacheSettings(enabled=True, semantic_threshold=0.9)
    await answers.look(cache)
    if find_embedder() is None:
        assert "pip install 'vedette[semantic]'" in caplog.text
    else:
        assert cache.meanings is not None
        assert cache.meanings.threshold == 0.9
    cache.settings = CacheSettings(enabled=True)
    await answers.look(cache)
    assert cache.meanings is None
    await answers.close()
