"""Abuse, threats, hate and profanity.

N-grams, and in some fifteen languages what words do: an insult, a threat, a group, and whom it is
aimed at. Trained on tweets and on templates; what nobody would call by such words it does not know.
"""

from collections.abc import Mapping
from typing import Any, Final

from vedette.detectors.learned.head import HeadDetector
from vedette.model.policy import WHERES, Where

_WHERE: Final[frozenset[Where]] = frozenset(WHERES)


def create(options: Mapping[str, Any]) -> HeadDetector:
    """No options."""
    return HeadDetector("toxicity", _WHERE)
