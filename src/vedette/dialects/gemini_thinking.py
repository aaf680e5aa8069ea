"""How much a Gemini model thinks: `thinkingConfig`.

Models since Gemini 3 take a level, those of Gemini 2.5 a budget of tokens, older ones neither;
both at once are refused. The words of other dialects become budgets by the table of `efforts`.
https://ai.google.dev/gemini-api/docs/thinking
"""

import re
from typing import Any

from vedette.dialects.efforts import BUDGETS, effort_of
from vedette.dialects.gemini_drops import Drops
from vedette.dialects.gemini_fields import NAME, bare_model, camel_fields
from vedette.dialects.reading import as_text
from vedette.model.chat import ChatRequest, Reasoning

_LEVELS = {
    "none": "MINIMAL", "minimal": "MINIMAL", "low": "LOW", "medium": "MEDIUM", "high": "HIGH",
    "xhigh": "HIGH", "max": "HIGH",
}  # fmt: skip
_MISSING_LEVELS = (
    (re.compile(r"gemini-3-pro"), {"MINIMAL": "LOW", "MEDIUM": "HIGH"}),
    (re.compile(r"gemini-.*pro"), {"MINIMAL": "LOW"}),
)
"""Levels that a model lacks -> what comes next; the first pattern counts."""
_RANGES = (
    (re.compile(r"gemini-2\.5-pro"), 128, 32_768, False),
    (re.compile(r"gemini-2\.5-flash-lite"), 512, 24_576, True),
    (re.compile(r"gemini-2\.5"), 1, 24_576, True),
)
"""Models with budgets: least and largest, and whether 0 turns thinking off."""
_THOUGHTLESS = re.compile(r"gemini-(?:1|2\.0)|gemini-2\.5-.*(?:image|tts)|gemma-[123]|learnlm")
_AUTOMATIC = -1


def read_thinking(value: object) -> tuple[Reasoning | None, dict[str, Any]]:
    """The reasoning asked for, and what of `thinkingConfig` says more."""
    config = camel_fields(value)
    if not config:
        return None, {}
    budget = config.get("thinkingBudget")
    budget = budget if isinstance(budget, int) and not isinstance(budget, bool) else None
    level = as_text(config.get("thinkingLevel")).lower()
    effort = "" if level == "thinking_level_unspecified" else level
    rest = {name: kept for name, kept in config.items() if name not in _MODELLED}
    enabled = None if budget is None and not effort else budget != 0
    reasoning = Reasoning(
        enabled=enabled,
        effort=effort,
        budget_tokens=budget if budget and budget > 0 else None,
        summary="auto" if config.get("includeThoughts") is True else "",
    )
    return reasoning, rest


_MODELLED = frozenset({"thinkingBudget", "thinkingLevel", "includeThoughts"})


def has_levels(model: str) -> bool:
    """Whether this is a model since Gemini 3: those want signatures with calls as well."""
    name = bare_model(model)
    return not _THOUGHTLESS.match(name) and not any(one[0].match(name) for one in _RANGES)


def write_thinking(request: ChatRequest, drops: Drops) -> dict[str, Any]:
    """The value of `thinkingConfig`; empty where the model shall do as it does by itself."""
    reasoning = request.reasoning
    if reasoning is None:
        return {}
    if request.dialect == NAME:
        return _as_it_was(reasoning)
    if _THOUGHTLESS.match(bare_model(request.model)):
        if not _is_off(reasoning):
            drops.note("reasoning")
        return {}
    if reasoning.effort and reasoning.effort not in _LEVELS:
        drops.note("reasoning.effort")
    config = _amount(reasoning, bare_model(request.model))
    if not _is_off(reasoning) and (reasoning.summary or request.dialect != "openai_responses"):
        config["includeThoughts"] = True
    return config


def _as_it_was(reasoning: Reasoning) -> dict[str, Any]:
    config: dict[str, Any] = {}
    if reasoning.effort:
        config["thinkingLevel"] = reasoning.effort.upper()
    if reasoning.budget_tokens is not None:
        config["thinkingBudget"] = reasoning.budget_tokens
    elif reasoning.enabled is False:
        config["thinkingBudget"] = 0
    elif reasoning.enabled and not reasoning.effort:
        config["thinkingBudget"] = _AUTOMATIC
    if reasoning.summary:
        config["includeThoughts"] = True
    return config


def _is_off(reasoning: Reasoning) -> bool:
    return reasoning.enabled is False or reasoning.effort == "none"


def _amount(reasoning: Reasoning, model: str) -> dict[str, Any]:
    for pattern, least, largest, can_stop in _RANGES:
        if pattern.match(model):
            return _budget(reasoning, least, largest, can_stop=can_stop)
    level = _LEVELS.get(effort_of(reasoning), "")
    for pattern, missing in _MISSING_LEVELS:
        if pattern.match(model):
            level = missing.get(level, level)
            break
    return {"thinkingLevel": level} if level else {}


def _budget(reasoning: Reasoning, least: int, largest: int, *, can_stop: bool) -> dict[str, Any]:
    tokens = reasoning.budget_tokens
    if _is_off(reasoning):
        tokens = 0
    elif tokens is None:
        tokens = BUDGETS.get(reasoning.effort, _AUTOMATIC if reasoning.enabled else None)
    if tokens is None or tokens == _AUTOMATIC:
        return {} if tokens is None else {"thinkingBudget": tokens}
    if tokens <= 0 and can_stop:
        return {"thinkingBudget": 0}
    return {"thinkingBudget": max(least, min(tokens, largest))}
