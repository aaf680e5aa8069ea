"""Which language a text is in, by its script and its function words; whether it is an allowed one.

Made for policies ("answer in German or English only"), not for linguistics: 24 languages of the
Latin script by their commonest words, the others by their letters.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any, Final

from vedette.detectors.matching.tables import read_table
from vedette.errors import ConfigError
from vedette.model.policy import WHERES, Finding, Where
from vedette.ports.detector import Detection, Subject

_SCRIPTS: Final = (
    ("ru", "[\u0400-\u04ff]"), ("el", "[\u0370-\u03ff]"), ("ar", "[\u0600-\u06ff]"),
    ("he", "[\u0590-\u05ff]"), ("hi", "[\u0900-\u097f]"), ("bn", "[\u0980-\u09ff]"),
    ("pa", "[\u0a00-\u0a7f]"), ("gu", "[\u0a80-\u0aff]"), ("ta", "[\u0b80-\u0bff]"),
    ("te", "[\u0c00-\u0c7f]"), ("th", "[\u0e00-\u0e7f]"), ("ka", "[\u10a0-\u10ff]"),
    ("ja", "[\u3040-\u30ff]"), ("ko", "[\uac00-\ud7af\u1100-\u11ff]"), ("zh", "[\u4e00-\u9fff]"),
    ("hy", "[\u0530-\u058f]"), ("am", "[\u1200-\u137f]"),
)  # fmt: skip
_UKRAINIAN: Final = re.compile("[іїєґІЇЄҐ]")
_PERSIAN: Final = re.compile("[پچژگ]")
_WORD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_JUDGED_CHARS: Final = 4_000
_MIN_WORDS: Final = 4


Words = Mapping[str, tuple[str, ...]]
"""Languages by word."""


def read_words() -> Words:
    """The table of `tables/languages.yaml`, turned around."""
    lists = read_table("languages.yaml", dict[str, str])
    languages: dict[str, list[str]] = {}
    for code, words in lists.items():
        for word in words.split():
            languages.setdefault(word, []).append(code)
    return {word: tuple(codes) for word, codes in languages.items()}


def identify(text: str, table: Words) -> tuple[str, float]:
    """ISO 639-1 code and confidence in [0, 1]; an empty code where there is too little to tell."""
    text = text[:_JUDGED_CHARS]
    letters = sum(map(str.isalpha, text))
    if not letters:
        return "", 0.0
    if not text.isascii():
        code, share = _by_script(text, letters)
        if share >= 0.3:
            return code, min(1.0, 0.5 + share / 2)
    words = _WORD.findall(text.lower())
    votes: defaultdict[str, float] = defaultdict(float)
    for word in words:
        codes = table.get(word, ())
        for code in codes:
            votes[code] += 1 / len(codes)
    if len(words) < _MIN_WORDS or not votes:
        return "", 0.0
    (best, count), *rest = sorted(votes.items(), key=lambda one: -one[1])[:2]
    second = rest[0][1] if rest else 0.0
    known = min(1.0, 4 * count / len(words))
    return best, round(known * count / (count + second), 3)


def _by_script(text: str, letters: int) -> tuple[str, float]:
    counts = {code: len(re.findall(pattern, text)) for code, pattern in _SCRIPTS}
    if counts["ja"] and counts["zh"]:
        counts["ja"] += counts.pop("zh")
    code = max(counts, key=lambda name: counts[name])
    share = counts[code] / letters
    if code == "ru" and _UKRAINIAN.search(text):
        return "uk", share
    if code == "ar" and _PERSIAN.search(text):
        return "fa", share
    return code, share


class LanguageDetector:
    """The score is the confidence that the text is in none of the allowed languages."""

    name = "language"
    where: frozenset[Where] = frozenset(WHERES)
    is_heavy = False
    reads: frozenset[str] = frozenset()

    def __init__(self, table: Words, *, allow: frozenset[str], deny: frozenset[str]) -> None:
        self._table = table
        self._allow = allow
        self._deny = deny

    def detect(self, subject: Subject) -> Detection:
        if not self._allow and not self._deny:
            return Detection()
        code, confidence = identify(subject.text, self._table)
        wrong = code in self._deny or (bool(self._allow) and code not in self._allow)
        if not code or not wrong:
            return Detection()
        whole = Finding(
            detector=self.name, kind=code, score=confidence, start=0, end=len(subject.text)
        )
        return Detection(score=confidence, findings=(whole,))


def create(options: Mapping[str, Any]) -> LanguageDetector:
    """`allow` or `deny`: ISO 639-1 codes; without either nothing is wrong."""
    allow, deny = frozenset(options.get("allow", ())), frozenset(options.get("deny", ()))
    table = read_words()
    known = {code for codes in table.values() for code in codes}
    known |= {code for code, _ in _SCRIPTS} | {"uk", "fa"}
    if unknown := (allow | deny) - known:
        raise ConfigError(
            f"language: unknown {', '.join(sorted(map(repr, unknown)))}. "
            f"Known: {', '.join(sorted(known))}."
        )
    return LanguageDetector(table, allow=allow, deny=deny)
