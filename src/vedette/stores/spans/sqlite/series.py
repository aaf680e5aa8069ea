"""Metrics over time, from the cells of all files.

A query is widened to whole buckets (aligned to the Unix epoch). Buckets of whole hours come from
the hour cells; finer ones from the minute cells while those are kept, and from the spans
themselves for older times, up to `_MAX_RAW_SPANS` of them.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from vedette.errors import BadRequest, StoreError
from vedette.model.query import Filter, Metric, Series, SeriesQuery
from vedette.stores.spans.sqlite.cells import HOUR_S, MINUTE_S, MINUTES_KEPT_NS, cells_of
from vedette.stores.spans.sqlite.files import SpanFile
from vedette.stores.spans.sqlite.histogram import pack, quantiles
from vedette.stores.spans.sqlite.reading import Bounds, list_spans

_MAX_RAW_SPANS = 200_000
_MAX_POINTS = 100_000
_SHARES = {"p50": 0.5, "p95": 0.95, "p99": 0.99}
_SUMS: dict[Metric, int] = {
    "requests": 0,
    "errors": 1,
    "input_tokens": 2,
    "output_tokens": 3,
    "cache_read_tokens": 4,
}


class CellRow(NamedTuple):
    """A stored cell, histograms packed."""

    start_s: int
    model: str
    provider: str
    sums: tuple[int, ...]
    latency: bytes
    ttft: bytes


class Point:
    """All cells of one group in one bucket."""

    __slots__ = ("latency", "sums", "ttft")

    def __init__(self) -> None:
        self.sums = [0] * 7
        self.latency: list[bytes] = []
        self.ttft: list[bytes] = []

    def add(self, row: CellRow) -> None:
        self.sums = [old + new for old, new in zip(self.sums, row.sums, strict=True)]
        if row.latency:
            self.latency.append(row.latency)
        if row.ttft:
            self.ttft.append(row.ttft)

    def values(self, metrics: Iterable[Metric]) -> Iterator[tuple[Metric, float]]:
        """The metrics that have a value here."""
        spread: dict[str, list[float]] = {}
        for metric in metrics:
            if metric in _SUMS:
                yield metric, float(self.sums[_SUMS[metric]])
            elif metric == "cost_usd":
                if self.sums[5]:
                    yield metric, self.sums[6] / 1e9
            else:
                what, share, _ = metric.split("_")
                if what not in spread:
                    packed = self.latency if what == "latency" else self.ttft
                    spread[what] = quantiles(packed, _SHARES.values()) if packed else []
                if spread[what]:
                    yield metric, spread[what][list(_SHARES).index(share)]


class Grid(NamedTuple):
    """A query in whole buckets, seconds."""

    from_s: int
    to_s: int
    bucket_s: int
    width_s: int

    @classmethod
    def of(cls, query: SeriesQuery) -> "Grid":
        bucket_s = query.bucket_s
        if bucket_s <= 0 or bucket_s % MINUTE_S:
            raise BadRequest(f"bucket_s is {bucket_s!r}: it must be a multiple of 60.")
        bucket_ns = bucket_s * 10**9
        from_s = max(query.from_ns, 0) // bucket_ns * bucket_s
        to_s = -(-max(query.to_ns, 0) // bucket_ns) * bucket_s
        if (to_s - from_s) // bucket_s > _MAX_POINTS:
            raise BadRequest(f"More than {_MAX_POINTS} buckets: ask for longer ones.")
        return cls(from_s, to_s, bucket_s, MINUTE_S if bucket_s % HOUR_S else HOUR_S)


def series(files: Iterable[SpanFile], query: SeriesQuery, *, now_ns: int) -> tuple[Series, ...]:
    """One line per metric and group."""
    grid = Grid.of(query)
    is_raw = (
        grid.width_s == MINUTE_S and grid.from_s * 10**9 < now_ns - MINUTES_KEPT_NS + HOUR_S * 10**9
    )
    groups: dict[str, dict[int, Point]] = {} if query.group_by else {"": {}}
    for file in files:
        with file.reading() as conn:
            for row in (
                _raw_cells(conn, query, grid) if is_raw else _stored_cells(conn, query, grid)
            ):
                group = getattr(row, query.group_by) if query.group_by else ""
                points = groups.setdefault(group, {})
                start_s = row.start_s - row.start_s % grid.bucket_s
                points.setdefault(start_s, Point()).add(row)
    return tuple(_lines(groups, query.metrics))


def _lines(groups: dict[str, dict[int, Point]], metrics: tuple[Metric, ...]) -> Iterator[Series]:
    lines: dict[tuple[Metric, str], list[tuple[int, float]]] = {
        (metric, group): [] for metric in metrics for group in sorted(groups)
    }
    for group, points in groups.items():
        for start_s in sorted(points):
            for metric, value in points[start_s].values(metrics):
                lines[metric, group].append((start_s * 10**9, value))
    for (metric, group), line in lines.items():
        yield Series(metric=metric, group=group, points=tuple(line))


def _stored_cells(conn: sqlite3.Connection, query: SeriesQuery, grid: Grid) -> Iterator[CellRow]:
    sql = (
        "SELECT start_s, model, provider, requests, errors, input_tokens, output_tokens,"
        " cache_read_tokens, priced, cost, latency, ttft FROM roll"
        " WHERE project = ? AND width_s = ? AND start_s >= ? AND start_s < ?"
    )
    values: list[str | int] = [query.project_id, grid.width_s, grid.from_s, grid.to_s]
    for column, value in (("model", query.model), ("provider", query.provider)):
        if value:
            sql += f" AND {column} = ?"
            values.append(value)
    for row in conn.execute(sql, values):
        yield CellRow(row[0], row[1], row[2], row[3:10], row[10], row[11])


def _raw_cells(conn: sqlite3.Connection, query: SeriesQuery, grid: Grid) -> Iterator[CellRow]:
    filter = Filter(
        project_id=query.project_id,
        from_ns=grid.from_s * 10**9,
        to_ns=grid.to_s * 10**9,
        model=query.model,
        provider=query.provider,
    )
    spans = list_spans(
        conn, filter, Bounds.of(filter, None), limit=_MAX_RAW_SPANS + 1, payload=False
    )
    if len(spans) > _MAX_RAW_SPANS:
        raise StoreError(
            f"More than {_MAX_RAW_SPANS} spans: buckets that are not whole hours are kept for 48"
            " hours. Ask for a shorter time, or for buckets of 3600 s."
        )
    for key, cell in cells_of(spans, widths=(MINUTE_S,), minutes_from_ns=0).items():
        yield CellRow(
            key.start_s,
            key.model,
            key.provider,
            tuple(cell.sums),
            pack(cell.latency),
            pack(cell.ttft),
        )
