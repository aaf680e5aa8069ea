"""What is left of a provider's limits is known before it refuses."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import answers
from tests.support.gateway import provider, route, running_gateway
from tests.support.upstream import Received, Upstream
from tests.support.wire import call, chat
from vedette.gateway.quotas import (
    LONGEST_REST_S,
    Quota,
    Reading,
    SharedQuotas,
    quota_name,
    read_quota,
)

NOW_S = 1_800_000_000.0


def headers(**said: object) -> list[tuple[bytes, bytes]]:
    return [(name.replace("_", "-").encode(), str(value).encode()) for name, value in said.items()]


def openai(requests: int, tokens: int = 9000, reset: str = "60s") -> dict[str, Any]:
    return {
        "x_ratelimit_limit_requests": 100, "x_ratelimit_remaining_requests": requests,
        "x_ratelimit_reset_requests": reset, "x_ratelimit_limit_tokens": 10_000,
        "x_ratelimit_remaining_tokens": tokens, "x_ratelimit_reset_tokens": "6s",
    }  # fmt: skip


def read(**said: object) -> Reading | None:
    return read_quota(headers(**said), NOW_S)


def test_the_tightest_limit_counts() -> None:
    assert read(**openai(80, 9_000)) == Reading(0.8, 0.0, 60.0, 3.0)
    assert read(**openai(80, 5_000)) == Reading(0.5, 0.0, 6.0)
    # Nothing left of the requests: a twentieth has to come back.
    assert read(**openai(0, 5_000)) == Reading(0.0, 3.0, 60.0, 0.6)
    spent = read(**openai(80, 100))
    assert spent is not None
    assert spent.left == 0.01
    assert 0 < spent.rest_s < 0.5


@pytest.mark.parametrize(
    ("reset", "seconds"),
    [
        ("6m0s", 360.0), ("20ms", 0.02), ("1h2m3.5s", 3723.5), ("12", 12.0), ("1.5", 1.5),
        ("2027-01-15T08:01:00Z", 60.0), (str(int(NOW_S) + 30), 30.0), ("soon", 0.0),
    ],
    ids=str,
)  # fmt: skip
def test_every_form_of_a_reset_is_read(reset: str, seconds: float) -> None:
    found = read(**openai(50, reset=reset))
    assert found is not None
    assert found.full_s == pytest.approx(seconds)


def test_other_providers_are_read_too() -> None:
    anthropic = read(
        anthropic_ratelimit_input_tokens_limit=10_000,
        anthropic_ratelimit_input_tokens_remaining=0,
        anthropic_ratelimit_input_tokens_reset="2027-01-15T08:01:00Z",
        anthropic_ratelimit_requests_limit=50,
        anthropic_ratelimit_requests_remaining=49,
        anthropic_ratelimit_requests_reset="2027-01-15T08:00:01Z",
    )
    assert anthropic == Reading(0.0, 3.0, 60.0)
    mistral = read(x_ratelimit_limit_req_minute=10, x_ratelimit_remaining_req_minute=5)
    assert mistral == Reading(0.5, 0.0, 60.0, 12.0)
    draft = read(ratelimit_limit="10, 10;w=60", ratelimit_remaining=5, ratelimit_reset=30)
    assert draft == Reading(0.5, 0.0, 30.0, 6.0)


@given(
    st.lists(
        st.tuples(
            st.sampled_from([*openai(1), "ratelimit", "x_ratelimit_", "content_type"]),
            st.text(max_size=20),
        )
    )
)
def test_nonsense_says_nothing_or_something_sound(said: list[tuple[str, str]]) -> None:
    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in said]
    found = read_quota(pairs, NOW_S)
    if found is not None:
        assert 0 <= found.left <= 1
        assert found.rest_s >= 0


def test_a_spent_quota_rests_and_is_asked_again_after_a_minute_at_most() -> None:
    quota = Quota()
    quota.note(Reading(0.0, 3.0, 60.0, 0.6), 100.0)
    assert (quota.is_spent(102.9), quota.is_spent(103.0)) == (True, False)
    assert quota.share(104.0) == 0.1
    quota.note(Reading(0.1, 0.0, 60.0), 104.0)
    assert quota.share(104.0) == 0.5
    assert quota.share(165.0) == 1.0
    quota.note(Reading(0.0, 80_000.0, 86_400.0), 104.0)
    assert quota.is_spent(104.0 + LONGEST_REST_S - 1)
    assert not quota.is_spent(104.0 + LONGEST_REST_S)


def test_waiting_calls_take_turns_and_none_waits_for_long() -> None:
    quota = Quota()
    quota.note(Reading(0.0, 2.0, 60.0, 0.6), 100.0)
    turns = [quota.turn_s(100.0) for _ in range(7)]
    assert turns == pytest.approx([2.0, 2.6, 3.2, 3.8, 4.4, 5.0, 0.0])
    assert quota.turn_s(103.0) == 0.0


def test_workers_tell_each_other(tmp_path: Path) -> None:
    pages = [SharedQuotas.at(str(tmp_path / "page")) for _ in range(2)]
    name = quota_name("a", "m", 0)
    one, early = Quota(pages[0], name), Quota(pages[1], name)
    one.note(Reading(0.1, 3.0, 60.0), 100.0)
    late = Quota(pages[1], name)
    assert late.is_spent(101.0)
    assert late.share(104.0) == pytest.approx(0.5)
    # It was there before anything was said, and learns with what it hears itself.
    assert not early.is_spent(101.0)
    early.refused(101.0, 5.0)
    assert one.is_spent(105.0)
    assert pages[0].cell("b/never heard of#0#until", only_looks=True) == -1


async def test_a_route_turns_to_the_next_target_before_the_first_one_refuses(
    tmp_path: Path,
) -> None:
    spent = [(n.replace("_", "-"), str(v)) for n, v in openai(0).items()]
    async with Upstream() as first, Upstream() as second:
        first.respond = lambda _: answers.answer(answers.chat_body(), headers=spent)
        second.respond = lambda _: answers.chat()
        both = [provider("a", first.url), provider("b", second.url)]
        routes = [route("r", ("a", "m"), ("b", "m"))]
        async with running_gateway(tmp_path, *both, routes=routes) as gateway:
            for _ in range(3):
                assert (await call(gateway, chat("r"))).status == 200
        assert (len(first.requests), len(second.requests)) == (1, 2)


async def test_keys_with_something_left_come_first(tmp_path: Path) -> None:
    def respond(request: Received) -> Any:
        left = 0 if request.header("authorization") == "Bearer k1" else 50
        said = [(n.replace("_", "-"), str(v)) for n, v in openai(left).items()]
        return answers.answer(answers.chat_body(), headers=said)

    async with Upstream() as upstream:
        upstream.respond = respond
        several = provider("a", upstream.url, api_key="k1", api_keys=("k1", "k2"))
        async with running_gateway(tmp_path, several) as gateway:
            for _ in range(4):
                assert (await call(gateway, chat("a/m"))).status == 200
        used = [request.header("authorization") for request in upstream.requests]
        assert used == ["Bearer k1", "Bearer k2", "Bearer k2", "Bearer k2"]


async def test_alone_calls_wait_for_their_turn(tmp_path: Path) -> None:
    said = openai(0, reset="2s")
    spent = [(n.replace("_", "-"), str(v)) for n, v in said.items()]
    async with Upstream() as upstream:
        upstream.respond = lambda _: answers.answer(answers.chat_body(), headers=spent)
        async with running_gateway(tmp_path, provider("a", upstream.url)) as gateway:
            await call(gateway, chat("a/m"))
            waited = await asyncio.gather(*(call(gateway, chat("a/m")) for _ in range(3)))
            assert [one.status for one in waited] == [200] * 3
            await gateway.spans.count(4)
            noted = [record.attributes or {} for record in gateway.spans.records]
            name = "vedette.provider.waited_ms"
            told = sorted(float(one[name]) for one in noted if name in one)
            assert len(told) == 3
            assert 0 < told[0] < told[1] < told[2] < 1000
