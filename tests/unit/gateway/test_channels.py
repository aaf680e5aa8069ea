"""Pieces of a guarded stream."""

import pytest

from vedette.gateway.channels import WHOLE_CHARS, Piece, Said, changed, divided, with_text
from vedette.model.chat import ReasoningDelta, TextDelta, ToolArguments
from vedette.ports.detector import Evidence


@pytest.mark.parametrize(
    ("before", "after", "where"),
    [
        ("one two three", "one [X] three", (4, 7)),
        ("two", "[X]", (0, 3)),
        ("aa", "aaa", (2, 2)),
        ("aaa", "aa", (2, 3)),
        ("same", "same", (4, 4)),
    ],
)
def test_what_lies_outside_of_a_change_is_the_same(
    before: str, after: str, where: tuple[int, int]
) -> None:
    first, last = changed(before, after)
    assert (first, last) == where
    assert before[:first] == after[:first]
    assert before[last:] == after[len(after) - (len(before) - last) :]


def test_a_piece_is_cut_in_two() -> None:
    pieces = [Piece(TextDelta("hello"), ("output", 0, 0), "hello")]
    first = divided(pieces, 0, 2)
    assert [(piece.text, piece.left) for piece in pieces] == [("he", 2), ("llo", 3)]
    assert pieces[0] is first


def test_a_delta_may_say_something_else() -> None:
    assert with_text(TextDelta("a", 3), "b") == TextDelta("b", 3)
    assert with_text(ReasoningDelta("a", signature="s"), "b") == ReasoningDelta("b", signature="s")
    assert with_text(ToolArguments(1, "a"), "b") == ToolArguments(1, "b")


def test_no_more_is_kept_of_a_text_than_can_be_looked_at() -> None:
    said = Said("output", Evidence())
    for _ in range(3):
        said.add("x" * WHOLE_CHARS)
    assert said.whole_size < 2 * WHOLE_CHARS + 1
    assert len("".join(said.whole)) == said.whole_size


def test_all_of_a_channel_is_kept_up_to_a_size() -> None:
    said = Said("output", Evidence())
    said.add("a" * (WHOLE_CHARS - 1))
    assert said.is_kept
    said.add("bc")
    assert not said.is_kept
    said.add("d")
    assert said.whole_size == WHOLE_CHARS + 1
