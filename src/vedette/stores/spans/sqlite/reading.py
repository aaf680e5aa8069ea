"""Reading lists, traces and spans from one file.

A list of spans follows the docs of its conditions, tick by tick; inside a tick the rows are
sorted exactly. A list of traces with conditions on spans does the same and takes each span's
trace: whatever trace a later doc may show has started by the time of that doc, so every
candidate that started after the current tick is final.
"""

import sqlite3
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from msgspec.structs import replace

from vedette.model.query import Filter, Position, TraceRow
from vedette.model.span import Payload, Span, SpanFacts
from vedette.ports.notes import Notes
from vedette.stores.spans.sqlite.codec import (
    STATUSES,
    SpanKey,
    id_bytes,
    to_span,
)
from vedette.stores.spans.sqlite.docs import (
    ALL,
    COST,
    ID_BITS,
    LATENCY,
    MAX_ID,
    DocQuery,
    doc_of,
    tick_of,
    tick_start_ns,
    wanted,
)
from vedette.stores.spans.sqlite.files import Stat, read_stat
from vedette.stores.spans.sqlite.holders import are_known, holder_of
from vedette.stores.spans.sqlite.loading import CHUNK, make_span, read_roll
from vedette.stores.spans.sqlite.packing import Unpacker
from vedette.stores.spans.sqlite.rollup import to_row
from vedette.stores.spans.sqlite.searching import (
    Found,
    Judge,
    Looking,
    docs_of_trace,
    narrow,
)

_MAX_NS = 2**63 - 1
_AFTER_ALL_IDS = b"\xff" * 33


class Bounds(NamedTuple):
    """The part of time a page is taken from: [from_ns, to_ns), and before the last row seen."""

    from_ns: int
    to_ns: int
    after_ns: int
    after_id: bytes

    @classmethod
    def of(cls, filter: Filter, after: Position | None) -> "Bounds":
        return cls(
            max(0, filter.from_ns or 0),
            _MAX_NS + 1 if filter.to_ns is None else max(0, min(filter.to_ns, _MAX_NS + 1)),
            max(0, min(after.start_ns, _MAX_NS)) if after else _MAX_NS,
            (id_bytes(after.id) or b"") if after else _AFTER_ALL_IDS,
        )

    def hold(self, start_ns: int, id: bytes) -> bool:
        """Whether a row belongs to the page or a later one."""
        return self.from_ns <= start_ns < self.to_ns and (start_ns, id) < (
            self.after_ns,
            self.after_id,
        )

    def touch(self, stat: Stat) -> bool:
        """Whether a file with these counters can have a row inside."""
        if stat.min_start_ns is None or stat.max_start_ns is None:
            return False
        return self.from_ns <= stat.max_start_ns and stat.min_start_ns <= self.latest_ns

    def stop_at(self, doc: int) -> tuple[int, str] | None:
        """Where to go on after all of a doc's tick was seen; None before the page has moved."""
        at_ns = tick_start_ns(doc)
        return (at_ns, "00") if (at_ns, b"\0") < (self.after_ns, self.after_id) else None

    @property
    def latest_ns(self) -> int:
        """The latest start that can be inside."""
        return min(self.to_ns - 1, self.after_ns)


def span_query(
    conn: sqlite3.Connection, filter: Filter, *, sums: bool, notes: Notes | None = None
) -> DocQuery:
    """The docs a filter asks for; with `sums` also cost and duration are looked at, by class."""
    query = DocQuery(conn, filter.project_id)
    query.require(wanted(filter))
    if filter.text:
        query.require_text(filter.text)
    if filter.trace_id:
        query.require_docs(docs_of_trace(conn, filter.project_id, filter.trace_id))
    narrow(conn, query, filter, notes)
    if sums and filter.min_cost_nano_usd is not None:
        query.require_class(COST, filter.min_cost_nano_usd)
    if sums and filter.min_latency_ms is not None:
        latency_us = min(max(filter.min_latency_ms * 1000, 0), _MAX_NS)
        query.require_class(LATENCY, int(latency_us) - 1)
    if query.is_open:
        query.require([(ALL, "")])
    return query


