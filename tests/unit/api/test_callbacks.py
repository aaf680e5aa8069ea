"""Verdicts that are posted when they are there."""

import asyncio
import base64
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.answers import answer, error, raw
from tests.support.upstream import Received, Upstream
from vedette.api.callbacks import KIND, Callbacks, TooManyWaiting
from vedette.clock import FakeClock
from vedette.model.audit import Actor
from vedette.model.tenant import DEFAULT
from vedette.outbound import OutboundRefused, Reach, signed
from vedette.ports.audit import acting
from vedette.stores.records.sql import SqlRecords
from vedette.tasks import Troubles

ASKED = b'[{"text": "a secret of somebody"}]'


async def told(id: str, asked: bytes) -> bytes:
    assert asked == ASKED
    return f'{{"id": "{id}"}}'.encode()


async def never(_id: str, _asked: bytes) -> bytes:
    raise AssertionError("That was evaluated already.")


def made(
    records: SqlRecords | None = None, clock: FakeClock | None = None, **how: Any
) -> Callbacks:  # fmt: skip
    fields: dict[str, Any] = {"key": b"k" * 32, "evaluate": told, "first_s": 0.0, **how}
    records = records or SqlRecords(None, FakeClock())
    return Callbacks(
        lambda: Reach(("127.0.0.1",), "s3cret"), clock or FakeClock(), records=records, **fields
    )


