"""Whatever is written in whatever order: every answer equals the one worked out by brute force."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.naive_spans import distinct, points_of, spans_of, trace_row, traces_of
from tests.support.span_stores import DAY, NOW, OPENERS, S, settle
from vedette.clock import FakeClock
from vedette.model.chat import Message, TextPart
from vedette.model.query import Filter, Metric, Page, Position, SeriesQuery
from vedette.model.span import KINDS, Payload, Span
from vedette.model.usage import Usage
from vedette.ports.stores import SpanStore

TURN = 1_698_796_800 * S  # 2023-11-01T00:00:00Z
METRICS: tuple[Metric, ...] = (
    "requests", "errors", "input_tokens", "output_tokens", "cache_read_tokens", "cost_usd",
    "latency_p50_ms", "latency_p95_ms", "latency_p99_ms", "ttft_p50_ms", "ttft_p99_ms",
)  # fmt: skip
WORDS = ("alpha", "Beta", "gamma", "发票", "Größe", "فاتورة", "x-1")

names = st.sampled_from(["", "a", "b"])
texts = st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join)
starts = st.one_of(
    st.integers(-3, 3).map(lambda n: TURN + n * 40_000_000),
    st.integers(-40 * DAY, 40 * DAY).map(lambda n: TURN + n),
    st.integers(0, 7200 * S).map(lambda n: NOW - n),
)
sides = st.one_of(
    st.none(), texts, texts.map(lambda text: (Message("user", (TextPart(content=text),)),))
)


@st.composite
def some_span(draw: Callable[[st.SearchStrategy[Any]], Any]) -> Span:
    start_ns = draw(starts)
    return Span(
        trace_id=f"{draw(st.integers(1, 5)):032x}",
        span_id=f"{draw(st.integers(1, 12)):016x}",
        parent_span_id=draw(st.sampled_from(["", "00000000000000aa"])),
        project_id=draw(st.sampled_from(["default", "default", "other"])),
        name=draw(st.sampled_from(["", "alpha", "one two"])),
        kind=draw(st.sampled_from(KINDS)),
        start_ns=start_ns,
        end_ns=start_ns + draw(st.sampled_from([0, 999, 10**6, 250 * 10**6, 90 * S])),
        status=draw(st.sampled_from(["unset", "ok", "error"])),
        provider=draw(names),
        model=draw(names),
        usage=Usage(draw(st.integers(0, 9)), cache_read=3, output_text=draw(st.integers(0, 9))),
        cost_nano_usd=draw(st.sampled_from([None, 0, 1, 1000, 1023, 1024, 10**9])),
        ttft_ms=draw(st.sampled_from([None, 0.5, 20.0, 333.3])),
        session_id=draw(names),
        user_id=draw(names),
        tags=draw(st.sampled_from([(), ("a",), ("b", "a")])),
        payload=Payload(input=draw(sides), output=draw(sides)),
    )


filters = st.builds(
    Filter,
    from_ns=st.one_of(st.none(), st.none(), starts),
    to_ns=st.one_of(st.none(), st.none(), starts),
    model=names,
    provider=names,
    status=st.sampled_from(["", "", "", "unset", "ok", "error"]),
    kind=st.sampled_from(["", "", "", "llm", "tool"]),
    session_id=st.sampled_from(["", "", "a"]),
    user_id=st.sampled_from(["", "", "b"]),
    tag=st.sampled_from(["", "", "a", "b"]),
    trace_id=st.sampled_from(["", "", "", f"{1:032x}", f"{99:032x}"]),
    min_cost_nano_usd=st.sampled_from([None, None, None, 0, 1, 1000, 1024, 2000]),
    min_latency_ms=st.sampled_from([None, None, None, 0.0, 0.000999, 1.0, 249.9, 90_000.0]),
    text=st.one_of(st.just(""), st.just(""), st.sampled_from(WORDS), texts),
)
batches = st.lists(st.lists(some_span(), min_size=1, max_size=12), min_size=1, max_size=4)
law = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
each_store = pytest.mark.parametrize("name", sorted(OPENERS))


@contextmanager
def filled(name: str, written: Sequence[Sequence[Span]]) -> Iterator[tuple[SpanStore, list[Span]]]:
    """A store with the batches, some of them twice, and the spans that must be in it."""
    with tempfile.TemporaryDirectory() as folder:
        store = OPENERS[name](Path(folder), FakeClock(NOW))
        try:
            new = sum(store.write_batch(batch) for batch in written)
            assert store.write_batch(written[0]) == 0
            kept = distinct(span for batch in written for span in batch)
            assert new == len(kept)
            settle(store)
            yield store, kept
        finally:
            store.close()


def pages(ask: Callable[..., Page[Any]], filter: Filter, limit: int) -> list[Any]:
    rows: list[Any] = []
    after: Position | None = None
    while True:
        page = ask(filter, after=after, limit=limit)
        rows += page.items
        if page.next is None:
            return rows
        assert len(page.items) == limit
        after = page.next


def is_ambiguous(spans: Sequence[Span]) -> bool:
    """Two spans of different traces at the same place: pages cannot part them."""
    places = [(span.project_id, span.start_ns, span.span_id) for span in spans]
    return len(set(places)) < len(places)


@each_store
@law
@given(written=batches, asked=st.lists(filters, min_size=1, max_size=8), limit=st.integers(1, 5))
def test_lists_equal_brute_force(
    name: str, written: list[list[Span]], asked: list[Filter], limit: int
) -> None:
    with filled(name, written) as (store, kept):
        for filter in [Filter(), *asked]:
            assert pages(store.list_traces, filter, limit) == traces_of(kept, filter)
            expected = spans_of(kept, filter)
            size = 1000 if is_ambiguous(kept) else limit
            found = pages(store.list_spans, filter, size)
            assert sorted(map(repr, found)) == sorted(
                repr(span.__class__(**{**_fields(span), "payload": Payload()})) for span in expected
            )
            assert [s.start_ns for s in found] == [s.start_ns for s in expected]


def _fields(span: Span) -> dict[str, Any]:
    return {name: getattr(span, name) for name in span.__struct_fields__}


@each_store
@law
@given(written=batches, order=st.randoms(use_true_random=False))
def test_roll_ups_do_not_depend_on_order(name: str, written: list[list[Span]], order: Any) -> None:
    kept = distinct(span for batch in written for span in batch)
    order.shuffle(kept)
    with filled(name, [[span] for span in kept]) as (store, _):
        for span in kept:
            mine = [
                s for s in kept if (s.project_id, s.trace_id) == (span.project_id, span.trace_id)
            ]
            assert store.trace(span.project_id, span.trace_id) == trace_row(mine)
            assert store.span(span.project_id, span.trace_id, span.span_id) == span
        assert store.health().spans == len(kept)


queries = st.builds(
    lambda from_ns, length_ns, **rest: SeriesQuery(
        from_ns=from_ns, to_ns=from_ns + length_ns, metrics=METRICS, **rest
    ),
    from_ns=starts,
    length_ns=st.integers(0, 60 * DAY),
    bucket_s=st.sampled_from([60, 300, 3600, 5400, 86_400, 10 * 86_400]),
    group_by=st.sampled_from(["", "model", "provider"]),
    model=names,
    provider=names,
)


@each_store
@law
@given(written=batches, query=queries)
def test_series_equal_brute_force(name: str, written: list[list[Span]], query: SeriesQuery) -> None:
    with filled(name, written) as (store, kept):
        found: dict[tuple[str, str, int], float] = {
            (line.metric, line.group, start_ns // S): value
            for line in store.series(query)
            for start_ns, value in line.points
        }
        expected = points_of(kept, query)
        assert found.keys() == expected.keys()
        for key, value in expected.items():
            assert found[key] == pytest.approx(value, rel=0.01, abs=1e-3), key


@each_store
@law
@given(written=batches, to_ns=starts)
def test_deleting_leaves_what_was_never_written_would(
    name: str, written: list[list[Span]], to_ns: int
) -> None:
    with filled(name, written) as (store, kept):
        stay = [s for s in kept if s.project_id != "default" or s.start_ns >= to_ns]
        assert store.delete_range("default", to_ns=to_ns) == len(kept) - len(stay)
        for project in ("default", "other"):
            filter = Filter(project_id=project)
            assert pages(store.list_traces, filter, 100) == traces_of(stay, filter)
            assert [s.span_id for s in store.export(filter)] == [
                s.span_id for s in spans_of(stay, filter)
            ]
            query = SeriesQuery(
                project_id=project,
                from_ns=TURN - 60 * DAY,
                to_ns=NOW,
                bucket_s=3600,
                metrics=METRICS,
            )
            found = {
                (line.metric, "", start_ns // S)
                for line in store.series(query)
                for start_ns, _ in line.points
            }
            assert found == points_of(stay, query).keys()
        assert store.health().spans == len(stay)
