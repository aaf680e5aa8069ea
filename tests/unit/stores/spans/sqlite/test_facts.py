"""Facts are the spans of a list, quicker."""

from pathlib import Path

import pytest

from tests.support.span_stores import DAY, NOW, span
from vedette.clock import FakeClock
from vedette.model.query import Filter
from vedette.model.usage import Usage
from vedette.query.grammar import parse_filter
from vedette.stores.spans.sqlite import SqliteSpanStore

MONTH = 40 * DAY


def fill(store: SqliteSpanStore) -> None:
    store.write_batch(
        [
            span(
                n, n // 3, name=("chat", "look up")[n % 2], model=f"m{n % 4}",
                status="error" if n % 7 == 0 else "ok", user_id=f"u{n % 5}",
                parent_span_id="" if n % 3 == 0 else f"{n - n % 3:016x}", tags=(f"t{n % 2}",),
                usage=Usage(n, output_text=n % 4), cost_nano_usd=None if n % 5 else n,
                ttft_ms=float(n) if n % 2 else None, finish_reason="stop",
            )
            for n in range(60)
        ]
    )  # fmt: skip
    store.write_batch(
        [span(n, start_ns=NOW - MONTH + n, end_ns=NOW, model="m1") for n in range(100, 104)]
    )
    store.write_batch([span(200, project_id="other", name="chat", model="m1")])


@pytest.mark.parametrize(
    "text",
    [
        "", 'name = "look up"', 'name = "nothing"', 'name = "chat" and tokens > 30',
        "status = error", "tokens > 20 or user = u3", 'not name = "chat"', "root = true",
        "duration > 5ms",
        "ttft > 9",
        "trace.spans > 2", "cost_source = unknown and finish_reason = stop",
    ],
)  # fmt: skip
def test_facts_are_what_a_list_shows(tmp_path: Path, text: str) -> None:
    store = SqliteSpanStore(tmp_path, FakeClock(NOW))
    fill(store)
    where = parse_filter(text, now_ns=NOW) if text else None
    for filter in (
        Filter(where=where), Filter(where=where, model="m1"), Filter(where=where, status="ok"),
        Filter(where=where, from_ns=NOW - DAY), Filter(where=where, min_cost_nano_usd=20),
    ):  # fmt: skip
        listed = store.list_spans(filter, after=None, limit=1_000).items
        facts = store.facts(filter, most=1_000)
        assert facts.complete
        by_id = {(one.trace_id, one.span_id): one for one in facts.spans}
        assert len(by_id) == len(facts.spans) == len(listed)
        for one in listed:
            brief = by_id[one.trace_id, one.span_id]
            for name in set(one.__struct_fields__) - {
                "payload",
                "project_id",
                "capture",
                "price_version",
            }:
                assert getattr(brief, name) == getattr(one, name)
            assert brief.duration_ms == one.duration_ms
    store.close()


def test_the_newest_are_kept_where_there_are_more(tmp_path: Path) -> None:
    store = SqliteSpanStore(tmp_path, FakeClock(NOW))
    fill(store)
    facts = store.facts(Filter(), most=62)
    assert not facts.complete
    assert [int(one.span_id, 16) for one in facts.spans] == [*range(59, -1, -1), 103, 102]
    store.close()


def test_what_no_index_knows_is_looked_for_in_the_newest_alone(tmp_path: Path) -> None:
    store = SqliteSpanStore(tmp_path, FakeClock(NOW), looked_at=1_100)
    store.write_batch([span(n, name="old" if n < 10 else "new") for n in range(4_000)])
    where = parse_filter('name = "old"', now_ns=NOW)
    facts = store.facts(Filter(where=where), most=50)
    assert (list(facts.spans), facts.complete) == ([], False)
    facts = store.facts(Filter(where=where, to_ns=NOW - 3_590 * 10**9), most=50)
    assert (len(facts.spans), facts.complete) == (10, True)
    store.close()
