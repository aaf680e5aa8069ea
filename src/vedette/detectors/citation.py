"""Do the citations of an answer lead anywhere?

`[3]` where there are two sources, an address that stands in no source, and with `required` an
answer, or a long paragraph of it, that cites nothing. Needs the question or the sources: without
them nobody knows whether a text is the whole answer.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from vedette.errors import ConfigError
from vedette.model.policy import Finding, Where
from vedette.ports.detector import Detection, Subject

_MARK: Final = re.compile(r"\[(\d{1,3}(?:\s*[,;-]\s*\d{1,3}){0,20})\](?!\()")
_NUMBER: Final = re.compile(r"\d{1,3}")
_ADDRESS: Final = re.compile(r"https?://[^\s<>()\[\]\"'`]+", re.IGNORECASE)
_PARAGRAPH: Final = re.compile(r"[^\n]+(?:\n(?![^\S\n]*\n)[^\n]*)*")
_LONG: Final = 200
_MOST: Final = 200


class CitationDetector:
    """Compares citations with the sources."""

    name = "citation"
    where: frozenset[Where] = frozenset({"output"})
    is_heavy = False
    reads: frozenset[str] = frozenset({"question", "sources"})

    def __init__(self, *, required: bool) -> None:
        self._required = required

    def detect(self, subject: Subject) -> Detection:
        text, sources = subject.text, subject.evidence.sources
        if not sources and not subject.evidence.question:
            return Detection()
        found = [*_unknown(text, len(sources)), *_foreign(subject)] if sources else []
        if self._required:
            found += _uncited(text)
        found = found[:_MOST]
        return Detection(
            score=max((finding.score for finding in found), default=0.0), findings=tuple(found)
        )


def _unknown(text: str, sources: int) -> list[Finding]:
    return [
        _finding("unknown_source", 0.9, match)
        for match in _MARK.finditer(text)
        if any(not 1 <= int(number) <= sources for number in _NUMBER.findall(match[1]))
    ]


def _foreign(subject: Subject) -> list[Finding]:
    """Addresses that nobody gave: made up, or known by heart."""
    known = {
        _plain(address)
        for text in (*subject.evidence.sources, subject.evidence.question)
        for address in _ADDRESS.findall(text)
    }
    if not known:
        return []
    return [
        _finding("unknown_address", 0.7, match)
        for match in _ADDRESS.finditer(subject.text)
        if _plain(match[0]) not in known
    ]


def _uncited(text: str) -> list[Finding]:
    long = [match for match in _PARAGRAPH.finditer(text) if len(match[0]) >= _LONG]
    bare = [m for m in long if not _MARK.search(m[0]) and not _ADDRESS.search(m[0])]
    return [_finding("uncited", 0.6 if len(bare) < len(long) else 0.8, match) for match in bare]


def _plain(address: str) -> str:
    return address.rstrip(".,;:!?/").lower()


def _finding(kind: str, score: float, match: re.Match[str]) -> Finding:
    return Finding(
        detector="citation", kind=kind, score=score, start=match.start(), end=match.end()
    )


def create(options: Mapping[str, Any]) -> CitationDetector:
    """`required`: whether long paragraphs must cite something."""
    required = options.get("required", False)
    if set(options) - {"required"} or not isinstance(required, bool):
        raise ConfigError("citation: the only option is `required`, true or false.")
    return CitationDetector(required=required)
