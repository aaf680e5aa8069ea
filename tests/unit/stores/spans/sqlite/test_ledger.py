"""The ledger says what the spans said, and goes on saying so."""

import gzip
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.span_stores import DAY, NOW, S, span
from vedette.clock import FakeClock
from vedette.errors import StoreError
from vedette.model.ledger import DIMENSIONS, LedgerQuery, LedgerRow, LedgerSum
from vedette.model.query import Filter
from vedette.model.span import Payload, Span
from vedette.model.usage import COUNTS, Usage
from vedette.stores.spans.sqlite import SqliteSpanStore
from vedette.stores.spans.sqlite.ledger import carry_over

ALL = LedgerQuery()
TAPES = Path(__file__).parents[4] / "tapes" / "stores"


def called(number: int, **fields: object) -> Span:
    """A span of a call with a key."""
    said = {"vedette.key_id": "k1", "vedette.organization_id": "o1"}
    usage = Usage(input_uncached=number, output_text=1)
    told: dict[str, object] = {"usage": usage, "cost_nano_usd": number}
    told["payload"] = Payload(attributes=said)
    return span(number, None, **(told | fields))


def sums(store: SqliteSpanStore, *by: str, **query: object) -> dict[tuple[str, ...], LedgerSum]:
    asked = LedgerQuery(by=by, **query)  # type: ignore[arg-type]
    return {one.names: one for one in store.ledger.sums(asked)}


counts = st.integers(0, 10**9)
usages = st.builds(
    Usage, input_uncached=counts, cache_read=counts, cache_write=counts, cache_write_1h=counts,
    audio_input=counts, image_input=counts, output_text=counts, reasoning=counts,
    audio_output=counts, image_output=counts, cache_read_audio=counts, cache_read_image=counts,
    web_searches=counts, file_searches=counts, estimated=st.booleans(),
)  # fmt: skip


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(usages, st.none() | counts, st.sampled_from(["a", "b"]), st.integers(0, 90)),
        max_size=12,
    )
)
def test_the_sum_of_the_ledger_is_the_sum_of_the_spans(
    calls: list[tuple[Usage, int | None, str, int]],
) -> None:
    store = SqliteSpanStore(None, FakeClock(NOW))
    spans = [
        span(n, usage=usage, cost_nano_usd=cost, project_id=project, start_ns=NOW - days * DAY)
        for n, (usage, cost, project, days) in enumerate(calls)
    ]
    # A batch may come twice, and spans of it alone.
    for batch in (spans[:5], spans, spans[2:]):
        store.write_batch(batch)
    (total,) = store.ledger.sums(ALL)
    assert total.requests == len(spans)
    assert total.cost_nano_usd == sum(one.cost_nano_usd or 0 for one in spans)
    assert total.unpriced == sum(
        one.cost_nano_usd is None and any(getattr(one.usage, name) for name in COUNTS)
        for one in spans
    )
    for name in COUNTS:
        assert getattr(total.usage, name) == sum(getattr(one.usage, name) for one in spans)
    by_project = sums(store, "project")
    assert sum(one.cost_nano_usd for one in by_project.values()) == total.cost_nano_usd
    assert {row.span_id for row in store.ledger.rows(ALL)} == {one.span_id for one in spans}
    store.close()


def test_calls_that_are_not_priced_as_a_whole_are_told_and_counted() -> None:
    store = SqliteSpanStore(None, FakeClock(NOW))
    used = Usage(input_uncached=5, web_searches=2)
    store.write_batch(
        [
            called(1, usage=used, cost_nano_usd=7, cost_source="partial"),
            called(2, usage=used, cost_nano_usd=20, cost_source="priced"),
        ]
    )
    (total,) = store.ledger.sums(ALL)
    assert (total.cost_nano_usd, total.unpriced, total.usage.web_searches) == (27, 1, 4)
    rows = {row.span_id: row.is_partial for row in store.ledger.rows(ALL)}
    assert [rows[f"{n:016x}"] for n in (1, 2)] == [True, False]
    store.close()


