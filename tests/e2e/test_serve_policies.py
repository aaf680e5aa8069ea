"""Policies of the console in what runs: in every worker within a second, and when the core is not
there."""

import json
import time
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.support.served import Served, serving, until
from tests.support.upstream import Upstream

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

MAIL = "ada@lovelace.org"
RULE = {"name": "words", "detector": "keywords", "options": {"words": ["forbidden"]},
        "where": ["input"], "actions": [{"kind": "block", "text": "Not here."}]}  # fmt: skip


def config(upstream: Upstream) -> dict[str, Any]:
    provider = {"name": "p", "kind": "openai", "base_url": upstream.url, "api_key": "sk-x"}
    return {"providers": [{**provider, "models": ["m"]}]}


def call(served: Served, text: str, **headers: str) -> "httpx2.Response":
    body = {"model": "m", "messages": [{"role": "user", "content": text}]}
    return httpx2.post(
        f"{served.gateway}/v1/chat/completions", json=body, headers=headers, timeout=20
    )


def send(served: Served, method: str, path: str, **body: Any) -> Any:
    answer = httpx2.request(method, f"{served.console}/api/v1{path}", json=body or None, timeout=20)
    assert answer.status_code < 300, answer.text
    return answer.json() if answer.content else None


def wait_until(served: Served, blocked: bool, calls: int = 6, **headers: str) -> float:
    """Seconds until so many calls in a row, over fresh connections, end that way."""
    started = time.monotonic()
    wanted = 400 if blocked else 200

    def all_so() -> bool | None:
        answers = [call(served, "It is forbidden.", **headers) for _ in range(calls)]
        return all(one.status_code == wanted for one in answers) or None

    until(all_so, 15, lambda: served.output)
    return time.monotonic() - started


async def test_a_policy_holds_in_every_worker_and_outlives_the_core(tmp_path: Path) -> None:
    import asyncio

    async with Upstream() as upstream:
        with serving(tmp_path, "--workers", "2", config=config(upstream)) as served:
            work = asyncio.to_thread
            assert (await work(call, served, "It is forbidden.")).status_code == 200
            await work(send, served, "POST", "/policies", policy={"name": "bot", "rules": [RULE]})
            assert (await work(call, served, "It is forbidden.")).status_code == 200
            await work(send, served, "POST", "/policies/bot/publish", version=1)
            await work(wait_until, served, True)
            # Who is blocked is told so in words, and a worker that is born later knows it, too.
            pid = served.children("worker")[0]
            served.kill_child("worker")
            await work(served.wait_child, "worker", pid)
            await work(wait_until, served, True)
            core = served.children("core")[0]
            served.kill_child("core")
            assert (await work(call, served, "It is forbidden.")).status_code == 400
            await work(served.wait_child, "core", core)
            await work(until, lambda: served.ready_of(served.console)[0] == 200 or None, 15,
                       lambda: served.output)  # fmt: skip
            await work(send, served, "POST", "/policies/bot/mode", mode="shadow")
            await work(wait_until, served, False)
            await work(send, served, "POST", "/policies/bot/rollback", version=1)
            await work(wait_until, served, True)
            await work(send, served, "DELETE", "/policies/bot")
            await work(wait_until, served, False)


async def test_what_does_not_compile_changes_nothing(tmp_path: Path) -> None:
    import asyncio

    async with Upstream() as upstream:
        with serving(tmp_path, config=config(upstream)) as served:
            work = asyncio.to_thread
            await work(send, served, "POST", "/policies", policy={"name": "bot", "rules": [RULE]})
            await work(send, served, "POST", "/policies/bot/publish", version=1)
            await work(wait_until, served, True)
            broken = {**RULE, "detector": "pij"}
            answer = await work(
                httpx2.put, f"{served.console}/api/v1/policies/bot",
                json={"policy": {"name": "bot", "rules": [broken]}},
            )  # fmt: skip
            assert answer.status_code == 400
            assert answer.json()["errors"][0]["name"] == "policy.rules[0].detector"
            assert (await work(call, served, "It is forbidden.")).status_code == 400


async def test_a_span_says_which_version_and_which_side(tmp_path: Path) -> None:
    import asyncio

    async with Upstream() as upstream:
        with serving(tmp_path, config=config(upstream)) as served:
            work = asyncio.to_thread
            await work(send, served, "POST", "/policies", policy={"name": "bot", "rules": [RULE]})
            await work(send, served, "POST", "/policies/bot/publish", version=1)
            shadow = {"name": "bot", "rules": [RULE], "mode": "shadow"}
            await work(send, served, "PUT", "/policies/bot", policy=shadow)
            await work(send, served, "POST", "/policies/bot/publish", version=2, share=50)
            statuses: dict[str, set[int]] = {}
            sessions = [f"s{n}" for n in range(12)]

            def both_sides() -> bool | None:
                statuses.clear()
                for session in sessions * 2:
                    answer = call(served, "It is forbidden.", **{"x-vedette-session": session})
                    statuses.setdefault(session, set()).add(answer.status_code)
                seen = {next(iter(s)) for s in statuses.values() if len(s) == 1}
                return (seen == {200, 400} and all(len(s) == 1 for s in statuses.values())) or None

            await work(until, both_sides, 15, lambda: f"{statuses}\n{served.output}")
            expected = {200: ("bot@2", "bot:B"), 400: ("bot@1", "bot:A")}
            session = sessions[0]
            status = next(iter(statuses[session]))

            def told() -> tuple[str, str] | None:
                spans = served.api("/spans", session=session, limit=1)["items"]
                if not spans:
                    return None
                said = spans[0]["attributes"]
                full = served.api(f"/traces/{spans[0]['trace_id']}/spans/{spans[0]['span_id']}")
                said = full["attributes"]
                hits = json.loads(said["vedette.guard.hits"])
                assert hits[0][10] == "words"
                return said["vedette.guard.versions"], said["vedette.guard.share"]

            found = await work(until, told, 10, lambda: served.output)
            assert found == expected[status]
