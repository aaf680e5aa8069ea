"""Hashed n-gram features of a text, vectorised: no vocabulary, no Python loop over characters.

Characters become an array of code points; an n-gram's hash is a sum of shifted arrays times odd
constants, so that every position is hashed at once. Words are found where letters begin and end;
the hash of a word comes from prefix sums of a polynomial (differences, multiplied by the inverse
power), so that words of any length cost the same. All arithmetic is modulo 2^64.
"""

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
_CHAR_SIZES: Final = (3, 4, 5)
_ODD: Final = [np.uint64(pow(_BASE, k + 1, 1 << 64)) for k in range(8)]
_POWERS: Final[U64] = np.array(
    [pow(_BASE, k, 1 << 64) for k in range(MAX_CHARS + 1)], dtype=np.uint64
)
_INVERSES: Final[U64] = np.array(
    [pow(pow(_BASE, -1, 1 << 64), k, 1 << 64) for k in range(MAX_CHARS + 1)], dtype=np.uint64
)
_ASCII_KIND: Final = np.array(
    [1 if chr(code).isalnum() or chr(code) == "'" else 0 for code in range(128)], dtype=np.bool_
)


class Features(msgspec.Struct, frozen=True):
    """Indices into a table of `SIZE` weights, in groups by the kind of n-gram."""

    chars: tuple[NDArray[np.int64], ...]
    char_at: tuple[NDArray[np.int64], ...]
    """Where each entry of `chars` begins, in characters of the normalised text; ascending."""
    words: tuple[NDArray[np.int64], ...]
    word_at: tuple[NDArray[np.int64], ...]
    length: int
    """Characters of the normalised text."""


def extract(text: str) -> Features:
    """Features of a folded text; white space is one space, digits are all the same."""
    codes = _codes(text)
    chars, char_at = _char_grams(codes)
    words, word_at = _word_grams(codes)
    return Features(chars, char_at, words, word_at, len(codes))


def _codes(text: str) -> U64:
    text = " " + " ".join(text[: 2 * MAX_CHARS].split())[: MAX_CHARS - 2] + " "
    if text.isascii():
        codes = np.frombuffer(text.encode("ascii"), dtype=np.uint8).astype(np.uint64)
    else:
        codes = np.frombuffer(
            text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32
        ).astype(np.uint64)  # fmt: skip
    codes[(codes >= 48) & (codes <= 57)] = 48
    return codes


def _index(hashes: U64, salt: np.uint64) -> NDArray[np.int64]:
    mixed = (hashes ^ salt) * _MIX
    mixed ^= mixed >> np.uint64(32)
    mixed *= _MIX
    return (mixed >> np.uint64(64 - BITS)).astype(np.int64)


def _char_grams(codes: U64) -> tuple[Groups, Groups]:
    found: list[NDArray[np.int64]] = []
    places: list[NDArray[np.int64]] = []
    total = codes * _ODD[0]
    for size in range(2, max(_CHAR_SIZES) + 1):
        if len(codes) < size:
            break
        total = total[: len(codes) - size + 1] + codes[size - 1 :] * _ODD[size - 1]
        if size in _CHAR_SIZES:
            found.append(_index(total, _SALTS[size - 3]))
            places.append(np.arange(len(total)))
    return tuple(found), tuple(places)


def _is_word(codes: U64) -> NDArray[np.bool_]:
    kinds = _ASCII_KIND[np.minimum(codes, 127).astype(np.int64)]
    foreign = codes > 127
    if foreign.any():
        marks = ((codes >= 0x2000) & (codes < 0x2070)) | ((codes >= 0x3000) & (codes < 0x3040))
        kinds = (kinds & ~foreign) | (foreign & ~marks & (codes != 0xA0))
    return kinds


def _word_grams(codes: U64) -> tuple[Groups, Groups]:
    kinds = _is_word(codes)
    edges = np.flatnonzero(kinds[1:] != kinds[:-1]) + 1
    starts, ends = edges[::2], edges[1::2]
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(codes * _POWERS[: len(codes)])])
    one = (sums[ends] - sums[starts]) * _INVERSES[starts]
    one = (one ^ (one >> np.uint64(29))) * _MIX
    two = one[:-1] * _ODD[1] + one[1:]
    apart = one[:-2] * _ODD[1] + one[2:]
    three = two[:-1] * _ODD[1] + one[2:]
    grams = (
        _index(one, _SALTS[3]), _index(two, _SALTS[4]), _index(apart, _SALTS[5]),
        _index(three, _SALTS[6]),
    )  # fmt: skip
    return grams, (starts, starts[:-1], starts[:-2], starts[:-2])
