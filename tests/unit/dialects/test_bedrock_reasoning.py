"""How much a model on Bedrock thinks."""

from typing import Any

import pytest
from msgspec.structs import replace

from tests.support.bedrock import CLAUDE, LLAMA, chat
from vedette.dialects.bedrock_reasoning import Thinking, read_reasoning, write_reasoning
from vedette.model.chat import Reasoning

OPUS = "us.anthropic.claude-opus-4-7-v1"
NOVA = "us.amazon.nova-2-lite-v1:0"
OSS = "openai.gpt-oss-120b-1:0"


@pytest.mark.parametrize(
    ("fields", "effort", "expected"),
    [
        ({"thinking": {"type": "enabled", "budget_tokens": 2000}}, "",
         Reasoning(enabled=True, budget_tokens=2000)),
        ({"thinking": {"type": "adaptive", "display": "summarized"}}, "high",
         Reasoning(enabled=True, effort="high", summary="auto")),
        ({"thinking": {"type": "disabled"}}, "", Reasoning(enabled=False)),
        ({"reasoningConfig": {"type": "enabled", "maxReasoningEffort": "low"}}, "",
         Reasoning(enabled=True, effort="low")),
        ({"reasoning_effort": "medium"}, "", Reasoning(effort="medium")),
        ({"thinking": 5, "reasoningConfig": "x"}, "", None),
        ({}, "", None),
    ],
)  # fmt: skip
def test_each_familys_words_are_read(
    fields: dict[str, Any], effort: str, expected: Reasoning | None
) -> None:
    assert read_reasoning(fields, effort) == expected


def enabled(budget: int) -> dict[str, Any]:
    return {"thinking": {"type": "enabled", "budget_tokens": budget}}


ADAPTIVE = {"thinking": {"type": "adaptive", "display": "summarized"}}


def nova(effort: str) -> dict[str, Any]:
    return {"reasoningConfig": {"type": "enabled", "maxReasoningEffort": effort}}


@pytest.mark.parametrize(
    ("model", "reasoning", "expected"),
    [
        (CLAUDE, Reasoning(effort="medium"), Thinking(enabled(8192))),
        (CLAUDE, Reasoning(budget_tokens=3000), Thinking(enabled(3000))),
        (CLAUDE, Reasoning(effort="none"), Thinking()),
        (OPUS, Reasoning(effort="high"), Thinking(ADAPTIVE, "high")),
        (OPUS, Reasoning(enabled=True), Thinking(ADAPTIVE)),
        ("anthropic.claude-3-haiku-20240307-v1:0", Reasoning(effort="low"),
         Thinking(dropped="reasoning")),
        (NOVA, Reasoning(effort="xhigh"), Thinking(nova("high"))),
        (NOVA, Reasoning(enabled=True), Thinking(nova("medium"))),
        (NOVA, Reasoning(enabled=False), Thinking({"reasoningConfig": {"type": "disabled"}})),
        (OSS, Reasoning(budget_tokens=500), Thinking({"reasoning_effort": "low"})),
        (OSS, Reasoning(effort="none"), Thinking(dropped="reasoning")),
        (LLAMA, Reasoning(effort="low"), Thinking(dropped="reasoning")),
        (LLAMA, Reasoning(effort="none"), Thinking()),
        (LLAMA, None, Thinking()),
    ],
)  # fmt: skip
def test_each_family_is_asked_in_its_own_words(
    model: str, reasoning: Reasoning | None, expected: Thinking
) -> None:
    assert write_reasoning(replace(chat(model=model), reasoning=reasoning)) == expected


def test_a_budget_leaves_room_for_the_answer() -> None:
    request = replace(chat(), reasoning=Reasoning(effort="high"), settings={"max_tokens": 4000})
    assert write_reasoning(request) == Thinking(enabled(3200))
    short = replace(request, settings={"max_tokens": 100})
    assert write_reasoning(short) == Thinking(dropped="reasoning")
