"""Payloads come along up to a size."""

from tests.support.console import make_span
from tests.support.memory_store import MemoryStore
from vedette.model.query import Filter
from vedette.model.span import Payload
from vedette.query.cursors import decode_cursor
from vedette.query.filters import PageQuery
from vedette.query.payloads import BUDGET_BYTES, span_page, trace_with_payloads

TRACE_ID = "ab" * 16


def full_store(count: int, size_bytes: int = 10) -> MemoryStore:
    store = MemoryStore()
    payload = Payload(input="x" * size_bytes, raw_request="y" * size_bytes)
    store.write_batch(
        [make_span(number, trace_id=TRACE_ID, payload=payload) for number in range(1, count + 1)]
    )
    return store


def test_a_trace_that_is_not_there_is_none() -> None:
    assert trace_with_payloads(MemoryStore(), "default", TRACE_ID, payload=True) is None


def test_small_and_long_traces_come_whole() -> None:
    for count in (3, 100):
        trace = trace_with_payloads(full_store(count), "default", TRACE_ID, payload=True)
        assert trace is not None
        assert [span.input for span in trace.spans] == ["x" * 10] * count


def test_beyond_the_budget_spans_come_without_payload() -> None:
    for count in (5, 100):
        store = full_store(count, BUDGET_BYTES // 2)
        trace = trace_with_payloads(store, "default", TRACE_ID, payload=True)
        assert trace is not None
        assert [span.payload_included for span in trace.spans] == [True] * 2 + [False] * (count - 2)


def test_a_page_of_big_spans_ends_early_and_goes_on() -> None:
    store = full_store(5, BUDGET_BYTES // 2)
    first = span_page(store, PageQuery(filter=Filter(), limit=5), payload=True)
    assert len(first.items) == 2
    assert first.next_cursor is not None
    rest = PageQuery(filter=Filter(), limit=5, after=decode_cursor(first.next_cursor))
    second = span_page(store, rest, payload=True)
    assert [int(span.span_id, 16) for span in second.items] == [3, 4]


def test_a_page_without_payloads_is_never_cut() -> None:
    page = span_page(
        full_store(5, BUDGET_BYTES), PageQuery(filter=Filter(), limit=5), payload=False
    )
    assert len(page.items) == 5
    assert page.next_cursor is None
