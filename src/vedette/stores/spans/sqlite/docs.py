"""Places in time: how spans are found by condition, newest first.

Every span has a `doc`, an integer made of the tick of its start (2**26 ns, 67 ms) and its id in
the file: `tick << 27 | id`. Docs sort by time, are unique in a file, and name their span. The
`facet` table holds one row (key, doc) for each thing a span can be asked for; text hits are
brought into the same order (`intime`). So every condition is a stream of docs that can be read
from anywhere and probed for one doc, and a query is: stream the rarest condition, probe the
others. No query sorts more than one tick, no query reads what a page does not need, and only
index pages are touched until a span is known to match.

Sums that a filter compares (cost, duration) are facets too, by power of two: "at least x" is the
union of the classes from x up; the lowest of them is checked against the span itself.
"""

import hashlib
import heapq
import sqlite3
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vedette.model.query import Filter
from vedette.model.span import Span
from vedette.stores.spans.sqlite.intime import hits_newest_first
from vedette.stores.spans.sqlite.text import phrase

ID_BITS = 27
MAX_ID = 2**ID_BITS - 1
"""134 million spans a file; the writer refuses more."""
_TICK_BITS = 26
_MAX_TICK = 2**36 - 1

ALL, MODEL, PROVIDER, SESSION, USER, TAG, KIND, STATUS, COST, LATENCY = range(10)
ENVIRONMENT, RELEASE = 10, 11
"""Facet codes; they stand in files, so they never change."""

_CLASSES = tuple(f"{bits:02d}" for bits in range(65))
_MAX_VALUE_CHARS = 256
_MAX_TAGS = 64
"""Of more tags only the first can be asked for."""
_FEW = 2_000
"""A condition with fewer spans than this is read before a text is looked up."""


def tick_of(start_ns: int) -> int:
    """The tick of a start; later ones than the year 2116 share the last."""
    return min(max(start_ns, 0) >> _TICK_BITS, _MAX_TICK)


def doc_of(start_ns: int, id: int) -> int:
    """The place in time of a span."""
    return tick_of(start_ns) << ID_BITS | id


def tick_start_ns(doc: int) -> int:
    """The earliest start a span with this doc can have."""
    return doc >> ID_BITS << _TICK_BITS


def tick_end_ns(doc: int) -> int:
    """The latest start a span with this doc can have."""
    tick = doc >> ID_BITS
    return 2**63 - 1 if tick >= _MAX_TICK else ((tick + 1) << _TICK_BITS) - 1


def class_of(amount: int) -> str:
    """The class of a cost in nano-USD or a duration in microseconds: its number of bits."""
    return _CLASSES[min(amount.bit_length(), 64) if amount > 0 else 0]


def value_of(text: str) -> str:
    """The text as it stands in `term`: long ones are cut and told apart by a hash."""
    if len(text) <= _MAX_VALUE_CHARS:
        return text
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    return f"{text[:_MAX_VALUE_CHARS]}\u2026{digest}"


def facets_of(span: Span) -> list[tuple[int, str]]:
    """What a span can be found by, as (facet, value)."""
    return [*caller_facets(span), *call_facets(span), *sum_facets(span)]


def caller_facets(span: Span) -> list[tuple[int, str]]:
    """Facets that follow from project, session, user, tags, environment and release."""
    found = [(ALL, "")]
    if span.session_id:
        found.append((SESSION, value_of(span.session_id)))
    if span.user_id:
        found.append((USER, value_of(span.user_id)))
    if span.tags:
        found += [(TAG, value_of(tag)) for tag in dict.fromkeys(span.tags[:_MAX_TAGS])]
    if span.environment:
        found.append((ENVIRONMENT, value_of(span.environment)))
    if span.release:
        found.append((RELEASE, value_of(span.release)))
    return found


def call_facets(span: Span) -> list[tuple[int, str]]:
    """Facets that follow from kind, model, provider and whether it failed."""
    found: list[tuple[int, str]] = [(KIND, span.kind)]
    if span.model:
        found.append((MODEL, value_of(span.model)))
    if span.provider:
        found.append((PROVIDER, value_of(span.provider)))
    if span.status == "error":
        found.append((STATUS, "error"))
    return found


def sum_facets(span: Span) -> list[tuple[int, str]]:
    """The classes of duration and cost."""
    latency, cost = classes_of(span)
    return [(LATENCY, latency)] if cost is None else [(LATENCY, latency), (COST, cost)]


