"""What every span store must do; each store in `OPENERS` goes through all of it."""

import pkgutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

import vedette.stores.spans
from tests.support.span_stores import MS, NOW, OPENERS, S, settle, span, span_numbers, trace_numbers
from vedette.clock import FakeClock
from vedette.errors import SpanRefused, StoreError
from vedette.model.chat import Message, TextPart, ToolCallPart
from vedette.model.exchange import Attempt
from vedette.model.query import Filter, Position, SeriesQuery
from vedette.model.span import Payload, SpanEvent, ToolCall
from vedette.model.usage import Usage
from vedette.ports.stores import SpanStore

EVERYTHING = Filter()


@pytest.fixture(params=sorted(OPENERS))
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SpanStore]:
    opened = OPENERS[request.param](tmp_path, FakeClock(NOW))
    yield opened
    opened.close()


def test_every_store_is_in_the_suite() -> None:
    found = {module.name for module in pkgutil.iter_modules(vedette.stores.spans.__path__)}
    assert found <= {name.split("-")[0] for name in OPENERS}


def test_a_span_comes_back_as_it_went_in(store: SpanStore) -> None:
    full = span(
        1,
        parent_span_id="00000000000000ff",
        status="error",
        status_message="boom",
        provider="openai",
        model="gpt",
        response_model="gpt-2024",
        route="fast",
        usage=Usage(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, estimated=True),
        cost_nano_usd=1234,
        cost_source="priced",
        price_version="2024-01",
        ttft_ms=12.5,
        session_id="s",
        user_id="u",
        tags=("a", "b"),
        finish_reason="stop",
        tool_calls=(ToolCall("f", {"x": [1, None, "é"]}, "c1"),),
        capture="redacted",
        payload=Payload(
            input=(Message("user", (TextPart(content="hi"), ToolCallPart(name="f"))),),
            output="there",
            attributes={"k": 1, "nested": {"a": [1.5, None, True]}},
            events=(SpanEvent("first", 5, {"a": 1}),),
            attempts=(Attempt("openai", "gpt", 1, 2.0, 200),),
            raw_request='{"a": 1}',
            raw_response="é" * 5000,
        ),
    )
    assert store.write_batch([full]) == 1
    assert store.span("default", full.trace_id, full.span_id) == full
    assert store.trace_spans("default", full.trace_id, payload=True) == (full,)
    (light,) = store.trace_spans("default", full.trace_id, payload=False)
    assert light.payload == Payload()
    assert light.tool_calls == full.tool_calls
    assert store.list_spans(EVERYTHING, after=None, limit=1).items == (light,)
    assert list(store.export(EVERYTHING)) == [full]


def test_writing_again_changes_nothing(store: SpanStore) -> None:
    batch = [span(number, trace=1, cost_nano_usd=5, model="m") for number in range(1, 6)]
    assert store.write_batch(batch) == 5
    before = store.trace("default", batch[0].trace_id)
    assert store.write_batch(batch) == 0
    assert store.write_batch([*batch, span(6, trace=1)]) == 1
    after = store.trace("default", batch[0].trace_id)
    assert before
    assert after
    assert after.span_count == 6
    assert after.cost_nano_usd == before.cost_nano_usd == 25
    query = SeriesQuery(from_ns=NOW - 7200 * S, to_ns=NOW, bucket_s=3600, metrics=("requests",))
    assert sum(value for _, value in store.series(query)[0].points) == 6


def test_a_span_twice_in_one_batch_is_one(store: SpanStore) -> None:
    assert store.write_batch([span(1), span(1, name="other"), span(2)]) == 2
    kept = store.span("default", span(1).trace_id, span(1).span_id)
    assert kept
    assert kept.name == "span 1"


def test_an_empty_batch_is_no_work(store: SpanStore) -> None:
    assert store.write_batch([]) == 0
    assert store.list_traces(EVERYTHING, after=None, limit=10).items == ()
    assert store.trace("default", "ab" * 16) is None
    assert store.trace_spans("default", "ab" * 16, payload=True) == ()
    assert store.span("default", "no hex", "neither") is None


def test_pages_follow_each_other_without_gap_or_overlap(store: SpanStore) -> None:
    same_start = [span(number, start_ns=NOW, end_ns=NOW) for number in range(100, 110)]
    store.write_batch([span(number) for number in range(1, 60)] + same_start)
    for one_page in (store.list_spans, store.list_traces):
        seen: list[str] = []
        after: Position | None = None
        while True:
            page = one_page(EVERYTHING, after=after, limit=7)
            seen += [getattr(row, "span_id", row.trace_id)[-16:] for row in page.items]
            if page.next is None:
                break
            assert len(page.items) == 7
            after = page.next
        assert seen == [f"{n:016x}" for n in [*range(109, 99, -1), *range(59, 0, -1)]]


