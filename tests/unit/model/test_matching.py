"""What a filter means, on one span."""

import pytest

from tests.support.span_stores import span
from vedette.model.expression import Compare, Exists, Field, Like, OneOf
from vedette.model.matching import Subject, homes, like, matches
from vedette.model.span import Payload

SPAN = span(
    1,
    model="gpt-4o",
    tags=("a", "b"),
    payload=Payload(attributes={"code": 503, "on": True, "list": ["x", 2], "deep": {"a": 1}}),
)


def said(name: str, payload: Payload, side: str, phrase: str) -> bool:
    return phrase in name


def holds(leaf: Compare | Exists | Like | OneOf) -> bool:
    return matches(leaf, Subject(SPAN, said))


def attribute(key: str) -> Field:
    return Field("attributes", key)


def test_one_of_several_values_is_enough() -> None:
    assert holds(Compare(Field("tag"), "=", "b"))
    assert holds(Compare(attribute("list"), ">", 1))
    assert not holds(Compare(Field("tag"), "=", "c"))


def test_numbers_compare_with_numbers_only() -> None:
    assert holds(Compare(attribute("code"), ">=", 500))
    assert holds(Compare(attribute("code"), "=", "503"))
    assert not holds(Compare(attribute("on"), ">", 0))
    assert holds(Compare(attribute("on"), "=", True))


def test_what_is_not_there_does_not_exist() -> None:
    assert not holds(Exists(Field("user")))
    assert not holds(Exists(attribute("deep")))
    assert not holds(Compare(Field("trace.cost"), "=", 1))


def test_phrases_are_asked_of_the_caller() -> None:
    assert holds(Compare(Field("text"), "=", "span"))
    assert homes(Compare(Field("text"), "=", "span")) == {"body"}


@pytest.mark.parametrize(
    ("pattern", "text", "fits"),
    [
        ("*", "", True), ("a*c", "abc", True), ("a*c", "ac", True), ("a*a", "a", False),
        ("GPT*", "gpt-4", True), (r"\*x", "*x", True), (r"\*x", "ax", False), ("", "", True),
        ("*b*b*", "abcb", True), ("*b*b*b*", "abcb", False), ("a\\\\b", "a\\b", True),
    ],
)  # fmt: skip
def test_patterns(pattern: str, text: str, fits: bool) -> None:
    assert like(pattern)(text) is fits


def test_a_hostile_pattern_takes_one_walk() -> None:
    assert not like("*a" * 100 + "b")("a" * 100_000)
