"""What traces add up to."""

from tests.support.span_stores import NOW, span
from vedette.clock import FakeClock
from vedette.model.query import Filter
from vedette.query.rollups import trace_totals
from vedette.stores.spans.sqlite import SqliteSpanStore


def test_traces_add_up() -> None:
    store = SqliteSpanStore(None, FakeClock(NOW))
    empty = trace_totals(store, Filter())
    assert (empty.traces, empty.cost_usd, empty.duration_p50_ms) == (0, None, None)
    store.write_batch([
        span(1, session_id="s", user_id="u", cost_nano_usd=10**9),
        span(2, session_id="s", status="error", cost_nano_usd=10**9),
        span(3, project_id="other"),
    ])  # fmt: skip
    found = trace_totals(store, Filter())
    assert (found.traces, found.errors, found.spans, found.sessions, found.users) == (2, 1, 2, 1, 1)
    assert (found.cost_usd, found.duration_p95_ms, found.complete) == ("2.000000", 100.0, True)
    store.close()
