"""Requests for harm and answers that give it: weapons, malware, fraud, violence, self-harm.

N-grams, and what words do: make, a weapon, secretly, a victim, but also protect, a game, history.
Intent in everyday words it does not know (docs/guard.md): for that, escalate to a judge.
"""

from collections.abc import Mapping
from typing import Any, Final

from vedette.detectors.learned.head import HeadDetector
from vedette.model.policy import Where

_WHERE: Final[frozenset[Where]] = frozenset({"input", "output", "reasoning", "tool_arguments"})


def create(options: Mapping[str, Any]) -> HeadDetector:
    """No options."""
    return HeadDetector("harmful", _WHERE)
