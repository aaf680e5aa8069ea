"""Phrases of attacks by family: what matched, and where.

A phrase in quotation marks, with a word beside them that tells of attacks ("is '...' still an
attack?", "the filter flags '...'"), is told and not said: it speaks for the text. Only where it
stands nowhere else.
"""

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Final, Literal

import msgspec

from vedette.detectors.matching.patterns import PatternSet
from vedette.detectors.matching.tables import expand, read_table

_QUOTED: Final = re.compile(r"""(?<!\w)(?:"[^"\n]{4,200}"|'.{4,200}?')(?!\w)""")
_TELLS: Final = re.compile(
    r"\b(?:attack|angriff|attaque|ataque|attacc|inject|jailbreak|filter|detect|classif|malicious"
    r"|suspicious|adversarial|red.team|moderat|guardrail|flag(?:s|ged)\b|block(?:s|ed)\b"
    r"|(?:phrase|string|line|sentence|word|message|text|prompt|pattern)s? (?:like|such as)\b)"
)
_BESIDE: Final = 120
"""Characters around quotation marks in which a word tells what they hold."""


class Family(msgspec.Struct, frozen=True):
    """A kind of attack with its patterns."""

    kind: str
    strength: Literal["strong", "weak", "context"]
    """`context` speaks for a text: what is told of an attack is none."""
    patterns: tuple[str, ...]


class PhraseTable(msgspec.Struct, frozen=True):
    """`tables/injection.yaml`."""

    macros: dict[str, str]
    families: tuple[Family, ...]


class Phrase(msgspec.Struct, frozen=True):
    """A phrase that stands in a text."""

    kind: str
    strength: Literal["strong", "weak", "context"]
    start: int
    end: int

    @property
    def is_strong(self) -> bool:
        return self.strength == "strong"


class PhraseRules:
    """The families, compiled."""

    def __init__(self, table: PhraseTable) -> None:
        self._families: list[Family] = []
        patterns: list[str] = []
        for family in table.families:
            for pattern in family.patterns:
                self._families.append(family)
                patterns.append(_expanded(pattern, table.macros))
        self._patterns = PatternSet(patterns, by_literals=True)

    @classmethod
    def read(cls) -> "PhraseRules":
        """The rules that come with Vedette."""
        return cls(read_table("injection.yaml", PhraseTable))

    def hits(self, folded: str) -> tuple[Phrase, ...]:
        """The first place of each pattern that matches a folded text; of a strong one the first
        where it is said."""
        found: list[Phrase] = []
        told = Told(folded)
        for index in self._patterns.hits(folded):
            family = self._families[index]
            first: tuple[int, int] | None = None
            for match in self._patterns.find(index, folded):
                place = (match.start(), match.end())
                first = first or place
                if family.strength != "strong" or not told.holds(place):
                    found.append(Phrase(family.kind, family.strength, *place))
                    break
            else:
                if first is not None:
                    found.append(Phrase(family.kind, "context", *first))
        return tuple(found)


class Told:
    """Where a text quotes what it tells of as an attack."""

    def __init__(self, folded: str) -> None:
        self._text = folded

    def holds(self, place: tuple[int, int]) -> bool:
        """Whether a range of the text lies in one of these parts."""
        return any(start <= place[0] and place[1] <= end for start, end in self._parts)

    @cached_property
    def _parts(self) -> list[tuple[int, int]]:
        return [
            quoted.span()
            for quoted in _QUOTED.finditer(self._text)
            if self._tells(quoted.start() - _BESIDE, quoted.start())
            or self._tells(quoted.end(), quoted.end() + _BESIDE)
        ]

    def _tells(self, start: int, end: int) -> bool:
        return _TELLS.search(self._text, max(0, start), end) is not None


def _expanded(pattern: str, macros: Mapping[str, str]) -> str:
    return expand(expand(pattern, macros), macros)
