"""Spans as they stand in their rows, for those who count or judge many of them.

A `BriefSpan` has the fields of a `Span` (`model.span.SpanFacts`), each made when it is asked for:
that is a quarter of the work of making the whole.
"""

import msgspec

from vedette.model.span import KINDS, CostSource, Kind, Payload, StatusCode, ToolCall
from vedette.model.usage import Usage
from vedette.stores.spans.sqlite.codec import (
    COST_SOURCES,
    STATUSES,
    Head,
    SpanKey,
    usage_of,
)

_NO_PAYLOAD = Payload()


class BriefSpan(msgspec.Struct, gc=False):
    """A key and a head, read as a span without payload. In no cycle, so nothing to collect."""

    project: str
    trace: bytes
    span: bytes
    start_ns: int
    head: Head

    @property
    def key(self) -> SpanKey:
        return SpanKey(self.project, self.trace, self.span, self.start_ns)

    @property
    def trace_id(self) -> str:
        return self.trace.hex()

    @property
    def span_id(self) -> str:
        return self.span.hex()

    @property
    def parent_span_id(self) -> str:
        return self.head.parent.hex()

    @property
    def name(self) -> str:
        return self.head.name

    @property
    def kind(self) -> Kind:
        return KINDS[self.head.kind]

    @property
    def end_ns(self) -> int:
        return self.start_ns + self.head.duration_ns

    @property
    def duration_ms(self) -> float:
        return self.head.duration_ns / 1e6

    @property
    def status(self) -> StatusCode:
        return STATUSES[self.head.status]

    @property
    def status_message(self) -> str:
        return self.head.status_message

    @property
    def provider(self) -> str:
        return self.head.provider

    @property
    def model(self) -> str:
        return self.head.model

    @property
    def response_model(self) -> str:
        return self.head.response_model

    @property
    def route(self) -> str:
        return self.head.route

    @property
    def usage(self) -> Usage:
        return usage_of(self.head.usage)

    @property
    def cost_nano_usd(self) -> int | None:
        return self.head.cost

    @property
    def cost_source(self) -> CostSource:
        return COST_SOURCES[self.head.cost_source]

    @property
    def ttft_ms(self) -> float | None:
        return self.head.ttft_ms

    @property
    def session_id(self) -> str:
        return self.head.session_id

    @property
    def user_id(self) -> str:
        return self.head.user_id

    @property
    def tags(self) -> tuple[str, ...]:
        return self.head.tags

    @property
    def finish_reason(self) -> str:
        return self.head.finish_reason

    @property
    def tool_calls(self) -> tuple[ToolCall, ...]:
        return self.head.tool_calls

    @property
    def environment(self) -> str:
        return self.head.environment

    @property
    def release(self) -> str:
        return self.head.release

    @property
    def payload(self) -> Payload:
        return _NO_PAYLOAD
