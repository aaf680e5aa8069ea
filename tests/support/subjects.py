"""Subjects for tests of detectors: a text with its views, as the engine makes them."""

from functools import cache
from typing import Any

from vedette.guard.canonical import Canonicalizer
from vedette.model.policy import Where
from vedette.ports.detector import Detection, Detector, Evidence, Subject


@cache
def canonicalizer() -> Canonicalizer:
    """One for all tests: it only holds compiled patterns."""
    return Canonicalizer()


def subject(text: str, where: Where = "input", **evidence: Any) -> Subject:
    """The text with its views and what is known beside it."""
    return Subject(
        text=text, where=where, views=canonicalizer().views(text), evidence=Evidence(**evidence),
        shared={},
    )  # fmt: skip


def look(detector: Detector, text: str, where: Where = "input", **evidence: Any) -> Detection:
    """What the detector says; its findings lie inside the text and its scores in [0, 1]."""
    found = detector.detect(subject(text, where, **evidence))
    assert 0 <= found.score <= 1
    for finding in found.findings:
        assert 0 <= finding.start <= finding.end <= len(text)
        assert 0 <= finding.score <= 1
        assert finding.detector == detector.name
    return found


def values(detector: Detector, text: str, where: Where = "input") -> list[tuple[str, str]]:
    """Kind and text of each finding."""
    return [
        (finding.kind, text[finding.start : finding.end])
        for finding in look(detector, text, where).findings
    ]
