"""Metrics over time by any dimension and under any filter, worked out from the spans.

`SpanStore.series` answers from roll-ups, which know model and provider only. Whatever else is
asked for is read span by span, up to `MOST_SPANS`.
"""

import math
from collections.abc import Sequence

from msgspec.structs import replace

from vedette.errors import BadRequest
from vedette.model.expression import Field, OneOf, both
from vedette.model.query import Filter, Metric, Series, SeriesQuery
from vedette.model.span import SpanFacts
from vedette.model.usage import Usage
from vedette.ports.stores import SpanStore
from vedette.query.facets import DIMENSIONS

MOST_SPANS = 100_000
MOST_GROUPS = 20
OTHERS = "(others)"
_CALLS = ("llm", "embedding")
_SUMS: tuple[Metric, ...] = (
    "requests", "errors", "input_tokens", "output_tokens", "cache_read_tokens",
)  # fmt: skip
_COST = len(_SUMS)
_NO_USAGE = Usage()
_SHARES = {"p50": 0.5, "p95": 0.95, "p99": 0.99}


class _Point:
    """Sums of a group in a bucket, in the order of `_SUMS`."""

    __slots__ = ("latency", "priced", "sums", "ttft")

    def __init__(self) -> None:
        self.sums = [0] * 6
        self.priced = False
        self.latency: list[float] = []
        self.ttft: list[float] = []

    def add(self, span: SpanFacts) -> None:
        sums, usage, cost, ttft_ms = self.sums, span.usage, span.cost_nano_usd, span.ttft_ms
        sums[0] += 1
        sums[1] += span.status == "error"
        if usage is not _NO_USAGE:
            sums[2] += usage.input_total
            sums[3] += usage.output_total
            sums[4] += usage.cache_read_total
        if cost is not None:
            self.priced = True
            sums[5] += cost
        self.latency.append(span.duration_ms)
        if ttft_ms is not None:
            self.ttft.append(ttft_ms)

    def merge(self, other: "_Point") -> None:
        self.sums = [mine + more for mine, more in zip(self.sums, other.sums, strict=True)]
        self.priced = self.priced or other.priced
        self.latency += other.latency
        self.ttft += other.ttft

    def value(self, metric: Metric) -> float | None:
        if metric == "cost_usd":
            return self.sums[_COST] / 1e9 if self.priced else None
        what, _, rest = metric.partition("_")
        if what in ("latency", "ttft"):
            values = self.latency if what == "latency" else self.ttft
            return quantile(values, _SHARES[rest.partition("_")[0]])
        return float(self.sums[_SUMS.index(metric)])


Groups = dict[str, dict[int, _Point]]


def series_of_spans(
    store: SpanStore, query: SeriesQuery, filter: Filter, group_by: str
) -> tuple[Series, ...]:
    """One line per metric and group; raises BadRequest for more spans than it reads.

    Of more groups than `MOST_GROUPS` the smaller ones are one line, `OTHERS`.
    """
    calls = None if filter.kind else OneOf(Field("kind"), _CALLS)
    wanted = replace(filter, where=both(filter.where, calls))
    facts = store.facts(wanted, most=MOST_SPANS)
    if not facts.complete:
        raise BadRequest(
            f"More than {MOST_SPANS} spans match or have to be looked at: ask for a shorter time or"
            " a narrower filter."
        )
    groups: Groups = {} if group_by else {"": {}}
    bucket_ns = query.bucket_s * 10**9
    for span in facts.spans:
        for value in DIMENSIONS[group_by](span) if group_by else ("",):
            if value or not group_by:
                points = groups.setdefault(value, {})
                at = span.start_ns // bucket_ns
                point = points.get(at)
                if point is None:
                    point = points[at] = _Point()
                point.add(span)
    return _lines(_largest(groups), query.metrics, bucket_ns)


def quantile(values: Sequence[float], share: float) -> float | None:
    """The nearest-rank quantile; None of nothing."""
    if not values:
        return None
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def _largest(groups: Groups) -> Groups:
    if len(groups) <= MOST_GROUPS:
        return groups
    sizes = {
        group: sum(point.sums[0] for point in points.values()) for group, points in groups.items()
    }
    order = sorted(groups, key=lambda group: (-sizes[group], group))
    kept = {group: groups[group] for group in order[: MOST_GROUPS - 1]}
    rest: dict[int, _Point] = {}
    for group in order[MOST_GROUPS - 1 :]:
        for at, point in groups[group].items():
            rest.setdefault(at, _Point()).merge(point)
    return {**kept, OTHERS: rest}


def _lines(groups: Groups, metrics: Sequence[Metric], bucket_ns: int) -> tuple[Series, ...]:
    return tuple(
        Series(
            metric=metric,
            group=group,
            points=tuple(
                (at * bucket_ns, value)
                for at, point in sorted(points.items())
                if (value := point.value(metric)) is not None
            ),
        )
        for metric in metrics
        for group, points in sorted(groups.items())
    )
