"""Forgetting one user, completely.

All traces go in which a span names the user, with everything in them: spans, payloads, facets,
findings, notes, and their words in the text index (a contentless FTS5 table takes a document out
when it is told the very text that went in, so that happens before the payload is gone). Rows of
the ledger stay, for sums must, but lose user and session. Roll-ups are sums over everybody and
stay. At the end nothing of it is left in the files: the text index is merged, payloads are packed
anew with a dictionary that learned from what is left, and the write-ahead log is emptied. Pages are
overwritten whenever they are freed (`secure_delete`).
"""

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple, TypeVar

import msgspec

from vedette.model.forgetting import Kept
from vedette.model.span import Span
from vedette.stores.spans.sqlite import found, sums
from vedette.stores.spans.sqlite.codec import SpanKey, decode_head, decode_payload, to_span
from vedette.stores.spans.sqlite.deleting import delete_spans, refresh_stat
from vedette.stores.spans.sqlite.docs import ALL, MAX_ID, USER, value_of
from vedette.stores.spans.sqlite.files import SpanFile, read_stat
from vedette.stores.spans.sqlite.packing import Unpacker
from vedette.stores.spans.sqlite.text import phrase, searchable
from vedette.stores.spans.sqlite.training import learn_again, repack_step

_Id = TypeVar("_Id", int, str)
_STEP_TRACES = 50
_SAMPLE = 20
_TRIGGER = "ledger_changes_nothing"


class Doomed(NamedTuple):
    """The traces of a user in one file, and what proves that they are gone."""

    traces: list[int]
    trace_ids: list[bytes]
    spans: list[int]
    sessions: list[str]
    phrases: list[tuple[int, str]]
    """(span id, phrase of its text) of a sample."""


