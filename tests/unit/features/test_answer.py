"""The features of answers."""

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from vedette.features.answer import AnswerFeatures, read_answer
from vedette.features.hashing import TextHasher

HASHER = TextHasher(b"0123456789abcdef")


def read(text: str) -> AnswerFeatures:
    return read_answer(text, HASHER)


def test_figures_of_an_answer() -> None:
    found = read("I'm sorry, but I CAN'T assist with that 42.\nMay I help otherwise?")
    assert (found.lines, found.words, found.chars) == (2, 13, 65)
    assert found.refusal
    assert found.apology
    assert found.asks_back
    assert found.layout == "text"
    assert abs(found.digit_share - 2 / 65) < 1e-12
    assert abs(found.upper_share - 8 / 65) < 1e-12


def test_openings_are_equal_without_case_and_digits() -> None:
    one, other = read("Step 1: Check it."), read("step 2: check that")
    assert one.opening == other.opening
    assert one.closing != other.closing
    assert one.hash != other.hash


def test_white_space_does_not_make_another_answer() -> None:
    assert read("It  is\nso.").hash == read(" It is so. ").hash


def test_code_has_no_verdict() -> None:
    assert read("```python\nx = a[i]\n```").verdict == ""
    assert read("[Yes]").verdict == "yes"


def test_a_long_answer_is_measured_whole_and_looked_at_in_part() -> None:
    found = read("word " * 100_000)
    assert found.chars == 500_000
    assert abs(found.words - 100_000) < 500


def test_tools_are_named_once() -> None:
    assert read_answer("", HASHER, tools=["a", "b", "a"]).tools == ("a", "b")


def test_features_hold_no_word_of_the_answer() -> None:
    secret = "Wolpertinger zebrafinch quixotic marmalade"
    for encode in (msgspec.json.encode, msgspec.msgpack.encode):
        data = encode(read(f"{secret}. {secret}! [Yes]")).lower()
        assert not any(word.encode() in data for word in secret.lower().split())


@given(st.text())
def test_any_text_has_features_that_survive_writing(text: str) -> None:
    found = read(text)
    assert msgspec.json.decode(msgspec.json.encode(found), type=AnswerFeatures) == found
    for share in (found.digit_share, found.upper_share, found.mark_share, found.distinct_share):
        assert 0 <= share <= 1
