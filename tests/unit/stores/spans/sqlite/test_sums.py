"""Sums that are kept answer as the rows would, however far they have come."""

import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.support.span_stores import DAY, NOW, S, span
from vedette.clock import FakeClock
from vedette.model.ledger import DIMENSIONS, OTHERS, Dimension, LedgerQuery
from vedette.model.span import Payload, Span
from vedette.model.usage import Usage
from vedette.stores.spans.sqlite import SqliteSpanStore, found
from vedette.stores.spans.sqlite.sums import add_step, grain_of, parts, summed_up_to

FROM, CALLS = NOW - 4 * DAY, 240
HALF_HOUR = 1_800 * S


def call(number: int) -> Span:
    """Every 24 minutes for four days, of two projects, three users, and tags that come and go."""
    return span(
        number,
        start_ns=FROM + number * 1_440 * S,
        project_id=f"p{number % 2}",
        user_id=("", "ada", "bob")[number % 3],
        session_id=f"s{number % 7}" if number % 13 else "",
        model=f"m{number % 4}",
        provider=f"v{number % 2}",
        route=("", "r")[number % 2],
        tags=((), ("a",), ("a", "b"))[number % 3],
        status="error" if number % 5 == 0 else "ok",
        usage=Usage(input_uncached=number, output_text=number % 9, estimated=number % 11 == 0),
        cost_nano_usd=None if number % 6 == 0 else number * 1_000,
        cost_source="partial" if number % 8 == 1 else "priced",
        payload=Payload(
            attributes={
                "vedette.key_id": f"k{number % 3}",
                "vedette.organization_id": f"o{number % 2}",
                "vedette.cache.saved_nano_usd": str(number % 4),
            }
        ),
    )


@pytest.fixture(scope="module")
def stores() -> Iterator[dict[str, SqliteSpanStore]]:
    """The same calls, of which none, some and all are in the sums."""
    opened = {name: SqliteSpanStore(None, FakeClock(NOW)) for name in ("rows", "some", "sums")}
    for name, store in opened.items():
        store.write_batch([call(number) for number in range(CALLS)])
        (file,) = store._months.newest_first()
        if name == "some":
            add_step(file, behind=1, step=70)
            add_step(file, behind=1, step=33)
            found.add_step(file, behind=1, step=50)
        while name == "sums" and add_step(file, behind=1, step=100):
            found.add_step(file, behind=1, step=100)
    yield opened
    for store in opened.values():
        store.close()


NARROWED = st.fixed_dictionaries(
    {},
    optional={
        "project_id": st.sampled_from(["p0", "p1", "nobody"]),
        "organization_id": st.sampled_from(["o0", "o1"]),
        "key_id": st.sampled_from(["k0", "k1", ""]),
        "user_id": st.sampled_from(["ada", "bob", ""]),
        "session_id": st.sampled_from(["s0", "s6", ""]),
        "model": st.sampled_from(["m0", "m3"]),
        "provider": st.sampled_from(["v0"]),
        "route": st.sampled_from(["", "r"]),
        "tag": st.sampled_from(["a", "b", ""]),
    },
)
times = st.integers(-5, 2 * CALLS).map(lambda n: FROM + n * HALF_HOUR)


@settings(deadline=None, max_examples=300)
@given(
    NARROWED,
    st.lists(st.sampled_from(DIMENSIONS), max_size=3, unique=True),
    st.tuples(st.none() | times, st.none() | times),
    st.integers(0, 3),
)
def test_sums_say_what_the_rows_say(
    stores: dict[str, SqliteSpanStore],
    narrowed: dict[str, str],
    by: list[Dimension],
    times: tuple[int | None, int | None],
    top: int,
) -> None:
    low, high = times
    query = LedgerQuery(
        by=tuple(by),
        from_ns=0 if low is None else low,
        to_ns=2**63 - 1 if high is None else high,
        top=top,
    )
    query = replace(query, **narrowed)
    expected = stores["rows"].ledger.sums(query)
    assert stores["some"].ledger.sums(query) == expected
    assert stores["sums"].ledger.sums(query) == expected


