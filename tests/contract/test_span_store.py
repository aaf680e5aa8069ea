"""What every span store must do; each store in `OPENERS` goes through all of it."""

import pkgutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

import vedette.stores.spans
from tests.support.span_stores import MS, NOW, OPENERS, S, settle, span, span_numbers, trace_numbers
from vedette.clock import FakeClock
from vedette.errors import BadRequest, SpanRefused, StoreError
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


def test_text_in_any_script_is_found(store: SpanStore) -> None:
    texts = {
        1: "The quarterly invoice was paid on time",
        2: "请把这张发票寄给我",
        3: "من فضلك أرسل الفاتورة اليوم",
        4: "領収書を送ってください",
        5: "Größe XL im CAFÉ, naïve café",
        6: "ใบแจ้งหนี้ถูกส่งแล้ว",
        7: "영수증을 보내 주세요",
        8: "пришлите счёт пожалуйста",
    }
    store.write_batch(
        [span(n, payload=Payload(input=(Message("user", (TextPart(content=text),)),)))
         for n, text in texts.items()]
    )  # fmt: skip
    settle(store)
    asked = {
        "invoice was paid": 1, "发票": 2, "票": 2, "أرسل الفاتورة": 3, "送って": 4, "xl cafe": None,
        "naive cafe": 5, "grösse xl": 5, "GRÖSSE": 5, "หนี้ถูก": 6, "영수증": 7, "СЧЁТ": 8,
        "span 4": 4,
    }  # fmt: skip
    for text, number in asked.items():
        assert span_numbers(store, Filter(text=text)) == ([number] if number else []), text


@pytest.mark.parametrize(
    "text",
    ['"', "'", "a OR b", "NEAR(a b)", "*", "body:x", "x*", 'a" OR "b', "-x", "^x", "(", ")", "\0",
     "a\0b", "AND", "{a b}: c", "\ud800", ";--", "%", "_", "x" * 10_000, " ", "😀"],
)  # fmt: skip
def test_text_is_never_a_query_language(store: SpanStore, text: str) -> None:
    store.write_batch([span(1, payload=Payload(input="b alpha x y c d e f"))])
    settle(store)
    assert span_numbers(store, Filter(text=text)) in ([], [1])
    assert ("x" == text.strip("*^-;%_'\"")) == (span_numbers(store, Filter(text=text)) == [1])


def test_a_text_without_a_word_finds_nothing(store: SpanStore) -> None:
    store.write_batch([span(1, payload=Payload(input="a, b!"))])
    settle(store)
    assert span_numbers(store, Filter(text=" ?! ")) == []
    assert trace_numbers(store, Filter(text=" ?! ")) == []


def test_series_add_up_over_months_models_and_buckets(store: SpanStore) -> None:
    day = 86400 * S
    batch = [
        span(
            number,
            start_ns=NOW - number * day,
            end_ns=NOW - number * day + number * 10 * MS,
            model="ab"[number % 2],
            provider="p",
            usage=Usage(number, output_text=2),
            cost_nano_usd=10**6 if number % 2 else None,
            status="error" if number == 3 else "ok",
            ttft_ms=float(number) if number > 1 else None,
        )
        for number in range(1, 61)
    ]
    store.write_batch([*batch, span(99, kind="agent", usage=Usage(1000))])
    query = SeriesQuery(
        from_ns=NOW - 100 * day,
        to_ns=NOW,
        bucket_s=365 * 86400,
        metrics=("requests", "errors", "input_tokens", "output_tokens", "cost_usd",
                 "latency_p50_ms", "latency_p99_ms", "ttft_p95_ms"),
        group_by="model",
    )  # fmt: skip
    found = {
        (line.metric, line.group): sum(value for _, value in line.points)
        for line in store.series(query)
    }
    assert found["requests", "a"] == found["requests", "b"] == 30
    assert (found["errors", "a"], found["errors", "b"]) == (0, 1)
    assert found["input_tokens", "a"] + found["input_tokens", "b"] == sum(range(61))
    assert found["cost_usd", "b"] == pytest.approx(0.03)
    assert found["cost_usd", "a"] == 0
    assert found["latency_p50_ms", "a"] == pytest.approx(300, rel=0.01)
    assert found["latency_p99_ms", "b"] == pytest.approx(590, rel=0.01)
    assert found["ttft_p95_ms", "a"] == pytest.approx(58, rel=0.01)


