"""Attempts to change what a model was told: overrides, extraction of the prompt, hijacked tasks.

A classifier and phrases, on every reading of the text (`learned/`). In tool results and documents
an order among sentences that are none counts as well: what would be harmless from the user is an
attack where nobody should be giving orders.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from vedette.detectors.learned.reader import Look, Reader, shared_reader
from vedette.model.policy import Finding, Where
from vedette.ports.detector import Detection, Subject

DOCUMENTS: Final = frozenset({"tool_result", "document"})
_WORTH_TELLING: Final = 0.3


class InjectionDetector:
    """Scores any attack on a model's instructions, jailbreaks included."""

    name = "injection"
    where: frozenset[Where] = frozenset({"input", "tool_result", "document", "tool_arguments"})
    is_heavy = False
    reads: frozenset[str] = frozenset()

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def detect(self, subject: Subject) -> Detection:
        best, best_look, hijacked = 0.0, None, False
        for look in self._reader.looks(subject):
            score = self._reader.score("injection", look)
            order = self._reader.document_score(look) if subject.where in DOCUMENTS else 0.0
            if best_look is None or max(score, order) > best:
                best, best_look, hijacked = max(score, order), look, order > score
        if best_look is None or best < _WORTH_TELLING:
            return Detection(score=best)
        return Detection(score=best, findings=tuple(self._findings(best_look, best, hijacked)))

    def _findings(self, look: Look, score: float, hijacked: bool) -> Iterator[Finding]:
        """The phrases; without any, the part that the classifier likes least."""
        for phrase in look.phrases:
            if phrase.is_strong:
                start, end = look.view.origin(phrase.start, phrase.end)
                yield self._finding(look, phrase.kind, score, (start, end))
        if not any(phrase.is_strong for phrase in look.phrases):
            head = "hijack" if hijacked else "injection"
            at = self._reader.worst_window(head, look)
            yield self._finding(look, "task_hijack" if hijacked else "classifier", score, at)

    def _finding(self, look: Look, kind: str, score: float, at: tuple[int, int]) -> Finding:
        return Finding(
            detector=self.name, kind=kind, score=score, start=at[0], end=at[1],
            view=look.view.name,
        )  # fmt: skip


def create(options: Mapping[str, Any]) -> InjectionDetector:
    """No options."""
    return InjectionDetector(shared_reader())
