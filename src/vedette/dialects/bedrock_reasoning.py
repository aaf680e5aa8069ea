"""How much a model on Bedrock thinks: every family has its own words for it.

| family | where | what |
|---|---|---|
| Claude 3.7 to 4.5 | `additionalModelRequestFields.thinking` | a budget of tokens |
| Claude 4.6 | the same, `outputConfig.effort` | a budget, or adaptive with an effort |
| Claude since 4.7 | the same, `outputConfig.effort` | adaptive with an effort |
| Nova 2 | `additionalModelRequestFields.reasoningConfig` | low, medium, high |
| gpt-oss | `additionalModelRequestFields.reasoning_effort` | low, medium, high |
| others | | always or never: what the client asks is left out |

Efforts and budgets become each other by the table that Google publishes for its OpenAI-compatible
endpoint. A budget is at least 1,024 tokens and less than the answer's limit; where the limit leaves
no room for that the model does not think. Nor does it, with a budget, in the middle of a turn
whose thoughts the client did not bring back: Claude refuses that.

https://docs.aws.amazon.com/bedrock/latest/userguide/claude-messages-extended-thinking.html
https://docs.aws.amazon.com/nova/latest/nova2-userguide/extended-thinking.html
"""

from typing import Any

import msgspec

from vedette.dialects.bedrock_models import claude_version, family
from vedette.dialects.reading import as_mapping, as_text
from vedette.dialects.signatures import is_ours
from vedette.model.chat import (
    ChatRequest,
    Message,
    Reasoning,
    ReasoningPart,
    ToolCallPart,
    ToolResultPart,
)

_BUDGETS = {
    "minimal": 1024, "low": 1024, "medium": 8192, "high": 24_576, "xhigh": 32_768, "max": 32_768,
}  # fmt: skip
_EFFORT_UP_TO = ((1024, "low"), (8192, "medium"), (24_576, "high"))
_LEAST_BUDGET = 1024
_FIRST_THINKING, _FIRST_ADAPTIVE, _FIRST_ONLY_ADAPTIVE = (3, 7), (4, 6), (4, 7)
_FIRST_ALWAYS_ON = (5, 0)
_CLAUDE_EFFORTS = {"minimal": "low"}
_THREE = {"minimal": "low", "xhigh": "high", "max": "high"}
"""Effort -> its word where there are only low, medium and high."""


class Thinking(msgspec.Struct, frozen=True):
    """What a request says about thinking."""

    fields: dict[str, Any] = {}
    """For `additionalModelRequestFields`."""
    effort: str = ""
    """For `outputConfig`."""
    is_dropped: bool = False


def read_reasoning(fields: dict[str, Any], effort: str) -> Reasoning | None:
    """What `additionalModelRequestFields` and `outputConfig.effort` ask for."""
    thinking = as_mapping(fields.get("thinking"))
    nova = as_mapping(fields.get("reasoningConfig") or fields.get("reasoning_config"))
    kind = as_text(thinking.get("type")) or as_text(nova.get("type"))
    effort = effort or as_text(nova.get("maxReasoningEffort"))
    effort = effort or as_text(fields.get("reasoning_effort"))
    budget = thinking.get("budget_tokens", nova.get("budget_tokens"))
    if not kind and not effort:
        return None
    return Reasoning(
        enabled=kind != "disabled" if kind else None,
        effort=effort,
        budget_tokens=budget if isinstance(budget, int) else None,
        summary="auto" if thinking.get("display") == "summarized" else "",
    )


def write_reasoning(request: ChatRequest, max_tokens: int | None) -> Thinking:
    """What to ask `request.model` for. A request in this dialect says it itself."""
    reasoning = request.reasoning
    if reasoning is None:
        return Thinking()
    kind = family(request.model)
    is_off = reasoning.enabled is False or reasoning.effort == "none"
    if kind == "anthropic":
        return _claude(request, reasoning, max_tokens, is_off=is_off)
    effort = _effort(reasoning)
    word = _THREE.get(effort, effort)
    if kind == "nova" and "nova-2" in request.model:
        config = {"type": "disabled"} if is_off else {"type": "enabled", "maxReasoningEffort": word}
        return Thinking({"reasoningConfig": config})
    if kind == "gpt-oss" and not is_off:
        return Thinking({"reasoning_effort": word})
    return Thinking(is_dropped=not is_off or kind == "gpt-oss")


def _claude(
    request: ChatRequest, reasoning: Reasoning, max_tokens: int | None, *, is_off: bool
) -> Thinking:
    version = claude_version(request.model)
    if is_off:
        always = version >= _FIRST_ALWAYS_ON
        return Thinking({"thinking": {"type": "disabled"}} if always else {})
    if version < _FIRST_THINKING:
        return Thinking(is_dropped=True)
    has_budget = reasoning.budget_tokens is not None and not reasoning.effort
    if version >= _FIRST_ONLY_ADAPTIVE or (version >= _FIRST_ADAPTIVE and not has_budget):
        return _adaptive(reasoning, version)
    budget = reasoning.budget_tokens
    if budget is None:
        budget = _BUDGETS.get(_effort(reasoning), _BUDGETS["medium"])
    if max_tokens is not None:
        budget = min(budget, max_tokens - 1)
    if budget < _LEAST_BUDGET or _lacks_thoughts(request.messages):
        return Thinking(is_dropped=True)
    return Thinking({"thinking": {"type": "enabled", "budget_tokens": budget}})


def _adaptive(reasoning: Reasoning, version: tuple[int, int]) -> Thinking:
    thinking = {"type": "adaptive"}
    if version >= _FIRST_ONLY_ADAPTIVE:
        # These show nothing of their thoughts unless they are told to.
        thinking["display"] = "summarized"
    if not reasoning.effort and reasoning.budget_tokens is None:
        return Thinking({"thinking": thinking})
    effort = _effort(reasoning)
    if effort == "xhigh" and version < _FIRST_ONLY_ADAPTIVE:
        effort = "high"
    return Thinking({"thinking": thinking}, _CLAUDE_EFFORTS.get(effort, effort))


def _effort(reasoning: Reasoning) -> str:
    if reasoning.effort:
        return reasoning.effort
    tokens = reasoning.budget_tokens
    if tokens is None:
        return "medium"
    return next((effort for limit, effort in _EFFORT_UP_TO if tokens <= limit), "xhigh")


def _lacks_thoughts(messages: tuple[Message, ...]) -> bool:
    """Whether the turn that is going on has calls without the thoughts before them."""
    for message in reversed(messages):
        calls = any(isinstance(part, ToolCallPart) for part in message.parts)
        if message.role == "assistant" and calls:
            return not any(map(_is_signed, message.parts))
        if message.role == "user" and not _has_results(message):
            return False
    return False


def _is_signed(part: object) -> bool:
    return (
        isinstance(part, ReasoningPart) and bool(part.signature) and is_ours(part.source, "bedrock")
    )


def _has_results(message: Message) -> bool:
    return any(isinstance(part, ToolResultPart) for part in message.parts)
