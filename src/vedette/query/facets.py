"""How what matches spreads over the values of a field: the counts beside a list."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Annotated

import msgspec
from msgspec import Meta

from vedette.model.query import Filter
from vedette.model.span import Span
from vedette.ports.stores import SpanStore
from vedette.query.money import format_usd
from vedette.query.walking import Walk

MOST_SPANS = 20_000
VALUES = 50
_SUMS_OF_OTHERS = ("agent", "chain")

DIMENSIONS: Mapping[str, Callable[[Span], Iterable[str]]] = {
    "status": lambda span: (span.status,),
    "kind": lambda span: (span.kind,),
    "provider": lambda span: (span.provider,),
    "model": lambda span: (span.model,),
    "user": lambda span: (span.user_id,),
    "session": lambda span: (span.session_id,),
    "tag": lambda span: span.tags,
    "environment": lambda span: (span.environment,),
    "release": lambda span: (span.release,),
    "route": lambda span: (span.route,),
    "name": lambda span: (span.name,),
    "finish_reason": lambda span: (span.finish_reason,),
}
"""What spans can be grouped by; a span without a value is in no group."""


class FacetValue(msgspec.Struct, frozen=True, kw_only=True):
    """One value and how often it occurs."""

    value: str
    spans: int
    traces: int
    errors: int
    cost_usd: str | None


class FacetCounts(msgspec.Struct, frozen=True, kw_only=True):
    """The values of one field, most traces first."""

    field: str
    values: tuple[FacetValue, ...]
    others: Annotated[int, Meta(description="Values beyond those listed.")]


class FacetAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Counts over the spans that match."""

    items: tuple[FacetCounts, ...]
    spans: int
    traces: int
    complete: Annotated[
        bool, Meta(description=f"False where only the latest {MOST_SPANS} spans were counted.")
    ]


class _Tally:
    __slots__ = ("cost", "errors", "spans", "traces")

    def __init__(self) -> None:
        self.spans = self.errors = 0
        self.cost: int | None = None
        self.traces: set[str] = set()

    def add(self, trace_id: str, failed: bool, cost: int | None) -> None:
        self.spans += 1
        self.traces.add(trace_id)
        if failed:
            self.errors += 1
        if cost is not None:
            self.cost = (self.cost or 0) + cost


def count_facets(store: SpanStore, filter: Filter, fields: Iterable[str]) -> FacetAnswer:
    """Counts by each of the fields, which are names of `DIMENSIONS`."""
    walk = Walk(store, filter, most=MOST_SPANS)
    tallies: dict[str, defaultdict[str, _Tally]] = {field: defaultdict(_Tally) for field in fields}
    readers = [(DIMENSIONS[field], tally) for field, tally in tallies.items()]
    traces: set[str] = set()
    for span in walk.spans():
        trace_id, failed = span.trace_id, span.status == "error"
        cost = None if span.kind in _SUMS_OF_OTHERS else span.cost_nano_usd
        traces.add(trace_id)
        for read, tally in readers:
            for value in read(span):
                if value:
                    tally[value].add(trace_id, failed, cost)
    return FacetAnswer(
        items=tuple(_counts(field, tally) for field, tally in tallies.items()),
        spans=walk.seen,
        traces=len(traces),
        complete=walk.is_complete,
    )


def _counts(field: str, tally: Mapping[str, _Tally]) -> FacetCounts:
    order = sorted(tally.items(), key=lambda pair: (-len(pair[1].traces), pair[0]))
    return FacetCounts(
        field=field,
        values=tuple(
            FacetValue(
                value=value,
                spans=found.spans,
                traces=len(found.traces),
                errors=found.errors,
                cost_usd=format_usd(found.cost),
            )
            for value, found in order[:VALUES]
        ),
        others=max(0, len(order) - VALUES),
    )
