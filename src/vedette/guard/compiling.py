"""What is wrong with a policy, field by field, before anybody has to live with it."""

import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from typing import Final, Literal

import msgspec
from msgspec.structs import replace

from vedette.errors import BadRequest, ConfigError
from vedette.guard.checks import MOST_TIMES, check_action
from vedette.guard.engine import MakeDetector
from vedette.model.policy import Policy, Rule, Scope

MOST_RULES: Final = 200
MOST_BYTES: Final = 262_144
NAME_CHARS: Final = 80
MOST_PRIORITY: Final = 1_000_000
_PRIORITY: Final = "-1000000 to 1000000"
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}", re.ASCII)
_MOST_ENTRIES = 200
_TOLD_KINDS: Final = 12

Tenant = Literal["organization", "project", "key"]
Resolve = Callable[[Tenant, str], str | None]
"""Id or name of a tenant to its id; None where there is none."""


class Fault(msgspec.Struct, frozen=True):
    """One thing that is wrong."""

    name: str
    """The field, as a path: `rules[2].threshold`."""
    value: str
    expected: str


class PolicyRefused(BadRequest):
    """A policy, or an exception from policies, that cannot be taken; all that is wrong is told."""

    code = "invalid_policy"

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        told = "; ".join(f"{one.name} is {one.value!r}: need {one.expected}" for one in faults)
        super().__init__(f"{told}.")


def compiled_policy(policy: Policy, make: MakeDetector, resolve: Resolve) -> Policy:
    """The policy with the ids of those its scopes name; raises PolicyRefused."""
    faults: list[Fault] = []
    scope = _resolved(policy.scope, "scope", resolve, faults)
    faults += _of_policy(policy)
    rules: list[Rule] = []
    for index, rule in enumerate(policy.rules[:MOST_RULES]):
        place = f"rules[{index}]"
        faults += _of_rule(rule, place, policy.rules[:index])
        faults += _of_detector(rule, place, make)
        rules.append(replace(rule, scope=_resolved(rule.scope, f"{place}.scope", resolve, faults)))
    checked = replace(policy, scope=scope, rules=tuple(rules))
    if not faults and len(msgspec.json.encode(checked)) > MOST_BYTES:
        faults.append(Fault("rules", f"{len(rules)} rules", f"at most {MOST_BYTES >> 10} KiB"))
    if faults:
        raise PolicyRefused(tuple(faults))
    return checked


def _of_policy(policy: Policy) -> Iterator[Fault]:
    if _NAME.fullmatch(policy.name) is None:
        yield Fault(
            "name", policy.name[:NAME_CHARS],
            f"1 to {NAME_CHARS} of a-z, 0-9, '.', '_' and '-', beginning with a letter or digit",
        )  # fmt: skip
    if len(policy.description) > 2_000:
        yield Fault("description", f"{len(policy.description)} characters", "at most 2000")
    if not 0 <= policy.max_remedies <= MOST_TIMES:
        yield Fault("max_remedies", str(policy.max_remedies), f"0 to {MOST_TIMES}")
    if not 0 < policy.remedy_timeout_s <= 600:
        yield Fault("remedy_timeout_s", str(policy.remedy_timeout_s), "above 0, at most 600")
    if abs(policy.priority) > MOST_PRIORITY:
        yield Fault("priority", str(policy.priority)[:NAME_CHARS], _PRIORITY)
    if not policy.rules:
        yield Fault("rules", "none", "at least one rule")
    if len(policy.rules) > MOST_RULES:
        yield Fault("rules", f"{len(policy.rules)} rules", f"at most {MOST_RULES}")


def _of_rule(rule: Rule, place: str, earlier: tuple[Rule, ...]) -> Iterator[Fault]:
    name = rule.name
    if not name.strip() or len(name) > NAME_CHARS or not name.isprintable():
        yield Fault(f"{place}.name", name[:NAME_CHARS], f"1 to {NAME_CHARS} printable characters")
    elif any(other.name == name for other in earlier):
        yield Fault(f"{place}.name", name, "a name that no other rule has")
    yield from _of_numbers(rule, place)
    if not rule.where:
        yield Fault(f"{place}.where", "none", "at least one place")
    if not rule.actions:
        yield Fault(f"{place}.actions", "none", "at least one action")
    for index, action in enumerate(rule.actions):
        if action.kind == "replace" and not action.text:
            yield Fault(f"{place}.actions[{index}].text", "", "what stands in place of a finding")
        try:
            check_action(rule, action)
        except ConfigError as error:
            yield Fault(f"{place}.actions[{index}]", action.kind, error.message.rstrip("."))


def _of_numbers(rule: Rule, place: str) -> Iterator[Fault]:
    if not 0 <= rule.threshold <= 1:
        yield Fault(f"{place}.threshold", str(rule.threshold), "a number from 0 to 1")
    if not 1 <= rule.timeout_ms <= 60_000:
        yield Fault(f"{place}.timeout_ms", str(rule.timeout_ms), "1 to 60000")
    if abs(rule.priority) > MOST_PRIORITY:
        yield Fault(f"{place}.priority", str(rule.priority)[:NAME_CHARS], _PRIORITY)


def _of_detector(rule: Rule, place: str, make: MakeDetector) -> Iterator[Fault]:
    try:
        detector = make(rule.detector, rule.options)
    except ConfigError as error:
        is_unknown = error.message.startswith("Unknown detector")
        field, value = ("detector", rule.detector) if is_unknown else ("options", "as given")
        yield Fault(f"{place}.{field}", value[:NAME_CHARS], error.message.rstrip("."))
    except (TypeError, ValueError, AttributeError, KeyError):
        yield Fault(f"{place}.options", "as given", f"options that {rule.detector!r} takes")
    else:
        if rule.where and detector.where.isdisjoint(rule.where):
            places = ", ".join(sorted(detector.where))
            yield Fault(f"{place}.where", ", ".join(rule.where), f"some of {places}")
        known = getattr(detector, "kinds", None)
        if known is not None and (strange := [kind for kind in rule.kinds if kind not in known]):
            told = get_close_matches(strange[0], known) or sorted(known)[:_TOLD_KINDS]
            expected = f"kinds that {rule.detector!r} finds, such as {', '.join(told)}"
            yield Fault(f"{place}.kinds", ", ".join(strange)[:NAME_CHARS], expected)


def _resolved(scope: Scope, place: str, resolve: Resolve, faults: list[Fault]) -> Scope:
    fields: dict[str, tuple[str, ...]] = {}
    tenants: tuple[tuple[str, Tenant], ...] = (
        ("organizations", "organization"), ("projects", "project"), ("keys", "key"),
    )  # fmt: skip
    for name in Scope.__struct_fields__:
        entries: tuple[str, ...] = getattr(scope, name)
        if len(entries) > _MOST_ENTRIES:
            faults.append(Fault(f"{place}.{name}", f"{len(entries)} entries", "at most 200"))
    for field, tenant in tenants:
        found: list[str] = []
        for index, entry in enumerate(getattr(scope, field)[:_MOST_ENTRIES]):
            id = resolve(tenant, entry)
            if id is None:
                expected = f"the id of a {tenant}" if tenant == "key" else f"an {tenant}, by id"
                expected = "a project, by id or name" if tenant == "project" else expected
                faults.append(Fault(f"{place}.{field}[{index}]", entry[:NAME_CHARS], expected))
            else:
                found.append(id)
        fields[field] = tuple(dict.fromkeys(found))
    return replace(scope, **fields)
