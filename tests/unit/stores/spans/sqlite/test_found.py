"""Rows of users and sessions are found, and added up by session, however far the work has come."""

from pathlib import Path

import pytest

from tests.support.span_stores import NOW, S, make_older, span
from vedette.clock import FakeClock
from vedette.model.ledger import LedgerQuery
from vedette.model.span import Span
from vedette.stores.spans.sqlite import SqliteSpanStore, found, sums

HOUR = 3_600 * S
UP_TO = [0, 25, 60, 90]


def call(number: int) -> Span:
    return span(
        number,
        start_ns=NOW - 90 * HOUR + number * 900 * S,
        project_id=f"p{number % 2}",
        user_id=("", "ada", "bob")[number % 3],
        session_id=("", "s1", "s2", "s3")[number % 4],
        model=f"m{number % 5}",
        cost_nano_usd=number,
    )


def filled(path: Path | None, *, up_to: int = 0) -> SqliteSpanStore:
    store = SqliteSpanStore(path, FakeClock(NOW))
    store.write_batch([call(number) for number in range(90)])
    (file,) = store._months.newest_first()
    if up_to:
        sums.add_step(file, behind=1, step=up_to)
        assert found.add_step(file, behind=1)
    return store


def told(store: SqliteSpanStore, query: LedgerQuery) -> dict[tuple[str, ...], tuple[int, int]]:
    return {one.names: (one.requests, one.cost_nano_usd) for one in store.ledger.sums(query)}


@pytest.mark.parametrize("up_to", UP_TO)
def test_rows_of_a_user_and_of_a_session_are_found(up_to: int) -> None:
    store = filled(None, up_to=up_to)
    for query in (
        LedgerQuery(user_id="ada", by=("model",)),
        LedgerQuery(user_id="ada", project_id="p1", from_ns=NOW - 80 * HOUR, by=("model",)),
        LedgerQuery(session_id="s3", to_ns=NOW - 70 * HOUR),
        LedgerQuery(session_id="s3", user_id="bob"),
        LedgerQuery(user_id="nobody"),
    ):
        expected = [
            one.span_id
            for one in map(call, range(90))
            if (query.user_id or one.user_id, query.session_id or one.session_id)
            == (one.user_id, one.session_id)
            and query.from_ns <= one.start_ns < query.to_ns
            and query.project_id in (None, one.project_id)
        ]
        assert [row.span_id for row in store.ledger.rows(query)] == expected
        assert sum(one.requests for one in store.ledger.sums(query)) == len(expected)
    store.close()


@pytest.mark.parametrize("up_to", UP_TO)
def test_sessions_are_added_up_in_hours(up_to: int) -> None:
    store = filled(None, up_to=up_to)
    query = LedgerQuery(by=("session",), project_id="p1", from_ns=NOW - 89 * HOUR - 900 * S)
    expected: dict[tuple[str, ...], tuple[int, int]] = {}
    for one in map(call, range(90)):
        if one.project_id == "p1" and one.start_ns >= query.from_ns:
            requests, cost = expected.get((one.session_id,), (0, 0))
            expected[one.session_id,] = requests + 1, cost + (one.cost_nano_usd or 0)
    assert told(store, query) == expected
    store.close()


def test_nothing_is_taken_in_that_is_not_in_the_sums_of_the_ledger() -> None:
    store = filled(None)
    (file,) = store._months.newest_first()
    assert found.add_step(file, behind=1) is False
    sums.add_step(file, behind=1, step=30)
    assert found.add_step(file, behind=31) is False
    assert found.add_step(file, behind=30) is True
    with file.reading() as conn:
        assert found.up_to(conn) == 30
    store.close()


@pytest.mark.parametrize("up_to", UP_TO)
def test_a_user_who_is_forgotten_is_not_found(up_to: int) -> None:
    store = filled(None, up_to=up_to)
    by_session = LedgerQuery(by=("session",))
    before = told(store, by_session)
    store.forget_user("p1", "ada")
    after = told(store, by_session)
    assert sum(cost for _, cost in after.values()) == sum(cost for _, cost in before.values())
    # Sessions of a project in which nobody was forgotten stay.
    assert after["s2",] == before["s2",]
    assert ("s1",) not in after
    assert ("s3",) not in after
    assert list(store.ledger.rows(LedgerQuery(user_id="ada", project_id="p1"))) == []
    assert len(list(store.ledger.rows(LedgerQuery(user_id="ada", project_id="p0")))) == 15
    (file,) = store._months.newest_first()
    with file.reading() as conn:
        assert conn.execute(
            "SELECT count(*) FROM ledger_found JOIN ledger USING (id)"
            " WHERE value <> CASE what WHEN 0 THEN user ELSE session END"
        ).fetchone() == (0,)
    store.close()


def test_a_file_of_an_older_version_is_asked_and_brought_up_to_date(tmp_path: Path) -> None:
    store = filled(tmp_path, up_to=50)
    asked = [LedgerQuery(user_id="ada", by=("session",)), LedgerQuery(by=("session",), top=1)]
    expected = [told(store, query) for query in asked]
    (file,) = store._months.newest_first()
    path = file.path
    store.close()
    assert path is not None
    make_older(path, 7)
    looking = SqliteSpanStore(tmp_path, FakeClock(NOW), readonly=True)
    assert [told(looking, query) for query in asked] == expected
    looking.close()
    store = SqliteSpanStore(tmp_path, FakeClock(NOW))
    (file,) = store._months.newest_first()
    assert [told(store, query) for query in asked] == expected
    assert found.add_step(file, behind=1)
    assert [told(store, query) for query in asked] == expected
    store.close()
