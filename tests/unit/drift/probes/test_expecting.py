"""Answers against what was expected."""

from typing import Any

import pytest

from tests.support.drifting import HASHER
from tests.support.probing import JUDGES
from vedette.drift.probes.expecting import Said, nearest, problems
from vedette.features.answer import AnswerFeatures, read_answer
from vedette.model.probe import Expectations

GOLDEN = "The capital of France is Paris, as everybody knows who has been there once."


def wrong(text: str, *golden: str, refused: bool = False, **expect: Any) -> tuple[str, ...]:
    said = Said(text=text, refused=refused, latency_ms=120.0, output_tokens=30)
    return problems(
        Expectations(**expect), said, JUDGES, answer=features(text),
        baseline=[features(one) for one in golden],
    )  # fmt: skip


def features(text: str) -> AnswerFeatures:
    return read_answer(text, HASHER)


@pytest.mark.parametrize(
    ("text", "expect"),
    [
        (" Paris\n", {"exact": "Paris"}),
        ("It is Paris.", {"contains": ("Paris", "is"), "lacks": ("London",)}),
        ("No. 42", {"regex": r"\d+$"}),
        ("I'm sorry, but I can't assist with that.", {"refusal": True}),
        ("Of course.", {"refusal": False}),
        ("2026-11-26", {"format": "date"}),
        ('```json\n{"a": 1}\n```', {"json_schema": {"required": ["a"]}}),
        ("x", {"max_latency_ms": 120, "max_tokens": 30}),
        ("x", {"like_baseline": "exact"}),
    ],
    ids=str,
)
def test_as_expected(text: str, expect: dict[str, Any]) -> None:
    assert wrong(text, **expect) == ()


@pytest.mark.parametrize(
    ("text", "expect", "said"),
    [
        ("Lyon", {"exact": "Paris"}, "is not 'Paris'"),
        ("Lyon", {"contains": ("Paris",)}, "does not contain 'Paris'"),
        ("London", {"lacks": ("London",)}, "contains 'London'"),
        ("x", {"regex": "^[0-9]+$"}, "does not match '^[0-9]+$'"),
        ("Sure.", {"refusal": True}, "does not refuse"),
        ("I'm sorry, but I can't assist with that.", {"refusal": False}, "refuses"),
        ("soon", {"format": "date"}, "is no date"),
        ("{", {"json_schema": {}}, "is no JSON"),
        ("[" * 5_000, {"json_schema": {}}, "is no JSON"),
        ("{}", {"json_schema": {"required": ["a"]}}, "schema: $"),
        ('"a"', {"json_schema": {"pattern": "("}}, "schema: "),
        ("x", {"max_latency_ms": 100}, "took 120 ms, more than 100"),
        ("x", {"max_tokens": 29}, "has 30 tokens, more than 29"),
    ],
    ids=lambda one: str(one)[:40],
)
def test_not_as_expected(text: str, expect: dict[str, Any], said: str) -> None:
    (found,) = wrong(text, **expect)
    assert found.startswith(said)


def test_what_a_provider_calls_a_refusal_is_one() -> None:
    assert wrong("No.", refused=True, refusal=False) == ("refuses",)


def test_like_the_baseline() -> None:
    assert wrong(GOLDEN, GOLDEN, like_baseline="exact") == ()
    assert wrong("Lyon", GOLDEN, like_baseline="exact") == (
        "is none of the answers of the baseline",
    )
    assert wrong(GOLDEN.replace("once", "twice"), GOLDEN, like_baseline="lexical") == ()
    (found,) = wrong("Something else altogether.", GOLDEN, like_baseline="lexical")
    assert found.startswith("is unlike the baseline: 0.")
    assert wrong(GOLDEN.replace("once", "twice"), GOLDEN, like_baseline="structural") == ()
    (found,) = wrong('{"capital": "Paris"}', GOLDEN, like_baseline="structural")
    assert "json" in found


def test_the_nearest() -> None:
    assert nearest(features("x"), []) is None
    assert nearest(features(GOLDEN), [features("x"), features(GOLDEN)]) == 1.0
