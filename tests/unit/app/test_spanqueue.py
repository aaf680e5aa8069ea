"""Spans that wait for a thread."""

import threading

from vedette.app.spanqueue import SpanQueue
from vedette.model.span import Payload, Span


def span(number: int, text: str = "") -> Span:
    return Span(
        trace_id=f"{number:032x}", span_id=f"{number:016x}", name=str(number), start_ns=1, end_ns=2,
        payload=Payload(raw_response=text),
    )  # fmt: skip


def test_the_first_comes_out_first() -> None:
    queue = SpanQueue(most_spans=10, most_bytes=10**6)
    assert queue.put(span(1))
    assert queue.put(span(2))
    assert [got.name for got in (queue.get(), queue.get()) if got] == ["1", "2"]


def test_no_more_wait_than_there_is_room_for() -> None:
    queue = SpanQueue(most_spans=2, most_bytes=10**6)
    assert [queue.put(span(number)) for number in range(3)] == [True, True, False]
    queue.get()
    assert queue.put(span(4))


def test_large_ones_fill_it_sooner_and_one_always_fits() -> None:
    queue = SpanQueue(most_spans=10, most_bytes=5_000)
    assert queue.put(span(1, "x" * 10_000))
    assert not queue.put(span(2))
    queue.get()
    assert [queue.put(span(number, "x" * 1_000)) for number in range(3)] == [True, True, False]


def test_who_waits_is_told_of_the_end() -> None:
    queue = SpanQueue(most_spans=10, most_bytes=10**6)
    got: list[Span | None] = []
    waiting = threading.Thread(target=lambda: got.append(queue.get()))
    waiting.start()
    queue.close()
    waiting.join(30)
    assert got == [None]


def test_what_waits_at_the_end_is_dropped() -> None:
    queue = SpanQueue(most_spans=10, most_bytes=10**6)
    queue.put(span(1))
    queue.close()
    assert queue.get() is None
