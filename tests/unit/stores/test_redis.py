"""Connections to a Redis or Valkey server."""

from pathlib import Path

import pytest

from tests.support.valkey import valkey
from vedette.errors import ConfigError
from vedette.model.settings import RedisSettings
from vedette.stores.redis import FAILURES, connect, connect_blocking, script


async def test_both_kinds_of_connection_answer_or_fail_in_time(tmp_path: Path) -> None:
    with valkey(tmp_path) as server:
        settings = RedisSettings(url=server.url, timeout_s=0.2)
        waiting, blocking = connect(settings), connect_blocking(settings)
        assert await waiting.ping()
        assert blocking.ping()
        server.freeze()
        with pytest.raises(FAILURES):
            await waiting.ping()
        with pytest.raises(FAILURES):
            blocking.ping()
        server.thaw()
        await waiting.aclose()
        blocking.close()


def test_an_address_that_is_none_is_refused_without_its_password() -> None:
    with pytest.raises(ConfigError) as raised:
        connect(RedisSettings(url="redis://:hunter2@h:port/0"))
    assert "hunter2" not in raised.value.message


def test_scripts_come_with_the_package() -> None:
    assert "HGETALL" in script("vedette.stores.leases", "exchange")
