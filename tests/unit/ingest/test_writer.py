"""Group commit, back-pressure, retries and poison, with real stores behind scripted doors."""

import asyncio
import logging
import threading
from collections.abc import Callable, Sequence

import pytest

from tests.support.span_stores import NOW, span, span_numbers
from vedette.clock import FakeClock, SystemClock
from vedette.errors import Overloaded, SpanRefused, StoreError
from vedette.ingest.writer import BATCH_SPANS, Writer, approximate_bytes
from vedette.model.chat import Message, TextPart
from vedette.model.query import Filter
from vedette.model.span import Payload, Span
from vedette.stores.spans.sqlite import SqliteSpanStore


class DoorStore(SqliteSpanStore):
    """A store in memory whose writes pass a door: it can be shut, and it can fail on command."""

    def __init__(self) -> None:
        super().__init__(None, FakeClock(NOW))
        self.open = threading.Event()
        self.open.set()
        self.knocked = threading.Event()
        self.fail: Callable[[Sequence[Span]], None] = lambda spans: None
        self.batches: list[int] = []

    def write_batch(self, spans: Sequence[Span]) -> int:
        self.knocked.set()
        assert self.open.wait(30)
        self.fail(spans)
        written = super().write_batch(spans)
        self.batches.append(len(spans))
        return written


@pytest.fixture
def store() -> DoorStore:
    return DoorStore()


def writer_of(store: DoorStore, **settings: object) -> Writer:
    return Writer(store, clock=SystemClock(), **settings)  # type: ignore[arg-type]


async def knock(store: DoorStore) -> None:
    """Wait until the writer stands at the door."""
    assert await asyncio.to_thread(store.knocked.wait, 10)


async def test_spans_are_durable_when_write_returns(store: DoorStore) -> None:
    writer = writer_of(store)
    assert await writer.write([span(1), span(2)]) == 0
    assert span_numbers(store) == [2, 1]
    assert await writer.write([]) == 0
    await writer.close()
    assert (writer.stats.committed, writer.stats.queued, writer.stats.queued_bytes) == (2, 0, 0)
    assert writer.stats.last_commit_ms > 0


async def test_what_waits_goes_in_one_transaction(store: DoorStore) -> None:
    writer = writer_of(store)
    store.open.clear()
    first = asyncio.ensure_future(writer.write([span(0)]))
    await knock(store)
    rest = [asyncio.ensure_future(writer.write([span(n)])) for n in range(1, 50)]
    await asyncio.sleep(0)
    store.open.set()
    await asyncio.gather(first, *rest)
    assert store.batches == [1, 49]
    await writer.close()


async def test_a_transaction_is_bounded(store: DoorStore) -> None:
    writer = writer_of(store, linger_s=0.0)
    await writer.write([span(n) for n in range(BATCH_SPANS + 5)])
    assert store.batches == [BATCH_SPANS, 5]
    await writer.close()


async def test_a_full_queue_turns_away_at_once_and_takes_again_later(store: DoorStore) -> None:
    writer = writer_of(store, max_spans=10)
    store.open.clear()
    held = asyncio.ensure_future(writer.write([span(0)]))
    await knock(store)
    queued = asyncio.ensure_future(writer.write([span(n) for n in range(1, 10)]))
    await asyncio.sleep(0)
    with pytest.raises(Overloaded) as refusal:
        await writer.write([span(99)])
    assert (refusal.value.status, refusal.value.code) == (429, "overloaded")
    assert refusal.value.retry_after_s >= 1
    assert writer.stats.overloaded == 1
    store.open.set()
    await asyncio.gather(held, queued)
    await writer.write([span(99)])
    assert len(span_numbers(store)) == 11
    await writer.close()


async def test_bytes_are_bounded_too(store: DoorStore) -> None:
    writer = writer_of(store, max_bytes=100_000)
    store.open.clear()
    heavy = Payload(raw_request="x" * 90_000)
    held = asyncio.ensure_future(writer.write([span(0, payload=heavy)]))
    await knock(store)
    with pytest.raises(Overloaded):
        await writer.write([span(1, payload=heavy)])
    store.open.set()
    await held
    await writer.close()


async def test_one_batch_larger_than_the_queue_is_taken_when_nothing_waits(
    store: DoorStore,
) -> None:
    writer = writer_of(store, max_spans=10)
    await writer.write([span(n) for n in range(25)])
    assert len(span_numbers(store)) == 25
    await writer.close()


async def test_a_store_that_fails_for_a_while_is_asked_again(store: DoorStore) -> None:
    failures = iter([StoreError("locked"), StoreError("locked")])

    def fail(spans: Sequence[Span]) -> None:
        if (error := next(failures, None)) is not None:
            raise error

    store.fail = fail
    writer = writer_of(store)
    await writer.write([span(1)])
    assert span_numbers(store) == [1]
    assert (writer.stats.retries, writer.stats.failed, writer.stats.committed) == (2, 0, 1)
    await writer.close()


async def test_a_store_that_fails_until_the_deadline_is_told_to_the_caller(
    store: DoorStore,
) -> None:
    def fail(spans: Sequence[Span]) -> None:
        raise StoreError("The disk is full.")

    store.fail = fail
    writer = writer_of(store, retry_s=0.1)
    with pytest.raises(StoreError, match="disk is full"):
        await writer.write([span(1)])
    assert (writer.stats.failed, writer.stats.committed, writer.stats.queued) == (1, 0, 0)
    store.fail = lambda spans: None
    await writer.write([span(1)])
    assert span_numbers(store) == [1]
    await writer.close()


