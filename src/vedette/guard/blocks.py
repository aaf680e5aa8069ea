"""Encoded blocks inside a text: base64, base85, base32, hex, binary, codes, Morse, uuencode.

Each decoder takes what its pattern matched and gives the text behind it, or None where that is no
text: most long words are valid base64, and nearly none of them decode to something readable.
"""

import base64
import binascii
import re
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import Final

import re2

from vedette.guard.likeness import is_readable
from vedette.guard.unpacking import text_from

MORSE: Final = {
    ".-": "a", "-...": "b", "-.-.": "c", "-..": "d", ".": "e", "..-.": "f", "--.": "g",
    "....": "h", "..": "i", ".---": "j", "-.-": "k", ".-..": "l", "--": "m", "-.": "n",
    "---": "o", ".--.": "p", "--.-": "q", ".-.": "r", "...": "s", "-": "t", "..-": "u",
    "...-": "v", ".--": "w", "-..-": "x", "-.--": "y", "--..": "z", "-----": "0",
    ".----": "1", "..---": "2", "...--": "3", "....-": "4", ".....": "5", "-....": "6",
    "--...": "7", "---..": "8", "----.": "9", ".-.-.-": ".", "--..--": ",", "..--..": "?",
    "-.-.--": "!", ".----.": "'", "-..-.": "/", "---...": ":", "-....-": "-",
}  # fmt: skip

_DIGIT: Final = re.compile("[0-9]")
_NOT_OCTAL: Final = re.compile("[89]")
_MAX_BASE85: Final = 1_000
_LEAST_BASE85: Final = 24
_PROBE: Final = 40
"""Characters that say whether the rest is decoded; decoding base85 is slow."""
_SEPARATED: Final = re.compile(r"[^0-9A-Za-z]+")


def decode_base64(block: str) -> str | None:
    compact = "".join(block.split()).rstrip("=").translate({45: 43, 95: 47})
    if len(compact) % 4 == 1:
        compact = compact[:-1]
    return text_from(lambda: base64.b64decode(compact + "=" * (-len(compact) % 4), validate=True))


def decode_base32(block: str) -> str | None:
    compact = block.rstrip("=").upper()
    return text_from(lambda: base64.b32decode(compact + "=" * (-len(compact) % 8)))


