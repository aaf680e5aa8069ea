import asyncio

from tests.support.calls import exchange
from vedette.gateway.exchange import Capture


def test_a_capture_keeps_the_beginning_and_counts_all() -> None:
    capture = Capture(5)
    for piece in (b"abc", b"def", b"ghi"):
        capture.add(piece)
    assert (capture.body(), capture.size) == (b"abcde", 9)


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
    async with asyncio.timeout(1):
        await pausing
    assert one.on_gone is None


async def test_a_pause_ends_by_itself() -> None:
    one = exchange()
    async with asyncio.timeout(1):
        await one.pause(0.01)
    assert not one.gone
