"""Answers that refuse: for counting them, and for policies that ask another model instead."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from vedette.detectors.matching.patterns import PatternSet
from vedette.detectors.matching.tables import expand, read_table
from vedette.model.policy import Finding, Where
from vedette.ports.detector import Detection, Subject

_HEAD_CHARS: Final = 400


class RefusalRule(msgspec.Struct, frozen=True):
    """A row of `tables/refusal.yaml`."""

    score: float
    pattern: str


class RefusalTable(msgspec.Struct, frozen=True):
    """`tables/refusal.yaml`."""

    macros: dict[str, str]
    rules: tuple[RefusalRule, ...]


class RefusalDetector:
    """Reads the beginning of an answer, where refusals stand."""

    name = "refusal"
    where: frozenset[Where] = frozenset({"output"})
    is_heavy = False
    reads: frozenset[str] = frozenset()

    def __init__(self, table: RefusalTable) -> None:
        self._scores = [rule.score for rule in table.rules]
        self._patterns = PatternSet(
            [f"(?i){expand(rule.pattern, table.macros)}" for rule in table.rules]
        )

    def detect(self, subject: Subject) -> Detection:
        head = subject.text[:_HEAD_CHARS].replace("\u2019", "'")
        found: list[Finding] = []
        for index in self._patterns.hits(head):
            score = self._scores[index]
            for match in self._patterns.find(index, head):
                found.append(
                    Finding(
                        detector=self.name,
                        kind="refusal",
                        score=score,
                        start=match.start(),
                        end=match.end(),
                    )
                )
                break
        best = max((finding.score for finding in found), default=0.0)
        return Detection(score=best, findings=tuple(f for f in found if f.score == best)[:1])


def create(options: Mapping[str, Any]) -> RefusalDetector:
    """No options."""
    return RefusalDetector(read_table("refusal.yaml", RefusalTable))
