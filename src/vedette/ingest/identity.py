"""Ids of spans that come from others: made plain, and made where they are missing.

An id that is missing or no hex is replaced by a hash of what it names, so the same batch sent
again gives the same ids, and a parent is found by its child whoever wrote the id.
"""

from base64 import b64decode
from hashlib import blake2b

import msgspec

from vedette.dialects.otlp_shape import OtlpSpan

TRACE_BYTES, SPAN_BYTES = 16, 8
_LONGEST = 64


def clean_id(text: str, size: int) -> str:
    """`text` as lower-case hex of at most 32 bytes; empty where there is none or only zeros."""
    if not text.strip("0"):
        return ""
    if len(text) % 2 == 0 and len(text) <= _LONGEST and set(text) <= _HEX:
        return text
    return _from_base64(text, size) or blake2b(text.encode(), digest_size=size).hexdigest()


_HEX = frozenset("0123456789abcdef")


def _from_base64(text: str, size: int) -> str:
    """Protobuf's own JSON has bytes as base64; OTLP's has not, but some send it."""
    if len(text) != (size + 2) // 3 * 4:
        return ""
    try:
        raw = b64decode(text, validate=True)
    except ValueError:
        return ""
    return raw.hex() if len(raw) == size else ""


def made_ids(span: OtlpSpan) -> tuple[str, str]:
    """Trace and span id from what the span says."""
    said = msgspec.msgpack.encode(
        (span.trace_id, span.parent_span_id, span.name, span.start_ns, span.end_ns,
         span.attributes, span.scope.name, span.scope.resource)
    )  # fmt: skip
    trace = blake2b(said, digest_size=TRACE_BYTES, person=b"vedette-trace").hexdigest()
    return trace, blake2b(said, digest_size=SPAN_BYTES, person=b"vedette-span").hexdigest()
