"""Roll-up cells: what happened in one minute or hour with one model at one provider.

Cells are what charts are drawn from, so a chart costs its points and not the spans behind them.
Besides the cells by model and provider there is one of all together, under the negative width.
Hours are kept as long as the spans; minutes for `MINUTES_KEPT_NS` (48 hours) only.
"""

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from vedette.model.span import Span
from vedette.stores.spans.sqlite.histogram import add_packed, bucket_of, pack

MINUTE_S, HOUR_S = 60, 3600
_MINUTE_NS = MINUTE_S * 10**9
MINUTES_KEPT_NS = 48 * 3600 * 10**9
_CALLS = ("llm", "embedding")


class CellKey(NamedTuple):
    """Which cell, in the order of the primary key."""

    project_id: str
    width_s: int
    start_s: int
    model: str
    provider: str


class Cell:
    """Sums and histograms of one cell."""

    __slots__ = ("latency", "sums", "ttft")

    def __init__(self) -> None:
        self.sums = [0, 0, 0, 0, 0, 0, 0]
        """Requests, errors, input, output and cache-read tokens, priced requests, cost."""
        self.latency: dict[int, int] = {}
        self.ttft: dict[int, int] = {}

    def add(self, span: Span) -> None:
        sums, usage = self.sums, span.usage
        sums[0] += 1
        sums[1] += span.status == "error"
        sums[2] += usage.input_total
        sums[3] += usage.output_total
        sums[4] += usage.cache_read_total
        if span.cost_nano_usd is not None:
            sums[5] += 1
            sums[6] += span.cost_nano_usd
        bucket = bucket_of(span.duration_ms)
        self.latency[bucket] = self.latency.get(bucket, 0) + 1
        if span.ttft_ms is not None:
            bucket = bucket_of(span.ttft_ms)
            self.ttft[bucket] = self.ttft.get(bucket, 0) + 1

    def merge(self, other: "Cell") -> None:
        self.sums = [mine + more for mine, more in zip(self.sums, other.sums, strict=True)]
        for mine, more in ((self.latency, other.latency), (self.ttft, other.ttft)):
            for bucket, count in more.items():
                mine[bucket] = mine.get(bucket, 0) + count


def cells_of(
    spans: Iterable[Span], *, widths: tuple[int, ...], minutes_from_ns: int
) -> dict[CellKey, Cell]:
    """The cells of model calls, by model and of all together.

    `widths` are `MINUTE_S` and `HOUR_S`; minutes only from the one of `minutes_from_ns` on.
    """
    minutes: dict[tuple[str, int, str, str], Cell] = {}
    for span in spans:
        if span.kind in _CALLS:
            key = (span.project_id, span.start_ns // _MINUTE_NS, span.model, span.provider)
            cell = minutes.get(key)
            if cell is None:
                cell = minutes[key] = Cell()
            cell.add(span)
    cells: dict[CellKey, Cell] = {}
    for (project_id, minute, model, provider), cell in minutes.items():
        for width_s in widths:
            # A minute is there as a whole or not at all.
            if width_s == MINUTE_S and (minute + 1) * _MINUTE_NS <= minutes_from_ns:
                continue
            at_s = minute * MINUTE_S
            wider = CellKey(project_id, width_s, at_s - at_s % width_s, model, provider)
            cells.setdefault(wider, Cell()).merge(cell)
    return cells | _totals(cells)


def _totals(cells: dict[CellKey, Cell]) -> dict[CellKey, Cell]:
    totals: dict[CellKey, Cell] = {}
    for key, cell in cells.items():
        total = CellKey(key.project_id, -key.width_s, key.start_s, "", "")
        totals.setdefault(total, Cell()).merge(cell)
    return totals


_READ = (
    "SELECT requests, errors, input_tokens, output_tokens, cache_read_tokens, priced, cost,"
    " latency, ttft FROM roll"
    " WHERE project = ? AND width_s = ? AND start_s = ? AND model = ? AND provider = ?"
)
_DELETE = (
    "DELETE FROM roll"
    " WHERE project = ? AND width_s = ? AND start_s = ? AND model = ? AND provider = ?"
)
_WRITE = "INSERT OR REPLACE INTO roll VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


def save_cells(conn: sqlite3.Connection, cells: dict[CellKey, Cell]) -> None:
    """Add the cells to those that are stored; inside the caller's transaction."""
    for key, cell in cells.items():
        row = conn.execute(_READ, key).fetchone()
        if row:
            cell.sums = [old + new for old, new in zip(row, cell.sums, strict=False)]
            add_packed(cell.latency, row[7])
            add_packed(cell.ttft, row[8])
        conn.execute(_WRITE, (*key, *cell.sums, pack(cell.latency), pack(cell.ttft)))


def lessen_cells(conn: sqlite3.Connection, cells: dict[CellKey, Cell]) -> None:
    """Take the cells off those that are stored; inside the caller's transaction."""
    for key, cell in cells.items():
        row = conn.execute(_READ, key).fetchone()
        if row is None:
            continue
        if row[0] <= cell.sums[0]:
            conn.execute(_DELETE, key)
            continue
        sums = [max(0, old - gone) for old, gone in zip(row, cell.sums, strict=False)]
        left = [_less(row[7], cell.latency), _less(row[8], cell.ttft)]
        conn.execute(_WRITE, (*key, *sums, *left))


def _less(packed: bytes, gone: dict[int, int]) -> bytes:
    counts: dict[int, int] = {}
    add_packed(counts, packed)
    left = {bucket: count - gone.get(bucket, 0) for bucket, count in counts.items()}
    return pack({bucket: count for bucket, count in left.items() if count > 0})


def prune_minutes(conn: sqlite3.Connection, before_ns: int) -> None:
    """Delete minutes that are older than they are kept."""
    conn.execute(
        "DELETE FROM roll WHERE project IN (SELECT project FROM term WHERE facet = 0)"
        " AND width_s IN (?, ?) AND start_s < ?",
        (MINUTE_S, -MINUTE_S, before_ns // 10**9),
    )
