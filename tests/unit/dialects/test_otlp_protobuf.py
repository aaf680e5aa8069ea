from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import otlp
from vedette.dialects.otlp_protobuf import count_metrics, read_logs, read_traces
from vedette.dialects.otlp_shape import MAX_DEPTH, MAX_ITEMS, TOO_DEEP, OtlpSpan
from vedette.dialects.otlp_wire import Malformed, TooMany, bytes_field, text_field

SCALARS = st.one_of(
    st.text(), st.booleans(), st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
)  # fmt: skip
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


def read_one(body: bytes) -> OtlpSpan:
    (span,) = read_traces(otlp.traces([body])).spans
    return span


@given(st.dictionaries(st.text(), VALUES, max_size=6))
def test_attributes_come_back_as_they_were_written(values: dict[str, Any]) -> None:
    assert read_one(otlp.span(values)).attributes == values


def test_a_span_is_read_with_all_its_fields() -> None:
    said = otlp.event("gen_ai.choice", {"index": 0}, time_ns=5)
    link = bytes_field(1, b"\xab" * 16) + bytes_field(2, b"\xcd" * 8) + otlp.attributes({"a": 1}, 4)
    more = otlp.events(said) + bytes_field(13, link) + otlp.status(2, "gone")
    more += text_field(3, "vendor=1")
    span = read_one(otlp.span({"k": "v"}, id=255, parent=1, more=more))
    assert (span.trace_id, span.span_id) == (otlp.TRACE.hex(), "00000000000000ff")
    assert (span.parent_span_id, span.trace_state) == ("0000000000000001", "vendor=1")
    assert (span.name, span.kind) == ("call", 3)
    assert (span.start_ns, span.end_ns) == (otlp.START_NS, otlp.START_NS + 10**9)
    assert (span.status, span.status_message) == (2, "gone")
    event = span.events[0]
    assert (event.name, event.time_ns, event.attributes) == ("gen_ai.choice", 5, {"index": 0})
    assert (span.links[0].trace_id, span.links[0].attributes) == ("ab" * 16, {"a": 1})
    assert span.scope.name == "by hand"
    assert span.scope.resource == {"service.name": "shop"}


def test_bytes_become_base64_and_odd_numbers_texts() -> None:
    odd = {"b": b"\x00\xff", "nan": float("nan"), "inf": float("inf"), "low": float("-inf")}
    span = read_one(otlp.span(odd))
    assert span.attributes == {"b": "AP8=", "nan": "NaN", "inf": "Infinity", "low": "-Infinity"}


def test_broken_text_is_mended() -> None:
    broken = bytes_field(1, bytes_field(1, b"k") + bytes_field(2, bytes_field(1, b"\xff\xfe")))
    span = read_one(broken.replace(b"\x0a", b"\x4a", 1))
    assert span.attributes == {"k": "\ufffd\ufffd"}


def test_a_broken_span_costs_that_span_only() -> None:
    batch = read_traces(otlp.traces([otlp.span({}, id=1), b"\x0a\x7f", otlp.span({}, id=2)]))
    assert [span.span_id[-1] for span in batch.spans] == ["1", "2"]
    assert batch.rejected == 1
    assert batch.reason


@pytest.mark.parametrize("read", [read_traces, read_logs, count_metrics])
def test_a_broken_frame_is_refused(read: Any) -> None:
    with pytest.raises(Malformed):
        read(b"\x0a\x7f")


def test_a_batch_of_too_many_spans_is_refused() -> None:
    many = [b""] * (MAX_ITEMS // 2 + 1)
    with pytest.raises(TooMany):
        read_traces(otlp.traces(many) + otlp.traces(many))
    assert len(read_traces(otlp.traces(many)).spans) == len(many)


def test_what_is_nested_too_deeply_is_cut() -> None:
    value: Any = "bottom"
    for _ in range(MAX_DEPTH + 40):
        value = [value]
    found = read_one(otlp.span({"deep": value})).attributes["deep"]
    depth = 0
    while isinstance(found, list):
        found, depth = found[0], depth + 1
    assert (found, depth) == (TOO_DEEP, MAX_DEPTH)


@given(st.binary(max_size=400))
def test_no_bytes_raise_anything_else(body: bytes) -> None:
    for read in (read_traces, read_logs):
        try:
            read(body)
            read(otlp.traces([body]))
        except Malformed:
            continue


def test_a_log_record_is_read_with_its_event() -> None:
    record = otlp.log("gen_ai.evaluation.result", {"a": 1}, body={"content": "x"}, id=7)
    (found,) = read_logs(otlp.logs([record])).logs
    assert (found.event_name, found.attributes) == ("gen_ai.evaluation.result", {"a": 1})
    assert (found.body, found.span_id[-1], found.time_ns) == ({"content": "x"}, "7", otlp.START_NS)


def test_the_official_writer_is_understood() -> None:
    messages = pytest.importorskip("opentelemetry.proto.collector.trace.v1.trace_service_pb2")
    request = messages.ExportTraceServiceRequest()
    group = request.resource_spans.add()
    group.resource.attributes.add(key="service.name").value.string_value = "shop"
    scope = group.scope_spans.add()
    scope.scope.name = "official"
    span = scope.spans.add(name="x" * 300, trace_id=b"\x01" * 16, span_id=b"\x02" * 8, kind=2)
    span.start_time_unix_nano, span.end_time_unix_nano = 1, 2
    span.attributes.add(key="neg").value.int_value = -5
    span.attributes.add(key="f").value.double_value = 0.25
    nested = span.attributes.add(key="n").value.kvlist_value.values.add(key="in")
    nested.value.array_value.values.add().bool_value = True
    span.status.code = 1
    (found,) = read_traces(request.SerializeToString()).spans
    assert found.attributes == {"neg": -5, "f": 0.25, "n": {"in": [True]}}
    assert (found.name, found.kind, found.status) == ("x" * 300, 2, 1)
    assert (found.scope.name, found.scope.resource) == ("official", {"service.name": "shop"})