def find_trace(
    conn: sqlite3.Connection, project_id: str, trace_id: str
) -> tuple[int, TraceRow] | None:
    """The row id and the roll-up of a trace in this file."""
    row = conn.execute(
        "SELECT id, trace_id, roll FROM trace WHERE trace_id = ?"
        " AND project = (SELECT id FROM term WHERE project = ? AND facet = 0)",
        (id_bytes(trace_id), project_id),
    ).fetchone()
    return (row[0], to_row(row[1], read_roll(row[2]))) if row else None


def list_spans(
    conn: sqlite3.Connection, filter: Filter, bounds: Bounds, *, limit: int, payload: bool
) -> list[Span]:
    """At most `limit` spans of this file, newest first, however many must be looked at."""
    return search_spans(
        conn, filter, bounds, limit=limit, payload=payload, looking=Looking(10 * MAX_ID)
    ).rows


def search_spans(
    conn: sqlite3.Connection,
    filter: Filter,
    bounds: Bounds,
    *,
    limit: int,
    payload: bool,
    looking: Looking,
) -> Found[Span]:
    """At most `limit` spans of this file, newest first."""
    if bounds.from_ns > bounds.latest_ns:
        return Found([])
    query = span_query(conn, filter, sums=True, notes=looking.notes)
    judge = Judge(filter.where, looking)
    found: list[Span] = []
    seen = 0
    for docs in by_ticks(query.stream(*doc_range(bounds.from_ns, bounds.latest_ns)), limit):
        some = _load(conn, filter, judge, docs, payload=payload)
        found += [
            span if payload or not judge.needs_body else replace(span, payload=Payload())
            for key, span in sorted(some, key=_place, reverse=True)
            if bounds.hold(key.start_ns, key.span_id)
        ]
        seen += len(docs)
        if len(found) >= limit:
            break
        if seen >= judge.most and (stop := bounds.stop_at(docs[-1])):
            return Found(found, stop)
    return Found(found[:limit])


def _load(
    conn: sqlite3.Connection, filter: Filter, judge: Judge, docs: list[int], *, payload: bool
) -> Iterator[tuple[SpanKey, Span]]:
    """The spans among `docs` that hold the filter; where their heads tell, only those are made."""
    if judge.is_light and not payload:
        briefs = judge.load_briefs(conn, filter.project_id, docs)
        return ((b.key, to_span(b.key, b.head)) for b in briefs if span_holds(filter, b))
    loaded = judge.load(conn, filter.project_id, docs, payload=payload)
    return ((key, span) for key, span in loaded if span_holds(filter, span))


def _place(pair: tuple[SpanKey, Span]) -> tuple[int, bytes, bytes]:
    return pair[0].start_ns, pair[0].span_id, pair[0].trace_id


def doc_range(from_ns: int, to_ns: int) -> tuple[int, int]:
    return doc_of(from_ns, 0), tick_of(to_ns) << ID_BITS | MAX_ID


def by_ticks(docs: Iterator[int], first: int) -> Iterator[list[int]]:
    """Cut a stream of docs into growing chunks of whole ticks."""
    chunk: list[int] = []
    size = min(first, CHUNK)
    for doc in docs:
        if len(chunk) >= size and doc >> ID_BITS != chunk[-1] >> ID_BITS:
            yield chunk
            chunk, size = [], min(2 * size, CHUNK)
        chunk.append(doc)
    if chunk:
        yield chunk


def span_holds(filter: Filter, span: SpanFacts) -> bool:
    """The conditions that docs do not settle."""
    if filter.status and span.status != filter.status:
        return False
    if filter.min_cost_nano_usd is not None and (
        span.cost_nano_usd is None or span.cost_nano_usd < filter.min_cost_nano_usd
    ):
        return False
    return filter.min_latency_ms is None or span.duration_ms >= filter.min_latency_ms


