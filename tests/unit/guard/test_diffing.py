"""What two versions differ in."""

from typing import Any

from vedette.guard.diffing import differences
from vedette.model.policy import Policy, Rule, Scope


def policy(*rules: Rule, **changes: Any) -> Policy:
    return Policy(name="p", rules=rules, **changes)


def rule(name: str, **changes: Any) -> Rule:
    return Rule(name=name, detector="pii", **changes)


def test_the_version_itself_is_no_difference() -> None:
    assert differences(policy(rule("a"), version=1), policy(rule("a"), version=2)) == ()


def test_fields_of_rules_and_scopes_are_named() -> None:
    before = policy(rule("a"), rule("b"), mode="shadow")
    after = policy(rule("a", threshold=0.7), rule("b"), scope=Scope(models=("x",)))
    found = {one.path: (one.before, one.after) for one in differences(before, after)}
    assert found == {
        "mode": ("shadow", "enforce"), "scope.models": ((), ("x",)),
        "rules.a.threshold": (0.5, 0.7),
    }  # fmt: skip


def test_rules_come_go_and_change_their_order() -> None:
    before = policy(rule("a"), rule("b"), rule("c"))
    after = policy(rule("b"), rule("a"), rule("d"))
    found = {one.path: (one.before, one.after) for one in differences(before, after)}
    assert set(found) == {"rules.c", "rules.d", "order of rules"}
    assert found["rules.c"][1] is None
    assert found["order of rules"] == (["a", "b"], ["b", "a"])
