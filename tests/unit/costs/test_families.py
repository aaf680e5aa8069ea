"""What the names of models say."""

import pytest

from vedette.costs.families import family_of, is_smaller, is_successor
from vedette.costs.prices import PriceIndex


@pytest.mark.parametrize(
    ("own", "newer"),
    [
        ("claude-opus-4-1", "claude-opus-4-5"),
        ("claude-3-5-sonnet-latest", "claude-sonnet-5"),
        ("gpt-4-turbo", "gpt-4.1"),
        ("gpt-4o-2024-05-13", "gpt-5.1"),
        ("o1", "o3"),
        ("grok-4-0709", "grok-4.20"),
        ("llama-3.1-70b-versatile", "llama-3.3-70b-versatile"),
    ],
)
def test_a_successor_is_of_the_same_size_and_not_older(own: str, newer: str) -> None:
    first, second = family_of(own), family_of(newer)
    assert first is not None
    assert second is not None
    assert is_successor(first, second)
    assert not is_successor(second, first)
    assert not is_smaller(first, second)


@pytest.mark.parametrize(
    ("own", "smaller"),
    [
        ("gpt-5", "gpt-5-mini"),
        ("gpt-5-mini", "gpt-5.4-nano"),
        ("gpt-5-pro", "gpt-5"),
        ("claude-opus-4-1", "claude-sonnet-4-5"),
        ("gemini-2.5-pro", "gemini-2.5-flash"),
        ("gemini-2.5-flash", "gemini-2.5-flash-lite"),
        ("mistral-large-latest", "mistral-medium-3-5"),
        ("llama-3.1-70b-instruct", "llama-3.1-8b-instruct"),
        ("text-embedding-3-large", "text-embedding-3-small"),
    ],
)
def test_a_smaller_one_is_of_the_same_family(own: str, smaller: str) -> None:
    first, second = family_of(own), family_of(smaller)
    assert first is not None
    assert second is not None
    assert is_smaller(first, second)
    assert not is_smaller(second, first)
    assert not is_successor(first, second)


@pytest.mark.parametrize(
    ("own", "other"),
    [
        ("gpt-4o", "gpt-4o-mini-audio-preview"),
        ("gpt-5", "gpt-4.1-mini"),
        ("gpt-5", "gpt-5-codex"),
        ("gemini-2.5-flash", "gemini-2.5-flash-preview"),
        ("llama-3.1-70b", "llama-3.1-mini"),
        ("claude-opus-4-1", "gpt-5-mini"),
    ],
)
def test_others_are_not_compared(own: str, other: str) -> None:
    first, second = family_of(own), family_of(other)
    assert first is not None
    assert second is not None
    assert not is_successor(first, second)
    assert not is_smaller(first, second)


def test_what_is_no_name_of_a_family_is_none() -> None:
    assert [family_of(name) for name in ("", "4", "ft:gpt-4o:me", "gpt-*", "a/b")] == [None] * 5


def test_every_listed_name_can_be_read() -> None:
    index = PriceIndex.load()
    for provider in index.provider_ids:
        for model in index.models(provider):
            family_of(model.id)