def plan(conn: sqlite3.Connection, where: str) -> str:
    sql = f"EXPLAIN QUERY PLAN SELECT 1 FROM ledger WHERE {where}"
    return " ".join(row[3] for row in conn.execute(sql, {"from": 0, "to": 1}))


def test_a_month_by_day_is_read_from_days(stores: dict[str, SqliteSpanStore]) -> None:
    (file,) = stores["sums"]._months.newest_first()
    query = LedgerQuery(by=("model", "day"), from_ns=FROM + HALF_HOUR, to_ns=NOW - HALF_HOUR)
    with file.reading() as conn:
        told = parts(conn, query, 0)
        assert [part.source for part in told] == [*["ledger_sum"] * 3, "", "", ""]
        assert "width_s = 86400" in told[0].where
        rows = [part.where for part in told if not part.source]
        plans = [plan(conn, where) for where in rows]
    assert ["ledger_by_time" in plan for plan in plans] == [True, True, False]
    assert "INTEGER PRIMARY KEY" in plans[2]


def test_few_rows_wait_and_many_are_added_up_in_steps() -> None:
    store = SqliteSpanStore(None, FakeClock(NOW))
    store.write_batch([call(number) for number in range(30)])
    (file,) = store._months.newest_first()
    assert add_step(file, behind=31) is False
    with file.reading() as conn:
        assert summed_up_to(conn) == 0
    assert add_step(file, behind=20, step=15) is True
    with file.reading() as conn:
        assert summed_up_to(conn) == 15
    assert add_step(file, behind=20, step=15) is False
    store.close()


def test_what_two_grains_know_together_is_read_from_rows() -> None:
    assert grain_of(LedgerQuery(by=("model", "day"), key_id="k")) == 0
    assert grain_of(LedgerQuery(by=("hour",), user_id="ada")) == 1
    assert grain_of(LedgerQuery(by=("tag", "project"))) == 2
    assert grain_of(LedgerQuery(by=("session", "day"))) == 3
    assert grain_of(LedgerQuery()) == 0
    for query in (
        LedgerQuery(by=("model",), user_id="ada"),
        LedgerQuery(by=("session", "user")),
        LedgerQuery(session_id="s1"),
        LedgerQuery(by=("tag", "key")),
    ):
        assert grain_of(query) is None


def test_a_user_who_is_forgotten_leaves_the_sums() -> None:
    store = SqliteSpanStore(None, FakeClock(NOW))
    store.write_batch([call(number) for number in range(90)])
    (file,) = store._months.newest_first()
    add_step(file, behind=1, step=60)
    query = LedgerQuery(by=("user",), project_id="p0")
    before = {one.names[0]: one.requests for one in store.ledger.sums(query)}
    assert before == {"": 15, "ada": 15, "bob": 15}
    store.forget_user("p0", "ada")
    after = {one.names[0]: one.requests for one in store.ledger.sums(query)}
    assert after == {"": 30, "bob": 15}
    with file.reading() as conn:
        sql = "SELECT count(*) FROM ledger_sum WHERE project = 'p0' AND user = 'ada'"
        assert conn.execute(sql).fetchone() == (0,)
    store.close()


def test_the_dearest_are_told_and_the_others_added_up(stores: dict[str, SqliteSpanStore]) -> None:
    query = LedgerQuery(by=("model", "day"))
    every = stores["sums"].ledger.sums(query)
    first, *others = stores["sums"].ledger.sums(LedgerQuery(by=("model",)))
    told = stores["some"].ledger.sums(replace(query, top=1))
    assert {one.names[0] for one in told} == {*first.names, OTHERS}
    assert [one for one in told if one.names[0] != OTHERS] == [
        one for one in every if one.names[0] == first.names[0]
    ]
    rest = [one for one in told if one.names[0] == OTHERS]
    assert {one.values for one in rest} == {len(others)}
    for one in rest:
        same_day = [e for e in every if e.names[1] == one.names[1] and e.names[0] != first.names[0]]
        assert one.cost_nano_usd == sum(each.cost_nano_usd for each in same_day)
        assert one.requests == sum(each.requests for each in same_day)
