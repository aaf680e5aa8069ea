"""Metrics over time, from the cells of all files.

A query is widened to whole buckets (aligned to the Unix epoch). Buckets of whole hours come from
the hour cells; finer ones from the minute cells while those are kept, and from the spans
themselves for older times, up to `_MAX_RAW_SPANS` of them.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from vedette.errors import BadRequest, StoreError
from vedette.model.query import Dimension, Filter, Metric, Series, SeriesQuery
from vedette.stores.spans.sqlite.cells import HOUR_S, MINUTE_S, MINUTES_KEPT_NS, cells_of
from vedette.stores.spans.sqlite.files import SpanFile
from vedette.stores.spans.sqlite.histogram import pack, quantiles
from vedette.stores.spans.sqlite.reading import Bounds, list_spans

_MAX_RAW_SPANS = 200_000
_MAX_POINTS = 100_000
_MAX_NS = 2**63 - 1
_SHORT_NS = 2 * HOUR_S * 10**9
"""A range up to which old spans are read for totals to the minute."""
_SHARES = {"p50": 0.5, "p95": 0.95, "p99": 0.99}
CellRow = tuple[Any, ...]
"""A cell as `_COLUMNS` lists it, histograms packed."""
_COLUMNS = (
    "start_s, model, provider, requests, errors, input_tokens, output_tokens, cache_read_tokens,"
    " priced, cost, latency, "
)
_GROUPS: dict[Dimension, int] = {"": 0, "model": 1, "provider": 2}
_SUMS: dict[Metric, int] = {
    "requests": 0,
    "errors": 1,
    "input_tokens": 2,
    "output_tokens": 3,
    "cache_read_tokens": 4,
}


class Point:
    """All cells of one group in one bucket, from rows as `_COLUMNS` gives them."""

    __slots__ = ("latency", "sums", "ttft")

    def __init__(self, row: CellRow) -> None:
        self.sums: Sequence[int] = row[3:10]
        self.latency = [row[10]] if row[10] else []
        self.ttft = [row[11]] if row[11] else []

    def add(self, row: CellRow) -> None:
        self.sums = [old + new for old, new in zip(self.sums, row[3:10], strict=True)]
        if row[10]:
            self.latency.append(row[10])
        if row[11]:
            self.ttft.append(row[11])


class Plan:
    """How to get the values of the asked metrics out of a point."""

    def __init__(self, metrics: Sequence[Metric]) -> None:
        self._sums = [(metric, _SUMS[metric]) for metric in metrics if metric in _SUMS]
        self._has_cost = "cost_usd" in metrics
        self._latency = self._shares(metrics, "latency")
        self._ttft = self._shares(metrics, "ttft")

    @staticmethod
    def _shares(metrics: Sequence[Metric], what: str) -> list[tuple[Metric, float]]:
        parts = [(metric, metric.split("_")) for metric in metrics]
        return [(m, _SHARES[part[1]]) for m, part in parts if part[0] == what]

    def values(self, point: Point) -> Iterator[tuple[Metric, float]]:
        """The metrics that have a value."""
        sums = point.sums
        for metric, column in self._sums:
            yield metric, float(sums[column])
        if self._has_cost and sums[5]:
            yield "cost_usd", sums[6] / 1e9
        for spread, packed in ((self._latency, point.latency), (self._ttft, point.ttft)):
            if spread and packed:
                found = quantiles(packed, [share for _, share in spread])
                yield from zip([metric for metric, _ in spread], found, strict=True)


class Grid(NamedTuple):
    """A query in whole buckets, seconds."""

    from_s: int
    to_s: int
    bucket_s: int
    width_s: int
    origin_s: int = 0
    """Where a bucket starts: buckets are aligned to it."""

    @classmethod
    def of(cls, query: SeriesQuery, kept_from_ns: int) -> "Grid":
        if query.whole:
            return cls.one(query, kept_from_ns)
        bucket_s = query.bucket_s
        if bucket_s <= 0 or bucket_s % MINUTE_S:
            raise BadRequest(f"bucket_s is {bucket_s!r}: it must be a multiple of 60.")
        bucket_ns = bucket_s * 10**9
        from_s = _within(query.from_ns) // bucket_ns * bucket_s
        to_s = -(-_within(query.to_ns) // bucket_ns) * bucket_s
        if (to_s - from_s) // bucket_s > _MAX_POINTS:
            raise BadRequest(f"More than {_MAX_POINTS} buckets: ask for longer ones.")
        return cls(from_s, to_s, bucket_s, MINUTE_S if bucket_s % HOUR_S else HOUR_S)

    @classmethod
    def one(cls, query: SeriesQuery, kept_from_ns: int) -> "Grid":
        """One bucket for the range: to the minute while minutes are kept or it is short."""
        from_ns, to_ns = _within(query.from_ns), _within(query.to_ns)
        is_short = to_ns - from_ns <= _SHORT_NS
        width_s = MINUTE_S if from_ns >= kept_from_ns or is_short else HOUR_S
        width_ns = width_s * 10**9
        from_s = from_ns // width_ns * width_s
        to_s = max(-(-to_ns // width_ns) * width_s, from_s + width_s)
        return cls(from_s, to_s, to_s - from_s, width_s, from_s)

    def bucket_of(self, time_s: int) -> int:
        """Start of the bucket that this second falls into."""
        return time_s - (time_s - self.origin_s) % self.bucket_s


def _within(time_ns: int) -> int:
    return max(0, min(time_ns, _MAX_NS))


def series(
    files: Iterable[SpanFile],
    query: SeriesQuery,
    *,
    now_ns: int,
    raw_spans: int = _MAX_RAW_SPANS,
) -> tuple[Series, ...]:
    """One line per metric and group; at most `raw_spans` spans of a file are read for it."""
    kept_from_ns = now_ns - MINUTES_KEPT_NS + HOUR_S * 10**9
    grid = Grid.of(query, kept_from_ns)
    is_raw = grid.width_s == MINUTE_S and grid.from_s * 10**9 < kept_from_ns
    group_column = _GROUPS[query.group_by]
    groups: dict[str, dict[int, Point]] = {} if group_column else {"": {}}
    for file in files:
        with file.reading() as conn:
            rows = (
                _raw_cells(conn, query, grid, raw_spans)
                if is_raw
                else _stored_cells(conn, query, grid)
            )
            for row in rows:
                points = groups.setdefault(row[group_column] if group_column else "", {})
                start_s = grid.bucket_of(row[0])
                point = points.get(start_s)
                if point is None:
                    points[start_s] = Point(row)
                else:
                    point.add(row)
    return tuple(_lines(groups, query.metrics))


def _lines(groups: dict[str, dict[int, Point]], metrics: tuple[Metric, ...]) -> Iterator[Series]:
    plan = Plan(metrics)
    lines: dict[tuple[Metric, str], list[tuple[int, float]]] = {
        (metric, group): [] for metric in metrics for group in sorted(groups)
    }
    for group, points in groups.items():
        mine = {metric: lines[metric, group] for metric in metrics}
        for start_s in sorted(points):
            start_ns = start_s * 10**9
            for metric, value in plan.values(points[start_s]):
                mine[metric].append((start_ns, value))
    for (metric, group), line in lines.items():
        yield Series(metric=metric, group=group, points=tuple(line))


def _stored_cells(conn: sqlite3.Connection, query: SeriesQuery, grid: Grid) -> Iterator[CellRow]:
    ttft = "ttft" if any(metric.startswith("ttft") for metric in query.metrics) else "x''"
    sql = (
        f"SELECT {_COLUMNS}{ttft} FROM roll"
        " WHERE project = ? AND width_s = ? AND start_s >= ? AND start_s < ?"
    )
    is_total = not (query.group_by or query.model or query.provider)
    width_s = -grid.width_s if is_total else grid.width_s
    values: list[str | int] = [query.project_id, width_s, grid.from_s, grid.to_s]
    for column, value in (("model", query.model), ("provider", query.provider)):
        if value:
            sql += f" AND {column} = ?"
            values.append(value)
    return iter(conn.execute(sql, values))


def _raw_cells(
    conn: sqlite3.Connection, query: SeriesQuery, grid: Grid, at_most: int
) -> Iterator[CellRow]:
    filter = Filter(
        project_id=query.project_id,
        from_ns=grid.from_s * 10**9,
        to_ns=grid.to_s * 10**9,
        model=query.model,
        provider=query.provider,
    )
    spans = list_spans(conn, filter, Bounds.of(filter, None), limit=at_most + 1, payload=False)
    if len(spans) > at_most:
        raise StoreError(
            f"More than {at_most} spans: buckets that are not whole hours are kept for 48"
            " hours. Ask for a shorter time, or for buckets of 3600 s."
        )
    for key, cell in cells_of(spans, widths=(MINUTE_S,), minutes_from_ns=0).items():
        if key.width_s < 0:
            continue
        yield (
            key.start_s,
            key.model,
            key.provider,
            *cell.sums,
            pack(cell.latency),
            pack(cell.ttft),
        )
