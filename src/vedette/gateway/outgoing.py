"""The client's headers as a provider gets them.

A client repeats its headers call after call, but for a few. So a head is made once and remembered
under everything it was made of; what differs from call to call (`_VARYING`) has no part in it and
is written anew: the trace context and the length.
"""

from urllib.parse import quote, unquote_plus

from vedette.gateway.directory import Target, Upstream
from vedette.gateway.encoding import READABLE
from vedette.gateway.exchange import Exchange
from vedette.http1.headers import forwardable, header_lines, named_in_connection, request_head
from vedette.ports.provider import HttpCall

Headers = list[tuple[bytes, bytes]]

_TRACE, _STATE = b"traceparent", b"tracestate"
_VARYING = frozenset(
    {
        b"content-length", _TRACE, b"x-vedette-session", b"x-vedette-user", b"x-vedette-tags",
        b"x-vedette-environment", b"x-vedette-release",
    }
)  # fmt: skip
_REMEMBERED = 128
_REMEMBERED_BYTES = 4096
"""Bounds of one provider's memory: heads, and the size of each."""
_HAS_BODY = frozenset({"POST", "PUT", "PATCH"})

_CREDENTIALS = frozenset({b"authorization", b"x-api-key", b"api-key", b"x-goog-api-key"})
_KEYS_IN_QUERY = frozenset({"key", "api-key", "authorization"})
"""As Google's clients send theirs, and pages with Azure's."""
_OURS_TO_SET = frozenset({b"accept-encoding", b"expect", b"cookie", _TRACE})
_SENT_DECODED = frozenset({b"content-encoding"})


def provider_head(
    exchange: Exchange, target: Target, body: bytes, *, keeps_key: bool, now_s: float,
    token: tuple[bytes, bytes] | None = None,
) -> bytes:  # fmt: skip
    """The whole head of a request whose body is there; `keeps_key` as for `client_headers`.

    `token` is a credential that takes the place of every other.
    """
    request, upstream = exchange.request, target.upstream
    key = (
        request.head if request.head.is_known else _likeness(exchange), exchange.wire,
        target.model, exchange.stream, bool(exchange.body), keeps_key, exchange.key,
        bool(exchange.caller.parent_span_id),
    )  # fmt: skip
    head = upstream.heads.get(key)
    if head is None:
        lasting = [header for header in request.headers if header[0] not in _VARYING]
        keeps_key = keeps_key and token is None
        kept = _kept(exchange, lasting, keeps_key=keeps_key)
        query = kept_query(request.query, upstream, keeps_key=keeps_key)
        call = _addressed(exchange, target, kept, query)
        if upstream.signs:
            provider = upstream.ring.providers[exchange.key]
            call.headers.extend(provider.sign(call, body, now_s))
        head = request_head(call.method, call.target, call.headers)[:-2]
        if len(head) <= _REMEMBERED_BYTES and not upstream.signs:
            if len(upstream.heads) >= _REMEMBERED:
                upstream.heads.clear()
            upstream.heads[key] = head
    if token is not None:
        head += header_lines([token])
    if request.header(_TRACE) is not None:
        head += _trace_line(exchange, head)
    if body or request.method in _HAS_BODY:
        return b"%bcontent-length: %d\r\n\r\n" % (head, len(body))
    return head + b"\r\n"


def _likeness(exchange: Exchange) -> tuple[object, ...]:
    """What a head that is not known as a whole has in common with others of the same client."""
    request = exchange.request
    lasting = [header for header in request.headers if header[0] not in _VARYING]
    return (request.method, exchange.endpoint.path, request.query, *lasting)


