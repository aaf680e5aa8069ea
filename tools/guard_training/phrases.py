"""A small grammar: `{a|b|}` chooses, `<name>` expands a rule, `¦` stands for `|`."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec
import numpy as np

_CHOICE = re.compile(r"\{([^{}]*)\}")
_RULE = re.compile(r"<([a-z_]+)>")
_SPACES = re.compile(r" {2,}")
_FOLDER = Path(__file__).parent


class Book(msgspec.Struct, frozen=True):
    """A file of rules; each list names the rules of one kind of text."""

    rules: dict[str, list[str]]
    direct: list[str] = []
    wrapped: list[str] = []
    hijack: list[str] = []
    triggers: list[str] = []
    plain: list[str] = []


class Language(msgspec.Struct, frozen=True):
    """Templates in one language."""

    override: list[str]
    extraction: list[str]
    harmless: list[str]


def book(name: str) -> Book:
    """`attacks`, `benign`, `abuse` or `harm`."""
    return msgspec.yaml.decode((_FOLDER / f"{name}.yaml").read_bytes(), type=Book)


def languages() -> dict[str, Language]:
    """By language code."""
    text = (_FOLDER / "languages.yaml").read_bytes()
    return msgspec.yaml.decode(text, type=dict[str, Language])


class Chores(msgspec.Struct, frozen=True):
    """Templates in one language that ask for secrets, and harmless ones of the same words."""

    override: list[str]
    harmless: list[str]


def chores() -> dict[str, Chores]:
    """By language code."""
    return msgspec.yaml.decode((_FOLDER / "secrets.yaml").read_bytes(), type=dict[str, Chores])


class Grammar:
    """Expands templates with the rules it was given; the same seed gives the same texts."""

    def __init__(self, rules: Mapping[str, Sequence[str]], seed: int) -> None:
        self._rules = rules
        self._rng = np.random.default_rng(seed)

    def pick(self, options: Sequence[str]) -> str:
        """One of the options."""
        return options[int(self._rng.integers(len(options)))]

    def expand(self, template: str) -> str:
        """One expansion; rules first, so that choices inside of them are drawn too."""
        for _ in range(12):
            grown = _RULE.sub(self._rule, template)
            if grown == template:
                break
            template = grown
        while True:
            grown = _CHOICE.sub(lambda match: self.pick(match[1].split("|")), template)
            if grown == template:
                grown = _SPACES.sub(" ", grown).replace(" ,", ",").replace(" .", ".")
                return grown.replace("¦", "|").replace("\\n", "\n").strip()
            template = grown

    def many(self, templates: Sequence[str], count: int) -> Iterator[str]:
        """At most `count` different expansions."""
        seen: set[str] = set()
        for _ in range(4 * count):
            text = self.expand(self.pick(templates))
            if text not in seen:
                seen.add(text)
                yield text
            if len(seen) >= count:
                return

    def of_rule(self, name: str, count: int) -> Iterator[str]:
        """At most `count` different expansions of one rule."""
        return self.many(self._rules[name], count)

    def _rule(self, match: re.Match[str]) -> str:
        return self.pick(self._rules[match[1]]) if match[1] in self._rules else match[0]
