"""Writing a batch into the file of its traces.

A span, its payload, its facets, its trace's roll-up and its cells go into one file in one
transaction, so a crash leaves all or nothing of them. A batch that touches two months is two
transactions, committed one after the other: should the second fail, the first stays. That is
sound because writing is idempotent: the caller was told of the failure (or died), writes the
batch again, and the spans that are there already change nothing. (A transaction over several
attached files would not be better: in WAL mode SQLite commits them file by file.)
"""

import sqlite3
from collections.abc import Iterable, Sequence

from vedette.errors import StoreError
from vedette.stores.spans.sqlite.cells import HOUR_S, MINUTE_S, cells_of, save_cells
from vedette.stores.spans.sqlite.codec import Row
from vedette.stores.spans.sqlite.docs import ALL, MAX_ID, doc_of
from vedette.stores.spans.sqlite.files import SpanFile, Terms, read_stat
from vedette.stores.spans.sqlite.findings import INSERT_FINDING, entries_of, save_guarded
from vedette.stores.spans.sqlite.holders import INSERT_HELD, Held, encode, held_by, keys_of, move
from vedette.stores.spans.sqlite.intime import save_zones
from vedette.stores.spans.sqlite.ledger import INSERT, Entry, entry_of
from vedette.stores.spans.sqlite.packing import Packer
from vedette.stores.spans.sqlite.postings import Postings
from vedette.stores.spans.sqlite.rollup import TraceRoll, decode_roll, encode_roll, new_roll

TraceKey = tuple[str, bytes]
"""Project id and trace id."""
Group = dict[bytes, Row]
"""Rows of one trace by span id."""
_LOOKUP_IDS = 500


def group_rows(rows: Iterable[Row]) -> dict[TraceKey, Group]:
    """Rows by trace; of a span that comes twice the first counts."""
    groups: dict[TraceKey, Group] = {}
    for row in rows:
        groups.setdefault((row.span.project_id, row.trace_id), {}).setdefault(row.span_id, row)
    return groups


def find_traces(conn: sqlite3.Connection, keys: Sequence[TraceKey]) -> set[TraceKey]:
    """Those of the traces that live in this file."""
    found: set[TraceKey] = set()
    for start in range(0, len(keys), _LOOKUP_IDS):
        some = [trace_id for _, trace_id in keys[start : start + _LOOKUP_IDS]]
        marks = ",".join("?" * len(some))
        found.update(
            conn.execute(
                "SELECT term.project, trace.trace_id FROM trace JOIN term ON term.id ="
                f" trace.project WHERE trace.trace_id IN ({marks})",
                some,
            )
        )
    return found.intersection(keys)


def write_groups(file: SpanFile, groups: dict[TraceKey, Group], *, minutes_from_ns: int) -> int:
    """Write what is new in one transaction; returns how many spans that was."""
    with file.transaction() as conn:
        batch = _Batch(conn, file.terms, file.packer)
        for key, group in groups.items():
            batch.add_trace(key, group)
        batch.flush(minutes_from_ns)
    file.remember(batch.first_id, batch.new)
    return len(batch.new)