async def test_a_poisoned_span_is_left_out_and_the_others_are_kept(
    store: DoorStore, caplog: pytest.LogCaptureFixture
) -> None:
    writer = writer_of(store)
    bad = span(50, span_id="no hex")
    with caplog.at_level(logging.ERROR):
        refused = await writer.write([*(span(n) for n in range(50)), bad, span(51)])
    assert refused == 1
    assert span_numbers(store) == [51, *range(49, -1, -1)]
    assert (writer.stats.refused, writer.stats.committed) == (1, 51)
    assert "no hex" in caplog.text
    await writer.close()


async def test_a_poisoned_span_costs_only_its_own_caller(store: DoorStore) -> None:
    def fail(spans: Sequence[Span]) -> None:
        if any(one.name == "bug" for one in spans):
            raise ZeroDivisionError
        if any(one.name == "bad" for one in spans):
            raise SpanRefused("bad")

    store.fail = fail
    writer = writer_of(store)
    store.open.clear()
    held = asyncio.ensure_future(writer.write([span(0)]))
    await knock(store)
    jobs = [
        asyncio.ensure_future(writer.write([span(n, name={3: "bug", 5: "bad"}.get(n, "good"))]))
        for n in range(1, 8)
    ]
    await asyncio.sleep(0)
    store.open.set()
    assert await asyncio.gather(held, *jobs) == [0, 0, 0, 1, 0, 1, 0, 0]
    assert span_numbers(store) == [7, 6, 4, 2, 1, 0]
    await writer.close()


async def test_closing_writes_what_waits_and_takes_no_more(store: DoorStore) -> None:
    writer = writer_of(store, linger_s=5.0)
    waiting = [asyncio.ensure_future(writer.write([span(n)])) for n in range(3)]
    await asyncio.sleep(0)
    await writer.close()
    await asyncio.gather(*waiting)
    assert len(span_numbers(store)) == 3
    with pytest.raises(StoreError, match="shutting down"):
        await writer.write([span(9)])
    await writer.close()


async def test_closing_does_not_wait_for_a_store_that_never_heals(store: DoorStore) -> None:
    def fail(spans: Sequence[Span]) -> None:
        raise StoreError("gone")

    store.fail = fail
    writer = writer_of(store)
    waiting = asyncio.ensure_future(writer.write([span(1)]))
    await knock(store)
    await writer.close(timeout_s=0.1)
    with pytest.raises(StoreError, match="gone"):
        await waiting


async def test_a_cancelled_caller_harms_nobody(store: DoorStore) -> None:
    writer = writer_of(store)
    store.open.clear()
    impatient = asyncio.ensure_future(writer.write([span(1)]))
    await knock(store)
    impatient.cancel()
    patient = asyncio.ensure_future(writer.write([span(2)]))
    await asyncio.sleep(0)
    store.open.set()
    await patient
    assert span_numbers(store) == [2, 1]
    await writer.close()


async def test_committed_spans_are_announced_in_the_loop(store: DoorStore) -> None:
    heard: list[tuple[int, str]] = []
    told = asyncio.Event()

    def listen(spans: Sequence[Span]) -> None:
        heard.extend((threading.get_ident(), one.name) for one in spans)
        told.set()

    writer = writer_of(store, on_committed=listen)
    await writer.write([span(1), span(2, span_id="no hex")])
    await asyncio.wait_for(told.wait(), 30)
    assert heard == [(threading.get_ident(), "span 1")]
    await writer.close()


async def test_text_can_be_found_within_a_second(store: DoorStore) -> None:
    writer = writer_of(store)
    await writer.write([span(1, payload=Payload(input="needle"))])
    async with asyncio.timeout(1.0):
        while not span_numbers(store, Filter(text="needle")):
            await asyncio.sleep(0.01)
    await writer.close()


async def test_text_keeps_up_with_a_steady_load(store: DoorStore) -> None:
    writer = writer_of(store)
    for number in range(0, 3000, 100):
        await writer.write(
            [span(n, payload=Payload(input=f"w{n}")) for n in range(number, number + 100)]
        )
    async with asyncio.timeout(1.0):
        while not span_numbers(store, Filter(text="w2999")):
            await asyncio.sleep(0.01)
    await writer.close()


async def test_failing_background_work_does_not_stop_the_writes(store: DoorStore) -> None:
    def fail() -> bool:
        failed.set()
        raise StoreError("index is broken")

    failed = threading.Event()
    store.maintain = fail  # type: ignore[method-assign]
    writer = writer_of(store)
    assert await asyncio.to_thread(failed.wait, 5)
    await writer.write([span(1)])
    assert span_numbers(store) == [1]
    await writer.close()


def test_the_weight_of_a_span_follows_its_texts() -> None:
    bare = approximate_bytes(span(1))
    text = "x" * 5000
    parts = (Message("user", (TextPart(content=text),)),)
    for payload in (Payload(input=text), Payload(output=parts), Payload(raw_response=text)):
        assert approximate_bytes(span(1, payload=payload)) == bare + 5000
