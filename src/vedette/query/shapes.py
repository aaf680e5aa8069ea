"""What the API answers: the JSON shapes, documented from these very types.

Every field is always there; what is unknown or does not apply is null. Times are RFC 3339 in
UTC, money decimal strings in USD, ids lower-case hex.
"""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from vedette.model.chat import Message, ToolDefinition
from vedette.model.query import Metric
from vedette.model.span import CaptureMode, Kind, StatusCode

Time = Annotated[str, Meta(description="RFC 3339, UTC, microseconds.")]
Money = Annotated[str, Meta(description="Decimal USD with six decimals, such as 0.001250.")]
TraceId = Annotated[str, Meta(pattern="^[0-9a-f]{32}$")]
SpanId = Annotated[str, Meta(pattern="^[0-9a-f]{16}$")]


class UsageShape(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Tokens in disjoint buckets and their sums, and the searches that the provider ran."""

    input_uncached: int
    cache_read: int
    cache_write: int
    cache_write_1h: int
    audio_input: int
    image_input: int
    output_text: int
    reasoning: int
    audio_output: int
    image_output: int
    cache_read_audio: int
    cache_read_image: int
    web_searches: int
    file_searches: int
    input_total: int
    output_total: int
    estimated: Annotated[bool, Meta(description="Counted by us; the provider gave no figures.")]


class TraceShape(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A trace as lists show it."""

    trace_id: TraceId
    name: str
    start_time: Time
    end_time: Time
    duration_ms: float
    status: StatusCode
    span_count: int
    models: tuple[str, ...]
    providers: tuple[str, ...]
    session_id: str | None
    user_id: str | None
    tags: tuple[str, ...]
    usage: UsageShape
    cost_usd: Money | None
    ttft_ms: float | None
    bookmarked: bool
    scores: Annotated[dict[str, float | bool | str], Meta(description="Latest score of each name.")]


class StatusShape(msgspec.Struct, frozen=True, gc=False):
    """How a span ended; the message is for people and may be empty."""

    code: StatusCode
    message: str


class ToolCallShape(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A tool call the model asked for; `arguments` as decoded JSON, text where it was invalid."""

    id: str | None
    name: str
    arguments: Any


class EventShape(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Something that happened at one moment of a span."""

    name: str
    time: Time
    attributes: dict[str, Any]


class AttemptShape(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One try against one provider."""

    provider: str
    model: str
    start_time: Time
    duration_ms: float
    status: Annotated[int | None, Meta(description="HTTP status; null where no head arrived.")]
    error: Annotated[str | None, Meta(description="Stable code; null for success.")]
    first_byte_ms: float | None
    provider_request_id: str | None


class SpanShape(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A span.

    `input`, `output`, `tools`, `attributes`, `events` and `attempts` are its payload: without it
    (`payload_included` false) they are null or empty. `raw_request` and `raw_response` come with
    `GET /traces/{trace_id}/spans/{span_id}` only.
    """

    trace_id: TraceId
    span_id: SpanId
    parent_span_id: SpanId | None
    name: str
    kind: Kind
    start_time: Time
    end_time: Time
    duration_ms: float
    status: StatusShape
    provider: str | None
    model: str | None
    response_model: str | None
    route: str | None
    usage: UsageShape
    cost_usd: Money | None
    cost_source: Literal["priced", "partial", "reported", "unknown"]
    price_version: str | None
    ttft_ms: float | None
    session_id: str | None
    user_id: str | None
    tags: tuple[str, ...]
    environment: str | None
    release: str | None
    finish_reason: str | None
    tool_calls: tuple[ToolCallShape, ...]
    capture: CaptureMode
    payload_included: bool
    input: tuple[Message, ...] | str | None
    output: tuple[Message, ...] | str | None
    tools: tuple[ToolDefinition, ...]
    attributes: dict[str, Any]
    events: tuple[EventShape, ...]
    attempts: tuple[AttemptShape, ...]
    raw_request: str | None
    raw_response: str | None


class TraceDetail(TraceShape, frozen=True, kw_only=True):
    """A trace with its spans, oldest first; the tree follows from `parent_span_id`."""

    spans: tuple[SpanShape, ...]
    spans_truncated: Annotated[bool, Meta(description="True when it has more spans than shown.")]


class TracePage(msgspec.Struct, frozen=True):
    """Traces, newest first."""

    items: tuple[TraceShape, ...]
    next_cursor: str | None


class SpanPage(msgspec.Struct, frozen=True):
    """Spans, newest first; fewer than `limit` when the payloads are big."""

    items: tuple[SpanShape, ...]
    next_cursor: str | None


class FacetsShape(msgspec.Struct, frozen=True, kw_only=True):
    """Values seen in a time range, most frequent first, at most 100 each."""

    models: tuple[str, ...]
    providers: tuple[str, ...]
    tags: tuple[str, ...]


Unit = Literal["count", "tokens", "usd", "ms"]


class FilterField(msgspec.Struct, frozen=True, kw_only=True):
    """A field that filters can name."""

    name: str
    kind: Annotated[str, Meta(description="How its values are written.")]
    help: str
    choices: Annotated[tuple[str, ...], Meta(description="Its only values; empty: any.")]
    keyed: Annotated[bool, Meta(description="Whether a key follows, as in `attributes.plan`.")]


class FilterFields(msgspec.Struct, frozen=True):
    """The fields of the filter grammar."""

    items: tuple[FilterField, ...]


class SeriesShape(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a chart; buckets without calls are left out."""

    metric: Metric
    group: Annotated[str | None, Meta(description="Model or provider; null without group_by.")]
    unit: Unit
    points: Annotated[
        tuple[tuple[Time, float], ...], Meta(description="Start of the bucket and its value.")
    ]


class SeriesAnswer(msgspec.Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """Metrics of model calls over time."""

    bucket_s: int
    from_: Time
    to: Time
    series: tuple[SeriesShape, ...]


class TotalsShape(msgspec.Struct, frozen=True, kw_only=True):
    """Model calls of one time range as a whole; percentiles are null when there were none."""

    requests: int
    errors: int
    error_rate: Annotated[float | None, Meta(description="0 to 1; null without requests.")]
    input_tokens: int
    output_tokens: int
    cache_read_tokens: int
    cost_usd: Annotated[
        str | None, Meta(description="Decimal USD; null when no call could be priced.")
    ]
    latency_p50_ms: float | None
    latency_p95_ms: float | None
    latency_p99_ms: float | None
    ttft_p50_ms: float | None
    ttft_p95_ms: float | None
    ttft_p99_ms: float | None


class SummaryAnswer(msgspec.Struct, frozen=True, kw_only=True, rename={"from_": "from"}):
    """Totals of a range and of the equally long range before it."""

    from_: Time
    to: Time
    current: TotalsShape
    previous_from: Time
    previous: TotalsShape
