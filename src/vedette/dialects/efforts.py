"""How much to think, in words and in tokens: what one dialect says as an effort another says as a
budget.

The budgets are those of Google's OpenAI-compatible endpoint, the only provider that publishes a
table of both (https://ai.google.dev/gemini-api/docs/openai#thinking), with larger ones for the
efforts that came later.
"""

from vedette.model.chat import Reasoning

BUDGETS = {
    "minimal": 1_024, "low": 1_024, "medium": 8_192, "high": 24_576, "xhigh": 32_768,
    "max": 32_768,
}  # fmt: skip
_EFFORT_UP_TO = ((2_048, "low"), (16_384, "medium"))
"""Budget in tokens -> effort; larger ones are `high`."""


def effort_of(reasoning: Reasoning) -> str:
    """The effort that was asked for, by its word or by its budget; "" where there is none."""
    if reasoning.enabled is False:
        return "none"
    if reasoning.effort or reasoning.budget_tokens is None:
        return reasoning.effort
    tokens = reasoning.budget_tokens
    return next((effort for limit, effort in _EFFORT_UP_TO if tokens <= limit), "high")


def budget_of(reasoning: Reasoning) -> int | None:
    """The budget that was asked for, by its tokens or by its effort; None where there is none."""
    if reasoning.budget_tokens is not None:
        return reasoning.budget_tokens
    return BUDGETS.get(reasoning.effort or ("medium" if reasoning.enabled else ""))
