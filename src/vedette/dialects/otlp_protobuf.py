"""OTLP requests in Protocol Buffers.

Our own reader instead of generated classes: it needs no dependency, one broken span costs that
span and not its batch (`partial_success`), and depth and sizes are bounded while reading. The
numbers of the fields are those of opentelemetry-proto 1.x, which may only grow.
https://github.com/open-telemetry/opentelemetry-proto
"""

import struct
from base64 import b64encode
from collections.abc import Callable
from typing import Any

from vedette.dialects.otlp_shape import (
    MAX_DEPTH,
    TOO_DEEP,
    OtlpBatch,
    OtlpEvent,
    OtlpLink,
    OtlpLog,
    OtlpScope,
    OtlpSpan,
)
from vedette.dialects.otlp_wire import Field, Malformed, fields

_double = struct.Struct("<d").unpack
_quad = struct.Struct("<Q").pack

# Tags: number << 3 | wire type (0 number, 1 eight bytes, 2 delimited).
_F1, _F2, _F3, _F4, _F5, _F6, _F7, _F9, _F10, _F11, _F12, _F13, _F15 = (
    number << 3 | 2 for number in (1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 15)
)

ReadItem = Callable[[bytes, int, int, OtlpScope, OtlpBatch], None]


def read_traces(body: bytes) -> OtlpBatch:
    """An ExportTraceServiceRequest. Raises Malformed where its frame is broken."""
    return _read_batch(body, _add_span)


def read_logs(body: bytes) -> OtlpBatch:
    """An ExportLogsServiceRequest. Raises Malformed where its frame is broken."""
    return _read_batch(body, _add_log)


def count_metrics(body: bytes) -> int:
    """How many resources an ExportMetricsServiceRequest speaks of. Raises Malformed."""
    return sum(1 for tag, _, _ in fields(body, 0, len(body)) if tag == _F1)


def _read_batch(body: bytes, add: ReadItem) -> OtlpBatch:
    batch = OtlpBatch([], [])
    for tag, start, end in fields(body, 0, len(body)):
        if tag == _F1:
            _read_resource(body, start, end, add, batch)
    return batch


def _read_resource(body: bytes, start: int, end: int, add: ReadItem, batch: OtlpBatch) -> None:
    parts = fields(body, start, end)
    resource: dict[str, Any] = {}
    for tag, at, to in parts:
        if tag == _F1:
            resource = _attributes(body, fields(body, at, to), _F1)
    for tag, at, to in parts:
        if tag == _F2:
            _read_scope(body, fields(body, at, to), resource, add, batch)


def _read_scope(
    body: bytes, parts: list[Field], resource: dict[str, Any], add: ReadItem, batch: OtlpBatch
) -> None:
    scope = OtlpScope(resource=resource)
    for tag, at, to in parts:
        if tag == _F1:
            inner = fields(body, at, to)
            for part, start, end in inner:
                if part == _F1:
                    scope.name = _text(body, start, end)
                elif part == _F2:
                    scope.version = _text(body, start, end)
            scope.attributes = _attributes(body, inner, _F3)
    for tag, at, to in parts:
        if tag == _F2:
            batch.check_size()
            try:
                add(body, at, to, scope, batch)
            except Malformed as error:
                batch.rejected += 1
                batch.reason = batch.reason or error.message


def _text(body: bytes, start: int, end: int) -> str:
    return body[start:end].decode("utf-8", "replace")


def _attributes(body: bytes, parts: list[Field], wanted: int, depth: int = 0) -> dict[str, Any]:
    """The KeyValues among `parts`: the inner loop, so the usual value (a text) is read in place."""
    found: dict[str, Any] = {}
    for tag, at, to in parts:
        if tag != wanted:
            continue
        key, value = "", None
        for part, start, end in fields(body, at, to):
            if part == _F1:
                key = body[start:end].decode("utf-8", "replace")
            elif part == _F2:
                value = _value(body, start, end, depth)
        found[key] = value
    return found


