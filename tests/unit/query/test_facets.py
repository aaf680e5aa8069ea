"""Counts beside a list."""

from tests.support.span_stores import NOW, span
from vedette.clock import FakeClock
from vedette.model.query import Filter
from vedette.query.facets import count_facets
from vedette.stores.spans.sqlite import SqliteSpanStore


def test_values_are_counted_by_spans_and_traces_under_the_filter() -> None:
    store = SqliteSpanStore(None, FakeClock(NOW))
    store.write_batch([
        span(1, trace=1, model="a", tags=("x", "y"), cost_nano_usd=10**9, environment="prod"),
        span(2, trace=1, model="a", status="error"),
        span(3, trace=2, model="b", tags=("x",)),
        span(4, trace=3, model="b", project_id="other"),
        span(5, trace=2, kind="agent", cost_nano_usd=7),
    ])  # fmt: skip
    found = count_facets(store, Filter(), ("model", "tag", "environment", "kind"))
    model, tag, environment, kind = found.items
    assert [(v.value, v.spans, v.traces, v.errors, v.cost_usd) for v in model.values] == [
        ("a", 2, 1, 1, "1.000000"), ("b", 1, 1, 0, None),
    ]  # fmt: skip
    assert [(v.value, v.traces) for v in tag.values] == [("x", 2), ("y", 1)]
    assert [v.value for v in environment.values] == ["prod"]
    assert {v.value: v.cost_usd for v in kind.values}["agent"] is None
    assert (found.spans, found.traces, found.complete) == (4, 2, True)
    narrow = count_facets(store, Filter(tag="y"), ("model",))
    assert [v.value for v in narrow.items[0].values] == ["a"]
    store.close()


def test_the_list_of_values_is_bounded() -> None:
    store = SqliteSpanStore(None, FakeClock(NOW))
    store.write_batch([span(n, user_id=f"u{n}") for n in range(1, 61)])
    (users,) = count_facets(store, Filter(), ("user",)).items
    assert (len(users.values), users.others) == (50, 10)
    store.close()
