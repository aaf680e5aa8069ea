from itertools import pairwise

import pytest

from vedette.sim.chance import Draws
from vedette.sim.prose import TOPICS, topic_of, write


@pytest.mark.parametrize("count", [1, 2, 3, 40, 5000])
def test_the_text_has_exactly_the_words_asked_for(count: int) -> None:
    words = write("hello", count, Draws(1))
    assert len(words) == count
    assert len("".join(words).split()) == count


def test_the_text_says_that_it_is_simulated() -> None:
    assert "".join(write("hello", 40, Draws(2))).startswith("Simulated answer: ")


def test_the_topic_follows_the_prompt() -> None:
    assert (
        topic_of("My python function has a bug?")
        == TOPICS["code python function bug error test sql api class deploy script"]
    )
    assert topic_of("xyzzy") == TOPICS[""]
    assert topic_of("") == TOPICS[""]


def test_no_sentence_follows_itself() -> None:
    text = "".join(write("", 3000, Draws(3))).removeprefix("Simulated answer: ")
    sentences = [one.strip().lower() for one in text.split(".") if one.strip()]
    assert all(left != right for left, right in pairwise(sentences))
