"""Patterns of a policy."""

import pytest

from tests.support.subjects import look, values
from vedette.detectors.regex import create
from vedette.errors import ConfigError


def test_patterns_are_found_by_name_also_in_what_was_decoded() -> None:
    detector = create({"patterns": {"ticket": r"PROJ-\d+", "empty": "x*"}})
    assert values(detector, "see PROJ-12 and PROJ-7") == [
        ("ticket", "PROJ-12"),
        ("ticket", "PROJ-7"),
    ]
    block = "c2VlIFBST0otMTIgYW5kIFBST0otNw=="
    assert values(detector, f"read {block}") == [("ticket", block)]


def test_a_list_gets_names() -> None:
    assert values(create({"patterns": ["a+"]}), "caat") == [("pattern_1", "aa")]
    assert look(create({}), "anything").score == 0


def test_patterns_outside_re2_are_refused() -> None:
    with pytest.raises(ConfigError, match="RE2"):
        create({"patterns": [r"(?<=a)b"]})
    with pytest.raises(ConfigError):
        create({"patterns": [5]})


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("(" * 100 + "a" + ")" * 100, "groups"),
        (r"a\C", "character"),
        (r"\pN{5,1000}\pL{1,1000}", "too large"),
    ],
    ids=["groups", "bytes", "size"],
)
def test_patterns_that_are_too_dear_or_no_texts_are_refused(pattern: str, reason: str) -> None:
    with pytest.raises(ConfigError, match=reason):
        create({"patterns": [pattern]})


def test_what_only_looks_like_that_is_taken() -> None:
    detector = create({"patterns": [r"\\C", r"(?:" * 90 + "a" + ")" * 90]})
    assert look(detector, r"a \C").score == 1
