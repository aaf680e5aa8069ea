"""Lexical sketches: how alike two texts are, and which words came, without the texts.

MinHash by one permutation (Li, Owen, Zhang 2012) over words and pairs of neighbours: each hash
falls in one of 64 bins, the smallest of a bin stays. Two texts agree in a bin with the probability
of their Jaccard similarity; bins empty in both say nothing, empty in one is a difference.
"""

from collections.abc import Iterable, Sequence

BINS = 64
EMPTY = 0xFFFF
VOCABULARY_BITS = 512

_MASK = (1 << 64) - 1
_MIX = 0x9E3779B97F4A7C15


def min_hash(words: Sequence[int]) -> bytes:
    """64 bins of 16 bits, little endian; empty for a text without words."""
    if not words:
        return b""
    bins = [_MASK] * BINS
    for number in {*words, *_pairs(words)}:
        place = number & 63
        rest = number >> 6
        if rest < bins[place]:
            bins[place] = rest
    low = [EMPTY if value == _MASK else value % EMPTY for value in bins]
    return b"".join(value.to_bytes(2, "little") for value in low)


def _pairs(words: Sequence[int]) -> Iterable[int]:
    previous = 0
    for number in words:
        yield ((previous ^ number) * _MIX + previous) & _MASK
        previous = number


def similarity(one: bytes, other: bytes) -> float:
    """An estimate of the Jaccard similarity of two texts from their MinHashes, in [0, 1]."""
    if not one or not other:
        return float(one == other)
    a, b = memoryview(one).cast("H"), memoryview(other).cast("H")
    equal = used = 0
    for left, right in zip(a, b, strict=True):
        if left != EMPTY or right != EMPTY:
            used += 1
            equal += left == right
    return equal / used if used else 1.0


def vocabulary(words: Iterable[int]) -> bytes:
    """512 bits, one for each bucket of words that the text has a word of."""
    bits = 0
    for number in set(words):
        bits |= 1 << (number >> 55)
    return bits.to_bytes(VOCABULARY_BITS // 8, "little")
