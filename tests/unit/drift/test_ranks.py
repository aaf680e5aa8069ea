"""Ranks among all values that came."""

import math
import random

from hypothesis import given
from hypothesis import strategies as st

from vedette.drift.ranks import EXACT, RankBag


@given(st.lists(st.integers(-5, 5), min_size=1, max_size=60))
def test_the_interval_is_the_part_of_equal_values(values: list[int]) -> None:
    bag = RankBag()
    for index, value in enumerate(values):
        low, high = bag.take(float(value))
        so_far = values[: index + 1]
        assert low == sum(each < value for each in so_far) / len(so_far)
        assert high == sum(each <= value for each in so_far) / len(so_far)
    assert len(bag) == len(values)


def test_beyond_its_capacity_intervals_stay_near_the_truth() -> None:
    chance = random.Random(3)
    bag, values = RankBag(), []
    for _ in range(3 * EXACT):
        values.append(chance.gauss(0, 1))
        low, high = bag.take(values[-1])
        middle = sum(each <= values[-1] for each in values) / len(values)
        if len(values) > EXACT and len(values) % 97 == 0:
            assert low - 0.01 <= middle <= high + 0.01
            assert high - low < 0.03


def test_beyond_its_capacity_a_value_that_never_came_is_not_a_common_one() -> None:
    bag = RankBag()
    for _ in range(EXACT + 10):
        bag.take(0.0)
    low, high = bag.take(3.0)
    assert high - low < 0.001
    assert bag.take(0.0)[1] > 0.99
    assert bag.take(3.0)[1] - bag.take(3.0)[0] < 0.003


def test_quantiles() -> None:
    bag = RankBag()
    assert math.isnan(bag.quantile(0.5))
    for value in range(101):
        bag.take(float(value))
    assert bag.quantile(0.5) == 50
    assert bag.quantile(1) == 100
    for value in range(EXACT):
        bag.take(float(value % 101))
    assert abs(bag.quantile(0.5) - 50) <= 2