async def until(reached: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not reached():
            await asyncio.sleep(0.01)


async def test_what_was_found_is_posted_and_signed() -> None:
    records = SqlRecords(None, FakeClock())
    async with Upstream() as upstream:
        upstream.respond = lambda _: answer(b"")
        taken = made(records)
        id = await taken.take(f"http://127.0.0.1:{upstream.port}/h", ASKED)
        request = await upstream.received(1, timeout=60)
        await until(lambda: not taken.waiting)
        await taken.close()
    assert request.body == await told(id, ASKED)
    assert request.header("webhook-id") == id
    at = float(request.header("webhook-timestamp") or 0)
    wanted = signed("s3cret", id, at, request.body)["webhook-signature"]
    assert request.header("webhook-signature") == wanted
    assert records.list("default", KIND) == ()


async def test_a_receiver_that_fails_is_tried_again_with_the_same() -> None:
    looks = []

    async def look(id: str, asked: bytes) -> bytes:
        looks.append(id)
        return await told(id, asked)

    async with Upstream() as upstream:

        def respond(_: Received) -> object:
            return error(500) if len(upstream.requests) < 3 else answer(b"")

        upstream.respond = respond  # type: ignore[assignment]
        taken = made(evaluate=look)
        id = await taken.take(f"http://127.0.0.1:{upstream.port}/h", ASKED)
        await until(lambda: not taken.waiting)
        await taken.close()
    assert [request.header("webhook-id") for request in upstream.requests] == [id] * 3
    assert len({request.body for request in upstream.requests}) == 1
    assert looks == [id]
    assert taken.failed == 0


async def test_who_says_no_for_good_is_not_asked_again() -> None:
    async with Upstream() as upstream:
        upstream.respond = lambda _: raw(b"HTTP/1.1 410 Gone\r\ncontent-length: 0\r\n\r\n")
        taken = made()
        await taken.take(f"http://127.0.0.1:{upstream.port}/h", ASKED)
        await until(lambda: not taken.waiting)
        await taken.close()
    assert (len(upstream.requests), taken.failed) == (1, 1)


async def test_what_is_under_way_goes_on_in_another_life(tmp_path: Path) -> None:
    first = SqlRecords(tmp_path, FakeClock())
    killed = made(first, first_s=3_600.0)
    acting.set(Actor(kind="user", id="usr_1"))
    id = await killed.take("http://127.0.0.1:1/h", ASKED)
    await until(lambda: first.get("default", KIND, id).body["attempts"] == 1)  # type: ignore[union-attr]
    await killed.close()
    first.close()
    second = SqlRecords(tmp_path, FakeClock())
    record = second.get("default", KIND, id)
    assert record is not None
    assert record.body["actor"]["id"] == "usr_1"
    async with Upstream() as upstream:
        upstream.respond = lambda _: answer(b"")
        clock = FakeClock()
        clock.advance(3_601)
        again = made(second, clock, evaluate=never)
        _lead(second, id, f"http://127.0.0.1:{upstream.port}/h", again)
        await again.start()
        request = await upstream.received(1, timeout=60)
        await until(lambda: not again.waiting)
        await again.close()
    assert request.body == await told(id, ASKED)
    assert request.header("webhook-id") == id
    second.close()


async def test_nothing_of_a_text_or_an_address_lies_in_the_open(tmp_path: Path) -> None:
    records = SqlRecords(tmp_path, FakeClock())
    taken = made(records, first_s=3_600.0)
    await taken.take("http://127.0.0.1:1/h-with-token", ASKED)
    await taken.close()
    records.close()
    lying = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"guard_callback" in lying
    assert not re.search(rb"secret of somebody|h-with-token", lying)


async def test_texts_that_end_the_process_are_given_up() -> None:
    records = SqlRecords(None, FakeClock())

    async def die(_id: str, _asked: bytes) -> bytes:
        raise RuntimeError("as if the process had gone")

    one = made(records, evaluate=die)
    id = await one.take("http://127.0.0.1:1/h", ASKED)

    def looks() -> int:
        record = records.get("default", KIND, id)
        return record.body["looks"] if record is not None else 0

    for life in (1, 2, 3):
        await until(lambda life=life: looks() == life)  # type: ignore[misc]
        await one.close()
        one = made(records, evaluate=die)
        await (one.start() if life < 3 else one.close())
    async with Upstream() as upstream:
        upstream.respond = lambda _: answer(b"")
        last = made(records, evaluate=die, first_s=0.0)
        other = f"http://127.0.0.1:{upstream.port}/h"
        _lead(records, id, other, last)
        await last.start()
        request = await upstream.received(1, timeout=60)
        await until(lambda: not last.waiting)
        await last.close()
    assert b"could not be evaluated" in request.body


def _lead(records: SqlRecords, id: str, url: str, callbacks: Callbacks) -> None:
    """Have it posted to another address."""
    record = records.get("default", KIND, id)
    assert record is not None
    sealed = base64.b64encode(callbacks._seal(id, "url", url.encode())).decode()
    records.put("default", KIND, id, {**record.body, "url": sealed}, version=record.version)


async def test_what_cannot_be_opened_is_given_up() -> None:
    records = SqlRecords(None, FakeClock())
    one = made(records, first_s=3_600.0)
    await one.take("http://127.0.0.1:1/h", ASKED)
    await until(lambda: records.list("default", KIND)[0].body["attempts"] == 1)
    await one.close()
    record = records.list("default", KIND)[0]
    records.put("default", KIND, record.id, {**record.body, "next_ns": 0}, version=record.version)
    other = made(records, key=b"o" * 32)
    await other.start()
    await until(lambda: other.failed == 1)
    await until(lambda: records.list("default", KIND) == ())
    await other.close()


@pytest.mark.parametrize("url", ["file:///x", "h", "http://a:b@c.example"])
async def test_what_is_no_address_is_refused_at_once(url: str) -> None:
    with pytest.raises(OutboundRefused):
        await made().take(url, ASKED)


async def test_no_more_are_taken_than_can_be_held() -> None:
    taken = made(most=1, first_s=3_600.0)
    await taken.take("http://127.0.0.1:1/h", ASKED)
    with pytest.raises(TooManyWaiting):
        await taken.take("http://127.0.0.1:1/h", ASKED)
    await taken.close()


async def test_one_that_fails_in_an_unforeseen_way_is_tried_again() -> None:
    failures = [LookupError("nobody foresaw this")]

    async def at_last(id: str, asked: bytes) -> bytes:
        if failures:
            raise failures.pop()
        return await told(id, asked)

    clock, troubles = FakeClock(), Troubles()
    async with Upstream() as upstream:
        upstream.respond = lambda _: answer(b"")
        taken = made(clock=clock, evaluate=at_last, troubles=troubles)
        await taken.take(f"http://127.0.0.1:{upstream.port}/h", ASKED)
        await until(lambda: "posting of verdicts" in troubles.now())
        clock.advance(61)
        await taken.take(f"http://127.0.0.1:{upstream.port}/h", ASKED)
        await upstream.received(2, timeout=60)
        await until(lambda: not taken.waiting)
        await taken.close()
    assert troubles.now() == {}


async def test_one_that_is_damaged_holds_up_no_other() -> None:
    records = SqlRecords(None, FakeClock())
    records.put(DEFAULT, KIND, "eval_0", {"url": 3}, version=0)
    async with Upstream() as upstream:
        upstream.respond = lambda _: answer(b"")
        taken = made(records)
        await taken.take(f"http://127.0.0.1:{upstream.port}/h", ASKED)
        await upstream.received(1, timeout=60)
        await until(lambda: not taken.waiting)
        await taken.close()
