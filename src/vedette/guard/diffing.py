"""What two versions of a policy differ in, field by field; rules are told apart by their names."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from vedette.model.policy import Policy


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """One field that is not the same."""

    path: str
    """`rules.attacks.threshold`; a rule that came or went is told as a whole."""
    before: Any = None
    """None: it was not there."""
    after: Any = None


def differences(before: Policy, after: Policy) -> tuple[Difference, ...]:
    """In the order of the fields; the version itself does not count."""
    return tuple(_between(before, after))


def _between(before: Policy, after: Policy) -> Iterator[Difference]:
    old, new = _plain(before), _plain(after)
    rules_before, rules_after = old.pop("rules"), new.pop("rules")
    yield from _of_fields("", old, new)
    was = {rule["name"]: rule for rule in rules_before}
    now = {rule["name"]: rule for rule in rules_after}
    for name, rule in was.items():
        if name not in now:
            yield Difference(path=f"rules.{name}", before=rule)
    for name, rule in now.items():
        if name not in was:
            yield Difference(path=f"rules.{name}", after=rule)
        else:
            yield from _of_fields(f"rules.{name}.", was[name], rule)
    order_before = [name for name in was if name in now]
    order_after = [name for name in now if name in was]
    if order_before != order_after:
        yield Difference(path="order of rules", before=order_before, after=order_after)


def _of_fields(
    place: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[Difference]:
    for name in dict.fromkeys([*before, *after]):
        one, other = before.get(name), after.get(name)
        if one == other:
            continue
        if name == "scope" and isinstance(one, dict) and isinstance(other, dict):
            yield from _of_fields(f"{place}scope.", one, other)
        else:
            yield Difference(path=f"{place}{name}", before=one, after=other)


def _plain(policy: Policy) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(policy)
    plain.pop("version")
    return plain
