"""How bad a change is: evidence opens the gate, the effect grades it."""

from vedette.model.alert import Level
from vedette.model.drift import SEVERITIES, Severity

LEVELS: dict[Severity, Level] = {
    "none": "info", "low": "info", "medium": "warning", "high": "critical", "critical": "critical",
}  # fmt: skip
"""How alerts call it."""

_BOUNDS = (0.15, 0.35, 0.6)
"""Effects (Cliff's delta, total variation) from which a change is medium, high, critical.

0.15 and 0.33 are the bounds of a small and a medium delta of Romano et al. 2006."""
_GRAVE = frozenset(
    ("finish_reason", "refusal", "json", "tools", "verdict", "repeat_verdict", "language")
)
_GRAVE_FROM = 0.05
"""A change of what the caller's program relies on is one step worse from this effect on."""
_TIMING = frozenset(("latency_ms", "ms_per_token"))
_WORST_TIMING = SEVERITIES.index("medium")
"""Slow calls come of load as well, and say nothing of answers: no worse than this by themselves."""


def grade(signal: str, effect: float, *, is_proven: bool) -> Severity:
    """None without enough evidence, whatever the effect."""
    if not is_proven:
        return "none"
    size = abs(effect)
    step = 1 + sum(size >= bound for bound in _BOUNDS)
    name = signal.removeprefix("repeat:")
    if name in _GRAVE and size >= _GRAVE_FROM:
        step += 1
    if name in _TIMING:
        step = min(step, _WORST_TIMING)
    return SEVERITIES[min(step, len(SEVERITIES) - 1)]


def worst(severities: list[Severity]) -> Severity:
    return max(severities, key=SEVERITIES.index, default="none")
