"""Words of a list are found whole, in any case and disguise."""

import pytest

from tests.support.subjects import look, values
from vedette.detectors.keywords import create
from vedette.errors import ConfigError

WORDS = create({"words": {"competitor": ["Acme", "Foo Bar"], "code_name": ["C++"]}})


def test_words_are_found_by_their_list() -> None:
    text = "ACME and  foo\nbar use C++, but acmeville does not."
    assert values(WORDS, text) == [
        ("competitor", "ACME"), ("competitor", "foo\nbar"), ("code_name", "C++"),
    ]  # fmt: skip


def test_disguises_do_not_help() -> None:
    assert values(WORDS, "A\u200bcm\u200be") == [("competitor", "A\u200bcm\u200be")]
    assert look(WORDS, "Асmе").score == 1.0  # Cyrillic letters


def test_without_words_nothing_is_found() -> None:
    assert look(create({}), "Acme").score == 0
    assert look(WORDS, "nothing of it").score == 0


def test_wrong_lists_are_refused() -> None:
    with pytest.raises(ConfigError):
        create({"words": {"a": "not a list"}})


def test_words_side_by_side_are_all_found() -> None:
    detector = create({"words": ["red", "blue"]})
    text = "red red blue,red  blue redblue"
    found = [text[f.start : f.end] for f in look(detector, text).findings]
    assert found == ["red", "red", "blue", "red", "blue"]
