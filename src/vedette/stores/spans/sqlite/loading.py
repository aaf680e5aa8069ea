"""Rows of one file as spans."""

import sqlite3
from collections.abc import Iterator, Sequence

import msgspec

from vedette.errors import StoreError
from vedette.model.query import TraceRow
from vedette.model.span import Payload, Span
from vedette.stores.spans.sqlite.brief import BriefSpan
from vedette.stores.spans.sqlite.codec import SpanKey, decode_head, decode_payload, to_span
from vedette.stores.spans.sqlite.docs import MAX_ID
from vedette.stores.spans.sqlite.packing import Unpacker
from vedette.stores.spans.sqlite.rollup import TraceRoll, decode_roll, to_row

CHUNK = 1_024
"""Rows that are asked for at once."""


def load_spans(
    conn: sqlite3.Connection, project_id: str, docs: list[int], *, payload: bool
) -> Iterator[tuple[SpanKey, Span]]:
    body, join = ("body", " LEFT JOIN payload ON payload.id = span.id") if payload else ("NULL", "")
    unpacker = Unpacker(conn)
    for start in range(0, len(docs), CHUNK):
        ids = [doc & MAX_ID for doc in docs[start : start + CHUNK]]
        rows = conn.execute(
            f"SELECT trace.trace_id, span_id, span.start_ns, head, {body}"
            f" FROM span CROSS JOIN trace ON trace.id = span.trace{join}"
            f" WHERE span.id IN ({','.join('?' * len(ids))})",
            ids,
        )
        for trace_id, span_id, start_ns, head, packed in rows:
            key = SpanKey(project_id, trace_id, span_id, start_ns)
            yield key, make_span(key, head, packed, unpacker)


def load_briefs(
    conn: sqlite3.Connection, project_id: str, docs: list[int], needles: Sequence[bytes] = ()
) -> list[BriefSpan]:
    """These spans as they stand in their rows; those alone in whose heads all `needles` stand."""
    holds = " AND instr(head, ?)" * len(needles)
    found: list[BriefSpan] = []
    for start in range(0, len(docs), CHUNK):
        ids = [doc & MAX_ID for doc in docs[start : start + CHUNK]]
        low, high = min(ids), max(ids)
        # What is dense is read in one go, and strangers in between are passed over.
        is_dense = high - low < 2 * len(ids)
        which = "BETWEEN ? AND ?" if is_dense else f"IN ({','.join('?' * len(ids))})"
        rows = conn.execute(
            "SELECT span.id, trace.trace_id, span_id, span.start_ns, head"
            " FROM span CROSS JOIN trace ON trace.id = span.trace"
            f" WHERE span.id {which}{holds}",
            (*((low, high) if is_dense else ids), *needles),
        )
        wanted = set(ids)
        found += [
            BriefSpan(project_id, trace_id, span_id, start_ns, decode_head(head))
            for id, trace_id, span_id, start_ns, head in rows
            if id in wanted
        ]
    return found


def make_span(key: SpanKey, head: bytes, packed: bytes | None, unpacker: Unpacker) -> Span:
    payload = decode_payload(unpacker.unpack(packed)) if packed else Payload()
    return to_span(key, decode_head(head), payload)


def read_roll(packed: bytes) -> TraceRoll:
    try:
        return decode_roll(packed)
    except msgspec.DecodeError as error:
        raise StoreError("A stored trace is damaged and cannot be read.") from error


def load_rows(conn: sqlite3.Connection, docs: list[int]) -> dict[bytes, TraceRow]:
    """The roll-ups of the traces of these spans, by trace id; all are of one project."""
    found: dict[bytes, TraceRow] = {}
    for start in range(0, len(docs), CHUNK):
        ids = [doc & MAX_ID for doc in docs[start : start + CHUNK]]
        rows = conn.execute(
            "SELECT trace_id, roll FROM trace WHERE id IN"
            f" (SELECT trace FROM span WHERE span.id IN ({','.join('?' * len(ids))}))",
            ids,
        )
        found |= {trace_id: to_row(trace_id, read_roll(roll)) for trace_id, roll in rows}
    return found
