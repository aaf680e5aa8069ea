"""What every span store must find, add up, forget and export."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.span_stores import MS, NOW, OPENERS, S, settle, span, span_numbers, trace_numbers
from vedette.clock import FakeClock
from vedette.errors import BadRequest
from vedette.model.chat import Message, TextPart
from vedette.model.query import Filter, SeriesQuery
from vedette.model.span import Payload
from vedette.model.usage import Usage
from vedette.ports.stores import SpanStore

EVERYTHING = Filter()


@pytest.fixture(params=sorted(OPENERS))
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SpanStore]:
    opened = OPENERS[request.param](tmp_path, FakeClock(NOW))
    yield opened
    opened.close()


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


def test_wild_numbers_are_answered_or_refused(store: SpanStore) -> None:
    store.write_batch([span(1, cost_nano_usd=1)])
    for filter in (
        Filter(min_cost_nano_usd=10**30),
        Filter(min_latency_ms=float("inf")),
        Filter(from_ns=10**30),
        Filter(to_ns=-(10**30)),
    ):
        with contextlib.suppress(BadRequest):
            assert span_numbers(store, filter) == []
        with contextlib.suppress(BadRequest):
            assert trace_numbers(store, filter) == []
    wide = Filter(min_cost_nano_usd=-(10**15), min_latency_ms=-1.0, from_ns=-5, to_ns=10**30)
    assert span_numbers(store, wide) == trace_numbers(store, wide) == [1]
    query = SeriesQuery(from_ns=-1, to_ns=10**30, bucket_s=10**9 * 60, metrics=("requests",))
    assert sum(value for _, value in store.series(query)[0].points) == 1
    assert store.list_traces(Filter(), after=None, limit=-3).items == ()
    assert store.delete_range("default", to_ns=-(10**30)) == 0
    assert store.delete_range("default", to_ns=10**30) == 1


def test_a_value_that_is_no_text_is_refused_or_unknown(store: SpanStore) -> None:
    store.write_batch([span(1)])
    with contextlib.suppress(BadRequest):
        assert span_numbers(store, Filter(model="\ud800")) == []


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
