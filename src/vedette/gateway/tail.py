"""The end of an answer that is too large to hold: there stands what it cost.

Every dialect we read puts `usage` behind the output. Unescaped, `"usage"` can only be a member:
inside a text its quotes would be escaped.
"""

import json

import msgspec

KEPT_BYTES = 16_384

_DECODER = json.JSONDecoder()


class Tail:
    """The last bytes of a body that passes."""

    __slots__ = ("_kept",)

    def __init__(self) -> None:
        self._kept = b""

    def add(self, data: bytes) -> None:
        self._kept = (self._kept + data[-KEPT_BYTES:])[-KEPT_BYTES:]

    def usage(self) -> bytes | None:
        """A JSON object with nothing but the answer's `usage`; None where none was found."""
        _, name, after = self._kept.rpartition(b'"usage"')
        if not name:
            return None
        text = after.decode("utf-8", "replace").lstrip(" \t\r\n:")
        try:
            value, _ = _DECODER.raw_decode(text)
        except (ValueError, RecursionError):
            return None
        return msgspec.json.encode({"usage": value})