def test_a_store_of_an_older_version_goes_on(tmp_path: Path) -> None:
    """Written before searches and sound from the cache were counted (schema 3)."""
    old = gzip.decompress((TAPES / "spans_schema_3.db.gz").read_bytes())
    (tmp_path / "spans-2023-11.db").write_bytes(old)
    store = SqliteSpanStore(tmp_path, FakeClock(NOW))
    first, second = sorted(store.ledger.rows(ALL), key=lambda row: row.span_id)
    assert first.usage == Usage(*range(1, 11))
    assert (first.cost_nano_usd, first.is_partial) == (55, False)
    assert second.usage == Usage(input_uncached=7, output_text=3, estimated=True)
    spans = store.list_spans(Filter(), after=None, limit=9).items
    assert {span.usage for span in spans} == {first.usage, second.usage}
    later = Usage(output_text=1, cache_read_audio=2, web_searches=4, estimated=True)
    store.write_batch([span(3, 1, usage=later, cost_nano_usd=1, cost_source="partial")])
    (total,) = store.ledger.sums(ALL)
    assert (total.usage.cache_read_audio, total.usage.web_searches, total.unpriced) == (2, 4, 2)
    (row,) = store.list_traces(Filter(), after=None, limit=9).items
    summed = {name: getattr(total.usage, name) for name in COUNTS}
    assert row.usage == Usage(**summed, estimated=True)
    store.close()


def test_a_store_that_cannot_be_brought_up_to_date_says_so(tmp_path: Path) -> None:
    old = gzip.decompress((TAPES / "spans_schema_3.db.gz").read_bytes())
    (tmp_path / "spans-2023-11.db").write_bytes(old)
    store = SqliteSpanStore(tmp_path, FakeClock(NOW), readonly=True)
    with pytest.raises(StoreError, match="older Vedette"):
        store.ledger.sums(ALL)
    with pytest.raises(StoreError, match="older Vedette"):
        list(store.ledger.rows(ALL))
    store.close()


def test_every_dimension_can_be_summed_by() -> None:
    store = SqliteSpanStore(None, FakeClock(NOW))
    store.write_batch(
        [
            called(1, model="m", provider="p", route="r", user_id="u", session_id="s"),
            called(2, model="n", provider="p", route="r", user_id="v", session_id="s"),
        ]
    )
    for dimension in DIMENSIONS:
        found = sums(store, dimension)
        assert sum(one.requests for one in found.values()) == 2
    assert {names: one.cost_nano_usd for names, one in sums(store, "model", "user").items()} == {
        ("n", "v"): 2,
        ("m", "u"): 1,
    }
    assert list(sums(store, "day")) == [("2023-11-14",)]
    assert list(sums(store, "hour")) == [("2023-11-14T21:00:00Z",)]
    assert list(sums(store, "month")) == [("2023-11",)]
    store.close()


def test_a_call_counts_for_each_of_its_tags() -> None:
    store = SqliteSpanStore(None, FakeClock(NOW))
    store.write_batch([called(1, tags=("a", 'b"')), called(2, tags=("a",)), called(4)])
    found = {names[0]: one.cost_nano_usd for names, one in sums(store, "tag").items()}
    assert found == {"a": 3, 'b"': 1, "": 4}
    assert sums(store, tag="a")[()].cost_nano_usd == 3
    assert [row.tags for row in store.ledger.rows(LedgerQuery(tag='b"'))] == [("a", 'b"')]
    store.close()


@pytest.mark.parametrize(
    "wanted",
    [
        {"project_id": "p"}, {"organization_id": "o2"}, {"key_id": "k2"}, {"user_id": "u"},
        {"session_id": "s"}, {"model": "m"}, {"provider": "q"},
        {"from_ns": NOW - 10 * S}, {"to_ns": NOW - 7200 * S},
    ],
)  # fmt: skip
def test_questions_can_be_narrowed(wanted: dict[str, object]) -> None:
    store = SqliteSpanStore(None, FakeClock(NOW))
    said = {"vedette.key_id": "k3", "vedette.key_account": "k2", "vedette.organization_id": "o2"}
    at_ns = NOW - 7300 * S if "to_ns" in wanted else NOW
    store.write_batch(
        [
            called(1),
            called(
                2, project_id="p", user_id="u", session_id="s", model="m", provider="q",
                payload=Payload(attributes=said), start_ns=at_ns, end_ns=at_ns,
            ),
        ]
    )  # fmt: skip
    (found,) = store.ledger.sums(LedgerQuery(**wanted))  # type: ignore[arg-type]
    assert found.cost_nano_usd == 2
    assert [row.cost_nano_usd for row in store.ledger.rows(LedgerQuery(**wanted))] == [2]  # type: ignore[arg-type]
    store.close()


