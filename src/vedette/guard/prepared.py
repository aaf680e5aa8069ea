"""What a policy means whatever the texts: who is asked where, and what besides a text counts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from itertools import count
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from vedette.guard.decision import is_escalated
from vedette.model.policy import WHERES, ActionKind, Policy, Rule, Scope, Where
from vedette.ports.detector import Detector, Evidence

Find = Callable[[str, Mapping[str, Any]], Detector]
"""The detector of a name with these options."""

READS_NOTHING: Final[frozenset[str]] = frozenset()
_NOTHING: Final = Evidence()
_REPORTS: Final[frozenset[ActionKind]] = frozenset({"flag", "annotate", "alert"})
_ALL: Final = Scope()
_NUMBERS: Final = count()


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """One text to evaluate, and where it stands."""

    text: str
    where: Where = "input"
    evidence: Evidence = _NOTHING
    offset: int = 0
    """Where it begins in the text that it is a part of."""
    is_part: bool = False
    """A part of a text that will be looked at as a whole when it is there: only rules that decide
    whether and how it passes look at it, and it is not remembered."""


class Caller(msgspec.Struct, frozen=True, kw_only=True):
    """Whose traffic it is: what the scopes of rules are compared with."""

    organization: str = ""
    project: str = ""
    key: str = ""
    account: str = ""
    """The first key of a row of rotations."""
    route: str = ""
    model: str = ""
    tags: tuple[str, ...] = ()


class Ask(msgspec.Struct, frozen=True):
    """A rule with its detector, and where that one is asked."""

    rule: Rule
    detector: Detector
    places: frozenset[Where]
    reads: frozenset[str] | None
    """The evidence that the detector looks at; None where what it sees is not remembered."""
    only_reports: bool = False
    """Whether nothing follows but a report."""

    def looks_at(self, passage: Passage) -> bool:
        return passage.where in self.places and not (passage.is_part and self.only_reports)


class Prepared(msgspec.Struct, frozen=True):
    """A policy with its detectors."""

    policy: Policy
    asks: tuple[Ask, ...]
    """In the order in which rules are taken."""
    is_scoped: bool
    is_heavy: bool
    scores: dict[str, float]
    """0 for each detector."""
    reads: dict[Where, frozenset[str] | None]
    """What of the evidence counts for texts that stand there; None: what is seen there is never
    remembered."""
    at: dict[Where, tuple[Ask, ...]]
    """Who is asked where."""
    deciding: dict[Where, tuple[tuple[Detector, float], ...]]
    """Those of them on whom it depends whether and how a text passes, and from which score on."""
    number: int
    """No other one has it."""

    @classmethod
    def of(cls, policy: Policy, find: Find) -> "Prepared":
        """Raises ConfigError for a detector that does not exist."""
        rules = sorted(policy.rules, key=lambda rule: rule.priority)
        asks = asks_of(rules, find)
        at = {where: tuple(ask for ask in asks if where in ask.places) for where in WHERES}
        return cls(
            policy=policy, asks=asks,
            is_scoped=any(rule.scope != _ALL for rule in rules),
            is_heavy=any(ask.detector.is_heavy or is_escalated(ask.rule) for ask in asks),
            scores={rule.detector: 0.0 for rule in rules},
            reads={where: _reads(where, asks) for where in WHERES},
            at=at, deciding={where: _deciding(asks) for where, asks in at.items()},
            number=next(_NUMBERS),
        )  # fmt: skip


def asks_of(rules: Iterable[Rule], find: Find) -> tuple[Ask, ...]:
    """The rules with their detectors."""
    asks = []
    for rule in rules:
        detector = find(rule.detector, rule.options)
        places = detector.where & frozenset(rule.where)
        asks.append(Ask(rule, detector, places, _reads_of(detector), only_reports(rule)))
    return tuple(asks)


def only_reports(rule: Rule) -> bool:
    """Whether texts pass as they are, whatever the rule sees."""
    return rule.mode == "shadow" or all(action.kind in _REPORTS for action in rule.actions)


def _deciding(asks: Iterable[Ask]) -> tuple[tuple[Detector, float], ...]:
    """Their detectors, each once, with the lowest threshold."""
    found: dict[int, tuple[Detector, float]] = {}
    for ask in asks:
        if not ask.only_reports:
            _, least = found.get(id(ask.detector), (None, 1.0))
            found[id(ask.detector)] = (ask.detector, min(least, ask.rule.threshold))
    return tuple(found.values())


def _reads_of(detector: Detector) -> frozenset[str] | None:
    """The evidence a detector looks at; None where it may not be asked once and remembered: what
    others said a moment ago they may take back."""
    if detector.is_heavy and not getattr(detector, "sees_the_same", False):
        return None
    if getattr(detector, "is_remote", False):
        return None
    reads: frozenset[str] = getattr(detector, "reads", _EVERYTHING)
    return reads


def told_beside(evidence: Evidence, reads: Iterable[str]) -> tuple[tuple[str, Any], ...]:
    """Names and values of what there is in the evidence of what is looked at."""
    told = []
    for name in reads:
        value = getattr(evidence, name)
        if value != _NOTHINGS[name]:
            told.append((name, value))
    return tuple(told)


def applies(scope: Scope, caller: Caller) -> bool:
    """Whether a scope holds this caller; routes and models are patterns."""
    wanted = (
        (scope.organizations, {caller.organization}), (scope.projects, {caller.project}),
        (scope.keys, {caller.key, caller.account}), (scope.tags, set(caller.tags)),
    )  # fmt: skip
    patterns = ((scope.routes, caller.route), (scope.models, caller.model))
    return all(not names or not given.isdisjoint(names) for names, given in wanted) and all(
        not globs or any(fnmatchcase(name, glob) for glob in globs) for globs, name in patterns
    )


def rules_of(policy: Policy, caller: Caller) -> tuple[Rule, ...]:
    """The rules that may hold for a call of this caller, with what of their scopes is still to be
    seen: which route it takes, where one of them may have it take another."""
    may_go_elsewhere = any(
        action.kind == "reroute" for rule in policy.rules for action in rule.actions
    )
    kept = []
    for rule in policy.rules:
        routes = rule.scope.routes if may_go_elsewhere else ()
        if applies(replace(rule.scope, routes=()) if routes else rule.scope, caller):
            kept.append(replace(rule, scope=Scope(routes=routes)))
    return tuple(kept)


def rules_for(asks: Sequence[Ask], detectors: Sequence[str] | None, caller: Caller) -> list[Rule]:
    """The rules that apply, in order; with `detectors` also one for each that has none."""
    rules = [ask.rule for ask in asks if applies(ask.rule.scope, caller)]
    if detectors is not None:
        rules = [rule for rule in rules if rule.detector in detectors]
        ruled = {rule.detector for rule in rules}
        rules += [
            Rule(name=f"asked:{name}", detector=name, where=tuple(WHERES), priority=1_000)
            for name in dict.fromkeys(detectors)
            if name not in ruled
        ]
    return sorted(rules, key=lambda rule: rule.priority)


def _reads(where: Where, asks: Iterable[Ask]) -> frozenset[str] | None:
    found: frozenset[str] = frozenset()
    for ask in asks:
        if where in ask.places:
            if ask.reads is None:
                return None
            found |= ask.reads
    return found


_EVERYTHING: Final = frozenset(Evidence.__struct_fields__)
_NOTHINGS: Final = msgspec.structs.asdict(_NOTHING)
