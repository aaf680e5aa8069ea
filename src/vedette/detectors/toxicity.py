"""Abuse, slurs, hate and profanity.

Trained on tweets; knows words and their company, not intent.
"""

from collections.abc import Mapping
from typing import Any, Final

from vedette.detectors.learned.head import HeadDetector
from vedette.model.policy import WHERES, Where

_WHERE: Final[frozenset[Where]] = frozenset(WHERES)


def create(options: Mapping[str, Any]) -> HeadDetector:
    """No options."""
    return HeadDetector("toxicity", _WHERE)
