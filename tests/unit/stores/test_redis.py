"""Connections to a Redis or Valkey server."""

from pathlib import Path

import pytest
import redis

from tests.support.tls import certificate, terminating
from tests.support.valkey import valkey
from vedette.errors import ConfigError
from vedette.model.settings import RedisSettings
from vedette.stores.redis import FAILURES, away, connect, connect_blocking, script


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


def test_a_server_with_tls_is_checked_against_its_authority(tmp_path: Path) -> None:
    cert, key = certificate(tmp_path)
    stranger, _ = certificate(tmp_path, "stranger")
    with valkey(tmp_path) as server, terminating(server.port, cert, key) as port:
        for host in ("localhost", "127.0.0.1"):
            url = f"rediss://{host}:{port}/0"
            known = connect_blocking(RedisSettings(url=url, ca_file=str(cert), timeout_s=10))
            assert known.ping()
            known.close()
        for trusted in (str(stranger), ""):
            other = connect_blocking(RedisSettings(url=url, ca_file=trusted, timeout_s=10))
            with pytest.raises(FAILURES, match=r"(?i)certificate verify failed"):
                other.ping()
            other.close()


async def test_the_event_loop_speaks_tls_too(tmp_path: Path) -> None:
    cert, key = certificate(tmp_path)
    with valkey(tmp_path) as server, terminating(server.port, cert, key) as port:
        url = f"rediss://localhost:{port}/0"
        known = connect(RedisSettings(url=url, ca_file=str(cert), timeout_s=10))
        assert await known.ping()
        await known.aclose()
        other = connect(RedisSettings(url=url, timeout_s=10))
        with pytest.raises(FAILURES, match=r"(?i)certificate verify failed"):
            await other.ping()
        await other.aclose()


def test_a_node_of_a_cluster_is_told_apart_from_a_server_that_is_away() -> None:
    moved = redis.exceptions.MovedError("3999 127.0.0.1:6381")
    assert "cluster, which is not supported" in away(moved, "The server")
    assert away(TimeoutError(), "The server") == "The server does not answer (TimeoutError)."


def test_scripts_come_with_the_package() -> None:
    assert "HGETALL" in script("vedette.stores.leases", "exchange")
