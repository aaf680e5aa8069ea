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
_LEET_RUN: Final = re.compile(r"[a-z0-9@$!|+€']{2,}", re.IGNORECASE)
_TO_LAST_LETTER: Final = re.compile(r"\S*[a-z]", re.IGNORECASE)
_TO_LAST_SIGN: Final = re.compile(r"\S*[0-9@$!|+€]")
_WORD: Final = re.compile(r"\S+")
_LEET_SHARE: Final = 0.2

APART_SIGN: Final = r"(?:\S[ \t._*|~\x{b7}\x{2022}-]{1,8}){6,}\S"
_APART_RUN: Final = re.compile(r"(?:\S[ \t._*|~·•-]{1,8}){6,}\S")
_GAP: Final = re.compile(r"[ \t._*|~·•-]+")

ESCAPE_SIGN: Final = (
    r"(?i)(?:\\u\{?[0-9a-f]{2}|\\x[0-9a-f]{2}|\\[0-7]{2,3}\\|%[0-9a-f]{2}|&#?[a-z0-9]{2,8};"
    r"|&#x?[0-9a-f]{2,7}&|U\+[0-9a-f]{4}|(?:=[0-9A-F]{2}){2})"
)
_ESCAPES: Final = re.compile(
    r"(?-i:\\U)[0-9a-f]{8}|\\u\{[0-9a-f]{1,6}\}|\\u[0-9a-f]{4}|U\+[0-9a-f]{4,6}[ ,;]?"
    r"|&#(?:\d{2,7}|x[0-9a-f]{2,6});?|&[a-z0-9]{2,8};"
    r"|(?:\\x[0-9a-f]{2})+|(?:\\[0-3]?[0-7]{2})+|(?:%[0-9a-f]{2})+|(?:=[0-9a-f]{2}|=\r?\n)+",
    re.IGNORECASE,
)
_QUOTED: Final = re.compile(r"(?:=[0-9A-F]{2}){2}")
_CODE: Final = re.compile(r"[0-9a-f]+(?=[^0-9a-f]*\Z)", re.IGNORECASE)
_BYTE: Final = re.compile(
    r"\\x([0-9a-f]{2})|\\([0-7]{2,3})|[%=]([0-9a-f]{2})|=\r?\n", re.IGNORECASE
)
_MIN_ESCAPES: Final = 3
"""In texts that are no JSON, where one means little."""

_HIDDEN: Final = re.compile("[\U000e0020-\U000e007e]{3,}|[\ufe00-\ufe0f\U000e0100-\U000e01ef]{3,}")
_ZERO_WIDTH_BITS: Final = re.compile("[\u200b\u200c\u200d\u2060\ufeff]{24,}")


def without_leet(text: str) -> Folded | None:
    """Digits and signs read as letters, in words that have both; `text` is folded already."""
    words = text.split()
    mixed = sum(map(_is_leet, words))
    if mixed < 2 or mixed < _LEET_SHARE * len(words):
        return None
    return Folded(_WORD.sub(_read_word, text))


def _is_leet(word: str) -> bool:
    run = _LEET_RUN.search(word)
    return run is not None and run.start() < _mixed_until(word)


def _mixed_until(word: str) -> int:
    """Where what follows in a word has letters and signs no more."""
    letter, sign = _TO_LAST_LETTER.match(word), _TO_LAST_SIGN.match(word)
    return min(letter.end(), sign.end()) if letter and sign else 0


def _read_word(match: re.Match[str]) -> str:
    word = match[0]
    until = _mixed_until(word)
    if not until:
        return word
    return _LEET_RUN.sub(lambda run: _read_leet(run[0]) if run.start() < until else run[0], word)


def _read_leet(word: str) -> str:
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
    """Escapes of JSON, C, HTML, URLs and quoted-printable replaced by what they mean."""
    is_quoted = _QUOTED.search(text) is not None
    read = _Reading(text)
    for match in _ESCAPES.finditer(text):
        if match[0][0] != "=" or is_quoted:
            read.escape(match)
    least = 1 if text.lstrip()[:1] in ("{", "[") else _MIN_ESCAPES
    return read.folded() if read.escapes >= least else None


class _Reading:
    """A text as its escapes are read one by one, with where each character came from."""

    def __init__(self, text: str) -> None:
        self.escapes = 0
        self._text = text
        self._pieces: list[str] = []
        self._starts, self._ends = array("i"), array("i")
        self._at = 0

    def escape(self, match: re.Match[str]) -> None:
        self._plain(match.start())
        said, self._at = match[0], match.end()
        if said[0] in "%=" or said[:2] == "\\x" or said[1:2].isdigit():
            self._bytes(match)
            return
        self.escapes += 1
        self._put(_meaning(said), match.start(), match.end())

    def folded(self) -> Folded:
        self._plain(len(self._text))
        return Folded("".join(self._pieces), self._starts, self._ends)

    def _plain(self, end: int) -> None:
        self._pieces.append(self._text[self._at : end])
        self._starts.extend(range(self._at, end))
        self._ends.extend(range(self._at + 1, end + 1))

    def _bytes(self, match: re.Match[str]) -> None:
        """Bytes are UTF-8, else each is a character of Latin-1."""
        codes = list(_BYTE.finditer(self._text, match.start(), match.end()))
        data = [(_byte_of(code), code) for code in codes if code[0][1:].strip()]
        self.escapes += len(data)
        at = 0
        for ch in bytes(byte for byte, _ in data).decode("utf-8", "surrogateescape"):
            size = len(ch.encode("utf-8", "surrogateescape"))
            start, end = data[at][1].start(), data[at + size - 1][1].end()
            self._put(chr(ord(ch) - 0xDC00) if "\udc80" <= ch <= "\udcff" else ch, start, end)
            at += size

    def _put(self, meant: str, start: int, end: int) -> None:
        self._pieces.append(meant)
        self._starts.extend([start] * len(meant))
        self._ends.extend([end] * len(meant))


def _byte_of(code: re.Match[str]) -> int:
    _, octal, _ = code.groups()
    return int(octal, 8) if octal else int(code[1] or code[3], 16)


def _meaning(escape: str) -> str:
    if escape.startswith("&"):
        return html.unescape(escape)
    found = _CODE.search(escape, 2)
    code = int(found[0], 16) if found else 0
    return chr(code) if code < 0xD800 or 0xE000 <= code <= 0x10FFFF else "\ufffd"


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
