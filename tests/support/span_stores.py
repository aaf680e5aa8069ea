"""The span stores that the contract suites go through, and spans to fill them with."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from vedette.clock import FakeClock
from vedette.model.query import Filter
from vedette.model.span import Span
from vedette.ports.stores import SpanStore
from vedette.stores.spans.sqlite import SqliteSpanStore

Opener = Callable[[Path, FakeClock], SpanStore]
OPENERS: dict[str, Opener] = {
    "sqlite": lambda path, clock: SqliteSpanStore(path / "spans", clock),
    "sqlite-memory": lambda path, clock: SqliteSpanStore(None, clock),
}
"""By the name of the package in `vedette.stores.spans`, with a variant after a dash."""

NOW = 1_700_000_000_000_000_000
MS = 10**6
S = 10**9
DAY = 86_400 * S


def span(number: int, trace: int | None = None, **fields: object) -> Span:
    """The span with this number, a second after the last one, in a trace of its own unless told."""
    start_ns = NOW - 3600 * S + number * S
    values: dict[str, object] = {
        "trace_id": f"{number if trace is None else trace:032x}",
        "span_id": f"{number:016x}",
        "name": f"span {number}",
        "kind": "llm",
        "start_ns": start_ns,
        "end_ns": start_ns + 100 * MS,
    }
    return Span(**(values | fields))  # type: ignore[arg-type]


def settle(store: SpanStore) -> None:
    """Finish the background work."""
    while store.maintain():
        pass


def span_numbers(store: SpanStore, filter: Filter | None = None, limit: int = 10_000) -> list[int]:
    """Numbers of the listed spans."""
    page = store.list_spans(filter or Filter(), after=None, limit=limit)
    return [int(item.span_id, 16) for item in page.items]


def trace_numbers(store: SpanStore, filter: Filter | None = None) -> list[int]:
    """Numbers of the listed traces."""
    page = store.list_traces(filter or Filter(), after=None, limit=10_000)
    return [int(row.trace_id, 16) for row in page.items]


_UNDO = {
    8: "DROP TABLE ledger_found; DROP TABLE session_sum; DROP TABLE ledger_found_up_to;"
    " CREATE INDEX ledger_by_user ON ledger (user, at_ns) WHERE user <> '';"
    " CREATE INDEX ledger_by_session ON ledger (session, at_ns) WHERE session <> '';",
    7: "DROP TRIGGER trace_leaves_holders; DROP TABLE holder;"
    " ALTER TABLE trace DROP COLUMN holders;",
}


def make_older(path: Path, version: int) -> None:
    """Leave a file of spans as an older version wrote it."""
    with closing(sqlite3.connect(path)) as conn:
        for newer, undo in _UNDO.items():
            if newer > version:
                conn.executescript(f"{undo} PRAGMA user_version = {newer - 1};")