def test_a_full_last_page_says_that_it_is_the_last(store: SpanStore) -> None:
    store.write_batch([span(1), span(2)])
    assert store.list_traces(EVERYTHING, after=None, limit=2).next is None
    assert store.list_spans(EVERYTHING, after=None, limit=2).next is None


@pytest.mark.parametrize(
    ("filter", "expected"),
    [
        (Filter(model="m1"), [1]),
        (Filter(model="none"), []),
        (Filter(provider="p2"), [2]),
        (Filter(kind="tool"), [2]),
        (Filter(status="error"), [3]),
        (Filter(status="ok"), [1]),
        (Filter(status="unset"), [4, 2]),
        (Filter(session_id="s"), [3, 1]),
        (Filter(user_id="u"), [4]),
        (Filter(tag="b"), [1]),
        (Filter(min_cost_nano_usd=1000), [3]),
        (Filter(min_cost_nano_usd=0), [3, 1]),
        (Filter(min_latency_ms=100.0), [4, 3, 2, 1]),
        (Filter(min_latency_ms=100.5), [4]),
        (Filter(session_id="s", status="error"), [3]),
        (Filter(model="m1", provider="p2"), []),
        (Filter(from_ns=span(2).start_ns, to_ns=span(4).start_ns), [3, 2]),
        (Filter(trace_id=span(3).trace_id), [3]),
        (Filter(trace_id="f" * 32), []),
        (Filter(text="needle in"), [4]),
        (Filter(text="in needle"), []),
        (Filter(text="NEEDLE", model="m1"), []),
        (Filter(project_id="other"), []),
    ],
)
def test_each_condition_is_honoured(store: SpanStore, filter: Filter, expected: list[int]) -> None:
    store.write_batch(
        [
            span(1, model="m1", provider="p1", session_id="s", tags=("a", "b"), status="ok",
                 cost_nano_usd=5),
            span(2, kind="tool", provider="p2"),
            span(3, session_id="s", status="error", cost_nano_usd=1000),
            span(4, user_id="u", end_ns=span(4).start_ns + 200 * MS,
                 payload=Payload(output="a Needle in it")),
        ]
    )  # fmt: skip
    settle(store)
    assert span_numbers(store, filter) == expected
    assert trace_numbers(store, filter) == expected


def test_a_trace_has_failed_whichever_of_its_spans_did(store: SpanStore) -> None:
    failed = span(1, status="error")
    store.write_batch([failed, span(2, user_id="ann", trace_id=failed.trace_id)])
    settle(store)
    asked = Filter(status="error", user_id="ann")
    found = store.list_traces(asked, after=None, limit=9).items
    assert [row.trace_id for row in found] == [failed.trace_id]
    assert not store.list_spans(asked, after=None, limit=9).items


def test_projects_do_not_see_each_other(store: SpanStore) -> None:
    mine = span(1, project_id="mine", payload=Payload(input="secret"), model="m", tags=("t",))
    store.write_batch([mine, span(2), span(1, project_id="theirs")])
    settle(store)
    theirs = Filter(project_id="theirs")
    assert span_numbers(store, theirs) == trace_numbers(store, theirs) == [1]
    assert span_numbers(store, Filter(project_id="theirs", text="secret")) == []
    assert span_numbers(store, Filter(project_id="theirs", model="m")) == []
    assert store.trace("default", mine.trace_id) is None
    assert store.span("default", mine.trace_id, mine.span_id) is None
    assert store.facets("default", from_ns=0, to_ns=NOW).models == ()
    assert store.facets("mine", from_ns=0, to_ns=NOW).tags == ("t",)


def test_the_root_names_the_trace_even_when_it_comes_last(store: SpanStore) -> None:
    child = span(2, trace=1, parent_span_id="0000000000000001", session_id="child", user_id="kid")
    root = span(1, trace=1, kind="agent", session_id="root", tags=("t",), status="ok",
                usage=Usage(900), cost_nano_usd=900)  # fmt: skip
    store.write_batch([child, span(3, trace=1, parent_span_id="0000000000000001", ttft_ms=7.0,
                                   usage=Usage(10), cost_nano_usd=10, status="error")])  # fmt: skip
    early = store.trace("default", child.trace_id)
    assert early
    assert (early.name, early.session_id) == ("span 2", "child")
    store.write_batch([root])
    row = store.trace("default", child.trace_id)
    assert row
    assert (row.name, row.session_id, row.user_id, row.tags) == ("span 1", "root", "kid", ("t",))
    assert (row.status, row.span_count, row.ttft_ms) == ("error", 3, 7.0)
    assert (row.usage, row.cost_nano_usd) == (Usage(10), 10)
    assert (row.start_ns, row.end_ns) == (root.start_ns, span(3).end_ns)
    assert store.list_traces(EVERYTHING, after=None, limit=5).items == (row,)


