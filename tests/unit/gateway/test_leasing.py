"""Calls wait for a slice of what machines share, and not for long."""

from pathlib import Path

import pytest

from tests.support.answers import error
from tests.support.valkey import valkey
from tests.support.wire import error_of
from tests.unit.gateway.test_limits import ask, budget, limited
from vedette.model.settings import RedisSettings
from vedette.model.tenant import Allowance, Limits


async def test_a_shared_rate_lets_so_many_calls_through(tmp_path: Path) -> None:
    with valkey(tmp_path) as server:
        rate = Allowance(limits=Limits(rpm=2))
        async with limited(tmp_path, rate, redis=server.settings) as (upstream, gateway):
            first, second, third = [await ask(gateway) for _ in range(3)]
            assert [one.status for one in (first, second, third)] == [200, 200, 429]
            assert first.header("x-vedette-limit") == "2;scope=key;unit=requests;window=1m"
            assert [one.header("x-vedette-remaining") for one in (first, second)] == ["1", "0"]
            assert 50 <= int(third.header("retry-after") or 0) <= 62
            assert len(upstream.requests) == 2


async def test_a_shared_budget_is_spent_to_the_end(tmp_path: Path) -> None:
    with valkey(tmp_path) as server:
        async with limited(tmp_path, budget(25), redis=server.settings) as (upstream, gateway):
            statuses = [(await ask(gateway)).status for _ in range(4)]
            assert statuses == [200, 200, 200, 429]
            upstream.script(error(400))
            assert error_of(await ask(gateway))["code"] == "insufficient_quota"


@pytest.mark.parametrize("on_failure", ["open", "closed"])
async def test_a_server_that_is_not_there_is_not_waited_for(
    tmp_path: Path, on_failure: str
) -> None:
    nobody = RedisSettings(url="redis://127.0.0.1:1/0", timeout_s=0.2)
    rate = Allowance(limits=Limits(rpm=2), on_failure=on_failure)  # type: ignore[arg-type]
    async with limited(tmp_path, rate, redis=nobody) as (_, gateway):
        statuses = [(await ask(gateway)).status for _ in range(3)]
        assert statuses == ([200, 200, 429] if on_failure == "open" else [503, 503, 503])
