"""Budgets and limits hold over all workers of a running Vedette, whatever dies."""

import asyncio
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.support import answers
from tests.support.answers import delayed
from tests.support.served import WAIT_S, Served, serving, until
from tests.support.upstream import Upstream

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

CENT = {"prompt_tokens": 5, "completion_tokens": 10, "total_tokens": 15}
"""Ten tokens at a thousandth of a dollar."""
WORKERS = 4


def config(upstream: Upstream, workers: int = WORKERS) -> dict[str, Any]:
    provider = {"name": "p", "kind": "openai", "base_url": upstream.url, "api_key": "sk"}
    price = {"provider": "p", "model": "*", "input_usd_per_mtok": 0, "output_usd_per_mtok": 1000}
    return {
        "gateway": {"listen": "127.0.0.1:0", "workers": workers},
        "providers": [provider],
        "prices": [price],
    }


def make_key(served: Served, **body: Any) -> tuple[str, str]:
    """(id, key), known to every worker."""
    sent = {"project": "default", "name": "k", **body}
    made = httpx2.post(f"{served.console}/api/v1/keys", json=sent).json()
    return made["id"], made["key"]


async def ask(client: httpx2.AsyncClient, key: str, **fields: Any) -> int:
    """The status; 0 where the connection broke."""
    body = {"model": "p/m", "messages": [{"role": "user", "content": "x"}], "max_tokens": 10}
    headers = {"authorization": f"Bearer {key}"} if key else {}
    try:
        answer = await client.post("/v1/chat/completions", json=body | fields, headers=headers)
    except httpx2.TransportError:
        return 0
    return answer.status_code


def client(served: Served, connections: int = 500) -> httpx2.AsyncClient:
    limits = httpx2.Limits(max_connections=connections, max_keepalive_connections=0)
    return httpx2.AsyncClient(base_url=served.gateway, limits=limits, timeout=60)


async def wait_for_key(served: Served, key: str) -> None:
    """Until every worker takes this key and no other: connections go to any of them."""
    async with asyncio.timeout(WAIT_S), client(served) as door:
        in_a_row = 0
        while in_a_row < 8 * WORKERS:
            wrong = await door.get("/v1/models", headers={"authorization": "Bearer wrong"})
            right = await door.get("/v1/models", headers={"authorization": f"Bearer {key}"})
            knows = (wrong.status_code, right.status_code) == (401, 200)
            in_a_row = in_a_row + 1 if knows else 0


async def ledger(served: Served, requests: int) -> Decimal:
    """The sum of the ledger once so many calls are in it."""

    def total() -> Any:
        found = served.api("/usage")["total"]
        return found if found["requests"] >= requests else None

    found = await asyncio.to_thread(until, total, WAIT_S, lambda: f"{served.api('/usage')}")
    return Decimal(found["cost_usd"])


async def test_500_calls_on_4_workers_spend_a_dollar_and_no_more(tmp_path: Path) -> None:
    async with Upstream() as upstream:
        upstream.respond = lambda _: delayed(answers.chat(usage=CENT), 0.05)
        with serving(tmp_path, config=config(upstream)) as served:
            id, key = make_key(served, budgets=[{"limit_usd": 1}])
            await wait_for_key(served, key)
            async with client(served) as door:
                calls = [asyncio.create_task(ask(door, key)) for _ in range(500)]
                await upstream.received(20)
                await asyncio.to_thread(served.kill_child, "worker", 0)
                counted = Counter([await call for call in calls])
            # Broken connections are those of the killed worker.
            assert counted[200] + counted[429] + counted[0] == 500
            spent = Decimal(counted[200]) / 100
            assert spent <= Decimal("1.01")
            assert await ledger(served, counted[200] + counted[429]) <= Decimal("1.01")

            def free() -> Any:
                usage = served.api(f"/keys/{id}/usage")
                return usage if usage["reserved_usd"] == "0.000000" else None

            usage = await asyncio.to_thread(
                until, free, WAIT_S, lambda: f"{served.api(f'/keys/{id}/usage')}"
            )
            assert spent <= Decimal(usage["budgets"][0]["spent_usd"]) <= Decimal("1.01")
            # What the killed worker held can be spent by the others.
            async with client(served) as door:
                for _ in range(100):
                    if await ask(door, key) == 429:
                        break
            usage = served.api(f"/keys/{id}/usage")
            assert Decimal("1.00") <= Decimal(usage["budgets"][0]["spent_usd"]) <= Decimal("1.01")
            assert usage["budgets"][0]["resets_at"] is None


