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
from typing import NamedTuple

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
        stored = _stored_traces(conn, [trace_id for _, trace_id in groups])
        for key, group in groups.items():
            project = batch.project(key[0])
            batch.add_trace(key[1], project, group, stored.get((project, key[1])))
        batch.flush(minutes_from_ns)
    file.remember(batch.first_id, batch.new)
    return len(batch.new)


class _Stored(NamedTuple):
    """A trace that is there already."""

    id: int
    roll: bytes
    start_ns: int
    holders: str


def _stored_traces(
    conn: sqlite3.Connection, trace_ids: Sequence[bytes]
) -> dict[tuple[int, bytes], _Stored]:
    """By project and trace id; looked up many at a time."""
    found: dict[tuple[int, bytes], _Stored] = {}
    for start in range(0, len(trace_ids), _LOOKUP_IDS):
        some = trace_ids[start : start + _LOOKUP_IDS]
        rows = conn.execute(
            "SELECT project, trace_id, id, roll, start_ns, holders FROM trace"
            f" WHERE trace_id IN ({','.join('?' * len(some))})",
            some,
        )
        found |= {(row[0], row[1]): _Stored(*row[2:]) for row in rows}
    return found


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
        self._traces: list[tuple[object, ...]] = []
        self._held: list[tuple[int, int, int]] = []
        self._findings: list[Entry] = []
        self.new: list[Row] = []

    def project(self, name: str) -> int:
        """Its key."""
        return self._postings.term(name, ALL, "")

    def add_trace(
        self, trace_id: bytes, project: int, group: Group, stored: _Stored | None
    ) -> None:
        """Take what is new of a trace, of which there may be something already."""
        if stored is not None:
            self._add_to(stored, group)
            return
        rows, trace = list(group.values()), self._next_trace
        self._next_trace += 1
        roll = new_roll(rows[0].span)
        holders = self._add_rows(trace, rows, roll)
        self._traces.append((trace, project, trace_id, *facts_of(roll, holders)))
        self._held += [(holder, roll.start_ns, trace) for holder in holders]

    def _add_to(self, stored: _Stored, group: Group) -> None:
        rows = [row for row in group.values() if not self._is_known(stored.id, row.span_id)]
        if not rows:
            return
        roll, before = decode_roll(stored.roll), held_by(stored.start_ns, stored.holders)
        holders = sorted({*before.keys, *self._add_rows(stored.id, rows, roll)})
        update_trace(self._conn, stored.id, roll, holders)
        move(self._conn, stored.id, before, Held(roll.start_ns, holders))

    def _add_rows(self, trace: int, rows: Sequence[Row], roll: TraceRoll) -> list[int]:
        """Take spans of a trace, also into its roll-up; whom they name."""
        for row in rows:
            self._add_row(trace, row)
            roll.add(row.span, row.span_id)
        self._max_trace_ns = max(self._max_trace_ns, roll.last_start_ns - roll.start_ns)
        return keys_of((row.span for row in rows), self._postings.term)

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
        many("INSERT INTO trace VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", self._traces)
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


def facts_of(roll: TraceRoll, holders: Sequence[int]) -> tuple[object, ...]:
    """What the row of a trace says beside its ids; it belongs to `holders`."""
    packed = encode_roll(roll)
    return roll.start_ns, roll.duration_ns, roll.cost, roll.status, packed, encode(holders)


def update_trace(
    conn: sqlite3.Connection, trace: int, roll: TraceRoll, holders: Sequence[int]
) -> None:
    """Store the roll-up of a trace that is there, and that it belongs to `holders`."""
    sql = (
        "UPDATE trace SET start_ns = ?, duration_ns = ?, cost = ?, status = ?, roll = ?,"
        " holders = ? WHERE id = ?"
    )
    conn.execute(sql, (*facts_of(roll, holders), trace))
