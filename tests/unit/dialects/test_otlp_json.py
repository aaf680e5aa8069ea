from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.dialects.otlp_json import NotOtlp, count_metrics, read_logs, read_traces
from vedette.dialects.otlp_shape import MAX_DEPTH, MAX_ITEMS, TOO_DEEP
from vedette.dialects.otlp_wire import TooMany

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def request(*spans: Any) -> bytes:
    resource = {"attributes": [{"key": "service.name", "value": {"stringValue": "shop"}}]}
    scope = {"scope": {"name": "by hand", "version": "1"}, "spans": spans}
    groups = [{"resource": resource, "scopeSpans": [scope]}]
    return msgspec.json.encode({"resourceSpans": groups})


def test_a_span_is_read_with_all_its_fields() -> None:
    values = [
        {"key": "big", "value": {"intValue": "9007199254740993"}},
        {"key": "small", "value": {"intValue": 7}},
        {"key": "nan", "value": {"doubleValue": "NaN"}},
        {"key": "list", "value": {"arrayValue": {"values": [{"boolValue": True}]}}},
        {"key": "map", "value": {"kvlistValue": {"values": [
            {"key": "in", "value": {"doubleValue": 0.5}}]}}},
        {"key": "none", "value": {}},
    ]  # fmt: skip
    body = request({
        "traceId": "5B8EFFF798038103D269B633813FC60C", "spanId": "EEE19B7EC3C1B174",
        "parentSpanId": "EEE19B7EC3C1B173", "name": "call", "kind": "SPAN_KIND_CLIENT",
        "startTimeUnixNano": "1544712660000000000", "endTimeUnixNano": 1544712661000000000,
        "attributes": values, "status": {"code": "STATUS_CODE_ERROR", "message": "gone"},
        "events": [{"timeUnixNano": "5", "name": "e", "attributes": values[1:2]}],
        "links": [{"traceId": "AB", "spanId": "CD"}],
    })  # fmt: skip
    (span,) = read_traces(body).spans
    assert span.trace_id == "5b8efff798038103d269b633813fc60c"
    assert (span.span_id, span.parent_span_id) == ("eee19b7ec3c1b174", "eee19b7ec3c1b173")
    assert (span.kind, span.status, span.status_message) == (3, 2, "gone")
    assert span.end_ns - span.start_ns == 10**9
    assert span.attributes == {
        "big": 9007199254740993, "small": 7, "nan": "NaN", "list": [True], "map": {"in": 0.5},
        "none": None,
    }  # fmt: skip
    assert (span.events[0].time_ns, span.events[0].attributes) == (5, {"small": 7})
    assert span.links[0].trace_id == "ab"
    assert (span.scope.name, span.scope.resource) == ("by hand", {"service.name": "shop"})


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"resourceSpans": 1}', b"\xff", b"[" * 9999])
def test_what_is_no_request_is_refused(body: bytes) -> None:
    with pytest.raises(NotOtlp):
        read_traces(body)


def test_a_batch_of_too_many_spans_is_refused() -> None:
    with pytest.raises(TooMany):
        read_traces(request(*[7] * (MAX_ITEMS + 1)))


def test_what_is_no_span_is_counted() -> None:
    batch = read_traces(request({"name": "good"}, 7, "x"))
    assert ([span.name for span in batch.spans], batch.rejected) == (["good"], 2)


def test_what_is_nested_too_deeply_is_cut() -> None:
    value: Any = {"stringValue": "bottom"}
    for _ in range(MAX_DEPTH + 10):
        value = {"arrayValue": {"values": [value]}}
    (span,) = read_traces(request({"attributes": [{"key": "deep", "value": value}]})).spans
    found, depth = span.attributes["deep"], 0
    while isinstance(found, list):
        found, depth = found[0], depth + 1
    assert (found, depth) == (TOO_DEEP, MAX_DEPTH)


@given(JSON)
def test_any_span_is_read_or_counted(span: Any) -> None:
    batch = read_traces(request(span))
    assert len(batch.spans) + batch.rejected == 1


def test_a_log_record_is_read_with_its_event() -> None:
    record = {
        "eventName": "gen_ai.choice",
        "observedTimeUnixNano": "5",
        "spanId": "01",
        "body": {"kvlistValue": {"values": [{"key": "a", "value": {"intValue": 1}}]}},
    }
    body = {"resourceLogs": [{"scopeLogs": [{"logRecords": [record]}]}]}
    (found,) = read_logs(msgspec.json.encode(body)).logs
    assert (found.event_name, found.time_ns, found.body) == ("gen_ai.choice", 5, {"a": 1})


def test_metrics_are_counted() -> None:
    assert count_metrics(b'{"resourceMetrics": [{}, {}]}') == 2