def _addressed(exchange: Exchange, target: Target, headers: Headers, query: str) -> HttpCall:
    """The call as this provider wants it."""
    request, endpoint, wire = exchange.request, exchange.endpoint, exchange.wire
    provider = target.upstream.ring.providers[exchange.key]
    model = target.model or exchange.requested_model
    if exchange.translates:
        own = [header for header in headers if not header[0].startswith(_OF_A_DIALECT)]
        own = [header for header in own if header[0] not in _OF_THE_BODY]
        own += [
            (b"content-type", b"application/json"),
            (b"accept", b"text/event-stream" if exchange.stream else b"application/json"),
        ]
        return provider.call(
            dialect=wire, model=model, stream=exchange.stream, query="", headers=own
        )
    if wire and endpoint.operation in _CALLED and endpoint.path not in _PASSED:
        if wire == "gemini" and exchange.stream and not query:
            # Without a word Gemini streams a list; `call` would ask for events.
            query = "alt=json"
        return provider.call(
            dialect=wire, model=model, stream=exchange.stream, query=query, headers=headers
        )
    path = endpoint.path
    if endpoint.model and wire:
        path = f"{_MODELS}{quote(model, safe='')}{endpoint.path}"
    return provider.prepare(method=request.method, path=path, query=query, headers=headers)


_CALLED = frozenset({"chat", "text_completion", "embeddings"})
_PASSED = frozenset({":embedContent"})
"""Older forms of a call that providers still answer in the older form."""
_MODELS = "/models/"
_OF_A_DIALECT = (b"anthropic-", b"openai-", b"x-goog-", b"x-amz-", b"x-stainless-", b"amz-sdk-")
"""Fields that mean something to the client's own provider and nothing to another."""
_OF_THE_BODY = frozenset({b"content-type", b"accept", b"content-md5", b"content-encoding"})


def _trace_line(exchange: Exchange, head: bytes) -> bytes:
    """Nothing where the client or the configuration of the provider keeps the field from it."""
    trace = exchange.request.header(_TRACE)
    if trace is None or _TRACE in named_in_connection(exchange.request.headers):
        return b""
    if b"\r\ntraceparent: " in head:
        return b""
    return header_lines([(_TRACE, _traceparent(exchange, trace))])


def client_headers(exchange: Exchange, *, keeps_key: bool) -> Headers:
    """What of the client's head goes on.

    Not hop-by-hop names, not `x-vedette-*`, no cookies (a browser sends those of every port of
    this host). `keeps_key` False: the client's credential is one of ours and stays here.
    """
    request = exchange.request
    kept = _kept(exchange, request.headers, keeps_key=keeps_key)
    trace = request.header(_TRACE)
    if trace is not None and _TRACE not in named_in_connection(request.headers):
        kept.append((_TRACE, _traceparent(exchange, trace)))
    return kept


def kept_query(query: str, upstream: Upstream, *, keeps_key: bool) -> str:
    """What of the client's query goes on: all but credentials, where its headers lose theirs."""
    if not query or (keeps_key and not upstream.settings.api_key):
        return query
    parts = query.split("&")
    return "&".join(part for part in parts if _name_of(part) not in _KEYS_IN_QUERY)


def _name_of(part: str) -> str:
    return unquote_plus(part.partition("=")[0]).lower()


def _kept(exchange: Exchange, headers: Headers, *, keeps_key: bool) -> Headers:
    dropped = _OURS_TO_SET if keeps_key else _OURS_TO_SET | _CREDENTIALS
    if exchange.body:
        dropped = dropped | _SENT_DECODED
    accepted = b""
    kept: Headers = []
    for header in forwardable(headers):
        name = header[0]
        if name in dropped:
            if name == b"accept-encoding":
                accepted = header[1]
        elif not (name.startswith(b"x-vedette-") or (name == _STATE and _begins_trace(exchange))):
            kept.append(header)
    kept.append((b"accept-encoding", _coding(accepted, exchange.stream)))
    return kept


def _coding(accepted: bytes, stream: bool) -> bytes:
    """Streams are never compressed: a compressor would hold back their events."""
    if stream or b"gzip" not in accepted:
        return b"identity"
    return READABLE if b"zstd" in accepted else b"gzip"


def _traceparent(exchange: Exchange, header: bytes) -> bytes:
    """The client's trace with our span as the parent; a new one where the client's is not valid
    (W3C Trace Context, section 4.3)."""
    caller = exchange.caller
    flags = header[53:55].decode("latin-1") if caller.parent_span_id else "01"
    return f"00-{caller.trace_id}-{exchange.span_id}-{flags}".encode()


def _begins_trace(exchange: Exchange) -> bool:
    """Whether the trace is ours: then what others noted of theirs has no place in it."""
    return not exchange.caller.parent_span_id
