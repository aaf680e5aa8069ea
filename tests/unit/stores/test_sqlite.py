"""What every SQLite file is opened with."""

import sqlite3
import threading
from pathlib import Path

import pytest

from vedette.stores.sqlite import prepare


def connect(path: Path) -> sqlite3.Connection:
    """A connection for which SQLite itself never waits."""
    return sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)


def test_a_file_is_written_ahead_and_what_is_deleted_is_overwritten(tmp_path: Path) -> None:
    conn = connect(tmp_path / "a.db")
    prepare(conn, 1)
    assert conn.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert conn.execute("PRAGMA secure_delete").fetchone() == (1,)
    conn.close()


def test_a_file_that_another_has_locked_is_waited_for(tmp_path: Path) -> None:
    other, conn = connect(tmp_path / "a.db"), connect(tmp_path / "a.db")
    other.execute("BEGIN EXCLUSIVE")
    other.execute("CREATE TABLE t (x)")
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        prepare(conn, 0.02)
    release = threading.Timer(0.05, other.execute, ["COMMIT"])
    release.start()
    prepare(conn, 30)
    release.join()
    assert conn.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    conn.close()
    other.close()


def test_what_is_no_database_is_not_tried_for_long(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_bytes(b"no database" * 100)
    conn = connect(tmp_path / "a.db")
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        prepare(conn, 1e9)
    conn.close()
