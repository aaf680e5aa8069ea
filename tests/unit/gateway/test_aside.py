"""Calls that are made on behalf of a call."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.support.answers import Stall, answer, chat, chat_body, error
from tests.support.gateway import RunningGateway
from tests.support.upstream import Upstream
from tests.support.wire import pair
from tests.unit.gateway.test_guarding import asking
from vedette.errors import NotFound
from vedette.gateway.aside import Aside, NoAnswer
from vedette.gateway.exchange import Exchange
from vedette.gateway.identify import Caller

QUESTION = [{"role": "user", "content": "Well?"}]


@asynccontextmanager
async def beside(
    directory: Path,
) -> AsyncIterator[tuple[Upstream, RunningGateway, Exchange, Aside]]:
    """A call of project `p`, and what can be asked for it."""
    async with pair(directory, default_provider="") as (upstream, gateway):
        inside = gateway.worker._gateway
        assert inside is not None
        exchange = asking("Hi.")
        exchange.project_id, exchange.span_id = "p", "ab" * 8
        exchange.caller = Caller("cd" * 16, tags=("t",))
        exchange.plan = inside.runtime.directory.plan("a/m1")
        exchange.note("vedette.key_id", "k1")
        yield upstream, gateway, exchange, inside._asides.of(exchange, inside.runtime)


async def test_a_model_is_asked_in_the_name_of_the_call(tmp_path: Path) -> None:
    async with beside(tmp_path) as (upstream, gateway, exchange, aside):
        upstream.respond = lambda _: chat("Well.")
        assert await aside.ask("a/m2", QUESTION, seconds=5) == "Well."
        span = await gateway.span()
    assert (span.trace_id, span.parent_span_id) == (exchange.caller.trace_id, exchange.span_id)
    assert (span.project_id, aside.calls) == ("p", 1)
    [record] = gateway.spans.records
    assert record.attributes["vedette.key_id"] == "k1"
    assert record.attributes["vedette.guard.call"] == "judge"
    assert record.tags == ("t",)


async def test_the_same_call_is_made_anew(tmp_path: Path) -> None:
    async with beside(tmp_path) as (upstream, _, exchange, aside):
        upstream.respond = lambda _: chat("Anew.")
        spoken = await aside.anew(exchange.body, exchange.plan, why="retry", seconds=5)
    assert spoken.status == 200
    assert b"Anew." in spoken.body
    assert upstream.requests[0].body.count(b"Hi.") == 1


@pytest.mark.parametrize("told", [error(500), chat_body("x")[:9]], ids=["error", "no-json"])
async def test_what_is_no_answer_is_none(tmp_path: Path, told: object) -> None:
    async with beside(tmp_path) as (upstream, _, exchange, aside):
        upstream.respond = lambda _: told if isinstance(told, tuple) else error(503)
        with pytest.raises(NoAnswer):
            await aside.anew(exchange.body, exchange.plan, why="retry", seconds=5)
        with pytest.raises(NoAnswer):
            await aside.ask("a/m1", QUESTION, seconds=5)
    assert aside.cost_nano_usd == 0


async def test_a_model_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    async with beside(tmp_path) as (_, _, _, aside):
        with pytest.raises(NotFound):
            await aside.ask("nobody/m", QUESTION, seconds=5)


async def test_a_thread_may_ask_and_waits_no_longer_than_it_says(tmp_path: Path) -> None:
    async with beside(tmp_path) as (upstream, _, _, aside):
        upstream.script(chat("Well."), (Stall(),))

        def ask(timeout_s: float) -> str:
            return aside.from_threads.chat("a/m1", QUESTION, timeout_s=timeout_s)

        assert await asyncio.to_thread(ask, 5.0) == "Well."
        with pytest.raises((TimeoutError, NoAnswer)):
            await asyncio.to_thread(ask, 0.3)
        await upstream.client_gone(1)


async def test_when_the_client_leaves_so_do_they(tmp_path: Path) -> None:
    async with beside(tmp_path) as (upstream, _, _, aside):
        upstream.script((Stall(),))
        asking_ = asyncio.ensure_future(aside.ask("a/m1", QUESTION, seconds=60))
        await upstream.received(1)
        aside.lost()
        with pytest.raises(NoAnswer):
            await asking_
        await upstream.client_gone(0)


async def test_any_other_call_goes_to_the_provider_of_a_model(tmp_path: Path) -> None:
    async with beside(tmp_path) as (upstream, _, _, aside):
        upstream.respond = lambda _: answer(b'{"results": []}')

        def ask() -> bytes:
            body = {"model": "omni", "input": "Hi."}
            return aside.from_threads.post("a/omni", "/v1/moderations", body, timeout_s=5)

        assert await asyncio.to_thread(ask) == b'{"results": []}'
    [request] = upstream.requests
    assert request.path == "/v1/moderations"
    assert json.loads(request.body) == {"model": "omni", "input": "Hi."}
