"""The ways in which a secret word may be told without telling it, and where one stands in a text.

A model that must not say a word is asked to say it backwards, letter by letter, in base64. What is
compared are letters and digits alone, so that nothing between them hides it.
"""

import base64
import codecs
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

_LETTERS: Final = re.compile(r"[^\W_]")
_LEAST: Final = 8
"""Shorter ones stand in other words by accident."""


@lru_cache(maxsize=256)
def spellings(word: str) -> tuple[str, ...]:
    """How else the word may be written: letters and digits, lower case; none of a short word."""
    plain = _bare(word)
    if len(plain) < _LEAST:
        return ()
    raw = word.encode()
    found = [plain, plain[::-1], _bare(codecs.encode(word, "rot13")), raw.hex(), *_in_base64(raw)]
    return tuple(dict.fromkeys(form for form in found if len(form) >= _LEAST))


def _in_base64(raw: bytes) -> Iterator[str]:
    """What is the same in each text that holds the word, wherever it begins there."""
    for before in range(3):
        encoded = base64.b64encode(b"\0" * before + raw).decode().rstrip("=")
        sure = len(raw) + before
        yield _bare(encoded[(before * 8 + 5) // 6 : sure * 8 // 6])


def found_spelled(text: str, word: str) -> tuple[int, int] | None:
    """The first range of the text that spells the word in one of these ways."""
    forms = spellings(word)
    if not forms:
        return None
    places, bare = _places(text)
    first: tuple[int, int] | None = None
    for form in forms:
        at = bare.find(form)
        if at >= 0 and (first is None or places[at] < first[0]):
            first = places[at], places[at + len(form) - 1] + 1
    return first


def spelling_begun(text: str, word: str) -> int:
    """From where on the end of a text may be the beginning of such a spelling."""
    longest = max(map(len, spellings(word)), default=0)
    if not longest:
        return len(text)
    places, bare = _places(text)
    for size in range(min(longest, len(bare)), 0, -1):
        end = bare[-size:]
        if any(form.startswith(end) for form in spellings(word)):
            return places[len(bare) - size]
    return len(text)


def _places(text: str) -> tuple[list[int], str]:
    """Where each letter and digit stands, and all of them, lower case."""
    found = [(match.start(), match[0].lower()) for match in _LETTERS.finditer(text)]
    kept = [(at, letter) for at, letter in found if len(letter) == 1]
    return [at for at, _ in kept], "".join(letter for _, letter in kept)


def _bare(text: str) -> str:
    return _places(text)[1]
