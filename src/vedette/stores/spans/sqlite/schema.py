"""Opening connections and bringing a file to the current schema.

Migrations are the numbered files in `stores/sql/sqlite`, forward only; `PRAGMA user_version`
says which have been applied. Each runs in one transaction that takes the write lock first, so
two processes that open a file at once apply it once.
"""

import sqlite3
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from vedette.errors import StoreError
from vedette.stores.sqlite import prepare

PAGE_BYTES = 8_192
_READ_CACHE_KIB = 4_096
_WRITE_CACHE_KIB = 32_768
# Memory-mapped reading is left off: a file cut under us would end the process with SIGBUS.


class Opening(NamedTuple):
    """How files are opened."""

    readonly: bool = False
    synchronous: str = "NORMAL"
    """`FULL` makes a commit survive the loss of power."""
    busy_s: float = 5.0
    """How long a statement waits for a lock that another process holds."""
    text_index: bool = True


def open_writer(path: Path | None, opening: Opening) -> sqlite3.Connection:
    """The connection that writes, with the schema up to date; None is in memory.

    Raises `sqlite3.Error`, or `StoreError` for a file of a newer version.
    """
    conn = _connect(str(path) if path else ":memory:", opening)
    try:
        conn.execute(f"PRAGMA page_size={PAGE_BYTES}")
        prepare(conn, opening.busy_s)
        conn.execute(f"PRAGMA synchronous={opening.synchronous}")
        conn.execute(f"PRAGMA cache_size=-{_WRITE_CACHE_KIB}")
        conn.execute("PRAGMA wal_autocheckpoint=4000")
        conn.execute("PRAGMA journal_size_limit=67108864")
        conn.execute("PRAGMA temp_store=MEMORY")
        migrate(conn, path.name if path else ":memory:")
    except BaseException:
        conn.close()
        raise
    return conn


def open_reader(path: Path, opening: Opening) -> sqlite3.Connection:
    """A connection that only reads. Works beside a writer in another process.

    A file on a read-only file system is opened as immutable when no writer left a WAL behind.
    """
    try:
        return _reader(path, "mode=ro", opening)
    except sqlite3.OperationalError:
        if path.with_name(path.name + "-wal").exists():
            raise
        return _reader(path, "mode=ro&immutable=1", opening)


def _reader(path: Path, mode: str, opening: Opening) -> sqlite3.Connection:
    conn = _connect(f"{path.absolute().as_uri()}?{mode}", opening, uri=True)
    try:
        conn.execute("PRAGMA query_only=1")
        conn.execute(f"PRAGMA cache_size=-{_READ_CACHE_KIB}")
        check_version(conn, path.name)
    except BaseException:
        conn.close()
        raise
    return conn


def _connect(name: str, opening: Opening, *, uri: bool = False) -> sqlite3.Connection:
    return sqlite3.connect(
        name, timeout=opening.busy_s, isolation_level=None, check_same_thread=False, uri=uri
    )


def check_version(conn: sqlite3.Connection, name: str) -> int:
    """The version of the schema; raises `StoreError` when it is newer than this program."""
    version = int(conn.execute("PRAGMA user_version").fetchone()[0])
    known = len(_migrations())
    if version > known:
        raise StoreError(
            f"{name!r} was written by a newer Vedette (schema {version}, this one knows {known})."
            " Update Vedette, or point storage.path at another directory."
        )
    return version


def migrate(conn: sqlite3.Connection, name: str) -> None:
    """Apply what is missing."""
    if check_version(conn, name) == len(_migrations()):
        return
    conn.execute("BEGIN IMMEDIATE")
    try:
        version = check_version(conn, name)
        for number, sql in enumerate(_migrations()[version:], start=version + 1):
            for statement in _statements(sql):
                conn.execute(statement)
            conn.execute(f"PRAGMA user_version={number}")
        conn.execute("COMMIT")
    except BaseException:
        conn.execute("ROLLBACK")
        raise


def _migrations() -> list[str]:
    folder = files("vedette.stores") / "sql" / "sqlite"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".sql"))
    return [(folder / name).read_text("utf-8") for name in names]


def _statements(sql: str) -> Iterator[str]:
    """Cut a script into statements; `executescript` would commit the transaction first."""
    pending = ""
    for line in sql.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""