def classes_of(span: Span) -> tuple[str, str | None]:
    """The classes of duration and cost; None where there is no cost."""
    cost = span.cost_nano_usd
    latency = class_of((span.end_ns - span.start_ns) // 1000)
    return latency, None if cost is None else class_of(cost)


class Condition(NamedTuple):
    """One thing to hold: any of these keys. `n` is how many spans do."""

    keys: tuple[int, ...]
    n: int


def wanted(filter: Filter) -> list[tuple[int, str]]:
    """The (facet, value) pairs that a span must have."""
    pairs = [
        (MODEL, filter.model),
        (PROVIDER, filter.provider),
        (SESSION, filter.session_id),
        (USER, filter.user_id),
        (TAG, filter.tag),
        (KIND, filter.kind),
        (STATUS, filter.status if filter.status == "error" else ""),
    ]
    return [(facet, value_of(value)) for facet, value in pairs if value]


class DocQuery:
    """Docs of one file that hold all conditions."""

    def __init__(self, conn: sqlite3.Connection, project_id: str) -> None:
        self._conn = conn
        self._project = project_id
        self._conditions: list[Condition] = []
        self._phrase = ""
        self._docs: list[int] | None = None
        self.impossible = False
        """True where the file cannot hold a match."""

    def require(self, pairs: Sequence[tuple[int, str]]) -> None:
        """Spans must carry all these terms."""
        for facet, value in pairs:
            row = self._conn.execute(
                "SELECT id, n FROM term WHERE project = ? AND facet = ? AND value = ?",
                (self._project, facet, value),
            ).fetchone()
            self._add([row] if row else [])

    def require_class(self, facet: int, at_least: int) -> None:
        """Spans must be in the class of `at_least` or a higher one."""
        self._add(
            self._conn.execute(
                "SELECT id, n FROM term WHERE project = ? AND facet = ? AND value >= ?",
                (self._project, facet, class_of(at_least)),
            ).fetchall()
        )

    def require_text(self, text: str) -> None:
        """Spans must hold the phrase, and every other one that was asked for."""
        found = phrase(text)
        self._phrase = f"{self._phrase} AND {found}" if self._phrase and found else found
        self.impossible = self.impossible or not found

    def require_keys(self, keys: list[tuple[int, int]]) -> None:
        """Spans must carry one of these terms, given as (id, how many spans do)."""
        self._add(keys)

    @property
    def is_open(self) -> bool:
        """Whether nothing was required yet that docs could be streamed from."""
        return not (self._conditions or self._phrase or self._docs is not None)

    def require_docs(self, docs: Sequence[int]) -> None:
        """Spans must be among these."""
        known = set(docs) if self._docs is None else set(docs).intersection(self._docs)
        self._docs = sorted(known, reverse=True)
        self.impossible = self.impossible or not known

    def _add(self, rows: list[tuple[int, int]]) -> None:
        rows = [row for row in rows if row[1] > 0]
        self._conditions.append(
            Condition(tuple(row[0] for row in rows), sum(row[1] for row in rows))
        )
        self.impossible = self.impossible or not rows

    def stream(self, low: int, high: int) -> Iterator[int]:
        """Docs in [low, high], newest first, read as they are taken."""
        if self.impossible:
            return iter(())
        rest = sorted(self._conditions, key=lambda condition: condition.n)
        if self._docs is not None:
            docs = [doc for doc in self._docs if low <= doc <= high]
            return self._probe(iter(docs), rest, text=True)
        if self._phrase and (not rest or rest[0].n > _FEW):
            return self._probe(self._text(low, high), rest, text=False)
        first, others = rest[0], rest[1:]
        if len(first.keys) == 1:
            return self._probe(self._facet(first.keys[0], others, low, high), [], text=True)
        each = [self._facet(key, others, low, high) for key in first.keys]
        return self._probe(heapq.merge(*each, reverse=True), [], text=True)

    def _facet(self, key: int, others: Sequence[Condition], low: int, high: int) -> Iterator[int]:
        sql = "SELECT doc FROM facet AS f WHERE key = ? AND doc BETWEEN ? AND ?"
        return self._rows(sql, others, (key, low, high))

    def _text(self, low: int, high: int) -> Iterator[int]:
        hits = hits_newest_first(
            self._conn, self._project, self._phrase, tick_start_ns(low), tick_end_ns(high)
        )
        return (doc_of(start_ns, id) for start_ns, id in hits)

    def _rows(
        self, sql: str, others: Sequence[Condition], values: tuple[int | str, ...]
    ) -> Iterator[int]:
        for condition in others:
            marks = ",".join("?" * len(condition.keys))
            sql += f" AND EXISTS (SELECT 1 FROM facet WHERE key IN ({marks}) AND doc = f.doc)"
            values += condition.keys
        cursor = self._conn.execute(f"{sql} ORDER BY f.doc DESC", values)
        return (row[0] for row in cursor)

    def _probe(
        self, docs: Iterator[int], others: Sequence[Condition], *, text: bool
    ) -> Iterator[int]:
        if not others and not (text and self._phrase):
            return docs
        return self._probed(docs, others, text=text)

    def _probed(
        self, docs: Iterator[int], others: Sequence[Condition], *, text: bool
    ) -> Iterator[int]:
        for doc in docs:
            if all(self._has(condition, doc) for condition in others) and (
                not text or not self._phrase or self._has_text(doc)
            ):
                yield doc

    def _has(self, condition: Condition, doc: int) -> bool:
        marks = ",".join("?" * len(condition.keys))
        sql = f"SELECT 1 FROM facet WHERE key IN ({marks}) AND doc = ?"
        return self._conn.execute(sql, (*condition.keys, doc)).fetchone() is not None

    def _has_text(self, doc: int) -> bool:
        sql = "SELECT 1 FROM fts WHERE fts MATCH ? AND rowid = ?"
        return self._conn.execute(sql, (self._phrase, doc & MAX_ID)).fetchone() is not None
