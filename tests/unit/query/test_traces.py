"""Rows and spans in the shapes of the API."""

import json

import msgspec

from tests.support.console import make_span
from vedette.model.query import TraceRow
from vedette.model.span import Payload
from vedette.model.usage import Usage
from vedette.query.traces import span_shape, trace_detail, trace_shape, usage_shape

SPAN_CONTRACT = {
    "trace_id", "span_id", "parent_span_id", "name", "kind", "start_time", "end_time", "status",
    "provider", "model", "response_model", "usage", "cost_usd", "cost_source", "ttft_ms",
    "session_id", "user_id", "tags", "input", "output", "tool_calls", "finish_reason",
    "attributes", "events", "attempts",
}  # fmt: skip

ROW = TraceRow(
    trace_id="ab" * 16, name="chat", start_ns=0, end_ns=1_234_567, status="unset", span_count=2
)


def as_json(shape: msgspec.Struct) -> dict[str, object]:
    decoded: dict[str, object] = json.loads(msgspec.json.encode(shape))
    return decoded


def test_a_span_has_the_fields_of_the_contract() -> None:
    shown = as_json(span_shape(make_span(1), payload=True))
    assert shown.keys() >= SPAN_CONTRACT
    assert shown["status"] == {"code": "ok", "message": ""}
    assert shown["tool_calls"] == [{"id": "c1", "name": "look", "arguments": {"at": 1}}]
    assert shown["usage"] == {
        "input_uncached": 10, "cache_read": 4, "cache_write": 0, "cache_write_1h": 0,
        "audio_input": 0, "image_input": 0, "output_text": 7, "reasoning": 2,
        "audio_output": 0, "image_output": 0, "cache_read_audio": 0, "cache_read_image": 0,
        "web_searches": 0, "file_searches": 0, "input_total": 14, "output_total": 9,
        "estimated": False,
    }  # fmt: skip


def test_unknown_things_are_null_and_unpriced_spans_say_so() -> None:
    bare = make_span(1, cost_nano_usd=None, cost_source="", session_id="", payload=Payload())
    shown = as_json(span_shape(bare, payload=True))
    assert shown["cost_usd"] is None
    assert shown["cost_source"] == "unknown"
    assert shown["session_id"] is None
    assert shown["parent_span_id"] is None
    assert shown["payload_included"] is True


def test_raw_bodies_come_only_when_asked_for() -> None:
    span = make_span(1)
    assert span_shape(span, payload=True).raw_request is None
    assert span_shape(span, payload=True, raw=True).raw_request == '{"model":"gpt-5"}'


def test_a_trace_without_cost_has_null() -> None:
    shown = as_json(trace_shape(ROW))
    assert shown["cost_usd"] is None
    assert shown["duration_ms"] == 1.235
    assert shown["end_time"] == "1970-01-01T00:00:00.001234Z"


def test_a_trace_says_when_spans_are_missing() -> None:
    one = (span_shape(make_span(1), payload=False),)
    assert trace_detail(trace_shape(ROW), ROW, one).spans_truncated is True
    assert trace_detail(trace_shape(ROW), ROW, one * 2).spans_truncated is False


def test_every_usage_bucket_is_shown() -> None:
    buckets = dict.fromkeys(Usage.__struct_fields__, 1) | {"estimated": True}
    usage = msgspec.convert(buckets, Usage)
    shown = as_json(usage_shape(usage))
    assert shown.keys() >= set(Usage.__struct_fields__)
    assert (shown["input_total"], shown["output_total"]) == (8, 4)
