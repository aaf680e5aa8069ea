"""What the contract suite does not ask: trouble with the database itself."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from vedette.clock import FakeClock
from vedette.errors import StoreError
from vedette.stores.records.sql import SqlRecords

CALLS: dict[str, Callable[[SqlRecords], object]] = {
    "get": lambda store: store.get("p", "k", "a"),
    "list": lambda store: store.list("p", "k"),
    "put": lambda store: store.put("p", "k", "b", {}, version=0),
    "replace": lambda store: store.put("p", "k", "a", {}, version=1),
    "delete": lambda store: store.delete("p", "k", "a", version=1),
}


@pytest.fixture
def damaged(tmp_path: Path) -> SqlRecords:
    """Written once, then overwritten with noise."""
    store = SqlRecords(tmp_path, FakeClock())
    store.put("p", "k", "a", {}, version=0)
    store.close()
    (tmp_path / "records.db").write_bytes(b"noise" * 5000)
    return SqlRecords(tmp_path, FakeClock())


@pytest.mark.parametrize("name", CALLS)
def test_a_damaged_database_is_a_clear_error(damaged: SqlRecords, name: str) -> None:
    with pytest.raises(StoreError, match="not a database"):
        CALLS[name](damaged)
    assert "not a database" in damaged.problem()
    damaged.close()


@pytest.mark.parametrize("name", CALLS)
def test_an_error_in_the_middle_is_told_without_the_values(tmp_path: Path, name: str) -> None:
    store = SqlRecords(tmp_path, FakeClock())
    database = sqlite3.connect(tmp_path / "records.db")
    database.execute("DROP TABLE records")
    database.close()
    with pytest.raises(StoreError, match="no such table") as caught:
        CALLS[name](store)
    assert "SELECT" not in caught.value.message
    assert "INSERT" not in caught.value.message
    store.close()


def test_it_recovers_when_the_lock_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "records.db"
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("CREATE TABLE foreign_table (x)")
    other.execute("BEGIN EXCLUSIVE")
    store = SqlRecords(tmp_path, FakeClock(), busy_s=0.05)
    with pytest.raises(StoreError, match="locked"):
        store.list("p", "k")
    assert "locked" in store.problem()
    other.execute("ROLLBACK")
    other.close()
    assert store.list("p", "k") == ()
    assert store.problem() == ""
    store.close()


def test_paths_with_odd_characters_are_paths(tmp_path: Path) -> None:
    folder = tmp_path / "a %41?b#c"
    store = SqlRecords(folder, FakeClock())
    store.put("p", "k", "a", {}, version=0)
    store.close()
    assert (folder / "records.db").is_file()
