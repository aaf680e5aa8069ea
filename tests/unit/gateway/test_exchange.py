import asyncio
import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.answers import Script, chat, chat_stream, gated
from tests.support.calls import exchange
from tests.support.rim import until
from tests.support.wire import call, dial, pair, request
from tests.support.wire import chat as chat_request
from vedette.gateway.exchange import Capture, Exchange
from vedette.guard.policies import bundled
from vedette.model.settings import GuardSettings


def test_a_capture_keeps_the_beginning_and_counts_all() -> None:
    capture = Capture(5)
    for piece in (b"abc", b"def", b"ghi"):
        capture.add(piece)
    assert (capture.body(), capture.size) == (b"abcde", 9)


def test_a_capture_of_many_pieces_is_whole_at_any_time() -> None:
    capture, said = Capture(1000), b""
    for number in range(300):
        piece = b"%d," % number
        capture.add(piece)
        said += piece
        assert capture.body() == said[:1000]
    assert capture.size == len(said)


def test_the_first_reason_of_a_failure_stays() -> None:
    one = exchange()
    one.fail("reset", "it broke", source="provider")
    one.fail("late", "a follow-up", source="gateway")
    assert (one.error, one.error_message, one.error_source) == ("reset", "it broke", "provider")


def test_a_client_is_lost_once() -> None:
    one, heard = exchange(), []
    one.on_gone = lambda: heard.append(one.gone)
    one.client_lost()
    one.client_lost()
    assert heard == [True]


async def test_a_pause_ends_when_the_client_leaves() -> None:
    one = exchange()
    pausing = asyncio.ensure_future(one.pause(60))
    await asyncio.sleep(0)
    one.client_lost()
    async with asyncio.timeout(30):
        await pausing
    assert one.on_gone is None


async def test_a_pause_ends_by_itself() -> None:
    one = exchange()
    async with asyncio.timeout(30):
        await one.pause(0.01)
    assert not one.gone


def exchanges() -> list[Exchange]:
    return [one for one in gc.get_objects() if type(one) is Exchange]


@pytest.fixture
def before() -> Iterator[list[Exchange]]:
    """What other tests still hold; the collector does not run."""
    gc.collect()
    gc.disable()
    yield exchanges()
    gc.enable()


@pytest.mark.parametrize("script", [chat(), chat_stream()])
async def test_a_call_leaves_nothing_to_the_collector(
    tmp_path: Path, script: Script, before: list[Exchange]
) -> None:
    """What is in a cycle holds its bodies until the collector comes, and makes it come."""
    async with pair(tmp_path) as (upstream, gateway):
        upstream.script(script)
        await call(gateway, chat_request(stream=script != chat()))
        await gateway.span()
        await until(lambda: len(exchanges()) == len(before))


@pytest.mark.parametrize("script", [chat(), chat_stream()], ids=["whole", "stream"])
async def test_a_guarded_call_leaves_nothing_either(
    tmp_path: Path, script: Script, before: list[Exchange]
) -> None:
    guard = GuardSettings(policy=bundled().get("balanced"))
    async with pair(tmp_path, guard=guard) as (upstream, gateway):
        upstream.script(script)
        await call(gateway, chat_request(stream=script != chat()))
        span = await gateway.span()
        assert "vedette.guard.action" in str(span)
        await until(lambda: len(exchanges()) == len(before))


async def test_a_call_that_its_client_left_leaves_nothing_either(
    tmp_path: Path, before: list[Exchange]
) -> None:
    async with pair(tmp_path) as (upstream, gateway):
        upstream.script(gated(chat()))
        async with dial(gateway) as client:
            client.send(request(chat_request()))
            await upstream.received(1)
        await gateway.span()
        await until(lambda: len(exchanges()) == len(before))
