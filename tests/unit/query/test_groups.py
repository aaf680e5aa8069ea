"""Sessions and users."""

import pytest

from tests.support.span_stores import DAY, NOW, S, span
from vedette.clock import FakeClock
from vedette.model.query import Filter, Position
from vedette.query.cursors import decode_cursor
from vedette.query.groups import MOST_TRACES, By, group_detail, list_groups
from vedette.stores.spans.sqlite import SqliteSpanStore


@pytest.mark.parametrize("by", ["session", "user"])
def test_pages_list_each_group_once_by_its_latest_trace(by: By) -> None:
    store = SqliteSpanStore(None, FakeClock(NOW))
    store.write_batch([
        span(n, session_id=f"s{n % 7}", user_id=f"s{n % 7}") for n in range(1, 101)
    ])  # fmt: skip
    store.write_batch([span(500), span(501, session_id="x", user_id="x", project_id="other")])
    found: list[str] = []
    after: Position | None = None
    while True:
        page = list_groups(store, Filter(), by, after=after, limit=3, now_ns=NOW)
        found += [group.id for group in page.items]
        if page.next_cursor is None:
            break
        after = decode_cursor(page.next_cursor)
    assert found == [f"s{n % 7}" for n in range(100, 93, -1)]
    store.close()


def test_a_group_adds_its_traces_up() -> None:
    store = SqliteSpanStore(None, FakeClock(NOW))
    store.write_batch([
        span(1, session_id="a", user_id="ada", model="m1", cost_nano_usd=10**9, tags=("t",)),
        span(2, session_id="a", user_id="bob", model="m2", status="error"),
        span(3, session_id="b", user_id="ada", start_ns=NOW - 20 * DAY, end_ns=NOW - 20 * DAY + S),
    ])  # fmt: skip
    detail = group_detail(store, Filter(), "session", "a", now_ns=NOW)
    assert detail is not None
    assert (detail.traces, detail.errors, detail.users) == (2, 1, ("ada", "bob"))
    assert (detail.models, detail.tags, detail.cost_usd) == (("m1", "m2"), ("t",), "1.000000")
    assert [trace.trace_id[-1] for trace in detail.timeline] == ["1", "2"]
    assert detail.segment == "new"
    ada = group_detail(store, Filter(), "user", "ada", now_ns=NOW)
    assert ada is not None
    assert (ada.sessions, ada.active_days, ada.segment) == (2, 2, "active")
    assert group_detail(store, Filter(), "user", "nobody", now_ns=NOW) is None
    assert group_detail(store, Filter(project_id="other"), "user", "ada", now_ns=NOW) is None
    store.close()


def test_whoever_has_very_many_traces_is_not_new_for_that() -> None:
    store = SqliteSpanStore(None, FakeClock(NOW))
    store.write_batch([span(n, user_id="ada") for n in range(MOST_TRACES + 1)])
    (ada,) = list_groups(store, Filter(), "user", after=None, limit=9, now_ns=NOW).items
    assert (ada.traces, ada.complete, ada.segment) == (MOST_TRACES, False, "new")
    long_ago = NOW - 20 * DAY
    store.write_batch([span(9_999, user_id="ada", start_ns=long_ago, end_ns=long_ago)])
    (ada,) = list_groups(store, Filter(), "user", after=None, limit=9, now_ns=NOW).items
    assert (ada.traces, ada.complete, ada.segment) == (MOST_TRACES, False, "active")
    store.close()
