"""Phrases of attacks by family: what matched, and where."""

from collections.abc import Mapping
from typing import Literal

import msgspec

from vedette.detectors.matching.patterns import PatternSet
from vedette.detectors.matching.tables import expand, read_table


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
        """The first place of each pattern that matches a folded text."""
        found: list[Phrase] = []
        for index in self._patterns.hits(folded):
            family = self._families[index]
            for match in self._patterns.find(index, folded):
                found.append(Phrase(family.kind, family.strength, match.start(), match.end()))
                break
        return tuple(found)


def _expanded(pattern: str, macros: Mapping[str, str]) -> str:
    return expand(expand(pattern, macros), macros)
