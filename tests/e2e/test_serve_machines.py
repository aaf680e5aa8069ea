"""Machines that share a Valkey server spend one budget and keep one limit."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.e2e.test_serve_money import CENT, ask, client, config
from tests.support import answers
from tests.support.answers import delayed
from tests.support.served import WAIT_S, Served, serving, until
from tests.support.upstream import Upstream
from tests.support.valkey import Valkey, valkey

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]


@contextmanager
def machines(
    folder: Path, upstream: Upstream, server: Valkey, *, count: int = 2, workers: int = 2,
    **allowance: Any,
) -> Iterator[list[Served]]:  # fmt: skip
    """So many installations with one allowance for everybody together."""
    told = config(upstream, workers=workers) | {
        "redis": {"url": server.url, "timeout_s": 0.5},
        "allowances": [{"scope": "project", "name": "*", "together": True, **allowance}],
    }
    with ExitStack() as stack:
        made = []
        for number in range(count):
            place = folder / f"machine{number}"
            place.mkdir()
            made.append(stack.enter_context(serving(place, config=told)))
        yield made


def budget_of(served: Served) -> dict[str, Any]:
    found: dict[str, Any] = served.api("/budgets")["items"][0]["budget"]
    return found


async def flood(served: list[Served], calls: int) -> list["asyncio.Task[int]"]:
    doors = [client(one) for one in served]
    return [asyncio.create_task(ask(doors[n % len(doors)], "")) for n in range(calls)]


def leases(server: Valkey) -> list[str]:
    with server.client() as door:
        return [
            field
            for key in door.scan_iter("*:limit:*")
            for field in door.hkeys(key)
            if field.startswith("l:")
        ]


async def test_500_calls_on_two_machines_spend_a_dollar_and_no_more(tmp_path: Path) -> None:
    with valkey(tmp_path) as server:
        async with Upstream() as upstream:
            upstream.respond = lambda _: delayed(answers.chat(usage=CENT), 0.05)
            with machines(tmp_path, upstream, server, budgets=[{"limit_usd": 1}]) as served:
                calls = await flood(served, 500)
                await upstream.received(20)
                await asyncio.to_thread(served[0].kill_child, "worker", 0)
                counted = Counter([await call for call in calls])
                assert counted[200] + counted[429] + counted[0] == 500
                assert Decimal(counted[200]) / 100 <= Decimal("1.01")
                # What the killed worker held can be spent by the others: all of it, and no more.
                async with client(served[1]) as door:
                    for _ in range(100):
                        if await ask(door, "") == 429:
                            break
                answered = len(upstream.requests)

                def settled() -> Any:
                    found = [budget_of(one) for one in served]
                    return (
                        found if all(one["reserved_usd"] == "0.000000" for one in found) else None
                    )

                found = await asyncio.to_thread(
                    until, settled, WAIT_S, lambda: f"{[budget_of(one) for one in served]}"
                )
                spent = [Decimal(one["spent_usd"]) for one in found]
                assert spent[0] == spent[1]
                assert Decimal("1.00") <= spent[0] <= Decimal("1.01")
                assert answered >= 100
                await asyncio.to_thread(
                    until, lambda: True if not leases(server) else None, WAIT_S,
                    lambda: f"{leases(server)}",
                )  # fmt: skip


async def test_a_rate_is_the_same_on_two_machines(tmp_path: Path) -> None:
    with valkey(tmp_path) as server:
        async with Upstream() as upstream:
            with machines(tmp_path, upstream, server, limits={"rpm": 100}) as served:
                counted = Counter([await call for call in await flood(served, 400)])
                assert counted == {200: 100, 429: 300}
                assert len(upstream.requests) == 100


async def test_calls_at_a_time_are_counted_on_all_machines(tmp_path: Path) -> None:
    with valkey(tmp_path) as server:
        async with Upstream() as upstream:
            upstream.respond = lambda _: delayed(answers.chat(usage=CENT), 3)
            with machines(tmp_path, upstream, server, limits={"concurrency": 10}) as served:
                counted = Counter([await call for call in await flood(served, 40)])
                assert counted == {200: 10, 429: 30}
                upstream.respond = lambda _: delayed(answers.chat(usage=CENT), 0.5)
                # A machine tells the other within moments that its calls are over.
                async with asyncio.timeout(WAIT_S):
                    again: Counter[int] = Counter()
                    while again != {200: 10}:
                        again = Counter([await call for call in await flood(served, 10)])


@pytest.mark.parametrize("on_failure", ["open", "closed"])
async def test_a_server_that_went_and_came_back(tmp_path: Path, on_failure: str) -> None:
    """Empty, as it keeps nothing on the disk: the machines tell it what was used."""
    with valkey(tmp_path) as server:
        async with Upstream() as upstream:
            upstream.respond = lambda _: answers.chat(usage=CENT)
            rule: dict[str, Any] = {"budgets": [{"limit_usd": 0.1}], "on_failure": on_failure}
            with machines(tmp_path, upstream, server, workers=1, **rule) as served:
                async with client(served[0]) as here, client(served[1]) as there:
                    assert [await ask(here, "") for _ in range(2)] == [200] * 2
                    assert [await ask(there, "") for _ in range(2)] == [200] * 2
                    server.stop()
                    for one in served:
                        await asyncio.to_thread(one.wait_log, "counted by this machine alone")
                    away = [await ask(here, "") for _ in range(12)]
                    # Four were known to be spent, or two at least.
                    if on_failure == "open":
                        assert 6 <= away.count(200) <= 8
                        assert set(away) == {200, 429}
                    else:
                        assert away.count(503) >= 10
                    server.start()
                    for one in served:
                        await asyncio.to_thread(one.wait_log, "shared with other machines again")
                    after = [await ask(there, "") for _ in range(12)]
                    assert after[-1] == 429
                    assert 503 not in after
                    answered = len(upstream.requests)
                    assert answered == 10 or (on_failure == "open" and answered <= 12)
                assert budget_of(served[0])["reserved_usd"] == "0.000000"


async def test_a_server_that_is_emptied_is_told_again_while_all_run(tmp_path: Path) -> None:
    def seeded(server: Valkey) -> bool | None:
        with server.client() as door:
            keys = list(door.scan_iter("*:limit:*"))
            return True if any(door.hget(key, "seeded") for key in keys) else None

    async def until_seeded(server: Valkey) -> None:
        await asyncio.to_thread(until, lambda: seeded(server), WAIT_S, lambda: "not seeded again")

    async def until_refused(door: httpx2.AsyncClient) -> None:
        async with asyncio.timeout(WAIT_S):
            while await ask(door, "") != 429:
                await asyncio.sleep(0.05)

    with valkey(tmp_path) as server:
        async with Upstream() as upstream:
            upstream.respond = lambda _: answers.chat(usage=CENT)
            # Closed: a machine that has not found the server again lets nothing through.
            rule: dict[str, Any] = {"budgets": [{"limit_usd": 0.1}], "on_failure": "closed"}
            with machines(tmp_path, upstream, server, workers=1, **rule) as served:
                async with client(served[0]) as here, client(served[1]) as there:
                    assert [await ask(here, "") for _ in range(3)] == [200] * 3
                    assert [await ask(there, "") for _ in range(3)] == [200] * 3
                    await until_seeded(server)
                    with server.client() as door:
                        door.flushall()
                    await until_seeded(server)
                    assert await ask(here, "") == 200
                    server.stop()
                    server.start()
                    await until_seeded(server)
                    for door in (here, there):
                        await until_refused(door)
                    # Slices that machines held when the server forgot them are spent beside: the
                    # three cents at most that were left then.
                    assert 10 <= len(upstream.requests) <= 14
