"""GenAI events that come as log records become spans of their trace.

The conventions carry three things so: evaluations (`gen_ai.evaluation.result`), the messages of a
call (`gen_ai.client.inference.operation.details`, and before 1.37 one event for each message), and
exceptions. Spans cannot be changed any more when they arrive, so each is a span of its own below
the one it speaks of. Other log records are none of ours and are not kept.
"""

from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from vedette.dialects.otlp_shape import OtlpEvent, OtlpLog, OtlpSpan
from vedette.dialects.reading import as_mapping
from vedette.ingest.conversations import event_role

EVALUATION = "gen_ai.evaluation.result"
_WHOLE = frozenset(
    (EVALUATION, "gen_ai.client.inference.operation.details", "gen_ai.client.operation.exception",
     "gen_ai.guardrail.result")
)  # fmt: skip
_KINDS = {EVALUATION: "evaluator", "gen_ai.guardrail.result": "guard"}


def to_spans(records: Iterable[OtlpLog]) -> list[OtlpSpan]:
    """A span for each event of ours; messages of one call share one."""
    spans: list[OtlpSpan] = []
    talks: dict[tuple[str, str], OtlpSpan] = {}
    for record in records:
        name = record.event_name or str(record.attributes.get("event.name") or "")
        if name in _WHOLE:
            spans.append(_span(record, name))
        elif event_role(name):
            key = record.trace_id, record.span_id
            if key not in talks or not record.trace_id:
                talks[key] = _span(record, "gen_ai.messages")
                talks[key].attributes = {}
                spans.append(talks[key])
            talk = talks[key]
            talk.events = [*talk.events, OtlpEvent(name, record.time_ns, _fields(record))]
            talk.start_ns = min(talk.start_ns, record.time_ns)
            talk.end_ns = max(talk.end_ns, record.time_ns)
    return [_finish(span) for span in spans]


def _fields(record: OtlpLog) -> dict[str, Any]:
    """What an event says: attributes, and the members of a body that is an object."""
    return {**record.attributes, **as_mapping(record.body)}


def _span(record: OtlpLog, name: str) -> OtlpSpan:
    said = _fields(record)
    label = said.get("gen_ai.evaluation.name")
    return OtlpSpan(
        trace_id=record.trace_id,
        parent_span_id=record.span_id,
        name=f"evaluation {label}" if label else name,
        start_ns=record.time_ns,
        end_ns=record.time_ns,
        attributes=said,
        status=2 if name == "gen_ai.client.operation.exception" else 0,
        scope=record.scope,
    )


def _finish(span: OtlpSpan) -> OtlpSpan:
    """Its kind is told, for what the event carries of the call would make it one, too."""
    kind = "chain"
    if "gen_ai.evaluation.name" in span.attributes:
        kind = _KINDS[EVALUATION]
    elif span.name in _KINDS:
        kind = _KINDS[span.name]
    return replace(span, attributes={**span.attributes, "vedette.span.kind": kind})
