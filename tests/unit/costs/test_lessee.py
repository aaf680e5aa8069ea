"""One worker of each machine speaks with the store."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from tests.support.marks import several_holders
from tests.support.valkey import Valkey, valkey
from vedette.clock import SystemClock
from vedette.costs.accounts import Account, Charge, Granted, Refused, Short
from vedette.costs.leased import LeasedCounters
from vedette.costs.lessee import Lessee
from vedette.costs.windows import Window
from vedette.model.settings import RedisSettings
from vedette.stores.leases.redis import RedisLeases
from vedette.tasks import Tasks

WAIT_S = 30.0
CLOCK = SystemClock()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Valkey]:
    with valkey(tmp_path) as running:
        yield running


@asynccontextmanager
async def worker(folder: Path, server: Valkey, machine: str = "m") -> AsyncIterator[LeasedCounters]:
    path = folder / machine
    counters = LeasedCounters.at(str(path))
    counters.join()
    leases = RedisLeases(RedisSettings(url=server.url, timeout_s=0.5))
    lessee = Lessee(counters, leases, CLOCK, f"{path}.wake")
    tasks = Tasks()
    tasks.spawn(lessee.run(), name="lessee")
    try:
        yield counters
    finally:
        await tasks.drain()
        await lessee.give_back()
        await lessee.close()
        counters.close()


def account() -> Account:
    return Account("a", 100, Window("total"))


async def take(counters: LeasedCounters, amount: int) -> Granted | Refused:
    """As the gateway does."""
    asked = 0
    async with asyncio.timeout(WAIT_S):
        while True:
            outcome = counters.take([Charge(account(), amount)], CLOCK.now_ns(), asked=asked)
            if not isinstance(outcome, Short):
                return outcome
            if outcome.turn != asked:
                asked = outcome.turn
                counters.wake()
            await asyncio.sleep(0.002)


async def test_two_machines_take_what_there_is(tmp_path: Path, server: Valkey) -> None:
    async with worker(tmp_path, server, "m1") as one, worker(tmp_path, server, "m2") as two:
        assert await take(one, 60) == [40]
        assert isinstance(await take(two, 60), Refused)
        one.settle([(account(), 60, 10)], CLOCK.now_ns())
        async with asyncio.timeout(WAIT_S):
            while isinstance(await take(two, 60), Refused):
                pass
        with server.client() as client:
            (key,) = client.scan_iter("*:limit:*")
            assert client.hget(key, "s") == "10"


async def test_what_a_machine_leaves_is_free_at_once(tmp_path: Path, server: Valkey) -> None:
    async with worker(tmp_path, server, "m1") as one:
        await take(one, 60)
        one.settle([(account(), 60, 10)], CLOCK.now_ns())
    async with worker(tmp_path, server, "m2") as two:
        assert await take(two, 90) == [0]


@several_holders
async def test_another_worker_takes_over(tmp_path: Path, server: Valkey) -> None:
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(worker(tmp_path, server))
        assert await take(first, 10) == [90]
        async with worker(tmp_path, server) as second:
            assert not second.lead()
            assert await take(second, 10) == [80]
            await stack.aclose()
            assert await take(second, 70) == [10]


async def test_it_says_when_the_server_goes_and_when_it_is_back(
    tmp_path: Path, server: Valkey, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with worker(tmp_path, server) as counters, asyncio.timeout(WAIT_S):
        await take(counters, 10)
        server.stop()
        while not counters.is_away:
            await asyncio.sleep(0.01)
        assert await take(counters, 10) == [80]
        server.start()
        while counters.is_away:
            await asyncio.sleep(0.01)
        assert await take(counters, 30) == [50]
    said = [record.getMessage() for record in caplog.records]
    assert len([line for line in said if "counted by this machine alone" in line]) == 1
    assert len([line for line in said if "shared with other machines again" in line]) == 1
