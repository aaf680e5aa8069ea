"""The same question gets the answer that was paid for."""

import asyncio
import json
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.answers import chat as chat_answer
from tests.support.answers import error, gated
from tests.support.calls import exchange
from tests.support.gateway import RunningGateway, provider, running_gateway
from tests.support.upstream import Upstream
from tests.support.valkey import valkey
from tests.support.wire import call, chat
from vedette.clock import FakeClock, SystemClock
from vedette.gateway.cache_wish import read_wish
from vedette.gateway.caching import ResponseCache
from vedette.gateway.exchange import Exchange
from vedette.gateway.sharing import SharedAnswers, StoredAnswer
from vedette.model.purge import Purge
from vedette.model.settings import CacheSettings
from vedette.stores.cache.memory import MemoryCache
from vedette.stores.cache.redis import RedisCache, RedisCacheView
from vedette.tasks import Tasks

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
            first = await call(gateway, chat("a/m", **COLD), headers=[("x-vedette-tags", "t1")])
            cache, now_ns = cache_of(gateway), SystemClock().now_ns()
            for other in (
                Purge(at_ns=now_ns, tag="t2"), Purge(at_ns=now_ns, project_id="p2", model="a/m"),
                Purge(at_ns=now_ns - 60 * 10**9), Purge(at_ns=now_ns, name="0" * 64),
            ):  # fmt: skip
                assert cache.purge(other) == 0
            assert cache.purge(Purge(at_ns=now_ns, model="a/m", tag="t1")) == 1
            answered = await call(gateway, chat("a/m", **COLD))
            assert answered.header("x-vedette-cache") == "miss"
            key = answered.header("x-vedette-cache-key")
            assert key == first.header("x-vedette-cache-key") is not None
            assert cache.purge(Purge(at_ns=SystemClock().now_ns(), name=key or "")) == 1


async def test_a_hit_names_the_model_as_the_call_did(tmp_path: Path) -> None:
    async with Upstream() as upstream:
        async with running_gateway(tmp_path, keyed(upstream), cache=ON) as gateway:
            for _ in range(2):
                await call(gateway, chat("a/m", **COLD))
            spans = await gateway.spans.count(2)
            assert [span.model for span in spans] == ["m", "m"]


async def test_machines_share_their_answers_and_purges(tmp_path: Path) -> None:
    with valkey(tmp_path) as server:
        async with AsyncExitStack() as stack:
            upstream = await stack.enter_async_context(Upstream())
            made = []
            for name in ("one", "two"):
                (tmp_path / name).mkdir()
                running = running_gateway(
                    tmp_path / name, keyed(upstream), cache=ON, redis=server.settings
                )
                made.append(await stack.enter_async_context(running))
            one, two = made
            first = await call(one, chat("a/m", **COLD))
            view = RedisCacheView(server.settings)
            async with asyncio.timeout(10):
                while view.usage()[0] == 0:
                    await asyncio.sleep(0.01)
            for stream in (True, False):
                again = await call(two, chat("a/m", stream=stream, **COLD))
                assert again.header("x-vedette-cache") == "hit"
                assert again.header("x-vedette-cache-key") == first.header("x-vedette-cache-key")
            assert len(upstream.requests) == 1
            spans = await two.spans.count(2)
            assert [span.cost_nano_usd for span in spans] == [0, 0]
            purge = Purge(at_ns=SystemClock().now_ns(), model="a/m")
            view.put("purges", msgspec.msgpack.encode([purge]), ttl_s=60)
            assert view.purge(purge.labels) == 1
            async with asyncio.timeout(10):
                for gateway in made:
                    while len(cache_of(gateway)):
                        await asyncio.sleep(0.01)
            view.close()
            # Away, it is not waited for.
            server.stop()
            for gateway, outcome in ((one, "miss"), (one, "hit"), (two, "miss")):
                answered = await call(gateway, chat("a/m", **COLD))
                assert answered.header("x-vedette-cache") == outcome


@pytest.mark.slow
@pytest.mark.parametrize("stream", [False, True])
async def test_of_equal_calls_on_several_machines_one_is_made(tmp_path: Path, stream: bool) -> None:
    with valkey(tmp_path) as server:
        async with AsyncExitStack() as stack:
            upstream = await stack.enter_async_context(Upstream())
            made = []
            for name in ("one", "two", "three"):
                (tmp_path / name).mkdir()
                running = running_gateway(
                    tmp_path / name, keyed(upstream), cache=ON, redis=server.settings
                )
                made.append(await stack.enter_async_context(running))
            upstream.respond = lambda _: gated(chat_answer())
            body = chat("a/m", stream=stream, **COLD)
            async with asyncio.TaskGroup() as group:
                calls = [group.create_task(call(made[n % 3], body)) for n in range(9)]
                await upstream.until(lambda: len(upstream.requests) == 1)
                while not all(len(cache_of(gateway)) for gateway in made):
                    await asyncio.sleep(0.01)
                upstream.open_gate()
            assert len(upstream.requests) == 1
            outcomes = sorted(task.result().header("x-vedette-cache") or "" for task in calls)
            assert outcomes == ["hit"] * 8 + ["miss"]
            # One that fails is not made one after the other.
            upstream.respond = lambda _: error(400)
            failing = chat("a/m", user="x", top_p=0.5, stream=stream, **COLD)
            answers = await asyncio.gather(*(call(gateway, failing) for gateway in made))
            assert {one.status for one in answers} == {400}
            assert 1 < len(upstream.requests) <= 4