async def test_a_rate_is_the_same_with_4_workers(tmp_path: Path) -> None:
    async with Upstream() as upstream:
        with serving(tmp_path, config=config(upstream)) as served:
            _, key = make_key(served, limits={"rpm": 100})
            await wait_for_key(served, key)
            before = len(upstream.requests)
            async with client(served, 60) as door:
                counted = Counter(await asyncio.gather(*(ask(door, key) for _ in range(400))))
            # Those that asked for the list of models were no calls.
            assert counted == {200: 100, 429: 300}
            assert len(upstream.requests) - before == 100


async def test_a_budget_outlives_a_restart_and_the_loss_of_the_counters(tmp_path: Path) -> None:
    async with Upstream() as upstream:
        upstream.respond = lambda _: answers.chat(usage=CENT)
        told = config(upstream, workers=1)
        with serving(tmp_path, config=told) as served:
            id, key = make_key(served, budgets=[{"limit_usd": 0.05}])
            await wait_for_key(served, key)
            async with client(served) as door:
                assert [await ask(door, key) for _ in range(3)] == [200] * 3
            assert await ledger(served, 3) == Decimal("0.03")
            served.kill_everything()
        for lost in (False, True):
            if lost:
                (tmp_path / "vedette-data" / "limits.counters").unlink()
            with serving(tmp_path, config=told, name=f"again-{lost}") as served:

                def told_before(served: Served = served) -> Any:
                    found = served.api(f"/keys/{id}/usage")["budgets"][0]["spent_usd"]
                    return found == "0.030000" or None

                await asyncio.to_thread(until, told_before, WAIT_S, lambda: served.output)
                served.stop()
        with serving(tmp_path, config=told, name="last") as served:
            async with client(served) as door:
                assert [await ask(door, key) for _ in range(4)] == [200, 200, 429, 429]


async def test_a_user_is_held_to_what_the_console_says_at_once(tmp_path: Path) -> None:
    async with Upstream() as upstream:
        upstream.respond = lambda _: answers.chat(usage=CENT)
        with serving(tmp_path, config=config(upstream, workers=2)) as served:
            async with client(served) as door:
                assert await ask(door, "", user="ann") == 200
                body = {"scope": "user", "limits": {"rpm": 2}}
                made = httpx2.post(f"{served.console}/api/v1/allowances", json=body).json()
                async with asyncio.timeout(WAIT_S):
                    while await ask(door, "", user="ann") != 429:
                        pass
                assert await ask(door, "", user="bob") == 200
                httpx2.delete(f"{served.console}/api/v1/allowances/{made['id']}")
                async with asyncio.timeout(WAIT_S):
                    while await ask(door, "", user="ann") != 200:
                        pass


async def test_the_sum_of_the_ledger_is_the_sum_of_the_spans(tmp_path: Path) -> None:
    async with Upstream() as upstream:
        upstream.respond = lambda _: answers.chat(usage=CENT)
        with serving(tmp_path, config=config(upstream, workers=1)) as served:
            async with client(served) as door:
                await asyncio.gather(*(ask(door, "", user=f"u{n % 3}") for n in range(60)))
            assert await ledger(served, 60) == Decimal("0.60")
            spans = await asyncio.to_thread(served.wait_traces, 60)
            assert sum(Decimal(one["cost_usd"]) for one in spans) == Decimal("0.60")
            by_user = served.api("/usage", by="user")["items"]
            assert {row["by"]["user"]: row["cost_usd"] for row in by_user} == {
                f"u{n}": "0.200000" for n in range(3)
            }
