"""Heads and error bodies of what we answer."""

import re
from collections.abc import Iterable

import msgspec

from vedette.dialects.openai_errors import error_body
from vedette.errors import VedetteError
from vedette.gateway.attempt import Failure
from vedette.gateway.exchange import Exchange
from vedette.http1.headers import forwardable
from vedette.http1.server import Response

Headers = list[tuple[bytes, bytes]]

JSON = (b"content-type", b"application/json")
_STREAM_HEADERS = ((b"cache-control", b"no-cache"), (b"x-accel-buffering", b"no"))
_TIMEOUT_STATUS = 504
_BAD_GATEWAY = 502

_ERROR_TYPES = {
    400: "invalid_request_error",
    401: "authentication_error",
    403: "permission_error",
    404: "not_found_error",
    413: "invalid_request_error",
    429: "rate_limit_error",
}

_BROKEN_EVENTS = {
    "anthropic": (
        b'event: error\ndata: {"type":"error","error":{"type":"api_error","message":%s}}\n\n'
    ),
    "openai_responses": (
        b'event: error\ndata: {"type":"error","code":"upstream_error","message":%s}\n\n'
    ),
}
_BROKEN_EVENT = b'data: {"error":{"message":%s,"type":"upstream_error","param":null,"code":%s}}\n\n'


def ours(exchange: Exchange) -> Headers:
    """The `x-vedette-*` headers: what happened on the way."""
    target = exchange.target
    headers = [
        (b"x-vedette-request-id", exchange.request_id.encode()),
        (b"x-vedette-attempts", b"%d" % exchange.tries),
        _CACHE_OFF,
    ]
    if target is not None:
        headers += (
            (b"x-vedette-provider", target.upstream.header_name),
            (b"x-vedette-model", header_value(target.model or exchange.requested_model)),
            _FALLBACK if target.is_fallback else _NO_FALLBACK,
        )
    if exchange.cost_nano_usd is not None:
        headers.append((b"x-vedette-cost-usd", _usd(exchange.cost_nano_usd)))
    if exchange.overhead_ms is not None:
        headers.append((b"x-vedette-overhead-ms", b"%.3f" % exchange.overhead_ms))
    return headers


_CACHE_OFF = (b"x-vedette-cache", b"off")
_FALLBACK = (b"x-vedette-fallback", b"true")
_NO_FALLBACK = (b"x-vedette-fallback", b"false")


def passed_on(exchange: Exchange, headers: Headers, *, stream: bool = False) -> Headers:
    """The provider's headers as the client gets them."""
    kept = [h for h in forwardable(headers) if h[0][:10] != b"x-vedette-"]
    if stream:
        names = {name for name, _ in kept}
        kept.extend(header for header in _STREAM_HEADERS if header[0] not in names)
    return kept + ours(exchange)


def refuse(response: Response, error: VedetteError, extra: Iterable[tuple[bytes, bytes]]) -> None:
    """Answer with an error of ours, in OpenAI's shape."""
    kind = _ERROR_TYPES.get(error.status, "api_error")
    body = error_body(error.message, kind, error.code)
    headers = [JSON, (b"x-vedette-error-source", b"gateway"), *extra]
    retry_after = getattr(error, "retry_after_s", None)
    if retry_after is not None:
        headers.append((b"retry-after", b"%d" % max(1, round(retry_after))))
    response.send(error.status, headers, body)


def give_up(exchange: Exchange, failure: Failure) -> None:
    """Every attempt failed: the client gets the first failure, as it was."""
    response = exchange.response
    exhausted = len(exchange.attempts) > 1
    extra: Headers = [(b"x-vedette-attempt-log", _attempt_log(exchange))]
    if exhausted:
        extra.append((b"x-should-retry", b"false"))
    if failure.status:
        headers = [h for h in passed_on(exchange, failure.headers) if h[0] != b"x-should-retry"]
        kept = headers if exhausted else passed_on(exchange, failure.headers)
        exchange.status = failure.status
        source = (b"x-vedette-error-source", b"provider")
        response.send(failure.status, [*kept, source, *extra], failure.body)
        return
    exchange.status = _TIMEOUT_STATUS if failure.is_timeout else _BAD_GATEWAY
    provider = exchange.attempts[0].provider if exchange.attempts else ""
    message = f"The provider {provider!r} could not be reached or did not answer: {failure.code}."
    body = error_body(failure.message or message, "upstream_error", failure.code)
    source = (b"x-vedette-error-source", b"gateway")
    response.send(exchange.status, [JSON, *ours(exchange), source, *extra], body)


def broken_event(dialect: str, code: str, *, inside_event: bool) -> bytes:
    """The last event of a stream that broke: an error in the client's dialect."""
    message = msgspec.json.encode(f"The answer of the provider broke off: {code}.")
    template = _BROKEN_EVENTS.get(dialect)
    event = template % message if template else _BROKEN_EVENT % (message, b'"%s"' % code.encode())
    return b"\n\n" + event if inside_event else event


def _attempt_log(exchange: Exchange) -> bytes:
    return ",".join(f"{a.provider}={a.error or 'ok'}" for a in exchange.attempts).encode()


def header_value(text: str) -> bytes:
    """Text from a request, made fit for a header."""
    value = text[:200].encode("ascii", "backslashreplace")
    return value if value.isalnum() else _UNFIT.sub(b"?", value)


_UNFIT = re.compile(rb"[^\x20-\x7e]")


def _usd(nano_usd: int) -> bytes:
    """Decimal dollars, exact to the nano-dollar, at least micro-dollar digits."""
    whole, fraction = divmod(nano_usd, 1_000_000_000)
    micros, nanos = divmod(fraction, 1_000)
    if not nanos:
        return b"%d.%06d" % (whole, micros)
    return (b"%d.%09d" % (whole, fraction)).rstrip(b"0")
