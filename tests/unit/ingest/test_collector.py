"""The collector's side of the socket; the worker's side is played byte by byte."""

import asyncio
import gc
import os
import socket
import stat
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from tests.support.gateway import Spans
from vedette.clock import SystemClock
from vedette.errors import StoreError
from vedette.ingest.collector import IMPORTING, Collector
from vedette.metrics import Family, Sample, Totals
from vedette.model.exchange import ExchangeRecord
from vedette.model.span import Span
from vedette.model.wire import HEADER_BYTES, Ack, Batch, Hello, Report, frame
from vedette.tasks import Troubles

pytestmark = pytest.mark.anyio

CALLS = Family("calls", "Calls.", "counter")


def record(number: int) -> ExchangeRecord:
    return ExchangeRecord(
        trace_id=f"{number:032x}", span_id=f"{number:016x}", request_id="r", start_ns=1, end_ns=2,
        method="POST", path="/", operation="other",
    )  # fmt: skip


class Failing(Spans):
    """A store that is away for the first writes."""

    def __init__(self, failures: int) -> None:
        super().__init__()
        self.failures = failures

    async def write(self, spans: object) -> int:
        if self.failures:
            self.failures -= 1
            raise StoreError("locked")
        return await super().write(spans)  # type: ignore[arg-type]


@asynccontextmanager
async def collecting(
    directory: Path, spans: Spans, totals: Totals | None = None
) -> AsyncIterator[Collector]:
    collector = Collector(
        path=directory / "c.sock", spill_dir=directory / "spill", writer=spans,
        reduce=spans.reduce, totals=totals or Totals([]), clock=SystemClock(),
    )  # fmt: skip
    await collector.start()
    try:
        yield collector
    finally:
        await collector.close()


async def ack(reader: asyncio.StreamReader) -> int:
    async with asyncio.timeout(30):
        length = int.from_bytes(await reader.readexactly(HEADER_BYTES), "big")
        return msgspec.msgpack.decode(await reader.readexactly(length), type=Ack).number


async def test_a_batch_is_acknowledged_when_it_is_written(tmp_path: Path) -> None:
    spans = Spans()
    async with collecting(tmp_path, spans):
        reader, writer = await asyncio.open_unix_connection(str(tmp_path / "c.sock"))
        writer.write(frame(Hello("w0")) + frame(Batch(4, (record(1), record(2)))))
        assert await ack(reader) == 4
        assert [span.span_id[-1] for span in spans.spans] == ["1", "2"]
        writer.close()


@pytest.mark.slow
async def test_nothing_is_acknowledged_while_the_store_is_away(tmp_path: Path) -> None:
    spans = Failing(2)
    async with collecting(tmp_path, spans):
        reader, writer = await asyncio.open_unix_connection(str(tmp_path / "c.sock"))
        writer.write(frame(Hello("w0")) + frame(Batch(1, (record(1),))))
        assert await ack(reader) == 1
        assert spans.failures == 0
        assert len(spans.spans) == 1
        writer.close()


async def test_a_peer_that_speaks_nonsense_is_hung_up_on(tmp_path: Path) -> None:
    async with collecting(tmp_path, Spans()):
        for junk in (b"\xff\xff\xff\xff", (5).to_bytes(4, "big") + b"junk!"):
            reader, writer = await asyncio.open_unix_connection(str(tmp_path / "c.sock"))
            writer.write(junk)
            async with asyncio.timeout(30):
                assert await reader.read() == b""
            writer.close()


@pytest.mark.parametrize("turns", range(5))
async def test_a_worker_that_comes_as_the_collector_closes_is_hung_up_on(
    tmp_path: Path, turns: int
) -> None:
    async with collecting(tmp_path, Spans()):
        with socket.socket(socket.AF_UNIX) as worker:
            worker.connect(str(tmp_path / "c.sock"))
            for _ in range(turns):
                await asyncio.sleep(0)
    # A socket that is forgotten rather than closed is a warning, and so a failure.
    gc.collect()


async def test_counters_of_a_worker_outlive_it(tmp_path: Path) -> None:
    totals = Totals([CALLS])
    async with collecting(tmp_path, Spans(), totals):
        for worker in ("w0", "w1"):
            reader, writer = await asyncio.open_unix_connection(str(tmp_path / "c.sock"))
            writer.write(frame(Hello(worker)) + frame(Report((Sample("calls", (), 3),))))
            writer.write(frame(Batch(1, (record(1),))))
            await ack(reader)
            writer.close()
        assert totals.samples()["calls", ()].value == 6


