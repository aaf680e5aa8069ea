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
