"""Runs of similar calls."""

import numpy as np

from vedette.drift.dependence import autocorrelation_times


def test_independent_calls_count_one_each() -> None:
    values = np.random.default_rng(1).uniform(size=(200, 50))
    tau = autocorrelation_times(values)
    assert (tau == 1).mean() > 0.9
    assert tau.max() < 3


def test_a_run_counts_as_few() -> None:
    generator = np.random.default_rng(2)
    series = np.zeros((400, 1))
    for index in range(1, 400):
        series[index] = 0.8 * series[index - 1] + generator.normal()
    # The time of a first-order process: (1 + 0.8) / (1 - 0.8) = 9.
    assert 5 < autocorrelation_times(series)[0] < 20


def test_noise_does_not_hide_a_long_run() -> None:
    generator = np.random.default_rng(3)
    blocks = np.repeat(generator.normal(size=20), 20)
    series = (blocks + generator.normal(size=400))[:, None]
    assert autocorrelation_times(series)[0] > 6


def test_two_rare_events_side_by_side_are_no_run() -> None:
    rare = np.zeros((100, 1))
    rare[[20, 21]] = 1
    assert autocorrelation_times(rare)[0] == 1


def test_constant_and_short_series_count_one_each() -> None:
    assert (autocorrelation_times(np.ones((50, 3))) == 1).all()
    assert (autocorrelation_times(np.arange(10.0)[:, None]) == 1).all()
