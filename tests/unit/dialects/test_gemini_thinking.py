from typing import Any

import pytest

from vedette.dialects.gemini_drops import Drops
from vedette.dialects.gemini_thinking import has_levels, read_thinking, write_thinking
from vedette.model.chat import ChatRequest, Reasoning


def written(
    model: str, dialect: str = "openai_chat", **fields: Any
) -> tuple[dict[str, Any], tuple[str, ...]]:
    request = ChatRequest(model=model, reasoning=Reasoning(**fields), dialect=dialect)
    drops = Drops(request)
    return write_thinking(request, drops), drops.names


def config(model: str, **fields: Any) -> dict[str, Any]:
    made, dropped = written(model, **fields)
    assert dropped == ()
    return made


SHOWN = {"includeThoughts": True}


@pytest.mark.parametrize(
    ("config", "reasoning"),
    [
        ({"thinkingBudget": 0}, Reasoning(enabled=False)),
        ({"thinkingBudget": -1}, Reasoning(enabled=True)),
        ({"thinking_budget": 512, "include_thoughts": True},
         Reasoning(enabled=True, budget_tokens=512, summary="auto")),
        ({"thinkingLevel": "HIGH"}, Reasoning(enabled=True, effort="high")),
        ({"thinkingLevel": "THINKING_LEVEL_UNSPECIFIED", "includeThoughts": True},
         Reasoning(summary="auto")),
        ({"thinkingBudget": "x"}, Reasoning()),
    ],
)  # fmt: skip
def test_what_a_client_asks_for(config: Any, reasoning: Reasoning) -> None:
    assert read_thinking(config) == (reasoning, {})


def test_nothing_asked_and_more_asked_than_we_know() -> None:
    assert read_thinking(None) == (None, {})
    assert read_thinking({"thinkingBudget": 0, "new": 1})[1] == {"new": 1}


@pytest.mark.parametrize(
    "config",
    [
        {"thinkingBudget": 0},
        {"thinkingBudget": -1, "includeThoughts": True},
        {"thinkingBudget": 99_999},
        {"thinkingLevel": "XHIGH"},
    ],
)
def test_in_its_own_dialect_it_stays(config: dict[str, Any]) -> None:
    reasoning, _ = read_thinking(config)
    request = ChatRequest(model="gemini-2.5-pro", reasoning=reasoning, dialect="gemini")
    assert write_thinking(request, Drops(request)) == config


@pytest.mark.parametrize(
    ("effort", "flash", "pro", "level", "old_pro_level"),
    [
        ("minimal", 1024, 1024, "MINIMAL", "LOW"),
        ("low", 1024, 1024, "LOW", "LOW"),
        ("medium", 8192, 8192, "MEDIUM", "HIGH"),
        ("high", 24_576, 24_576, "HIGH", "HIGH"),
        ("xhigh", 24_576, 32_768, "HIGH", "HIGH"),
    ],
)
def test_effort_becomes_a_budget_or_a_level(
    effort: str, flash: int, pro: int, level: str, old_pro_level: str
) -> None:
    assert config("gemini-2.5-flash", effort=effort) == {"thinkingBudget": flash} | SHOWN
    assert config("models/gemini-2.5-pro", effort=effort) == {"thinkingBudget": pro} | SHOWN
    assert config("gemini-3-flash-preview", effort=effort) == {"thinkingLevel": level} | SHOWN
    assert config("gemini-3-pro-preview", effort=effort)["thinkingLevel"] == old_pro_level


@pytest.mark.parametrize(
    ("tokens", "flash", "lite", "level"),
    [
        (1, 1, 512, "LOW"),
        (1024, 1024, 1024, "LOW"),
        (4000, 4000, 4000, "MEDIUM"),
        (60_000, 24_576, 24_576, "HIGH"),
    ],
)
def test_a_budget_is_kept_within_what_the_model_takes(
    tokens: int, flash: int, lite: int, level: str
) -> None:
    asked = {"enabled": True, "budget_tokens": tokens}
    assert config("gemini-2.5-flash", **asked)["thinkingBudget"] == flash
    assert config("gemini-2.5-flash-lite", **asked)["thinkingBudget"] == lite
    assert config("gemini-flash-latest", **asked)["thinkingLevel"] == level


@pytest.mark.parametrize("asked", [{"enabled": False}, {"effort": "none"}])
def test_thinking_off_is_as_little_as_the_model_can(asked: dict[str, Any]) -> None:
    assert config("gemini-2.5-flash", **asked) == {"thinkingBudget": 0}
    assert config("gemini-2.5-pro", **asked) == {"thinkingBudget": 128}
    assert config("gemini-3-flash", **asked) == {"thinkingLevel": "MINIMAL"}
    assert config("gemini-3.1-pro", **asked) == {"thinkingLevel": "LOW"}
    assert config("gemini-2.0-flash", **asked) == {}


def test_thinking_of_itself_is_the_models_own_measure() -> None:
    assert config("gemini-2.5-flash", enabled=True) == {"thinkingBudget": -1} | SHOWN
    assert config("gemini-3-flash", enabled=True) == SHOWN
    assert config("gemini-2.5-flash", summary="auto") == SHOWN


def test_thoughts_are_shown_to_a_responses_client_that_asks_for_them() -> None:
    asked, _ = written("gemini-3-flash", "openai_responses", effort="low")
    assert asked == {"thinkingLevel": "LOW"}
    asked, _ = written("gemini-3-flash", "openai_responses", effort="low", summary="auto")
    assert asked == {"thinkingLevel": "LOW"} | SHOWN


def test_what_a_model_cannot_do_is_named() -> None:
    assert written("gemini-2.0-flash", effort="high") == ({}, ("reasoning",))
    assert written("gemma-3-27b-it", enabled=True) == ({}, ("reasoning",))
    assert written("gemini-3-flash", effort="wild") == (SHOWN, ("reasoning.effort",))


@pytest.mark.parametrize(
    ("model", "levels"),
    [
        ("gemini-3-pro-preview", True),
        ("publishers/google/models/gemini-3.1-flash", True),
        ("gemini-flash-latest", True),
        ("gemini-2.5-pro", False),
        ("gemini-2.5-flash-image", False),
        ("gemini-1.5-pro", False),
    ],
)
def test_models_with_levels(model: str, levels: bool) -> None:
    assert has_levels(model) is levels
