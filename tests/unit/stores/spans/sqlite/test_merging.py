"""The newest rows of several files."""

from pathlib import Path

from tests.support.span_stores import DAY, NOW, span
from vedette.clock import FakeClock
from vedette.model.query import Filter, Position
from vedette.stores.spans.sqlite import SqliteSpanStore


def test_pages_walk_over_files_without_a_gap(tmp_path: Path) -> None:
    store = SqliteSpanStore(tmp_path, FakeClock(NOW))
    store.write_batch([
        span(n, start_ns=NOW - n * 10 * DAY, end_ns=NOW) for n in range(1, 12)
    ])  # fmt: skip
    assert len(list(tmp_path.glob("spans-*.db"))) > 2
    found: list[int] = []
    after: Position | None = None
    while True:
        page = store.list_spans(Filter(), after=after, limit=3)
        found += [int(item.span_id, 16) for item in page.items]
        after = page.next
        if after is None:
            break
    assert found == list(range(1, 12))
    store.close()
