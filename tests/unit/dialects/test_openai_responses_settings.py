"""Settings of a responses request."""

from typing import Any

import pytest

from vedette.dialects.contract import Unsupported
from vedette.dialects.openai_responses_content import NAME
from vedette.dialects.openai_responses_settings import (
    read_format,
    read_reasoning,
    read_settings,
    wants_thoughts,
    write_format,
    write_reasoning,
    write_settings,
)
from vedette.model.chat import ChatRequest, OutputFormat, Reasoning


def request(dialect: str, **settings: Any) -> ChatRequest:
    return ChatRequest(model="m", settings=settings, dialect=dialect)


def test_settings_both_ways() -> None:
    fields = {"temperature": 0.5, "top_p": 1, "max_output_tokens": 9, "top_k": 3, "stop": ["x"]}
    settings = read_settings({**fields, "seed": None, "model": "m"})
    assert settings == {
        "temperature": 0.5,
        "top_p": 1,
        "max_tokens": 9,
        "top_k": 3,
        "stop_sequences": ["x"],
    }
    assert write_settings(request(NAME, **settings)) == (fields, [])
    assert read_settings({"stop": "x"}) == {"stop_sequences": ["x"]}


def test_what_only_advises_is_named() -> None:
    asked = request("gemini", max_tokens=9, top_k=3, seed=1, presence_penalty=0.1)
    assert write_settings(asked) == (
        {"max_output_tokens": 9},
        [
            "generationConfig.topK",
            "generationConfig.seed",
            "generationConfig.presencePenalty",
        ],
    )


@pytest.mark.parametrize(
    ("dialect", "settings", "field"),
    [
        ("openai_chat", {"choice.count": 2}, "n"),
        ("openai_chat", {"stop_sequences": ["x"]}, "stop"),
        ("anthropic", {"stop_sequences": ["x"]}, "stop_sequences"),
    ],
)
def test_what_decides_the_answer_is_refused(
    dialect: str, settings: dict[str, Any], field: str
) -> None:
    with pytest.raises(Unsupported) as raised:
        write_settings(request(dialect, **settings))
    assert raised.value.param == field


def test_one_choice_and_no_stop_sequence_are_nothing() -> None:
    asked = request("openai_chat", **{"choice.count": 1, "stop_sequences": []})
    assert write_settings(asked)[0] == {}


@pytest.mark.parametrize(
    ("form", "neutral"),
    [
        ({"type": "text"}, OutputFormat(kind="text")),
        ({"type": "json_object"}, OutputFormat(kind="json")),
        (
            {
                "type": "json_schema",
                "name": "n",
                "description": "d",
                "schema": {"type": "object"},
                "strict": True,
            },
            OutputFormat(
                kind="json_schema",
                schema={"type": "object"},
                name="n",
                description="d",
                strict=True,
            ),
        ),
    ],
)
def test_formats_both_ways(form: dict[str, Any], neutral: OutputFormat) -> None:
    assert read_format({"format": form, "verbosity": "low"}) == neutral
    assert write_format(neutral) == form


def test_a_schema_gets_a_name() -> None:
    form = OutputFormat(kind="json_schema", schema={"type": "object"})
    assert write_format(form) == {
        "type": "json_schema",
        "name": "answer",
        "schema": {"type": "object"},
    }
    assert read_format(None) is None
    assert read_format({"format": {"type": "new"}}) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        ({"effort": None, "summary": None}, None),
        ({"effort": "low"}, Reasoning(enabled=True, effort="low")),
        ({"effort": "none"}, Reasoning(enabled=False, effort="none")),
        ({"summary": "auto"}, Reasoning(summary="auto")),
        ({"generate_summary": "concise"}, Reasoning(summary="concise")),
    ],
)
def test_reasoning_is_read(value: Any, expected: Reasoning | None) -> None:
    assert read_reasoning(value) == expected


@pytest.mark.parametrize(
    ("reasoning", "model", "expected"),
    [
        (None, "gpt-5.1", {}),
        (Reasoning(effort="low", summary="auto"), "o3", {"effort": "low", "summary": "auto"}),
        (Reasoning(effort="xhigh"), "o3", {"effort": "high"}),
        (Reasoning(enabled=True, budget_tokens=1024), "gpt-5.1", {"effort": "low"}),
        (Reasoning(enabled=True, budget_tokens=31_999), "gpt-5.1", {"effort": "high"}),
        (Reasoning(enabled=True), "gpt-5.1", {}),
        (Reasoning(enabled=False), "gpt-5.1", {"effort": "none"}),
        (Reasoning(enabled=False), "o4-mini", {"effort": "low"}),
        (Reasoning(enabled=True, budget_tokens=1024), "gpt-4.1", {}),
        (Reasoning(enabled=False), "gpt-4.1", {}),
    ],
)
def test_reasoning_is_fitted_to_the_model(
    reasoning: Reasoning | None, model: str, expected: dict[str, Any]
) -> None:
    asked = ChatRequest(model=model, reasoning=reasoning, dialect="anthropic")
    assert write_reasoning(asked) == expected


def test_reasoning_of_the_same_dialect_stays_as_it_is() -> None:
    reasoning = Reasoning(enabled=True, effort="unheard-of", summary="auto")
    asked = ChatRequest(model="gpt-4.1", reasoning=reasoning, dialect=NAME)
    assert write_reasoning(asked) == {"effort": "unheard-of", "summary": "auto"}


def test_models_that_think_take_no_sampling() -> None:
    for model, written in (("gpt-5.1", {}), ("gpt-4.1", {"temperature": 1, "top_p": 0.5})):
        asked = ChatRequest(
            model=model, settings={"temperature": 1, "top_p": 0.5}, dialect="anthropic"
        )
        dropped = [] if written else ["temperature", "top_p"]
        assert write_settings(asked) == (written, dropped)


def test_whose_thoughts_may_be_asked_for() -> None:
    def wants(model: str, **reasoning: str) -> bool:
        return wants_thoughts(ChatRequest(model=model), dict(reasoning))

    assert wants("gpt-5.1")
    assert wants("azure/o3")
    assert wants("prod", effort="low")
    assert not wants("prod")
    assert not wants("gpt-4o")
    assert not wants("gpt-5-chat-latest")
