"""What happens when files, disks and neighbours misbehave."""

import contextlib
import logging
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.span_stores import DAY, NOW, S, settle, span, span_numbers, trace_numbers
from vedette.clock import FakeClock
from vedette.errors import StoreError
from vedette.model.query import Filter, SeriesQuery
from vedette.model.span import Payload, Span
from vedette.stores.spans.sqlite import SqliteSpanStore

FILE = "spans-2023-11.db"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(NOW)


@pytest.fixture
def store(tmp_path: Path, clock: FakeClock) -> Iterator[SqliteSpanStore]:
    opened = SqliteSpanStore(tmp_path, clock, busy_s=0.05)
    yield opened
    opened.close()


def test_spans_are_there_after_reopening(tmp_path: Path, clock: FakeClock) -> None:
    first = SqliteSpanStore(tmp_path, clock)
    first.write_batch([span(n, payload=Payload(input="kept word")) for n in range(10)])
    first.close()
    second = SqliteSpanStore(tmp_path, clock)
    settle(second)
    assert span_numbers(second, Filter(text="kept word")) == list(range(9, -1, -1))
    assert second.write_batch([span(n) for n in range(11)]) == 1
    second.close()


def test_each_month_has_its_file_and_wild_clocks_make_few(
    tmp_path: Path, store: SqliteSpanStore
) -> None:
    starts = [NOW, NOW - 40 * DAY, 0, 1, NOW + 3000 * DAY, 2**63 - 1]
    for number, start_ns in enumerate(starts):
        store.write_batch([span(number, start_ns=start_ns, end_ns=start_ns)])
    files = sorted(path.name for path in tmp_path.glob("spans-*.db"))
    assert files == [f"spans-{month}.db" for month in ("2020-11", "2023-10", "2023-11", "2023-12")]
    assert span_numbers(store) == [5, 4, 0, 1, 3, 2]
    assert trace_numbers(store, Filter(to_ns=1)) == [2]


def test_old_months_are_deleted_as_files(tmp_path: Path, store: SqliteSpanStore) -> None:
    store.write_batch([span(n, start_ns=NOW - n * 31 * DAY, end_ns=NOW) for n in range(4)])
    assert len(list(tmp_path.glob("spans-*.db"))) == 4
    assert store.delete_range("default", to_ns=NOW - 60 * DAY) == 2
    assert len(list(tmp_path.glob("spans-*.db"))) == 2
    assert len(list(tmp_path.glob("spans-2023-0*"))) == 0
    assert span_numbers(store) == [0, 1]


def test_a_month_shared_with_another_project_keeps_its_file(
    tmp_path: Path, store: SqliteSpanStore
) -> None:
    old = {"start_ns": NOW - 90 * DAY, "end_ns": NOW}
    store.write_batch([span(1, **old), span(2, project_id="other", **old)])
    assert store.delete_range("default", to_ns=NOW) == 1
    assert span_numbers(store, Filter(project_id="other")) == [2]


def test_readers_of_other_processes_see_new_spans_and_new_months(
    tmp_path: Path, store: SqliteSpanStore, clock: FakeClock
) -> None:
    store.write_batch([span(1)])
    reader = SqliteSpanStore(tmp_path, clock, readonly=True)
    assert span_numbers(reader) == [1]
    store.write_batch([span(2), span(3, start_ns=NOW - 40 * DAY, end_ns=NOW)])
    assert span_numbers(reader) == [2, 1, 3]
    store.delete_range("default", to_ns=NOW - 20 * DAY)
    assert span_numbers(reader) == [2, 1]
    with pytest.raises(StoreError, match="reading only"):
        reader.write_batch([span(4)])
    reader.close()


def test_a_reader_needs_a_directory(tmp_path: Path, clock: FakeClock) -> None:
    with pytest.raises(StoreError, match="nowhere"):
        SqliteSpanStore(tmp_path / "nowhere", clock, readonly=True)
    assert not (tmp_path / "nowhere").exists()


def test_a_second_writer_is_refused_and_told_who_is_there(
    tmp_path: Path, store: SqliteSpanStore, clock: FakeClock
) -> None:
    with pytest.raises(StoreError, match=rf"in use by another Vedette \(process {os.getpid()}\)"):
        SqliteSpanStore(tmp_path, clock)
    store.close()
    SqliteSpanStore(tmp_path, clock).close()


