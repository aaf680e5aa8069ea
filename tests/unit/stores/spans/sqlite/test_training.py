"""When a file learns its dictionary, and that nothing is lost by it."""

from pathlib import Path

from tests.support.span_stores import NOW, settle, span
from vedette.clock import FakeClock
from vedette.model.query import Filter
from vedette.model.span import Payload, Span
from vedette.stores.spans.sqlite import SqliteSpanStore
from vedette.stores.spans.sqlite.training import TRAIN_AT, train_step

SYSTEM = "You are the assistant of a shop. Answer politely, in one sentence. " * 10


def talk(number: int) -> Span:
    return span(
        number, payload=Payload(input=f"{SYSTEM} Order {number}?", output=f"Yes, {number}.")
    )


def test_a_file_learns_once_it_has_something_to_learn_from() -> None:
    store = SqliteSpanStore(None, FakeClock(NOW))
    (file,) = store._months.newest_first()
    store.write_batch([talk(n) for n in range(TRAIN_AT[0] - 1)])
    assert train_step(file) is False
    store.write_batch([talk(TRAIN_AT[0])])
    assert train_step(file) is True
    assert train_step(file) is False
    store.write_batch([talk(5_000)])
    sizes = [row[0] for row in file.writer.execute("SELECT length(body) FROM payload ORDER BY id")]
    assert sizes[-1] < sizes[0] / 2
    store.close()


def test_all_payloads_are_read_after_learning_and_reopening(tmp_path: Path) -> None:
    store = SqliteSpanStore(tmp_path, FakeClock(NOW))
    numbers = range(TRAIN_AT[0] + 500)
    for start in range(0, len(numbers), 250):
        store.write_batch([talk(n) for n in numbers[start : start + 250]])
        settle(store)
    store.close()
    again = SqliteSpanStore(tmp_path, FakeClock(NOW))
    again.write_batch([talk(9_999)])
    spans = list(again.export(Filter()))
    assert [one.payload for one in spans] == [talk(n).payload for n in (9_999, *reversed(numbers))]
    one = again.span("default", talk(7).trace_id, talk(7).span_id)
    assert one == talk(7)
    again.close()


def test_payloads_too_short_to_learn_from_are_tried_once() -> None:
    store = SqliteSpanStore(None, FakeClock(NOW))
    (file,) = store._months.newest_first()
    store.write_batch([span(n) for n in range(TRAIN_AT[0] + 1)])
    assert train_step(file) is True
    assert train_step(file) is False
    store.write_batch([talk(5_000)])
    assert next(store.export(Filter())).payload == talk(5_000).payload
    store.close()
