"""Where a series changed."""

import numpy as np

from vedette.drift.changepoints import change_points, sparkline


def test_levels_are_found_where_they_begin() -> None:
    generator = np.random.default_rng(7)
    levels = np.repeat([0.0, 3.0, 1.0], 60)
    found = change_points((levels + generator.normal(0, 0.5, 180)).tolist())
    assert [abs(change.at - at) <= 2 for change, at in zip(found, (60, 120), strict=True)]
    assert all(change.p < 0.001 for change in found)


def test_one_outlier_is_no_level() -> None:
    values = np.random.default_rng(8).normal(size=120)
    values[60] = 1e9
    assert change_points(values.tolist()) == []


def test_constant_and_short_series_have_none() -> None:
    assert change_points([1.0] * 100) == []
    assert change_points([1.0, 2.0, 3.0]) == []
    assert change_points([]) == []


def test_sparkline_is_as_high_as_its_values() -> None:
    assert sparkline([0, 7, None, 14]) == "▁▄ █"
    assert sparkline([5, 5]) == "▄▄"
    assert sparkline([]) == ""
    assert sparkline([None]) == ""