def test_series_by_the_minute_reach_back_before_the_kept_minutes(store: SpanStore) -> None:
    old = NOW - 60 * 86400 * S
    store.write_batch([span(1), span(2, start_ns=old, end_ns=old + S)])
    query = SeriesQuery(from_ns=old - 3600 * S, to_ns=NOW + S, bucket_s=60, metrics=("requests",))
    (line,) = store.series(query)
    minutes = [start_ns // (60 * S) * 60 * S for start_ns in (old, span(1).start_ns)]
    assert [start_ns for start_ns, _ in line.points] == minutes
    recent = SeriesQuery(from_ns=NOW - 7200 * S, to_ns=NOW, bucket_s=60, metrics=("requests",))
    assert store.series(recent)[0].points == line.points[1:]


def test_series_of_an_odd_bucket_is_refused(store: SpanStore) -> None:
    for bucket_s in (0, -60, 61):
        with pytest.raises(BadRequest):
            store.series(SeriesQuery(from_ns=0, to_ns=NOW, bucket_s=bucket_s, metrics=()))


def test_facets_come_most_frequent_first(store: SpanStore) -> None:
    store.write_batch(
        [span(n, model="m" * (n % 3 + 1), provider="p", tags=("t",)) for n in range(8)]
    )
    store.write_batch([span(20, model="late", start_ns=NOW + S, end_ns=NOW + S)])
    facets = store.facets("default", from_ns=0, to_ns=NOW)
    assert facets.providers == ("p",)
    assert facets.tags == ("t",)
    assert set(facets.models[:2]) == {"m", "mm"}
    assert facets.models[2:] == ("mmm",)


def test_deleting_a_range_takes_everything_along(store: SpanStore) -> None:
    day = 86400 * S
    batch = [
        span(
            n,
            start_ns=NOW - n * day,
            end_ns=NOW - n * day,
            model="m",
            payload=Payload(input="word"),
        )
        for n in range(1, 100)
    ]
    crossing = [
        span(200, trace=777, start_ns=NOW - 20 * day, end_ns=NOW, model="old", cost_nano_usd=1),
        span(201, trace=777, start_ns=NOW - 2 * day, end_ns=NOW, model="new", cost_nano_usd=2,
             parent_span_id=f"{200:016x}"),
        span(5, project_id="other", start_ns=NOW - 50 * day, end_ns=NOW),
    ]  # fmt: skip
    store.write_batch(batch + crossing)
    settle(store)
    cut = NOW - 10 * day - S
    assert store.delete_range("default", to_ns=cut) == 90
    assert store.delete_range("default", to_ns=cut) == 0
    assert sorted(span_numbers(store)) == [*range(1, 11), 201]
    assert span_numbers(store, Filter(text="word")) == list(range(1, 11))
    row = store.trace("default", crossing[0].trace_id)
    assert row
    assert (row.span_count, row.models, row.cost_nano_usd) == (1, ("new",), 2)
    query = SeriesQuery(from_ns=NOW - 200 * day, to_ns=NOW, bucket_s=3600, metrics=("requests",))
    assert sum(value for _, value in store.series(query)[0].points) == 11
    assert span_numbers(store, Filter(project_id="other")) == [5]
    assert store.health().spans == 12
    assert store.write_batch(batch) == 89


def test_exports_more_than_a_page(store: SpanStore) -> None:
    store.write_batch([span(n, payload=Payload(output=f"o{n}")) for n in range(700)])
    exported = list(store.export(Filter(min_latency_ms=1.0)))
    assert [int(one.span_id, 16) for one in exported] == list(range(699, -1, -1))
    assert exported[5].payload.output == "o694"


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
