"""Keys take turns, and those that are refused rest."""

from pathlib import Path

import pytest

from tests.support.answers import Script, error
from tests.support.answers import chat as chat_answer
from tests.support.gateway import provider, running_gateway
from tests.support.upstream import Received, Upstream
from tests.support.wire import call, chat
from vedette.gateway.keys import KeyRing
from vedette.model.settings import ProviderSettings
from vedette.providers.openai import Provider


def ring(count: int) -> KeyRing:
    settings = ProviderSettings(name="a", kind="openai", base_url="http://up:1/v1")
    return KeyRing([Provider(settings) for _ in range(count)])


def test_keys_take_turns() -> None:
    keys = ring(3)
    assert [keys.pick(0.0) for _ in range(4)] == [0, 1, 2, 0]


def test_a_refused_key_rests() -> None:
    keys = ring(2)
    assert keys.refused(0, 401, 0.0, None)
    assert {keys.pick(1.0) for _ in range(4)} == {1}
    assert {keys.pick(301.0) for _ in range(4)} == {0, 1}


def test_a_busy_key_rests_as_long_as_it_is_told_to() -> None:
    keys = ring(2)
    keys.refused(0, 429, 0.0, 5.0)
    assert {keys.pick(4.0) for _ in range(4)} == {1}
    assert {keys.pick(5.0) for _ in range(4)} == {0, 1}


def test_where_all_are_refused_there_is_no_other() -> None:
    keys = ring(2)
    keys.refused(0, 401, 0.0, None)
    assert not keys.refused(1, 401, 1.0, None)
    assert keys.pick(2.0) == 0
    keys.accepted(0)
    assert keys.pick(2.0) == 0
    assert not ring(1).refused(0, 401, 0.0, None)


def only(*good: str, status: int) -> object:
    def respond(request: Received) -> Script:
        key = (request.header("authorization") or "").removeprefix("Bearer ")
        return chat_answer() if key in good else error(status)

    return respond


@pytest.mark.parametrize("status", [401, 403, 429])
async def test_another_key_is_tried_at_once(tmp_path: Path, status: int) -> None:
    async with Upstream() as upstream:
        upstream.respond = only("k2", status=status)  # type: ignore[assignment]
        several = provider("a", upstream.url, api_key="k1", api_keys=("k1", "k2"))
        async with running_gateway(tmp_path, several) as gateway:
            for _ in range(3):
                assert (await call(gateway, chat("a/m"))).status == 200
            used = [request.header("authorization") for request in upstream.requests]
            assert used == ["Bearer k1", "Bearer k2", "Bearer k2", "Bearer k2"]


async def test_clients_are_not_blamed_for_our_keys(tmp_path: Path) -> None:
    async with Upstream() as upstream:
        upstream.respond = only(status=401)  # type: ignore[assignment]
        several = provider("a", upstream.url, api_key="k1", api_keys=("k1", "k2"))
        async with running_gateway(tmp_path, several) as gateway:
            answered = await call(gateway, chat("a/m"))
            assert answered.status == 502
            assert b"upstream_credentials_exhausted" in answered.body
            assert len(upstream.requests) == 2