def test_the_lock_of_a_killed_process_is_gone(tmp_path: Path, clock: FakeClock) -> None:
    code = (
        "import sys, time; from pathlib import Path; from vedette.clock import SystemClock;"
        "from vedette.stores.spans.sqlite import SqliteSpanStore;"
        "s = SqliteSpanStore(Path(sys.argv[1]), SystemClock()); print('open', flush=True);"
        "sys.stdin.read()"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with child:
        assert child.stdout
        assert child.stdout.readline() == b"open\n"
        with pytest.raises(StoreError, match=str(child.pid)):
            SqliteSpanStore(tmp_path, clock)
        child.kill()
    SqliteSpanStore(tmp_path, clock).close()


def test_a_path_that_is_a_file_is_explained(tmp_path: Path, clock: FakeClock) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match=r"Cannot use storage\.path"):
        SqliteSpanStore(tmp_path / "file", clock)
    with pytest.raises(StoreError, match=r"Cannot use storage\.path"):
        SqliteSpanStore(tmp_path / "file" / "below", clock)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_directory_that_cannot_be_written_is_explained(tmp_path: Path, clock: FakeClock) -> None:
    SqliteSpanStore(tmp_path / "d", clock).close()
    (tmp_path / "d").chmod(0o500)
    (tmp_path / "d" / "spans.lock").chmod(0o400)
    try:
        with pytest.raises(StoreError, match=r"Cannot use storage\.path"):
            SqliteSpanStore(tmp_path / "d", clock)
    finally:
        (tmp_path / "d").chmod(0o700)


def test_a_file_of_a_newer_version_is_refused(tmp_path: Path, clock: FakeClock) -> None:
    first = SqliteSpanStore(tmp_path, clock)
    first.write_batch([span(1)])
    first.close()
    with sqlite3.connect(tmp_path / FILE) as conn:
        conn.execute("PRAGMA user_version=99")
    conn.close()
    for readonly in (False, True):
        with pytest.raises(StoreError, match="newer Vedette"):
            SqliteSpanStore(tmp_path, clock, readonly=readonly)
    assert (tmp_path / FILE).exists()


@pytest.mark.parametrize("how", ["noise", "head", "cut"])
def test_a_damaged_file_found_at_the_start_is_moved_aside(
    tmp_path: Path, clock: FakeClock, how: str, caplog: pytest.LogCaptureFixture
) -> None:
    first = SqliteSpanStore(tmp_path, clock)
    first.write_batch([span(1), span(2, start_ns=NOW - 40 * DAY, end_ns=NOW)])
    first.close()
    path = tmp_path / FILE
    match how:
        case "noise":
            path.write_bytes(os.urandom(50_000))
        case "head":
            path.write_bytes(b"\0" * 4096 + path.read_bytes()[4096:])
        case _:
            os.truncate(path, 10_000)
    with caplog.at_level(logging.ERROR):
        second = SqliteSpanStore(tmp_path, clock)
        second.write_batch([span(3)])
    assert span_numbers(second) == [3, 2]
    assert "moved aside" in caplog.text
    assert (tmp_path / f"{FILE}.corrupt-{NOW // S}").exists()
    assert "corrupt" in second.health().message
    assert second.health().ok
    second.close()


def test_damage_met_while_writing_does_not_stop_writing(tmp_path: Path, clock: FakeClock) -> None:
    first = SqliteSpanStore(tmp_path, clock)
    first.write_batch([span(n) for n in range(200)])
    first.close()
    damage(tmp_path, "span")
    store = SqliteSpanStore(tmp_path, clock)
    assert not list(tmp_path.glob(f"{FILE}.corrupt-*"))
    assert store.write_batch([span(n) for n in range(1000, 1200)]) == 200
    assert span_numbers(store) == list(range(1199, 999, -1))
    assert list(tmp_path.glob(f"{FILE}.corrupt-*"))
    store.close()


def test_damage_met_while_reading_is_an_error_and_then_moved_aside(
    tmp_path: Path, clock: FakeClock
) -> None:
    first = SqliteSpanStore(tmp_path, clock, text_index=False)
    first.write_batch([span(n, payload=Payload(input=f"{n}" * 3000)) for n in range(100)])
    first.close()
    damage(tmp_path, "payload")
    store = SqliteSpanStore(tmp_path, clock, text_index=False)
    assert len(span_numbers(store)) == 100
    with pytest.raises(StoreError, match="malformed"):
        list(store.export(Filter()))
    assert (store.health().ok, store.health().spans) == (False, 100)
    settle(store)
    assert span_numbers(store) == []
    assert store.write_batch([span(1)]) == 1
    assert store.health().ok
    store.close()


def test_damage_that_the_writing_connection_does_not_see_is_found(
    tmp_path: Path, clock: FakeClock
) -> None:
    store = SqliteSpanStore(tmp_path, clock)
    store.write_batch([span(1)])
    settle(store)
    (tmp_path / FILE).write_bytes(os.urandom(65_536))
    (tmp_path / f"{FILE}-wal").write_bytes(b"")
    for _ in range(3):
        with contextlib.suppress(StoreError):
            span_numbers(store)
        with contextlib.suppress(StoreError):
            store.maintain()
    assert store.write_batch([span(2)]) == 1
    assert span_numbers(store) == [2]
    assert "moved aside" in store.health().message
    store.close()


def damage(folder: Path, table: str) -> None:
    """Overwrite the root page of a table."""
    conn = sqlite3.connect(folder / FILE)
    (page,) = conn.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    conn.close()
    with (folder / FILE).open("r+b") as file:
        file.seek((page - 1) * 8192)
        file.write(b"\xa5" * 8192)


