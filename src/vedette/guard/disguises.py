"""Disguises that keep the letters in place: leet, letters set apart, escapes, invisible text.

Each function gives the text without the disguise and where its characters came from, or None where
the text does not wear it. Where the `_SIGN` of a disguise does not match, it need not be asked.
"""

import html
import re
from array import array
from collections.abc import Iterator
from typing import Final

from vedette.guard.folding import Folded
from vedette.guard.likeness import FUNCTION_WORDS, is_readable

_LEET: Final = str.maketrans("013456789@$!|+€", "oieasgtbgasiite")
_LEET_L: Final = str.maketrans("013456789@$!|+€", "oleasgtbgasllte")
LEET_SIGN: Final = r"(?i)[a-z][0134578@$!|+]+[a-z]|\b[0134578@$]+[a-z]{2}"
_LEET_WORD: Final = re.compile(r"(?=\S*[a-z])(?=\S*[0-9@$!|+€])[a-z0-9@$!|+€']{2,}", re.IGNORECASE)
_LEET_SHARE: Final = 0.2

APART_SIGN: Final = r"(?:\S[ \t._*|~\x{b7}\x{2022}-]{1,8}){6,}\S"
_APART_RUN: Final = re.compile(r"(?:\S[ \t._*|~·•-]{1,8}){6,}\S")
_GAP: Final = re.compile(r"[ \t._*|~·•-]+")

ESCAPE_SIGN: Final = r"(?i)(?:\\u\{?[0-9a-f]{4}|\\x[0-9a-f]{2}|%[0-9a-f]{2}|&#?[a-z0-9]{2,8};)"
_ESCAPES: Final = re.compile(
    r"(?:\\u\{?[0-9a-f]{4,5}\}?|\\x[0-9a-f]{2}|&#?[a-z0-9]{2,8};)|(?:%[0-9a-f]{2})+", re.IGNORECASE
)
_MIN_ESCAPES: Final = 3

_HIDDEN: Final = re.compile("[\U000e0020-\U000e007e]{3,}|[\ufe00-\ufe0f\U000e0100-\U000e01ef]{3,}")
_ZERO_WIDTH_BITS: Final = re.compile("[\u200b\u200c\u200d\u2060\ufeff]{24,}")


def without_leet(text: str) -> Folded | None:
    """Digits and signs read as letters, in words that have both; `text` is folded already."""
    words = text.split()
    mixed = sum(bool(_LEET_WORD.search(word)) for word in words)
    if mixed < 2 or mixed < _LEET_SHARE * len(words):
        return None
    return Folded(_LEET_WORD.sub(_read_leet, text))


def _read_leet(match: re.Match[str]) -> str:
    word = match[0]
    as_l = word.translate(_LEET_L)
    return as_l if as_l in FUNCTION_WORDS else word.translate(_LEET)


def set_together(text: str) -> Folded | None:
    """Letters that stand apart (`i g n o r e`) as words; wider gaps are taken for spaces."""
    pieces: list[str] = []
    starts = array("i")
    at = 0
    for run in _APART_RUN.finditer(text):
        if not _is_lettered(run[0]):
            continue
        _keep(text, range(at, run.start()), pieces, starts)
        _join(text, run, pieces, starts)
        at = run.end()
    if not at:
        return None
    _keep(text, range(at, len(text)), pieces, starts)
    return Folded("".join(pieces), starts, array("i", (index + 1 for index in starts)))


def _is_lettered(run: str) -> bool:
    """Most of what stands apart are letters: the cells of a table are not."""
    signs = _GAP.sub("", run)
    return 2 * sum(map(str.isalpha, signs)) > len(signs)


def _keep(text: str, indices: range, pieces: list[str], starts: "array[int]") -> None:
    pieces.append(text[indices.start : indices.stop])
    starts.extend(indices)


def _join(text: str, run: re.Match[str], pieces: list[str], starts: "array[int]") -> None:
    gaps = [len(gap) for gap in _GAP.findall(run[0])]
    narrow = min(gaps)
    at = run.start()
    for gap in _GAP.finditer(text, run.start(), run.end()):
        _keep(text, range(at, gap.start()), pieces, starts)
        if gap.end() - gap.start() > narrow:
            pieces.append(" ")
            starts.append(gap.start())
        at = gap.end()
    _keep(text, range(at, run.end()), pieces, starts)


def unescaped(text: str) -> Folded | None:
    """Escapes of JSON, HTML and URLs replaced by what they mean."""
    matches = list(_ESCAPES.finditer(text))
    if sum(max(1, match[0].count("%")) for match in matches) < _MIN_ESCAPES:
        return None
    pieces: list[str] = []
    starts, ends = array("i"), array("i")
    at = 0
    for match in matches:
        for index in range(at, match.start()):
            starts.append(index)
            ends.append(index + 1)
        pieces += text[at : match.start()], (meant := _meaning(match[0]))
        starts.extend([match.start()] * len(meant))
        ends.extend([match.end()] * len(meant))
        at = match.end()
    pieces.append(text[at:])
    starts.extend(range(at, len(text)))
    ends.extend(range(at + 1, len(text) + 1))
    return Folded("".join(pieces), starts, ends)


def _meaning(escape: str) -> str:
    if escape.startswith("&"):
        return html.unescape(escape)
    if escape.startswith("%"):
        return bytes.fromhex(escape.replace("%", "")).decode("utf-8", "replace")
    code = int(escape[2:].strip("{}"), 16)
    return chr(code) if not 0xD800 <= code <= 0xDFFF else "\ufffd"


def invisible(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and text of what is written in tag characters, variation selectors or bits."""
    for match in _HIDDEN.finditer(text):
        first = ord(match[0][0])
        if first >= 0xE0100 or first < 0xE0000:
            plain = bytes(map(_selector_byte, match[0])).decode("utf-8", "replace")
        else:
            plain = "".join(chr(ord(ch) - 0xE0000) for ch in match[0])
        if is_readable(plain):
            yield match.start(), match.end(), plain
    for match in _ZERO_WIDTH_BITS.finditer(text):
        for plain in _from_bits(match[0]):
            yield match.start(), match.end(), plain


def _selector_byte(ch: str) -> int:
    code = ord(ch)
    return (code - 0xE0100 + 16 if code >= 0xE0100 else code - 0xFE00) & 0xFF


def _from_bits(signs: str) -> Iterator[str]:
    """Two kinds of zero-width characters as bits of bytes, whichever of them is the one."""
    kinds = sorted(set(signs))
    if len(kinds) != 2 or len(signs) % 8:
        return
    for zero, one in (kinds, kinds[::-1]):
        bits = signs.replace(zero, "0").replace(one, "1")
        data = bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits), 8))
        plain = data.decode("utf-8", "replace")
        if is_readable(plain):
            yield plain
