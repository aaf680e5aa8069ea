"""The sink against a real collector's socket, which acknowledges or does not."""

import asyncio
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.support.exchanges import make_record
from vedette.clock import SystemClock
from vedette.errors import StoreError
from vedette.gateway.sink import Sink
from vedette.gateway.spill import Spill
from vedette.ingest.collector import Collector
from vedette.ingest.exchange import to_span
from vedette.metrics import Totals
from vedette.model.exchange import ExchangeRecord
from vedette.model.span import Span

pytestmark = pytest.mark.anyio

WAIT_S = 30.0


@pytest.fixture(
    params=[("asyncio", {"use_uvloop": False}), ("asyncio", {"use_uvloop": True})],
    ids=["asyncio", "uvloop"],
)
def anyio_backend(request: pytest.FixtureRequest) -> object:
    """A transport that is closed behaves differently on the two loops."""
    return request.param


class Store:
    """Takes spans while `works`; else it fails, as a locked database does."""

    def __init__(self) -> None:
        self.works = True
        self.spans: list[Span] = []

    async def write(self, spans: Sequence[Span]) -> int:
        if not self.works:
            raise StoreError("locked")
        self.spans += spans
        return 0

    @property
    def ids(self) -> list[int]:
        return [int(span.span_id, 16) for span in self.spans]


def record(number: int, size: int = 0) -> ExchangeRecord:
    body = b"x" * size
    return make_record(body, trace_id=f"{number:032x}", span_id=f"{number:016x}")


def reduce(record: ExchangeRecord) -> Span:
    return to_span(record, key=b"k" * 32)


def make_sink(folder: Path, **limits: int) -> Sink:
    clock = SystemClock()
    spill = Spill(folder / "spill", worker="w0", limit_bytes=10**8, reduce=reduce)
    bounds = {"limit_records": 1000, "limit_bytes": 10**8, **limits}
    return Sink(worker="w0", path=str(folder / "c.sock"), spill=spill, clock=clock, **bounds)


def make_collector(folder: Path, store: Store) -> Collector:
    return Collector(
        path=folder / "c.sock", spill_dir=folder / "spill", writer=store, reduce=reduce,
        totals=Totals([]), clock=SystemClock(),
    )  # fmt: skip


@asynccontextmanager
async def running(folder: Path, store: Store, **limits: int) -> AsyncIterator[Sink]:
    collector = make_collector(folder, store)
    await collector.start()
    sink = make_sink(folder, **limits)
    task = asyncio.get_running_loop().create_task(sink.run())
    try:
        await until(lambda: sink.is_connected)
        yield sink
    finally:
        store.works = True
        await sink.close(timeout_s=5)
        task.cancel()
        await asyncio.wait({task}, timeout=5)
        await collector.close()


async def until(condition: Any) -> None:
    async with asyncio.timeout(WAIT_S):
        while not condition():
            await asyncio.sleep(0.01)


async def test_what_is_kept_arrives_in_order(tmp_path: Path) -> None:
    store = Store()
    async with running(tmp_path, store) as sink:
        for number in range(1, 101):
            sink.keep(record(number))
        await until(lambda: sink.waiting == 0)
        assert store.ids == list(range(1, 101))
        assert (sink.sent, sink.dropped, sink.spilled) == (100, 0, 0)


async def test_a_store_that_stalls_fills_the_disk_not_the_memory(tmp_path: Path) -> None:
    store = Store()
    store.works = False
    async with running(tmp_path, store, limit_records=100) as sink:
        for number in range(1, 1001):
            sink.keep(record(number))
            if number % 20 == 0:
                await until(lambda: sink.waiting <= 60)
        assert sink.dropped == 0
        assert sink.spilled > 800
        store.works = True
        await until(lambda: len(set(store.ids)) == 1000)
        await until(lambda: not list((tmp_path / "spill").iterdir()))


async def test_large_records_that_are_not_acknowledged_do_not_stop_the_loop(
    tmp_path: Path,
) -> None:
    store = Store()
    store.works = False
    async with running(tmp_path, store, limit_bytes=1_000_000) as sink:
        for number in range(1, 61):
            sink.keep(record(number, 100_000))
            await asyncio.sleep(0)
            if number % 2 == 0:
                await until(lambda: sink.held_bytes <= 700_000)
        assert sink.dropped == 0
        store.works = True
        await until(lambda: len(set(store.ids)) == 60)


async def test_without_a_core_records_are_spilled_and_imported_once(tmp_path: Path) -> None:
    store = Store()
    sink = make_sink(tmp_path)
    task = asyncio.get_running_loop().create_task(sink.run())
    for number in range(1, 51):
        sink.keep(record(number))
    await until(lambda: sink.spilled == 50)
    collector = make_collector(tmp_path, store)
    await collector.start()
    await until(lambda: len(store.ids) == 50)
    assert sorted(store.ids) == list(range(1, 51))
    await sink.close(timeout_s=5)
    task.cancel()
    await asyncio.wait({task}, timeout=5)
    await collector.close()


async def test_a_core_that_comes_back_gets_what_the_old_one_did_not_acknowledge(
    tmp_path: Path,
) -> None:
    store = Store()
    store.works = False
    first = make_collector(tmp_path, store)
    await first.start()
    sink = make_sink(tmp_path)
    task = asyncio.get_running_loop().create_task(sink.run())
    await until(lambda: sink.is_connected)
    sink.keep(record(1))
    await until(lambda: first.workers)
    await first.close()
    store.works = True
    second = make_collector(tmp_path, store)
    await second.start()
    await until(lambda: 1 in store.ids)
    await until(lambda: sink.waiting == 0)
    await sink.close(timeout_s=5)
    task.cancel()
    await asyncio.wait({task}, timeout=5)
    await second.close()


async def test_text_that_cannot_be_sent_costs_only_its_own_record(tmp_path: Path) -> None:
    """A lone surrogate has no UTF-8 form, so such a record can neither travel nor be stored."""
    store = Store()
    async with running(tmp_path, store) as sink:
        sink.keep(record(1))
        sink.keep(make_record(requested_model="\ud800", span_id=f"{2:016x}"))
        sink.keep(record(3))
        await until(lambda: {1, 3} <= set(store.ids))
        await until(lambda: sink.waiting == 0)
        assert sink.dropped == 1


async def test_a_full_buffer_without_a_disk_drops_the_newest(tmp_path: Path) -> None:
    clock = SystemClock()
    spill = Spill(None, worker="w0", limit_bytes=0, reduce=reduce)
    sink = Sink(
        worker="w0", path=str(tmp_path / "none"), spill=spill, clock=clock, limit_records=10,
        limit_bytes=10**6,
    )  # fmt: skip
    for number in range(15):
        sink.keep(record(number))
    assert (sink.waiting, sink.dropped) == (10, 5)


async def test_a_core_that_reads_nothing_fills_the_disk_not_the_memory(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as core:
        core.bind(str(tmp_path / "c.sock"))
        core.listen()
        sink = make_sink(tmp_path, limit_records=100)
        task = asyncio.get_running_loop().create_task(sink.run())
        await until(lambda: sink.is_connected)
        for number in range(1, 301):
            sink.keep(record(number, 100_000))
            if number % 10 == 0:
                await until(lambda: sink.waiting <= 60)
        assert sink.dropped == 0
        assert sink.spilled > 200
        await sink.close(timeout_s=0)
        task.cancel()
        await asyncio.wait({task}, timeout=WAIT_S)
