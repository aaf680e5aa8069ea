"""The traces of sessions and users are those that their spans name, whatever has happened since."""

import gzip
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.support.span_stores import DAY, NOW, S, make_older, span, trace_numbers
from vedette.clock import FakeClock
from vedette.model.query import Filter
from vedette.model.span import Span
from vedette.stores.spans.sqlite import SqliteSpanStore
from vedette.stores.spans.sqlite.holders import holder_of

NAMES = ("", "ada", "bob", "x" * 300)
TAPES = Path(__file__).parents[4] / "tapes" / "stores"


def named(number: int, trace: int, session: str, user: str, back: int) -> Span:
    start_ns = NOW - back * S
    return span(
        number, trace, session_id=session, user_id=user, start_ns=start_ns, end_ns=start_ns + S
    )


def rows(store: SqliteSpanStore) -> set[tuple[str, int, str]]:
    """What stands in the table: whose, when, which trace."""
    found: set[tuple[str, int, str]] = set()
    for file in store._months.newest_first():
        with file.reading() as conn:
            mine = {
                (f"{facet} {value}", at_ns, trace_id.hex())
                for facet, value, at_ns, trace_id in conn.execute(
                    "SELECT facet, value, at_ns, trace_id FROM holder"
                    " JOIN term ON term.id = holder.key JOIN trace ON trace.id = holder.trace"
                )
            }
            (count,) = conn.execute("SELECT count(*) FROM holder").fetchone()
            assert count == len(mine)
            found |= mine
    return found


spans = st.lists(
    st.builds(
        named, st.integers(1, 30), st.integers(1, 4), st.sampled_from(NAMES),
        st.sampled_from(NAMES), st.integers(0, 1_000),
    ),
    max_size=12, unique_by=lambda one: one.span_id,
)  # fmt: skip


@settings(deadline=None)
@given(spans, st.integers(1, 4), st.integers(0, 1_000))
def test_lists_are_those_of_spans_however_they_came(
    given_spans: list[Span], size: int, kept_s: int
) -> None:
    store = SqliteSpanStore(None, FakeClock(NOW))
    for at in range(0, len(given_spans), size):
        store.write_batch(given_spans[at : at + size])
    for cut_ns in (0, NOW - kept_s * S):
        store.delete_range("default", to_ns=cut_ns)
        left = [one for one in given_spans if one.start_ns >= cut_ns]
        for name in NAMES[1:]:
            for field in ("session_id", "user_id"):
                expected = {int(one.trace_id, 16) for one in left if getattr(one, field) == name}
                found = trace_numbers(store, Filter(**{field: name}))  # type: ignore[arg-type]
                starts = {
                    trace: min(one.start_ns for one in left if int(one.trace_id, 16) == trace)
                    for trace in expected
                }
                assert found == sorted(expected, key=lambda n: (starts[n], n), reverse=True)
        assert len(rows(store)) == len(
            {
                (kind, getattr(one, kind), one.trace_id)
                for one in left
                for kind in ("session_id", "user_id")
                if getattr(one, kind)
            }
        )
    store.close()


def test_a_user_who_is_forgotten_holds_nothing(tmp_path: Path) -> None:
    store = SqliteSpanStore(tmp_path, FakeClock(NOW))
    store.write_batch([named(1, 1, "s", "ada", 5), named(2, 2, "t", "bob", 5)])
    store.write_batch([named(3, 3, "s", "ada", 40 * 86_400)])
    store.forget_user("default", "ada")
    assert {whose for whose, _, _ in rows(store)} == {"3 t", "4 bob"}
    store.close()


def test_a_store_of_an_older_version_knows_its_holders(tmp_path: Path) -> None:
    store = SqliteSpanStore(tmp_path, FakeClock(NOW))
    store.write_batch([named(1, 1, "s", "ada", 5), named(2, 1, "", "bob", 9), span(9, 2)])
    expected = rows(store)
    (file,) = store._months.newest_first()
    path = file.path
    store.close()
    assert path is not None
    make_older(path, 6)
    looking = SqliteSpanStore(tmp_path, FakeClock(NOW), readonly=True)
    assert trace_numbers(looking, Filter(user_id="bob")) == [1]
    looking.close()
    store = SqliteSpanStore(tmp_path, FakeClock(NOW))
    assert rows(store) == expected != set()
    store.write_batch([named(4, 1, "s", "", 400)])
    assert {at_ns for _, at_ns, _ in rows(store)} == {NOW - 400 * S}
    store.close()


def test_a_store_from_before_the_ledger_was_summed_is_brought_up_to_date(tmp_path: Path) -> None:
    old = gzip.decompress((TAPES / "spans_schema_3.db.gz").read_bytes())
    (tmp_path / "spans-2023-11.db").write_bytes(old)
    store = SqliteSpanStore(tmp_path, FakeClock(NOW))
    page = store.list_traces(Filter(), after=None, limit=9)
    users = {row.user_id for row in page.items if row.user_id}
    assert {whose for whose, _, _ in rows(store) if whose[0] == "4"} == {f"4 {u}" for u in users}
    store.close()


@pytest.mark.parametrize(
    ("field", "value"), [("model", "m"), ("text", "t"), ("session_id", "s"), ("kind", "llm")]
)
def test_what_is_asked_of_spans_is_looked_for_in_spans(field: str, value: str) -> None:
    user = Filter(user_id="ada", status="error", from_ns=NOW - DAY)
    assert holder_of(user) == (4, "ada")
    assert holder_of(replace(user, **{field: value})) is None
    assert holder_of(Filter()) is None
