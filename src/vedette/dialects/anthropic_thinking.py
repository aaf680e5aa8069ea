"""How much a Claude model thinks: `thinking` and `output_config.effort`.

Three kinds of models (`anthropic_models`): without thinking, with a budget of tokens (at least
1,024, below `max_tokens`), and those that decide themselves and take an effort. Efforts become
budgets by the table of `efforts`; a budget is at most four fifths of `max_tokens`, so that
something is left to answer with.

A budget refuses a forced tool, and a turn with tool calls that does not begin with the model's own
thoughts. Then thinking is left out: what the client demands comes before what it wishes.
https://platform.claude.com/docs/en/build-with-claude/thinking
"""

from typing import Any

from vedette.dialects.anthropic_models import ClaudeModel, claude_model
from vedette.dialects.efforts import budget_of, effort_of
from vedette.dialects.reading import as_mapping, as_text
from vedette.dialects.signatures import is_ours
from vedette.model.chat import ChatRequest, Message, Reasoning, ReasoningPart, ToolCallPart

NAME = "anthropic"
_MIN_BUDGET = 1_024
_PLAIN = ("type", "budget_tokens", "display")
_DISPLAYS = {"summarized": "auto", None: ""}


def read_reasoning(request: dict[str, Any]) -> Reasoning | None:
    """What the request says of thinking; None where it says nothing."""
    thinking = as_mapping(request.get("thinking"))
    effort = as_text(as_mapping(request.get("output_config")).get("effort"))
    if not thinking and not effort:
        return None
    budget = thinking.get("budget_tokens")
    return Reasoning(
        enabled=thinking.get("type") != "disabled" if thinking else None,
        effort=effort,
        budget_tokens=budget if type(budget) is int else None,
        summary="auto" if thinking.get("display") == "summarized" else "",
    )


def is_plain(thinking: object) -> bool:
    """Whether a `Reasoning` says all that this `thinking` says."""
    fields = as_mapping(thinking)
    kind = fields.get("type")
    return (
        kind in ("enabled", "adaptive", "disabled")
        and not fields.keys() - set(_PLAIN)
        and fields.get("display") in _DISPLAYS
        and (kind == "enabled") == (type(fields.get("budget_tokens")) is int)
    )


def write_reasoning(request: ChatRequest, max_tokens: int) -> tuple[dict[str, Any], str]:
    """The members `thinking` and `effort` (of `output_config`) that ask for it.

    And the name of what cannot be asked for, as the client called it.
    """
    reasoning = request.reasoning
    if reasoning is None:
        return {}, ""
    if request.dialect == NAME:
        return _as_it_was(reasoning), ""
    model = claude_model(request.model)
    if reasoning.enabled is False or reasoning.effort == "none":
        return _switched_off(model, field_name(request))
    if model.thinking == "adaptive":
        return _adaptive(reasoning, model), ""
    if model.thinking == "none":
        return {}, field_name(request)
    budget = _budget(reasoning, max_tokens)
    if budget is None:
        return {}, "" if reasoning == Reasoning() else field_name(request)
    if _is_forced(request) or not _begins_with_thoughts(request.messages):
        return {}, field_name(request)
    return {"thinking": {"type": "enabled", "budget_tokens": budget}}, ""


def field_name(request: ChatRequest) -> str:
    """What the client calls its wish for reasoning."""
    return "reasoning_effort" if request.dialect == "openai_chat" else "reasoning"


def _as_it_was(reasoning: Reasoning) -> dict[str, Any]:
    members: dict[str, Any] = {"effort": reasoning.effort} if reasoning.effort else {}
    if reasoning.enabled is None:
        return members
    thinking: dict[str, Any] = {"type": "adaptive" if reasoning.enabled else "disabled"}
    if reasoning.budget_tokens is not None:
        thinking = {"type": "enabled", "budget_tokens": reasoning.budget_tokens}
    if reasoning.summary:
        thinking["display"] = "summarized"
    return members | {"thinking": thinking}


def _switched_off(model: ClaudeModel, name: str) -> tuple[dict[str, Any], str]:
    """Most models do not think unless they are asked to, and some refuse to hear of it."""
    if model.thinks_always:
        return {}, name
    if not model.thinks_unasked:
        return {}, ""
    return {"thinking": {"type": "disabled"}}, ""


def _adaptive(reasoning: Reasoning, model: ClaudeModel) -> dict[str, Any]:
    thinking = {"type": "adaptive"}
    if model.hides_thoughts:
        thinking["display"] = "summarized"
    effort = _fit_effort(effort_of(reasoning), model.efforts)
    return {"thinking": thinking, "effort": effort} if effort else {"thinking": thinking}


def _fit_effort(effort: str, efforts: tuple[str, ...]) -> str:
    if effort in efforts or not effort:
        return effort
    return {"minimal": "low", "xhigh": "high", "max": "high"}.get(effort, "")


def _budget(reasoning: Reasoning, max_tokens: int) -> int | None:
    """The budget that fits; None where there is no wish or no room for one."""
    wanted = budget_of(reasoning)
    if wanted is None:
        return None
    budget = min(max(wanted, _MIN_BUDGET), max_tokens * 4 // 5)
    return budget if budget >= _MIN_BUDGET else None


def _is_forced(request: ChatRequest) -> bool:
    choice = request.tool_choice
    return choice is not None and choice.mode in ("required", "tool")


def _begins_with_thoughts(messages: tuple[Message, ...]) -> bool:
    """Whether the last turn of the model, where it called tools, has thoughts it would accept."""
    turn = next((message for message in reversed(messages) if message.role == "assistant"), None)
    if turn is None or not any(isinstance(part, ToolCallPart) for part in turn.parts):
        return True
    return any(
        isinstance(part, ReasoningPart) and part.signature and is_ours(part.source, NAME)
        for part in turn.parts
    )
