"""A user is erased from the files of a store."""

from tests.support.span_stores import NOW, span
from vedette.clock import FakeClock
from vedette.stores.spans.sqlite import SqliteSpanStore


def test_a_session_of_several_users_keeps_its_notes() -> None:
    from vedette.model.notes import Score

    store = SqliteSpanStore(None, FakeClock(NOW))
    store.write_batch([
        span(1, user_id="ada", session_id="ours"), span(2, user_id="bob", session_id="ours"),
    ])  # fmt: skip
    store.notes.put_scores([
        Score(id="s", project_id="default", name="n", value=1.0, session_id="ours", at_ns=1)
    ])  # fmt: skip
    assert store.forget_user("default", "ada").before.notes == 0
    assert store.notes.count("default", [], ["ours"]) == 1
    assert store.forget_user("default", "bob").before.notes == 1
    store.close()


def test_traces_are_deleted_where_they_have_as_many_spans_as_said() -> None:
    store = SqliteSpanStore(None, FakeClock(NOW))
    store.write_batch([span(1), span(2), span(3), span(4, project_id="other")])
    ids = {number: span(number).trace_id for number in range(1, 5)}
    wanted = {ids[1]: 1, ids[2]: 2, ids[4]: 1, "f" * 32: 1}
    assert store.delete_traces("default", wanted) == 1
    assert store.trace("default", ids[1]) is None
    assert store.trace("default", ids[2]) is not None
    assert store.trace("other", ids[4]) is not None
    assert store.delete_traces("default", {}) == 0
    assert not any(store.maintain() for _ in range(3))
    assert store.health().spans == 3
    store.close()
