"""Forgetting the spans that started before a time.

A file that holds nothing else is deleted as a file. In the others rows go in steps, trace by trace,
each step one transaction: the spans, what finds them, the roll-up of their trace, and what they
were in the hour and the minute that the time cuts through. These cells are lessened and not made
anew: they also count calls that sampling let go. Cells of before follow in the last step; a crash
between steps leaves them to the next `delete_range`. Documents of the text index stay (a
contentless FTS5 table gives nothing back before SQLite 3.43); they name ids that are never used
again, so nobody finds them, and they go with the file.
"""

import sqlite3
from collections import Counter
from collections.abc import Sequence

from vedette.model.span import Span
from vedette.stores.spans.sqlite.cells import HOUR_S, MINUTE_S, cells_of, lessen_cells
from vedette.stores.spans.sqlite.codec import SpanKey, decode_head, to_span
from vedette.stores.spans.sqlite.docs import ALL, doc_of, facets_of, tick_start_ns
from vedette.stores.spans.sqlite.files import SpanFile, read_stat
from vedette.stores.spans.sqlite.findings import delete_findings, delete_guarded
from vedette.stores.spans.sqlite.holders import Held, held_by, keys_of, move, stored_term
from vedette.stores.spans.sqlite.rollup import new_roll
from vedette.stores.spans.sqlite.writing import update_trace

_STEP_TRACES = 200
_TICK_NS = 2**26


def is_all_before(conn: sqlite3.Connection, project_id: str, to_ns: int) -> bool:
    """Whether everything in the file belongs to the project and started before the time."""
    stat = read_stat(conn)
    if not stat.spans or stat.max_start_ns is None or stat.max_start_ns >= to_ns:
        return False
    sql = "SELECT count(*) FROM term WHERE facet = ? AND n > 0 AND project <> ?"
    return not conn.execute(sql, (ALL, project_id)).fetchone()[0]


def delete_step(file: SpanFile, project_id: str, to_ns: int) -> int:
    """Delete some spans from a file that stays: how many; 0 when the cells are right too."""
    with file.transaction() as conn:
        deleted = _delete_traces(conn, project_id, to_ns)
        if not deleted:
            _delete_cells(conn, project_id, to_ns)
        return deleted


def _delete_traces(conn: sqlite3.Connection, project_id: str, to_ns: int) -> int:
    """Delete from some traces; 0 when no trace starts before the time any more."""
    traces = conn.execute(
        "SELECT id, trace_id, start_ns, holders FROM trace"
        " WHERE project = (SELECT id FROM term WHERE project = ? AND facet = ?)"
        " AND start_ns < ? ORDER BY start_ns LIMIT ?",
        (project_id, ALL, to_ns, _STEP_TRACES),
    ).fetchall()
    gone: list[Span] = []
    for trace, trace_id, start_ns, holders in traces:
        rows = conn.execute(
            "SELECT id, span_id, start_ns, head FROM span WHERE trace = ?", (trace,)
        ).fetchall()
        spans = [
            (id, to_span(SpanKey(project_id, trace_id, span_id, start_ns), decode_head(head)))
            for id, span_id, start_ns, head in rows
        ]
        doomed = [(id, span) for id, span in spans if span.start_ns < to_ns]
        delete_spans(conn, project_id, doomed)
        gone += [span for _, span in doomed]
        kept = [span for _, span in spans if span.start_ns >= to_ns]
        if kept:
            _roll_again(conn, trace, held_by(start_ns, holders), kept)
        else:
            conn.execute("DELETE FROM trace WHERE id = ?", (trace,))
    if traces:
        _lessen_cut_cells(conn, gone, to_ns)
        refresh_stat(conn, len(gone))
    return len(gone)


def delete_spans(
    conn: sqlite3.Connection, project_id: str, doomed: Sequence[tuple[int, Span]]
) -> None:
    ids = [(id,) for id, _ in doomed]
    delete_findings(conn, [span for _, span in doomed])
    conn.executemany("DELETE FROM span WHERE id = ?", ids)
    conn.executemany("DELETE FROM payload WHERE id = ?", ids)
    found = [
        (project_id, *pair, doc_of(span.start_ns, id))
        for id, span in doomed
        for pair in facets_of(span)
    ]
    conn.executemany(
        "DELETE FROM facet WHERE key ="
        " (SELECT id FROM term WHERE project = ? AND facet = ? AND value = ?) AND doc = ?",
        found,
    )
    counts = Counter(terms[:3] for terms in found)
    conn.executemany(
        "UPDATE term SET n = n - ? WHERE project = ? AND facet = ? AND value = ?",
        [(n, *term) for term, n in counts.items()],
    )


def _roll_again(conn: sqlite3.Connection, trace: int, before: Held, spans: Sequence[Span]) -> None:
    roll = new_roll(spans[0])
    for span in spans:
        roll.add(span, bytes.fromhex(span.span_id))
    holders = keys_of(spans, stored_term(conn))
    update_trace(conn, trace, roll, holders)
    move(conn, trace, before, Held(roll.start_ns, holders))


def refresh_stat(conn: sqlite3.Connection, deleted: int) -> None:
    """Count again; the range is widened to whole ticks, it is only a bound."""
    low, high = conn.execute(
        "SELECT min((SELECT min(doc) FROM facet WHERE key = term.id)),"
        " max((SELECT max(doc) FROM facet WHERE key = term.id)) FROM term WHERE facet = ?",
        (ALL,),
    ).fetchone()
    conn.execute(
        "UPDATE stat SET spans = spans - ?, min_start_ns = ?, max_start_ns = ?",
        (
            deleted,
            None if low is None else tick_start_ns(low),
            None if high is None else tick_start_ns(high) + _TICK_NS - 1,
        ),
    )


def _lessen_cut_cells(conn: sqlite3.Connection, doomed: Sequence[Span], to_ns: int) -> None:
    """Take the spans off the cells that the time cuts through."""
    for width_s in (MINUTE_S, HOUR_S):
        cut_ns = to_ns // 10**9 // width_s * width_s * 10**9
        spans = [span for span in doomed if span.start_ns >= cut_ns]
        lessen_cells(conn, cells_of(spans, widths=(width_s,), minutes_from_ns=0))


def _delete_cells(conn: sqlite3.Connection, project_id: str, to_ns: int) -> None:
    """Delete the cells that ended before the time."""
    delete_guarded(conn, project_id, to_ns)
    for width_s in (MINUTE_S, HOUR_S):
        conn.execute(
            "DELETE FROM roll WHERE project = ? AND width_s IN (?, ?) AND start_s < ?",
            (project_id, width_s, -width_s, to_ns // 10**9 // width_s * width_s),
        )
