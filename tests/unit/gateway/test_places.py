"""Ranges move with what was changed."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.gateway.places import Places
from vedette.guard.remedies import Edit, apply_edits
from vedette.model.policy import Action


@pytest.mark.parametrize(
    ("before", "after", "range", "kept"),
    [
        ("same", "same", (1, 3), (1, 3)),
        ("abc secret", "abc [x]", (4, 10), (4, 7)),
        ("secret abc", "[x] abc", (0, 6), (0, 3)),
        ("secret and later", "[x] and later", (11, 16), (8, 13)),
        ("a secret", "rewritten otherwise", (2, 8), (0, 19)),
    ],
    ids=["same", "end", "start", "behind", "otherwise"],
)
def test_ranges_move_with_what_was_changed(
    before: str, after: str, range: tuple[int, int], kept: tuple[int, int]
) -> None:
    edited = [(before.index("secret"), before.index("secret") + 6)] if "secret" in before else []
    assert Places(before, after, edited).of(*range) == kept


@given(
    pieces=st.lists(st.tuples(st.text("ab ", min_size=1, max_size=60), st.booleans()), max_size=8)
)
def test_ranges_stay_within_the_text(pieces: list[tuple[str, bool]]) -> None:
    text, edits = "", []
    for piece, is_cut in pieces:
        if is_cut:
            edits.append(Edit(len(text), len(text) + len(piece), "k", Action(kind="redact")))
        text += piece
    after = apply_edits(text, edits).text
    places = Places(text, after, [(edit.start, edit.end) for edit in edits])
    for edit in edits:
        start, end = places.of(edit.start, edit.end)
        assert 0 <= start <= end <= len(after)


@given(words=st.lists(st.sampled_from(["x", "secret", "yy", "z"]), min_size=1, max_size=12))
def test_every_edit_is_found_again_between_words(words: list[str]) -> None:
    text = " ".join(words)
    edits = [
        Edit(match.start(), match.end(), "k", Action(kind="redact"))
        for match in re.finditer("secret", text)
    ]
    after = apply_edits(text, edits).text
    places = Places(text, after, [(edit.start, edit.end) for edit in edits])
    for edit in edits:
        start, end = places.of(edit.start, edit.end)
        assert after[start:end] == "[k]"
    for match in re.finditer("yy", text):
        start, end = places.of(*match.span())
        assert after[start:end] == "yy"