def find_doomed(conn: sqlite3.Connection, project_id: str, user_id: str) -> Doomed:
    """The traces in which a span names the user."""
    rows = conn.execute(
        "SELECT facet.doc FROM facet JOIN term ON term.id = facet.key"
        " WHERE term.project = ? AND term.facet = ? AND term.value = ?",
        (project_id, USER, value_of(user_id)),
    )
    ids = [doc & MAX_ID for (doc,) in rows]
    traces: dict[int, bytes] = {}
    for some in _chunks(ids):
        found = conn.execute(
            "SELECT id, trace_id FROM trace WHERE id IN"
            f" (SELECT trace FROM span WHERE id IN ({_marks(some)}))",
            some,
        )
        traces |= dict(found.fetchall())
    spans: list[int] = []
    sessions: set[str] = set()
    for some in _chunks(list(traces)):
        for id, head in conn.execute(
            f"SELECT id, head FROM span WHERE trace IN ({_marks(some)})", some
        ):
            spans.append(id)
            sessions.add(decode_head(head).session_id)
    sample = _phrases(conn, spans[:: max(1, len(spans) // _SAMPLE)][:_SAMPLE])
    return Doomed([*traces], [*traces.values()], spans, sorted(sessions - {""}), sample)


def kept(conn: sqlite3.Connection, project_id: str, user_id: str, doomed: Doomed) -> Kept:
    """How much of it is in the file now, counted table by table."""
    trace_ids = [trace_id.hex() for trace_id in doomed.trace_ids]
    hits = sum(
        conn.execute("SELECT 1 FROM fts WHERE fts MATCH ? AND rowid = ?", (words, id)).fetchone()
        is not None
        for id, words in doomed.phrases
    )
    return Kept(
        traces=_count(conn, "trace", "id", doomed.traces),
        spans=_count(conn, "span", "id", doomed.spans),
        payloads=_count(conn, "payload", "id", doomed.spans),
        findings=_count(conn, "finding", "trace_id", doomed.trace_ids)
        + _count(conn, "finding", "trace_id", trace_ids),
        ledger_rows=conn.execute(
            "SELECT count(*) FROM ledger WHERE project = ? AND user = ? AND user <> ''",
            (project_id, user_id),
        ).fetchone()[0],
        search_hits=hits,
    )


def count_spans(
    conn: sqlite3.Connection, project_id: str, trace_ids: Sequence[str]
) -> list[tuple[int, str, int]]:
    """Row, id and number of spans of those traces that are in the file."""
    rows = conn.execute(
        "SELECT id, trace_id, (SELECT count(*) FROM span WHERE span.trace = trace.id) FROM trace"
        " WHERE project = (SELECT id FROM term WHERE project = ? AND facet = ?)"
        f" AND trace_id IN ({_marks(trace_ids)})",
        (project_id, ALL, *map(bytes.fromhex, trace_ids)),
    )
    return [(row, trace_id.hex(), spans) for row, trace_id, spans in rows]


def forget_step(file: SpanFile, project_id: str, traces: Sequence[int]) -> None:
    """Delete some traces, in one transaction."""
    file.forget()
    with file.transaction() as conn:
        reached, unpacker = read_stat(conn).text_id, Unpacker(conn)
        deleted = 0
        for trace in traces:
            spans = _load(conn, project_id, trace, unpacker)
            conn.executemany(
                "INSERT INTO fts (fts, rowid, body) VALUES ('delete', ?, ?)",
                [(id, searchable(span.name, span.payload)) for id, span in spans if id <= reached],
            )
            delete_spans(conn, project_id, spans)
            conn.execute("DELETE FROM trace WHERE id = ?", (trace,))
            deleted += len(spans)
        refresh_stat(conn, deleted)


def forget_in_ledger(
    conn: sqlite3.Connection, project_id: str, user_id: str, sessions: Sequence[str]
) -> None:
    """Take user and sessions out of the rows; inside a transaction that also restores the rule
    that rows never change."""
    (rule,) = conn.execute(
        "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = ?", (_TRIGGER,)
    ).fetchone()
    rows = [
        found.Forgotten(*row)
        for row in conn.execute(
            "SELECT id, at_ns, user, session FROM ledger WHERE project = ?"
            " AND (user = ? OR session IN (SELECT value FROM json_each(?)))",
            (project_id, user_id, msgspec.json.encode([one for one in sessions if one]).decode()),
        )
    ]
    conn.execute(f"DROP TRIGGER {_TRIGGER}")
    conn.executemany(
        "UPDATE ledger SET session = '', user = CASE user WHEN ? THEN '' ELSE user END"
        " WHERE id = ?",
        [(user_id, row.id) for row in rows],
    )
    conn.execute(rule)
    sums.forget_user(conn, project_id, user_id)
    found.forget(conn, project_id, rows, user_id)


def clean(file: SpanFile, project_id: str, user_id: str) -> None:
    """Leave no trace of what was deleted in the pages of the file."""
    with file.transaction() as conn:
        conn.execute(
            "DELETE FROM term WHERE project = ? AND facet = ? AND value = ? AND n <= 0",
            (project_id, USER, value_of(user_id)),
        )
        conn.execute("INSERT INTO fts (fts) VALUES ('optimize')")
    if learn_again(file):
        after = 0
        while after >= 0:
            after = repack_step(file, after)
    file.forget()
    with file.writing() as conn:
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def steps(traces: Sequence[_Id]) -> list[Sequence[_Id]]:
    """The traces in portions of one transaction."""
    return [traces[at : at + _STEP_TRACES] for at in range(0, len(traces), _STEP_TRACES)]


def _load(
    conn: sqlite3.Connection, project_id: str, trace: int, unpacker: Unpacker
) -> list[tuple[int, Span]]:
    rows = conn.execute(
        "SELECT span.id, trace.trace_id, span_id, span.start_ns, head, body FROM span"
        " CROSS JOIN trace ON trace.id = span.trace LEFT JOIN payload ON payload.id = span.id"
        " WHERE span.trace = ?",
        (trace,),
    ).fetchall()
    return [
        (
            id,
            to_span(
                SpanKey(project_id, trace_id, span_id, start_ns),
                decode_head(head),
                decode_payload(unpacker.unpack(body) if body else None),
            ),
        )
        for id, trace_id, span_id, start_ns, head, body in rows
    ]


def _phrases(conn: sqlite3.Connection, ids: Sequence[int]) -> list[tuple[int, str]]:
    """The first words of these spans, as a search would ask for them."""
    unpacker, found = Unpacker(conn), []
    for id in ids:
        head, body = conn.execute(
            "SELECT head, body FROM span LEFT JOIN payload ON payload.id = span.id"
            " WHERE span.id = ?",
            (id,),
        ).fetchone()
        payload = decode_payload(unpacker.unpack(body) if body else None)
        text = searchable(decode_head(head).name, payload).split(" \ue000 ")[-1]
        if words := phrase(" ".join(text.split()[:6])):
            found.append((id, words))
    return found


def _count(
    conn: sqlite3.Connection, table: str, column: str, values: Sequence[int | bytes | str]
) -> int:
    return sum(
        conn.execute(
            f"SELECT count(*) FROM {table} WHERE {column} IN ({_marks(some)})", some
        ).fetchone()[0]
        for some in _chunks(values)
    )


def _chunks(values: Sequence[int | bytes | str]) -> list[list[int | bytes | str]]:
    return [list(values[at : at + 500]) for at in range(0, len(values), 500)]


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))
