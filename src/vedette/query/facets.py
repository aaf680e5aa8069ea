"""How what matches spreads over the values of a field: the counts beside a list."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import compress
from operator import attrgetter, itemgetter
from typing import Annotated, NamedTuple

import msgspec
from msgspec import Meta

from vedette.model.query import Filter
from vedette.model.span import SpanFacts
from vedette.ports.stores import SpanStore
from vedette.query.money import format_usd

MOST_SPANS = 12_000
VALUES = 50
_SUMS_OF_OTHERS = ("agent", "chain")


def _alone(read: Callable[[SpanFacts], str], span: SpanFacts) -> tuple[str]:
    return (read(span),)


_PLAIN: Mapping[str, Callable[[SpanFacts], str]] = {
    "status": attrgetter("status"),
    "kind": attrgetter("kind"),
    "provider": attrgetter("provider"),
    "model": attrgetter("model"),
    "user": attrgetter("user_id"),
    "session": attrgetter("session_id"),
    "environment": attrgetter("environment"),
    "release": attrgetter("release"),
    "route": attrgetter("route"),
    "name": attrgetter("name"),
    "finish_reason": attrgetter("finish_reason"),
}
"""Those of one value each."""
DIMENSIONS: Mapping[str, Callable[[SpanFacts], Iterable[str]]] = {
    **{name: partial(_alone, read) for name, read in _PLAIN.items()},
    "tag": attrgetter("tags"),
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
        bool,
        Meta(description=f"False where only the latest spans were counted, {MOST_SPANS} at most."),
    ]


class _Column(NamedTuple):
    """The values of a field, and of each the span's trace, whether it failed and its cost."""

    values: list[str]
    traces: list[str]
    failed: list[bool]
    costs: list[int | None]


def count_facets(store: SpanStore, filter: Filter, fields: Iterable[str]) -> FacetAnswer:
    """Counts by each of the fields, which are names of `DIMENSIONS`."""
    facts = store.facts(filter, most=MOST_SPANS)
    spans = facts.spans
    base = _Column(
        [],
        [span.trace_id for span in spans],
        [span.status == "error" for span in spans],
        [None if span.kind in _SUMS_OF_OTHERS else span.cost_nano_usd for span in spans],
    )
    return FacetAnswer(
        items=tuple(_counts(field, _column(field, spans, base)) for field in fields),
        spans=len(spans),
        traces=len(set(base.traces)),
        complete=facts.complete,
    )


def _column(field: str, spans: Sequence[SpanFacts], base: _Column) -> _Column:
    """One entry for each value of each span."""
    read = _PLAIN.get(field)
    if read is not None:
        return base._replace(values=list(map(read, spans)))
    pairs = [(at, value) for at, span in enumerate(spans) for value in DIMENSIONS[field](span)]
    places = [at for at, _ in pairs]
    return _Column(
        [value for _, value in pairs],
        [base.traces[at] for at in places],
        [base.failed[at] for at in places],
        [base.costs[at] for at in places],
    )


def _counts(field: str, column: _Column) -> FacetCounts:
    values = column.values
    spans = Counter(values)
    if set(spans) <= {""}:
        return FacetCounts(field=field, values=(), others=0)
    traces = Counter(map(itemgetter(0), set(zip(values, column.traces, strict=True))))
    errors = Counter(compress(values, column.failed))
    costs: dict[str, int] = {}
    priced = [cost is not None for cost in column.costs]
    for value, cost in compress(zip(values, column.costs, strict=True), priced):
        costs[value] = costs.get(value, 0) + (cost or 0)
    # A span without a value is in no group.
    del spans[""]
    order = sorted(spans, key=lambda value: (-traces[value], value))
    return FacetCounts(
        field=field,
        values=tuple(
            FacetValue(
                value=value,
                spans=spans[value],
                traces=traces[value],
                errors=errors[value],
                cost_usd=format_usd(costs.get(value)),
            )
            for value in order[:VALUES]
        ),
        others=max(0, len(order) - VALUES),
    )
