"""Metrics over time by any dimension and under any filter, worked out from the spans.

`SpanStore.series` answers from roll-ups, which know model and provider only. Whatever else is
asked for is read span by span, up to `MOST_SPANS`.
"""

import math
from collections import Counter
from collections.abc import Sequence

from vedette.errors import BadRequest
from vedette.model.query import Filter, Metric, Series, SeriesQuery
from vedette.model.span import Span
from vedette.ports.stores import SpanStore
from vedette.query.facets import DIMENSIONS
from vedette.query.walking import Walk

MOST_SPANS = 100_000
MOST_GROUPS = 20
OTHERS = "(others)"
_CALLS = ("llm", "embedding")
_SHARES = {"p50": 0.5, "p95": 0.95, "p99": 0.99}


class _Point:
    __slots__ = ("latency", "priced", "sums", "ttft")

    def __init__(self) -> None:
        self.sums: Counter[str] = Counter()
        self.priced = False
        self.latency: list[float] = []
        self.ttft: list[float] = []

    def add(self, span: Span) -> None:
        sums, usage = self.sums, span.usage
        sums["requests"] += 1
        sums["errors"] += span.status == "error"
        sums["input_tokens"] += usage.input_total
        sums["output_tokens"] += usage.output_total
        sums["cache_read_tokens"] += usage.cache_read_total
        if span.cost_nano_usd is not None:
            self.priced = True
            sums["cost"] += span.cost_nano_usd
        self.latency.append(span.duration_ms)
        if span.ttft_ms is not None:
            self.ttft.append(span.ttft_ms)

    def merge(self, other: "_Point") -> None:
        self.sums.update(other.sums)
        self.priced = self.priced or other.priced
        self.latency += other.latency
        self.ttft += other.ttft

    def value(self, metric: Metric) -> float | None:
        if metric == "cost_usd":
            return self.sums["cost"] / 1e9 if self.priced else None
        what, _, rest = metric.partition("_")
        if what in ("latency", "ttft"):
            values = self.latency if what == "latency" else self.ttft
            return quantile(values, _SHARES[rest.partition("_")[0]])
        return float(self.sums[metric])


Groups = dict[str, dict[int, _Point]]


def series_of_spans(
    store: SpanStore, query: SeriesQuery, filter: Filter, group_by: str
) -> tuple[Series, ...]:
    """One line per metric and group; raises BadRequest for more spans than it reads.

    Of more groups than `MOST_GROUPS` the smaller ones are one line, `OTHERS`.
    """
    walk = Walk(store, filter, most=MOST_SPANS)
    groups: Groups = {} if group_by else {"": {}}
    bucket_ns = query.bucket_s * 10**9
    for span in walk.spans():
        if not filter.kind and span.kind not in _CALLS:
            continue
        for value in DIMENSIONS[group_by](span) if group_by else ("",):
            if value or not group_by:
                points = groups.setdefault(value, {})
                points.setdefault(span.start_ns // bucket_ns, _Point()).add(span)
    if not walk.is_complete:
        raise BadRequest(
            f"More than {MOST_SPANS} spans match: ask for a shorter time or a narrower filter."
        )
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
        group: sum(point.sums["requests"] for point in points.values())
        for group, points in groups.items()
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
