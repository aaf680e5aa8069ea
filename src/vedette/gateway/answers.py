"""Heads and error bodies of what we answer."""

from vedette.dialects.contract import Fault
from vedette.errors import VedetteError
from vedette.gateway.attempt import Failure
from vedette.gateway.directory import header_value, target_lines
from vedette.gateway.exchange import Exchange
from vedette.gateway.faults import fault_body, fault_of, translated_fault
from vedette.gateway.reasons import what_it_did
from vedette.http1.headers import forwardable
from vedette.http1.server import Response

Headers = list[tuple[bytes, bytes]]

JSON = (b"content-type", b"application/json")
_STREAM_HEADERS = ((b"cache-control", b"no-cache"), (b"x-accel-buffering", b"no"))
_TIMEOUT_STATUS = 504
_BAD_GATEWAY = 502


def ours(exchange: Exchange) -> bytes:
    """The `x-vedette-*` header lines: what happened on the way."""
    target = exchange.target
    named = b""
    if target is not None:
        named = target.lines or target_lines(target.upstream, exchange.requested_model)
        named += _FALLBACK[exchange.is_fallback]
    lines = _OURS % (
        exchange.request_id.encode(), exchange.caller.trace_id.encode(), exchange.tries,
        exchange.cache.encode(), named,
    )  # fmt: skip
    if exchange.cost_nano_usd is not None:
        lines += b"x-vedette-cost-usd: %b\r\n" % usd(exchange.cost_nano_usd)
    if exchange.overhead_ms is not None:
        lines += b"x-vedette-overhead-ms: %.3f\r\n" % exchange.overhead_ms
    if exchange.translation is not None and exchange.translation.dropped:
        dropped = ",".join(exchange.translation.dropped)
        lines += b"x-vedette-dropped: %b\r\n" % header_value(dropped)
    return lines + exchange.limit_lines


_OURS = (
    b"x-vedette-request-id: %b\r\nx-vedette-trace-id: %b\r\nx-vedette-attempts: %d\r\n"
    b"x-vedette-cache: %b\r\n%b"
)


_FALLBACK = (b"x-vedette-fallback: false\r\n", b"x-vedette-fallback: true\r\n")


def passed_on(headers: Headers, *, stream: bool = False) -> Headers:
    """The provider's headers as the client gets them; `ours` come on top."""
    kept = [header for header in forwardable(headers) if header[0][:10] != b"x-vedette-"]
    if stream:
        names = {name for name, _ in kept}
        kept.extend(header for header in _STREAM_HEADERS if header[0] not in names)
    return kept


def translated(headers: Headers, content_type: bytes, *, stream: bool = False) -> Headers:
    """The same for a body that we wrote anew: what described the provider's bytes is gone."""
    kept = [header for header in passed_on(headers) if header[0] not in _OF_THE_BODY]
    kept.append((b"content-type", content_type))
    if stream:
        kept.extend(header for header in _STREAM_HEADERS)
    return kept


_OF_THE_BODY = frozenset(
    {
        b"content-type", b"content-encoding", b"content-disposition", b"content-language",
        b"content-md5", b"digest", b"etag", b"last-modified", b"accept-ranges", b"cache-control",
        b"x-accel-buffering", b"x-amzn-bedrock-content-type",
    }
)  # fmt: skip


def refuse(response: Response, error: VedetteError, dialect: str, lines: bytes = b"") -> None:
    """Answer with an error of ours, in the client's shape; `lines` are those of `ours`."""
    body = fault_body(dialect, fault_of(error))
    headers = [JSON, (b"x-vedette-error-source", b"gateway")]
    allow = getattr(error, "allow", None)
    if allow is not None:
        headers.append((b"allow", allow.encode()))
    retry_after = getattr(error, "retry_after_s", None)
    if retry_after is not None:
        headers.append((b"retry-after", b"%d" % max(1, round(retry_after))))
    response.send(error.status, headers, body, more=lines)


def give_up(exchange: Exchange, failure: Failure) -> None:
    """Every attempt failed: the client gets the first failure, as it was."""
    response = exchange.response
    exhausted = len(exchange.attempts) > 1
    extra: Headers = [(b"x-vedette-attempt-log", _attempt_log(exchange))]
    if exhausted:
        extra.append((b"x-should-retry", b"false"))
    client = exchange.endpoint.dialect
    if failure.status:
        kept, status, body = passed_on(failure.headers), failure.status, failure.body
        if failure.dialect and failure.dialect != client:
            status, body = translated_fault(client, failure.dialect, status, body)
            kept = translated(failure.headers, JSON[1])
        if exhausted:
            kept = [header for header in kept if header[0] != b"x-should-retry"]
        exchange.status = status
        kept += [(b"x-vedette-error-source", b"provider"), *extra]
        response.send(status, kept, body, more=ours(exchange))
        return
    exchange.status = _TIMEOUT_STATUS if failure.is_timeout else _BAD_GATEWAY
    provider = exchange.attempts[0].provider if exchange.attempts else ""
    message = f"The provider {provider!r} {what_it_did(failure.code)} ({failure.code})."
    fault = Fault(exchange.status, failure.message or message, "upstream_error", failure.code)
    source = (b"x-vedette-error-source", b"gateway")
    body = fault_body(client, fault)
    response.send(exchange.status, [JSON, source, *extra], body, more=ours(exchange))


def words_of(failure: Failure) -> str:
    """For the record, which quotes no provider."""
    if failure.message or not failure.status:
        return failure.message or f"the provider {what_it_did(failure.code)}"
    return f"the provider answered with status {failure.status}"


def _attempt_log(exchange: Exchange) -> bytes:
    # An error may bear the name that the provider gave it.
    told = (
        b"%b=%b" % (header_value(a.provider), header_value(a.error or "ok"))
        for a in exchange.attempts
    )
    return b",".join(told)


def usd(nano_usd: int) -> bytes:
    """Decimal dollars, exact to the nano-dollar, at least micro-dollar digits."""
    text = b"%d.%09d" % divmod(nano_usd, 1_000_000_000)
    return text[:-3] if text.endswith(b"000") else text.rstrip(b"0")
