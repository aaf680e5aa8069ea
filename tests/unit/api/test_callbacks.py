"""Verdicts that are posted when they are there."""

import asyncio
from typing import Any

import pytest

from tests.support.answers import answer, error
from tests.support.upstream import Received, Upstream
from vedette.api.callbacks import Callbacks, TooManyWaiting
from vedette.clock import FakeClock
from vedette.outbound import OutboundRefused, Reach, signed


async def told(id: str) -> bytes:
    return f'{{"id": "{id}"}}'.encode()


def made(**how: Any) -> Callbacks:
    return Callbacks(Reach(("127.0.0.1",), "s3cret"), FakeClock(), **how)


async def test_what_was_found_is_posted_and_signed() -> None:
    async with Upstream() as upstream:
        upstream.respond = lambda _: answer(b"")
        taken = made()
        id = taken.take(f"http://127.0.0.1:{upstream.port}/h", told)
        request = await upstream.received(1, timeout=20)
        await taken.close()
    assert request.body == await told(id)
    assert request.header("webhook-id") == id
    at = float(request.header("webhook-timestamp") or 0)
    wanted = signed("s3cret", id, at, request.body)["webhook-signature"]
    assert request.header("webhook-signature") == wanted


async def test_a_receiver_that_fails_is_tried_again() -> None:
    async with Upstream() as upstream:

        def respond(_: Received) -> object:
            return error(500) if len(upstream.requests) < 3 else answer(b"")

        upstream.respond = respond  # type: ignore[assignment]
        taken = made(pauses_s=(0.0, 0.0, 0.0))
        taken.take(f"http://127.0.0.1:{upstream.port}/h", told)
        await upstream.received(3, timeout=20)
        await taken.close()
    assert len({request.header("webhook-id") for request in upstream.requests}) == 1
    assert taken.failed == 0


async def test_what_nobody_takes_is_counted() -> None:
    taken = made(pauses_s=(0.0,))
    taken.take("http://127.0.0.1:1/h", told)
    async with asyncio.timeout(20):
        while not taken.failed:
            await asyncio.sleep(0.01)
    await taken.close()


@pytest.mark.parametrize("url", ["file:///x", "h", "http://a:b@c.example"])
def test_what_is_no_address_is_refused_at_once(url: str) -> None:
    with pytest.raises(OutboundRefused):
        made().take(url, told)


async def test_no_more_are_taken_than_can_be_held() -> None:
    taken = made(most=1)
    taken.take("http://127.0.0.1:1/h", told)
    with pytest.raises(TooManyWaiting):
        taken.take("http://127.0.0.1:1/h", told)
    await taken.close()
