"""kill -9 of a process that writes: everything it was told to be durable is there, once."""

import random
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.span_stores import NOW, S, settle, span_numbers
from vedette.clock import FakeClock
from vedette.model.query import Filter, SeriesQuery
from vedette.stores.spans.sqlite import SqliteSpanStore

BATCH = 50
CHILD = """
import sys
from pathlib import Path
from tests.support.span_stores import DAY, NOW, span
from vedette.clock import FakeClock
from vedette.model.span import Payload
from vedette.stores.spans.sqlite import SqliteSpanStore

store = SqliteSpanStore(Path(sys.argv[1]), FakeClock(NOW))
first, size = int(sys.argv[2]), int(sys.argv[3])
while True:
    # Every seventh span belongs to the month before: two files in a batch.
    store.write_batch([
        span(n, trace=n // 4, model="m", payload=Payload(input=f"word{n} common"),
             start_ns=NOW - (40 * DAY if n % 7 == 0 else 0) + n, end_ns=NOW + n)
        for n in range(first, first + size)
    ])
    first += size
    print(first, flush=True)
    if first % 3 == 0:
        store.maintain()
"""


def crash(folder: Path, first: int, acknowledgements: int) -> int:
    """Write from `first` on, kill after so many acknowledgements; the last acknowledged number."""
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(folder), str(first), str(BATCH)],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    with child:
        assert child.stdout
        for _ in range(acknowledgements):
            first = int(child.stdout.readline())
        child.kill()
        for line in child.stdout:
            first = int(line) if line.endswith(b"\n") else first
    return first


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_and_nothing_is_there_twice(tmp_path: Path) -> None:
    chance = random.Random(3)
    acknowledged = 0
    for _ in range(5):
        acknowledged = crash(tmp_path, acknowledged, chance.randint(1, 30))
    reader = SqliteSpanStore(tmp_path, FakeClock(NOW), readonly=True)
    assert set(range(acknowledged)) <= set(span_numbers(reader, limit=100_000))
    reader.close()
    store = SqliteSpanStore(tmp_path, FakeClock(NOW))
    settle(store)
    found = span_numbers(store, limit=100_000)
    assert len(found) == len(set(found))
    assert set(range(acknowledged)) <= set(found)
    assert len(found) <= acknowledged + BATCH
    assert sorted(span_numbers(store, Filter(text="common"), limit=100_000)) == sorted(found)
    for number in (0, acknowledged // 2, acknowledged - 1):
        assert span_numbers(store, Filter(text=f"word{number}")) == [number]
    rows = store.list_traces(Filter(), after=None, limit=100_000).items
    assert sum(row.span_count for row in rows) == len(found)
    query = SeriesQuery(from_ns=0, to_ns=NOW + S, bucket_s=10**9 // 60 * 60, metrics=("requests",))
    assert sum(value for _, value in store.series(query)[0].points) == len(found)
    assert store.health().spans == len(found)
    store.close()
    for path in tmp_path.glob("*.db"):
        conn = sqlite3.connect(path)
        assert conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        conn.execute("INSERT INTO fts (fts) VALUES ('integrity-check')")
        conn.close()
