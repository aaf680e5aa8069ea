"""Requests for harm and answers that give it: weapons, malware, fraud, violence, self-harm.

N-grams know blunt requests and little else (docs/guard.md): for more, escalate to a judge.
"""

from collections.abc import Mapping
from typing import Any, Final

from vedette.detectors.learned.reader import Reader, shared_reader
from vedette.model.policy import Finding, Where
from vedette.ports.detector import Detection, Subject

_WORTH_TELLING: Final = 0.3


class HarmfulDetector:
    """Scores every reading of a text; the finding is the worst part of the worst reading."""

    name = "harmful"
    where: frozenset[Where] = frozenset({"input", "output", "reasoning", "tool_arguments"})
    is_heavy = False

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def detect(self, subject: Subject) -> Detection:
        looks = self._reader.looks(subject)
        scored = [(self._reader.score(self.name, look), look) for look in looks]
        score, look = max(scored, key=lambda one: one[0])
        if score < _WORTH_TELLING:
            return Detection(score=score)
        start, end = self._reader.worst_window(self.name, look)
        found = Finding(
            detector=self.name, kind=self.name, score=score, start=start, end=end,
            view=look.view.name,
        )  # fmt: skip
        return Detection(score=score, findings=(found,))


def create(options: Mapping[str, Any]) -> HarmfulDetector:
    """No options."""
    return HarmfulDetector(shared_reader())
