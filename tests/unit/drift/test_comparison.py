"""Two answers beside each other."""

import msgspec
import pytest

from tests.support.drifting import HASHER
from vedette.drift.comparison import Comparison, compare
from vedette.features.answer import read_answer


def compared(one: str, other: str, *, meant: tuple[bytes, bytes] = (b"", b"")) -> Comparison:
    answers = (
        msgspec.structs.replace(read_answer(text, HASHER), embedding=embedding)
        for text, embedding in zip((one, other), meant, strict=True)
    )
    return compare(*answers)


NEAR = (bytes([100, 20]), bytes([100, 30]))
FAR = (bytes([100, 0]), bytes([0, 100]))


@pytest.mark.parametrize(
    ("one", "other", "alike", "method"),
    [
        ("It is so.", "It  is so.", "same", "exact"),
        ("[Yes]", "[No]", "different", "structural"),
        ("Paris is in France.", "Sorry, but I can't help with that.", "different", "structural"),
        (
            "one two three four five six seven eight nine ten",
            "one two three four five six seven eight nine ten!",
            "same",
            "lexical",
        ),
        ("Paris lies in France.", "# Paris\n\n" + "A city of France. " * 30, "different",
         "structural"),
        ("Rain falls on hills.", "Cats sleep all day.", "similar", "structural"),
    ],
)  # fmt: skip
def test_the_first_method_that_is_sure_decides(
    one: str, other: str, alike: str, method: str
) -> None:
    found = compared(one, other)
    assert (found.alike, found.decided_by) == (alike, method)


def test_a_flipped_verdict_differs_however_alike_the_words_are() -> None:
    reasons = "The number has no divisors but one and itself, as we have seen above.\n\n"
    found = compared(reasons + "[Yes]", reasons + "[No]", meant=NEAR)
    assert found.alike == "different"
    assert found.decided_by == "structural"
    assert found.lexical > 0.8
    assert found.components["verdict"] is False
    assert found.semantic is not None
    assert found.semantic > 0.9


def test_meaning_decides_where_structure_and_words_do_not() -> None:
    assert compared("Rain falls.", "Cats sleep.", meant=FAR).alike == "different"
    assert compared("Rain falls.", "Water drops.", meant=NEAR).decided_by == "semantic"


def test_two_empty_answers_are_similar() -> None:
    assert compared("", "").alike == "same"
