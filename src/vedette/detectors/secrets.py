"""Credentials: known formats, names with random values behind them, keys, passwords in URLs.

The rules of known formats come from gitleaks (`tables/gitleaks.json`), ours stand beside them. A
match is a secret when its value is random enough for its rule and is no placeholder; one that is
neither keeps a low score, so that a policy may still look at it.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec

from vedette.detectors.matching.entropy import entropy_bits
from vedette.detectors.matching.patterns import Match, PatternSet
from vedette.detectors.matching.tables import expand, read_table
from vedette.detectors.matching.taken import Taken
from vedette.model.policy import WHERES, Finding, Where
from vedette.ports.detector import Detection, Evidence, Subject

SURE: Final = 0.95
DECOY: Final = 0.2


class SecretRule(msgspec.Struct, frozen=True, kw_only=True):
    """A format of secrets; the value is `secretGroup`, else the first group that matched."""

    id: str
    pattern: str
    keywords: tuple[str, ...] = ()
    """One of them stands in the text (lower case), else the rule does not apply."""
    entropy: float = 0.0
    """Bits per character that the value has at least."""
    secret_group: int = msgspec.field(default=0, name="secretGroup")
    allowed: tuple[str, ...] = ()
    """Patterns of values that are no secrets; behind `match:`, of the whole match."""
    stopwords: tuple[str, ...] = ()


class SecretTable(msgspec.Struct, frozen=True, kw_only=True):
    """`tables/gitleaks.json`, made by `tools/compile_secret_rules.py`, or `tables/secrets.yaml`."""

    source: str = ""
    macros: dict[str, str] = {}
    rules: tuple[SecretRule, ...]
    allowed: tuple[str, ...] = ()
    stopwords: tuple[str, ...] = ()


_PLACEHOLDER: Final = re.compile(
    r"(?i)example|your[_-]?|placeholder|changeme|dummy|sample|redacted|xxxx|<[^>]*>|\*{4}|\.{4}|\$\{"
    r"|\{\{|insert[_-]|_here\b|here>|fake|abcdefgh|randomstring|put_your|not[_-]?a?[_-]?real"
    r"|todo|undefined|([x0*.-])\1{7}"
)
_NAME_BEFORE: Final = re.compile(r"[\w.-]*\Z")
_QUOTED: Final = re.compile(r"(?:-u|--user)[ \t=]{0,5}(?:\"[^\"]*|'[^']*)(?:[\"']:[^\n]*)?\Z")
_SEQUENCE: Final = re.compile(r"(?i)abc123|123xyz|^(?:0123456789|abcdef)+$")


class SecretsDetector:
    """Finds credentials in every view of a text."""

    name = "secrets"
    where: frozenset[Where] = frozenset(WHERES)
    is_heavy = False
    reads: frozenset[str] = frozenset()

    def __init__(self, table: SecretTable, own: SecretTable) -> None:
        self._rules = (*table.rules, *own.rules)
        self.kinds = frozenset(rule.id for rule in self._rules)
        patterns = [expand(rule.pattern, own.macros) for rule in self._rules]
        self._patterns = PatternSet(
            patterns, by_literals=True, words=[rule.keywords for rule in self._rules]
        )
        self._allowed = _Allowed(self._rules, table)

    def detect(self, subject: Subject) -> Detection:
        found: list[Finding] = []
        taken = Taken()
        score = 0.0
        for view in subject.views:
            if view.folded:
                continue
            for rule, at, value_score in self._matches(view.text):
                score = max(score, value_score)
                if value_score < SURE:
                    continue
                start, end = view.origin(*at)
                if not taken.take(start, end):
                    continue
                found.append(
                    Finding(
                        detector=self.name,
                        kind=rule.id,
                        score=value_score,
                        start=start,
                        end=end,
                        view=view.name,
                    )
                )
        return Detection(score=score, findings=tuple(found))

    def begun(self, end: str, evidence: Evidence, least: float) -> int:
        """See `Detector`. Values are words, but for what stands in quotes in a call of curl."""
        found = _QUOTED.search(end) if "-u" in end else None
        return found.start() if found is not None else len(end)

    def _matches(self, text: str) -> Iterator[tuple[SecretRule, tuple[int, int], float]]:
        hits = self._patterns.hits(text)
        lower = text.lower() if hits else ""
        for index in hits:
            rule = self._rules[index]
            if rule.keywords and not any(word in lower for word in rule.keywords):
                continue
            for match in self._patterns.find(index, text):
                group = _value_group(rule, match)
                value = match.group(group)
                at = (match.start(group), match.end(group))
                if at[0] < at[1]:
                    name = _NAME_BEFORE.search(text, max(0, match.start() - 50), match.start())
                    whole = (name[0] if name else "") + match.group(0)
                    is_decoy = self._allowed.is_decoy(index, whole, value)
                    yield rule, at, DECOY if is_decoy else SURE


class _Allowed:
    """What looks like a secret and is none."""

    def __init__(self, rules: tuple[SecretRule, ...], table: SecretTable) -> None:
        self._rules = rules
        self._shared = PatternSet(table.allowed)
        self._stopwords = table.stopwords
        self._values: dict[int, PatternSet] = {}
        self._matches: dict[int, PatternSet] = {}
        for index, rule in enumerate(rules):
            whole = [text[6:] for text in rule.allowed if text.startswith("match:")]
            values = [text for text in rule.allowed if not text.startswith("match:")]
            self._values[index] = PatternSet(values)
            self._matches[index] = PatternSet(whole)

    def is_decoy(self, index: int, matched: str, value: str) -> bool:
        rule = self._rules[index]
        if rule.id == "private_key":
            return False
        lower = value.lower()
        return (
            entropy_bits(value) < rule.entropy
            or _PLACEHOLDER.search(value) is not None
            or _SEQUENCE.search(value) is not None
            or bool(self._values[index].hits(value))
            or bool(self._matches[index].hits(matched))
            or bool(self._shared.hits(value))
            or any(word in lower for word in (*rule.stopwords, *self._stopwords))
        )


def _value_group(rule: SecretRule, match: Match) -> int:
    if rule.secret_group:
        return rule.secret_group
    for group in range(1, 9):
        try:
            if match.group(group):
                return group
        except IndexError:
            break
    return 0


def create(options: Mapping[str, Any]) -> SecretsDetector:
    """No options."""
    return SecretsDetector(
        read_table("gitleaks.json", SecretTable), read_table("secrets.yaml", SecretTable)
    )
