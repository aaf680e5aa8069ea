"""Text hits in order of time.

The text index numbers its documents by span id, that is by arrival: small numbers close together
make it half as large as any key with the time in it. Arrival is nearly the order of time, but a
span arrives when it ends, exporters batch, and old data is imported. So the table `zone` keeps,
for each block of `BLOCK_IDS` ids, the first and the last start in it. A search reads hits from
the newest arrival down, skips blocks outside of the wanted time, and hands a hit out as soon as
no block below can hold a later start. Data that came in order is handed out at once; data in
wild order is sorted as a whole, never wrongly.
"""

import heapq
import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate, islice

BLOCK_BITS = 9
BLOCK_IDS = 2**BLOCK_BITS
_FIRST_CHUNK, _LAST_CHUNK = 64, 1_024


def save_zones(conn: sqlite3.Connection, starts: Iterable[tuple[int, int]]) -> None:
    """Take new spans, as (id, start in ns), into the zones."""
    zones: dict[int, tuple[int, int]] = {}
    for id, start_ns in starts:
        low, high = zones.get(id >> BLOCK_BITS, (start_ns, start_ns))
        zones[id >> BLOCK_BITS] = min(low, start_ns), max(high, start_ns)
    conn.executemany(
        "INSERT INTO zone VALUES (?, ?, ?) ON CONFLICT (block) DO UPDATE SET"
        " min_start_ns = min(min_start_ns, excluded.min_start_ns),"
        " max_start_ns = max(max_start_ns, excluded.max_start_ns)",
        [(block, low, high) for block, (low, high) in zones.items()],
    )


def hits_newest_first(
    conn: sqlite3.Connection, project_id: str, phrase: str, from_ns: int, to_ns: int
) -> Iterator[tuple[int, int]]:
    """Spans of the project that hold the phrase, as (start in ns, id), the latest start first.

    Starts are within [from_ns, to_ns].
    """
    zones = conn.execute(
        "SELECT block, max_start_ns FROM zone WHERE max_start_ns >= ? AND min_start_ns <= ?"
        " ORDER BY block",
        (from_ns, to_ns),
    ).fetchall()
    if not zones:
        return
    blocks = [block for block, _ in zones]
    latest = list(accumulate((high for _, high in zones), max))
    waiting: list[tuple[int, int]] = []
    for ids in _chunks(_matches(conn, phrase, blocks[0], blocks[-1])):
        for id, start_ns in _starts(conn, project_id, ids):
            if from_ns <= start_ns <= to_ns:
                heapq.heappush(waiting, (-start_ns, -id))
        place = bisect_right(blocks, ids[-1] >> BLOCK_BITS) - 1
        reach = latest[place] if place >= 0 else -1
        while waiting and -waiting[0][0] > reach:
            yield _positive(heapq.heappop(waiting))
    while waiting:
        yield _positive(heapq.heappop(waiting))


def _positive(pair: tuple[int, int]) -> tuple[int, int]:
    return -pair[0], -pair[1]


def _matches(conn: sqlite3.Connection, phrase: str, first: int, last: int) -> Iterator[int]:
    rows = conn.execute(
        "SELECT rowid FROM fts WHERE fts MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid DESC",
        (phrase, first << BLOCK_BITS, (last + 1) << BLOCK_BITS),
    )
    return (row[0] for row in rows)


def _chunks(ids: Iterator[int]) -> Iterator[list[int]]:
    size = _FIRST_CHUNK
    while chunk := list(islice(ids, size)):
        yield chunk
        size = min(2 * size, _LAST_CHUNK)


def _starts(conn: sqlite3.Connection, project_id: str, ids: list[int]) -> Iterator[tuple[int, int]]:
    return conn.execute(
        "SELECT span.id, span.start_ns FROM span CROSS JOIN trace ON trace.id = span.trace"
        " WHERE trace.project = (SELECT id FROM term WHERE project = ? AND facet = 0"
        f" AND value = '') AND span.id IN ({','.join('?' * len(ids))})",
        (project_id, *ids),
    )