def test_a_row_says_all_that_was_known_of_the_call() -> None:
    store = SqliteSpanStore(None, FakeClock(NOW))
    usage = Usage(input_uncached=3, cache_write_1h=2, reasoning=7, estimated=True)
    said = {"vedette.cache.saved_nano_usd": "55", "vedette.key_id": 7}
    one = called(
        5, usage=usage, status="error", price_version="v", payload=Payload(attributes=said)
    )
    store.write_batch([one])
    assert list(store.ledger.rows(ALL)) == [
        LedgerRow(
            trace_id=one.trace_id, span_id=one.span_id, at_ns=one.start_ns, end_ns=one.end_ns,
            project_id="default", organization_id="default", is_error=True, usage=usage,
            cost_nano_usd=5, price_version="v", saved_nano_usd=55,
        )
    ]  # fmt: skip
    (total,) = store.ledger.sums(ALL)
    assert (total.errors, total.estimated, total.saved_nano_usd) == (1, 1, 55)
    store.close()


def test_what_neither_used_nor_cost_anything_is_no_call() -> None:
    store = SqliteSpanStore(None, FakeClock(NOW))
    store.write_batch([span(1, kind="tool"), span(2, kind="tool", cost_nano_usd=0), span(3)])
    assert sums(store)[()].requests == 2
    store.close()


@pytest.mark.parametrize("kind", ["agent", "chain"])
def test_sums_of_others_are_no_calls(kind: str) -> None:
    store = SqliteSpanStore(None, FakeClock(NOW))
    store.write_batch([called(1), called(2, kind=kind)])
    found = sums(store)[()]
    assert (found.requests, found.cost_nano_usd) == (1, 1)
    store.close()


def test_rows_are_neither_changed_nor_deleted() -> None:
    store = SqliteSpanStore(None, FakeClock(NOW))
    store.write_batch([called(1)])
    (file,) = store._months.newest_first()
    for sql in ("DELETE FROM ledger", "UPDATE ledger SET cost = 0"):
        with pytest.raises(sqlite3.IntegrityError, match="never"):
            file.writer.execute(sql)
    store.close()


@pytest.mark.parametrize("on_disk", [True, False])
def test_the_ledger_stays_when_the_spans_are_deleted(tmp_path: Path, on_disk: bool) -> None:
    store = SqliteSpanStore(tmp_path if on_disk else None, FakeClock(NOW))
    old = [called(n, start_ns=NOW - 70 * DAY + n, end_ns=NOW - 70 * DAY + n) for n in range(1, 4)]
    store.write_batch([*old, called(10)])
    before = store.ledger.sums(LedgerQuery(by=("day",)))
    assert store.delete_range("default", to_ns=NOW - 60 * DAY) == 3
    if on_disk:
        assert [path.name for path in tmp_path.glob("spans-*.db")] == ["spans-2023-11.db"]
    assert store.ledger.sums(LedgerQuery(by=("day",))) == before
    # All of the running month's spans can go, too.
    assert store.delete_range("default", to_ns=NOW + DAY) == 1
    assert store.ledger.sums(LedgerQuery(by=("day",))) == before
    # A span that comes late makes a file of the old name anew: it counts.
    store.write_batch([called(20, start_ns=NOW - 70 * DAY + 9, end_ns=NOW - 70 * DAY + 9)])
    assert store.ledger.sums(ALL)[0].cost_nano_usd == 36
    store.close()


def test_nothing_counts_twice_when_the_process_dies_before_a_file_is_gone(tmp_path: Path) -> None:
    store = SqliteSpanStore(tmp_path, FakeClock(NOW))
    store.write_batch([called(n, start_ns=NOW - 70 * DAY + n) for n in range(1, 4)])
    store.write_batch([called(10)])
    heir, old = store._months.newest_first()
    carry_over(old, heir)
    assert store.ledger.sums(ALL)[0].cost_nano_usd == 16
    store.write_batch([called(20, start_ns=NOW - 70 * DAY)])
    assert store.ledger.sums(ALL)[0].cost_nano_usd == 36
    assert len(list(store.ledger.rows(ALL))) == 5
    store.delete_range("default", to_ns=NOW - 60 * DAY)
    assert store.ledger.sums(ALL)[0].cost_nano_usd == 36
    store.close()
    again = SqliteSpanStore(tmp_path, FakeClock(NOW), readonly=True)
    assert again.ledger.sums(ALL)[0].cost_nano_usd == 36
    again.close()