def search_traces(
    conn: sqlite3.Connection,
    filter: Filter,
    bounds: Bounds,
    *,
    limit: int,
    looking: Looking,
) -> Found[TraceRow]:
    """At most `limit` traces of this file, newest first."""
    if bounds.from_ns > bounds.latest_ns:
        return Found([])
    judge = Judge(filter.where, looking)
    holder = holder_of(filter) if are_known(conn) else None
    if holder is None and (
        wanted(filter)
        or filter.text
        or filter.trace_id
        or (filter.where and not judge.is_about_traces)
    ):
        return _traces_of_spans(conn, filter, bounds, limit, looking)
    sql, values = _trace_conditions(filter, bounds)
    source, order = "trace", "start_ns"
    if holder is not None:
        source, order = _HELD, "at_ns"
        values |= {"facet": holder[0], "holder": holder[1]}
    rows = conn.execute(
        f"SELECT start_ns, trace_id, roll FROM {source} WHERE {sql}"
        f" ORDER BY {order} DESC, trace_id DESC LIMIT :limit",
        {**values, "limit": -1 if filter.where else limit},
    )
    if filter.where is None:
        return Found([to_row(trace_id, read_roll(roll)) for _, trace_id, roll in rows])
    found: list[TraceRow] = []
    for seen, (start_ns, trace_id, roll) in enumerate(rows, start=1):
        row = to_row(trace_id, read_roll(roll))
        if judge.holds_trace(row):
            found.append(row)
        if len(found) >= limit:
            break
        if seen >= judge.most:
            return Found(found, (start_ns, trace_id.hex()))
    return Found(found)


_HELD = (
    "holder CROSS JOIN trace ON trace.id = holder.trace AND holder.at_ns BETWEEN :from AND :latest"
    " AND holder.key = (SELECT id FROM term WHERE project = :project AND facet = :facet"
    " AND value = :holder)"
)


def _trace_conditions(filter: Filter, bounds: Bounds) -> tuple[str, dict[str, object]]:
    """Conditions on a row of `trace`, with the values they bind."""
    sql = (
        "trace.project = (SELECT id FROM term WHERE project = :project AND facet = 0)"
        " AND start_ns BETWEEN :from AND :latest"
        " AND (start_ns < :after OR (start_ns = :after AND trace_id < :after_id))"
    )
    if filter.min_cost_nano_usd is not None:
        sql += " AND cost >= :cost"
    if filter.min_latency_ms is not None:
        sql += " AND duration_ns / 1e6 >= :latency"
    if filter.status:
        sql += " AND status = :status"
    return sql, {
        "project": filter.project_id,
        "from": bounds.from_ns,
        "latest": bounds.latest_ns,
        "after": bounds.after_ns,
        "after_id": bounds.after_id,
        "cost": filter.min_cost_nano_usd,
        "latency": filter.min_latency_ms,
        "status": STATUSES.index(filter.status) if filter.status else None,
    }


def _traces_of_spans(
    conn: sqlite3.Connection, filter: Filter, bounds: Bounds, limit: int, looking: Looking
) -> Found[TraceRow]:
    judge = Judge(filter.where, looking)
    query = span_query(conn, _of_spans(filter), sums=False, notes=looking.notes)
    latest_ns = min(bounds.latest_ns + read_stat(conn).max_trace_ns, _MAX_NS)
    conditions = _trace_conditions(filter, bounds)
    found: dict[int, tuple[int, bytes, bytes]] = {}
    seen, stop = 0, None
    for docs in by_ticks(query.stream(*doc_range(bounds.from_ns, latest_ns)), limit):
        found |= _load_traces(conn, _traces_among(conn, filter, judge, docs), conditions)
        final_ns = tick_start_ns(docs[-1])
        if len(found) >= limit and sum(row[0] >= final_ns for row in found.values()) >= limit:
            break
        seen += len(docs)
        if filter.where and seen >= judge.most and (stop := bounds.stop_at(docs[-1])):
            found = {id: row for id, row in found.items() if row[0] >= final_ns}
            break
    rows = sorted(found.values(), reverse=True)
    some = [to_row(trace_id, read_roll(roll)) for _, trace_id, roll in islice(rows, limit)]
    return Found(some, stop)


