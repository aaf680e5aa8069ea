"""OTLP requests as exporters write them, put together by hand: no generated classes are needed."""

import struct
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from vedette.dialects.otlp_wire import bytes_field, encode_varint, text_field

START_NS = 1_700_000_000_000_000_000
TRACE = bytes(range(16))


def fixed(number: int, value: int) -> bytes:
    """A field of eight bytes."""
    return encode_varint(number << 3 | 1) + value.to_bytes(8, "little")


def any_value(value: Any) -> bytes:
    """An AnyValue."""
    if isinstance(value, bool):
        return bytes((2 << 3, value))
    if isinstance(value, int):
        return bytes((3 << 3,)) + encode_varint(value % 2**64)
    if isinstance(value, float):
        return bytes((4 << 3 | 1,)) + struct.pack("<d", value)
    if isinstance(value, bytes):
        return bytes_field(7, value)
    if isinstance(value, str):
        return bytes_field(1, value.encode())
    if isinstance(value, Mapping):
        return bytes_field(6, attributes(value, 1))
    if isinstance(value, Sequence):
        return bytes_field(5, b"".join(bytes_field(1, any_value(item)) for item in value))
    return b""


def attributes(values: Mapping[str, Any], number: int) -> bytes:
    """KeyValues, each as a field of this number."""
    return b"".join(
        bytes_field(number, text_field(1, key) + bytes_field(2, any_value(value)))
        for key, value in values.items()
    )


def event(name: str, values: Mapping[str, Any], *, time_ns: int = START_NS) -> bytes:
    return fixed(1, time_ns) + text_field(2, name) + attributes(values, 3)


def span(
    values: Mapping[str, Any] | None = None, *, name: str = "call", trace: bytes = TRACE,
    id: int = 1, parent: int = 0, start_ns: int = START_NS, took_ns: int = 10**9,
    more: bytes = b"",
) -> bytes:  # fmt: skip
    """A Span; `more` are further fields: of `events`, of `status`."""
    body = bytes_field(1, trace) if trace else b""
    body += bytes_field(2, id.to_bytes(8, "big")) if id else b""
    body += bytes_field(4, parent.to_bytes(8, "big")) if parent else b""
    body += text_field(5, name) + bytes((6 << 3, 3))
    body += fixed(7, start_ns) + fixed(8, start_ns + took_ns) + attributes(values or {}, 9)
    return body + more


def events(*each: bytes) -> bytes:
    """Events as fields of a span."""
    return b"".join(bytes_field(11, one) for one in each)


def status(code: int, message: str = "") -> bytes:
    """The status as a field of a span."""
    return bytes_field(15, text_field(2, message) + bytes((3 << 3, code)))


def traces(
    spans: Iterable[bytes], *, resource: Mapping[str, Any] | None = None, scope: str = "by hand"
) -> bytes:
    """An ExportTraceServiceRequest with one resource and one scope."""
    group = bytes_field(1, text_field(1, scope) + text_field(2, "1.0"))
    group += b"".join(bytes_field(2, each) for each in spans)
    inner = bytes_field(1, attributes(resource or {"service.name": "shop"}, 1))
    return bytes_field(1, inner + bytes_field(2, group))


def log(
    name: str, values: Mapping[str, Any], *, body: Any = None, trace: bytes = TRACE, id: int = 1,
    time_ns: int = START_NS,
) -> bytes:  # fmt: skip
    """A LogRecord that is an event."""
    record = fixed(1, time_ns) + attributes(values, 6)
    record += bytes_field(5, any_value(body)) if body is not None else b""
    record += bytes_field(9, trace) + bytes_field(10, id.to_bytes(8, "big"))
    return record + text_field(12, name)


def logs(records: Iterable[bytes]) -> bytes:
    """An ExportLogsServiceRequest; its frame is that of traces."""
    return traces(records)
