"""Opening files and bringing them up to date."""

import sqlite3
import threading
from pathlib import Path

import pytest

from vedette.errors import StoreError
from vedette.stores.spans.sqlite.schema import (
    PAGE_BYTES,
    Opening,
    check_version,
    migrate,
    open_reader,
    open_writer,
)


def test_a_new_file_gets_the_schema_and_the_pragmas(tmp_path: Path) -> None:
    conn = open_writer(tmp_path / "a.db", Opening())
    values = {
        name: conn.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "page_size", "synchronous", "user_version")
    }
    assert values["journal_mode"] == "wal"
    assert values["page_size"] == PAGE_BYTES
    assert values["synchronous"] == 1
    assert values["user_version"] == check_version(conn, "a.db") >= 1
    migrate(conn, "a.db")
    conn.close()


def test_two_that_open_a_file_at_once_migrate_it_once(tmp_path: Path) -> None:
    failures: list[BaseException] = []
    start = threading.Barrier(4)

    def open_it() -> None:
        start.wait()
        try:
            open_writer(tmp_path / "a.db", Opening()).close()
        except BaseException as error:
            failures.append(error)
            raise

    threads = [threading.Thread(target=open_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    conn = open_reader(tmp_path / "a.db", Opening())
    assert conn.execute("SELECT count(*) FROM stat").fetchone() == (1,)
    conn.close()


def test_a_failed_migration_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    with sqlite3.connect(path) as conn:
        conn.execute("CREATE TABLE payload (x)")
    conn.close()
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        open_writer(path, Opening())
    with sqlite3.connect(path) as conn:
        assert conn.execute("PRAGMA user_version").fetchone() == (0,)
        tables = conn.execute("SELECT name FROM sqlite_master").fetchall()
    conn.close()
    assert tables == [("payload",)]


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    open_writer(tmp_path / "a.db", Opening()).close()
    conn = open_reader(tmp_path / "a.db", Opening())
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        conn.execute("DELETE FROM stat")
    conn.close()


def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    conn = open_writer(tmp_path / "a.db", Opening())
    conn.execute("PRAGMA user_version=1000")
    conn.close()
    for opener in (open_reader, open_writer):
        with pytest.raises(StoreError, match="newer"):
            opener(tmp_path / "a.db", Opening())
