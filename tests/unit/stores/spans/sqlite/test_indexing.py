"""The text index follows the writes, step by step, once."""

import logging
from collections.abc import Iterator

import pytest

from tests.support.span_stores import NOW, span, span_numbers
from vedette.clock import FakeClock
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
    file.writer.execute("UPDATE payload SET body = x'00' WHERE id = 2")
    with caplog.at_level(logging.WARNING):
        index_step(file)
    assert "damaged" in caplog.text
    assert read_stat(file.writer).text_id == 3
    assert span_numbers(store, Filter(text="word")) == [2, 0]
