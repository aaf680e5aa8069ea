"""Traces and spans in the shapes of the API."""

from collections.abc import Sequence

from vedette.model.notes import NO_NOTES, TraceNotes
from vedette.model.query import TraceRow
from vedette.model.span import Payload, Span
from vedette.model.usage import Usage
from vedette.ports.stores import SpanStore
from vedette.query.money import format_usd
from vedette.query.shapes import (
    AttemptShape,
    EventShape,
    SpanShape,
    StatusShape,
    ToolCallShape,
    TraceDetail,
    TraceShape,
    UsageShape,
)
from vedette.query.times import format_time

_NO_PAYLOAD = Payload()


def trace_shape(row: TraceRow, notes: TraceNotes = NO_NOTES) -> TraceShape:
    """A trace as lists show it, with what was said of it later."""
    return TraceShape(
        trace_id=row.trace_id,
        name=row.name,
        start_time=format_time(row.start_ns),
        end_time=format_time(row.end_ns),
        duration_ms=_duration_ms(row.start_ns, row.end_ns),
        status=row.status,
        span_count=row.span_count,
        models=row.models,
        providers=row.providers,
        session_id=row.session_id or None,
        user_id=row.user_id or None,
        tags=tuple(dict.fromkeys((*row.tags, *notes.tags))),
        usage=usage_shape(row.usage),
        cost_usd=format_usd(row.cost_nano_usd),
        ttft_ms=row.ttft_ms,
        bookmarked=notes.bookmarked,
        scores={score.name: score.value for score in notes.scores},
    )


def trace_shapes(store: SpanStore, project_id: str, rows: Sequence[TraceRow]) -> list[TraceShape]:
    """The rows with their notes."""
    sessions = {row.trace_id: row.session_id for row in rows if row.session_id}
    notes = store.notes.of_traces(project_id, (row.trace_id for row in rows), sessions)
    return [trace_shape(row, notes.get(row.trace_id, NO_NOTES)) for row in rows]


def trace_detail(shape: TraceShape, row: TraceRow, spans: tuple[SpanShape, ...]) -> TraceDetail:
    """A trace with its spans, which are oldest first."""
    fields = {name: getattr(shape, name) for name in shape.__struct_fields__}
    return TraceDetail(**fields, spans=spans, spans_truncated=len(spans) < row.span_count)


def usage_shape(usage: Usage) -> UsageShape:
    # Most spans of a trace are no calls of a model.
    return _NOTHING_USED if usage == _NO_USAGE else _usage_shape(usage)


def _usage_shape(usage: Usage) -> UsageShape:
    return UsageShape(
        input_uncached=usage.input_uncached,
        cache_read=usage.cache_read,
        cache_write=usage.cache_write,
        cache_write_1h=usage.cache_write_1h,
        audio_input=usage.audio_input,
        image_input=usage.image_input,
        output_text=usage.output_text,
        reasoning=usage.reasoning,
        audio_output=usage.audio_output,
        image_output=usage.image_output,
        cache_read_audio=usage.cache_read_audio,
        cache_read_image=usage.cache_read_image,
        web_searches=usage.web_searches,
        file_searches=usage.file_searches,
        input_total=usage.input_total,
        output_total=usage.output_total,
        estimated=usage.estimated,
    )


_NO_USAGE = Usage()
_NOTHING_USED = _usage_shape(_NO_USAGE)


def span_shape(span: Span, *, payload: bool, raw: bool = False) -> SpanShape:
    """A span; `payload` says whether its payload was loaded, `raw` adds the bodies as they came."""
    heavy = span.payload if payload else _NO_PAYLOAD
    return SpanShape(
        trace_id=span.trace_id,
        span_id=span.span_id,
        parent_span_id=span.parent_span_id or None,
        name=span.name,
        kind=span.kind,
        start_time=format_time(span.start_ns),
        end_time=format_time(span.end_ns),
        duration_ms=_duration_ms(span.start_ns, span.end_ns),
        status=StatusShape(span.status, span.status_message),
        provider=span.provider or None,
        model=span.model or None,
        response_model=span.response_model or None,
        route=span.route or None,
        usage=usage_shape(span.usage),
        cost_usd=format_usd(span.cost_nano_usd),
        cost_source=span.cost_source or "unknown",
        price_version=span.price_version or None,
        ttft_ms=span.ttft_ms,
        session_id=span.session_id or None,
        user_id=span.user_id or None,
        tags=span.tags,
        environment=span.environment or None,
        release=span.release or None,
        finish_reason=span.finish_reason or None,
        tool_calls=tuple(
            ToolCallShape(id=call.id or None, name=call.name, arguments=call.arguments)
            for call in span.tool_calls
        ),
        capture=span.capture,
        payload_included=payload,
        input=heavy.input,
        output=heavy.output,
        tools=heavy.tools,
        attributes=heavy.attributes,
        events=_events(heavy) if heavy.events else (),
        attempts=_attempts(heavy) if heavy.attempts else (),
        raw_request=(heavy.raw_request or None) if raw else None,
        raw_response=(heavy.raw_response or None) if raw else None,
    )


def _events(payload: Payload) -> tuple[EventShape, ...]:
    return tuple(
        EventShape(name=event.name, time=format_time(event.time_ns), attributes=event.attributes)
        for event in payload.events
    )


def _attempts(payload: Payload) -> tuple[AttemptShape, ...]:
    return tuple(
        AttemptShape(
            provider=attempt.provider,
            model=attempt.model,
            start_time=format_time(attempt.start_ns),
            duration_ms=attempt.duration_ms,
            status=attempt.status or None,
            error=attempt.error or None,
            first_byte_ms=attempt.first_byte_ms,
            provider_request_id=attempt.provider_request_id or None,
        )
        for attempt in payload.attempts
    )


def _duration_ms(start_ns: int, end_ns: int) -> float:
    """Microseconds matter, more digits only fill the wire."""
    return round((end_ns - start_ns) / 1e6, 3)
