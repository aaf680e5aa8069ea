"""Places at a provider, and the queue before it."""

import asyncio
from pathlib import Path

from tests.support.answers import chat as chat_answer
from tests.support.answers import gated
from tests.support.gateway import provider, route, running_gateway
from tests.support.upstream import Upstream
from tests.support.wire import call, chat, dial
from tests.support.wire import request as raw_request


async def test_no_more_calls_than_places(tmp_path: Path) -> None:
    async with Upstream() as upstream:
        upstream.respond = lambda _: gated(chat_answer())
        small = provider("a", upstream.url, max_concurrency=2)
        async with running_gateway(tmp_path, small) as gateway, asyncio.TaskGroup() as group:
            calls = [group.create_task(call(gateway, chat("a/m"))) for _ in range(5)]
            await upstream.until(lambda: len(upstream.requests) == 2)
            gate = gateway.worker._upstream(small).gate
            assert gate is not None
            assert (gate.active, gate.limit) == (2, 2)
            upstream.open_gate()
        assert [task.result().status for task in calls] == [200] * 5
        assert gate.active == 0


async def test_interactive_calls_come_before_batch_calls(tmp_path: Path) -> None:
    async with Upstream() as upstream:
        upstream.respond = lambda request: gated(chat_answer(), request.header("x-n") or "")
        single = provider("a", upstream.url, max_concurrency=1)
        async with running_gateway(tmp_path, single) as gateway, asyncio.TaskGroup() as group:
            gate = gateway.worker._upstream(single).gate
            assert gate is not None
            order = ["first", "batch1", "batch2", "urgent"]
            for count, name in enumerate(order):
                headers = {"x-n": name}
                if name.startswith("batch"):
                    headers["x-vedette-priority"] = "batch"
                group.create_task(call(gateway, chat("a/m"), headers=list(headers.items())))
                if count == 0:
                    await upstream.until(lambda: len(upstream.requests) == 1)
                while gate.waiting < count:
                    await asyncio.sleep(0)
            for name in ("first", "urgent", "batch1", "batch2"):
                await upstream.until(
                    lambda name=name: upstream.requests[-1].header("x-n") == name  # type: ignore[misc]
                )
                upstream.open_gate(name)


async def test_a_full_queue_says_when_to_come_back(tmp_path: Path) -> None:
    async with Upstream() as upstream:
        upstream.respond = lambda _: gated(chat_answer())
        tiny = provider("a", upstream.url, max_concurrency=1, queue_size=0, queue_wait_s=7)
        async with running_gateway(tmp_path, tiny) as gateway, asyncio.TaskGroup() as group:
            group.create_task(call(gateway, chat("a/m")))
            await upstream.until(lambda: len(upstream.requests) == 1)
            answered = await call(gateway, chat("a/m"))
            assert (answered.status, answered.header("retry-after")) == (503, "7")
            assert b"provider_busy" in answered.body
            upstream.open_gate()


async def test_who_waits_too_long_goes_to_the_next_target(tmp_path: Path) -> None:
    async with Upstream() as one, Upstream() as other:
        one.respond = lambda _: gated(chat_answer())
        busy = provider("a", one.url, max_concurrency=1, queue_wait_s=0.05)
        routes = [route("fast", ("a", "m1"), ("b", "m2"))]
        providers = (busy, provider("b", other.url))
        async with (
            running_gateway(tmp_path, *providers, routes=routes) as gateway,
            asyncio.TaskGroup() as group,
        ):
            group.create_task(call(gateway, chat("a/m1")))
            await one.until(lambda: len(one.requests) == 1)
            answered = await call(gateway, chat("fast"))
            assert answered.header("x-vedette-provider") == "b"
            one.open_gate()


async def test_who_leaves_the_queue_takes_no_place(tmp_path: Path) -> None:
    async with Upstream() as upstream:
        upstream.respond = lambda _: gated(chat_answer())
        single = provider("a", upstream.url, max_concurrency=1)
        async with running_gateway(tmp_path, single) as gateway, asyncio.TaskGroup() as group:
            gate = gateway.worker._upstream(single).gate
            assert gate is not None
            group.create_task(call(gateway, chat("a/m")))
            await upstream.until(lambda: len(upstream.requests) == 1)
            async with dial(gateway) as client:
                client.send(raw_request(chat("a/m")))
                while not gate.waiting:
                    await asyncio.sleep(0)
            while gate.waiting:
                await asyncio.sleep(0)
            upstream.open_gate()
        assert len(upstream.requests) == 1
        assert gate.active == 0
