"""Hashed n-gram features of a text, vectorised: no vocabulary, no Python loop over characters.

Characters become an array of code points; an n-gram's hash is a sum of shifted arrays times odd
constants, so that every position is hashed at once. Words are found where letters begin and end;
the hash of a word is its part of the sum of a polynomial over the whole text, multiplied by the
inverse power, so that it is the same wherever the word stands. All arithmetic is modulo 2^64.
"""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

BITS: Final = 19
SIZE: Final = 1 << BITS
MAX_CHARS: Final = 32_768
"""Longer texts are cut here; `reader.py` hands them in piece by piece."""

U64 = NDArray[np.uint64]
Groups = tuple[NDArray[np.int64], ...]

_BASE: Final = 0x9E3779B97F4A7C15
_MIX: Final = np.uint64(0xD6E8FEB86659FD93)
_SALTS: Final = [np.uint64(salt) for salt in (
    0xA0761D6478BD642F, 0xE7037ED1A0B428DB, 0x8EBC6AF09C88C6E3, 0x589965CC75374CC3,
    0x1D8E4E27C47D124F, 0xEB44ACCAB455D165, 0x9C6E6877736C46E3, 0xC2B2AE3D27D4EB4F,
)]  # fmt: skip
CHAR_GROUPS: Final = 3
"""Groups of n-grams of characters: three, four and five of them."""
GROUPS: Final = CHAR_GROUPS + 4
"""And of words: one, two, two with a gap, three."""
_ODD: Final = [np.uint64(pow(_BASE, k + 1, 1 << 64)) for k in range(8)]
_ODDS: Final[U64] = np.array(_ODD[: CHAR_GROUPS + 2])
_POWERS: Final[U64] = np.array(
    [pow(_BASE, k, 1 << 64) for k in range(MAX_CHARS + 1)], dtype=np.uint64
)
_INVERSES: Final[U64] = np.array(
    [pow(pow(_BASE, -1, 1 << 64), k, 1 << 64) for k in range(MAX_CHARS + 1)], dtype=np.uint64
)
_DIGITS: Final = bytes(48 if 48 <= code <= 57 else code for code in range(256))
_IN_WORDS: Final = bytes(
    code < 128 and (chr(code).isalnum() or chr(code) == "'") for code in range(256)
)
_TOP: Final = np.uint64(64 - BITS)
_HALF: Final = np.uint64(32)
_FOLD: Final = np.uint64(29)
_NO_WORDS: Final[U64] = np.empty(0, np.uint64)
_NO_KEYS: Final[NDArray[np.int64]] = np.empty(0, np.int64)


class Features(msgspec.Struct, frozen=True):
    """Indices into a table of `SIZE` weights, in groups by the kind of n-gram."""

    keys: NDArray[np.int64]
    """All groups, one behind the other; an index of group g has `g * SIZE` added to it."""
    cuts: tuple[int, ...]
    """Where each group begins in `keys`, and where the last one ends."""
    starts: NDArray[np.int64]
    """Where each word begins."""
    length: int
    """Characters of the normalised text."""

    def places(self) -> "Features":
        """The same without keys, which are most of it: what is looked at later needs none."""
        return Features(_NO_KEYS, self.cuts, self.starts, self.length)

    @property
    def chars(self) -> Groups:
        """Indices of the n-grams of characters."""
        return tuple(self._group(group) for group in range(CHAR_GROUPS))

    @property
    def words(self) -> Groups:
        return tuple(self._group(group) for group in range(CHAR_GROUPS, GROUPS))

    @property
    def char_at(self) -> Groups:
        """Where each entry of `chars` begins, in characters of the normalised text; ascending."""
        return tuple(np.arange(size) for size in self._sizes[:CHAR_GROUPS])

    @property
    def word_at(self) -> Groups:
        return tuple(self.starts[:size] for size in self._sizes[CHAR_GROUPS:])

    @property
    def _sizes(self) -> list[int]:
        return [end - start for start, end in pairwise(self.cuts)]

    def _group(self, group: int) -> NDArray[np.int64]:
        return self.keys[self.cuts[group] : self.cuts[group + 1]] - group * SIZE


def extract(text: str) -> Features:
    """Features of a folded text; white space is one space, digits are all the same."""
    codes, in_words = _codes(text)
    size = len(codes)
    edges = (in_words[1:] != in_words[:-1]).nonzero()[0]
    edges += 1
    starts = edges[::2]
    count = len(starts)
    sizes = (size - 2, size - 3, size - 4, count, count - 1, count - 2, count - 2)
    cuts = (0, *accumulate(sizes if size > 4 and count > 2 else [max(0, one) for one in sizes]))
    hashes = np.empty(cuts[-1], np.uint64)
    _hash_chars(codes, hashes, cuts)
    _hash_words(_words(codes, edges), hashes, cuts)
    hashes *= _MIX
    hashes ^= hashes >> _HALF
    hashes *= _MIX
    hashes >>= _TOP
    keys = hashes.view(np.int64)
    for group in range(1, GROUPS):
        keys[cuts[group] : cuts[group + 1]] += group * SIZE
    return Features(keys, cuts, starts, size)


def _codes(text: str) -> tuple[U64, NDArray[np.uint8]]:
    """The characters of the normalised text, and which of them stand in words (1)."""
    text = " " + " ".join(text[: 2 * MAX_CHARS].split())[: MAX_CHARS - 2] + " "
    if text.isascii():
        data = text.encode("ascii").translate(_DIGITS)
        codes = np.frombuffer(data, dtype=np.uint8).astype(np.uint64)
        return codes, np.frombuffer(data.translate(_IN_WORDS), dtype=np.uint8)
    codes = np.frombuffer(
        text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32
    ).astype(np.uint64)  # fmt: skip
    codes[(codes >= 48) & (codes <= 57)] = 48
    return codes, _in_words(codes)


def _in_words(codes: U64) -> NDArray[np.uint8]:
    known = np.frombuffer(_IN_WORDS, dtype=np.uint8)[np.minimum(codes, 127).astype(np.int64)]
    foreign = codes > 127
    marks = ((codes >= 0x2000) & (codes < 0x2070)) | ((codes >= 0x3000) & (codes < 0x3040))
    letters = foreign & ~marks & (codes != 0xA0)
    return np.where(foreign, letters, known).astype(np.uint8)


def _hash_chars(codes: U64, hashes: U64, cuts: Sequence[int]) -> None:
    powers = np.multiply.outer(_ODDS, codes)
    total = powers[0, :-1] + powers[1, 1:]
    for group in range(CHAR_GROUPS):
        total = total[:-1] + powers[group + 2, group + 2 :]
        np.bitwise_xor(total, _SALTS[group], out=hashes[cuts[group] : cuts[group + 1]])


def _words(codes: U64, edges: NDArray[np.int64]) -> U64:
    """A hash for each word; a text begins and ends outside of words."""
    words = np.add.reduceat(codes * _POWERS[: len(codes)], edges)[::2] if len(edges) else _NO_WORDS
    words = words * _INVERSES[edges[::2]]
    words ^= words >> _FOLD
    words *= _MIX
    return words


def _hash_words(one: U64, hashes: U64, cuts: Sequence[int]) -> None:
    first = one * _ODD[1]
    two = first[:-1] + one[1:]
    apart = first[:-2] + one[2:]
    three = two[:-1] * _ODD[1]
    three += one[2:]
    for group, grams in enumerate((one, two, apart, three), CHAR_GROUPS):
        np.bitwise_xor(grams, _SALTS[group], out=hashes[cuts[group] : cuts[group + 1]])