def decode_hex(block: str) -> str | None:
    digits = re.sub(r"0x|\\x|[^0-9A-Fa-f]", "", block)
    return text_from(lambda: bytes.fromhex(digits[: len(digits) // 2 * 2]))


def decode_binary(block: str) -> str | None:
    bits = "".join(block.split())
    size = 7 if re.match(r"[01]{7}\s", block) else 8
    if len(bits) % size:
        return None
    return text_from(lambda: bytes(int(bits[i : i + size], 2) for i in range(0, len(bits), size)))


def decode_codes(block: str) -> str | None:
    """Character codes, decimal or octal; lists of measurements seldom are readable throughout."""
    digits = [number for number in _SEPARATED.split(block) if number.isdigit()]
    base = 8 if max(map(int, digits)) > 126 and not _NOT_OCTAL.search(block) else 10
    numbers = [int(number, base) for number in digits]
    if not all(number in (9, 10, 13) or 32 <= number < 127 for number in numbers):
        return None
    text = "".join(map(chr, numbers))
    letters = sum(ch.isalpha() or ch == " " for ch in text)
    return text if letters >= 0.8 * len(text) else None


def decode_octal(block: str) -> str | None:
    return text_from(lambda: bytes(int(code, 8) for code in block.split("0o") if code.strip(" ,;")))


def decode_base85(block: str) -> str | None:
    """In the alphabet of Ascii85 or that of RFC 1924, where the beginning reads like a text."""
    compact = "".join(block.split())[:_MAX_BASE85]
    for decode in (_ascii85, base64.b85decode):
        for said in dict.fromkeys((compact, compact.strip("\"'`"))):
            if _begins_readable(decode, said):
                return text_from(partial(decode, said))
    return None


def _begins_readable(decode: Callable[[str], bytes], compact: str) -> bool:
    try:
        begin = decode(compact[:_PROBE]).decode("utf-8", "ignore")
    except ValueError:
        return False
    return is_readable(begin)


def _ascii85(compact: str) -> bytes:
    return base64.a85decode(compact.removeprefix("<~").removesuffix("~>"))


def decode_uu(block: str) -> str | None:
    """Up to the first line that is none of it."""
    data = b""
    for line in block.splitlines()[1:]:
        try:
            data += binascii.a2b_uu(line)
        except binascii.Error:
            break
    return text_from(lambda: data)


def decode_morse(block: str) -> str | None:
    signs = block.translate({0xB7: 46, 0x2022: 46, 0x2212: 45, 0x2013: 45, 0x2014: 45, 0x5F: 45})
    words = re.split(r"\s*[/|]\s*|\s{3,}|\n", signs.strip())
    try:
        return " ".join("".join(MORSE[sign] for sign in word.split()) for word in words)
    except KeyError:
        return None


_MIXED: Final = r"[!-~]{24,}"
_RUN: Final = r"[A-Za-z0-9+/_-]{16,}={0,2}"
Decoder = Callable[[str], "str | None"]
DECODERS: Final[tuple[tuple[str, str, Decoder], ...]] = (
    ("base64", _RUN, decode_base64),
    ("base64", r"(?:[A-Za-z0-9+/]{32,80}\r?\n){1,}[A-Za-z0-9+/]{1,80}={0,2}", decode_base64),
    ("base64", r"(?:[A-Za-z0-9+/]{4} ){7,}[A-Za-z0-9+/]{2,4}={0,2}", decode_base64),
    ("base32", r"\b(?:[A-Z2-7]{8}){2,}[A-Z2-7]{0,7}={0,6}", decode_base32),
    ("base32", r"\b(?:[a-z2-7]{8}){3,}[a-z2-7]{0,7}={0,6}", decode_base32),
    ("hex", r"(?i)\b(?:[0-9a-f]{2}){8,}\b", decode_hex),
    ("hex", r"(?i)(?:\b(?:0x)?|\\x)[0-9a-f]{2}(?:[ ,:;\n-]{0,2}(?:0x|\\x)?[0-9a-f]{2}){7,}",
     decode_hex),
    ("binary", r"\b(?:[01]{7,8}\s+){3,}[01]{7,8}\b", decode_binary),
    ("binary", r"\b(?:[01]{8}){4,}\b", decode_binary),
    ("octal", r"\b(?:0o[0-7]{2,3}[ ,;]{0,2}){7,}0o[0-7]{2,3}", decode_octal),
    ("codes", r"\b(?:\d{2,3}(?:\s*[,;]\s*|\s+)){7,}\d{2,3}\b", decode_codes),
    ("morse", r"(?:[.\x{b7}\x{2022}_\x{2212}\x{2013}\x{2014}-]{1,6}(?:[ \n]*[/|][ \n]*|[ \n]+)){5,}"
              r"[.\x{b7}\x{2022}_\x{2212}\x{2013}\x{2014}-]{1,6}", decode_morse),
    ("base85", r"<~[!-uz\s]+~>", decode_base85),
    ("base85", _MIXED, decode_base85),
    ("uuencode", r"begin [0-7]{3,4} [^\n]{1,80}\n(?:[!-_][ -`]{4,60}\n?)+", decode_uu),
)  # fmt: skip
"""Name, pattern, decoder; in the order in which they are tried."""
_LONG_WORD: Final = re.compile(_RUN)
_SHORT: Final = 256
"""Characters of a block that is remembered."""


def decode_blocks(text: str, index: int, *, limit: int) -> Iterator[tuple[int, int, str]]:
    """Start, end and decoded text of at most `limit` blocks of `DECODERS[index]`."""
    _, pattern, _ = DECODERS[index]
    if pattern is _RUN and not _any_long_word(text, 4 * limit):
        return
    found = 0
    read: dict[str, str | None] = {}
    for tried, (start, end) in enumerate(_matches(text, pattern)):
        if found >= limit or tried >= 4 * limit:
            return
        block = text[start:end]
        if len(block) <= _SHORT:
            plain = _read_before(index, block)
        elif block in read:
            plain = read[block]
        else:
            plain = read[block] = _read(index, block)
        if plain is not None:
            found += 1
            yield start, end, plain


def _any_long_word(text: str, most: int) -> bool:
    """Whether one of the first long words may be encoded: nearly always none is, and a stream is
    looked at again and again."""
    words = _LONG_WORD.findall(text)[:most]
    return any(len(word) > _SHORT or _read_before(0, word) is not None for word in words)


def _matches(text: str, pattern: str) -> Iterator[tuple[int, int]]:
    if pattern is _MIXED:
        yield from _mixed_words(text)
        return
    # Long words are many, and where a match costs so little re is far quicker than re2.
    found = _LONG_WORD.finditer(text) if pattern is _RUN else re2.finditer(pattern, text)
    for match in found:
        yield match.start(), match.end()


def _mixed_words(text: str) -> Iterator[tuple[int, int]]:
    """Long words of letters and signs: addresses, code and base64 are nearly all of one kind."""
    at = 0
    for word in text.split():
        if len(word) < _LEAST_BASE85 or not word.isascii():
            continue
        begin = word[:_PROBE]
        if begin.islower() or not _DIGIT.search(begin):
            continue
        if 0.45 * len(begin) <= sum(map(str.isalnum, begin)) <= 0.9 * len(begin):
            start = text.index(word, at)
            at = start + len(word)
            yield start, at


def _read(index: int, block: str) -> str | None:
    decoded = DECODERS[index][2](block)
    return decoded if decoded and is_readable(decoded) else None


_read_before: Final = lru_cache(maxsize=4_096)(_read)
"""A stream is looked at again and again while it grows, with the same blocks in it."""
