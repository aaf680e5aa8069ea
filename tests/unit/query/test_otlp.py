"""Spans as OTLP/JSON."""

import json

from tests.support.span_stores import span
from vedette.model.span import Payload, SpanEvent
from vedette.query.otlp import otlp_pieces, otlp_span


def test_a_request_holds_all_spans() -> None:
    spans = [span(1), span(2, parent_span_id="00000000000000aa", status="error")]
    request = json.loads(b"".join(otlp_pieces(spans)))
    one, two = request["resourceSpans"][0]["scopeSpans"][0]["spans"]
    assert one["spanId"] == f"{1:016x}"
    assert "parentSpanId" not in one
    assert (two["parentSpanId"], two["status"]["code"]) == ("00000000000000aa", 2)
    assert json.loads(b"".join(otlp_pieces([])))["resourceSpans"]


def test_attributes_keep_their_types_and_win_over_ours() -> None:
    payload = Payload(
        attributes={"a": True, "b": 2**40, "c": 1.5, "d": ["x"], "e": {"k": None},
                    "gen_ai.request.model": "own"},
        events=(SpanEvent("e", 5, {"n": 1}),),
    )  # fmt: skip
    shown = otlp_span(span(1, model="m", cost_nano_usd=10**9, payload=payload))
    values = {pair["key"]: pair["value"] for pair in shown["attributes"]}
    assert values["a"] == {"boolValue": True}
    assert values["b"] == {"intValue": str(2**40)}
    assert values["d"] == {"arrayValue": {"values": [{"stringValue": "x"}]}}
    assert values["e"]["kvlistValue"]["values"][0]["value"] == {"stringValue": ""}
    assert values["gen_ai.request.model"] == {"stringValue": "own"}
    assert values["vedette.cost_usd"] == {"doubleValue": 1.0}
    assert shown["events"][0]["timeUnixNano"] == "5"
