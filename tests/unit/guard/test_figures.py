"""Figures of a detector, against values worked out by hand or published."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.guard.figures import area, judge, percentile, recall_at, wilson


def test_the_interval_is_that_of_wilson() -> None:
    rate = wilson(8, 10)
    assert rate is not None
    assert rate.low == pytest.approx(0.4902, abs=1e-4)
    assert rate.high == pytest.approx(0.9433, abs=1e-4)
    none = wilson(0, 20)
    assert none is not None
    assert none.low == 0
    assert none.high == pytest.approx(0.1611, abs=1e-4)
    assert wilson(0, 0) is None


def test_the_area_counts_pairs() -> None:
    assert area([0.9, 0.8], [0.1, 0.2]) == 1
    assert area([0.1], [0.9]) == 0
    assert area([0.5, 0.9], [0.5, 0.1]) == pytest.approx(0.875)
    assert area([], [0.1]) is None


@given(st.lists(st.integers(0, 5), min_size=1), st.lists(st.integers(0, 5), min_size=1))
def test_the_area_is_that_of_all_pairs(ones: list[float], zeros: list[float]) -> None:
    pairs = [(a > b) + 0.5 * (a == b) for a in ones for b in zeros]
    assert area(ones, zeros) == pytest.approx(sum(pairs) / len(pairs))


def test_recall_is_read_off_where_few_harmless_texts_lie_above() -> None:
    harmless = [number / 100 for number in range(100)]
    assert recall_at([0.985, 0.5], harmless, 0.01) == 0.5
    assert recall_at([0.97, 0.5], harmless, 0.05) == 0.5
    assert recall_at([], harmless, 0.05) is None


def test_all_figures_together() -> None:
    figures = judge([0.9, 0.4, 0.6, 0.1], [1, 1, 0, 0], [1.0, 2.0, 3.0, 4.0])
    assert (figures.positives, figures.negatives) == (2, 2)
    assert figures.precision == 0.5
    assert figures.recall is not None
    assert figures.recall.value == 0.5
    assert figures.f1 == 0.5
    assert figures.false_positives is not None
    assert figures.false_positives.value == 0.5
    assert figures.auc == 0.75
    assert (figures.cpu_p50_ms, figures.cpu_p99_ms) == (2.0, 4.0)
    harmless = judge([0.1], [0])
    assert (harmless.precision, harmless.recall, harmless.f1) == (None, None, None)


def test_percentiles_are_nearest_rank() -> None:
    assert percentile([], 0.5) == 0
    assert percentile([3, 1, 2], 0.5) == 2
    assert percentile([3, 1, 2], 0.99) == 3
