"""Ranges are taken once."""

from hypothesis import given
from hypothesis import strategies as st

from vedette.detectors.matching.taken import Taken

RANGES = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9)), max_size=40)


@given(RANGES)
def test_a_range_is_taken_where_it_overlaps_none_before(ranges: list[tuple[int, int]]) -> None:
    taken = Taken()
    kept: list[tuple[int, int]] = []
    for start, size in ranges:
        end = start + size
        free = not any(start < other_end and other < end for other, other_end in kept)
        assert taken.take(start, end) is free
        if free:
            kept.append((start, end))
