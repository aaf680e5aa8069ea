"""Topics to stay with or to stay away from, each given by the words that belong to it.

A topic is as present as its words are: one rare phrase says little in a long text, three different
ones say it all. Inflection is caught by matching the beginnings of words.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

import re2

from vedette.detectors.matching.patterns import compile_pattern
from vedette.errors import ConfigError
from vedette.model.policy import WHERES, Finding, Where
from vedette.ports.detector import Detection, Subject

_WORD: Final = re.compile(r"[^\W_]+")
_FULL_WORDS: Final = 3
"""So many different words of a topic make it certain."""
_DENSE: Final = 0.08
"""As does this share of all words."""


class TopicDetector:
    """Denied topics score by how present they are; with allowed ones, their absence scores."""

    name = "topic"
    where: frozenset[Where] = frozenset(WHERES)
    is_heavy = False
    reads: frozenset[str] = frozenset()

    def __init__(self, *, allow: Mapping[str, list[str]], deny: Mapping[str, list[str]]) -> None:
        self._allow = {name: _pattern(words) for name, words in allow.items()}
        self._deny = {name: _pattern(words) for name, words in deny.items()}

    def detect(self, subject: Subject) -> Detection:
        if not self._allow and not self._deny:
            return Detection()
        text = subject.views[1].text if len(subject.views) > 1 else subject.text.lower()
        total = max(1, len(_WORD.findall(text)))
        found: list[Finding] = []
        for name, pattern in self._deny.items():
            score, at = _presence(pattern, text, total)
            if at is not None and score >= 0.3:
                start, end = subject.views[1].origin(*at) if len(subject.views) > 1 else at
                found.append(
                    Finding(detector=self.name, kind=name, score=score, start=start, end=end)
                )
        if self._allow:
            there = max(_presence(pattern, text, total)[0] for pattern in self._allow.values())
            if there < 0.3:
                away = Finding(
                    detector=self.name, kind="off_topic", score=1 - there, start=0,
                    end=len(subject.text),
                )  # fmt: skip
                found.append(away)
        return Detection(
            score=max((finding.score for finding in found), default=0.0), findings=tuple(found)
        )


def _pattern(words: list[str]) -> Any:
    parts = [r"\s+".join(re2.escape(part) for part in word.lower().split()) for word in words]
    return compile_pattern(
        r"(?:^|[^\pL\pN_])((?:" + "|".join(parts) + r")\pL{0,3})(?:$|[^\pL\pN_])"
    )


def _presence(pattern: Any, text: str, total: int) -> tuple[float, tuple[int, int] | None]:
    """Score and first place of a topic."""
    matches = list(pattern.finditer(text))
    if not matches:
        return 0.0, None
    different = len({match.group(1)[:6] for match in matches})
    score = max(different / _FULL_WORDS, len(matches) / total / _DENSE)
    return min(1.0, score), (matches[0].start(1), matches[0].end(1))


def create(options: Mapping[str, Any]) -> TopicDetector:
    """`allow`, `deny`: mappings from the name of a topic to its words and phrases."""
    topics = {side: options.get(side, {}) for side in ("allow", "deny")}
    for side, given in topics.items():
        if not isinstance(given, Mapping) or not all(
            isinstance(words, list | tuple) and words for words in given.values()
        ):
            raise ConfigError(f"topic: {side!r} must map names to lists of words.")
    return TopicDetector(allow=topics["allow"], deny=topics["deny"])
