"""Values for menus."""

from tests.support.span_stores import NOW, S, span
from vedette.clock import FakeClock
from vedette.stores.spans.sqlite import SqliteSpanStore


def test_at_most_a_hundred_and_the_frequent_first() -> None:
    store = SqliteSpanStore(None, FakeClock(NOW))
    store.write_batch(
        [
            span(200 * k + n, model=f"m{n}", tags=("x",))
            for n in range(150)
            for k in range(1 + n // 75)
        ]
    )
    facets = store.facets("default", from_ns=0, to_ns=2**62)
    assert len(facets.models) == 100
    assert {int(model[1:]) >= 75 for model in facets.models[:75]} == {True}
    assert facets.tags == ("x",)
    store.close()


def test_only_the_asked_time_counts() -> None:
    store = SqliteSpanStore(None, FakeClock(NOW))
    store.write_batch(
        [span(n, model="early") for n in range(1, 5)]
        + [span(n, model="late", start_ns=NOW + n * S, end_ns=NOW + n * S) for n in range(10, 12)]
    )
    assert store.facets("default", from_ns=0, to_ns=NOW).models == ("early",)
    assert store.facets("default", from_ns=NOW, to_ns=2**62).models == ("late",)
    assert store.facets("default", from_ns=0, to_ns=2**62).models == ("early", "late")
    assert store.facets("default", from_ns=NOW, to_ns=NOW).models == ()
    store.close()
