"""Two attempts at one answer; and who is silent is looked after."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.support.answers import Stall, chat_stream, error, gated
from tests.support.gateway import RunningGateway, route, running_gateway
from tests.support.gateway import provider as settings
from tests.support.upstream import Upstream
from tests.support.wire import call, chat, dial, read_head
from tests.support.wire import request as raw_request
from vedette.model.settings import Timeouts


@asynccontextmanager
async def two(
    tmp_path: Path, **changes: object
) -> AsyncIterator[tuple[Upstream, Upstream, RunningGateway]]:
    async with Upstream() as one, Upstream() as other:
        routes = [route("fast", ("a", "m1"), ("b", "m2"), **changes)]
        patient = Timeouts(connect_s=3, first_byte_s=30, first_token_s=60, idle_s=30)
        providers = [settings(n, u.url, timeouts=patient) for n, u in (("a", one), ("b", other))]
        async with running_gateway(tmp_path, *providers, routes=routes) as gateway:
            yield one, other, gateway


async def test_a_late_first_token_comes_from_the_next_target(tmp_path: Path) -> None:
    async with two(tmp_path, hedge_after_s=0.1) as (one, other, gateway):
        one.script((Stall(),))
        other.script(chat_stream(["From the second."]))
        answered = await call(gateway, chat("fast", stream=True))
        assert b"From the second." in answered.body
        assert answered.header("x-vedette-provider") == "b"
        assert answered.header("x-vedette-fallback") == "true"
        await one.client_gone(0)
        attempts = (await gateway.span()).payload.attempts
        assert sorted(a.error for a in attempts) == ["", "slower_than_another"]


async def test_who_is_in_time_is_not_hedged(tmp_path: Path) -> None:
    async with two(tmp_path, hedge_after_s=1.5) as (one, other, gateway):
        one.script(chat_stream(["From the first."]))
        answered = await call(gateway, chat("fast", stream=True))
        assert b"From the first." in answered.body
        assert other.requests == []


async def test_the_first_may_still_be_first(tmp_path: Path) -> None:
    async with two(tmp_path, hedge_after_s=0.1) as (one, other, gateway):
        one.script(gated(chat_stream(["From the first."])))
        other.script((Stall(),))
        async with dial(gateway) as client:
            client.send(raw_request(chat("fast", stream=True)))
            await other.until(lambda: len(other.requests) == 1)
            one.open_gate()
            status, _ = await read_head(client)
            assert status == 200
            await other.client_gone(0)


async def test_both_may_fail(tmp_path: Path) -> None:
    async with two(tmp_path, hedge_after_s=0.05, retries=0) as (one, other, gateway):
        one.script(gated(error(503, message="first")))
        other.script(error(500, message="second"))
        async with dial(gateway) as client:
            client.send(raw_request(chat("fast", stream=True)))
            await other.until(lambda: len(other.requests) == 1)
            one.open_gate()
            answered = await client.answer()
            assert answered.status == 503
            assert b"first" in answered.body


async def test_a_client_that_leaves_ends_both(tmp_path: Path) -> None:
    async with two(tmp_path, hedge_after_s=0.05) as (one, other, gateway):
        one.script((Stall(),))
        other.script((Stall(),))
        async with dial(gateway) as client:
            client.send(raw_request(chat("fast", stream=True)))
            await other.until(lambda: len(other.requests) == 1)
        await one.client_gone(0)
        await other.client_gone(0)
        assert (await gateway.span()).status == "error"


@pytest.mark.slow
async def test_a_target_that_hangs_altogether_is_given_up_within_five_seconds(
    tmp_path: Path,
) -> None:
    async with two(tmp_path) as (one, other, gateway):
        one.respond = lambda _: (Stall(),)
        other.script(chat_stream(["From the second."]))
        async with asyncio.timeout(4.9):
            answered = await call(gateway, chat("fast", stream=True))
        assert b"From the second." in answered.body
        first = (await gateway.span()).payload.attempts[0]
        assert first.error == "silent_and_dead"
