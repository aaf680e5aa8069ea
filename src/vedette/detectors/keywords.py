"""Words and phrases of a list: competitors, code names, what must not be said."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, Final

import re2

from vedette.detectors.matching.patterns import Match, compile_pattern
from vedette.errors import ConfigError
from vedette.model.policy import WHERES, Finding, Where
from vedette.ports.detector import Detection, Evidence, Subject

_WORD: Final = re.compile(r"\S+")


class KeywordsDetector:
    """Finds whole words, whatever their case and disguise; the score is 1 where one stands."""

    name = "keywords"
    where: frozenset[Where] = frozenset(WHERES)
    is_heavy = False
    reads: frozenset[str] = frozenset()

    def __init__(self, words: Mapping[str, str]) -> None:
        self._kinds = {" ".join(word.lower().split()): kind for word, kind in words.items()}
        self.kinds = frozenset(self._kinds.values())
        self._most_words = max((kind.count(" ") + 1 for kind in self._kinds), default=0)
        longest_first = sorted(self._kinds, key=len, reverse=True)
        pattern = "|".join(r"\s+".join(map(re2.escape, word.split())) for word in longest_first)
        edge_left, edge_right = r"(?:^|[^\pL\pN_])", r"(?:$|[^\pL\pN_])"
        self._pattern = compile_pattern(f"(?i){edge_left}({pattern}){edge_right}")

    def detect(self, subject: Subject) -> Detection:
        if not self._kinds:
            return Detection()
        found: dict[tuple[int, int], Finding] = {}
        for view in subject.views:
            if not view.folded:
                continue
            for match in self._matches(view.text):
                start, end = view.origin(match.start(1), match.end(1))
                word = " ".join(match.group(1).lower().split())
                found.setdefault(
                    (start, end),
                    Finding(
                        detector=self.name, kind=self._kinds.get(word, "keyword"), score=1.0,
                        start=start, end=end, view=view.name,
                    ),
                )  # fmt: skip
        return Detection(score=1.0 if found else 0.0, findings=tuple(found.values()))

    def begun(self, end: str, evidence: Evidence, least: float) -> int:
        """See `Detector`. Before the last word, as many as a phrase may have had."""
        first = len(end)
        for match in islice(reversed(list(_WORD.finditer(end))), self._most_words):
            first = match.start()
        return first

    def _matches(self, text: str) -> Iterator[Match]:
        """Word by word: the sign behind one may be the sign before the next."""
        match = self._pattern.search(text)
        while match is not None:
            yield match
            match = self._pattern.search(text, match.end(1))


def create(options: Mapping[str, Any]) -> KeywordsDetector:
    """`options["words"]`: a list, or a mapping from a kind to its list."""
    given = options.get("words", ())
    lists = given if isinstance(given, Mapping) else {"keyword": given}
    words: dict[str, str] = {}
    for kind, entries in lists.items():
        if isinstance(entries, str) or not all(isinstance(word, str) for word in entries):
            raise ConfigError(f"keywords: {kind!r} must be a list of words.")
        words.update({word: str(kind) for word in entries if word.strip()})
    return KeywordsDetector(words)
