"""The same call twice is made once."""

import asyncio
from pathlib import Path

import pytest

from tests.support.answers import chat as chat_answer
from tests.support.answers import chat_stream, cut_after, error, gated
from tests.support.gateway import provider, running_gateway
from tests.support.upstream import Upstream
from tests.support.wire import call, chat, dial
from tests.support.wire import request as raw_request

KEY = {"idempotency-key": "k1", "authorization": "Bearer one"}


@pytest.mark.parametrize("stream", [False, True])
async def test_a_call_sent_twice_gets_the_same_answer(tmp_path: Path, stream: bool) -> None:
    async with Upstream() as upstream:
        async with running_gateway(tmp_path, provider("a", upstream.url)) as gateway:
            first = await call(gateway, chat("a/m", stream=stream), headers=list(KEY.items()))
            second = await call(gateway, chat("a/m", stream=stream), headers=list(KEY.items()))
            assert second.body == first.body
            assert second.header("content-type") == first.header("content-type")
            assert second.header("x-vedette-idempotent-replay") == "true"
            assert len(upstream.requests) == 1
            spans = await gateway.spans.count(2)
            assert spans[1].payload.attributes["vedette.idempotent_replay"] == "true"
            assert spans[1].cost_nano_usd is None, "paid once"


async def test_while_the_first_is_under_way_the_second_waits(tmp_path: Path) -> None:
    async with Upstream() as upstream:
        upstream.script(gated(chat_answer()))
        async with running_gateway(tmp_path, provider("a", upstream.url)) as gateway:
            async with asyncio.TaskGroup() as group:
                calls = [
                    group.create_task(call(gateway, chat("a/m"), headers=list(KEY.items())))
                    for _ in range(3)
                ]
                await upstream.until(lambda: len(upstream.requests) == 1)
                upstream.open_gate()
            assert len({task.result().body for task in calls}) == 1
            assert len(upstream.requests) == 1


async def test_the_same_key_for_something_else_is_refused(tmp_path: Path) -> None:
    async with Upstream() as upstream:
        async with running_gateway(tmp_path, provider("a", upstream.url)) as gateway:
            await call(gateway, chat("a/m"), headers=list(KEY.items()))
            answered = await call(gateway, chat("a/m", seed=1), headers=list(KEY.items()))
            assert answered.status == 422
            assert b"idempotency_key_reused" in answered.body


async def test_keys_belong_to_who_presents_them(tmp_path: Path) -> None:
    async with Upstream() as upstream:
        async with running_gateway(tmp_path, provider("a", upstream.url)) as gateway:
            await call(gateway, chat("a/m"), headers=list(KEY.items()))
            other = await call(
                gateway,
                chat("a/m"),
                headers=[("idempotency-key", "k1"), ("authorization", "Bearer two")],
            )
            assert other.header("x-vedette-idempotent-replay") is None
            assert len(upstream.requests) == 2


@pytest.mark.parametrize("stream", [False, True])
async def test_what_failed_is_made_again(tmp_path: Path, stream: bool) -> None:
    async with Upstream() as upstream:
        broken = cut_after(chat_stream(["a", "b", "c"]), 400) if stream else error(500)
        upstream.script(broken)
        async with running_gateway(tmp_path, provider("a", upstream.url)) as gateway:
            await call(gateway, chat("a/m", stream=stream), headers=list(KEY.items()))
            again = await call(gateway, chat("a/m", stream=stream), headers=list(KEY.items()))
            assert again.status == 200
            assert len(upstream.requests) == 2


async def test_a_waiting_client_may_leave(tmp_path: Path) -> None:
    async with Upstream() as upstream:
        upstream.script(gated(chat_answer()))
        async with running_gateway(tmp_path, provider("a", upstream.url)) as gateway:
            async with asyncio.TaskGroup() as group:
                first = group.create_task(call(gateway, chat("a/m"), headers=list(KEY.items())))
                await upstream.until(lambda: len(upstream.requests) == 1)
                async with dial(gateway) as client:
                    client.send(raw_request(chat("a/m"), headers=list(KEY.items())))
                assert (await gateway.spans.count(1))[0].status == "error"
                upstream.open_gate()
            assert first.result().status == 200
