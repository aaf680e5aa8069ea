"""Spans of made-up traces, in milliseconds."""

from typing import Any

from vedette.model.span import Span

_BEGIN_NS = 1_700_000_000_000_000_000


def node(id: str, parent: str, begin_ms: int, end_ms: int, **changes: Any) -> Span:
    """A span of a trace; half a dollar unless it says otherwise."""
    fields = {"name": "", "kind": "llm", "cost_nano_usd": 500_000_000, **changes}
    return Span(
        trace_id="1" * 32, span_id=id, parent_span_id=parent,
        start_ns=_BEGIN_NS + begin_ms * 10**6, end_ns=_BEGIN_NS + end_ms * 10**6, **fields,
    )  # fmt: skip
