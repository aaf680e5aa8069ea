"""From attempt to attempt, through a real gateway."""

from pathlib import Path

import pytest

from tests.support.answers import chat_body, error
from tests.support.gateway import provider as settings
from tests.support.gateway import route, running_gateway
from tests.support.upstream import Upstream
from tests.support.wire import call, chat
from vedette.model.settings import TargetSettings, WhenSettings


async def test_a_failing_target_is_left_alone_and_asked_again_later(tmp_path: Path) -> None:
    async with Upstream() as bad, Upstream() as good:
        routes = [route("fast", ("a", "m1"), ("b", "m2"), retries=0, cooldown_s=3600)]
        providers = [settings("a", bad.url), settings("b", good.url)]
        async with running_gateway(tmp_path, *providers, routes=routes) as gateway:
            bad.respond = lambda _: error(500)
            for _ in range(6):
                answered = await call(gateway, chat("fast"))
                assert answered.status == 200
                assert answered.header("x-vedette-provider") == "b"
            assert len(bad.requests) == 3, "three failures in a row, then rest"
            assert len(good.requests) == 6


async def test_an_answer_of_another_than_the_first_is_a_fallback(tmp_path: Path) -> None:
    async with Upstream() as one, Upstream() as other:
        routes = [route("fast", ("a", "m1"), ("b", "m2"))]
        providers = [settings("a", one.url), settings("b", other.url)]
        async with running_gateway(tmp_path, *providers, routes=routes) as gateway:
            one.script(error(503))
            answered = await call(gateway, chat("fast"))
            assert answered.header("x-vedette-fallback") == "true"
            answered = await call(gateway, chat("fast"))
            assert answered.header("x-vedette-fallback") == "false"
            assert answered.body == chat_body()


async def test_a_call_that_no_target_is_meant_for_is_told_why(tmp_path: Path) -> None:
    when = WhenSettings(tags=("vip",))
    picky = route("fast", strategy="conditional")
    async with Upstream() as upstream:
        only = TargetSettings(provider="a", model="m", when=when)
        routes = [type(picky)(model="fast", strategy="conditional", targets=(only,))]
        async with running_gateway(tmp_path, settings("a", upstream.url), routes=routes) as gateway:
            answered = await call(gateway, chat("fast"))
            assert answered.status == 404
            assert b"vip" in answered.body
            assert upstream.requests == []


@pytest.mark.parametrize("status", [400, 404, 422])
async def test_the_requests_own_faults_do_not_open_a_target(tmp_path: Path, status: int) -> None:
    async with Upstream() as upstream:
        routes = [route("fast", ("a", "m1"), retries=0)]
        async with running_gateway(tmp_path, settings("a", upstream.url), routes=routes) as gateway:
            upstream.respond = lambda _: error(status)
            for _ in range(5):
                assert (await call(gateway, chat("fast"))).status == status
            health = gateway.worker._health_book.of("a", "m1")
            assert health.state(0.0) == "closed"
            assert health.in_flight == 0
