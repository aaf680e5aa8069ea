"""Bets are fair: their mean is 1 where nothing has changed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.drift.betting import (
    CLASS_BETS,
    RANK_BETS,
    Detector,
    class_bets,
    class_weights,
    rank_bets,
    rank_weights,
)

VALUES = st.lists(st.integers(0, 8), min_size=1, max_size=25)


@given(VALUES)
def test_rank_bets_are_fair_whatever_the_values_and_ties(values: list[int]) -> None:
    """Each of the values may be the newest: the mean over them is the expectation."""
    ordered = np.sort(values)
    low = np.searchsorted(ordered, values, "left") / len(values)
    high = np.searchsorted(ordered, values, "right") / len(values)
    mean = rank_bets(low, high).mean(axis=0)
    assert mean.shape == (RANK_BETS,)
    assert (mean <= 1 + 1e-9).all()
    # Exactly fair, but for the bets whose winnings are capped.
    assert (mean[:3] >= 1 - 1e-9).all()


@given(st.integers(0, 40), st.integers(0, 40))
def test_class_bets_are_fair_whatever_the_share(hits: int, misses: int) -> None:
    total = hits + misses
    if not total:
        return
    share = np.full(total, hits / total)
    hit = np.arange(total) < hits
    mean = class_bets(hit, share).mean(axis=0)
    assert mean.shape == (CLASS_BETS,)
    assert (mean <= 1 + 1e-9).all()
    assert (mean[:2] >= 1 - 1e-9).all()


def test_weights_sum_to_one() -> None:
    for weights in (rank_weights(), rank_weights(low=0, else_=0), class_weights(less=0)):
        assert abs(weights.sum() - 1) < 1e-12
    assert rank_weights(low=0, else_=0)[:7].sum() == 0


def detector_of_one() -> Detector:
    return Detector(rank_weights()[None, :])


def test_values_that_never_came_before_win_within_six_calls() -> None:
    detector = detector_of_one()
    value = 0.0
    for seen in range(100, 106):
        new = seen - 100 + 1
        low, high = np.array([0.0]), np.array([new / (seen + 1)])
        value = detector.update(np.array([True]), rank_bets(low, high))
    assert value > 1e6
    assert detector.best_bet(0) < 7
    assert detector.parts()[0] == pytest.approx(value, rel=1e-12)
    assert abs(detector.weights()[0] - 1) < 1e-12


def test_the_mean_of_a_detector_is_bounded_where_nothing_changed() -> None:
    """E[R] <= calls: what bounds the rate of false alarms."""
    generator = np.random.default_rng(5)
    runs, calls, before = 300, 60, 40
    weights = np.tile(rank_weights(), (runs, 1))
    detector = Detector(weights)
    values = generator.normal(size=(runs, before + calls))
    total = 0.0
    for index in range(before, before + calls):
        newest = values[:, index : index + 1]
        less = (values[:, :index] < newest).sum(axis=1)
        bets = rank_bets(less / (index + 1), (less + 1) / (index + 1))
        total = detector.update(np.full(runs, True), bets)
    assert total / runs < 1.5 * calls


def test_damped_bets_win_less() -> None:
    sharp, damped = detector_of_one(), detector_of_one()
    damped.damp(np.array([4.0]))
    low, high = np.array([0.0]), np.array([0.01])
    for _ in range(3):
        last = [each.update(np.array([True]), rank_bets(low, high)) for each in (sharp, damped)]
    assert last[1] < last[0] ** 0.5


def test_one_call_wins_a_bounded_sum() -> None:
    bets = rank_bets(np.array([0.0]), np.array([1e-9]))
    assert bets.max() == 64
    assert class_bets(np.array([True]), np.array([1e-9])).max() == 64
