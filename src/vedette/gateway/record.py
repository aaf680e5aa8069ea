"""From a finished exchange to the record that travels to the core."""

from vedette.gateway.exchange import Exchange
from vedette.model.exchange import ExchangeRecord

_CLIENT_LEFT = 499


def make_record(exchange: Exchange, *, end_ns: int, max_body_bytes: int) -> ExchangeRecord:
    """Everything known of the exchange. Bodies are cut at `max_body_bytes`."""
    target, caller, request = exchange.target, exchange.caller, exchange.request
    keeps_bodies = exchange.capture_mode != "none"
    return ExchangeRecord(
        trace_id=caller.trace_id,
        span_id=exchange.span_id,
        parent_span_id=caller.parent_span_id,
        request_id=exchange.request_id,
        start_ns=exchange.started_ns,
        end_ns=end_ns,
        method=request.method,
        path=request.path,
        operation=exchange.endpoint.operation,
        dialect=exchange.endpoint.dialect,
        requested_model=exchange.requested_model,
        route=exchange.plan.route,
        provider=target.upstream.name if target is not None else "",
        model=(target.model if target is not None else "") or exchange.requested_model,
        response_model=exchange.response_model,
        response_id=exchange.response_id,
        stream=exchange.stream,
        status=_CLIENT_LEFT if exchange.gone else exchange.status,
        error="client_gone" if exchange.gone else exchange.error,
        error_message="the client closed the connection"
        if exchange.gone
        else exchange.error_message,
        finish_reason=exchange.finish_reason,
        usage=exchange.usage,
        cost_nano_usd=exchange.cost_nano_usd,
        price_version=exchange.price_version,
        ttft_ms=exchange.ttft_ms,
        overhead_ms=exchange.overhead_ms,
        session_id=caller.session_id,
        user_id=caller.user_id,
        tags=caller.tags,
        capture=exchange.capture_mode,
        request_body=exchange.body[:max_body_bytes] if keeps_bodies else b"",
        request_bytes=exchange.request_bytes,
        request_content_type=(request.header(b"content-type") or b"").decode("latin-1"),
        response_body=exchange.capture.body() if keeps_bodies else b"",
        response_bytes=exchange.capture.size,
        response_content_type=exchange.content_type.decode("latin-1"),
        response_content_encoding=exchange.content_encoding.decode("latin-1"),
        attempts=tuple(exchange.attempts),
    )


def size_of(record: ExchangeRecord) -> int:
    """Bytes a record holds in memory, near enough to bound a queue."""
    return 1024 + len(record.request_body) + len(record.response_body)
