"""Asking a model."""

import json
from typing import Any

import pytest
from msgspec.structs import replace

from tests.support.subjects import subject
from vedette.detectors.remote.asking import (
    MOST_CHARS,
    NoModels,
    NoVerdict,
    Party,
    ask,
    party_of,
    quoted,
    read_object,
)
from vedette.errors import ConfigError


@pytest.mark.parametrize(
    "answer", ['{"a": 1}', 'Sure!\n```json\n{"a": 1}\n```', 'x {"a": 1} y'], ids=str
)
def test_an_object_is_found_in_what_stands_around_it(answer: str) -> None:
    assert read_object(answer) == {"a": 1}


@pytest.mark.parametrize("answer", ["", "no", "{", "}{", "[1]", '{"a": }', "{" * 5_000 + "}"])
def test_anything_else_is_no_verdict(answer: str) -> None:
    with pytest.raises(NoVerdict):
        read_object(answer)


def test_long_texts_are_shown_by_both_ends() -> None:
    shown = json.loads(quoted("a" * MOST_CHARS + "b" * MOST_CHARS))
    assert shown.startswith("aaa")
    assert shown.endswith("bbb")
    assert len(shown) < MOST_CHARS + 100


def test_a_model_is_asked_with_and_without_an_instruction() -> None:
    asked: list[Any] = []

    def answer(model: str, messages: Any, *, timeout_s: float) -> str:
        asked.append((model, messages, timeout_s))
        return "safe"

    given = replace(subject("Hi"), ask=answer)
    party = Party(model="m", timeout_s=3)
    assert ask(given, party, "", "Hi") == "safe"
    assert asked == [("m", [{"role": "user", "content": "Hi"}], 3)]
    ask(given, party, "Judge.", "Hi")
    assert [message["role"] for message in asked[1][1]] == ["system", "user"]


def test_where_there_are_no_models_that_is_said() -> None:
    with pytest.raises(NoModels, match="'m'"):
        ask(subject("Hi"), Party(model="m"), "", "Hi")


@pytest.mark.parametrize("options", [{"timeout_s": 0}, {"cache_s": -1}, {"model": 7}], ids=str)
def test_options_are_checked(options: dict[str, Any]) -> None:
    with pytest.raises(ConfigError, match="judge"):
        party_of("judge", options)
