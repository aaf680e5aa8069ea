"""Late facts in a file of their own, beside the span files.

Spans are immutable; what people, models and code say of them later is not. All notes are rows of
one table: a kind, what it is on (a trace and perhaps a span, or a session), a name and a value.
"""

import contextlib
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from vedette.errors import StoreError
from vedette.model.expression import Compare, Leaf, Like, OneOf
from vedette.model.notes import Comment, NoteKind, Score, ScoreQuery, TraceNotes
from vedette.stores.sqlite import prepare

FILE = "notes.db"
_VERSION = 1
_SCHEMA = """
CREATE TABLE IF NOT EXISTS note (
  project TEXT NOT NULL,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  trace_id TEXT NOT NULL,
  session_id TEXT NOT NULL,
  name TEXT NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (project, kind, id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS note_by_trace ON note (project, trace_id) WHERE trace_id <> '';
CREATE INDEX IF NOT EXISTS note_by_session ON note (project, session_id) WHERE session_id <> '';
CREATE INDEX IF NOT EXISTS note_by_name ON note (project, kind, name);
"""
_PUT = "INSERT OR REPLACE INTO note VALUES (?, ?, ?, ?, ?, ?, ?)"
_CHUNK = 500
_BUSY_S = 5.0
_score = msgspec.msgpack.Decoder(Score)
_comment = msgspec.msgpack.Decoder(Comment)


class SqliteNotes:
    """Implements `ports.notes.Notes`; a folder of None keeps them in memory.

    The file is made by the first note: until then there is an empty one in memory.
    """

    def __init__(self, folder: Path | None, *, readonly: bool = False) -> None:
        self._lock = threading.Lock()
        path = folder / FILE if folder else None
        is_there = path is not None and path.exists()
        self._to_make = None if is_there or readonly else path
        try:
            self._conn = _open(path if is_there else None, readonly=readonly and is_there)
        except sqlite3.Error as error:
            raise StoreError(f"The file {FILE!r} cannot be used: {error}.") from error

    def put_scores(self, scores: Sequence[Score]) -> None:
        encode = msgspec.msgpack.encode
        with self._using(writing=True) as conn:
            conn.executemany(
                _PUT,
                [
                    (s.project_id, "score", s.id, s.trace_id, s.session_id, s.name, encode(s))
                    for s in scores
                ],
            )

    def list_scores(self, query: ScoreQuery) -> tuple[Score, ...]:
        sql = "SELECT body FROM note WHERE project = ? AND kind = 'score' AND id > ?"
        values: list[str | int] = [query.project_id, query.after_id]
        for column, value in (
            ("name", query.name), ("trace_id", query.trace_id), ("session_id", query.session_id),
        ):  # fmt: skip
            if value:
                sql += f" AND {column} = ?"
                values.append(value)
        found: list[Score] = []
        with self._using() as conn:
            for (body,) in conn.execute(f"{sql} ORDER BY id", values):
                score = _score.decode(body)
                if query.source in ("", score.source):
                    found.append(score)
                if len(found) >= query.limit:
                    break
        return tuple(found)

    def delete_score(self, project_id: str, score_id: str) -> bool:
        return self._delete(project_id, "score", score_id)

    def put_comment(self, project_id: str, trace_id: str, comment: Comment) -> None:
        body = msgspec.msgpack.encode(comment)
        with self._using(writing=True) as conn:
            conn.execute(_PUT, (project_id, "comment", comment.id, trace_id, "", "", body))

    def delete_comment(self, project_id: str, trace_id: str, comment_id: str) -> bool:
        with self._using() as conn:
            cursor = conn.execute(
                "DELETE FROM note WHERE project = ? AND kind = 'comment' AND id = ?"
                " AND trace_id = ?",
                (project_id, comment_id, trace_id),
            )
            return cursor.rowcount > 0

    def set_tag(self, project_id: str, trace_id: str, tag: str, *, is_on: bool) -> None:
        self._set(project_id, "tag", trace_id, tag, is_on=is_on)

    def set_bookmark(self, project_id: str, trace_id: str, *, is_on: bool) -> None:
        self._set(project_id, "bookmark", trace_id, "", is_on=is_on)

    def of_traces(
        self, project_id: str, trace_ids: Iterable[str], sessions: Mapping[str, str] | None = None
    ) -> dict[str, TraceNotes]:
        ids, by_session = list(dict.fromkeys(trace_ids)), dict(sessions or {})
        gathered: dict[str, _Gathered] = {}
        with self._using() as conn:
            for kind, trace_id, name, body in _rows(conn, project_id, "trace_id", ids):
                gathered.setdefault(trace_id, _Gathered()).add(kind, name, body)
            named = [session for session in dict.fromkeys(by_session.values()) if session]
            said: dict[str, list[tuple[str, str, bytes]]] = {}
            for kind, session_id, name, body in _rows(conn, project_id, "session_id", named):
                said.setdefault(session_id, []).append((kind, name, body))
        for trace_id, session_id in by_session.items():
            for note in said.get(session_id, ()):
                gathered.setdefault(trace_id, _Gathered()).add(*note)
        return {trace_id: found.notes() for trace_id, found in gathered.items()}

    def traces_with(self, project_id: str, leaf: Leaf, *, most: int) -> tuple[str, ...] | None:
        kind, names = _wanted(leaf)
        sql = "SELECT DISTINCT trace_id, session_id FROM note WHERE project = ? AND kind = ?"
        values: list[str | int] = [project_id, kind]
        if names:
            sql += f" AND name IN ({','.join('?' * len(names))})"
            values += names
        with self._using() as conn:
            rows = conn.execute(f"{sql} LIMIT ?", (*values, most + 1)).fetchall()
        if len(rows) > most or any(session_id for _, session_id in rows):
            return None
        return tuple(trace_id for trace_id, _ in rows)

    def has_tag(self, project_id: str, tag: str = "") -> bool:
        sql = "SELECT 1 FROM note WHERE project = ? AND kind = 'tag'"
        values = (project_id, tag) if tag else (project_id,)
        with self._using() as conn:
            found = conn.execute(f"{sql}{' AND name = ?' if tag else ''} LIMIT 1", values)
            return found.fetchone() is not None

    def forget_traces(self, project_id: str, trace_ids: Sequence[str]) -> int:
        return self._forget(project_id, "trace_id", trace_ids)

    def forget_sessions(self, project_id: str, sessions: Sequence[str]) -> int:
        return self._forget(project_id, "session_id", sessions)

    def count(self, project_id: str, trace_ids: Sequence[str], sessions: Sequence[str]) -> int:
        with self._using() as conn:
            return sum(
                1
                for column, ids in (("trace_id", trace_ids), ("session_id", sessions))
                for _ in _rows(conn, project_id, column, ids)
            )

    def close(self) -> None:
        with self._lock:
            self._conn.close()

    def _set(
        self, project_id: str, kind: NoteKind, trace_id: str, name: str, *, is_on: bool
    ) -> None:
        id = f"{trace_id} {name}"
        if not is_on:
            self._delete(project_id, kind, id)
            return
        with self._using(writing=True) as conn:
            conn.execute(_PUT, (project_id, kind, id, trace_id, "", name, b""))

    def _delete(self, project_id: str, kind: NoteKind, id: str) -> bool:
        with self._using() as conn:
            cursor = conn.execute(
                "DELETE FROM note WHERE project = ? AND kind = ? AND id = ?",
                (project_id, kind, id),
            )
            return cursor.rowcount > 0

    def _forget(self, project_id: str, column: str, ids: Sequence[str]) -> int:
        forgotten = 0
        with self._using() as conn:
            for some in _chunks(ids):
                forgotten += conn.execute(
                    f"DELETE FROM note WHERE project = ? AND {column} IN"
                    f" ({','.join('?' * len(some))})",
                    (project_id, *some),
                ).rowcount
            conn.commit()
            conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return forgotten

    @contextlib.contextmanager
    def _using(self, *, writing: bool = False) -> Iterator[sqlite3.Connection]:
        """The connection, for one transaction."""
        with self._lock:
            try:
                if writing and self._to_make is not None:
                    self._conn.close()
                    self._conn = _open(self._to_make, readonly=False)
                    self._to_make = None
                with self._conn:
                    yield self._conn
            except sqlite3.Error as error:
                raise StoreError(f"The notes failed: {error}.") from error


