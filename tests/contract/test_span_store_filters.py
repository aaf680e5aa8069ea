"""Whatever is asked in the grammar: every store answers what brute force finds."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.contract.test_span_store_laws import some_span
from tests.support.filters_drawn import KEYS, expressions, holds
from tests.support.naive_spans import distinct, trace_row
from tests.support.span_stores import NOW, OPENERS, settle
from vedette.clock import FakeClock
from vedette.model.expression import Expression
from vedette.model.query import Filter, Position
from vedette.model.span import Span, SpanEvent, ToolCall
from vedette.ports.stores import SpanStore


@st.composite
def rich_span(draw: st.DrawFn) -> Span:
    span = draw(some_span())
    values = st.one_of(
        st.sampled_from(["a", "alpha", "503"]), st.integers(0, 600), st.booleans(),
        st.just(["a", 3]), st.just({"deep": 1}),
    )  # fmt: skip
    attributes = draw(st.dictionaries(st.sampled_from(KEYS), values, max_size=2))
    return replace(
        span,
        environment=draw(st.sampled_from(["", "a", "alpha"])),
        release=draw(st.sampled_from(["", "b"])),
        tool_calls=draw(st.sampled_from([(), (ToolCall("a"),)])),
        payload=replace(
            span.payload,
            attributes=attributes,
            events=draw(st.sampled_from([(), (SpanEvent("alpha", 1),)])),
        ),
    )


@pytest.mark.parametrize("name", sorted(OPENERS))
@given(spans=st.lists(rich_span(), max_size=14), where=expressions)
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_store_answers_what_the_filter_means(
    name: str, spans: list[Span], where: Expression
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = OPENERS[name](Path(folder), FakeClock(NOW))
        try:
            store.write_batch(spans)
            settle(store)
            mine = [span for span in distinct(spans) if span.project_id == "default"]
            traces: dict[str, list[Span]] = {}
            for span in mine:
                traces.setdefault(span.trace_id, []).append(span)
            wanted = [span for span in mine if holds(where, span, traces[span.trace_id])]
            found = spans_found(store, where)
            assert sorted(found) == sorted((span.start_ns, span.span_id) for span in wanted)
            rows = [trace_row(traces[id]) for id in {span.trace_id for span in wanted}]
            assert sorted(traces_found(store, where)) == sorted(
                (row.start_ns, row.trace_id) for row in rows
            )
        finally:
            store.close()


def spans_found(store: SpanStore, where: Expression) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    after: Position | None = None
    while True:
        page = store.list_spans(Filter(where=where), after=after, limit=50)
        found += [(span.start_ns, span.span_id) for span in page.items]
        after = page.next
        if after is None:
            return found


def traces_found(store: SpanStore, where: Expression) -> list[tuple[int, str]]:
    page = store.list_traces(Filter(where=where), after=None, limit=50)
    assert page.next is None
    return [(row.start_ns, row.trace_id) for row in page.items]
