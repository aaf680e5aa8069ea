"""OTLP requests in JSON: camelCase names, hex ids, 64-bit integers as texts or numbers.

https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding. Enumerations are numbers there;
their names are taken too, for there are senders that write them.
"""

from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from vedette.dialects.otlp_shape import (
    MAX_DEPTH,
    SPAN_KINDS,
    TOO_DEEP,
    OtlpBatch,
    OtlpEvent,
    OtlpLink,
    OtlpLog,
    OtlpScope,
    OtlpSpan,
)
from vedette.dialects.reading import JSON_ERRORS, as_list, as_mapping, as_text
from vedette.errors import BadRequest

_STATUSES = {"STATUS_CODE_UNSET": 0, "STATUS_CODE_OK": 1, "STATUS_CODE_ERROR": 2}
_KINDS = {f"SPAN_KIND_{name.upper()}": number for number, name in enumerate(SPAN_KINDS)}
_MAX_TIME_NS = 2**64


class NotOtlp(BadRequest):
    """The body is not a JSON object with the lists of this signal."""

    code = "malformed_json"


def read_traces(body: bytes) -> OtlpBatch:
    """An ExportTraceServiceRequest. Raises NotOtlp."""
    return _read(body, ("resourceSpans", "scopeSpans", "spans"), _add_span)


def read_logs(body: bytes) -> OtlpBatch:
    """An ExportLogsServiceRequest. Raises NotOtlp."""
    return _read(body, ("resourceLogs", "scopeLogs", "logRecords"), _add_log)


def count_metrics(body: bytes) -> int:
    """How many resources an ExportMetricsServiceRequest speaks of. Raises NotOtlp."""
    return len(_resources(body, "resourceMetrics"))


def _resources(body: bytes, name: str) -> list[Any]:
    try:
        request = msgspec.json.decode(body)
    except JSON_ERRORS:
        raise NotOtlp("The body is not valid JSON.") from None
    resources = request.get(name, []) if isinstance(request, dict) else None
    if not isinstance(resources, list):
        raise NotOtlp(f"The body is not a JSON object with a list {name!r}.")
    return resources


def _read(
    body: bytes, names: tuple[str, str, str], add: Callable[[Any, OtlpScope, OtlpBatch], None]
) -> OtlpBatch:
    batch = OtlpBatch([], [])
    for each in map(as_mapping, _resources(body, names[0])):
        resource = _attributes(as_mapping(each.get("resource")).get("attributes"))
        for group in map(as_mapping, as_list(each.get(names[1]))):
            said = as_mapping(group.get("scope"))
            scope = OtlpScope(
                as_text(said.get("name")), as_text(said.get("version")),
                _attributes(said.get("attributes")), resource,
            )  # fmt: skip
            for item in as_list(group.get(names[2])):
                batch.check_size()
                if isinstance(item, dict):
                    add(item, scope, batch)
                else:
                    batch.rejected += 1
                    batch.reason = batch.reason or f"one of the {names[2]} is not a JSON object"
    return batch


def _attributes(value: object, depth: int = 0) -> dict[str, Any]:
    return dict(_pairs(value, depth))


def _pairs(value: object, depth: int) -> Iterator[tuple[str, Any]]:
    for pair in map(as_mapping, as_list(value)):
        yield as_text(pair.get("key")), _value(pair.get("value"), depth)


def _value(value: object, depth: int) -> Any:
    """An AnyValue; the first member that is set."""
    for name, inner in as_mapping(value).items():
        read = _VALUES.get(name)
        if read is not None:
            return read(inner, depth)
    return None


def _integer(value: object, _depth: int) -> Any:
    number = _to_int(value)
    return number if -(2**63) <= number < 2**63 else str(number)


def _array(value: object, depth: int) -> Any:
    if depth >= MAX_DEPTH:
        return TOO_DEEP
    return [_value(item, depth + 1) for item in as_list(as_mapping(value).get("values"))]


def _pairs_value(value: object, depth: int) -> Any:
    if depth >= MAX_DEPTH:
        return TOO_DEEP
    return _attributes(as_mapping(value).get("values"), depth + 1)


_VALUES: dict[str, Callable[[Any, int], Any]] = {
    "stringValue": lambda value, _: as_text(value),
    "boolValue": lambda value, _: value is True or value == "true",
    "intValue": _integer,
    "doubleValue": lambda value, _: value if isinstance(value, int | float | str) else None,
    "arrayValue": _array,
    "kvlistValue": _pairs_value,
    "bytesValue": lambda value, _: as_text(value),
}


def _to_int(value: object) -> int:
    """A number or its digits; 0 for anything else."""
    if isinstance(value, str) and len(value) <= 20 and value.lstrip("-").isdecimal():
        return int(value)
    is_whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
    return int(value) if is_whole and not isinstance(value, bool) else 0  # type: ignore[call-overload]


def _time_ns(value: object) -> int:
    return max(0, min(_to_int(value), _MAX_TIME_NS))


def _named(value: object, names: dict[str, int]) -> int:
    return names.get(value, 0) if isinstance(value, str) else _to_int(value)


def _add_span(item: dict[str, Any], scope: OtlpScope, batch: OtlpBatch) -> None:
    status = as_mapping(item.get("status"))
    span = OtlpSpan(
        trace_id=as_text(item.get("traceId")).lower(),
        span_id=as_text(item.get("spanId")).lower(),
        parent_span_id=as_text(item.get("parentSpanId")).lower(),
        trace_state=as_text(item.get("traceState")),
        name=as_text(item.get("name")),
        kind=_named(item.get("kind"), _KINDS),
        start_ns=_time_ns(item.get("startTimeUnixNano")),
        end_ns=_time_ns(item.get("endTimeUnixNano")),
        attributes=_attributes(item.get("attributes")),
        events=[_event(event) for event in map(as_mapping, as_list(item.get("events")))],
        links=[_link(link) for link in map(as_mapping, as_list(item.get("links")))],
        status=_named(status.get("code"), _STATUSES),
        status_message=as_text(status.get("message")),
        scope=scope,
    )
    batch.spans.append(span)


def _event(event: dict[str, Any]) -> OtlpEvent:
    return OtlpEvent(
        as_text(event.get("name")),
        _time_ns(event.get("timeUnixNano")),
        _attributes(event.get("attributes")),
    )


def _link(link: dict[str, Any]) -> OtlpLink:
    return OtlpLink(
        as_text(link.get("traceId")).lower(),
        as_text(link.get("spanId")).lower(),
        _attributes(link.get("attributes")),
    )


def _add_log(item: dict[str, Any], scope: OtlpScope, batch: OtlpBatch) -> None:
    time_ns = _time_ns(item.get("timeUnixNano")) or _time_ns(item.get("observedTimeUnixNano"))
    record = OtlpLog(
        trace_id=as_text(item.get("traceId")).lower(),
        span_id=as_text(item.get("spanId")).lower(),
        event_name=as_text(item.get("eventName")),
        time_ns=time_ns,
        severity=as_text(item.get("severityText")),
        body=_value(item.get("body"), 0),
        attributes=_attributes(item.get("attributes")),
        scope=scope,
    )
    batch.logs.append(record)