def _of_spans(filter: Filter) -> Filter:
    """The filter without the status, which is the trace's: what failed in it need not be the span
    that holds the other conditions. Alone it finds the spans that failed, and so their traces."""
    others = replace(filter, status="")
    return others if wanted(others) or filter.text or filter.trace_id or filter.where else filter


def _traces_among(
    conn: sqlite3.Connection, filter: Filter, judge: Judge, docs: list[int]
) -> list[tuple[str, list[int] | list[bytes]]]:
    """How to find the traces of the spans that hold the tree: a condition and what it binds."""
    if filter.where is None:
        ids = [doc & MAX_ID for doc in docs]
        return [(_BY_SPAN, ids[at : at + CHUNK]) for at in range(0, len(ids), CHUNK)]
    if judge.is_light:
        briefs = judge.load_briefs(conn, filter.project_id, docs)
        names = list({brief.trace for brief in briefs})
    else:
        judged = judge.load(conn, filter.project_id, docs, payload=False)
        names = list({key.trace_id for key, _ in judged})
    return [(_BY_TRACE, names[at : at + CHUNK]) for at in range(0, len(names), CHUNK)]


_BY_SPAN = "id IN (SELECT trace FROM span WHERE span.id IN ({}))"
_BY_TRACE = "trace_id IN ({})"


def _load_traces(
    conn: sqlite3.Connection,
    wanted: list[tuple[str, list[int] | list[bytes]]],
    conditions: tuple[str, dict[str, object]],
) -> dict[int, tuple[int, bytes, bytes]]:
    """The traces among these that hold the conditions: (start, trace id, roll) by row id."""
    sql, values = conditions
    found = {}
    for where, names in wanted:
        bound = {f"i{n}": name for n, name in enumerate(names)}
        marks = ",".join(f":{name}" for name in bound)
        index = "NOT INDEXED" if where is _BY_SPAN else "INDEXED BY trace_by_id"
        rows = conn.execute(
            f"SELECT id, start_ns, trace_id, roll FROM trace {index}"
            f" WHERE {where.format(marks)} AND {sql}",
            {**values, **bound},
        )
        found.update({id: (start_ns, trace_id, roll) for id, start_ns, trace_id, roll in rows})
    return found


def trace_spans(
    conn: sqlite3.Connection, project_id: str, trace: int, *, payload: bool, limit: int
) -> list[Span]:
    """Spans of the trace with this row id, oldest first."""
    body, join = ("body", " LEFT JOIN payload ON payload.id = span.id") if payload else ("NULL", "")
    rows = conn.execute(
        f"SELECT trace.trace_id, span_id, span.start_ns, head, {body}"
        f" FROM span CROSS JOIN trace ON trace.id = span.trace{join}"
        " WHERE span.trace = ? ORDER BY span.start_ns, span_id LIMIT ?",
        (trace, limit),
    )
    unpacker = Unpacker(conn)
    return [make_span(SpanKey(project_id, *row[:3]), row[3], row[4], unpacker) for row in rows]


def find_span(conn: sqlite3.Connection, project_id: str, trace: int, span_id: str) -> Span | None:
    """One span with its payload."""
    row = conn.execute(
        "SELECT trace.trace_id, span_id, span.start_ns, head, body FROM span"
        " CROSS JOIN trace ON trace.id = span.trace LEFT JOIN payload ON payload.id = span.id"
        " WHERE span.trace = ? AND span_id = ?",
        (trace, id_bytes(span_id)),
    ).fetchone()
    if row is None:
        return None
    return make_span(SpanKey(project_id, *row[:3]), row[3], row[4], Unpacker(conn))
