"""A detector that is one head of the shared classifier."""

from typing import Final

from vedette.detectors.learned.reader import Reader, shared_reader
from vedette.model.policy import Finding, Where
from vedette.ports.detector import Detection, Subject

_WORTH_TELLING: Final = 0.3


class HeadDetector:
    """Scores every reading of a text; the finding is the worst part of the worst reading."""

    is_heavy = False
    reads: frozenset[str] = frozenset()

    def __init__(self, name: str, where: frozenset[Where], reader: Reader | None = None) -> None:
        self.name = name
        self.where = where
        self._reader = reader if reader is not None else shared_reader()

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
