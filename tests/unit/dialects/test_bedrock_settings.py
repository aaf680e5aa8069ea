"""Limits and sampling."""

from typing import Any

import pytest
from msgspec.structs import replace

from tests.support.bedrock import CLAUDE, LLAMA, chat
from vedette.dialects.bedrock_settings import own_settings, read_settings, write_settings
from vedette.dialects.contract import Unsupported

ALL = {"max_tokens": 9, "temperature": 0.5, "top_p": 0.9, "stop_sequences": ["X"]}
OPUS = "anthropic.claude-opus-4-7-v1"
NOVA = "amazon.nova-lite-v1:0"


def write(
    settings: dict[str, Any], model: str = LLAMA, thinking: dict[str, Any] | None = None
) -> tuple[dict[str, Any], dict[str, Any], list[str]]:
    dropped: dict[str, None] = {}
    request = replace(chat(model=model, dialect="openai_chat"), settings=settings)
    return *write_settings(request, thinking or {}, dropped), list(dropped)


def test_settings_are_read_and_written() -> None:
    inference = {"maxTokens": 9, "temperature": 0.5, "topP": 0.9, "stopSequences": ["X"]}
    assert read_settings({**inference, "topP": None, "x": 1}, {}) == {
        name: value for name, value in ALL.items() if name != "top_p"
    }
    assert own_settings(replace(chat(), settings={**ALL, "top_k": 5})) == inference
    assert write(ALL) == (inference, {}, [])


@pytest.mark.parametrize(
    "fields", [{"top_k": 5}, {"k": 5}, {"inferenceConfig": {"topK": 5}}, {"top_k": "x", "k": 5}]
)
def test_top_k_has_many_places(fields: dict[str, Any]) -> None:
    assert read_settings({}, fields) == {"top_k": 5}


@pytest.mark.parametrize(
    ("model", "fields", "dropped"),
    [
        (CLAUDE, {"top_k": 5}, []),
        (NOVA, {"inferenceConfig": {"topK": 5}}, []),
        ("cohere.command-r-v1:0", {"k": 5}, []),
        (LLAMA, {}, ["top_k"]),
    ],
)
def test_each_family_has_its_own_top_k(
    model: str, fields: dict[str, Any], dropped: list[str]
) -> None:
    assert write({"top_k": 5}, model) == ({}, fields, dropped)


def test_what_only_advises_is_left_out_by_the_clients_name() -> None:
    settings = {"seed": 1, "presence_penalty": 1, "choice.count": 1, "temperature": 1.5}
    assert write(settings) == (
        {"temperature": 1.0},
        {},
        ["seed", "presence_penalty", "temperature"],
    )


def test_several_choices_are_refused() -> None:
    with pytest.raises(Unsupported) as raised:
        write({"choice.count": 2})
    assert raised.value.param == "n"


def test_claude_refuses_some_sampling() -> None:
    assert write({"temperature": 0.5, "top_p": 0.9}, CLAUDE) == (
        {"temperature": 0.5},
        {},
        ["top_p"],
    )
    assert write({**ALL, "top_k": 3}, OPUS) == (
        {"maxTokens": 9, "stopSequences": ["X"]},
        {},
        ["temperature", "top_p", "top_k"],
    )
    thinking = {"thinking": {"type": "enabled", "budget_tokens": 2000}}
    assert write({"temperature": 0.5}, CLAUDE, thinking) == ({}, {}, ["temperature"])
    assert write({"top_p": 0.5}, CLAUDE, thinking) == ({}, {}, ["top_p"])
    assert write({"top_p": 0.95}, CLAUDE, thinking) == ({"topP": 0.95}, {}, [])
