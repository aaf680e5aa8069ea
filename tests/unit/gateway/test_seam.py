"""No word doubled, none dropped, wherever an answer broke off."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.gateway.seam import Continued, Restarted, Seam, glue, overlap

TEXT = "The quick brown fox jumps over the lazy dog, and then it rests for a very very long while."


def feed(seam: Seam, text: str, size: int = 3) -> str:
    pieces = [seam.feed(text[at : at + size]) for at in range(0, len(text), size)]
    return "".join(pieces) + seam.flush()


@pytest.mark.parametrize("cut", range(1, len(TEXT)))
def test_an_exact_continuation_joins_at_every_character(cut: int) -> None:
    delivered, rest = TEXT[:cut], TEXT[cut:]
    assert delivered + feed(Continued(delivered, exact=True), rest) == TEXT


@pytest.mark.parametrize("cut", range(12, len(TEXT)))
def test_a_continuation_that_begins_with_the_broken_word_joins(cut: int) -> None:
    delivered = TEXT[:cut]
    start = delivered.rfind(" ") + 1
    if len(delivered) - start < 3:
        return
    again = TEXT[start:]
    assert delivered + feed(Continued(delivered, exact=False), again) == TEXT


@pytest.mark.parametrize("words", [1, 2, 5])
def test_words_said_again_are_not_doubled(words: int) -> None:
    said = TEXT.split(" ")
    for cut in range(words + 1, len(said) - 1):
        delivered = " ".join(said[:cut])
        if said[cut - 1] == "very":
            continue
        again = " ".join(said[cut - words :])
        assert delivered + feed(Continued(delivered, exact=False), again) == TEXT


@given(st.integers(8, len(TEXT) - 1), st.integers(1, 40))
def test_a_whole_answer_again_is_withheld_as_far_as_it_is_known(cut: int, size: int) -> None:
    delivered = TEXT[:cut]
    assert delivered + feed(Continued(delivered, exact=True), TEXT, size) == TEXT
    assert delivered + feed(Restarted(delivered), TEXT, size) == TEXT


def test_blanks_that_a_prefill_cannot_end_with_are_not_doubled() -> None:
    assert feed(Continued("Hello, ", exact=True), " world") == "world"
    assert feed(Continued("Hello,\n\n", exact=True), "\n\nworld") == "world"


def test_a_repetition_counts_from_the_beginning_of_a_word_only() -> None:
    assert overlap("bana", "na split", exact=True) == 0
    assert overlap("I had a bana", "banana split", exact=True) == 4


def test_scripts_without_blanks() -> None:
    assert overlap("\u4eca\u5929\u5929\u6c14", "\u6c14\u5f88\u597d", exact=False) == 0
    delivered = "\u4eca\u5929\u5929\u6c14\u5f88\u597d"
    assert overlap(delivered, "\u5929\u6c14\u5f88\u597d\u3002", exact=False) == 4
    assert glue("\u597d", "a") == ""


def test_a_message_of_its_own_lacks_the_blank_before_it() -> None:
    assert glue("Hello", "world") == " "
    assert glue("Hello,", "world") == " "
    assert glue("Hello ", "world") == ""
    assert glue("Hello", ", world") == ""
    assert glue("", "world") == ""


def test_a_restart_that_says_something_else_is_told() -> None:
    seam = Restarted("The quick brown fox")
    rest = feed(seam, "A quick red fox jumps over it.")
    assert seam.diverged
    assert rest == " over it.", "not the end of a word of which nobody read the beginning"
    shorter = Restarted("The quick brown fox")
    assert feed(shorter, "The quick") == ""
    assert not shorter.diverged


def test_a_restart_is_joined_where_the_same_words_stand() -> None:
    delivered = "Well. The quick brown fox jumps over the lazy dog and"
    seam = Restarted(delivered)
    assert feed(seam, "So: the quick brown fox jumps over the lazy dog and rests.") == " rests."
