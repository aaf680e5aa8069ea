"""The same question gets the answer that was paid for."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.answers import chat as chat_answer
from tests.support.answers import error, gated
from tests.support.calls import exchange
from tests.support.gateway import RunningGateway, provider, running_gateway
from tests.support.upstream import Upstream
from tests.support.wire import call, chat
from vedette.clock import FakeClock
from vedette.gateway.caching import ResponseCache, read_wish
from vedette.gateway.exchange import Exchange
from vedette.model.settings import CacheSettings

ON = CacheSettings(enabled=True)
COLD: dict[str, Any] = {"temperature": 0}


def keyed(upstream: Upstream) -> Any:
    return provider("a", upstream.url, api_key="k")


def cache_of(gateway: RunningGateway) -> ResponseCache:
    assert gateway.worker._gateway is not None
    return gateway.worker._gateway.cache


@pytest.mark.parametrize("first", [False, True])
@pytest.mark.parametrize("second", [False, True])
async def test_an_answer_is_given_again_in_either_form(
    tmp_path: Path, first: bool, second: bool
) -> None:
    async with Upstream() as upstream:
        async with running_gateway(tmp_path, keyed(upstream), cache=ON) as gateway:
            one = await call(gateway, chat("a/m", stream=first, **COLD))
            two = await call(gateway, chat("a/m", stream=second, **COLD))
            assert (one.header("x-vedette-cache"), two.header("x-vedette-cache")) == ("miss", "hit")
            assert len(upstream.requests) == 1
            assert b"Hello there." in two.body or b"there." in two.body
            assert two.header("x-vedette-cost-usd") == "0.000000"
            if second:
                assert two.body.endswith(b"data: [DONE]\n\n")
            else:
                assert json.loads(two.body)["choices"][0]["message"]["content"] == "Hello there."
            spans = await gateway.spans.count(2)
            assert spans[1].cost_nano_usd == 0


async def test_it_does_not_matter_in_which_dialect_one_asks(tmp_path: Path) -> None:
    async with Upstream() as upstream:
        async with running_gateway(tmp_path, keyed(upstream), cache=ON) as gateway:
            asks = {"model": "a/m", "max_tokens": 9, "temperature": 0.0}
            messages = [{"role": "user", "content": "Say hello."}]
            await call(gateway, {**asks, "messages": messages})
            two = await call(gateway, {**asks, "messages": messages}, "/v1/messages")
            assert two.header("x-vedette-cache") == "hit"
            assert json.loads(two.body)["content"][0]["text"] == "Hello there."


async def test_equal_questions_under_way_are_asked_once(tmp_path: Path) -> None:
    async with Upstream() as upstream:
        upstream.respond = lambda _: gated(chat_answer())
        async with running_gateway(tmp_path, keyed(upstream), cache=ON) as gateway:
            async with asyncio.TaskGroup() as group:
                calls = [group.create_task(call(gateway, chat("a/m", **COLD))) for _ in range(8)]
                await upstream.until(lambda: len(upstream.requests) == 1)
                upstream.open_gate()
            assert len(upstream.requests) == 1
            assert {json.loads(task.result().body)["id"] for task in calls} == {"chatcmpl-test"}


@pytest.mark.parametrize(
    "fields",
    [
        {}, {"temperature": 0.7}, {"temperature": 0, "tools": [{"type": "web_search"}]},
    ],
)  # fmt: skip
async def test_answers_that_would_be_others_are_not_kept(
    tmp_path: Path, fields: dict[str, Any]
) -> None:
    async with Upstream() as upstream:
        async with running_gateway(tmp_path, keyed(upstream), cache=ON) as gateway:
            for _ in range(2):
                await call(gateway, chat("a/m", **fields))
            assert len(upstream.requests) == 2
            if "tools" not in fields:
                for _ in range(2):
                    asked = [("x-vedette-cache", "on")]
                    answered = await call(gateway, chat("a/m", **fields), headers=asked)
                assert answered.header("x-vedette-cache") == "hit"


@pytest.mark.parametrize(
    ("header", "outcomes", "asked"),
    [
        (("cache-control", "no-cache"), ["miss", "miss"], 2),
        (("cache-control", "no-store"), ["off", "off"], 2),
        (("x-vedette-cache", "off"), ["off", "off"], 2),
        (("cache-control", "max-age=0"), ["miss", "miss"], 2),
        (("cache-control", "max-age=60"), ["miss", "hit"], 1),
    ],
)
async def test_the_caller_has_a_say(
    tmp_path: Path, header: tuple[str, str], outcomes: list[str], asked: int
) -> None:
    async with Upstream() as upstream:
        async with running_gateway(tmp_path, keyed(upstream), cache=ON) as gateway:
            got = [await call(gateway, chat("a/m", **COLD), headers=[header]) for _ in range(2)]
            assert [answered.header("x-vedette-cache") for answered in got] == outcomes
            assert len(upstream.requests) == asked


async def test_only_if_cached_asks_nobody(tmp_path: Path) -> None:
    async with Upstream() as upstream:
        async with running_gateway(tmp_path, keyed(upstream), cache=ON) as gateway:
            only = [("cache-control", "only-if-cached")]
            assert (await call(gateway, chat("a/m", **COLD), headers=only)).status == 504
            assert upstream.requests == []
            await call(gateway, chat("a/m", **COLD))
            assert (await call(gateway, chat("a/m", **COLD), headers=only)).status == 200


async def test_errors_are_not_kept(tmp_path: Path) -> None:
    async with Upstream() as upstream:
        upstream.script(error(400))
        async with running_gateway(tmp_path, keyed(upstream), cache=ON) as gateway:
            assert (await call(gateway, chat("a/m", **COLD))).status == 400
            assert (await call(gateway, chat("a/m", **COLD))).status == 200


async def test_who_pays_with_another_credential_pays_for_an_own_answer(tmp_path: Path) -> None:
    async with Upstream() as upstream:
        async with running_gateway(tmp_path, provider("a", upstream.url), cache=ON) as gateway:
            for key in ("one", "two"):
                bearer = [("authorization", f"Bearer {key}")]
                answered = await call(gateway, chat("a/m", **COLD), headers=bearer)
                assert answered.header("x-vedette-cache") == "miss"


async def test_answers_can_be_purged(tmp_path: Path) -> None:
    async with Upstream() as upstream:
        async with running_gateway(tmp_path, keyed(upstream), cache=ON) as gateway:
            await call(gateway, chat("a/m", **COLD), headers=[("x-vedette-tags", "t1")])
            cache = cache_of(gateway)
            assert (cache.purge(tag="t2"), cache.purge(model="a/m", tag="t1")) == (0, 1)
            answered = await call(gateway, chat("a/m", **COLD))
            assert answered.header("x-vedette-cache") == "miss"


def kept(cache: ResponseCache, project: str, text: str) -> bytes | None:
    one = asks(project, text)
    return cache._name(one, read_wish(one))


def asks(project: str, text: str) -> Exchange:
    one = exchange()
    one.project_id, one.requested_model = project, "m"
    body = {"model": "m", "temperature": 0, "messages": [{"role": "user", "content": text}]}
    one.body = json.dumps(body).encode()
    return one


@given(st.text(max_size=20), st.text(max_size=20), st.text(min_size=1, max_size=20))
def test_no_answer_crosses_a_project(one: str, other: str, text: str) -> None:
    cache = ResponseCache(FakeClock(), ON)
    assert (kept(cache, one, text) == kept(cache, other, text)) is (one == other)


@given(st.text(max_size=30), st.text(max_size=30))
def test_other_questions_have_other_names(one: str, other: str) -> None:
    cache = ResponseCache(FakeClock(), ON)
    assert (kept(cache, "p", one) == kept(cache, "p", other)) is (one == other)


def test_what_is_old_or_too_much_goes() -> None:
    clock = FakeClock()
    cache = ResponseCache(clock, CacheSettings(enabled=True, ttl_s=10, max_bytes=4_000))

    async def fill(text: str) -> None:
        one = asks("p", text)
        tape = await cache.begin(one)
        assert not isinstance(tape, bool)
        tape.head(200, [], b"", streamed=False)
        tape.data(b"x" * 1000)
        tape.end()
        cache.finish(tape, one)

    for count in range(5):
        asyncio.run(fill(str(count)))
    assert len(cache) == 2, "two of 1.5 kB each"
    clock.advance(11)
    asyncio.run(fill("new"))
    assert len(cache) == 1
