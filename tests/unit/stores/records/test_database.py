"""The database under the records: opened late, shared by threads."""

import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from vedette.clock import FakeClock
from vedette.errors import StoreError
from vedette.model.audit import AuditEvent
from vedette.stores.records.database import Database
from vedette.stores.records.sql import SqlRecords


def test_a_transaction_that_fails_leaves_nothing(tmp_path: Path) -> None:
    database = Database(tmp_path, busy_s=1)

    def write_and_fail() -> None:
        with database.using("Failed") as connection:
            connection.execute(text("INSERT INTO audit_heads VALUES ('o', 1, 'h')"))
            connection.execute(text("SELECT * FROM missing"))

    with pytest.raises(StoreError, match="no such table"):
        write_and_fail()
    assert "no such table" in database.problem
    with database.using("Failed") as connection:
        assert connection.execute(text("SELECT count(*) FROM audit_heads")).scalar() == 0
    assert database.problem == ""
    database.close()


def test_a_database_of_a_newer_version_is_not_touched(tmp_path: Path) -> None:
    database = Database(tmp_path, busy_s=1)
    with database.using("Failed") as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    with pytest.raises(StoreError, match=r"'records.db' was written by a newer Vedette.*9999"):
        Database(tmp_path, busy_s=1)


def test_a_migration_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "records.db") as conn:
        conn.execute("CREATE TABLE audit_heads (x)")
    database = Database(tmp_path, busy_s=1)
    assert "audit_heads already exists" in database.problem
    tables = conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    assert tables == [("audit_heads",)]
    conn.execute("DROP TABLE audit_heads")
    conn.close()
    with database.using("Failed") as connection:
        assert connection.execute(text("SELECT count(*) FROM audit_heads")).scalar() == 0
    database.close()


def test_a_migration_begins_when_no_other_writes(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "records.db", isolation_level=None)
    other.execute("PRAGMA journal_mode=WAL")
    other.execute("BEGIN IMMEDIATE")
    database = Database(tmp_path, busy_s=0.02)
    assert "locked" in database.problem
    other.execute("COMMIT")
    with database.using("Failed") as connection:
        assert connection.execute(text("SELECT count(*) FROM audit_heads")).scalar() == 0
    database.close()
    other.close()


def test_several_open_a_new_database_at_once(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; sys.stdin.read();"
        "from vedette.stores.records.database import Database;"
        "found = Database(Path(sys.argv[1]), busy_s=30); print(found.problem); found.close()"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", code, tmp_path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for process in started:
        assert process.stdin is not None
        process.stdin.close()
    for process in started:
        assert process.stdout is not None
        assert process.stdout.read() == "\n"
        process.stdout.close()
        assert process.wait() == 0


@pytest.mark.parametrize("place", ["file", "memory"])
def test_many_threads_write_at_once(tmp_path: Path, place: str) -> None:
    store = SqlRecords(tmp_path if place == "file" else None, FakeClock(), busy_s=30)
    other = SqlRecords(tmp_path, FakeClock(), busy_s=30) if place == "file" else store
    errors: list[Exception] = []

    def work(name: str, store: SqlRecords) -> None:
        try:
            for number in range(15):
                made = store.put("p", "thing", f"{name}{number}", {"n": number}, version=0)
                store.put("p", "thing", made.id, {"n": -1}, version=1)
                store.audit.append([AuditEvent(action="a.b", project="p")])
        except Exception as error:
            errors.append(error)

    threads = [
        threading.Thread(target=work, args=(f"t{index}-", store if index % 2 else other))
        for index in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    seqs = [entry.seq for entry in store.audit.entries("default")]
    assert seqs == list(range(1, 4 * 15 * 3 + 1))
    store.close()
    other.close()
