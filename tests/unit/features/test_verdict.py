"""What answers come to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.features.verdict import _MARKS, _matches, find_verdict


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("Yes", "yes", "whole"),
        ("[No]", "no", "whole"),
        ("**B**", "b", "whole"),
        ("42.", "number", "whole"),
        ("Step 1: it is odd.\n\nTherefore it is prime.\n\n[Yes]", "yes", "last"),
        ("Thinking ...\nThe answer is (C).", "c", "last"),
        ("Final answer: no", "no", "last"),
        ("So we get \\boxed{17} apples.", "number", "last"),
        ("It costs more.\nAnswer: $1,250.00", "number", "last"),
        ("Yes, because it rains.", "yes", "first"),
        ("[No] \n\nWe check divisors one by one.", "no", "last"),
        ("B) is right, since the heart has four chambers.", "b", "first"),
        ("The treatment of choice here is plainly (D)", "d", "last"),
        ("It rains in Spain, mainly in the plain.", "", ""),
        ("No one knows what happens next in the long story that was told.", "no", "first"),
        ("", "", ""),
    ],
)
def test_verdicts_are_found(text: str, kind: str, place: str) -> None:
    found = find_verdict(text)
    assert (found.kind, found.place) == (kind, place)


def test_the_last_marked_verdict_counts() -> None:
    assert find_verdict("[Yes] at first, but after all: [No]").kind == "no"


def test_a_number_is_its_digits() -> None:
    assert find_verdict("Answer: $1,250").value == find_verdict("Answer: 1250").value == "1250"


def test_a_number_in_a_sentence_is_no_verdict() -> None:
    assert find_verdict("Conclusion: 6841 is not a prime number").kind != "number"


@given(st.text())
def test_any_text_may_be_asked(text: str) -> None:
    found = find_verdict(text)
    assert bool(found.kind) == bool(found.place)


@pytest.mark.parametrize(
    "piece", ['"', "*", "[", " ", "answer: ", "answer is ", "1 ", "(a", "\\boxed{"]
)
def test_the_time_it_takes_is_linear(piece: str) -> None:
    find_verdict(piece * 200_000)


WORDS = st.sampled_from([
    "answer", "Answer:", "is", "verdict = (b)", "CHOICE: c", "option", "result: 42", "class", "\n",
    "[Yes]", "[[no]]", "(b)", "\\boxed{3}", "label would be:", "true", "answeranswer: no", "ſ",
    "anſwer: yes", "İ",
])  # fmt: skip


@given(st.lists(WORDS, max_size=12).map(" ".join))
def test_looking_at_the_hints_alone_finds_what_the_pattern_finds(text: str) -> None:
    for pattern, hints in _MARKS:
        hinted = [match.span() for match in _matches(pattern, hints, text, text.lower())]
        plain = [match.span() for match in pattern.finditer(text)]
        assert hinted in (plain, []) if not text.isascii() else hinted == plain
