"""How much a model on Bedrock thinks: every family has its own words for it.

| family | where | what |
|---|---|---|
| Claude | `thinking`, and `effort` of `outputConfig` | as `anthropic_thinking` says |
| Nova 2 | `reasoningConfig` | low, medium, high |
| gpt-oss | `reasoning_effort` | low, medium, high |
| others | | always or never: what the client asks is left out |

The fields stand in `additionalModelRequestFields`, where no other place is named.

https://docs.aws.amazon.com/bedrock/latest/userguide/claude-messages-extended-thinking.html
https://docs.aws.amazon.com/nova/latest/nova2-userguide/extended-thinking.html
"""

from typing import Any

import msgspec

from vedette.dialects import anthropic_thinking
from vedette.dialects.anthropic_models import claude_model
from vedette.dialects.bedrock_models import family
from vedette.dialects.efforts import effort_of
from vedette.dialects.foreign import setting_name
from vedette.dialects.reading import as_mapping, as_text
from vedette.model.chat import ChatRequest, Reasoning

_WORDS = {
    "": "medium", "minimal": "low", "low": "low", "medium": "medium", "high": "high",
    "xhigh": "high", "max": "high",
}  # fmt: skip
"""Effort -> its word where there are only low, medium and high."""


class Thinking(msgspec.Struct, frozen=True):
    """What a request says about thinking."""

    fields: dict[str, Any] = {}
    """For `additionalModelRequestFields`."""
    effort: str = ""
    """For `outputConfig`."""
    dropped: str = ""
    """The client's name for it, where the model cannot be asked."""


def read_reasoning(fields: dict[str, Any], effort: str) -> Reasoning | None:
    """What `additionalModelRequestFields` and `outputConfig.effort` ask for."""
    thinking = as_mapping(fields.get("thinking"))
    nova = as_mapping(fields.get("reasoningConfig"))
    kind = as_text(thinking.get("type")) or as_text(nova.get("type"))
    effort = effort or as_text(nova.get("maxReasoningEffort"))
    effort = effort or as_text(fields.get("reasoning_effort"))
    budget = thinking.get("budget_tokens")
    if not kind and not effort:
        return None
    return Reasoning(
        enabled=kind != "disabled" if kind else None,
        effort=effort,
        budget_tokens=budget if type(budget) is int else None,
        summary="auto" if thinking.get("display") == "summarized" else "",
    )


def write_reasoning(request: ChatRequest) -> Thinking:
    """What to ask `request.model` for. A request in this dialect says it itself."""
    reasoning = request.reasoning
    if reasoning is None:
        return Thinking()
    kind = family(request.model)
    if kind == "anthropic":
        return _claude(request)
    effort = effort_of(reasoning)
    if kind == "nova" and "nova-2" in request.model:
        return Thinking({"reasoningConfig": _nova(effort)})
    if kind == "gpt-oss" and effort in _WORDS:
        return Thinking({"reasoning_effort": _WORDS[effort]})
    is_without = effort == "none" and kind != "gpt-oss"
    return Thinking(dropped="" if is_without else setting_name(request.dialect, "reasoning"))


def _claude(request: ChatRequest) -> Thinking:
    limit = request.settings.get("max_tokens")
    most = limit if type(limit) is int else claude_model(request.model).max_output_tokens
    members, dropped = anthropic_thinking.write_reasoning(request, most)
    effort = as_text(members.pop("effort", ""))
    return Thinking(members, effort, dropped)


def _nova(effort: str) -> dict[str, str]:
    if effort == "none":
        return {"type": "disabled"}
    return {"type": "enabled", "maxReasoningEffort": _WORDS.get(effort, "medium")}
