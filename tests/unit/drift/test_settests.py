"""Set tests against values of scipy 1.17 (ks_2samp, fisher_exact, kstwobign)."""

import numpy as np
import pytest

from tests.support.drifting import HASHER
from vedette.drift.settests import (
    class_test,
    cliffs_delta,
    fisher_exact,
    gaussian_kernel,
    kolmogorov_p,
    kolmogorov_smirnov,
    mean_discrepancy,
    population_stability,
    sketch_kernel,
)
from vedette.features.sketch import min_hash


@pytest.mark.parametrize(
    ("value", "p"), [(0.3, 0.999990694), (0.5, 0.963945244), (1, 0.269999672), (2, 6.70925256e-4)]
)
def test_kolmogorov_distribution(value: float, p: float) -> None:
    assert kolmogorov_p(value) == pytest.approx(p, rel=1e-6)
    assert kolmogorov_p(0) == 1


def test_kolmogorov_smirnov_against_the_exact_p() -> None:
    one = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12.5]
    other = [8, 9.5, 10.5, 12, 13, 14, 15, 16, 17, 18]
    found = kolmogorov_smirnov(one, other)
    assert found.statistic == pytest.approx(0.65)
    assert found.p == pytest.approx(0.010543635930632832, rel=0.25)
    found = kolmogorov_smirnov(range(100), range(20, 120))
    assert found.statistic == pytest.approx(0.2)
    assert found.p == pytest.approx(0.03638428787491733, rel=0.2)
    assert kolmogorov_smirnov([], [1]).p == 1
    assert kolmogorov_smirnov([3] * 50, [3] * 50).p == 1


@pytest.mark.parametrize(
    ("table", "p"),
    [
        ((3, 20, 12, 18), 0.0022898315445590194),
        ((1, 100, 12, 90), 0.0008144206905734516),
        ((26, 50, 5, 50), 8.571148424230866e-06),
        ((0, 10, 0, 10), 1.0),
        ((0, 0, 3, 5), 1.0),
    ],
)
def test_fisher_exact(table: tuple[int, int, int, int], p: float) -> None:
    assert fisher_exact(*table).p == pytest.approx(p, rel=1e-9)


def test_fisher_exact_of_large_counts() -> None:
    assert fisher_exact(500, 100_000, 500, 100_000).p == pytest.approx(1)
    assert 0 < fisher_exact(500, 100_000, 700, 100_000).p < 1e-7


def test_classes_that_moved() -> None:
    same = class_test(["a"] * 30 + ["b"] * 30, ["b"] * 15 + ["a"] * 15)
    assert (same.statistic, same.p) == (0.0, 1.0)
    moved = class_test(["a"] * 50, ["a"] * 25 + ["c"] * 25)
    assert moved.statistic == pytest.approx(0.5)
    assert moved.p < 1e-6
    assert class_test([], ["a"]).p == 1


def test_cliffs_delta_is_one_less_the_overlap() -> None:
    assert cliffs_delta([1, 2, 3], [4, 5]) == 1
    assert cliffs_delta([4, 5], [1, 2, 3]) == -1
    assert cliffs_delta([1, 2, 3], [1, 2, 3]) == 0
    assert cliffs_delta([1, 2], [2, 3]) == pytest.approx(0.75)
    assert cliffs_delta([], [1]) == 0


def test_population_stability_grows_with_the_shift() -> None:
    base = np.linspace(0, 1, 500).tolist()
    assert population_stability(base, base) == pytest.approx(0, abs=1e-9)
    small = population_stability(base, [value + 0.05 for value in base])
    large = population_stability(base, [value + 0.5 for value in base])
    assert 0 < small < 0.25 < large
    assert population_stability([], base) == 0
    assert population_stability([1, 1, 1], [1, 1, 2]) >= 0


def test_mean_discrepancy_sees_a_spread_that_changed() -> None:
    generator = np.random.default_rng(6)
    points = np.concatenate([generator.normal(size=(40, 2)), generator.normal(0, 4, size=(40, 2))])
    assert mean_discrepancy(gaussian_kernel(points), 40).p < 0.01
    same = generator.normal(size=(80, 2))
    assert mean_discrepancy(gaussian_kernel(same), 40).p > 0.01
    assert mean_discrepancy(gaussian_kernel(same), 0).p == 1
    assert mean_discrepancy(gaussian_kernel(np.zeros((8, 1))), 4).p == 1


def test_mean_discrepancy_of_sketches_sees_other_words() -> None:
    one = [f"the number {n} is divisible by its factors" for n in range(30)]
    other = [f"sorry but assistance with {n} cannot be given" for n in range(30)]
    sketches = [min_hash(HASHER.words(text)) for text in (*one, *other)]
    assert mean_discrepancy(sketch_kernel(sketches), 30, rounds=200).p < 0.01
    assert mean_discrepancy(sketch_kernel(sketches), 30, rounds=200, seed=1) == mean_discrepancy(
        sketch_kernel(sketches), 30, rounds=200, seed=1
    )
