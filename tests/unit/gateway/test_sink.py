"""The sink's promises; the socket's other end is the real collector."""

import asyncio
from pathlib import Path

import pytest

from tests.support.gateway import Spans
from vedette.clock import SystemClock
from vedette.gateway.sink import Sink
from vedette.gateway.spill import Spill
from vedette.ingest.collector import Collector
from vedette.ingest.exchange import to_span
from vedette.metrics import Totals
from vedette.model.exchange import ExchangeRecord
from vedette.tasks import Tasks

pytestmark = pytest.mark.anyio


def record(number: int, body: bytes = b"") -> ExchangeRecord:
    return ExchangeRecord(
        trace_id=f"{number:032x}", span_id=f"{number:016x}", request_id="r", start_ns=1, end_ns=2,
        method="POST", path="/", operation="other", response_body=body,
    )  # fmt: skip


def make_sink(directory: Path, *, limit_records: int = 100, limit_bytes: int = 10**8) -> Sink:
    spill = Spill(directory / "spill", worker="w", limit_bytes=10**9, reduce=to_span)
    return Sink(
        worker="w", path=str(directory / "c.sock"), spill=spill, clock=SystemClock(),
        limit_records=limit_records, limit_bytes=limit_bytes,
    )  # fmt: skip


def make_collector(directory: Path, spans: Spans) -> Collector:
    return Collector(
        path=directory / "c.sock", spill_dir=directory / "spill", writer=spans,
        reduce=spans.reduce, totals=Totals([]), clock=SystemClock(),
    )  # fmt: skip


def ids(spans: Spans) -> list[int]:
    return sorted(int(span.span_id, 16) for span in spans.spans)


async def test_records_arrive_once_and_are_acknowledged(tmp_path: Path) -> None:
    spans, tasks = Spans(), Tasks()
    collector = make_collector(tmp_path, spans)
    await collector.start()
    sink = make_sink(tmp_path)
    tasks.spawn(sink.run(), name="sink")
    for number in range(1, 51):
        sink.keep(record(number))
    await spans.count(50)
    await sink.close(timeout_s=2)
    assert ids(spans) == list(range(1, 51))
    assert (sink.sent, sink.waiting, sink.dropped) == (50, 0, 0)
    await tasks.drain()
    await collector.close()


async def test_what_waits_while_the_core_is_away_arrives_later(tmp_path: Path) -> None:
    spans, tasks = Spans(), Tasks()
    sink = make_sink(tmp_path, limit_records=20)
    tasks.spawn(sink.run(), name="sink")
    for number in range(1, 16):
        sink.keep(record(number))
    async with asyncio.timeout(30):
        while not sink.spilled:
            await asyncio.sleep(0)
    collector = make_collector(tmp_path, spans)
    await collector.start()
    await spans.count(15)
    assert ids(spans) == list(range(1, 16))
    await sink.close(timeout_s=2)
    await tasks.drain()
    await collector.close()


async def test_a_full_buffer_drops_the_newest_and_counts_them(tmp_path: Path) -> None:
    sink = make_sink(tmp_path, limit_records=3)
    for number in range(1, 6):
        sink.keep(record(number))
    assert (sink.waiting, sink.dropped) == (3, 2)


async def test_what_nobody_takes_in_the_end_is_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "spill").write_text("no directory")
    sink = make_sink(tmp_path)
    for number in range(7):
        sink.keep(record(number))
    await sink.close(timeout_s=0)
    assert "7 records are lost" in caplog.text
    assert sink.dropped == 7


async def test_few_but_large_records_do_not_keep_the_loop_busy(tmp_path: Path) -> None:
    spans, tasks = Spans(), Tasks()
    collector = make_collector(tmp_path, spans)
    await collector.start()
    sink = make_sink(tmp_path, limit_records=1000, limit_bytes=400_000)
    tasks.spawn(sink.run(), name="sink")
    for number in range(1, 40):
        sink.keep(record(number, b"x" * 9_000))
    await spans.count(39)
    assert ids(spans) == list(range(1, 40))
    await sink.close(timeout_s=2)
    await tasks.drain()
    await collector.close()


async def test_a_burst_costs_records_their_bodies_before_it_costs_records(tmp_path: Path) -> None:
    """As when a thousand clients leave in one turn of the loop."""
    spans, tasks = Spans(), Tasks()
    collector = make_collector(tmp_path, spans)
    await collector.start()
    sink = make_sink(tmp_path, limit_records=1000, limit_bytes=200_000)
    for number in range(1, 41):
        sink.keep(record(number, b"x" * 9_000))
    assert (sink.bare, sink.dropped) == (23, 0)
    tasks.spawn(sink.run(), name="sink")
    await spans.count(40)
    assert ids(spans) == list(range(1, 41))
    told = [s for s in spans.spans if "vedette.capture.left_out" in s.payload.attributes]
    assert len(told) == 23
    await sink.close(timeout_s=2)
    await tasks.drain()
    await collector.close()
