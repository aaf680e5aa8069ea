"""One span file, and the connections to it.

A file has one connection that writes (used under the store's write lock) and a few that read,
lent one at a time. In memory both are the same connection behind a lock.
"""

import contextlib
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from vedette.errors import StoreError
from vedette.model.span import Span
from vedette.stores.spans.sqlite.codec import Row
from vedette.stores.spans.sqlite.packing import Packer
from vedette.stores.spans.sqlite.schema import Opening, open_reader, open_writer

_IDLE_READERS = 3
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_MAX_TERMS = 200_000
_MAX_FRESH = 4_000
_MAX_FRESH_BYTES = 8_192
Terms = dict[str, dict[tuple[int, str], int]]
"""Ids of terms by project and (facet, value)."""
SIDE_FILES = ("-wal", "-shm")


class FileGone(StoreError):
    """The file was closed, deleted or moved aside after the reader saw it."""


class Stat(NamedTuple):
    """The counters of a file; see the table `stat`."""

    next_id: int
    spans: int
    min_start_ns: int | None
    max_start_ns: int | None
    max_trace_ns: int
    text_id: int


def read_stat(conn: sqlite3.Connection) -> Stat:
    """Raises `sqlite3.DatabaseError` where the file is not one of ours."""
    row = conn.execute(
        "SELECT next_id, spans, min_start_ns, max_start_ns, max_trace_ns, text_id FROM stat"
    ).fetchone()
    if row is None:
        raise sqlite3.DatabaseError("table stat is empty")
    return Stat(*row)


class SpanFile:
    """A database file (or memory) with the spans of one month."""

    def __init__(self, path: Path | None, opening: Opening) -> None:
        self.path = path
        self.name = path.name if path else ":memory:"
        self.terms: Terms = {}
        """Ids of terms known to be in the file; only the writer uses it."""
        self.fresh: dict[int, Span] = {}
        """Spans by id whose text is not indexed yet, as far as they are small."""
        self.is_broken = False
        """True after the writer met damage."""
        self.is_suspect = False
        """True after a reader met damage; the writer looks into it."""
        self._lock = threading.RLock()
        self._idle: list[sqlite3.Connection] = []
        self._is_closed = False
        self._packer: Packer | None = None
        self._opening = opening
        self._writer = None if opening.readonly else open_writer(path, opening)

    @property
    def writer(self) -> sqlite3.Connection:
        if self._writer is None:
            raise StoreError(f"{self.name!r} is open for reading only.")
        return self._writer

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The connection that writes, outside of a transaction; damage it meets is remembered."""
        with self._lock if self.path is None else contextlib.nullcontext():
            try:
                yield self.writer
            except sqlite3.DatabaseError as error:
                self.is_broken = self.is_broken or is_damage(error)
                raise

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """One write transaction; everything or nothing."""
        with self.writing() as conn:
            conn.execute("BEGIN IMMEDIATE")
            try:
                yield conn
                conn.execute("COMMIT")
            except BaseException:
                self.forget()
                if conn.in_transaction:
                    conn.execute("ROLLBACK")
                raise
            if sum(map(len, self.terms.values())) > _MAX_TERMS:
                self.forget()

    def find_damage(self) -> sqlite3.DatabaseError | None:
        """Read the whole file and say what is broken in it.

        With a connection of its own: the one that writes has pages in memory that hide what has
        happened to the file under it, and would go on writing where nobody can read.
        """
        if self.path is None:
            return None
        try:
            with contextlib.closing(open_reader(self.path, self._opening)) as conn:
                found = conn.execute("PRAGMA quick_check(1)").fetchone()[0]
                read_stat(conn)
        except sqlite3.DatabaseError as error:
            return error if is_damage(error) else None
        return None if found == "ok" else sqlite3.DatabaseError(found)

    def remember(self, first_id: int, rows: Sequence[Row]) -> None:
        """Keep new spans at hand until their text is indexed, within bounds."""
        if self._opening.text_index and len(self.fresh) < _MAX_FRESH:
            for id, row in enumerate(rows, start=first_id):
                if len(row.body or b"") < _MAX_FRESH_BYTES:
                    self.fresh[id] = row.span

    def forget(self) -> None:
        """Drop what is remembered of the file's content."""
        self.terms.clear()
        self.fresh.clear()
        self._packer = None

    @property
    def packer(self) -> Packer:
        """Packs payloads for this file; only the writer uses it."""
        if self._packer is None:
            self._packer = Packer(self.writer)
        return self._packer

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection inside a read transaction: all statements see the same state."""
        if self.path is None:
            with self._lock:
                yield self.writer
            return
        conn = self._lend(self.path)
        try:
            conn.execute("BEGIN")
            yield conn
            conn.execute("COMMIT")
        except sqlite3.DatabaseError as error:
            # A file cut short under its readers shows as an I/O error first.
            self.is_suspect = self.is_suspect or is_damage(error) or _is_io(error)
            raise
        finally:
            if conn.in_transaction:
                conn.execute("ROLLBACK")
            self._take_back(conn)

    def _lend(self, path: Path) -> sqlite3.Connection:
        with self._lock:
            if self._idle:
                return self._idle.pop()
            if self._is_closed:
                raise FileGone(f"{self.name!r} was closed.")
        try:
            return open_reader(path, self._opening)
        except sqlite3.OperationalError as error:
            if self._is_closed:
                raise FileGone(f"{self.name!r} was closed.") from error
            raise

    def _take_back(self, conn: sqlite3.Connection) -> None:
        with self._lock:
            if not self._is_closed and len(self._idle) < _IDLE_READERS:
                self._idle.append(conn)
                return
        conn.close()

    def bytes(self) -> int:
        """Size on disk with the write-ahead log; 0 in memory."""
        if self.path is None:
            return 0
        sizes = 0
        for suffix in ("", *SIDE_FILES[:1]):
            with contextlib.suppress(OSError):
                sizes += self.path.with_name(self.path.name + suffix).stat().st_size
        return sizes

    def close(self) -> None:
        """Close all connections that are not lent; those close when they come back."""
        with self._lock:
            self._is_closed = True
            idle, self._idle = self._idle, []
            writer, self._writer = self._writer, None
        for conn in idle:
            conn.close()
        if writer is not None:
            writer.close()


def _is_io(error: sqlite3.Error) -> bool:
    return (getattr(error, "sqlite_errorcode", 0) & 0xFF) == sqlite3.SQLITE_IOERR


def is_damage(error: sqlite3.Error) -> bool:
    """Whether the error says that the file itself is broken, not that the moment is bad."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return isinstance(error, sqlite3.DatabaseError) and "stat" in str(error)
    return (code & 0xFF) in _DAMAGED or (
        code & 0xFF == sqlite3.SQLITE_ERROR and "no such table" in str(error)
    )