async def test_the_socket_is_for_this_user_only(tmp_path: Path) -> None:
    async with collecting(tmp_path, Spans()):
        assert stat.S_IMODE(os.stat(tmp_path / "c.sock").st_mode) == 0o600
    assert not (tmp_path / "c.sock").exists()


async def test_spill_files_are_read_back_and_removed(tmp_path: Path) -> None:
    folder = tmp_path / "spill"
    folder.mkdir()
    spans = [
        Span(trace_id=f"{n:032x}", span_id=f"{n:016x}", name="n", start_ns=n, end_ns=n)
        for n in range(1, 1201)
    ]
    frames = [msgspec.msgpack.encode(span) for span in spans]
    data = b"".join(len(body).to_bytes(HEADER_BYTES, "big") + body for body in frames)
    (folder / "w0-000001.ready").write_bytes(data + b"\x00\x00")
    found = Spans()
    async with collecting(tmp_path, found) as collector:
        await found.count(1200)
        async with asyncio.timeout(30):
            while any(folder.iterdir()):
                await asyncio.sleep(0)
    assert [span.span_id for span in found.spans] == [span.span_id for span in spans]
    assert collector.imported == 1200


@pytest.mark.parametrize(
    "anyio_backend",
    [("asyncio", {"use_uvloop": False}), ("asyncio", {"use_uvloop": True})],
    ids=["asyncio", "uvloop"],
)
async def test_what_a_worker_sent_before_its_death_is_all_taken(
    tmp_path: Path, anyio_backend: object
) -> None:
    spans = Spans()
    async with collecting(tmp_path, spans):
        worker = socket.socket(socket.AF_UNIX)
        worker.connect(str(tmp_path / "c.sock"))
        worker.sendall(frame(Hello("w0")))
        for number in range(1, 51):
            worker.sendall(frame(Batch(number, (record(number),))))
        # With acknowledgements unread, as kill -9 leaves them.
        worker.close()
        assert len(await spans.count(50)) == 50


async def test_what_a_worker_sends_while_the_store_stands_still_outlives_it(tmp_path: Path) -> None:
    class Stalled(Spans):
        goes_on = asyncio.Event()

        async def write(self, spans: Sequence[Span]) -> int:
            await self.goes_on.wait()
            return await super().write(spans)

    spans = Stalled()
    async with collecting(tmp_path, spans):
        with socket.socket(socket.AF_UNIX) as worker:
            worker.connect(str(tmp_path / "c.sock"))
            worker.settimeout(30)
            for number in range(1, 31):
                # Three times what the socket has room for.
                large = replace(record(number), response_body=b"x" * 50_000)
                await asyncio.to_thread(worker.sendall, frame(Batch(number, (large,))))
        spans.goes_on.set()
        assert len(await spans.count(30)) == 30


async def test_a_record_that_cannot_be_reduced_does_not_hold_up_its_worker(tmp_path: Path) -> None:
    class Odd(Spans):
        def reduce(self, record: ExchangeRecord) -> Span:
            if record.span_id.endswith("1"):
                raise LookupError("nobody foresaw this")
            return super().reduce(record)

    spans = Odd()
    async with collecting(tmp_path, spans) as collector:
        reader, writer = await asyncio.open_unix_connection(str(tmp_path / "c.sock"))
        writer.write(frame(Hello("w0")) + frame(Batch(1, (record(1), record(2)))))
        assert await ack(reader) == 1
        assert [span.span_id[-1] for span in spans.spans] == ["2"]
        assert collector.workers == {"w0"}
        writer.close()


async def test_trouble_with_spill_files_is_shown_until_it_is_over(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    spill, troubles = tmp_path / "spill", Troubles()
    spill.mkdir()
    (spill / "w0.ready").mkdir()
    collector = Collector(
        path=tmp_path / "c.sock", spill_dir=spill, writer=Spans(), reduce=Spans().reduce,
        totals=Totals([]), clock=SystemClock(), troubles=troubles,
    )  # fmt: skip
    for _ in range(3):
        await collector.import_from(spill)
    assert troubles.now() == {IMPORTING: "IsADirectoryError: Is a directory"}
    said = [record.message for record in caplog.records]
    assert len(said) == 2
    assert said[1] == "the spill file w0.ready cannot be imported"
    (spill / "w0.ready").rmdir()
    await collector.import_from(spill)
    assert troubles.now() == {}
