"""Spans to rows and back.

The light half of a span is `Head`, a positional msgpack array (no field names, so about 150
bytes); the heavy half is the model's own `Payload`, msgpack that `packing` makes small. New
fields of `Head` go to the end with a default: older rows stay readable.
"""

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

import msgspec

from vedette.errors import SpanRefused, StoreError
from vedette.model.span import (
    KINDS,
    CaptureMode,
    CostSource,
    Payload,
    Span,
    StatusCode,
    ToolCall,
)
from vedette.model.usage import Usage

STATUSES: tuple[StatusCode, ...] = ("unset", "ok", "error")
COST_SOURCES: tuple[CostSource, ...] = ("", "priced", "reported", "unknown", "partial")
_CAPTURES: tuple[CaptureMode, ...] = ("full", "redacted", "hash", "none")
_KIND_CODES = {kind: code for code, kind in enumerate(KINDS)}
_MAX_TIME_NS = 2**63 - 1
_MAX_COUNT = 10**15
_MAX_ID_BYTES = 32
_NO_USAGE = Usage()
_FIRST = Usage.__struct_fields__.index("cache_read_audio")
"""In storage `estimated` stands here, and what `Usage` got later comes after it."""
_STORED = len(Usage.__struct_fields__)
_in_stored_order: Callable[[Usage], tuple[int, ...]] = attrgetter(
    *Usage.__struct_fields__[:_FIRST], "estimated", *Usage.__struct_fields__[_FIRST:-1]
)
_NO_PAYLOAD = Payload()
_encoder = msgspec.msgpack.Encoder()


