"""One user is forgotten, completely."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.span_stores import DAY, NOW, settle, span, span_numbers
from vedette.clock import FakeClock
from vedette.model.ledger import LedgerQuery
from vedette.model.notes import Score
from vedette.model.query import Filter
from vedette.model.span import Payload, Span
from vedette.query.grammar import parse_filter
from vedette.stores.spans.sqlite import SqliteSpanStore

SECRET = "Heliotrope"


def said(number: int, **fields: Any) -> Span:
    text = f"My word is {SECRET} number {number} and it is unusual"
    return span(number, payload=Payload(input=text), **fields)


def other(number: int, **fields: Any) -> Span:
    text = f"An ordinary question about invoices, number {number}"
    return span(number, user_id="bob", payload=Payload(input=text), **fields)


def fill(store: SqliteSpanStore, others: int) -> None:
    month = 40 * DAY
    store.write_batch([
        said(1, user_id="ada", session_id="hers", cost_nano_usd=7),
        said(2, trace=1),
        said(3, user_id="ada", start_ns=NOW - month, end_ns=NOW - month + 5),
        *(other(number, session_id="theirs") for number in range(10, 10 + others)),
        span(9_999, user_id="ada", project_id="other"),
    ])  # fmt: skip
    settle(store)
    store.notes.put_scores([
        Score(id="s", project_id="default", name="n", value=SECRET, session_id="hers", at_ns=1)
    ])  # fmt: skip


@pytest.mark.parametrize("others", [5, 1_200], ids=["few", "with a dictionary"])
def test_nothing_is_left_of_a_user_and_all_of_others(tmp_path: Path, others: int) -> None:
    store = SqliteSpanStore(tmp_path, FakeClock(NOW))
    fill(store, others)
    assert span_numbers(store, Filter(text=SECRET)) == [2, 1, 3]
    found = store.forget_user("default", "ada")
    assert (found.before.traces, found.before.spans, found.before.notes) == (2, 3, 1)
    assert found.before.search_hits == 3
    assert found.after.is_nothing
    assert found.files == 2
    assert span_numbers(store, Filter(text=SECRET)) == []
    assert span_numbers(store, Filter(user_id="ada")) == []
    assert span_numbers(store, Filter(where=parse_filter(SECRET, now_ns=NOW))) == []
    assert len(span_numbers(store, Filter(text="invoices"))) == others
    assert [s.payload.input for s in store.export(Filter(user_id="bob"))][-1] == (
        "An ordinary question about invoices, number 10"
    )
    assert span_numbers(store, Filter(project_id="other")) == [9_999]
    settle(store)
    assert store.forget_user("default", "ada").before.is_nothing
    store.close()
    for path in tmp_path.iterdir():
        assert SECRET.encode() not in path.read_bytes(), path
        assert SECRET.lower().encode() not in path.read_bytes(), path


def test_the_ledger_keeps_its_sums_without_the_name() -> None:
    store = SqliteSpanStore(None, FakeClock(NOW))
    fill(store, 3)
    query = LedgerQuery(from_ns=0, to_ns=2**62, by=("user",))
    before = sum(row.requests for row in store.ledger.sums(query))
    store.forget_user("default", "ada")
    sums = store.ledger.sums(query)
    assert sum(row.requests for row in sums) == before
    store.close()
