"""The tree of a filter on the index of a file.

Of what must hold, the parts that the index knows (`_INDEXED`, classes of cost and duration,
phrases, a trace id) become conditions on docs, with bound values; every candidate is then decided
by `model.matching` on the span itself. A wish the index cannot follow at all is a walk over the
spans of the time range, so one page looks at a bounded number of them and says where it stopped.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

from vedette.model.expression import (
    And,
    Compare,
    Exists,
    Expression,
    Like,
    OneOf,
    Or,
    conjuncts,
    leaves,
)
from vedette.model.fields import FIELDS
from vedette.model.matching import Subject, homes, like, matches
from vedette.model.notes import NO_NOTES, TraceNotes
from vedette.model.query import Filter, TraceRow
from vedette.model.span import Span, SpanFacts
from vedette.ports.notes import Notes
from vedette.stores.spans.sqlite.brief import BriefSpan
from vedette.stores.spans.sqlite.codec import SpanKey, id_bytes
from vedette.stores.spans.sqlite.docs import (
    COST,
    ENVIRONMENT,
    KIND,
    LATENCY,
    MODEL,
    PROVIDER,
    RELEASE,
    SESSION,
    STATUS,
    TAG,
    USER,
    DocQuery,
    class_of,
    doc_of,
    value_of,
)
from vedette.stores.spans.sqlite.loading import load_briefs, load_rows, load_spans
from vedette.stores.spans.sqlite.text import holds

Row = TypeVar("Row")
_INDEXED: Mapping[str, int] = {
    "model": MODEL,
    "provider": PROVIDER,
    "session": SESSION,
    "user": USER,
    "tag": TAG,
    "kind": KIND,
    "environment": ENVIRONMENT,
    "release": RELEASE,
}
_SUMS: Mapping[str, tuple[int, float]] = {"cost": (COST, 1), "duration": (LATENCY, 1_000)}
"""The facet of a sum, and its unit in that of the field."""
_MOST_KEYS = 400
"""A condition of more keys than this is decided on the spans instead."""
LOOKED_AT = 20_000
"""Spans that one page looks at; a fifth of it where payloads must be opened."""
_VERBATIM = frozenset(
    {"name", "status_message", "response_model", "route", "finish_reason", "tool"}
)
"""Fields without an index whose values stand in the head of a span as they are."""

Keys = list[tuple[int, int]]
"""(term id, how many spans carry it)."""


class Found(NamedTuple, Generic[Row]):
    """Rows newest first, all there are down to `stopped` (None: to the end or the limit)."""

    rows: list[Row]
    stopped: tuple[int, str] | None = None


class Judge:
    """Decides the tree of a filter on spans."""

    def __init__(self, where: Expression | None, looking: "Looking") -> None:
        self._where = where
        self._notes = looking.notes
        looked_at = looking.looked_at
        needs = homes(where) if where else frozenset()
        named = {leaf.field.name for leaf in leaves(where)} if where else set()
        self.needs_notes = "notes" in needs or "tag" in named
        self.needs_body = "body" in needs
        self.needs_trace = "trace" in needs
        self.is_about_traces = bool(needs) and needs <= {"trace"}
        self.most = looked_at // 5 if self.needs_body else looked_at
        self.is_light = needs <= {"head"} and not self.needs_notes
        self._needles = needles(where)

    def holds(self, span: SpanFacts, row: TraceRow | None, notes: TraceNotes = NO_NOTES) -> bool:
        return self._where is None or matches(self._where, Subject(span, holds, row, notes))

    def holds_trace(self, row: TraceRow) -> bool:
        """For a tree that `is_about_traces`."""
        return self._where is None or matches(self._where, Subject(_NO_SPAN, holds, row))

    def load(
        self, conn: sqlite3.Connection, project_id: str, docs: list[int], *, payload: bool
    ) -> Iterator[tuple[SpanKey, Span]]:
        """The spans among `docs` that hold the tree."""
        rows = load_rows(conn, docs) if self.needs_trace else {}
        spans = load_spans(conn, project_id, docs, payload=payload or self.needs_body)
        if not self.needs_notes or self._notes is None:
            return ((key, span) for key, span in spans if self.holds(span, rows.get(key.trace_id)))
        loaded = list(spans)
        sessions = {span.trace_id: span.session_id for _, span in loaded if span.session_id}
        notes = self._notes.of_traces(project_id, (s.trace_id for _, s in loaded), sessions)
        return (
            (key, span)
            for key, span in loaded
            if self.holds(span, rows.get(key.trace_id), notes.get(span.trace_id, NO_NOTES))
        )

    def load_briefs(
        self, conn: sqlite3.Connection, project_id: str, docs: list[int]
    ) -> list[BriefSpan]:
        """The same as they stand in their rows, where the tree `is_light`."""
        briefs = load_briefs(conn, project_id, docs, self._needles)
        return briefs if self._where is None else [b for b in briefs if self.holds(b, None)]


_NO_SPAN = Span(trace_id="", span_id="", name="", start_ns=0, end_ns=0)


class Looking(NamedTuple):
    """How a page is looked for: how many spans of one page are opened, and where notes are."""

    looked_at: int = LOOKED_AT
    notes: Notes | None = None


def narrow(conn: sqlite3.Connection, query: DocQuery, filter: Filter, notes: Notes | None) -> None:
    """Let the index find what it can of the tree."""
    project_id = filter.project_id
    finder = _Finder(conn, project_id, notes)
    for part in conjuncts(filter.where):
        match part:
            case Compare(field) | OneOf(field) | Like(field) | Exists(field) if (
                notes and FIELDS[field.name].home == "notes" and not _is_denied(part)
            ):
                traces = notes.traces_with(project_id, part, most=_MOST_KEYS)
                if traces is not None:
                    query.require_docs(
                        [doc for id in traces for doc in docs_of_trace(conn, project_id, id)]
                    )
            case Compare(field, "=", str(value)) if field.name in ("text", "input", "output"):
                query.require_text(value)
            case Compare(field, "=", str(value)) if field.name == "trace":
                query.require_docs(docs_of_trace(conn, project_id, value))
            case _:
                keys = finder.keys(part)
                if keys is not None:
                    query.require_keys(keys)


def needles(where: Expression | None) -> list[bytes]:
    """What stands in the head of every span that holds the tree, byte for byte."""
    return [
        # What no text can hold is found in none.
        part.value.encode("utf-8", "surrogatepass")
        for part in conjuncts(where)
        if isinstance(part, Compare)
        and part.sign == "="
        and part.field.name in _VERBATIM
        and isinstance(part.value, str)
    ]


def asks_for_text(where: Expression | None) -> bool:
    """Whether a phrase is looked for."""
    return where is not None and any(
        leaf.field.name in ("text", "input", "output") for leaf in leaves(where)
    )


def docs_of_trace(conn: sqlite3.Connection, project_id: str, trace_id: str) -> list[int]:
    """The docs of all spans of a trace."""
    rows = conn.execute(
        "SELECT span.start_ns, span.id FROM span JOIN trace ON trace.id = span.trace"
        " WHERE trace.trace_id = ?"
        " AND trace.project = (SELECT id FROM term WHERE project = ? AND facet = 0)",
        (id_bytes(trace_id), project_id),
    )
    return [doc_of(start_ns, id) for start_ns, id in rows]


def _is_denied(part: Expression) -> bool:
    """`bookmarked:false` holds where there is no note, and `bookmarked` is always there."""
    match part:
        case Compare(field, _, value):
            return field.name == "bookmarked" and value is not True
        case OneOf(field) | Like(field) | Exists(field):
            return field.name == "bookmarked"
        case _:
            return False


class _Finder:
    """The terms of a project that a condition means."""

    def __init__(self, conn: sqlite3.Connection, project_id: str, notes: Notes | None) -> None:
        self._conn = conn
        self._project = project_id
        self._has_late_tags = notes is not None and notes.has_tag(project_id)

    def keys(self, part: Expression) -> Keys | None:
        """Terms of which a matching span has at least one; None where the index cannot tell."""
        match part:
            case Or(parts):
                return self._any([self.keys(each) for each in parts])
            case And(parts):
                known = [keys for keys in map(self.keys, parts) if keys is not None]
                return min(known, key=lambda keys: sum(n for _, n in keys)) if known else None
            case Compare(field, sign, value) if field.name in _SUMS and not isinstance(value, str):
                return self._classes(field.name, sign, value)
            case Compare(field, "=", value):
                return self._values(field.name, (str(value),))
            case OneOf(field, values):
                return self._values(field.name, tuple(map(str, values)))
            case Like(field, pattern):
                return self._like(field.name, pattern)
            case Exists(field):
                return self._all(field.name)
            case _:
                return None

    def _any(self, several: Sequence[Keys | None]) -> Keys | None:
        merged: dict[int, int] = {}
        for keys in several:
            if keys is None:
                return None
            merged |= dict(keys)
        return list(merged.items()) if len(merged) <= _MOST_KEYS else None

    def _values(self, name: str, values: tuple[str, ...]) -> Keys | None:
        if name == "status" and values == ("error",):
            facet = STATUS
        elif name in _INDEXED and not self._is_late(name):
            facet = _INDEXED[name]
        else:
            return None
        wanted = [value_of(value) for value in dict.fromkeys(values)]
        return self._conn.execute(
            "SELECT id, n FROM term WHERE project = ? AND facet = ?"
            f" AND value IN ({','.join('?' * len(wanted))})",
            (self._project, facet, *wanted),
        ).fetchall()

    def _like(self, name: str, pattern: str) -> Keys | None:
        """All terms that fit; long ones, of which the index holds the beginning only, may."""
        if name not in _INDEXED or self._is_late(name):
            return None
        fits = like(pattern)
        rows = self._conn.execute(
            "SELECT id, n, value FROM term WHERE project = ? AND facet = ? LIMIT 20001",
            (self._project, _INDEXED[name]),
        ).fetchall()
        keys = [(id, n) for id, n, value in rows if value_of(value) != value or fits(value)]
        return keys if len(keys) <= _MOST_KEYS and len(rows) <= 20_000 else None

    def _all(self, name: str) -> Keys | None:
        if name not in _INDEXED or self._is_late(name):
            return None
        keys = self._conn.execute(
            "SELECT id, n FROM term WHERE project = ? AND facet = ? LIMIT ?",
            (self._project, _INDEXED[name], _MOST_KEYS + 1),
        ).fetchall()
        return keys if len(keys) <= _MOST_KEYS else None

    def _is_late(self, name: str) -> bool:
        """Whether notes may give a span a value that its index does not know."""
        return name == "tag" and self._has_late_tags

    def _classes(self, name: str, sign: str, value: float) -> Keys | None:
        facet, unit = _SUMS[name]
        amount = int(min(value * unit, 2.0**62))
        low = class_of(amount - 1) if sign in ("=", ">", ">=") else ""
        high = class_of(amount + 1) if sign in ("=", "<", "<=") else "99"
        return self._conn.execute(
            "SELECT id, n FROM term WHERE project = ? AND facet = ? AND value BETWEEN ? AND ?",
            (self._project, facet, low, high),
        ).fetchall()
