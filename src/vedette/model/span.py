"""The span: the one immutable row that every source ends as.

Shape and names follow OpenTelemetry and its GenAI conventions. Ids are lower-case hex, times
nanoseconds since the epoch, money integer nano-USD (shown with micro-dollar precision).
"""

from typing import Any, Final, Literal, Protocol, get_args

import msgspec

from vedette.model.chat import Message, ToolDefinition
from vedette.model.exchange import Attempt
from vedette.model.usage import Usage

Kind = Literal[
    "llm", "embedding", "tool", "agent", "chain", "retriever", "guard", "evaluator", "other"
]
KINDS: tuple[Kind, ...] = (
    "llm", "embedding", "tool", "agent", "chain", "retriever", "guard", "evaluator", "other",
)  # fmt: skip
StatusCode = Literal["unset", "ok", "error"]
CostSource = Literal["priced", "partial", "reported", "unknown", ""]
"""`partial`: something that was used beside tokens has no known price and is not in the cost."""
CaptureMode = Literal["full", "redacted", "hash", "none"]
CAPTURE_MODES: Final[tuple[CaptureMode, ...]] = get_args(CaptureMode)
"""Each keeps less than the one before."""


class SpanEvent(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """Something that happened at one moment of a span."""

    name: str
    time_ns: int
    attributes: dict[str, Any] = {}


class ToolCall(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A tool call the model asked for."""

    name: str
    arguments: Any = None
    id: str = ""


class Payload(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True, gc=False):
    """The heavy half of a span: loaded on demand, never touched by lists."""

    input: tuple[Message, ...] | str | None = None
    output: tuple[Message, ...] | str | None = None
    tools: tuple[ToolDefinition, ...] = ()
    attributes: dict[str, Any] = {}
    events: tuple[SpanEvent, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    raw_request: str = ""
    """The request body as it came (text), where capture is `full`."""
    raw_response: str = ""


class Span(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True, gc=False):
    """One finished span."""

    trace_id: str
    span_id: str
    parent_span_id: str = ""
    project_id: str = "default"
    name: str
    kind: Kind = "other"
    start_ns: int
    end_ns: int
    status: StatusCode = "unset"
    status_message: str = ""
    provider: str = ""
    model: str = ""
    response_model: str = ""
    route: str = ""
    usage: Usage = Usage()
    cost_nano_usd: int | None = None
    cost_source: CostSource = ""
    price_version: str = ""
    ttft_ms: float | None = None
    session_id: str = ""
    user_id: str = ""
    tags: tuple[str, ...] = ()
    finish_reason: str = ""
    tool_calls: tuple[ToolCall, ...] = ()
    capture: CaptureMode = "full"
    environment: str = ""
    release: str = ""
    payload: Payload = Payload()

    @property
    def duration_ms(self) -> float:
        return (self.end_ns - self.start_ns) / 1e6


class SpanFacts(Protocol):
    """A span to look at, field by field: a `Span`, or what a store has of one without making it."""

    @property
    def trace_id(self) -> str: ...
    @property
    def span_id(self) -> str: ...
    @property
    def parent_span_id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> Kind: ...
    @property
    def start_ns(self) -> int: ...
    @property
    def end_ns(self) -> int: ...
    @property
    def duration_ms(self) -> float: ...
    @property
    def status(self) -> StatusCode: ...
    @property
    def status_message(self) -> str: ...
    @property
    def provider(self) -> str: ...
    @property
    def model(self) -> str: ...
    @property
    def response_model(self) -> str: ...
    @property
    def route(self) -> str: ...
    @property
    def usage(self) -> Usage: ...
    @property
    def cost_nano_usd(self) -> int | None: ...
    @property
    def cost_source(self) -> CostSource: ...
    @property
    def ttft_ms(self) -> float | None: ...
    @property
    def session_id(self) -> str: ...
    @property
    def user_id(self) -> str: ...
    @property
    def tags(self) -> tuple[str, ...]: ...
    @property
    def finish_reason(self) -> str: ...
    @property
    def tool_calls(self) -> tuple[ToolCall, ...]: ...
    @property
    def environment(self) -> str: ...
    @property
    def release(self) -> str: ...
    @property
    def payload(self) -> Payload: ...