class _Batch:
    """The rows of one transaction, gathered table by table."""

    def __init__(self, conn: sqlite3.Connection, terms: Terms, packer: Packer) -> None:
        self._conn = conn
        self._pack = packer.pack
        self._stat = read_stat(conn)
        self.first_id = self._next_id = self._stat.next_id
        self._next_trace = conn.execute("SELECT coalesce(max(id), 0) + 1 FROM trace").fetchone()[0]
        self._max_trace_ns = self._stat.max_trace_ns
        self._spans: list[tuple[int, int, bytes, int, bytes]] = []
        self._payloads: list[tuple[int, bytes]] = []
        self._postings = Postings(conn, terms)
        self._ledger: list[Entry] = []
        self._held: list[tuple[int, int, int]] = []
        self._findings: list[Entry] = []
        self.new: list[Row] = []

    def add_trace(self, key: TraceKey, group: Group) -> None:
        project = self._postings.term(key[0], ALL, "")
        stored = self._conn.execute(
            "SELECT id, roll, start_ns, holders FROM trace WHERE trace_id = ? AND project = ?",
            (key[1], project),
        ).fetchone()
        before: Held | None = None
        if stored:
            trace, roll, before = stored[0], decode_roll(stored[1]), held_by(*stored[2:])
            rows = [row for row in group.values() if not self._is_known(trace, row.span_id)]
        else:
            trace, rows = self._next_trace, list(group.values())
            roll = new_roll(rows[0].span)
            self._next_trace += 1
        if rows:
            for row in rows:
                self._add_row(trace, row)
                roll.add(row.span, row.span_id)
            self._max_trace_ns = max(self._max_trace_ns, roll.last_start_ns - roll.start_ns)
            holders = keys_of((row.span for row in rows), self._postings.term)
            if before is not None and before.keys != holders:
                holders = sorted({*before.keys, *holders})
            save_trace(self._conn, (trace, key[1], project), roll, before, holders)
            if before is None:
                self._held += [(holder, roll.start_ns, trace) for holder in holders]
            else:
                move(self._conn, trace, before, Held(roll.start_ns, holders))

    def _is_known(self, trace: int, span_id: bytes) -> bool:
        sql = "SELECT 1 FROM span WHERE trace = ? AND span_id = ?"
        return self._conn.execute(sql, (trace, span_id)).fetchone() is not None

    def _add_row(self, trace: int, row: Row) -> None:
        id, span = self._next_id, row.span
        self._next_id += 1
        self.new.append(row)
        self._spans.append((id, trace, row.span_id, span.start_ns, row.head))
        if row.body is not None:
            self._payloads.append((id, self._pack(row.body)))
        self._postings.add(span, doc_of(span.start_ns, id))
        entry = entry_of(span, row.trace_id, row.span_id)
        if entry is not None:
            self._ledger.append(entry)
        self._findings += entries_of(span, row.trace_id, row.span_id)

    def flush(self, minutes_from_ns: int) -> None:
        """Write what was gathered."""
        if not self.new:
            return
        if self._next_id > MAX_ID:
            raise StoreError(f"A span file holds at most {MAX_ID} spans.")
        execute, many = self._conn.execute, self._conn.executemany
        many("INSERT INTO span VALUES (?, ?, ?, ?, ?)", self._spans)
        many("INSERT INTO payload VALUES (?, ?)", self._payloads)
        many(INSERT, self._ledger)
        many(INSERT_HELD, sorted(self._held))
        many(INSERT_FINDING, self._findings)
        self._postings.flush()
        save_zones(self._conn, ((id, start_ns) for id, _, _, start_ns, _ in self._spans))
        spans = [row.span for row in self.new]
        save_guarded(self._conn, spans)
        widths = (MINUTE_S, HOUR_S)
        save_cells(self._conn, cells_of(spans, widths=widths, minutes_from_ns=minutes_from_ns))
        starts = [span.start_ns for span in spans]
        execute(
            "UPDATE stat SET next_id = :next, spans = spans + :new, max_trace_ns = :reach,"
            " min_start_ns = min(coalesce(min_start_ns, :low), :low),"
            " max_start_ns = max(coalesce(max_start_ns, :high), :high)",
            {
                "next": self._next_id,
                "new": len(spans),
                "reach": self._max_trace_ns,
                "low": min(starts),
                "high": max(starts),
            },
        )


def save_trace(
    conn: sqlite3.Connection,
    key: tuple[int, bytes, int],
    roll: TraceRoll,
    before: Held | None,
    holders: list[int],
) -> None:
    """Store the roll-up of a trace (id, trace id, project), and that it belongs to `holders`.

    `before` is where it stood; None where it is new.
    """
    facts = (
        roll.start_ns, roll.duration_ns, roll.cost, roll.status, encode_roll(roll), encode(holders),
    )  # fmt: skip
    id, trace_id, project = key
    if before is None:
        sql = "INSERT INTO trace VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
        conn.execute(sql, (id, project, trace_id, *facts))
    else:
        sql = (
            "UPDATE trace SET start_ns = ?, duration_ns = ?, cost = ?, status = ?, roll = ?,"
            " holders = ? WHERE id = ?"
        )
        conn.execute(sql, (*facts, id))
