"""Whoever spends a budget is told of at a webhook, by a running Vedette."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.support.alerting import Receiver, receiving
from tests.support.answers import chat
from tests.support.served import Served, serving, until
from tests.support.upstream import Upstream

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]

CENT = {"prompt_tokens": 5, "completion_tokens": 10, "total_tokens": 15}
"""Ten tokens at a thousandth of a dollar."""


def config(upstream: Upstream) -> dict[str, Any]:
    provider = {"name": "p", "kind": "openai", "base_url": upstream.url, "api_key": "sk"}
    price = {"provider": "p", "model": "*", "input_usd_per_mtok": 0, "output_usd_per_mtok": 1000}
    return {"alerts": {"every_s": 1}, "providers": [provider], "prices": [price]}


def make(served: Served, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = httpx2.post(f"{served.console}/api/v1{path}", json=body, timeout=30)
    assert answer.status_code in (200, 201), answer.text
    made: dict[str, Any] = answer.json()
    return made


def spend(served: Served, key: str) -> int:
    body = {"model": "p/m", "messages": [{"role": "user", "content": "x"}], "max_tokens": 10}
    answer = httpx2.post(
        f"{served.gateway}/v1/chat/completions", json=body, timeout=30,
        headers={"authorization": f"Bearer {key}"},
    )  # fmt: skip
    return answer.status_code


def told(receiver: Receiver, happening: str) -> Callable[[], dict[str, Any] | None]:
    def look() -> dict[str, Any] | None:
        with receiver.came:
            bodies = [json.loads(body) for _, _, body in receiver.requests]
        lines = [one for body in bodies for one in body["alerts"]]
        return next((one for one in lines if one["happening"] == happening), None)

    return look


async def test_a_threshold_and_the_end_of_a_budget_are_told(tmp_path: Path) -> None:
    async with Upstream() as upstream:
        upstream.respond = lambda _: chat(usage=CENT)
        with receiving() as receiver, serving(tmp_path, config=config(upstream)) as served:
            await asyncio.to_thread(_spent_and_told, served, receiver)


def _spent_and_told(served: Served, receiver: Receiver) -> None:
    make(served, "/alert-channels", {
        "name": "hook", "kind": "webhook", "options": {"url": receiver.url},
    })  # fmt: skip
    make(served, "/alert-rules", {
        "name": "money", "kind": "event", "subject": "budget", "channels": ["hook"],
    })  # fmt: skip
    made = make(served, "/keys", {
        "project": "default", "name": "k",
        "budgets": [{"limit_usd": 0.1, "window": "total", "soft": [0.5]}],
    })  # fmt: skip
    key = made["key"]
    # Until the worker knows of keys, it takes any.
    until(lambda: spend(served, "wrong") == 401 or None, 60, lambda: served.output)
    for _ in range(6):
        assert spend(served, key) == 200
    warned = until(told(receiver, "opened"), 120, lambda: served.output)
    assert (warned["rule"], warned["severity"]) == ("money", "warning")
    while spend(served, key) == 200:
        continue
    assert spend(served, key) == 429
    spent = until(told(receiver, "worsened"), 120, lambda: served.output)
    assert (spent["id"], spent["severity"]) == (warned["id"], "critical")
    assert spent["summary"].startswith("0.100000 of 0.100000 USD (total) are spent by key ")
    httpx2.delete(f"{served.console}/api/v1/keys/{made['id']}", timeout=30)
    over = until(told(receiver, "resolved"), 120, lambda: served.output)
    assert over["id"] == warned["id"]
