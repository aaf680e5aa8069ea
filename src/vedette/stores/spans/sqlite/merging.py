"""The newest rows of all files as one page.

Files are asked newest first; those that are older as a whole than what is found are not asked.
Where a file stopped looking, the page is complete down to there only and goes on from there.
"""

import sqlite3
from collections.abc import Callable, Sequence
from typing import TypeVar

from vedette.model.query import Page, Position, TraceRow
from vedette.model.span import Span
from vedette.stores.spans.sqlite.files import SpanFile, read_stat
from vedette.stores.spans.sqlite.reading import Bounds
from vedette.stores.spans.sqlite.searching import Found

Item = TypeVar("Item", TraceRow, Span)


def newest(
    files: Sequence[SpanFile],
    bounds: Bounds,
    limit: int,
    fetch: Callable[[sqlite3.Connection, int], Found[Item]],
) -> Page[Item]:
    """A page of at most `limit` rows; `fetch` gives the newest of one file."""
    want = limit + 1
    rows: list[Item] = []
    stopped: tuple[int, str] | None = None
    for file in files:
        with file.reading() as conn:
            stat = read_stat(conn)
            latest_ns = stat.max_start_ns or 0
            is_older = len(rows) == want and latest_ns < rows[-1].start_ns
            is_beyond = stopped is not None and latest_ns < stopped[0]
            if bounds.touch(stat) and not is_older and not is_beyond:
                found = fetch(conn, want)
                rows += found.rows
                stopped = max(filter(None, (stopped, found.stopped)), default=None)
        rows = sorted(rows, key=_place, reverse=True)[:want]
    if stopped is not None:
        rows = [row for row in rows if _place(row) >= stopped]
    if len(rows) > limit and limit:
        return Page(tuple(rows[:limit]), Position(*_place(rows[limit - 1])))
    return Page(tuple(rows[:limit]), Position(*stopped) if stopped and limit else None)


def _place(row: TraceRow | Span) -> tuple[int, str]:
    return row.start_ns, row.trace_id if isinstance(row, TraceRow) else row.span_id
