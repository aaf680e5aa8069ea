"""What rules look at: numbers of a window of time, from the span store and from other rooms."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, cast

import msgspec

from vedette.model.alert import By
from vedette.model.query import Metric, Series, SeriesQuery
from vedette.ports.stores import SpanStore

MINUTE_NS = 60 * 10**9


class Window(msgspec.Struct, frozen=True, kw_only=True):
    """Which calls: `from_ns` and `to_ns` are whole minutes."""

    project_id: str
    from_ns: int
    to_ns: int
    model: str = ""
    provider: str = ""
    by: By = ""


class Reading(msgspec.Struct, frozen=True):
    """The value in a window; None where nothing can be said."""

    value: float | None
    calls: int = 0


class Source(Protocol):
    """Reads some metrics. May block."""

    @property
    def metrics(self) -> tuple[str, ...]: ...

    def read(self, metric: str, window: Window) -> Mapping[str, Reading]:
        """By group; without `by` the one group is ''."""
        ...


_COUNTS = frozenset(
    {"requests", "errors", "input_tokens", "output_tokens", "cache_read_tokens", "cost_usd"}
)


class Calls:
    """Metrics of model calls, from the roll-ups of the span store."""

    metrics = (
        "requests", "errors", "error_rate", "input_tokens", "output_tokens", "cache_read_tokens",
        "cost_usd", "latency_p50_ms", "latency_p95_ms", "latency_p99_ms", "ttft_p50_ms",
        "ttft_p95_ms", "ttft_p99_ms",
    )  # fmt: skip

    def __init__(self, store: SpanStore) -> None:
        self._store = store

    def read(self, metric: str, window: Window) -> Mapping[str, Reading]:
        """`error_rate` is in percent, the others as in the console's charts."""
        names = _NEEDED.get(metric) or ("requests", cast(Metric, metric))
        found = self._store.series(SeriesQuery(
            project_id=window.project_id, from_ns=window.from_ns, to_ns=window.to_ns, bucket_s=60,
            whole=True, metrics=names, group_by=window.by, model=window.model,
            provider=window.provider,
        ))  # fmt: skip
        groups = _by_group(found)
        if not window.by:
            groups.setdefault("", {})
        return {group: _reading(metric, values) for group, values in groups.items()}


_NEEDED: dict[str, tuple[Metric, ...]] = {
    "error_rate": ("requests", "errors"), "requests": ("requests",),
}  # fmt: skip


def _by_group(series: Sequence[Series]) -> dict[str, dict[str, float]]:
    groups: dict[str, dict[str, float]] = {}
    for line in series:
        if line.points:
            groups.setdefault(line.group, {})[line.metric] = line.points[0][1]
    return groups


def _reading(metric: str, values: Mapping[str, float]) -> Reading:
    calls = round(values.get("requests", 0))
    if metric == "error_rate":
        return Reading(100 * values.get("errors", 0) / calls if calls else None, calls)
    return Reading(values.get(metric, 0.0 if metric in _COUNTS else None), calls)


class Gauge:
    """A metric that is a number now, for each of several things: fill of budgets, and the like.

    `read_all` takes a project and returns values by group; there are no earlier windows, so only
    thresholds can be set on it.
    """

    def __init__(self, metric: str, read_all: Callable[[str], Mapping[str, float]]) -> None:
        self.metrics = (metric,)
        self._read_all = read_all

    def read(self, metric: str, window: Window) -> Mapping[str, Reading]:
        return {
            group: Reading(value, 1) for group, value in self._read_all(window.project_id).items()
        }


class Meter:
    """All sources together."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._sources = {metric: source for source in sources for metric in source.metrics}
        self.metrics = tuple(self._sources)
        self.gauges = frozenset(
            metric for metric, source in self._sources.items() if isinstance(source, Gauge)
        )

    def read(self, metric: str, window: Window) -> Mapping[str, Reading]:
        """Raises KeyError for an unknown metric, StoreError where it cannot be read."""
        return self._sources[metric].read(metric, window)
