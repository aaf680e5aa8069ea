"""Filters as trees, on the index."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.span_stores import NOW, S, settle, span, span_numbers, trace_numbers
from vedette.clock import FakeClock
from vedette.errors import StoreError
from vedette.model.query import Filter, Position
from vedette.model.span import Payload
from vedette.query.grammar import parse_filter
from vedette.stores.spans.sqlite import SqliteSpanStore


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteSpanStore]:
    opened = SqliteSpanStore(tmp_path, FakeClock(NOW))
    yield opened
    opened.close()


def where(text: str, **others: str) -> Filter:
    return Filter(where=parse_filter(text, now_ns=NOW), **others)  # type: ignore[arg-type]


def fill(store: SqliteSpanStore, count: int = 60) -> None:
    store.write_batch(
        [
            span(
                number,
                model=f"m{number % 3}",
                user_id=f"u{number}",
                cost_nano_usd=number * 10**6,
                payload=Payload(
                    input="even" if number % 2 == 0 else "odd", attributes={"n": number}
                ),
            )
            for number in range(1, count + 1)
        ]
    )
    settle(store)


def test_parts_the_index_knows_and_parts_it_does_not(store: SqliteSpanStore) -> None:
    fill(store)
    assert span_numbers(store, where("model:m1 attributes.n > 50")) == [58, 55, 52]
    assert span_numbers(store, where("(user:u3 or user:u4) text:even")) == [4]
    assert trace_numbers(store, where("cost >= 0.059 or user:u1")) == [60, 59, 1]
    assert trace_numbers(store, where("trace.cost > 0.058 trace.spans = 1")) == [60, 59]
    assert span_numbers(store, where("-user:u* ")) == []


def test_other_projects_stay_unseen(store: SqliteSpanStore) -> None:
    fill(store)
    store.write_batch([span(99, project_id="other", user_id="u1")])
    assert span_numbers(store, where("user:u1 or user exists or root:true"))[-1] == 1
    assert span_numbers(store, where("user:u1 or trace.spans > 0", project_id="other")) == [99]


def test_a_page_that_looked_at_enough_ends_early_and_goes_on(
    tmp_path: Path,
) -> None:
    store = SqliteSpanStore(tmp_path, FakeClock(NOW), looked_at=100)
    fill(store)
    for listing in (store.list_spans, store.list_traces):
        for text in ("attributes.n < 4", "trace.cost < 0.004", "-cost > 0.003 attributes.n > 0"):
            found, pages = [], 0
            after: Position | None = None
            while True:
                page = listing(where(text), after=after, limit=5)
                found += [item.trace_id for item in page.items]
                pages += 1
                after = page.next
                if after is None:
                    break
            assert found == [f"{n:032x}" for n in (3, 2, 1)], text
            assert pages > (1 if "attributes" in text else 0)
    store.close()


def test_many_spans_of_one_moment_do_not_hold_a_page_up(
    tmp_path: Path,
) -> None:
    store = SqliteSpanStore(tmp_path, FakeClock(NOW), looked_at=10)
    store.write_batch([span(n, start_ns=NOW - S, end_ns=NOW, model="m") for n in range(1, 51)])
    page = store.list_spans(where("not model:m"), after=None, limit=5)
    for _ in range(3):
        if page.next is None:
            break
        page = store.list_spans(where("not model:m"), after=page.next, limit=5)
    assert page.next is None
    store.close()


def test_phrases_need_the_text_index(tmp_path: Path) -> None:
    store = SqliteSpanStore(tmp_path, FakeClock(NOW), text_index=False)
    with pytest.raises(StoreError, match="switched off"):
        store.list_spans(where("hello"), after=None, limit=1)
    store.close()
