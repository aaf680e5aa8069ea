"""Outputs that must have a form."""

import pytest

from tests.support.subjects import look
from vedette.detectors.format import create
from vedette.errors import ConfigError


@pytest.mark.parametrize(
    ("form", "good", "bad"),
    [
        ("email", " a.b@c.org ", "a.b@c"),
        ("url", "https://a.org/x", "ftp:/x"),
        ("json", '{"a": [1]}', "{a: 1}"),
        ("number", "-1,234.5e3", "12a"),
        ("integer", "+12", "1.5"),
        ("date", "2024-02-29", "2023-02-29"),
        ("datetime", "2024-02-29T10:00:00+01:00", "yesterday"),
        ("uuid", "123e4567-e89b-12d3-a456-426614174000", "123e4567"),
        ("ip", "::1", "1.2.3"),
        ("one_line", "a b", "a\nb"),
        ("one_word", "yes", "yes it is"),
    ],
)
def test_forms_are_checked(form: str, good: str, bad: str) -> None:
    detector = create({"format": form})
    assert look(detector, good, "output").score == 0
    assert look(detector, bad, "output").findings[0].kind == f"not_{form}"


def test_a_pattern_is_for_the_whole_text() -> None:
    detector = create({"pattern": "a+"})
    assert look(detector, "aaa", "output").score == 0
    assert look(detector, "aab", "output").score == 1
    assert look(create({}), "anything", "output").score == 0


def test_unknown_forms_are_refused() -> None:
    with pytest.raises(ConfigError, match="emial"):
        create({"format": "emial"})
