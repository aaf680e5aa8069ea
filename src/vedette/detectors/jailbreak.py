"""Attempts to talk a model out of its rules: personas without limits, modes, pressure.

Scores one head of the shared classifier.
"""

from collections.abc import Mapping
from typing import Any, Final

from vedette.detectors.learned.head import HeadDetector
from vedette.model.policy import Where

_WHERE: Final[frozenset[Where]] = frozenset({"input"})


def create(options: Mapping[str, Any]) -> HeadDetector:
    """No options."""
    return HeadDetector("jailbreak", _WHERE)
