"""Texts in one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.features.normalize import (
    LOOKED_AT,
    LOOKED_AT_END,
    canonical,
    canonical_json,
    excerpt,
    normalize,
    skeleton,
)


@given(st.text())
def test_normalizing_twice_changes_nothing(text: str) -> None:
    assert normalize(normalize(text)) == normalize(text)


def test_composed_and_decomposed_letters_are_one() -> None:
    assert normalize("cafe\u0301  au\n lait ") == normalize("caf\u00e9 au lait")


def test_json_is_canonical_whatever_its_order_and_blanks() -> None:
    assert canonical('{"b": 1, "a": [1, 2]}') == canonical('{ "a":[1,2],"b":1 }')


@pytest.mark.parametrize("text", ["", "17", '"a"', "{", "{]", "[" * 100_000, '{"a": \ud800}'])
def test_what_is_no_json_object_or_array_is_none(text: str) -> None:
    assert canonical_json(text) is None


@given(st.text())
def test_canonical_never_raises(text: str) -> None:
    canonical(text)
    canonical("{" + text)


def test_prompts_of_one_template_have_one_skeleton() -> None:
    one = 'Is 17077 a prime number? Answer "[Yes]" by 2024-01-05, see https://a.example/x'
    other = 'Is 9 a prime number? Answer "[No]" by 1999-12-31, see https://b.example/long?q=1'
    assert skeleton(one) == skeleton(other)
    assert skeleton("Write to ada@example.org") == skeleton("Write to bob@example.com")
    assert skeleton("Is it a prime number?") != skeleton("Is it an even number?")


def test_of_a_long_text_both_ends_are_looked_at() -> None:
    text = "a" * LOOKED_AT + "b" * 50_000 + "c" * LOOKED_AT_END
    seen = excerpt(text)
    assert len(seen) == LOOKED_AT + LOOKED_AT_END + 1
    assert "b" not in seen
    assert excerpt("short") == "short"


@pytest.mark.parametrize("text", ["a  b\nc", ' {"b": 1, "a": 2}', "e\u0301  x", ""])
def test_known_words_change_nothing(text: str) -> None:
    assert canonical(text, text.split()) == canonical(text)
