"""OTLP: requests read from either encoding, answers written in the one that was asked in.

https://opentelemetry.io/docs/specs/otlp/
"""

from types import MappingProxyType
from typing import Literal

import msgspec

from vedette.dialects import otlp_json, otlp_protobuf
from vedette.dialects.otlp_shape import OtlpBatch
from vedette.dialects.otlp_wire import bytes_field, number_field, text_field

Signal = Literal["traces", "logs", "metrics"]
Encoding = Literal["protobuf", "json"]

CONTENT_TYPES: MappingProxyType[str, Encoding] = MappingProxyType(
    {
        "application/x-protobuf": "protobuf",
        "application/protobuf": "protobuf",
        "application/vnd.google.protobuf": "protobuf",
        "application/json": "json",
    }
)
MEDIA_TYPES: MappingProxyType[Encoding, str] = MappingProxyType(
    {"protobuf": "application/x-protobuf", "json": "application/json"}
)
_READERS = {"protobuf": otlp_protobuf, "json": otlp_json}
_REJECTED = {
    "traces": "rejectedSpans", "logs": "rejectedLogRecords", "metrics": "rejectedDataPoints",
}  # fmt: skip


def read(signal: Signal, encoding: Encoding, body: bytes) -> OtlpBatch:
    """What a request holds; of metrics only that it can be read. Raises BadRequest."""
    codec = _READERS[encoding]
    if signal == "traces":
        return codec.read_traces(body)  # type: ignore[no-any-return]
    if signal == "logs":
        return codec.read_logs(body)  # type: ignore[no-any-return]
    codec.count_metrics(body)
    return OtlpBatch([], [])


def write_answer(signal: Signal, encoding: Encoding, *, rejected: int, message: str) -> bytes:
    """An Export...ServiceResponse; `partial_success` only where there is something to say."""
    if encoding == "json":
        partial = {_REJECTED[signal]: str(rejected), "errorMessage": message}
        return msgspec.json.encode({"partialSuccess": partial} if rejected or message else {})
    partial_body = number_field(1, rejected) + text_field(2, message)
    return bytes_field(1, partial_body) if partial_body else b""


def write_status(encoding: Encoding, *, code: int, message: str) -> bytes:
    """A google.rpc.Status: what is wrong, for whoever reads the exporter's log."""
    if encoding == "json":
        return msgspec.json.encode({"code": code, "message": message})
    return number_field(1, code) + text_field(2, message)


def write_retry_info(after_s: float) -> bytes:
    """A google.rpc.RetryInfo: when to come again."""
    delay = number_field(1, int(after_s)) + number_field(2, int(after_s % 1 * 10**9))
    return bytes_field(1, delay)


def write_retry(*, code: int, message: str, after_s: float) -> bytes:
    """A google.rpc.Status whose details hold a RetryInfo."""
    info = text_field(1, "type.googleapis.com/google.rpc.RetryInfo")
    info += bytes_field(2, write_retry_info(after_s))
    return number_field(1, code) + text_field(2, message) + bytes_field(3, info)
