"""Efforts, budgets and what models make of them."""

from typing import Any

import pytest

from vedette.dialects.anthropic_thinking import is_plain, read_reasoning, write_reasoning
from vedette.model.chat import (
    ChatRequest,
    Message,
    Reasoning,
    ReasoningPart,
    TextPart,
    ToolCallPart,
    ToolChoice,
)

HIGH = Reasoning(effort="high")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, None),
        (
            {"thinking": {"type": "enabled", "budget_tokens": 2048}},
            Reasoning(enabled=True, budget_tokens=2048),
        ),
        (
            {"thinking": {"type": "adaptive", "display": "summarized"}},
            Reasoning(enabled=True, summary="auto"),
        ),
        ({"thinking": {"type": "disabled"}}, Reasoning(enabled=False)),
        ({"output_config": {"effort": "max"}}, Reasoning(effort="max")),
        ({"thinking": {"type": "enabled", "budget_tokens": "x"}}, Reasoning(enabled=True)),
    ],
)
def test_reading(fields: dict[str, Any], expected: Reasoning | None) -> None:
    assert read_reasoning(fields) == expected


@pytest.mark.parametrize(
    ("thinking", "plain"),
    [
        ({"type": "adaptive"}, True),
        ({"type": "enabled", "budget_tokens": 5}, True),
        ({"type": "enabled"}, False),
        ({"type": "adaptive", "display": "omitted"}, False),
        ({"type": "between_tools"}, False),
        ({"type": "adaptive", "new": 1}, False),
        (None, False),
    ],
)
def test_what_has_no_neutral_form_is_known(thinking: Any, plain: bool) -> None:
    assert is_plain(thinking) == plain


@pytest.mark.parametrize(
    "reasoning",
    [
        Reasoning(enabled=True, budget_tokens=2048),
        Reasoning(enabled=True, effort="low", summary="auto"),
        Reasoning(enabled=False),
        Reasoning(effort="max"),
    ],
)
def test_in_its_own_dialect_it_stays_as_it_was(reasoning: Reasoning) -> None:
    request = ChatRequest(model="claude-3-opus", reasoning=reasoning, dialect="anthropic")
    written, dropped = write_reasoning(request, 100)
    assert dropped == ""
    members = {"thinking": written.get("thinking"), "output_config": written}
    assert read_reasoning(members) == reasoning


@pytest.mark.parametrize(
    ("model", "reasoning", "max_tokens", "expected"),
    [
        ("claude-sonnet-4-5", HIGH, 64_000, ("enabled", 24_576)),
        ("claude-sonnet-4-5", HIGH, 4_000, ("enabled", 3_200)),
        ("claude-sonnet-4-5", Reasoning(budget_tokens=500), 4_000, ("enabled", 1_024)),
        ("claude-sonnet-4-5", Reasoning(enabled=True), 64_000, ("enabled", 8_192)),
        ("kimi-k2", Reasoning(effort="low"), 4_096, ("enabled", 1_024)),
    ],
)
def test_budgets(model: str, reasoning: Reasoning, max_tokens: int, expected: Any) -> None:
    request = ChatRequest(model=model, reasoning=reasoning, dialect="openai_chat")
    written, dropped = write_reasoning(request, max_tokens)
    assert (written["thinking"]["type"], written["thinking"]["budget_tokens"]) == expected
    assert dropped == ""


@pytest.mark.parametrize(
    ("model", "reasoning", "expected"),
    [
        ("claude-opus-4-6", HIGH, {"thinking": {"type": "adaptive"}, "effort": "high"}),
        (
            "claude-opus-4-6",
            Reasoning(effort="xhigh"),
            {"thinking": {"type": "adaptive"}, "effort": "high"},
        ),
        (
            "claude-opus-5",
            Reasoning(effort="minimal"),
            {"thinking": {"type": "adaptive", "display": "summarized"}, "effort": "low"},
        ),
        (
            "claude-opus-5",
            Reasoning(enabled=True, budget_tokens=10_000),
            {"thinking": {"type": "adaptive", "display": "summarized"}, "effort": "medium"},
        ),
        (
            "claude-opus-5",
            Reasoning(enabled=True),
            {"thinking": {"type": "adaptive", "display": "summarized"}},
        ),
        ("claude-opus-5", Reasoning(effort="none"), {"thinking": {"type": "disabled"}}),
        ("claude-opus-4-8", Reasoning(enabled=False), {}),
    ],
)
def test_models_that_decide_themselves(
    model: str, reasoning: Reasoning, expected: dict[str, Any]
) -> None:
    request = ChatRequest(model=model, reasoning=reasoning, dialect="openai_chat")
    assert write_reasoning(request, 64_000) == (expected, "")


@pytest.mark.parametrize(
    ("model", "reasoning", "max_tokens"),
    [
        ("claude-3-5-sonnet", HIGH, 8_192),
        ("claude-sonnet-4-5", HIGH, 1_000),
        ("claude-fable-5", Reasoning(effort="none"), 64_000),
    ],
)
def test_what_cannot_be_asked_for_is_named(
    model: str, reasoning: Reasoning, max_tokens: int
) -> None:
    request = ChatRequest(model=model, reasoning=reasoning, dialect="openai_chat")
    assert write_reasoning(request, max_tokens) == ({}, "reasoning_effort")


CALL = ToolCallPart(name="f", id="c")
OURS = ReasoningPart(content="a", signature="s", source="anthropic")
THEIRS = ReasoningPart(content="a", signature="s", source="gemini")


@pytest.mark.parametrize(
    ("parts", "thinks"),
    [
        ((CALL,), False),
        ((THEIRS, CALL), False),
        ((ReasoningPart(content="a"), CALL), False),
        ((OURS, CALL), True),
        ((TextPart(content="a"),), True),
    ],
)
def test_a_turn_with_calls_needs_its_thoughts(parts: Any, thinks: bool) -> None:
    request = ChatRequest(
        model="claude-sonnet-4-5",
        messages=(Message(role="user"), Message(role="assistant", parts=parts)),
        reasoning=HIGH,
        dialect="openai_chat",
    )
    assert bool(write_reasoning(request, 64_000)[0]) == thinks


def test_a_forced_tool_comes_before_thinking() -> None:
    request = ChatRequest(
        model="claude-sonnet-4-5",
        tool_choice=ToolChoice("required"),
        reasoning=HIGH,
        dialect="openai_responses",
    )
    assert write_reasoning(request, 64_000) == ({}, "reasoning")
