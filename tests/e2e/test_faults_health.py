"""A target that dies and comes back, and what its clients notice of it: nothing."""

import time
from pathlib import Path

import pytest

from tests.support.fault_runs import QUICK
from tests.support.fault_wires import SAID
from tests.support.gateway import RunningGateway, route, running_gateway
from tests.support.providers import answering, settings_of
from tests.support.talks_openai import ChatTalk
from tests.support.told import MODEL
from tests.support.upstream import Upstream

pytestmark = pytest.mark.slow
COOLDOWN_S = 0.3


async def ask(gateway: RunningGateway, *, stream: bool = False) -> None:
    told = await ChatTalk(gateway.url.removesuffix("/v1")).ask(stream=stream)
    assert told.text == SAID.text


def calls(upstream: Upstream) -> int:
    """Billed ones."""
    return sum(request.method == "POST" for request in upstream.requests)


@pytest.mark.parametrize("dialect", ["openai_chat", "anthropic"])
async def test_a_target_that_dies_rests_and_comes_back(tmp_path: Path, dialect: str) -> None:
    async with Upstream() as first, Upstream() as second:
        first.respond, second.respond = answering(dialect, SAID), answering("openai_chat", SAID)
        providers = [
            settings_of(dialect, first, timeouts=QUICK),
            settings_of("openai_chat", second, name="b", timeouts=QUICK),
        ]
        routes = [route(MODEL, ("a", "m1"), ("b", "m2"), cooldown_s=COOLDOWN_S)]
        async with running_gateway(tmp_path, *providers, routes=routes) as gateway:
            await ask(gateway)
            await first.stop()
            for number in range(10):
                await ask(gateway, stream=number % 2 == 1)
            spans = await gateway.spans.count(11)
            tried = [len(span.payload.attempts) for span in spans[1:]]
            assert tried[0] == 2
            assert tried.count(1) >= 4, "after a few failures in a row it rests"
            await first.start()
            asked, started = calls(first), time.monotonic()
            while calls(first) == asked:
                await ask(gateway)
                assert time.monotonic() - started < 45, "it never came back"
            while calls(first) < asked + 3:
                await ask(gateway)
                assert time.monotonic() - started < 45, "it got one call and no more"
            spans = await gateway.spans.count(calls(first) + calls(second))
            assert {span.status for span in spans} == {"ok"}
            back = [span.provider for span in spans[11:]]
            assert back.count("a") < len(back), "its share grows slowly"
            # Every billed call was somebody's question.
            answered = sum(len(span.payload.attempts) for span in spans)
            refused = sum(tries - 1 for tries in tried)
            assert calls(first) + calls(second) + refused == answered
