"""Letter ciphers: rot13 and the other shifts, atbash, text written backwards.

A ciphered text shows itself by ciphered function words. A table of those for every cipher is
looked up with the words of a text, so that a text without any costs one look at each word.
"""

import string
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Final

import re2

from vedette.guard.likeness import FUNCTION_WORDS, likeness

_LOWER: Final = string.ascii_lowercase
_ENDS: Final = ".,;:!?\"'()[]{}<>`*#"
_USUAL: Final = ("rot13", "atbash")
_OPENING: Final = "\"'`<[{("
_MIN_WORDS: Final = 2
_MIN_LIKENESS: Final = 0.2


def _shift(by: int) -> dict[int, int]:
    turned = _LOWER[by:] + _LOWER[:by]
    return str.maketrans(_LOWER + _LOWER.upper(), turned + turned.upper())


_ATBASH: Final = str.maketrans(_LOWER + _LOWER.upper(), _LOWER[::-1] + _LOWER[::-1].upper())
_TABLES: Final = {f"rot{by}": _shift(by) for by in range(1, 26)} | {"atbash": _ATBASH}


def undo(cipher: str, text: str) -> str:
    """The plain text behind `text`; `cipher` as in `hidden`."""
    return text[::-1] if cipher == "reversed" else text.translate(_TABLES[cipher])


_REAL_WORDS: Final = frozenset("""
red now old dog led buy bad jan mom gym sky gain tim npm dna sea gps max alex dan nov fur don saw
hip cbs bar cdn sad ned res era ink gig aim pro tvs pcs sdk exp sol med ion sap dam god pan war rat
tar nun raw tap pit net ten ton nip pin tub but won own dim mid bus sub gum mug peek keep
""".split())  # fmt: skip
"""Words that happen to be some function word in a cipher."""


def _ciphered_words() -> dict[str, tuple[str, ...]]:
    """Each ciphered function word with the names of what may undo it; real words are left out."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for word in FUNCTION_WORDS:
        if len(word) < 3 or not word.isascii():
            continue
        found[word[::-1]].append("reversed")
        for name, table in _TABLES.items():
            back = f"rot{26 - int(name[3:])}" if name.startswith("rot") else name
            if len(word) > 3 or name in _USUAL:
                found[word.translate(table)].append(back)
    return {
        word: tuple(names)
        for word, names in found.items()
        if word not in _REAL_WORDS | FUNCTION_WORDS
    }


CIPHERED: Final = _ciphered_words()
_NAMES: Final = r"(?i)\b(?:rot-?13|caesar|atbash|backwards?|in reverse|reversed?)\b"
SIGNS: Final = (_NAMES, r"(?i)\b(?:" + "|".join(sorted(CIPHERED)) + r")\b")
"""Patterns one of which matches wherever `hidden` may find something."""
_ANNOUNCED_CHARS: Final = 2_000


def hidden(text: str) -> Iterator[tuple[str, int, int, str]]:
    """Cipher, start, end and plain text of what was ciphered in `text`; at most three readings.

    Where a text names its cipher, all that follows the name is read that way.
    """
    announced = re2.search(_NAMES, text)
    if announced is not None:
        yield from _announced(text, announced.group().lower(), announced.end())
    lower = text.lower().split()
    suspects = [index for index, word in enumerate(lower) if word.strip(_ENDS) in CIPHERED]
    votes: Counter[str] = Counter()
    for word in {lower[index].strip(_ENDS) for index in suspects}:
        votes.update(CIPHERED[word])
    for cipher, count in votes.most_common(2):
        if count < _MIN_WORDS:
            return
        own = [index for index in suspects if cipher in CIPHERED[lower[index].strip(_ENDS)]]
        start, end = _stretch(text, lower, own)
        plain = undo(cipher, text[start:end])
        if likeness(plain) >= _MIN_LIKENESS and likeness(plain) > likeness(text[start:end]):
            yield cipher, start, end, plain


def _announced(text: str, name: str, start: int) -> Iterator[tuple[str, int, int, str]]:
    cipher = "atbash" if name == "atbash" else "rot13" if name[:3] in ("rot", "cae") else "reversed"
    end = min(len(text), start + _ANNOUNCED_CHARS)
    while start < end and not text[start].isalnum() and text[start] not in _OPENING:
        start += 1
    if any(ch.isalpha() for ch in text[start:end]):
        yield cipher, start, end, undo(cipher, text[start:end])


def _stretch(text: str, words: list[str], own: list[int]) -> tuple[int, int]:
    """The range of characters around the suspects, out to the next real function word."""
    first, last = own[0], own[-1]
    while first > 0 and words[first - 1].strip(_ENDS) not in FUNCTION_WORDS:
        first -= 1
    while last + 1 < len(words) and words[last + 1].strip(_ENDS) not in FUNCTION_WORDS:
        last += 1
    start = end = 0
    for index, word in enumerate(text.split()[: last + 1]):
        at = text.index(word, end)
        if index == first:
            start = at
        end = at + len(word)
    return start, end
