"""Where something may have begun at the end of a text that goes on.

Of a text that is still being written everything may pass but what may turn out to be part of a
finding: the last word, numbers that may grow, letters set apart, bytes and codes one by one. What
a detector would look for besides these it says itself (`Detector.begun`). Words in a cipher are
words: they pass one by one, what stands in them as a value does not.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from vedette.guard.folding import COMBINING, INVISIBLE

_WORD: Final = re.compile(r"[^ \t\n\r\f\v]+")
_PIECE: Final = re.compile(
    r"[0-9a-f]{2}[,:;-]?|(?:0x|\\x)[0-9a-f]{0,2}[,:;-]?|0o[0-7]{0,3}[,;]?|u\+[0-9a-f]{0,6}[,;]?|\d+[,;]?|[.\-_|/\u00b7\u2022\u2026]+"
    r"|[a-z0-9+/]{32,80}={0,2}"
)
"""What an encoded text may come in, one by one: bytes, codes, Morse, lines of base64."""
_ESCAPE: Final = re.compile(r"&[#a-z]|%[0-9a-f]{2}|\\[ux]|\\[0-7]{2}|=[0-9a-f]{2}=|<~")

HIDDEN: Final = "\0"
"""Stands for a character between others that nobody sees."""


def legible(text: str) -> str:
    """Each character in lower case and as what it is taken for: one that may be a digit is 0, one
    that nobody sees is `HIDDEN`. As long as the text."""
    if text.isascii():
        return text.lower()
    return "".join(map(_taken_for, text))


def word_begins(text: str, at: int, *, least: int) -> int:
    """Where the word begins that goes on at a place; not before `least`."""
    while at > max(0, least) and not text[at - 1].isspace():
        at -= 1
    return at


def first_piece(end: str) -> int:
    """From where on the end of a text, `legible`, may be a word or an encoding that goes on; its
    length where it ends in white space and nothing of that."""
    for word, at in _words_back(end, len(end)):
        if at + len(word) < len(end):
            return with_pieces(end, len(end))
        return with_pieces(end, at) if _is_piece(word) else at
    return len(end)


def with_pieces(end: str, first: int) -> int:
    """From where on there are pieces of an encoding, up to `first`."""
    for word, at in _words_back(end, first):
        if not _is_piece(word):
            break
        first = at
    return first


def _words_back(end: str, stop: int) -> Iterator[tuple[str, int]]:
    """The words before `stop` and where they begin, from the last one on."""
    for match in _WORD.finditer(end[:stop][::-1]):
        yield match[0][::-1], stop - match.end()


def _is_piece(word: str) -> bool:
    if len(word) == 1 or _PIECE.fullmatch(word) is not None:
        return True
    return _ESCAPE.search(word) is not None


@lru_cache(maxsize=4_096)
def _taken_for(ch: str) -> str:
    plain = unicodedata.normalize("NFKC", ch)
    if plain.isascii() and len(plain) == 1:
        return plain.lower()
    if INVISIBLE.match(ch) or COMBINING.match(ch):
        return HIDDEN
    if ch in "Зз":
        return "0"
    if any(map(str.isnumeric, plain)):
        return "0"
    if unicodedata.category(ch) in ("Pd", "Sm"):
        return "-"
    low = (plain if len(plain) == 1 else ch).lower()
    return low if len(low) == 1 else ch
