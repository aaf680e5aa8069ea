"""The text index follows the writes, step by step, once."""

import logging
from collections.abc import Iterator

import pytest

from tests.support.span_stores import NOW, span, span_numbers
from vedette.clock import FakeClock
from vedette.errors import StoreError
from vedette.model.query import Filter
from vedette.model.span import Payload
from vedette.stores.spans.sqlite import SqliteSpanStore
from vedette.stores.spans.sqlite.files import SpanFile, read_stat
from vedette.stores.spans.sqlite.indexing import STEP_SPANS, index_step


@pytest.fixture
def store() -> Iterator[SqliteSpanStore]:
    opened = SqliteSpanStore(None, FakeClock(NOW))
    yield opened
    opened.close()


def the_file(store: SqliteSpanStore) -> SpanFile:
    (file,) = store._months.newest_first()
    return file


def test_steps_are_bounded_and_end(store: SqliteSpanStore) -> None:
    store.write_batch([span(n, payload=Payload(input="word")) for n in range(STEP_SPANS + 10)])
    file = the_file(store)
    assert index_step(file) is True
    assert len(span_numbers(store, Filter(text="word"))) == STEP_SPANS
    assert index_step(file) is False
    assert len(span_numbers(store, Filter(text="word"))) == STEP_SPANS + 10
    assert index_step(file) is False


def test_spans_deleted_before_their_turn_are_passed_over(store: SqliteSpanStore) -> None:
    store.write_batch([span(n, payload=Payload(input="word")) for n in range(10)])
    store.delete_range("default", to_ns=NOW)
    file = the_file(store)
    assert index_step(file) is False
    store.write_batch([span(n, payload=Payload(input="word")) for n in range(20, 23)])
    assert index_step(the_file(store)) is False
    assert span_numbers(store, Filter(text="word")) == [22, 21, 20]


def test_a_damaged_payload_does_not_hold_up_the_others(
    store: SqliteSpanStore, caplog: pytest.LogCaptureFixture
) -> None:
    store.write_batch([span(n, payload=Payload(input="word")) for n in range(3)])
    file = the_file(store)
    file.forget()
    file.writer.execute("UPDATE payload SET body = x'00' WHERE id = 2")
    with caplog.at_level(logging.WARNING):
        index_step(file)
    assert "damaged" in caplog.text
    assert read_stat(file.writer).text_id == 3
    assert span_numbers(store, Filter(text="word")) == [2, 0]


def test_large_and_many_spans_are_read_back_from_the_file(store: SqliteSpanStore) -> None:
    large = span(1, payload=Payload(input="needle", raw_request="x" * 100_000))
    store.write_batch([large, *(span(n, payload=Payload(input="hay")) for n in range(2, 6_000))])
    file = the_file(store)
    assert len(file.fresh) == 5_998
    store.write_batch([span(n, payload=Payload(input="hay")) for n in range(6_000, 6_500)])
    assert len(file.fresh) == 5_998
    while index_step(file):
        pass
    assert file.fresh == {}
    assert span_numbers(store, Filter(text="needle")) == [1]
    assert len(span_numbers(store, Filter(text="hay"))) == 6_498


def test_what_a_failed_transaction_wrote_is_not_remembered(store: SqliteSpanStore) -> None:
    file = the_file(store)
    pages = file.writer.execute("PRAGMA page_count").fetchone()[0]
    file.writer.execute(f"PRAGMA max_page_count={pages + 1}")
    with pytest.raises(StoreError):
        store.write_batch([span(n, payload=Payload(input=f"lost{n}")) for n in range(500)])
    assert file.fresh == {}
    file.writer.execute("PRAGMA max_page_count=1000000")
    store.write_batch([span(1, payload=Payload(input="kept"))])
    index_step(file)
    assert span_numbers(store, Filter(text="kept")) == [1]
    assert span_numbers(store, Filter(text="lost1")) == []
