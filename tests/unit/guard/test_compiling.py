"""Everything that is wrong with a policy is told, by field."""

from typing import Any

import pytest

from vedette.app.guard import make_detector
from vedette.guard.compiling import PolicyRefused, Tenant, compiled_policy
from vedette.model.policy import Action, Policy, Rule, Scope

IDS = {("project", "shop"): "prj_1", ("organization", "acme"): "org_1", ("key", "k"): "k"}


def resolve(tenant: Tenant, entry: str) -> str | None:
    return IDS.get((tenant, entry))


def rule(**changes: Any) -> Rule:
    fields: dict[str, Any] = {"name": "r", "detector": "pii", **changes}
    return Rule(**fields)


def faults(*rules: Rule, **changes: Any) -> dict[str, str]:
    fields: dict[str, Any] = {"name": "p", "rules": rules or (rule(),), **changes}
    with pytest.raises(PolicyRefused) as refused:
        compiled_policy(Policy(**fields), make_detector, resolve)
    return {one.name: one.expected for one in refused.value.faults}


def test_names_in_scopes_become_ids() -> None:
    scope = Scope(projects=("shop",), organizations=("acme",), keys=("k",))
    found = compiled_policy(Policy(name="p", scope=scope, rules=(rule(),)), make_detector, resolve)
    assert (found.scope.projects, found.scope.organizations) == (("prj_1",), ("org_1",))


def test_each_mistake_has_its_field() -> None:
    found = faults(
        rule(name="a", threshold=1.5, timeout_ms=0),
        rule(name="a", detector="pij"),
        rule(name="b", detector="regex", options={"patterns": {"x": "(?=y)"}}),
        rule(name="c", where=(), actions=()),
        rule(name="d", actions=(Action(kind="replace"),), scope=Scope(projects=("gone",))),
        rule(name="e", detector="tool_calls", where=("input",)),
    )
    assert set(found) == {
        "rules[0].threshold", "rules[0].timeout_ms", "rules[1].name", "rules[1].detector",
        "rules[2].options", "rules[3].where", "rules[3].actions", "rules[4].actions[0].text",
        "rules[4].scope.projects[0]", "rules[5].where",
    }  # fmt: skip
    assert "pii" in found["rules[1].detector"]
    assert "name" in found["rules[4].scope.projects[0]"]


def test_kinds_that_a_detector_never_finds_are_mistakes() -> None:
    """A rule that counts them alone would never fire."""
    words = {"words": {"competitor": ["Acme"]}}
    found = faults(
        rule(name="a", kinds=("email", "emial")),
        rule(name="b", detector="keywords", options=words, kinds=("rival",)),
        rule(name="c", detector="regex", options={"patterns": {"x": "y"}}, kinds=("y",)),
        rule(name="d", detector="secrets", kinds=("aws",)),
        rule(name="e", detector="injection", kinds=("whatever",)),
        rule(name="f", detector="keywords", options=words, kinds=("competitor",)),
    )
    assert set(found) == {f"rules[{n}].kinds" for n in range(4)}
    assert "email" in found["rules[0].kinds"]
    assert "competitor" in found["rules[1].kinds"]


@pytest.mark.parametrize("name", ["", "Capital", "-x", "x" * 81, "a/b", "a@b"])
def test_names_that_do_not_do(name: str) -> None:
    assert "name" in faults(name=name)


def test_priorities_have_bounds() -> None:
    assert "priority" in faults(priority=10**9)
    assert "rules[0].priority" in faults(rule(priority=-(10**30)))


def test_bounds_of_the_whole() -> None:
    with pytest.raises(PolicyRefused) as refused:
        compiled_policy(Policy(name="p"), make_detector, resolve)
    assert refused.value.faults[0].name == "rules"
    many = tuple(rule(name=f"r{n}") for n in range(201))
    assert "rules" in faults(*many)
    assert "scope.tags" in faults(scope=Scope(tags=tuple(f"t{n}" for n in range(201))))
    assert "description" in faults(description="x" * 2_001)
    words = [f"word {n} " + "x" * 2_000 for n in range(200)]
    assert "rules" in faults(rule(detector="keywords", options={"words": words}))


def test_options_of_a_wrong_type_are_a_fault_not_a_crash() -> None:
    assert "rules[0].options" in faults(rule(detector="regex", options={"patterns": 5}))
