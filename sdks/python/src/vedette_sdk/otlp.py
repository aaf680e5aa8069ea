"""Spans and scores as OTLP over HTTP, in its JSON."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.trace import StatusCode, format_span_id, format_trace_id

_STATUS = {StatusCode.UNSET: 0, StatusCode.OK: 1, StatusCode.ERROR: 2}
_encoder = msgspec.json.Encoder()


def encode_spans(spans: Iterable[ReadableSpan], resource: Resource) -> bytes:
    """The body of a request to `/v1/traces`."""
    scopes: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for span in spans:
        scope = span.instrumentation_scope
        key = (scope.name, scope.version or "") if scope else ("", "")
        scopes.setdefault(key, []).append(_span(span))
    return _body("resourceSpans", "scopeSpans", "spans", resource, scopes)


def encode_events(records: Sequence[dict[str, Any]], resource: Resource, scope: str) -> bytes:
    """The body of a request to `/v1/logs`; records as `event` makes them."""
    return _body("resourceLogs", "scopeLogs", "logRecords", resource, {(scope, ""): [*records]})


def event(
    name: str, attributes: Mapping[str, Any], *, time_ns: int, trace_id: str, span_id: str
) -> dict[str, Any]:
    """A log record that is an event of a span."""
    return {
        "timeUnixNano": str(time_ns), "observedTimeUnixNano": str(time_ns), "eventName": name,
        "severityNumber": 9, "attributes": _attributes(attributes), "traceId": trace_id,
        "spanId": span_id,
    }  # fmt: skip


def _body(
    outer: str, inner: str, items: str, resource: Resource,
    scopes: Mapping[tuple[str, str], list[dict[str, Any]]],
) -> bytes:  # fmt: skip
    grouped = [
        {"scope": {"name": name, "version": version}, items: found}
        for (name, version), found in scopes.items()
    ]
    said = {"resource": {"attributes": _attributes(resource.attributes)}, inner: grouped}
    return _encoder.encode({outer: [said]})


def _span(span: ReadableSpan) -> dict[str, Any]:
    context = span.get_span_context()
    found: dict[str, Any] = {
        "traceId": format_trace_id(context.trace_id) if context else "",
        "spanId": format_span_id(context.span_id) if context else "",
        "name": span.name,
        "kind": span.kind.value + 1,
        "startTimeUnixNano": str(span.start_time or 0),
        "endTimeUnixNano": str(span.end_time or 0),
        "attributes": _attributes(span.attributes or {}),
        "status": {"code": _STATUS[span.status.status_code]},
    }
    if span.parent is not None:
        found["parentSpanId"] = format_span_id(span.parent.span_id)
    if span.status.description:
        found["status"]["message"] = span.status.description
    if span.events:
        found["events"] = [
            {"name": each.name, "timeUnixNano": str(each.timestamp),
             "attributes": _attributes(each.attributes or {})}
            for each in span.events
        ]  # fmt: skip
    if span.links:
        found["links"] = [
            {"traceId": format_trace_id(link.context.trace_id),
             "spanId": format_span_id(link.context.span_id),
             "attributes": _attributes(link.attributes or {})}
            for link in span.links
        ]  # fmt: skip
    return found


def _attributes(attributes: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [{"key": key, "value": _value(value)} for key, value in attributes.items()]


def _value(value: Any) -> dict[str, Any]:
    if isinstance(value, str):
        return {"stringValue": value.encode("utf-8", "replace").decode()}
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, int):
        return {"intValue": str(value)}
    if isinstance(value, float):
        return {"doubleValue": value}
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return {"arrayValue": {"values": [_value(each) for each in value]}}
    return {"stringValue": str(value)}
