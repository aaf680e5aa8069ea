"""What goes with a deletion, table by table; the laws compare the answers with brute force."""

from tests.support.span_stores import DAY, NOW, S, settle, span, span_numbers
from vedette.clock import FakeClock
from vedette.model.query import Filter
from vedette.model.span import Payload
from vedette.stores.spans.sqlite import SqliteSpanStore
from vedette.stores.spans.sqlite.deleting import is_all_before


def test_no_row_is_left_behind() -> None:
    store = SqliteSpanStore(None, FakeClock(NOW))
    store.write_batch(
        [span(n, model="m", tags=("t",), cost_nano_usd=1, payload=Payload(input="x"))
         for n in range(500)] + [span(900, project_id="other", start_ns=1, end_ns=2)]
    )  # fmt: skip
    settle(store)
    assert store.delete_range("default", to_ns=NOW) == 500
    (file,) = store._months.newest_first()
    left = {
        table: file.writer.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in ("span", "payload", "trace", "facet", "roll")
    }
    assert left == {"span": 1, "payload": 0, "trace": 1, "facet": 3, "roll": 2}
    assert file.writer.execute("SELECT sum(n) FROM term").fetchone() == (3,)
    store.close()


def test_ids_are_never_used_twice() -> None:
    store = SqliteSpanStore(None, FakeClock(NOW))
    store.write_batch([span(n, payload=Payload(input="old")) for n in range(5)]
                      + [span(9, project_id="other")])  # fmt: skip
    settle(store)
    store.delete_range("default", to_ns=NOW)
    store.write_batch([span(n, payload=Payload(input="new")) for n in range(5)])
    settle(store)
    assert span_numbers(store, Filter(text="old")) == []
    assert len(span_numbers(store, Filter(text="new"))) == 5
    store.close()


def test_a_file_goes_whole_only_when_nothing_else_is_in_it() -> None:
    store = SqliteSpanStore(None, FakeClock(NOW))
    (file,) = store._months.newest_first()
    assert not is_all_before(file.writer, "default", NOW)
    store.write_batch([span(1, start_ns=NOW - DAY, end_ns=NOW)])
    assert is_all_before(file.writer, "default", NOW - DAY + 1)
    assert not is_all_before(file.writer, "default", NOW - DAY)
    assert not is_all_before(file.writer, "other", NOW + S)
    store.write_batch([span(2, project_id="other", start_ns=NOW - DAY, end_ns=NOW)])
    assert not is_all_before(file.writer, "default", NOW + S)
    store.close()


def test_the_hour_at_the_cut_still_counts_what_sampling_let_go() -> None:
    store = SqliteSpanStore(None, FakeClock(NOW))
    hour_ns = NOW // (3600 * S) * 3600 * S
    starts = [hour_ns - S, *(hour_ns + minute * 60 * S for minute in range(10))]
    store.write_batch([
        span(n, start_ns=start_ns, end_ns=start_ns + 1)
        for n, start_ns in enumerate(starts, 1)
    ])  # fmt: skip
    let_go = {f"{n:032x}": 1 for n in (8, 9)}
    assert store.delete_traces("default", let_go) == 2
    assert store.delete_range("default", to_ns=hour_ns + 120 * S) == 3
    (file,) = store._months.newest_first()
    read = "SELECT start_s, requests FROM roll WHERE width_s = -3600"
    assert file.writer.execute(read).fetchall() == [(hour_ns // S, 8)]
    store.close()
