"""Tokens of a text, counted where that can be done."""

from importlib import util

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.costs.tokenizers import (
    MOST_COUNTED,
    PROSE,
    TokenCount,
    find_tokenizer,
    guess,
)

has_tables = pytest.mark.skipif(
    util.find_spec("bpe_openai") is None, reason="the extra `tokens` is not installed"
)


@pytest.mark.parametrize("model", ["claude-sonnet-4-5", "llama3", "", "gemini-3-pro", "my-gpt-5"])
def test_other_models_are_estimated(model: str) -> None:
    assert find_tokenizer(model) is None


@has_tables
@pytest.mark.parametrize(
    ("model", "text", "tokens"),
    [
        # Of OpenAI's own tokenizer.
        ("gpt-4o", "tiktoken is great!", 6),
        ("openai/gpt-5-mini", "tiktoken is great!", 6),
        ("gpt-4", "tiktoken is great!", 6),
        ("gpt-3.5-turbo", "\u304a\u8a95\u751f\u65e5\u304a\u3081\u3067\u3068\u3046", 9),
        ("o3", "\u304a\u8a95\u751f\u65e5\u304a\u3081\u3067\u3068\u3046", 8),
        ("gpt-5", "<|endoftext|>", 7),
    ],
)
def test_models_of_openai_are_counted(model: str, text: str, tokens: int) -> None:
    count = find_tokenizer(model)
    assert count is not None
    assert count(text) == tokens


@given(st.text(max_size=200), st.text(max_size=200))
def test_what_is_counted_adds_up(one: str, other: str) -> None:
    plain = TokenCount()
    plain.add(one, PROSE)
    plain.add(other, PROSE)
    assert plain.tokens == pytest.approx(guess(one, PROSE) + guess(other, PROSE))
    exact = TokenCount(len)
    exact.add(one, PROSE)
    exact.add(other, PROSE)
    assert exact.tokens == len(one) + len(other)


def test_of_long_texts_the_beginning_is_counted_and_the_rest_like_it() -> None:
    asked: list[int] = []

    def tokenizer(text: str) -> int:
        asked.append(len(text))
        return len(text) // 2

    count = TokenCount(tokenizer)
    for _ in range(3):
        count.add("ab" * MOST_COUNTED, PROSE)
    assert sum(asked) == MOST_COUNTED
    assert count.tokens == pytest.approx(3 * MOST_COUNTED)
