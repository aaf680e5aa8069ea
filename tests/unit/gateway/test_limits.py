"""Calls are held to what their key, project, user and model may spend and ask."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.support import answers
from tests.support.answers import gated
from tests.support.gateway import RunningGateway, provider, route, running_gateway
from tests.support.upstream import Upstream
from tests.support.wire import call, chat, dial, error_of
from tests.support.wire import request as raw_request
from vedette.costs.counters import Counters
from vedette.costs.limits import limits_of
from vedette.model.settings import OwnPrice
from vedette.model.tenant import (
    AccessSnapshot,
    Allowance,
    Budget,
    Limits,
    Project,
    ScopedAllowance,
    VirtualKey,
)

SECRET = "vdt_abc_secret"
KEY = [("authorization", f"Bearer {SECRET}")]
PRICE = OwnPrice(provider="a", model="*", input_atto_usd=0, output_atto_usd=10**15)
"""A thousandth of a dollar for a token."""
CHEAP = OwnPrice(provider="b", model="*", input_atto_usd=0, output_atto_usd=10**12)


NOTHING = Allowance()


def answer(tokens: int = 10) -> Any:
    return answers.chat(
        usage={"prompt_tokens": 5, "completion_tokens": tokens, "total_tokens": 5 + tokens}
    )


def budget(milli_usd: int, **fields: Any) -> Allowance:
    return Allowance(budgets=(Budget(limit_nano_usd=milli_usd * 10**6, **fields),))


@asynccontextmanager
async def limited(
    tmp_path: Path, allowance: Allowance = NOTHING, **changes: Any
) -> AsyncIterator[tuple[Upstream, RunningGateway]]:
    """A gateway with one key and two providers, of which the second is cheap."""
    digest = hashlib.sha256(SECRET.encode()).hexdigest()
    key = VirtualKey(id="abc", sha256=digest, project_id="p1", allowance=allowance)
    snapshot = AccessSnapshot(version=1, keys=(key,), projects=(Project(id="p1", name="P"),))
    (tmp_path / "access").write_bytes(msgspec.msgpack.encode(snapshot))
    async with Upstream() as upstream:
        upstream.respond = lambda _: answer()
        providers = [provider(name, upstream.url, api_key="sk") for name in ("a", "b")]
        fields = {"access_file": str(tmp_path / "access"), "prices": (PRICE, CHEAP), **changes}
        async with running_gateway(tmp_path, *providers, **fields) as gateway:
            yield upstream, gateway


async def ask(gateway: RunningGateway, model: str = "a/m", **fields: Any) -> Any:
    headers = [*KEY, *fields.pop("headers", [])]
    return await call(gateway, chat(model, **{"max_tokens": 10, **fields}), headers=headers)


async def test_a_rate_lets_so_many_calls_through(tmp_path: Path) -> None:
    async with limited(tmp_path, Allowance(limits=Limits(rpm=2))) as (upstream, gateway):
        first, second, third = [await ask(gateway) for _ in range(3)]
        assert [one.status for one in (first, second, third)] == [200, 200, 429]
        assert first.header("x-vedette-limit") == "2;scope=key;unit=requests;window=1m"
        assert first.header("x-vedette-remaining") == "1"
        assert 60 <= int(first.header("x-vedette-reset") or 0) <= 62
        assert error_of(third)["code"] == "rate_limit_exceeded"
        assert error_of(third)["type"] == "rate_limit_error"
        assert 58 <= int(third.header("retry-after") or 0) <= 62
        assert third.header("x-should-retry") is None
        assert len(upstream.requests) == 2
        spans = await gateway.spans.count(3)
        assert sorted(span.status for span in spans) == ["error", "ok", "ok"]


async def test_a_spent_budget_ends_all_calls(tmp_path: Path) -> None:
    async with limited(tmp_path, budget(20)) as (upstream, gateway):
        statuses = [(await ask(gateway)).status for _ in range(2)]
        refused = await ask(gateway)
        assert [*statuses, refused.status] == [200, 200, 429]
        said = error_of(refused)
        assert (said["code"], said["type"]) == ("insufficient_quota", "insufficient_quota")
        assert "0.020000 USD (total)" in said["message"]
        assert refused.header("x-should-retry") == "false"
        assert refused.header("x-vedette-remaining") == "0.000000"
        assert len(upstream.requests) == 2


async def test_many_calls_at_once_use_all_of_a_budget_and_no_more(tmp_path: Path) -> None:
    """Each may come to 100, comes to 10: they wait for each other instead of being refused."""
    async with limited(tmp_path, budget(200)) as (upstream, gateway):
        calls = [asyncio.create_task(ask(gateway, max_tokens=100)) for _ in range(40)]
        statuses = [(await one).status for one in calls]
        assert statuses.count(200) == len(upstream.requests) == 20
        assert statuses.count(429) == 20


async def test_a_call_that_fails_gives_back_what_it_held(tmp_path: Path) -> None:
    async with limited(tmp_path, budget(20)) as (upstream, gateway):
        for _ in range(3):
            upstream.script(answers.error(400))
            assert (await ask(gateway, max_tokens=20)).status == 400
        assert (await ask(gateway, max_tokens=20)).status == 200


async def test_a_client_that_leaves_holds_nothing(tmp_path: Path) -> None:
    async with limited(tmp_path, Allowance(limits=Limits(concurrency=1))) as (upstream, gateway):
        upstream.script(gated(answer()))
        async with dial(gateway) as client:
            client.send(raw_request(chat("a/m"), headers=KEY))
            await upstream.received()
            refused = await ask(gateway)
            assert refused.status == 429
            assert "1 calls under way" in error_of(refused)["message"]
            assert refused.header("retry-after") == "1"
        await gateway.spans.count(2)
        assert (await ask(gateway)).status == 200


async def test_tokens_a_minute_are_those_that_were_used(tmp_path: Path) -> None:
    async with limited(tmp_path, Allowance(limits=Limits(tpm=100))) as (_, gateway):
        answered = await ask(gateway, max_tokens=50)
        assert answered.header("x-vedette-limit") == "100;scope=key;unit=tokens;window=1m"
        assert (await ask(gateway, max_tokens=50)).status == 200
        assert (await ask(gateway, max_tokens=90)).status == 200
        assert [(await ask(gateway)).status for _ in range(5)][-1] == 429


async def test_a_warning_comes_before_the_end(tmp_path: Path) -> None:
    async with limited(tmp_path, budget(20, soft=(0.4, 0.9))) as (_, gateway):
        first = await ask(gateway)
        assert first.header("x-vedette-budget") == "scope=key;unit=usd;window=total;used=0.500"
        (span,) = await gateway.spans.count(1)
        assert span.payload.attributes["vedette.budget.soft"] == "key:total:0.4"
        second = await ask(gateway)
        assert second.header("x-vedette-budget") == "scope=key;unit=usd;window=total;used=1.000"


async def test_a_throttled_budget_lets_a_few_calls_through(tmp_path: Path) -> None:
    async with limited(tmp_path, budget(10, action="throttle")) as (_, gateway):
        statuses = [(await ask(gateway)).status for _ in range(9)]
        assert statuses == [200] * 7 + [429] * 2
        assert error_of(await ask(gateway))["code"] == "rate_limit_exceeded"


async def test_a_spent_budget_turns_to_the_cheapest_target(tmp_path: Path) -> None:
    routes = [route("fast", ("a", "m"), ("b", "m"))]
    allowance = budget(10, action="reroute")
    async with limited(tmp_path, allowance, routes=routes) as (_, gateway):
        providers = [(await ask(gateway, "fast")).header("x-vedette-provider") for _ in range(3)]
        assert providers == ["a", "b", "b"]
        assert (await ask(gateway, "a/m")).status == 429


async def test_a_spent_budget_turns_to_the_model_it_names(tmp_path: Path) -> None:
    allowance = budget(10, action="reroute", reroute_to="b/small")
    async with limited(tmp_path, allowance) as (upstream, gateway):
        await ask(gateway)
        assert (await ask(gateway)).header("x-vedette-model") == "small"
        assert b'"small"' in upstream.requests[-1].body


async def test_users_and_tags_have_allowances_of_their_own(tmp_path: Path) -> None:
    rules = (
        ScopedAllowance(scope="user", allowance=Allowance(limits=Limits(rpm=1))),
        ScopedAllowance(scope="tag", name="beta", allowance=Allowance(limits=Limits(rpm=2))),
    )
    async with limited(tmp_path, allowances=rules) as (_, gateway):

        async def by(user: str, tag: str) -> int:
            named = [("x-vedette-user", user), ("x-vedette-tags", tag)]
            return int((await ask(gateway, headers=named)).status)

        assert [await by("ann", "beta"), await by("ann", "beta")] == [200, 429]
        assert [await by("bob", "beta"), await by("cem", "beta")] == [200, 429]
        assert await by("dora", "stable") == 200


async def test_every_dialect_is_told_in_its_own_words(tmp_path: Path) -> None:
    async with limited(tmp_path, Allowance(limits=Limits(rpm=1))) as (_, gateway):
        await ask(gateway)
        body = {"model": "a/m", "max_tokens": 5, "messages": [{"role": "user", "content": "x"}]}
        refused = await call(gateway, msgspec.json.encode(body), "/v1/messages", headers=KEY)
        assert refused.status == 429
        assert msgspec.json.decode(refused.body)["error"]["type"] == "rate_limit_error"


async def test_streams_are_settled_when_they_end(tmp_path: Path) -> None:
    async with limited(tmp_path, budget(6)) as (upstream, gateway):
        upstream.respond = lambda _: answers.chat_stream(["Hi"], usage=True)
        for status in (200, 200, 429):
            assert (await ask(gateway, stream=True, max_tokens=4)).status == status


@pytest.mark.parametrize(("declared", "status"), [("open", 200), ("closed", 503)])
async def test_where_counters_fail_the_limit_says_what_happens(
    tmp_path: Path, declared: Any, status: int
) -> None:
    allowance = Allowance(limits=Limits(rpm=1), on_failure=declared)
    file = str(tmp_path / "counters")
    async with limited(tmp_path, allowance, counters_file=file) as (_, gateway):
        holder = Counters.at(file)
        holder._lock()
        assert [(await ask(gateway)).status for _ in range(2)] == [status] * 2
        holder._unlock()
        assert [(await ask(gateway)).status for _ in range(2)] == [200, 429]
        holder.close()


async def test_a_budget_outlives_the_gateway(tmp_path: Path) -> None:
    file = str(tmp_path / "counters")
    for statuses in ([200, 200], [429]):
        async with limited(tmp_path, budget(20), counters_file=file) as (_, gateway):
            assert [(await ask(gateway)).status for _ in statuses] == statuses
    counters = Counters.at(file)
    (limit,) = limits_of("key", "abc", budget(20))
    assert counters.balance(limit.account, 2 * 10**18)[:2] == (20 * 10**6, 0)
    counters.close()


async def test_calls_without_limits_are_told_of_none(tmp_path: Path) -> None:
    async with limited(tmp_path) as (_, gateway):
        assert (await ask(gateway)).header("x-vedette-limit") is None
