"""What decoded bytes say: text in UTF-8, in characters of two or four bytes, packed or not.

A block of base64 or hex may hold any of these: shells take commands in UTF-16, and whoever wants
to hide packs first. What is unpacked is bounded, so that a few bytes do not become a gigabyte.
"""

import binascii
import zlib
from collections.abc import Callable
from typing import Final

MAX_UNPACKED: Final = 65_536
"""Bytes of one block."""
_GZIP: Final = b"\x1f\x8b\x08"
_ZLIB: Final = (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")
_ANY_HEADER: Final = 32 + zlib.MAX_WBITS
_MARKS: Final = (
    (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
)  # fmt: skip
_FILLED: Final = 0.7
"""Of the first bytes of wide characters, so many are zero where the text is mostly Latin."""


def text_from(decode: Callable[[], bytes]) -> str | None:
    """The text behind what `decode` gives; None where that fails or is no text."""
    try:
        data = decode()
        if data.startswith((_GZIP, *_ZLIB)):
            data = zlib.decompressobj(_ANY_HEADER).decompress(data, MAX_UNPACKED)
            return data.decode("utf-8", "ignore" if len(data) == MAX_UNPACKED else "strict")
        return data.decode(_encoding_of(data))
    except (binascii.Error, zlib.error, ValueError):
        return None


def _encoding_of(data: bytes) -> str:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    if 0 not in data:
        return "utf-8"
    if len(data) % 4 == 0 and not any(data[2::4]) and not any(data[3::4]):
        return "utf-32-le"
    if len(data) % 4 == 0 and not any(data[0::4]) and not any(data[1::4]):
        return "utf-32-be"
    high, low = data[0::2], data[1::2]
    if len(data) % 2 == 0 and high.count(0) >= _FILLED * len(high):
        return "utf-16-be"
    if len(data) % 2 == 0 and low.count(0) >= _FILLED * len(low):
        return "utf-16-le"
    return "utf-8"