def test_a_trace_over_the_turn_of_a_month_is_one_trace(store: SpanStore) -> None:
    turn = 1_698_796_800 * S  # 2023-11-01T00:00:00Z
    parts = [
        span(number, trace=1, start_ns=turn + offset * S, end_ns=turn + offset * S + 1, model="m")
        for number, offset in ((1, 5), (2, -5), (3, -40 * 86400))
    ]
    for part in parts:
        assert store.write_batch([part]) == 1
    assert store.write_batch(parts) == 0
    assert trace_numbers(store) == [1]
    row = store.trace("default", parts[0].trace_id)
    assert row
    assert row.span_count == 3
    assert row.start_ns == parts[2].start_ns
    assert [
        int(one.span_id, 16)
        for one in store.trace_spans("default", parts[0].trace_id, payload=False)
    ] == [3, 2, 1]
    assert span_numbers(store) == [1, 2, 3]
    assert trace_numbers(store, Filter(model="m", to_ns=turn)) == [1]
    assert trace_numbers(store, Filter(model="m", from_ns=turn)) == []


@pytest.mark.parametrize(
    "bad",
    [
        {"trace_id": "not hex"},
        {"trace_id": ""},
        {"span_id": "zz"},
        {"start_ns": -1},
        {"start_ns": 2**63, "end_ns": 2**63},
        {"cost_nano_usd": 10**19},
        {"usage": Usage(-1)},
    ],
)
def test_a_span_that_cannot_be_stored_is_refused_with_its_id(
    store: SpanStore, bad: dict[str, object]
) -> None:
    with pytest.raises(SpanRefused) as refusal:
        store.write_batch([span(1), span(2, None, **bad)])
    assert refusal.value.message.startswith("Span ")
    assert span_numbers(store) == []


def test_odd_content_is_stored_all_the_same(store: SpanStore) -> None:
    odd = span(
        1,
        name="lone \ud800 surrogate",
        model="m" * 10_000,
        tags=("t", "t", ""),
        payload=Payload(input="nul \0 \udfff", attributes={"big": 2**80, "nan": float("inf")}),
    )
    assert store.write_batch([odd]) == 1
    settle(store)
    kept = store.span("default", odd.trace_id, odd.span_id)
    assert kept
    assert kept.name == "lone ? surrogate"
    assert kept.payload.attributes["big"] == str(2**80)
    assert span_numbers(store, Filter(model="m" * 10_000)) == [1]
    assert span_numbers(store, Filter(text="nul")) == [1]


def test_readers_and_a_writer_get_along(store: SpanStore) -> None:
    failures: list[Exception] = []
    done = threading.Event()

    def read() -> None:
        seen = 0
        while not done.is_set():
            try:
                page = store.list_traces(Filter(model="m"), after=None, limit=50)
                rows = store.list_spans(EVERYTHING, after=None, limit=10)
                store.series(
                    SeriesQuery(
                        from_ns=NOW - 7200 * S, to_ns=NOW, bucket_s=60, metrics=("requests",)
                    )
                )
                if len(page.items) < min(seen, 50) or len(rows.items) > 10:
                    failures.append(AssertionError("rows went away"))
                seen = len(page.items)
            except StoreError as error:
                failures.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for start in range(0, 1500, 100):
        store.write_batch(
            [span(n, model="m", payload=Payload(input="x y")) for n in range(start, start + 100)]
        )
        store.maintain()
    done.set()
    for reader in readers:
        reader.join()
    assert failures == []
    assert len(span_numbers(store, limit=2000)) == 1500


def test_health_counts_and_tells_when_closed(store: SpanStore) -> None:
    store.write_batch([span(n) for n in range(3)])
    health = store.health()
    assert (health.ok, health.spans) == (True, 3)
    assert (health.bytes > 0) == store.capabilities.durable
    store.close()
    store.close()
    assert store.health().ok is False
    with pytest.raises(StoreError):
        store.write_batch([span(9)])
    with pytest.raises(StoreError):
        store.list_traces(EVERYTHING, after=None, limit=1)
