"""Payloads along with lists, up to a size: the rest is loaded on demand.

Memory and answer size stay bounded however big single payloads are: a trace shows the spans
beyond the budget without payload, a list of spans ends its page early.
"""

from collections.abc import Iterator, Sequence

import msgspec

from vedette.model.query import Position
from vedette.model.span import Span
from vedette.ports.stores import SpanStore
from vedette.query.cursors import encode_cursor
from vedette.query.filters import PageQuery
from vedette.query.shapes import SpanPage, SpanShape, TraceDetail
from vedette.query.traces import span_shape, trace_detail, trace_shapes

BUDGET_BYTES = 8_000_000
MAX_SPANS = 10_000

_AT_ONCE = 64
"""Traces up to this many spans are loaded by one query."""


def trace_with_payloads(
    store: SpanStore, project_id: str, trace_id: str, *, payload: bool
) -> TraceDetail | None:
    """A trace with its spans, oldest first, with payloads while the budget lasts."""
    row = store.trace(project_id, trace_id)
    if row is None:
        return None
    (shape,) = trace_shapes(store, project_id, (row,))
    at_once = payload and row.span_count <= _AT_ONCE
    spans = store.trace_spans(project_id, trace_id, payload=at_once, limit=MAX_SPANS)
    if not payload:
        return trace_detail(shape, row, tuple(span_shape(span, payload=False) for span in spans))
    full: Iterator[Span] = iter(spans) if at_once else _with_payload(store, spans)
    return trace_detail(shape, row, _within_budget(spans, full))


def span_page(store: SpanStore, query: PageQuery, *, payload: bool) -> SpanPage:
    """A page of spans; it ends early when the payloads of its spans exceed the budget."""
    page = store.list_spans(query.filter, after=query.after, limit=query.limit)
    if not payload:
        bare = tuple(span_shape(span, payload=False) for span in page.items)
        return SpanPage(bare, encode_cursor(page.next))
    shapes: list[SpanShape] = []
    used = 0
    for span in _with_payload(store, page.items):
        shapes.append(span_shape(span, payload=True))
        used += _size_bytes(span)
        if used > BUDGET_BYTES and len(shapes) < len(page.items):
            return SpanPage(tuple(shapes), encode_cursor(Position(span.start_ns, span.span_id)))
    return SpanPage(tuple(shapes), encode_cursor(page.next))


def _within_budget(bare: Sequence[Span], full: Iterator[Span]) -> tuple[SpanShape, ...]:
    shapes: list[SpanShape] = []
    left = BUDGET_BYTES
    for span in bare:
        if left > 0:
            loaded = next(full)
            left -= _size_bytes(loaded)
            shapes.append(span_shape(loaded, payload=True))
        else:
            shapes.append(span_shape(span, payload=False))
    return tuple(shapes)


def _with_payload(store: SpanStore, spans: Sequence[Span]) -> Iterator[Span]:
    """Each span loaded whole; one that retention took meanwhile stays without payload."""
    for span in spans:
        yield store.span(span.project_id, span.trace_id, span.span_id) or span


def _size_bytes(span: Span) -> int:
    shown = msgspec.structs.replace(span.payload, raw_request="", raw_response="")
    return len(msgspec.json.encode(shown))
