from typing import Any, get_args

import msgspec
import pytest

from tests.support import otlp as written
from vedette.dialects import otlp
from vedette.errors import BadRequest


def test_each_signal_is_read_in_each_encoding() -> None:
    body = written.traces([written.span({})])
    assert len(otlp.read("traces", "protobuf", body).spans) == 1
    assert len(otlp.read("logs", "protobuf", written.logs([written.log("x", {})])).logs) == 1
    assert otlp.read("metrics", "protobuf", body).spans == []
    for signal in get_args(otlp.Signal):
        batch = otlp.read(signal, "json", b"{}")
        assert (batch.spans, batch.logs) == ([], [])
    with pytest.raises(BadRequest):
        otlp.read("metrics", "json", b"[]")


def test_full_success_is_an_empty_message() -> None:
    assert otlp.write_answer("traces", "protobuf", rejected=0, message="") == b""
    assert otlp.write_answer("traces", "json", rejected=0, message="") == b"{}"


def test_partial_success_in_json() -> None:
    body = otlp.write_answer("logs", "json", rejected=3, message="why")
    wanted = {"partialSuccess": {"rejectedLogRecords": "3", "errorMessage": "why"}}
    assert msgspec.json.decode(body) == wanted


def test_answers_are_what_official_readers_understand() -> None:
    service = pytest.importorskip("opentelemetry.proto.collector.trace.v1.trace_service_pb2")
    body = otlp.write_answer("traces", "protobuf", rejected=300, message="wh\u00fd")
    partial = service.ExportTraceServiceResponse.FromString(body).partial_success
    assert (partial.rejected_spans, partial.error_message) == (300, "wh\u00fd")


def test_a_status_says_when_to_retry() -> None:
    status: Any = pytest.importorskip("google.rpc.status_pb2")
    details: Any = pytest.importorskip("google.rpc.error_details_pb2")
    found = status.Status.FromString(otlp.write_retry(code=8, message="full", after_s=2.5))
    info = details.RetryInfo()
    assert found.code == 8
    assert found.details[0].Unpack(info)
    assert (info.retry_delay.seconds, info.retry_delay.nanos) == (2, 500_000_000)
    plain = status.Status.FromString(otlp.write_status("protobuf", code=3, message="bad"))
    assert (plain.code, plain.message) == (3, "bad")
    assert msgspec.json.decode(otlp.write_status("json", code=3, message="bad"))["code"] == 3
