"""Limits of length."""

import pytest

from tests.support.subjects import look, values
from vedette.detectors.length import create, estimate_tokens
from vedette.errors import ConfigError


def test_the_score_grows_and_passes_half_at_the_limit() -> None:
    detector = create({"max_chars": 100})
    assert look(detector, "a" * 50).score == pytest.approx(0.245)
    assert look(detector, "a" * 100).score < 0.5
    assert look(detector, "a" * 101).score == 1.0
    assert values(detector, "a" * 150) == [("too_long", "a" * 50)]


def test_tokens_and_a_minimum_are_limits_too() -> None:
    assert values(create({"max_tokens": 10}), "word " * 40)[0][0] == "too_many_tokens"
    assert values(create({"min_chars": 3}), "ab") == [("too_short", "ab")]


def test_tokens_are_estimated_by_script() -> None:
    assert estimate_tokens("abcd" * 10) == 10
    assert estimate_tokens("漢字") >= 2


def test_wrong_limits_are_refused() -> None:
    with pytest.raises(ConfigError):
        create({"max_chars": -1})
    assert look(create({}), "short").score < 0.01
