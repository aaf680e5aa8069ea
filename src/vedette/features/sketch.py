"""Lexical sketches: how alike two texts are, and which words came, without the texts.

MinHash by one permutation (Li, Owen, Zhang 2012) over words and pairs of neighbours: each hash
falls in one of 64 bins, the smallest of a bin stays. Two texts agree in a bin with the probability
of their Jaccard similarity; bins empty in both say nothing, empty in one is a difference.
"""

import struct
from collections.abc import Iterable, Sequence
from functools import reduce
from itertools import chain
from operator import eq, or_, xor

BINS = 64
EMPTY = 0xFFFF
VOCABULARY_BITS = 512

_NONE = 1 << 64
_MASKS = tuple(1 << bit for bit in range(VOCABULARY_BITS))
_PACK = struct.Struct(f"<{BINS}H")


def min_hash(words: Sequence[int]) -> bytes:
    """64 bins of 16 bits, little endian; empty for a text without words."""
    if not words:
        return b""
    least = [_NONE] * BINS
    # Most of a text's words come again; of its pairs of neighbours few do.
    pairs = map(xor, [one >> 3 for one in words], words[1:])
    for number in chain(set(words), pairs):
        place = number & 63
        if number < least[place]:
            least[place] = number
    return _PACK.pack(*[EMPTY if n == _NONE else (n >> 6) % EMPTY for n in least])


def similarity(one: bytes, other: bytes) -> float:
    """An estimate of the Jaccard similarity of two texts from their MinHashes, in [0, 1]."""
    if not one or not other:
        return float(one == other)
    a, b = _PACK.unpack(one), _PACK.unpack(other)
    equal = sum(map(eq, a, b))
    blank = sum(x == y == EMPTY for x, y in zip(a, b, strict=True)) if EMPTY in a else 0
    return (equal - blank) / (BINS - blank) if blank < BINS else 1.0


def vocabulary(words: Iterable[int]) -> bytes:
    """512 bits, one for each bucket of words that the text has a word of."""
    bits = reduce(or_, [_MASKS[number >> 55] for number in set(words)], 0)
    return bits.to_bytes(VOCABULARY_BITS // 8, "little")


def overlap(one: bytes, other: bytes) -> float:
    """The part of the buckets of `one` that `other` has as well; both are vocabularies."""
    own, shared = int.from_bytes(one, "little"), int.from_bytes(other, "little")
    count = own.bit_count()
    return (own & shared).bit_count() / count if count else 0.0