def _value(body: bytes, at: int, end: int, depth: int) -> Any:
    """An AnyValue."""
    value: Any = None
    for tag, start, to in fields(body, at, end):
        if tag == _F1:
            value = body[start:to].decode("utf-8", "replace")
        elif tag == 2 << 3:
            value = bool(start)
        elif tag == 3 << 3:
            value = start - 2**64 if start >= 2**63 else start
        elif tag == 4 << 3 | 1:
            value = _number(_double(_quad(start))[0])
        elif tag in (_F5, _F6, _F7):
            value = _compound(body, tag, fields(body, start, to) if tag != _F7 else [], depth)
            if tag == _F7:
                value = b64encode(body[start:to]).decode()
    return value


def _number(value: float) -> float | str:
    """JSON has neither NaN nor infinity: those are kept as the texts OTLP's JSON has for them."""
    if value != value:
        return "NaN"
    return value if abs(value) != float("inf") else "Infinity" if value > 0 else "-Infinity"


def _compound(body: bytes, tag: int, parts: list[Field], depth: int) -> Any:
    if depth >= MAX_DEPTH:
        return TOO_DEEP
    if tag == _F6:
        return _attributes(body, parts, _F1, depth + 1)
    return [_value(body, start, end, depth + 1) for part, start, end in parts if part == _F1]


def _add_span(body: bytes, at: int, to: int, scope: OtlpScope, batch: OtlpBatch) -> None:
    parts = fields(body, at, to)
    span = OtlpSpan(scope=scope, attributes=_attributes(body, parts, _F9))
    events: list[OtlpEvent] = []
    links: list[OtlpLink] = []
    for tag, start, end in parts:
        name = _SPAN_TEXTS.get(tag)
        if name is not None:
            setattr(span, name, _text(body, start, end))
        elif (name := _SPAN_IDS.get(tag)) is not None:
            setattr(span, name, body[start:end].hex())
        elif (name := _SPAN_NUMBERS.get(tag)) is not None:
            setattr(span, name, start)
        elif tag == _F11:
            events.append(_event(body, fields(body, start, end)))
        elif tag == _F13:
            links.append(_link(body, fields(body, start, end)))
        elif tag == _F15:
            _read_status(body, fields(body, start, end), span)
    span.events, span.links = events, links
    batch.spans.append(span)


_SPAN_TEXTS = {_F3: "trace_state", _F5: "name"}
_SPAN_IDS = {_F1: "trace_id", _F2: "span_id", _F4: "parent_span_id"}
_SPAN_NUMBERS = {6 << 3: "kind", 7 << 3 | 1: "start_ns", 8 << 3 | 1: "end_ns"}


def _event(body: bytes, parts: list[Field]) -> OtlpEvent:
    event = OtlpEvent(attributes=_attributes(body, parts, _F3))
    for tag, start, end in parts:
        if tag == 1 << 3 | 1:
            event.time_ns = start
        elif tag == _F2:
            event.name = _text(body, start, end)
    return event


def _link(body: bytes, parts: list[Field]) -> OtlpLink:
    link = OtlpLink(attributes=_attributes(body, parts, _F4))
    for tag, start, end in parts:
        if tag == _F1:
            link.trace_id = body[start:end].hex()
        elif tag == _F2:
            link.span_id = body[start:end].hex()
    return link


def _read_status(body: bytes, parts: list[Field], span: OtlpSpan) -> None:
    for tag, start, end in parts:
        if tag == _F2:
            span.status_message = _text(body, start, end)
        elif tag == 3 << 3:
            span.status = start


def _add_log(body: bytes, at: int, to: int, scope: OtlpScope, batch: OtlpBatch) -> None:
    parts = fields(body, at, to)
    record = OtlpLog(scope=scope, attributes=_attributes(body, parts, _F6))
    observed_ns = 0
    for tag, start, end in parts:
        if tag == 1 << 3 | 1:
            record.time_ns = start
        elif tag == 11 << 3 | 1:
            observed_ns = start
        elif tag == _F3:
            record.severity = _text(body, start, end)
        elif tag == _F5:
            record.body = _value(body, start, end, 0)
        elif tag in (_F9, _F10):
            setattr(record, "trace_id" if tag == _F9 else "span_id", body[start:end].hex())
        elif tag == _F12:
            record.event_name = _text(body, start, end)
    record.time_ns = record.time_ns or observed_ns
    batch.logs.append(record)