class Head(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """Everything of a span but its ids, its start and its payload."""

    name: str
    kind: int
    duration_ns: int
    status: int = 0
    parent: bytes = b""
    status_message: str = ""
    provider: str = ""
    model: str = ""
    response_model: str = ""
    route: str = ""
    usage: tuple[int, ...] = ()
    """As `usage_counts` gives them."""
    cost: int | None = None
    cost_source: int = 0
    price_version: str = ""
    ttft_ms: float | None = None
    session_id: str = ""
    user_id: str = ""
    tags: tuple[str, ...] = ()
    finish_reason: str = ""
    tool_calls: tuple[ToolCall, ...] = ()
    capture: int = 0
    environment: str = ""
    release: str = ""


class Row(NamedTuple):
    """A span made ready to be written."""

    span: Span
    trace_id: bytes
    span_id: bytes
    head: bytes
    body: bytes | None


_head_decoder = msgspec.msgpack.Decoder(Head)
_payload_decoder = msgspec.msgpack.Decoder(Payload)


def encode_row(span: Span) -> Row:
    """Raises `SpanRefused` for a span that no retry will ever make writable."""
    _check_numbers(span)
    try:
        return _row(span)
    except (TypeError, ValueError, OverflowError, RecursionError):
        span = _cleaned(span)
    try:
        return _row(span)
    except (TypeError, ValueError, OverflowError, RecursionError) as error:
        raise SpanRefused(_refusal(span, f"cannot be encoded ({type(error).__name__})")) from error


def _row(span: Span) -> Row:
    trace_id = _id_bytes(span.trace_id, span)
    span_id = _id_bytes(span.span_id, span)
    parent = _id_bytes(span.parent_span_id, span) if span.parent_span_id else b""
    head = _encoder.encode(
        Head(
            span.name,
            _KIND_CODES[span.kind],
            span.end_ns - span.start_ns,
            STATUSES.index(span.status),
            parent,
            span.status_message,
            span.provider,
            span.model,
            span.response_model,
            span.route,
            usage_counts(span.usage),
            span.cost_nano_usd,
            COST_SOURCES.index(span.cost_source),
            span.price_version,
            span.ttft_ms,
            span.session_id,
            span.user_id,
            span.tags,
            span.finish_reason,
            span.tool_calls,
            _CAPTURES.index(span.capture),
            span.environment,
            span.release,
        )
    )
    body = None if span.payload == _NO_PAYLOAD else _encoder.encode(span.payload)
    return Row(span, trace_id, span_id, head, body)


def decode_head(head: bytes) -> Head:
    """Raises `StoreError` where the bytes are damaged."""
    try:
        return _head_decoder.decode(head)
    except msgspec.DecodeError as error:
        raise StoreError("A stored span is damaged and cannot be read.") from error


def decode_payload(body: bytes | None) -> Payload:
    """None is the empty payload. Raises `StoreError` where the bytes are damaged."""
    if body is None:
        return _NO_PAYLOAD
    try:
        return _payload_decoder.decode(body)
    except msgspec.DecodeError as error:
        raise StoreError("The stored payload of a span is damaged and cannot be read.") from error


class SpanKey(NamedTuple):
    """Where a span belongs, as it stands in its row."""

    project_id: str
    trace_id: bytes
    span_id: bytes
    start_ns: int


def to_span(key: SpanKey, head: Head, payload: Payload = _NO_PAYLOAD) -> Span:
    """Put the halves together again."""
    return Span(
        trace_id=key.trace_id.hex(),
        span_id=key.span_id.hex(),
        parent_span_id=head.parent.hex(),
        project_id=key.project_id,
        name=head.name,
        kind=KINDS[head.kind],
        start_ns=key.start_ns,
        end_ns=key.start_ns + head.duration_ns,
        status=STATUSES[head.status],
        status_message=head.status_message,
        provider=head.provider,
        model=head.model,
        response_model=head.response_model,
        route=head.route,
        usage=usage_of(head.usage),
        cost_nano_usd=head.cost,
        cost_source=COST_SOURCES[head.cost_source],
        price_version=head.price_version,
        ttft_ms=head.ttft_ms,
        session_id=head.session_id,
        user_id=head.user_id,
        tags=head.tags,
        finish_reason=head.finish_reason,
        tool_calls=head.tool_calls,
        capture=_CAPTURES[head.capture],
        environment=head.environment,
        release=head.release,
        payload=payload,
    )


def usage_counts(usage: Usage) -> tuple[int, ...]:
    """The fields in the order in which they are stored, trailing zeros cut."""
    if usage == _NO_USAGE:
        return ()
    counts = _in_stored_order(usage)
    used = len(counts)
    while used and not counts[used - 1]:
        used -= 1
    counts = counts[:used]
    # `estimated` is a truth value, the others are counts already.
    return counts if used <= _FIRST else tuple(map(int, counts))


def usage_of(counts: Sequence[int]) -> Usage:
    """The usage with these counts, in the order in which they are stored; missing ones are 0."""
    if not counts:
        return _NO_USAGE
    values: list[Any] = [*counts, *(0,) * (_STORED - len(counts))]
    values.append(bool(values.pop(_FIRST)))
    return Usage(*values)


def id_bytes(text: str) -> bytes | None:
    """A lower- or upper-case hex id as bytes; None for anything else."""
    try:
        value = bytes.fromhex(text)
    except ValueError:
        return None
    # `fromhex` overlooks blanks; we do not.
    return value if value and len(value) * 2 == len(text) else None


def _id_bytes(text: str, span: Span) -> bytes:
    value = id_bytes(text)
    if value is None or len(value) > _MAX_ID_BYTES:
        raise SpanRefused(_refusal(span, f"has the id {text[:64]!r}, which is not hex"))
    return value


def _check_numbers(span: Span) -> None:
    if not 0 <= span.start_ns <= _MAX_TIME_NS or not 0 <= span.end_ns <= _MAX_TIME_NS:
        raise SpanRefused(_refusal(span, "starts or ends outside of 1970 to 2262"))
    if abs(span.cost_nano_usd or 0) > _MAX_COUNT:
        raise SpanRefused(_refusal(span, "costs more than a million dollars"))
    if span.usage != _NO_USAGE:
        counts = msgspec.structs.astuple(span.usage)
        if min(counts) < 0 or max(counts) > _MAX_COUNT:
            raise SpanRefused(_refusal(span, "has token counts out of range"))


def _refusal(span: Span, why: str) -> str:
    return f"Span {span.span_id[:64]!r} of trace {span.trace_id[:64]!r} {why}."


def _cleaned(span: Span) -> Span:
    """The span without what msgpack cannot hold: lone surrogates and integers over 64 bits."""
    try:
        return msgspec.convert(_plain(msgspec.to_builtins(span)), Span)
    except (TypeError, ValueError, OverflowError, RecursionError) as error:
        raise SpanRefused(_refusal(span, f"cannot be encoded ({type(error).__name__})")) from error


def _plain(value: Any) -> Any:
    match value:
        case str():
            return value.encode("utf-8", "replace").decode("utf-8")
        case dict():
            return {_plain(key): _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
        case int() if not -(2**63) <= value < 2**64:
            return str(value)
        case _:
            return value
