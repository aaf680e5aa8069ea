"""Metrics over time and as totals: what is asked of `SpanStore.series` and how it is shown."""

import functools
from collections.abc import Mapping, Sequence
from typing import get_args

import msgspec

from vedette.model.query import Dimension, Filter, Metric, Series, SeriesQuery
from vedette.ports.stores import SpanStore
from vedette.query.breakdown import series_of_spans
from vedette.query.facets import DIMENSIONS
from vedette.query.filters import FILTER_PARAMETERS, RANGE_PARAMETERS, read_filter, read_range
from vedette.query.money import format_usd
from vedette.query.parameters import Parameter, ParameterError, Parameters
from vedette.query.shapes import SeriesAnswer, SeriesShape, SummaryAnswer, TotalsShape, Unit
from vedette.query.times import format_time

METRICS: tuple[Metric, ...] = get_args(Metric)
MAX_BUCKETS = 1_500

_MAX_BUCKET_S = 3_153_600_000
_MINUTE_NS, _HOUR_NS, _DAY_NS = 60 * 10**9, 3_600 * 10**9, 86_400 * 10**9
_LONG_NS = 12 * _HOUR_NS
_AUTO_BUCKETS = 120
_STEPS_S = (60, 300, 900, 1_800, 3_600, 10_800, 21_600, 43_200, 86_400, 604_800, 2_592_000)
_UNITS: Mapping[Metric, Unit] = {
    "requests": "count",
    "errors": "count",
    "input_tokens": "tokens",
    "output_tokens": "tokens",
    "cache_read_tokens": "tokens",
    "cost_usd": "usd",
}
_ROLLED_UP: tuple[Dimension, ...] = ("model", "provider")

_SCOPE_PARAMETERS = (
    *RANGE_PARAMETERS,
    Parameter(name="model", description="Model name, exact.", schema={"type": "string"}),
    Parameter(name="provider", description="Provider name, exact.", schema={"type": "string"}),
)
SUMMARY_PARAMETERS = _SCOPE_PARAMETERS
_NARROWING = tuple(
    parameter
    for parameter in FILTER_PARAMETERS
    if parameter.name not in {scoped.name for scoped in _SCOPE_PARAMETERS}
)
SERIES_PARAMETERS = (
    Parameter(
        name="metric",
        description="What to show; repeat it for several. Without it: all.",
        schema={"type": "array", "items": {"type": "string", "enum": list(METRICS)}},
        repeats=True,
    ),
    *_SCOPE_PARAMETERS,
    *_NARROWING,
    Parameter(
        name="bucket_s",
        description=f"Seconds of a bucket, a multiple of 60, at most {MAX_BUCKETS} buckets; "
        "`auto` (default) chooses about a hundred.",
        schema={"type": "string", "default": "auto"},
    ),
    Parameter(
        name="group_by",
        description="One line for each of these.",
        schema={"type": "string", "enum": list(DIMENSIONS)},
    ),
)


class Scope(msgspec.Struct, frozen=True, kw_only=True):
    """Which calls: a time range (default: the last 24 hours) and perhaps a model or provider."""

    project_id: str
    from_ns: int
    to_ns: int
    model: str = ""
    provider: str = ""


def read_scope(parameters: Parameters, *, project_id: str, now_ns: int) -> Scope:
    """Raises ParameterError."""
    from_ns, to_ns = read_range(parameters, now_ns=now_ns)
    if to_ns is None:
        to_ns = max(now_ns, (from_ns or 0) + 1)
    return Scope(
        project_id=project_id,
        from_ns=to_ns - _DAY_NS if from_ns is None else from_ns,
        to_ns=to_ns,
        model=parameters.text("model"),
        provider=parameters.text("provider"),
    )


class SeriesAsked(msgspec.Struct, frozen=True, kw_only=True):
    """What to draw: from roll-ups, or with `filter` from the spans that match."""

    query: SeriesQuery
    filter: Filter | None = None
    group_by: str = ""


