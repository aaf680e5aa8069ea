"""What a page is bounded by; the contract suite reads through the store."""

import pytest

from tests.support.span_stores import NOW, span
from vedette.clock import FakeClock
from vedette.model.query import Filter, Position
from vedette.stores.spans.sqlite import SqliteSpanStore
from vedette.stores.spans.sqlite.files import Stat
from vedette.stores.spans.sqlite.reading import Bounds

ID = b"\x05"


@pytest.mark.parametrize(
    ("filter", "after", "start_ns", "inside"),
    [
        (Filter(), None, 2**63 - 1, True),
        (Filter(from_ns=10), None, 10, True),
        (Filter(from_ns=10), None, 9, False),
        (Filter(to_ns=10), None, 10, False),
        (Filter(to_ns=10), None, 9, True),
        (Filter(), Position(10, "05"), 10, False),
        (Filter(), Position(10, "06"), 10, True),
        (Filter(), Position(10, "04"), 10, False),
        (Filter(), Position(10, "no hex"), 10, False),
        (Filter(), Position(10, "no hex"), 9, True),
        (Filter(), Position(2**70, "ff"), 2**63 - 1, True),
        (Filter(), Position(-5, "ff"), 0, True),
        (Filter(from_ns=-(2**70), to_ns=2**70), None, 5, True),
    ],
)
def test_bounds(filter: Filter, after: Position | None, start_ns: int, inside: bool) -> None:
    assert Bounds.of(filter, after).hold(start_ns, ID) is inside


def test_files_outside_of_the_bounds_are_not_asked() -> None:
    bounds = Bounds.of(Filter(from_ns=10, to_ns=20), None)
    ranges = {(0, 9): False, (0, 10): True, (19, 30): True, (20, 30): False, (None, None): False}
    for (low, high), touched in ranges.items():
        assert bounds.touch(Stat(1, 1, low, high, 0, 0)) is touched


def test_a_page_reads_no_more_than_it_needs() -> None:
    store = SqliteSpanStore(None, FakeClock(NOW))
    store.write_batch([span(n, model="m") for n in range(2_000)])
    (file,) = store._months.newest_first()
    steps: list[str] = []
    file.writer.set_trace_callback(steps.append)
    store.list_spans(Filter(model="m"), after=None, limit=10)
    loaded = [step for step in steps if "head" in step]
    assert len(loaded) == 1
    assert loaded[0].count(",") < 40
    store.close()
