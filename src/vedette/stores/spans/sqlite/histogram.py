"""Histograms of durations in log buckets.

Bucket k > 0 holds (g**(k-2), g**(k-1)] microseconds with g = 1.02, bucket 0 what is under one
microsecond. The estimate 2 g**(k-1) / (g + 1) is at most 1 % away from any value of its bucket
(DDSketch, Masson et al. 2019). Packed: the bucket numbers as uint16, then for each the count up
to and including it as uint32, so that a quantile is a binary search in the bytes as they are
stored. 6 bytes a bucket, 50 to 200 buckets in practice.
"""

import math
import sys
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

import numpy as np

_BASE = 1.02
_PER_LOG = 1.0 / math.log(_BASE)
_LAST_BUCKET = 2_047
_FEW_BYTES = 300
"""Below, to add up histograms one by one is quicker than to set up arrays."""
"""Up to 3,000 years."""
_MAX_COUNT = 2**32 - 1
_ESTIMATES_MS = (
    0.0,
    *(
        2.0 * _BASE ** (bucket - 1) / (_BASE + 1.0) / 1000.0
        for bucket in range(1, _LAST_BUCKET + 1)
    ),
)


def bucket_of(duration_ms: float) -> int:
    """The bucket of a duration; negative durations count as none."""
    us = duration_ms * 1000.0
    if not us >= 1.0:
        return 0
    return min(_LAST_BUCKET, math.ceil(math.log(us) * _PER_LOG) + 1)


def estimate_ms(bucket: int) -> float:
    """The duration a bucket stands for."""
    return _ESTIMATES_MS[bucket]


def pack(counts: dict[int, int]) -> bytes:
    """Counts by bucket as bytes, little endian; empty for none."""
    buckets = sorted(counts)
    upto = (min(total, _MAX_COUNT) for total in accumulate(counts[bucket] for bucket in buckets))
    return _little(array("H", buckets)) + _little(array("I", upto))


def add_packed(counts: dict[int, int], packed: bytes) -> None:
    """Add a packed histogram to `counts`."""
    buckets, upto = _parts(packed)
    before = 0
    for bucket, total in zip(buckets, upto, strict=True):
        counts[bucket] = counts.get(bucket, 0) + total - before
        before = total


def quantiles(packed: Sequence[bytes], shares: Sequence[float]) -> list[float]:
    """Nearest-rank quantiles in milliseconds of all histograms together; they must hold a value."""
    if len(packed) == 1:
        buckets, upto = _parts(packed[0])
    elif sum(map(len, packed)) < _FEW_BYTES:
        merged: dict[int, int] = {}
        for one in packed:
            add_packed(merged, one)
        buckets, upto = _parts(pack(merged))
    else:
        buckets, upto = _together(packed)
    total = upto[-1]
    return [
        _ESTIMATES_MS[buckets[bisect_left(upto, max(1, math.ceil(share * total)))]]
        for share in shares
    ]


def _together(packed: Sequence[bytes]) -> tuple[Sequence[int], Sequence[int]]:
    """The sum of several histograms, as `_parts` gives one."""
    packed = [one for one in packed if one]
    cuts = [len(one) // 3 for one in packed]
    buckets = np.frombuffer(b"".join(map(_head, packed, cuts)), "<u2")
    upto = np.frombuffer(b"".join(map(_tail, packed, cuts)), "<u4").astype(np.int64)
    counts = np.diff(upto, prepend=0)
    firsts = np.cumsum([0, *cuts[:-1]]) // 2
    counts[firsts] = upto[firsts]
    # Weights are float64: exact up to 2**53, far beyond what is counted.
    summed = np.bincount(buckets, counts).astype(np.int64)
    there = summed.nonzero()[0]
    return there.tolist(), np.minimum(summed[there].cumsum(), _MAX_COUNT).tolist()


def _head(packed: bytes, cut: int) -> bytes:
    return packed[:cut]


def _tail(packed: bytes, cut: int) -> bytes:
    return packed[cut:]


def _parts(packed: bytes) -> tuple[Sequence[int], Sequence[int]]:
    """Bucket numbers, and counts up to each; views into the bytes, nothing is copied."""
    cut = len(packed) // 3
    if sys.byteorder == "little":
        view = memoryview(packed)
        return view[:cut].cast("H"), view[cut:].cast("I")
    buckets, upto = array("H", packed[:cut]), array("I", packed[cut:])
    buckets.byteswap()
    upto.byteswap()
    return buckets, upto


def _little(values: "array[int]") -> bytes:
    if sys.byteorder == "big":
        values.byteswap()
    return values.tobytes()