def test_a_locked_file_is_an_error_that_a_retry_heals(
    tmp_path: Path, store: SqliteSpanStore
) -> None:
    store.write_batch([span(1)])
    other = sqlite3.connect(tmp_path / FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="locked"):
        store.write_batch([span(2)])
    assert span_numbers(store) == [1]
    assert "locked" in store.health().message
    other.execute("ROLLBACK")
    other.close()
    assert store.write_batch([span(2)]) == 1
    assert store.health().ok


def test_a_full_disk_is_an_error_that_space_heals(tmp_path: Path, clock: FakeClock) -> None:
    folder = tmp_path / "small"
    folder.mkdir()
    if os.geteuid() != 0 or not shutil.which("mount"):
        pytest.skip("needs root to mount a small tmpfs")
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("cannot mount a tmpfs here")
    try:
        store = SqliteSpanStore(folder, clock)
        written = fill(store)
        assert store.health().ok is False
        assert span_numbers(store) == list(range(written - 1, -1, -1))
        subprocess.run(["mount", "-o", "remount,size=60m", str(folder)], check=True)
        assert store.write_batch([big_span(n) for n in range(written, written + 50)]) == 50
        assert len(span_numbers(store)) == written + 50
        store.close()
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(store: SqliteSpanStore) -> int:
    """Write until the disk is full; how many spans fitted."""
    written = 0
    while store.health().ok or written == 0:
        with contextlib.suppress(StoreError):
            written += store.write_batch([big_span(n) for n in range(written, written + 50)])
    assert re.search("full|I/O|free", store.health().message)
    return written


def big_span(number: int) -> Span:
    return span(number, payload=Payload(raw_request=os.urandom(2000).hex()))


def test_a_file_that_cannot_grow_keeps_what_it_has(store: SqliteSpanStore, tmp_path: Path) -> None:
    store.write_batch([span(1)])
    (file,) = store._months.newest_first()
    pages = file.writer.execute("PRAGMA page_count").fetchone()[0]
    file.writer.execute(f"PRAGMA max_page_count={pages + 2}")
    with pytest.raises(StoreError, match="full"):
        store.write_batch([big_span(n) for n in range(2, 100)])
    assert span_numbers(store) == [1]
    assert store.trace("default", span(2).trace_id) is None
    file.writer.execute("PRAGMA max_page_count=1000000")
    assert store.write_batch([span(1), span(2)]) == 1
    assert span_numbers(store) == [2, 1]


def test_health_sees_that_the_directory_went_away(tmp_path: Path, clock: FakeClock) -> None:
    store = SqliteSpanStore(tmp_path / "d", clock)
    store.write_batch([span(1)])
    (tmp_path / "d" / FILE).unlink()
    assert "was removed" in store.health().message
    shutil.rmtree(tmp_path / "d")
    assert "is gone" in store.health().message
    store.close()


def test_minutes_are_pruned_and_hours_stay(store: SqliteSpanStore, clock: FakeClock) -> None:
    store.write_batch([span(n) for n in range(3)])
    clock.advance(72 * 3600)
    settle(store)
    (file,) = store._months.newest_first()
    with file.reading() as conn:
        widths = conn.execute("SELECT DISTINCT width_s FROM roll").fetchall()
    assert sorted(widths) == [(-3600,), (3600,)]
    query = SeriesQuery(from_ns=NOW - DAY, to_ns=NOW, bucket_s=60, metrics=("requests",))
    assert sum(value for _, value in store.series(query)[0].points) == 3


def test_deleting_while_reading_disturbs_nobody(store: SqliteSpanStore) -> None:
    for month in range(6):
        start_ns = NOW - month * 31 * DAY
        store.write_batch(
            [span(100 * month + n, start_ns=start_ns + n, end_ns=start_ns + n) for n in range(50)]
        )
    failures: list[StoreError] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            try:
                store.list_traces(Filter(), after=None, limit=500)
                store.trace("default", span(510).trace_id)
            except StoreError as error:
                failures.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    for month in range(5, 0, -1):
        store.delete_range("default", to_ns=NOW - (month - 1) * 31 * DAY - DAY)
    done.set()
    reader.join()
    assert failures == []
    assert span_numbers(store) == list(range(49, -1, -1))


def test_text_search_can_be_left_out(tmp_path: Path, clock: FakeClock) -> None:
    store = SqliteSpanStore(tmp_path, clock, text_index=False)
    store.write_batch([span(1, payload=Payload(input="word"))])
    assert store.maintain() is False
    assert store.capabilities.text_search is False
    with pytest.raises(StoreError, match="switched off"):
        store.list_traces(Filter(text="word"), after=None, limit=1)
    store.close()


def test_an_unknown_durability_is_refused(tmp_path: Path, clock: FakeClock) -> None:
    with pytest.raises(StoreError, match="synchronous"):
        SqliteSpanStore(tmp_path, clock, synchronous="OFF; DROP TABLE span")


def test_full_durability_can_be_asked_for(tmp_path: Path, clock: FakeClock) -> None:
    store = SqliteSpanStore(tmp_path, clock, synchronous="FULL")
    store.write_batch([span(1)])
    (file,) = store._months.newest_first()
    assert file.writer.execute("PRAGMA synchronous").fetchone()[0] == 2
    store.close()
