"""Asking a model."""

import json
from typing import Any

import pytest
from msgspec.structs import replace

from tests.support.models import Model
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


def test_a_model_is_asked_with_an_instruction() -> None:
    model = Model("safe")
    assert ask(replace(subject("Hi"), models=model), Party(model="m"), "Judge.", "Hi") == "safe"
    [[system, user]] = model.asked
    assert (system["role"], user) == ("system", {"role": "user", "content": "Hi"})


def test_where_there_are_no_models_that_is_said() -> None:
    with pytest.raises(NoModels, match="'m'"):
        ask(subject("Hi"), Party(model="m"), "", "Hi")


@pytest.mark.parametrize("options", [{"timeout_s": 0}, {"cache_s": -1}, {"model": 7}], ids=str)
def test_options_are_checked(options: dict[str, Any]) -> None:
    with pytest.raises(ConfigError, match="judge"):
        party_of("judge", options)
