"""Is an answer whole? Cut off, shorter than asked for, or silent on a part of the question.

Needs the question: without it nobody knows whether a text is the whole answer.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from vedette.detectors.matching.words import sentences, words
from vedette.errors import ConfigError
from vedette.model.policy import Finding, Where
from vedette.ports.detector import Detection, Subject

_NUMBERS: Final = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "zehn": 10,
}  # fmt: skip
_WANTED: Final = re.compile(
    r"\b(?:list|name|give(?: me)?|write|suggest|propose|provide|nenne|gib(?: mir)?)\s+"
    r"(?:me\s+|at least\s+|the\s+|mir\s+)?(\d{1,2}|" + "|".join(_NUMBERS) + r")\b",
    re.IGNORECASE,
)
_ITEM: Final = re.compile(r"^[ \t]{0,8}(?:[-*•+]|\d{1,3}[.):])[ \t]+\S", re.MULTILINE)
_ENDS: Final = re.compile(r"(?:[.!?…:;)\]}>\"'`*_|~”’»。！？」]|```|\d|[^\w\s])\s*$")
_PART_ENDS: Final = re.compile(r"([?？\n])")
_LEAST_PART: Final = 3
_MOST_PART: Final = 2_000
_LONG_WORDS: Final = 12
_CODE: Final = "```"
_OPEN: Final = re.compile(
    r"(?:,|\b(?:and|or|but|the|an|of|to|with|because|including|und|oder|aber|der|die|das|ein|eine|mit"
    r"|weil|et|ou|mais|le|la|les|un|une|avec|pero|el|los|las|una|con|il|lo|gli|ma))\s*$"
)
"""After this nobody ends a sentence."""
_SOME_WORDS: Final = 4


class CompletenessDetector:
    """The score is that of the worst sign."""

    name = "completeness"
    where: frozenset[Where] = frozenset({"output"})
    is_heavy = False
    reads: frozenset[str] = frozenset({"question"})

    def detect(self, subject: Subject) -> Detection:
        text, question = subject.text, subject.evidence.question
        if not text.strip() or not question.strip():
            return Detection()
        found = [*_cut_off(text), *_too_few(text, question), *_unanswered(text, question)]
        return Detection(
            score=max((finding.score for finding in found), default=0.0), findings=tuple(found)
        )


def _cut_off(text: str) -> list[Finding]:
    """A long last sentence without an end, a block of code that is not closed."""
    start, end = list(sentences(text))[-1] if any(sentences(text)) else (0, len(text))
    if text.count(_CODE) % 2:
        return [_finding("cut_off", 0.8, text.rfind(_CODE), len(text))]
    last_line = text.rstrip().rpartition("\n")[2]
    if _OPEN.search(text) and len(text[start:end].split()) >= _SOME_WORDS:
        return [_finding("cut_off", 0.8, start, end)]
    is_list = _ITEM.match(last_line) is not None or last_line.lstrip().startswith("#")
    if is_list or _ENDS.search(text) or len(text[start:end].split()) < _LONG_WORDS:
        return []
    return [_finding("cut_off", 0.7, start, end)]


def _too_few(text: str, question: str) -> list[Finding]:
    """Fewer points than the question asks for, where the answer is a list at all."""
    wanted = _WANTED.search(question)
    if wanted is None:
        return []
    word = wanted[1].lower()
    number = int(word) if word.isdigit() else _NUMBERS[word]
    given = len(_ITEM.findall(text))
    if not 0 < given < number:
        return []
    return [_finding("too_few", min(0.9, 0.5 + 0.1 * (number - given)), 0, len(text))]


def _unanswered(text: str, question: str) -> list[Finding]:
    """A part of several questions of which no word comes up."""
    parts = [set(words(part)) for part in _questions(question)]
    parts = [part for part in parts if len(part) >= 2]
    if len(parts) < 2:
        return []
    said = set(words(text))
    silent = sum(not part & said for part in parts)
    if not silent:
        return []
    return [_finding("unanswered", 0.5 + 0.4 * silent / len(parts), 0, len(text))]


def _questions(text: str) -> Iterator[str]:
    """What stands before question marks."""
    pieces = _PART_ENDS.split(text)
    for part, end in zip(pieces[::2], pieces[1::2], strict=False):
        if end != "\n" and len(part) >= _LEAST_PART:
            yield part[-_MOST_PART:]


def _finding(kind: str, score: float, start: int, end: int) -> Finding:
    return Finding(
        detector="completeness", kind=kind, score=round(score, 3), start=max(0, start), end=end
    )


def create(options: Mapping[str, Any]) -> CompletenessDetector:
    """No options."""
    if options:
        raise ConfigError(f"completeness: unknown options {sorted(options)}.")
    return CompletenessDetector()
