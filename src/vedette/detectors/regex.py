"""Patterns of a policy. They are compiled by re2 alone: no pattern can make matching slow."""

from collections.abc import Mapping
from typing import Any

from vedette.detectors.matching.patterns import PatternSet, check_pattern
from vedette.errors import ConfigError
from vedette.model.policy import WHERES, Finding, Where
from vedette.ports.detector import Detection, Subject


class RegexDetector:
    """Finds named patterns in the text as it is and in what was decoded; the score is 1."""

    name = "regex"
    where: frozenset[Where] = frozenset(WHERES)
    is_heavy = False
    reads: frozenset[str] = frozenset()

    def __init__(self, patterns: Mapping[str, str]) -> None:
        self._names = tuple(patterns)
        self.kinds = frozenset(patterns)
        self._patterns = PatternSet(tuple(patterns.values()))

    def detect(self, subject: Subject) -> Detection:
        found: dict[tuple[int, int, int], Finding] = {}
        for view in subject.views:
            if view.folded:
                continue
            for index in self._patterns.hits(view.text):
                for match in self._patterns.find(index, view.text):
                    if match.start() == match.end():
                        continue
                    start, end = view.origin(match.start(), match.end())
                    found.setdefault(
                        (index, start, end),
                        Finding(
                            detector=self.name, kind=self._names[index], score=1.0,
                            start=start, end=end, view=view.name,
                        ),
                    )  # fmt: skip
        return Detection(score=1.0 if found else 0.0, findings=tuple(found.values()))


def create(options: Mapping[str, Any]) -> RegexDetector:
    """`options["patterns"]`: a mapping from names to patterns, or a list of patterns."""
    given = options.get("patterns", {})
    if not isinstance(given, Mapping):
        given = {f"pattern_{number}": pattern for number, pattern in enumerate(given, 1)}
    if not all(isinstance(pattern, str) for pattern in given.values()):
        raise ConfigError("regex: every pattern must be a text.")
    for pattern in given.values():
        check_pattern(pattern)
    return RegexDetector(given)
