"""Spans as OTLP/JSON (`ExportTraceServiceRequest`), for other tools that take OpenTelemetry.

The attributes go out as they came in; canonical facts that they do not hold are added under the
names of the GenAI conventions.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from vedette.model.span import Span

_STATUS = {"unset": 0, "ok": 1, "error": 2}
_OPERATIONS = {"llm": "chat", "embedding": "embeddings", "tool": "execute_tool",
               "agent": "invoke_agent"}  # fmt: skip


def otlp_pieces(spans: Iterable[Span]) -> Iterator[bytes]:
    """One request with all spans, span by span."""
    yield (
        b'{"resourceSpans":[{"resource":{"attributes":[]},"scopeSpans":'
        b'[{"scope":{"name":"vedette"},"spans":['
    )
    for index, span in enumerate(spans):
        yield (b"," if index else b"") + msgspec.json.encode(otlp_span(span))
    yield b"]}]}]}"


def otlp_span(span: Span) -> dict[str, Any]:
    """The span; 64-bit numbers are text, as OTLP/JSON has them."""
    shown: dict[str, Any] = {
        "traceId": span.trace_id,
        "spanId": span.span_id,
        "name": span.name,
        "kind": 3 if span.kind in ("llm", "embedding") else 1,
        "startTimeUnixNano": str(span.start_ns),
        "endTimeUnixNano": str(span.end_ns),
        "attributes": [_pair(key, value) for key, value in _attributes(span).items()],
        "status": {"code": _STATUS[span.status], "message": span.status_message},
        "events": [
            {
                "name": event.name,
                "timeUnixNano": str(event.time_ns),
                "attributes": [_pair(*pair) for pair in event.attributes.items()],
            }
            for event in span.payload.events
        ],
    }
    if span.parent_span_id:
        shown["parentSpanId"] = span.parent_span_id
    return shown


def _attributes(span: Span) -> dict[str, Any]:
    usage = span.usage
    facts: dict[str, Any] = {
        "gen_ai.operation.name": _OPERATIONS.get(span.kind, ""),
        "gen_ai.provider.name": span.provider,
        "gen_ai.request.model": span.model,
        "gen_ai.response.model": span.response_model,
        "gen_ai.usage.input_tokens": usage.input_total,
        "gen_ai.usage.output_tokens": usage.output_total,
        "gen_ai.input.messages": _messages(span.payload.input),
        "gen_ai.output.messages": _messages(span.payload.output),
        "session.id": span.session_id,
        "user.id": span.user_id,
        "vedette.tags": list(span.tags),
        "deployment.environment.name": span.environment,
        "service.version": span.release,
        "vedette.kind": span.kind,
    }
    if span.cost_nano_usd is not None:
        facts["vedette.cost_usd"] = span.cost_nano_usd / 1e9
    return {key: value for key, value in facts.items() if value} | span.payload.attributes


def _messages(side: Any) -> str:
    return side if isinstance(side, str) else msgspec.json.encode(side).decode() if side else ""


def _pair(key: str, value: Any) -> dict[str, Any]:
    return {"key": key, "value": _value(value)}


def _value(value: Any) -> dict[str, Any]:
    match value:
        case bool():
            return {"boolValue": value}
        case int():
            return {"intValue": str(value)}
        case float():
            return {"doubleValue": value}
        case str():
            return {"stringValue": value}
        case list() | tuple():
            return {"arrayValue": {"values": [_value(each) for each in value]}}
        case dict():
            return {"kvlistValue": {"values": [_pair(str(k), v) for k, v in value.items()]}}
        case _:
            return {"stringValue": "" if value is None else str(value)}