class _Gathered:
    """The notes of one trace as they are read."""

    def __init__(self) -> None:
        self.scores: list[Score] = []
        self.tags: list[str] = []
        self.comments: list[Comment] = []
        self.bookmarked = False

    def add(self, kind: str, name: str, body: bytes) -> None:
        if kind == "score":
            self.scores.append(_score.decode(body))
        elif kind == "comment":
            self.comments.append(_comment.decode(body))
        elif kind == "tag":
            self.tags.append(name)
        else:
            self.bookmarked = True

    def notes(self) -> TraceNotes:
        return TraceNotes(
            scores=tuple(sorted(self.scores, key=lambda score: (score.at_ns, score.id))),
            tags=tuple(sorted(self.tags)),
            comments=tuple(sorted(self.comments, key=lambda each: (each.at_ns, each.id))),
            bookmarked=self.bookmarked,
        )


def _open(path: Path | None, *, readonly: bool) -> sqlite3.Connection:
    name = f"{path.absolute().as_uri()}?mode={'ro' if readonly else 'rwc'}" if path else ":memory:"
    conn = sqlite3.connect(name, timeout=_BUSY_S, check_same_thread=False, uri=path is not None)
    if readonly:
        return conn
    prepare(conn, _BUSY_S)
    if conn.execute("PRAGMA user_version").fetchone()[0] < _VERSION:
        conn.executescript(f"BEGIN IMMEDIATE;{_SCHEMA}PRAGMA user_version={_VERSION};COMMIT;")
    return conn


def _rows(
    conn: sqlite3.Connection, project_id: str, column: str, ids: Sequence[str]
) -> Iterator[tuple[str, str, str, bytes]]:
    for some in _chunks(ids):
        yield from conn.execute(
            f"SELECT kind, {column}, name, body FROM note WHERE project = ? AND {column} <> ''"
            f" AND {column} IN ({','.join('?' * len(some))})",
            (project_id, *some),
        )


def _chunks(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(ids), _CHUNK):
        yield ids[start : start + _CHUNK]


def _wanted(leaf: Leaf) -> tuple[NoteKind, list[str]]:
    """The kind of note a condition asks for, and the names it may have (empty: any)."""
    match leaf.field.name:
        case "score":
            return "score", [leaf.field.key]
        case "bookmarked":
            return "bookmark", []
        case "comment":
            return "comment", []
        case _:
            return "tag", _names(leaf)


def _names(leaf: Leaf) -> list[str]:
    match leaf:
        case Compare(_, "=", value):
            return [str(value)]
        case OneOf(_, values):
            return list(map(str, values))
        case Like():
            return []
        case _:
            return []