async def test_a_machine_that_dies_is_not_waited_for(tmp_path: Path) -> None:
    with valkey(tmp_path) as server:
        async with AsyncExitStack() as stack:
            upstream = await stack.enter_async_context(Upstream())
            made = []
            for name in ("one", "two"):
                (tmp_path / name).mkdir()
                running = running_gateway(
                    tmp_path / name, keyed(upstream), cache=ON, redis=server.settings
                )
                made.append(await stack.enter_async_context(running))
            first = await call(made[0], chat("a/m", **COLD))
            key = first.header("x-vedette-cache-key") or ""
            cache = RedisCache(server.settings, SystemClock())
            async with asyncio.timeout(10):
                while await cache.get(key) is None:
                    await asyncio.sleep(0.01)
            await cache.delete(key)
            # Somebody claims the question, and is never heard of again.
            assert await cache.get_or_claim(key, "dead", ttl_s=1) == "dead"
            second = await call(made[1], chat("a/m", **COLD))
            assert second.header("x-vedette-cache") == "miss"
            assert second.header("x-vedette-cache-key") == key
            assert len(upstream.requests) == 2
            await cache.close()


async def test_a_stream_is_told_again_at_its_pace(tmp_path: Path) -> None:
    async with Upstream() as upstream:
        paced = CacheSettings(enabled=True, pace_events_per_s=20)
        async with running_gateway(tmp_path, keyed(upstream), cache=paced) as gateway:
            one = await call(gateway, chat("a/m", stream=True, **COLD))
            started = SystemClock().monotonic()
            two = await call(gateway, chat("a/m", stream=True, **COLD))
            took = SystemClock().monotonic() - started
            assert two.header("x-vedette-cache") == "hit"
            assert two.body.count(b"data: ") == one.body.count(b"data: ")
            assert two.body.endswith(b"data: [DONE]\n\n")
            assert took >= (two.body.count(b"data: ") - 1) / 20
            whole = await call(gateway, chat("a/m", x=1, **COLD))
            again = await call(gateway, chat("a/m", stream=True, x=1, **COLD))
            assert (whole.header("x-vedette-cache"), again.status) == ("miss", 200)
            assert again.header("x-vedette-cache") == "hit"
            assert b'"content":"Hello "' in again.body


async def test_who_asks_for_usage_in_a_stream_gets_it_from_the_cache(tmp_path: Path) -> None:
    async with Upstream() as upstream:
        async with running_gateway(tmp_path, keyed(upstream), cache=ON) as gateway:
            usage = {"stream_options": {"include_usage": True}}
            plain = await call(gateway, chat("a/m", stream=True, **COLD))
            asked = await call(gateway, chat("a/m", stream=True, **usage, **COLD))
            again = await call(gateway, chat("a/m", stream=True, **COLD))
            outcomes = [one.header("x-vedette-cache") for one in (plain, asked, again)]
            assert outcomes == ["miss", "hit", "hit"]
            has = [b'"usage":{' in one.body.replace(b" ", b"") for one in (plain, asked, again)]
            assert has == [False, True, False]


@given(
    owner=st.sampled_from(["p", "q", ""]), asker=st.sampled_from(["p", "q", ""]),
    body=st.binary(max_size=50), junk=st.booleans(),
)  # fmt: skip
def test_no_shared_answer_crosses_a_project(
    owner: str, asker: str, body: bytes, junk: bool
) -> None:
    """Not even where it lies under the name of the other one's question."""

    async def attempt() -> bool:
        clock, tasks = SystemClock(), Tasks()
        store = MemoryCache(clock)
        cache = ResponseCache(clock, ON)
        cache.shared = SharedAnswers(store, clock, tasks)
        exchange = asks(asker, "the same question")
        name = cache._name(exchange, read_wish(exchange))
        assert name is not None
        now_ns = clock.now_ns()
        stored = StoredAnswer(
            owner,
            "m",
            (),
            "openai_chat",
            200,
            False,
            False,
            [],
            body,
            None,
            0,
            now_ns,
            now_ns + 10**12,
        )
        content = body if junk else msgspec.msgpack.encode(stored)
        await store.set(name.hex(), content, ttl_s=60)
        return await cache.begin(exchange) is True

    assert asyncio.run(attempt()) is (owner == asker and not junk)


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
