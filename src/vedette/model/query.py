"""What can be asked of a span store, and what comes back."""

from collections.abc import Sequence
from typing import Generic, Literal, TypeVar

import msgspec

from vedette.model.expression import Expression
from vedette.model.span import Kind, SpanFacts, StatusCode
from vedette.model.usage import Usage

Row = TypeVar("Row")


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """Conditions on traces or spans, all of which must hold. Empty means no condition.

    `project_id` bounds every query. A trace matches when one of its spans does; `min_cost` and
    `min_latency` look at the trace as a whole for traces, at the span for spans.
    `text` is a phrase searched in inputs and outputs.
    """

    project_id: str = "default"
    from_ns: int | None = None
    """Inclusive, on the start time."""
    to_ns: int | None = None
    """Exclusive."""
    model: str = ""
    provider: str = ""
    status: StatusCode | Literal[""] = ""
    kind: Kind | Literal[""] = ""
    session_id: str = ""
    user_id: str = ""
    tag: str = ""
    trace_id: str = ""
    min_cost_nano_usd: int | None = None
    min_latency_ms: float | None = None
    text: str = ""
    where: Expression | None = None
    """What one span must hold besides; of a list of traces, one of its spans."""


class Position(msgspec.Struct, frozen=True, array_like=True):
    """Where a page ended: the keyset of its last row."""

    start_ns: int
    id: str


class TraceRow(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A trace as lists show it."""

    trace_id: str
    name: str
    start_ns: int
    end_ns: int
    status: StatusCode
    span_count: int
    models: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()
    session_id: str = ""
    user_id: str = ""
    tags: tuple[str, ...] = ()
    usage: Usage = Usage()
    cost_nano_usd: int | None = None
    """None where no span of the trace could be priced."""
    ttft_ms: float | None = None


class Page(msgspec.Struct, Generic[Row], frozen=True):
    """Rows newest first, and where the next page starts (None at the end)."""

    items: tuple[Row, ...]
    next: Position | None = None


Metric = Literal[
    "requests",
    "errors",
    "input_tokens",
    "output_tokens",
    "cache_read_tokens",
    "cost_usd",
    "latency_p50_ms",
    "latency_p95_ms",
    "latency_p99_ms",
    "ttft_p50_ms",
    "ttft_p95_ms",
    "ttft_p99_ms",
]
Dimension = Literal["", "model", "provider"]


class SeriesQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Metrics of model calls (kinds `llm` and `embedding`) over time, cut in buckets.

    `bucket_s` is a multiple of 60. Percentiles come from log buckets, error <= 1 %.
    A range is widened to whole buckets, or, with `whole`, to whole minutes or hours.
    """

    project_id: str = "default"
    from_ns: int
    to_ns: int
    bucket_s: int
    metrics: tuple[Metric, ...]
    group_by: Dimension = ""
    model: str = ""
    provider: str = ""
    whole: bool = False
    """The range as one single bucket that starts with it; `bucket_s` is not looked at."""


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a chart: `points` are (bucket start in ns, value); empty buckets are left out."""

    metric: Metric
    group: str = ""
    points: tuple[tuple[int, float], ...] = ()


class Facets(msgspec.Struct, frozen=True, kw_only=True):
    """Values seen in a time range, most frequent first, for filter menus."""

    models: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """The newest spans that match, to be counted: without payload."""

    spans: Sequence[SpanFacts]
    """About newest first."""
    complete: bool
    """False where only the newest were looked at."""


class StoreCapabilities(msgspec.Struct, frozen=True, kw_only=True):
    """What a store can answer. The zero value is the least able store."""

    text_search: bool = False
    percentiles: bool = False
    shared: bool = False
    """True where several processes may write at once."""
    durable: bool = False
    """True where an acknowledged write survives the death of the process."""


class StoreHealth(msgspec.Struct, frozen=True, kw_only=True):
    """How a store is, for the health page and the logs."""

    ok: bool
    message: str = ""
    spans: int = 0
    bytes: int = 0
