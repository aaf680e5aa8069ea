"""Histograms: one per cent, whatever the duration."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.stores.spans.sqlite.histogram import (
    add_packed,
    bucket_of,
    estimate_ms,
    pack,
    quantiles,
)

durations = st.floats(0.001, 1e9)


@given(durations)
def test_an_estimate_is_within_one_per_cent(duration_ms: float) -> None:
    assert estimate_ms(bucket_of(duration_ms)) == pytest.approx(duration_ms, rel=0.01)


@pytest.mark.parametrize("odd", [0.0, -5.0, 0.0009, math.nan])
def test_what_is_no_duration_counts_as_none(odd: float) -> None:
    assert estimate_ms(bucket_of(odd)) == 0.0


def test_an_endless_duration_stays_in_the_last_bucket() -> None:
    assert estimate_ms(bucket_of(1e300)) > 1e12


@given(st.dictionaries(st.integers(0, 2_047), st.integers(1, 10**6)))
def test_packing_is_undone_by_adding(counts: dict[int, int]) -> None:
    packed = pack(counts)
    assert len(packed) == 6 * len(counts)
    found: dict[int, int] = {}
    add_packed(found, packed)
    assert found == counts


def test_a_count_too_large_is_cut() -> None:
    found: dict[int, int] = {}
    add_packed(found, pack({1: 2**40}))
    assert found == {1: 2**32 - 1}


@given(st.lists(durations, min_size=1), st.lists(durations))
def test_quantiles_of_parts_are_those_of_the_whole(one: list[float], two: list[float]) -> None:
    parts = []
    for part in (one, two):
        counts: dict[int, int] = {}
        for value in part:
            bucket = bucket_of(value)
            counts[bucket] = counts.get(bucket, 0) + 1
        parts.append(pack(counts))
    whole: dict[int, int] = {}
    for packed in parts:
        add_packed(whole, packed)
    shares = (0.0, 0.5, 0.95, 1.0)
    assert quantiles(parts, shares) == quantiles([pack(whole)], shares)
    ranked = sorted(one + two)
    for share, found in zip(shares, quantiles(parts, shares), strict=True):
        exact = ranked[max(1, math.ceil(share * len(ranked))) - 1]
        assert found == pytest.approx(exact, rel=0.01)
