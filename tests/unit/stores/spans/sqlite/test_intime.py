"""Text hits come newest first even when spans arrive in wild order."""

import random
import sqlite3
from collections.abc import Iterator
from itertools import islice

import pytest

from tests.support.span_stores import NOW, S, settle, span
from vedette.clock import FakeClock
from vedette.model.span import Payload
from vedette.stores.spans.sqlite import SqliteSpanStore
from vedette.stores.spans.sqlite.intime import BLOCK_IDS, hits_newest_first

COUNT = 3 * BLOCK_IDS
WORD = '"word"'


def filled(order: list[int]) -> SqliteSpanStore:
    store = SqliteSpanStore(None, FakeClock(NOW))
    store.write_batch(
        [span(n, start_ns=NOW + n * S, end_ns=NOW + n * S, payload=Payload(input="word"))
         for n in order]
    )  # fmt: skip
    settle(store)
    return store


def hits(store: SqliteSpanStore, low: int, high: int, steps: list[str]) -> Iterator[int]:
    (file,) = store._months.newest_first()
    file.writer.set_trace_callback(steps.append)
    found = hits_newest_first(file.writer, "default", WORD, NOW + low * S, NOW + high * S)
    return ((start_ns - NOW) // S for start_ns, _ in found)


@pytest.mark.parametrize("seed", [None, 1, 2])
def test_hits_come_newest_first(seed: int | None) -> None:
    order = list(range(COUNT))
    if seed is not None:
        random.Random(seed).shuffle(order)
    store = filled(order)
    assert list(hits(store, 100, 1_200, [])) == list(range(1_200, 99, -1))
    store.close()


def test_in_order_the_newest_are_found_without_reading_the_rest() -> None:
    store = filled(list(range(COUNT)))
    steps: list[str] = []
    assert list(islice(hits(store, 0, COUNT, steps), 10)) == list(range(COUNT - 1, COUNT - 11, -1))
    looked_at = sum(step.count(",") for step in steps if "span.id IN" in step)
    assert looked_at < 2 * BLOCK_IDS
    store.close()


def test_other_projects_are_left_out() -> None:
    store = filled([1, 2, 3])
    (file,) = store._months.newest_first()
    assert list(hits_newest_first(file.writer, "other", WORD, 0, 2**63 - 1)) == []
    store.close()


def test_an_empty_file_has_no_hits() -> None:
    store = SqliteSpanStore(None, FakeClock(NOW))
    (file,) = store._months.newest_first()
    assert isinstance(file.writer, sqlite3.Connection)
    assert list(hits_newest_first(file.writer, "default", WORD, 0, 2**63 - 1)) == []
    store.close()
