"""Texts are cut, masked and put back."""

import json

from hypothesis import given
from hypothesis import strategies as st

from vedette.guard.remedies import apply_edits, edits_of, unmask
from vedette.model.policy import Action, Finding


def finding(start: int, end: int, kind: str = "email") -> Finding:
    return Finding(detector="pii", kind=kind, score=1.0, start=start, end=end)


def test_ranges_are_replaced_by_their_kind() -> None:
    edits = edits_of([finding(3, 6), finding(11, 13, "card")], Action(kind="redact"))
    assert apply_edits("to abc and de!", edits).text == "to [email] and [card]!"


def test_overlapping_ranges_become_one() -> None:
    edits = edits_of([finding(0, 4), finding(2, 6, "card")], Action(kind="redact"))
    assert apply_edits("abcdefgh", edits).text == "[email]gh"


def test_masks_are_numbered_and_the_same_value_has_the_same_name() -> None:
    edits = edits_of([finding(0, 1), finding(2, 3), finding(4, 5)], Action(kind="mask"))
    edited = apply_edits("a b a", edits)
    assert edited.text == "<EMAIL_1> <EMAIL_2> <EMAIL_1>"
    assert edited.restore == {"<EMAIL_1>": "a", "<EMAIL_2>": "b"}
    more = apply_edits(
        "b c", edits_of([finding(0, 1), finding(2, 3)], Action(kind="mask")), taken=edited.restore
    )
    assert more.text == "<EMAIL_2> <EMAIL_3>"


def test_replace_says_what_it_was_told() -> None:
    edits = edits_of([finding(0, 3)], Action(kind="replace", text="***"))
    assert apply_edits("abc def", edits).text == "*** def"


@given(
    st.text("ab<>_1E", max_size=40),
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 5)), max_size=6),
)
def test_what_was_masked_comes_back(text: str, ranges: list[tuple[int, int]]) -> None:
    found = [
        finding(start, min(len(text), start + size))
        for start, size in ranges
        if start < len(text) and "<" not in text
    ]
    edited = apply_edits(text, edits_of(found, Action(kind="mask")))
    assert unmask(edited.text, edited.restore) == text


def test_what_is_put_back_into_json_is_escaped() -> None:
    value = 'pa"ss\\word\n'
    back = unmask('{"a": "<KEY_1>"}', {"<KEY_1>": value}, is_json=True)
    assert json.loads(back) == {"a": value}
    assert unmask("<KEY_1>", {"<KEY_1>": value}) == value
