from typing import Any

from vedette.dialects.otlp_shape import OtlpLog
from vedette.ingest.otlp_logs import to_spans


def record(name: str, attributes: dict[str, Any], body: Any = None, **fields: Any) -> OtlpLog:
    given: dict[str, Any] = {"trace_id": "ab" * 16, "span_id": "cd" * 8, "time_ns": 5}
    return OtlpLog(event_name=name, attributes=attributes, body=body, **(given | fields))


def test_an_evaluation_is_a_span_below_what_it_judges() -> None:
    said = {"gen_ai.evaluation.name": "kindness", "gen_ai.evaluation.score.value": 0.5}
    (span,) = to_spans([record("gen_ai.evaluation.result", said)])
    assert (span.name, span.parent_span_id) == ("evaluation kindness", "cd" * 8)
    assert span.attributes == {**said, "vedette.span.kind": "evaluator"}
    assert (span.start_ns, span.span_id) == (5, "")


def test_messages_of_one_call_share_a_span() -> None:
    spans = to_spans([
        record("gen_ai.user.message", {}, {"content": "hi"}, time_ns=5),
        record("", {"event.name": "gen_ai.choice"}, {"message": {"content": "yes"}}, time_ns=9),
        record("gen_ai.user.message", {}, {"content": "other"}, span_id="01" * 8),
    ])  # fmt: skip
    assert [len(span.events) for span in spans] == [2, 1]
    assert (spans[0].start_ns, spans[0].end_ns) == (5, 9)
    assert spans[0].events[0].attributes == {"content": "hi"}
    assert spans[0].attributes == {"vedette.span.kind": "chain"}


def test_the_details_of_a_call_do_not_count_as_a_call() -> None:
    said = {"gen_ai.operation.name": "chat", "gen_ai.usage.input_tokens": 5}
    (span,) = to_spans([record("gen_ai.client.inference.operation.details", said)])
    assert span.attributes["vedette.span.kind"] == "chain"


def test_an_exception_is_an_error_and_a_guardrail_a_guard() -> None:
    (failed, guard) = to_spans([
        record("gen_ai.client.operation.exception", {"exception.message": "no"}),
        record("gen_ai.guardrail.result", {}),
    ])  # fmt: skip
    assert failed.status == 2
    assert guard.attributes["vedette.span.kind"] == "guard"


def test_other_records_are_none_of_ours() -> None:
    assert to_spans([record("http.request", {}), record("", {}, "a line")]) == []
