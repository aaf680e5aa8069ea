"""Ways to read a request's body."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from vedette.http1.body import UNREAD_BYTES, Body, BodyTooLarge, ClientGone


class Source:
    def __init__(self) -> None:
        self.reading = True
        self.asked = 0

    def pause_reading(self) -> None:
        self.reading = False

    def resume_reading(self) -> None:
        self.reading = True

    def continue_expected(self) -> None:
        self.asked += 1


def at_once(work: Coroutine[Any, Any, bytes]) -> bytes:
    """The result of a coroutine that must not suspend."""
    with pytest.raises(StopIteration) as stop:
        work.send(None)
    result = stop.value.value
    assert isinstance(result, bytes)
    return result


def test_a_body_that_is_there_is_read_without_waiting() -> None:
    body = Body(Source(), 5)
    body.feed(b"he")
    body.feed(b"llo")
    body.end()
    assert at_once(body.read(5)) == b"hello"
    assert at_once(body.read(5)) == b"hello"
    assert at_once(body.peek(2)) == b"he"


async def test_a_body_that_came_in_one_piece_is_read_peeked_and_forwarded() -> None:
    for whole in (b"hello", b""):
        body, passed = Body(Source(), len(whole)), bytearray()
        body.fill(whole)
        assert (body.complete, body.size) == (True, len(whole))
        assert at_once(body.peek(3)) == whole[:3]
        assert at_once(body.read(5)) == whole
        await body.forward(passed.extend)
        assert bytes(passed) == whole


async def test_reading_waits_for_the_end_and_asks_for_it() -> None:
    source = Source()
    body = Body(source, None)
    body.feed(b"a")
    task = asyncio.ensure_future(body.read(10))
    await asyncio.sleep(0)
    assert source.asked
    body.feed(b"b")
    body.end()
    assert await task == b"ab"


async def test_a_declared_length_over_the_limit_is_refused_unasked() -> None:
    source = Source()
    with pytest.raises(BodyTooLarge):
        await Body(source, 11).read(10)
    assert not source.asked


async def test_chunks_over_the_limit_are_refused_before_and_while_waiting() -> None:
    body = Body(Source(), None)
    body.feed(b"x" * 11)
    with pytest.raises(BodyTooLarge):
        await body.read(10)
    body = Body(Source(), None)
    task = asyncio.ensure_future(body.read(10))
    await asyncio.sleep(0)
    body.feed(b"x" * 11)
    with pytest.raises(BodyTooLarge):
        await task


def test_nobody_reading_means_no_more_than_the_watermark() -> None:
    source = Source()
    body = Body(source, None)
    body.feed(b"x" * UNREAD_BYTES)
    assert source.reading
    body.feed(b"x")
    assert not source.reading


async def test_peek_leaves_everything_in_place() -> None:
    body = Body(Source(), None)
    task = asyncio.ensure_future(body.peek(4))
    await asyncio.sleep(0)
    for piece in (b"ab", b"cd", b"ef"):
        body.feed(piece)
        await asyncio.sleep(0)
    assert await task == b"abcd"
    body.end()
    assert await body.peek(99) == b"abcdef"
    assert await body.read(99) == b"abcdef"


async def test_forward_gives_every_piece_in_order_until_the_end() -> None:
    body, got = Body(Source(), None), list[bytes]()
    body.feed(b"a")
    task = asyncio.ensure_future(body.forward(got.append))
    await asyncio.sleep(0)
    assert got == [b"a"]
    body.feed(b"b")
    body.feed(b"c")
    assert not task.done()
    body.end()
    await task
    assert got == [b"a", b"b", b"c"]


async def test_pause_holds_the_source_until_resume() -> None:
    source = Source()
    body = Body(source, None)
    task = asyncio.ensure_future(body.forward(lambda _: body.pause()))
    await asyncio.sleep(0)
    body.feed(b"a")
    assert not source.reading
    body.resume()
    assert source.reading
    body.end()
    await task


@pytest.mark.parametrize("when", ["before", "while"])
async def test_a_lost_client_ends_every_way_of_reading(when: str) -> None:
    def ways(body: Body) -> list[Coroutine[Any, Any, object]]:
        return [body.read(99), body.peek(99), body.forward(lambda _: None)]

    for which in range(3):
        body = Body(Source(), None)
        if when == "before":
            body.lost()
        work = ways(body)
        task = asyncio.ensure_future(work.pop(which))
        for other in work:
            other.close()
        await asyncio.sleep(0)
        if when == "while":
            body.lost()
        with pytest.raises(ClientGone):
            await asyncio.wait_for(task, 30)


async def test_a_whole_body_survives_the_loss_of_its_client() -> None:
    body = Body(Source(), 2)
    body.feed(b"hi")
    body.end()
    body.lost()
    assert await body.read(9) == b"hi"
