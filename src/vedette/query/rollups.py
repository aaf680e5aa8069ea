"""What the traces that match add up to."""

from typing import Annotated

import msgspec
from msgspec import Meta

from vedette.model.query import Filter
from vedette.ports.stores import SpanStore
from vedette.query.breakdown import quantile
from vedette.query.money import format_usd
from vedette.query.shapes import Money
from vedette.query.walking import Walk

MOST_TRACES = 20_000


class TraceTotals(msgspec.Struct, frozen=True, kw_only=True):
    """Sums and quantiles over traces."""

    traces: int
    errors: int
    spans: int
    input_tokens: int
    output_tokens: int
    cost_usd: Money | None
    sessions: int
    users: int
    duration_p50_ms: float | None
    duration_p95_ms: float | None
    duration_p99_ms: float | None
    complete: Annotated[
        bool, Meta(description=f"False where only the latest {MOST_TRACES} traces are in it.")
    ]


def trace_totals(store: SpanStore, filter: Filter) -> TraceTotals:
    """The roll-up of the traces that match."""
    walk = Walk(store, filter, most=MOST_TRACES)
    rows = list(walk.traces())
    costs = [row.cost_nano_usd for row in rows if row.cost_nano_usd is not None]
    durations = [(row.end_ns - row.start_ns) / 1e6 for row in rows]
    return TraceTotals(
        traces=len(rows),
        errors=sum(row.status == "error" for row in rows),
        spans=sum(row.span_count for row in rows),
        input_tokens=sum(row.usage.input_total for row in rows),
        output_tokens=sum(row.usage.output_total for row in rows),
        cost_usd=format_usd(sum(costs) if costs else None),
        sessions=len({row.session_id for row in rows if row.session_id}),
        users=len({row.user_id for row in rows if row.user_id}),
        duration_p50_ms=quantile(durations, 0.5),
        duration_p95_ms=quantile(durations, 0.95),
        duration_p99_ms=quantile(durations, 0.99),
        complete=walk.is_complete,
    )
