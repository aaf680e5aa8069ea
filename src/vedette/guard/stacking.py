"""Which policies hold for a call, and what they come to together.

Levels, from above: the installation, an organization, a project, a key; a policy stands at the
lowest that its scope names, and routes, models and tags only narrow it. All policies whose scope
holds the caller apply together, upper levels first, so that a lower level can add rules and take
none away: a rule of a lower level never comes before one of an upper level, and so never ends the
evaluation in its place. The one exception is granted from above: where a policy has `override`, an
enforced rule of a lower level with the same name takes the place of its rule.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from hashlib import blake2b
from typing import Any, Final, Literal

import msgspec
from msgspec.structs import replace

from vedette.guard.prepared import Caller, applies
from vedette.model.governance import LivePolicy, Sticky, Threshold
from vedette.model.policy import Policy, Rule, Scope

Arm = Literal["", "A", "B"]
"""The side of a trial that a call falls to: `B` gets the version that is tried."""
LEVELS: Final = ("installation", "organization", "project", "key")
_CAREFUL: Final = ("whole", "window", "optimistic")
_DRAWS: Final = 1 << 32
_PATTERNS: Final = ("routes", "models")

Chance = Callable[[str, Sticky], str]
"""Name of a policy and stickiness to what the draw is made from: an id of a session or a call."""


class Chosen(msgspec.Struct, frozen=True):
    """A policy that holds for a call."""

    policy: Policy
    arm: Arm = ""


class Origin(msgspec.Struct, frozen=True):
    """Where a rule of a stack comes from."""

    policy: str
    version: int
    rule: str
    is_exempt: bool = False
    """Whether it allows no exception."""


class NameAbove(msgspec.Struct, frozen=True, kw_only=True):
    """A rule of an upper level that has the name of one of a policy."""

    rule: str
    policy: str
    level: str
    is_replaced: bool
    """Whether the lower rule takes its place, which the upper policy allows by `override`; else it
    goes on holding beside it."""


class Stacked(msgspec.Struct, frozen=True):
    """Policies made one."""

    policy: Policy
    origins: Mapping[str, Origin]
    """By the names of its rules."""

    @property
    def exempt(self) -> frozenset[str]:
        """Names of rules that allow no exception."""
        return frozenset(name for name, origin in self.origins.items() if origin.is_exempt)


def level_of(scope: Scope) -> int:
    """Index in `LEVELS`."""
    return 3 if scope.keys else 2 if scope.projects else 1 if scope.organizations else 0


def choose(
    policies: Iterable[LivePolicy], caller: Caller, drawn_from: Chance
) -> tuple[Chosen, ...]:
    """The policies that hold for the caller, upper levels first."""
    found: list[Chosen] = []
    for live in policies:
        chosen = _version_for(live, drawn_from)
        if chosen is not None and applies(chosen.policy.scope, caller):
            found.append(chosen)
    return tuple(sorted(found, key=_rank))


def in_share(name: str, seed: str, share: float) -> bool:
    """Whether a session or a call falls into so many percent; the same in every process."""
    digest = blake2b(f"{name}\0{seed}".encode("utf-8", "replace"), digest_size=4).digest()
    return int.from_bytes(digest, "big") < share / 100 * _DRAWS


def stacked(chosen: Sequence[Chosen], *, thresholds: Mapping[str, float] | None = None) -> Stacked:
    """The policies as one, whose rules are taken in this order. `thresholds` are by detector."""
    replaced = _replaced(chosen)
    rules: list[Rule] = []
    origins: dict[str, Origin] = {}
    for index, one in enumerate(chosen):
        policy = one.policy
        ordered = sorted(narrowed(policy).rules, key=lambda rule: rule.priority)
        for rule in ordered:
            if (index, rule.name) in replaced:
                continue
            name = rule.name if rule.name not in origins else f"{policy.name}:{rule.name}"
            name = name if name not in origins else f"{policy.name}:{index}:{rule.name}"
            origins[name] = Origin(policy.name, policy.version, rule.name, not policy.exceptions)
            least = (thresholds or {}).get(rule.detector, 0.0) if policy.exceptions else 0.0
            rules.append(
                replace(
                    rule, name=name, priority=len(rules), mode=_mode(policy, rule),
                    threshold=max(rule.threshold, least),
                )
            )  # fmt: skip
    together = "+".join(dict.fromkeys(one.policy.name for one in chosen))
    version = chosen[0].policy.version if len(chosen) == 1 else 1
    policy = Policy(
        name=together, version=version, rules=tuple(rules), **_of_all([o.policy for o in chosen])
    )
    return Stacked(policy, origins)


def _of_all(policies: Sequence[Policy]) -> dict[str, Any]:
    """What holds for a whole answer: of several wishes the most careful one."""
    if not policies:
        return {}
    wishes = [policy.stream for policy in policies if policy.stream]
    return {
        "stream": min(wishes, key=_CAREFUL.index, default=""),
        "max_remedies": min(policy.max_remedies for policy in policies),
        "remedy_timeout_s": min(policy.remedy_timeout_s for policy in policies),
    }


def narrowed(policy: Policy) -> Policy:
    """The same policy with its scope in the scopes of its rules and its mode in theirs; rules for
    nobody are left out."""
    rules = []
    for rule in policy.rules:
        scope = _within(rule.scope, policy.scope)
        if scope is not None:
            rules.append(replace(rule, scope=scope, mode=_mode(policy, rule)))
    return replace(policy, rules=tuple(rules))


def thresholds_of(thresholds: Iterable[Threshold], project_id: str) -> dict[str, float]:
    """The calibrated thresholds of a project, by detector."""
    return {one.detector: one.threshold for one in thresholds if one.project_id == project_id}


def names_above(policy: Policy, in_force: Iterable[Policy]) -> tuple[NameAbove, ...]:
    """What the rules of a policy may look as if they replaced."""
    mine = {rule.name: _mode(policy, rule) for rule in policy.rules}
    level = level_of(policy.scope)
    return tuple(
        NameAbove(
            rule=rule.name, policy=upper.name, level=LEVELS[level_of(upper.scope)],
            is_replaced=upper.override and mine[rule.name] == "enforce",
        )
        for upper in in_force
        if upper.name != policy.name and level_of(upper.scope) < level
        for rule in upper.rules
        if rule.name in mine
    )  # fmt: skip


def _version_for(live: LivePolicy, drawn_from: Chance) -> Chosen | None:
    trial = live.trial
    if trial is None:
        return Chosen(live.policy) if live.policy is not None else None
    name = trial.policy.name
    if in_share(name, drawn_from(name, trial.sticky), trial.share):
        return Chosen(trial.policy, "B")
    return Chosen(live.policy, "A") if live.policy is not None else None


def _rank(chosen: Chosen) -> tuple[int, int, str]:
    policy = chosen.policy
    return level_of(policy.scope), policy.priority, policy.name


def _mode(policy: Policy, rule: Rule) -> Literal["enforce", "shadow"]:
    return "shadow" if policy.mode == "shadow" else rule.mode


def _replaced(chosen: Sequence[Chosen]) -> set[tuple[int, str]]:
    """The rules in whose place one of a lower level stands: index of their policy, and name."""
    found: set[tuple[int, str]] = set()
    for index, upper in enumerate(chosen):
        if not upper.policy.override:
            continue
        level = level_of(upper.policy.scope)
        lower = {
            rule.name
            for one in chosen[index + 1 :]
            if level_of(one.policy.scope) > level
            for rule in one.policy.rules
            if _mode(one.policy, rule) == "enforce"
        }
        found.update((index, rule.name) for rule in upper.policy.rules if rule.name in lower)
    return found


def _within(inner: Scope, outer: Scope) -> Scope | None:
    """What both hold; None where that is nothing."""
    fields: dict[str, tuple[str, ...]] = {}
    for name in Scope.__struct_fields__:
        mine: tuple[str, ...] = getattr(inner, name)
        theirs: tuple[str, ...] = getattr(outer, name)
        if mine and theirs:
            both = tuple(one for one in mine if _is_among(one, theirs, name in _PATTERNS))
            if not both:
                return None
            fields[name] = both
        else:
            fields[name] = mine or theirs
    return Scope(**fields)


def _is_among(one: str, others: tuple[str, ...], are_patterns: bool) -> bool:
    if not are_patterns:
        return one in others
    return any(fnmatchcase(one, other) for other in others)
