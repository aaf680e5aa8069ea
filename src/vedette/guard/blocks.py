"""Encoded blocks inside a text: base64, base32, hex, binary, character codes, Morse.

Each decoder takes what its pattern matched and gives the text behind it, or None where that is no
text: most long words are valid base64, and nearly none of them decode to something readable.
"""

import base64
import binascii
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

import re2

from vedette.guard.likeness import is_readable

MORSE: Final = {
    ".-": "a", "-...": "b", "-.-.": "c", "-..": "d", ".": "e", "..-.": "f", "--.": "g",
    "....": "h", "..": "i", ".---": "j", "-.-": "k", ".-..": "l", "--": "m", "-.": "n",
    "---": "o", ".--.": "p", "--.-": "q", ".-.": "r", "...": "s", "-": "t", "..-": "u",
    "...-": "v", ".--": "w", "-..-": "x", "-.--": "y", "--..": "z", "-----": "0",
    ".----": "1", "..---": "2", "...--": "3", "....-": "4", ".....": "5", "-....": "6",
    "--...": "7", "---..": "8", "----.": "9", ".-.-.-": ".", "--..--": ",", "..--..": "?",
    "-.-.--": "!", ".----.": "'", "-..-.": "/", "---...": ":", "-....-": "-",
}  # fmt: skip

_SEPARATED: Final = re.compile(r"[^0-9A-Za-z]+")


def decode_base64(block: str) -> str | None:
    compact = "".join(block.split()).rstrip("=").translate({45: 43, 95: 47})
    if len(compact) % 4 == 1:
        compact = compact[:-1]
    return _text(lambda: base64.b64decode(compact + "=" * (-len(compact) % 4), validate=True))


def decode_base32(block: str) -> str | None:
    compact = block.rstrip("=")
    return _text(lambda: base64.b32decode(compact + "=" * (-len(compact) % 8)))


def decode_hex(block: str) -> str | None:
    digits = re.sub(r"0x|\\x|[^0-9A-Fa-f]", "", block)
    return _text(lambda: bytes.fromhex(digits[: len(digits) // 2 * 2]))


def decode_binary(block: str) -> str | None:
    bits = "".join(block.split())
    size = 7 if re.match(r"[01]{7}\s", block) else 8
    if len(bits) % size:
        return None
    return _text(lambda: bytes(int(bits[i : i + size], 2) for i in range(0, len(bits), size)))


def decode_codes(block: str) -> str | None:
    """Decimal character codes; a list of measurements seldom is readable ASCII throughout."""
    numbers = [int(number) for number in _SEPARATED.split(block) if number.isdigit()]
    if not all(number in (9, 10, 13) or 32 <= number < 127 for number in numbers):
        return None
    text = "".join(map(chr, numbers))
    letters = sum(ch.isalpha() or ch == " " for ch in text)
    return text if letters >= 0.8 * len(text) else None


def decode_morse(block: str) -> str | None:
    signs = block.translate({0xB7: 46, 0x2022: 46, 0x2212: 45, 0x2013: 45, 0x2014: 45, 0x5F: 45})
    words = re.split(r"\s*[/|]\s*|\s{3,}|\n", signs.strip())
    try:
        return " ".join("".join(MORSE[sign] for sign in word.split()) for word in words)
    except KeyError:
        return None


_RUN: Final = r"[A-Za-z0-9+/_-]{16,}={0,2}"
Decoder = Callable[[str], "str | None"]
DECODERS: Final[tuple[tuple[str, str, Decoder], ...]] = (
    ("base64", _RUN, decode_base64),
    ("base64", r"(?:[A-Za-z0-9+/]{60,80}\r?\n){1,}[A-Za-z0-9+/]{1,80}={0,2}", decode_base64),
    ("base32", r"\b(?:[A-Z2-7]{8}){2,}[A-Z2-7]{0,7}={0,6}", decode_base32),
    ("hex", r"(?i)\b(?:[0-9a-f]{2}){8,}\b", decode_hex),
    ("hex", r"(?i)(?:\b(?:0x)?|\\x)[0-9a-f]{2}(?:[ ,:;\n-]{0,2}(?:0x|\\x)?[0-9a-f]{2}){7,}",
     decode_hex),
    ("binary", r"\b(?:[01]{7,8}\s+){3,}[01]{7,8}\b", decode_binary),
    ("binary", r"\b(?:[01]{8}){4,}\b", decode_binary),
    ("codes", r"\b(?:\d{2,3}(?:\s*[,;]\s*|\s+)){7,}\d{2,3}\b", decode_codes),
    ("morse", r"(?:[.\x{b7}\x{2022}_\x{2212}\x{2013}\x{2014}-]{1,6}(?:[ \n]*[/|][ \n]*|[ \n]+)){5,}"
              r"[.\x{b7}\x{2022}_\x{2212}\x{2013}\x{2014}-]{1,6}", decode_morse),
)  # fmt: skip
"""Name, pattern, decoder; in the order in which they are tried."""
_LONG_WORD: Final = re.compile(_RUN)
_SHORT: Final = 256
"""Characters of a block that is remembered."""


def decode_blocks(text: str, index: int, *, limit: int) -> Iterator[tuple[int, int, str]]:
    """Start, end and decoded text of at most `limit` blocks of `DECODERS[index]`."""
    _, pattern, _ = DECODERS[index]
    # Long words are many, and where a match costs so little re is far quicker than re2.
    matches = _LONG_WORD.finditer(text) if pattern is _RUN else re2.finditer(pattern, text)
    found = 0
    read: dict[str, str | None] = {}
    for tried, match in enumerate(matches):
        if found >= limit or tried >= 4 * limit:
            return
        block = match.group()
        if len(block) <= _SHORT:
            plain = _read_before(index, block)
        elif block in read:
            plain = read[block]
        else:
            plain = read[block] = _read(index, block)
        if plain is not None:
            found += 1
            yield match.start(), match.end(), plain


def _read(index: int, block: str) -> str | None:
    decoded = DECODERS[index][2](block)
    return decoded if decoded and is_readable(decoded) else None


_read_before: Final = lru_cache(maxsize=1_024)(_read)
"""A stream is looked at again and again while it grows, with the same blocks in it."""


def _text(decode: Callable[[], bytes]) -> str | None:
    try:
        return decode().decode("utf-8")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return None
