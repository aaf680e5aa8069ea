"""A word that must not be told is known however it is spelled."""

import base64
import codecs

import pytest

from vedette.detectors.matching.spellings import found_spelled, spelling_begun, spellings

WORD = "CANARY-8f3a"


@pytest.mark.parametrize(
    "told",
    [
        "C-A-N-A-R-Y 8 f 3 a", WORD[::-1], "a3f8 YRANAC", codecs.encode(WORD, "rot13"),
        WORD.encode().hex(), base64.b64encode(WORD.encode()).decode(),
        base64.b64encode(b"it is " + WORD.encode() + b"!").decode(),
        base64.b64encode(b"is " + WORD.encode() + b" ok").decode(),
    ],
    ids=["letters", "backwards", "both", "rot13", "hex", "base64", "inside", "inside-too"],
)  # fmt: skip
def test_it_is_found_where_it_stands_and_waits_while_it_is_written(told: str) -> None:
    text = f"So: {told}. That is all."
    place = found_spelled(text, WORD)
    assert place is not None
    assert 4 <= place[0] < place[1] <= 4 + len(told)
    assert spelling_begun(text[: place[0] + 5], WORD) <= place[0]


@pytest.mark.parametrize("text", ["The canary sings.", "8f3a", "", "A can; a ry 8"])
def test_what_only_begins_like_it_is_not(text: str) -> None:
    assert found_spelled(text, WORD) is None


def test_short_words_have_no_other_spelling() -> None:
    assert spellings("cat") == ()
    assert found_spelled("t-a-c", "cat") is None
    assert spelling_begun("c", "cat") == 1
