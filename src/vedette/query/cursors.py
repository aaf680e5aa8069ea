"""Opaque page cursors: the keyset position of the last row seen."""

import base64
import binascii
import re

import msgspec

from vedette.model.query import Position

EXPECTED = "the next_cursor of the page before, unchanged"

_ID = re.compile(r"[0-9a-f]{1,64}", re.ASCII)
_LIMIT_NS = 2**63 - 1


def encode_cursor(position: Position | None) -> str | None:
    """None at the end of the list."""
    if position is None:
        return None
    return base64.urlsafe_b64encode(msgspec.json.encode(position)).rstrip(b"=").decode()


def decode_cursor(text: str) -> Position:
    """Raises ValueError, whose message is `EXPECTED`, for anything we did not hand out."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        position = msgspec.json.decode(raw, type=Position)
    except (ValueError, binascii.Error, msgspec.DecodeError):
        raise ValueError(EXPECTED) from None
    if abs(position.start_ns) > _LIMIT_NS or _ID.fullmatch(position.id) is None:
        raise ValueError(EXPECTED)
    return position
