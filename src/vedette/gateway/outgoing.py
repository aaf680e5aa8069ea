"""The client's headers as a provider gets them."""

from vedette.gateway.encoding import READABLE
from vedette.gateway.exchange import Exchange
from vedette.http1.headers import forwardable

Headers = list[tuple[bytes, bytes]]

_CREDENTIALS = frozenset({b"authorization", b"x-api-key", b"api-key", b"x-goog-api-key"})
_OURS_TO_SET = frozenset({b"accept-encoding", b"expect", b"cookie", b"traceparent"})
_SENT_DECODED = frozenset({b"content-encoding"})


def client_headers(exchange: Exchange, *, keeps_key: bool) -> Headers:
    """What of the client's head goes on.

    Not hop-by-hop names, not `x-vedette-*`, no cookies (a browser sends those of every port of
    this host). `keeps_key` False: the client's credential is one of ours and stays here.
    """
    request = exchange.request
    dropped = _OURS_TO_SET if keeps_key else _OURS_TO_SET | _CREDENTIALS
    if exchange.body:
        dropped = dropped | _SENT_DECODED
    accepted = trace = b""
    kept: Headers = []
    for header in forwardable(request.headers):
        name = header[0]
        if name in dropped:
            if name == b"accept-encoding":
                accepted = header[1]
            elif name == b"traceparent":
                trace = header[1]
        elif not name.startswith(b"x-vedette-"):
            kept.append(header)
    kept.append((b"accept-encoding", _coding(accepted, exchange.stream)))
    if trace:
        kept.append((b"traceparent", _traceparent(exchange, trace)))
    return kept


def _coding(accepted: bytes, stream: bool) -> bytes:
    """Streams are never compressed: a compressor would hold back their events."""
    if stream or b"gzip" not in accepted:
        return b"identity"
    return READABLE if b"zstd" in accepted else b"gzip"


def _traceparent(exchange: Exchange, header: bytes) -> bytes:
    """The client's trace with our span as the parent, where the client's header was valid."""
    caller = exchange.caller
    if not caller.parent_span_id:
        return header
    return f"00-{caller.trace_id}-{exchange.span_id}-{header[53:55].decode('latin-1')}".encode()
