import resource
from pathlib import Path

import pytest

from vedette.gateway.spill import Spill
from vedette.ingest.collector import _importable, _read_spans
from vedette.model.exchange import ExchangeRecord
from vedette.model.span import Span

pytestmark = pytest.mark.anyio


def record(number: int) -> ExchangeRecord:
    return ExchangeRecord(
        trace_id=f"{number:032x}", span_id=f"{number:016x}", request_id="r", start_ns=1, end_ns=2,
        method="POST", path="/", operation="chat",
    )  # fmt: skip


def reduce(record: ExchangeRecord) -> Span:
    return Span(trace_id=record.trace_id, span_id=record.span_id, name="n", start_ns=1, end_ns=2)


def spill(directory: Path, limit_bytes: int = 1_000_000) -> Spill:
    return Spill(directory, worker="w0", limit_bytes=limit_bytes, reduce=reduce)


async def test_what_is_written_is_read_back_in_order(tmp_path: Path) -> None:
    it = spill(tmp_path)
    assert await it.write([record(1), record(2)])
    assert await it.write([record(3)])
    await it.finish()
    (path,) = _importable(tmp_path)
    spans, _ = _read_spans(path, 0)
    assert [int(span.span_id, 16) for span in spans] == [1, 2, 3]


async def test_a_file_is_left_alone_while_its_worker_writes(tmp_path: Path) -> None:
    it = spill(tmp_path)
    await it.write([record(1)])
    assert _importable(tmp_path) == []
    await it.finish()
    assert len(_importable(tmp_path)) == 1


async def test_the_file_of_a_dead_worker_is_imported_up_to_the_cut(tmp_path: Path) -> None:
    it = spill(tmp_path)
    await it.write([record(1), record(2)])
    await it.finish()
    (whole,) = _importable(tmp_path)
    orphan = tmp_path / "w9-1-000001.open"
    orphan.write_bytes(whole.read_bytes()[:-3])
    whole.unlink()
    assert _importable(tmp_path) == [orphan]
    spans, end = _read_spans(orphan, 0)
    assert [int(span.span_id, 16) for span in spans] == [1]
    assert _read_spans(orphan, end) == ([], end)


async def test_a_file_that_its_worker_renames_while_it_is_looked_for_is_no_error(
    tmp_path: Path,
) -> None:
    (tmp_path / "w0-000001.open").symlink_to(tmp_path / "gone")
    assert _importable(tmp_path) == []


async def test_the_directory_never_grows_past_its_limit(tmp_path: Path) -> None:
    it = spill(tmp_path, limit_bytes=200)
    taken = [await it.write([record(n)]) for n in range(50)]
    assert taken[0]
    assert not taken[-1]
    await it.finish()
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 200


async def test_a_disk_that_takes_a_part_only_has_taken_nothing(tmp_path: Path) -> None:
    """It says nothing of it: the write is short, and the next one fails."""
    it = spill(tmp_path)
    assert await it.write([record(1)])
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    (path,) = tmp_path.iterdir()
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 20, hard))
    try:
        assert not await it.write([record(2)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert await it.write([record(3)])
    await it.finish()
    found = [span for path in _importable(tmp_path) for span in _read_spans(path, 0)[0]]
    assert [int(span.span_id, 16) for span in found] == [1, 3]


async def test_without_a_directory_nothing_is_taken() -> None:
    it = Spill(None, worker="w0", limit_bytes=1, reduce=reduce)
    assert not await it.write([record(1)])


async def test_an_unwritable_directory_is_counted_and_survived(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a directory")
    it = spill(blocked / "spill")
    assert not await it.write([record(1)])
    assert it.failures == 1
