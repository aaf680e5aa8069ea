"""Entropy per character."""

import math

from vedette.detectors.matching.entropy import entropy_bits


def test_entropy_is_that_of_shannon() -> None:
    assert entropy_bits("") == 0
    assert entropy_bits("aaaa") == 0
    assert entropy_bits("ab") == 1
    assert math.isclose(entropy_bits("abcdefgh"), 3)
