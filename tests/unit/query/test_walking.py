"""Walks over what matches."""

from tests.support.span_stores import NOW, span
from vedette.clock import FakeClock
from vedette.model.query import Filter
from vedette.query.walking import Walk
from vedette.stores.spans.sqlite import SqliteSpanStore


def test_a_walk_goes_over_pages_and_tells_where_it_was_cut() -> None:
    store = SqliteSpanStore(None, FakeClock(NOW))
    store.write_batch([span(n) for n in range(1, 1_502)])
    walk = Walk(store, Filter(), most=5_000)
    assert [int(s.span_id, 16) for s in walk.spans()] == list(range(1_501, 0, -1))
    assert (walk.seen, walk.is_complete) == (1_501, True)
    cut = Walk(store, Filter(), most=1_200)
    first = [row.trace_id for row in cut.traces()]
    assert (len(first), cut.is_complete) == (1_200, False)
    rest = Walk(store, Filter(), most=5_000)
    assert len([*rest.traces(cut.position)]) == 301
    store.close()
