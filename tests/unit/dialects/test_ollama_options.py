"""Options, thinking and formats, both ways."""

from typing import Any

import pytest

from vedette.dialects.contract import Unsupported
from vedette.dialects.ollama_options import (
    read_format,
    read_options,
    read_think,
    write_format,
    write_options,
    write_think,
)
from vedette.model.chat import ChatRequest, OutputFormat, Reasoning


def test_options_get_their_neutral_names() -> None:
    options = {
        "temperature": 0, "top_p": 0.5, "top_k": 7, "seed": 1, "num_predict": 9, "stop": "x",
        "frequency_penalty": 1, "presence_penalty": -1, "num_ctx": 4096, "min_p": None,
    }  # fmt: skip
    assert read_options({"options": options}) == (
        {
            "temperature": 0, "top_p": 0.5, "top_k": 7, "seed": 1, "max_tokens": 9,
            "stop_sequences": ["x"], "frequency_penalty": 1, "presence_penalty": -1,
        },
        {"options.num_ctx": 4096},
    )  # fmt: skip


@pytest.mark.parametrize("value", [-1, -2, 0, True, "9"])
def test_a_limit_that_is_none_stays_an_option(value: Any) -> None:
    assert read_options({"options": {"num_predict": value}}) == (
        {}, {"options.num_predict": value},
    )  # fmt: skip


@pytest.mark.parametrize(("value", "kept"), [(None, {}), ({}, {}), ([1], {"options": [1]})])
def test_options_that_are_none(value: Any, kept: dict[str, Any]) -> None:
    assert read_options({"options": value}) == ({}, kept)


def test_what_was_read_is_written_again() -> None:
    options = {"temperature": 0.1, "stop": ["a", "b"], "num_predict": -1, "mirostat": 2}
    settings, unknown = read_options({"options": options})
    request = ChatRequest(model="m", settings=settings, unknown=unknown, dialect="ollama_chat")
    assert write_options(request, is_own=True) == (options, [])
    assert write_options(request, is_own=False) == ({"temperature": 0.1, "stop": ["a", "b"]}, [])


def test_settings_of_others() -> None:
    request = ChatRequest(
        model="m",
        settings={"max_tokens": 5, "choice.count": 1, "novel": 1},
        unknown={"min_p": 0.1, "repetition_penalty": 1.1},
        dialect="openai_chat",
    )
    assert write_options(request, is_own=False) == (
        {"num_predict": 5, "min_p": 0.1, "repeat_penalty": 1.1}, ["novel"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("dialect", "name"), [("openai_chat", "n"), ("gemini", "generationConfig.candidateCount")]
)
def test_several_answers_are_refused_by_the_clients_name(dialect: str, name: str) -> None:
    request = ChatRequest(model="m", settings={"choice.count": 2}, dialect=dialect)
    with pytest.raises(Unsupported) as raised:
        write_options(request, is_own=False)
    assert raised.value.param == name


@pytest.mark.parametrize("value", [True, False, "low", "medium", "high", "max"])
def test_what_ollama_knows_of_thinking_comes_back(value: bool | str) -> None:
    assert write_think(read_think(value)) == value


@pytest.mark.parametrize("value", [None, 1, "", "xhigh", ["high"]])
def test_what_is_no_thinking(value: Any) -> None:
    assert read_think(value) is None


@pytest.mark.parametrize(
    ("reasoning", "think"),
    [
        (None, None),
        (Reasoning(), None),
        (Reasoning(summary="auto"), None),
        (Reasoning(enabled=True), True),
        (Reasoning(enabled=False, budget_tokens=9_999), False),
        (Reasoning(effort="none"), False),
        (Reasoning(effort="minimal"), "low"),
        (Reasoning(effort="xhigh"), "max"),
        (Reasoning(effort="novel"), True),
        (Reasoning(budget_tokens=0), False),
        (Reasoning(enabled=True, budget_tokens=1_024), "low"),
        (Reasoning(budget_tokens=2_049), "medium"),
        (Reasoning(budget_tokens=32_768), "high"),
        (Reasoning(budget_tokens=32_769), "max"),
        (Reasoning(enabled=True, budget_tokens=-1), True),
    ],
)
def test_how_much_to_think(reasoning: Reasoning | None, think: Any) -> None:
    assert write_think(reasoning) is think or write_think(reasoning) == think


@pytest.mark.parametrize("value", ["json", {"type": "object", "properties": {"a": {}}}])
def test_formats_come_back(value: Any) -> None:
    assert write_format(read_format(value)) == value


@pytest.mark.parametrize(
    ("output", "written"),
    [
        (None, None),
        (OutputFormat("text"), None),
        (OutputFormat("json"), "json"),
        (OutputFormat("json_schema", schema={"type": "string"}, strict=True), {"type": "string"}),
        (OutputFormat("json_schema", schema=None), "json"),
    ],
)
def test_formats_of_others(output: OutputFormat | None, written: Any) -> None:
    assert write_format(output) == written
