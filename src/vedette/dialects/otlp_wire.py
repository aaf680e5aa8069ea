"""The wire format of Protocol Buffers, as much of it as OTLP needs, on bytes from a stranger.

`fields` cuts one message into its fields and checks every length before it is used, so a field
can never reach outside its message. It is the inner loop of the intake: no object is made but the
tuples, and numbers of one byte (nearly all tags and lengths) take the short way.
https://protobuf.dev/programming-guides/encoding/
"""

import struct

from vedette.errors import BadRequest


class TooMany(BadRequest):
    """More than is read at once; smaller batches are."""

    code = "batch_too_large"
    status = 413


Field = tuple[int, int, int]
"""Tag (number << 3 | wire type) and: start and end of a delimited value, or value and 0."""

_fixed64 = struct.Struct("<Q").unpack_from
_fixed32 = struct.Struct("<I").unpack_from
_MAX_SHIFT = 63
_STRETCH = 262_144
MAX_FIELDS = 200_000
"""Of one message: an empty span is two bytes long, and a body of those would fill the memory."""


class Malformed(BadRequest):
    """The bytes are not a message of this format."""

    code = "malformed_protobuf"


def fields(data: bytes, at: int, end: int) -> list[Field]:
    """The fields of the message in `data[at:end]`. Raises Malformed or TooMany."""
    found: list[Field] = []
    while at < end:
        at = _cut(data, at, end, found)
        if len(found) > MAX_FIELDS:
            raise TooMany(f"A message has more than {MAX_FIELDS} fields. Send smaller batches.")
    return found


def _cut(data: bytes, at: int, end: int, found: list[Field]) -> int:
    """Add the fields that begin in the next stretch to `found`; returns where the last one ends."""
    add = found.append
    stop = min(end, at + _STRETCH)
    while at < stop:
        tag = data[at]
        at += 1
        if tag > 127:
            tag, at = varint(data, at - 1, end)
        wire = tag & 7
        if wire == 2:
            if at >= end:
                raise Malformed("A field is cut short.")
            size = data[at]
            at += 1
            if size > 127:
                size, at = varint(data, at - 1, end)
            start, at = at, at + size
            if at > end:
                raise Malformed("A field is longer than its message.")
            add((tag, start, at))
        elif wire == 0:
            value, at = varint(data, at, end)
            add((tag, value, 0))
        elif wire == 1 and at + 8 <= end:
            add((tag, _fixed64(data, at)[0], 0))
            at += 8
        elif wire == 5 and at + 4 <= end:
            add((tag, _fixed32(data, at)[0], 0))
            at += 4
        else:
            raise Malformed("A field has an unknown type or is cut short.")
    return at


def varint(data: bytes, at: int, end: int) -> tuple[int, int]:
    """The number at `at`, and where it ends. Raises Malformed."""
    value = shift = 0
    while at < end:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value & 0xFFFFFFFFFFFFFFFF, at
        shift += 7
        if shift > _MAX_SHIFT:
            break
    raise Malformed("A number is cut short or too long.")


def text_field(number: int, text: str) -> bytes:
    """A field that holds text; nothing where it is empty."""
    body = text.encode("utf-8", "replace")
    return bytes_field(number, body) if body else b""


def bytes_field(number: int, body: bytes) -> bytes:
    """A field that holds a message or bytes."""
    return bytes((number << 3 | 2,)) + encode_varint(len(body)) + body


def number_field(number: int, value: int) -> bytes:
    """A field that holds a number >= 0; nothing where it is 0."""
    return bytes((number << 3,)) + encode_varint(value) if value else b""


def encode_varint(value: int) -> bytes:
    """`value` (>= 0) in groups of seven bits."""
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)