def read_series(parameters: Parameters, *, project_id: str, now_ns: int) -> SeriesAsked:
    """Raises ParameterError."""
    scope = read_scope(parameters, project_id=project_id, now_ns=now_ns)
    group_by = parameters.choice("group_by", tuple(DIMENSIONS)) or ""
    rolled: Dimension = next((each for each in _ROLLED_UP if each == group_by), "")
    query = SeriesQuery(
        project_id=project_id,
        from_ns=scope.from_ns,
        to_ns=scope.to_ns,
        bucket_s=_read_bucket(parameters, (scope.to_ns - scope.from_ns) / 1e9),
        metrics=_read_metrics(parameters),
        group_by=rolled,
        model=scope.model,
        provider=scope.provider,
    )
    is_narrowed = any(parameters.text(parameter.name) for parameter in _NARROWING)
    if not is_narrowed and group_by == rolled:
        return SeriesAsked(query=query, group_by=group_by)
    filter = read_filter(parameters, project_id=project_id, now_ns=now_ns)
    bucket_ns = query.bucket_s * 10**9
    whole = msgspec.structs.replace(
        filter,
        from_ns=scope.from_ns // bucket_ns * bucket_ns,
        to_ns=-(-scope.to_ns // bucket_ns) * bucket_ns,
    )
    return SeriesAsked(query=query, filter=whole, group_by=group_by)


def find_series(store: SpanStore, asked: SeriesAsked) -> SeriesAnswer:
    """The lines that were asked for."""
    if asked.filter is None:
        found = store.series(asked.query)
    else:
        found = series_of_spans(store, asked.query, asked.filter, asked.group_by)
    return series_answer(asked.query, found, is_grouped=bool(asked.group_by))


def choose_bucket_s(range_s: float) -> int:
    """The shortest round bucket that cuts the range into about a hundred."""
    for step_s in _STEPS_S:
        if range_s / step_s <= _AUTO_BUCKETS:
            return step_s
    return -(-int(range_s) // (_AUTO_BUCKETS * 86_400)) * 86_400


def series_answer(
    query: SeriesQuery, series: Sequence[Series], *, is_grouped: bool
) -> SeriesAnswer:
    # Every line has the same times.
    shown = functools.cache(format_time)
    return SeriesAnswer(
        bucket_s=query.bucket_s,
        from_=format_time(query.from_ns),
        to=format_time(query.to_ns),
        series=tuple(
            SeriesShape(
                metric=line.metric,
                group=line.group if is_grouped else None,
                unit=_UNITS.get(line.metric, "ms"),
                points=tuple((shown(time_ns), value) for time_ns, value in line.points),
            )
            for line in series
        ),
    )


def total_queries(scope: Scope) -> tuple[SeriesQuery, SeriesQuery]:
    """The range and the equally long one before it, each as a single bucket.

    Long ranges start with an hour, short ones with a minute, as precisely as old times are kept.
    """
    unit_ns = _HOUR_NS if scope.to_ns - scope.from_ns >= _LONG_NS else _MINUTE_NS
    from_ns = scope.from_ns // unit_ns * unit_ns
    before_ns = round((2 * from_ns - scope.to_ns) / unit_ns) * unit_ns
    current = SeriesQuery(
        project_id=scope.project_id,
        from_ns=from_ns,
        to_ns=scope.to_ns,
        bucket_s=60,
        whole=True,
        metrics=METRICS,
        model=scope.model,
        provider=scope.provider,
    )
    return current, msgspec.structs.replace(current, from_ns=before_ns, to_ns=from_ns)


def summary_answer(
    queries: tuple[SeriesQuery, SeriesQuery], current: Sequence[Series], previous: Sequence[Series]
) -> SummaryAnswer:
    """`current` and `previous` are the answers to `queries`, made by `total_queries`."""
    now, before = queries
    return SummaryAnswer(
        from_=format_time(now.from_ns),
        to=format_time(now.to_ns),
        current=_totals(current),
        previous_from=format_time(before.from_ns),
        previous=_totals(previous),
    )


def _totals(series: Sequence[Series]) -> TotalsShape:
    found: dict[Metric, float] = {line.metric: line.points[0][1] for line in series if line.points}
    requests = round(found.get("requests", 0))
    errors = round(found.get("errors", 0))
    return TotalsShape(
        requests=requests,
        errors=errors,
        error_rate=errors / requests if requests else None,
        input_tokens=round(found.get("input_tokens", 0)),
        output_tokens=round(found.get("output_tokens", 0)),
        cache_read_tokens=round(found.get("cache_read_tokens", 0)),
        cost_usd=_cost(found, requests),
        latency_p50_ms=found.get("latency_p50_ms"),
        latency_p95_ms=found.get("latency_p95_ms"),
        latency_p99_ms=found.get("latency_p99_ms"),
        ttft_p50_ms=found.get("ttft_p50_ms"),
        ttft_p95_ms=found.get("ttft_p95_ms"),
        ttft_p99_ms=found.get("ttft_p99_ms"),
    )


def _cost(found: Mapping[Metric, float], requests: int) -> str | None:
    """No call costs nothing; calls without any price have an unknown cost."""
    if requests and "cost_usd" not in found:
        return None
    return format_usd(round(found.get("cost_usd", 0) * 1e9))


def _read_metrics(parameters: Parameters) -> tuple[Metric, ...]:
    named = parameters.many("metric")
    for name in named:
        if name not in METRICS:
            raise ParameterError("metric", name, "one of " + ", ".join(METRICS))
    return tuple(metric for metric in METRICS if not named or metric in named)


def _read_bucket(parameters: Parameters, range_s: float) -> int:
    text = parameters.text("bucket_s")
    if text in ("", "auto"):
        return choose_bucket_s(range_s)
    bucket_s = parameters.integer("bucket_s", low=60, high=_MAX_BUCKET_S, default=60)
    if bucket_s % 60 or range_s / bucket_s > MAX_BUCKETS:
        least = -(-int(range_s) // (MAX_BUCKETS * 60)) * 60
        raise ParameterError(
            "bucket_s", text, f"auto or a multiple of 60, at least {max(least, 60)} for this range"
        )
    return bucket_s
