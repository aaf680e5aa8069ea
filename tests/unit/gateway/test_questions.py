"""What is asked is told from how it is asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.questions import OTHER
from tests.support.calls import asks
from vedette.gateway.questions import apart, core


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("How do I reset my password?", "Hello, how can I reset my password? Thanks!"),
        ("What's the capital of France", "Tell me the capital of France."),
        ("Which languages are spoken here?", "what language is spoken here"),
        ("How does a fridge work?", "Could you explain how fridges work?"),
    ],
    ids=str,
)
def test_the_way_it_is_asked_does_not_matter(one: str, other: str) -> None:
    assert core(one) == core(other)


@pytest.mark.parametrize("pair", OTHER, ids=lambda pair: pair[1][:30])
def test_what_is_asked_does(pair: tuple[str, str]) -> None:
    assert core(pair[0]) != core(pair[1])


@given(st.text(max_size=60))
def test_any_text_has_a_core(text: str) -> None:
    assert core(text) == core(f"please {text.strip()}") or not text.strip()


def test_only_the_last_words_of_a_user_are_set_apart() -> None:
    place, text = apart(asks("One?"), b"w") or (b"", "")
    assert text == "One?"
    assert apart(asks("Two?"), b"w") == (place, "Two?")
    for other in (asks("Two?", system="Be long."), asks("Two?", top_p=0.5), asks("x", n=2)):
        found = apart(other, b"w")
        assert found is not None
        assert found[0] != place
    assert (apart(asks("Two?"), b"other") or (b"", ""))[0] != place
    assert apart(asks("x" * 3_000), b"w") is None
    assert apart(asks("x", messages=[{"role": "assistant", "content": "x"}]), b"w") is None
