"""Payloads come along up to a size."""

from collections.abc import Iterator

import pytest

from tests.support.console import make_span
from vedette.clock import FakeClock
from vedette.model.query import Filter
from vedette.model.span import Payload
from vedette.query.cursors import decode_cursor
from vedette.query.filters import PageQuery
from vedette.query.payloads import BUDGET_BYTES, span_page, trace_with_payloads
from vedette.stores.spans.sqlite import SqliteSpanStore

TRACE_ID = "ab" * 16
FIVE = PageQuery(filter=Filter(), limit=5)


@pytest.fixture
def store() -> Iterator[SqliteSpanStore]:
    store = SqliteSpanStore(None, FakeClock())
    yield store
    store.close()


def fill(store: SqliteSpanStore, *sizes_bytes: int) -> None:
    """A trace of spans with such payloads, oldest first; span ids count down to 1."""
    count = len(sizes_bytes)
    store.write_batch(
        [
            make_span(count - at, trace_id=TRACE_ID, payload=Payload(input="x" * size))
            for at, size in enumerate(sizes_bytes)
        ]
    )


def test_a_trace_that_is_not_there_is_none(store: SqliteSpanStore) -> None:
    assert trace_with_payloads(store, "default", TRACE_ID, payload=True) is None


@pytest.mark.parametrize("count", [3, 100])
def test_short_and_long_traces_come_whole(store: SqliteSpanStore, count: int) -> None:
    fill(store, *[10] * count)
    trace = trace_with_payloads(store, "default", TRACE_ID, payload=True)
    assert trace is not None
    assert [span.input for span in trace.spans] == ["x" * 10] * count


@pytest.mark.parametrize("count", [3, 98])
def test_beyond_the_budget_spans_come_without_payload(store: SqliteSpanStore, count: int) -> None:
    fill(store, BUDGET_BYTES // 2, BUDGET_BYTES // 2, *[10] * count)
    trace = trace_with_payloads(store, "default", TRACE_ID, payload=True)
    assert trace is not None
    assert [span.payload_included for span in trace.spans] == [True] * 2 + [False] * count


def test_a_page_of_big_spans_ends_early_and_goes_on(store: SqliteSpanStore) -> None:
    fill(store, 10, 10, 10, BUDGET_BYTES // 2, BUDGET_BYTES // 2)
    first = span_page(store, FIVE, payload=True)
    assert [int(span.span_id, 16) for span in first.items] == [1, 2]
    assert first.next_cursor is not None
    rest = PageQuery(filter=Filter(), limit=5, after=decode_cursor(first.next_cursor))
    second = span_page(store, rest, payload=True)
    assert [int(span.span_id, 16) for span in second.items] == [3, 4, 5]


def test_a_page_without_payloads_is_never_cut(store: SqliteSpanStore) -> None:
    fill(store, *[BUDGET_BYTES] * 3)
    page = span_page(store, FIVE, payload=False)
    assert len(page.items) == 3
    assert page.next_cursor is None
