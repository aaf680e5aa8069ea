"""Which of many findings to believe."""

import numpy as np

from vedette.drift.multiplicity import ELond, benjamini_hochberg, e_benjamini_hochberg


def test_benjamini_hochberg_on_the_example_of_its_paper() -> None:
    """The 15 p values of Benjamini and Hochberg 1995, section 4: four pass at 0.05."""
    p_values = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
        0.5719, 0.6528, 0.7590, 1.0000,
    ]  # fmt: skip
    assert benjamini_hochberg(p_values, rate=0.05) == [True] * 4 + [False] * 11
    assert benjamini_hochberg([], rate=0.05) == []
    assert benjamini_hochberg([0.9, 0.8], rate=0.05) == [False, False]


def test_many_strong_e_values_support_each_other() -> None:
    assert e_benjamini_hochberg([21, 21, 1], rate=0.1) == [True, True, False]
    assert e_benjamini_hochberg([21, 1, 1], rate=0.1) == [False, False, False]
    assert e_benjamini_hochberg([], rate=0.1) == []


def test_e_lond_believes_what_is_strong_and_little_of_what_is_not() -> None:
    generator = np.random.default_rng(4)
    decide = ELond(0.1).decide
    # Exponentials of mean 1 are fair e-values.
    assert sum(decide(value) for value in generator.exponential(size=2_000)) <= 2
    assert decide(1e9)


def test_e_lond_asks_more_of_later_decisions() -> None:
    one = ELond(0.1)
    assert one.decide(20)
    late = ELond(0.1)
    for _ in range(50):
        late.decide(0.0)
    assert not late.decide(20)
