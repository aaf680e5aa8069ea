"""Which policies hold for a call, and what they come to together."""

from typing import Any

from msgspec.structs import replace

from vedette.guard.engine import Caller
from vedette.guard.stacking import (
    Chosen,
    choose,
    in_share,
    level_of,
    names_above,
    narrowed,
    stacked,
    thresholds_of,
)
from vedette.model.governance import LivePolicy, Threshold, Trial
from vedette.model.policy import Action, Policy, Rule, Scope

CALLER = Caller(organization="acme", project="shop", key="k2", account="k1", model="gpt-5")


def rule(name: str, **changes: Any) -> Rule:
    return Rule(name=name, detector="keywords", **changes)


def policy(name: str, *rules: Rule, **changes: Any) -> Policy:
    return Policy(name=name, rules=rules or (rule("r"),), **changes)


def live(one: Policy) -> LivePolicy:
    return LivePolicy(policy=one)


def names(*policies: Policy, caller: Caller = CALLER) -> list[str]:
    found = choose(map(live, policies), caller, lambda _name, _sticky: "s")
    return [one.policy.name for one in found]


def test_upper_levels_come_first_whatever_their_priority() -> None:
    everywhere = policy("all", priority=900)
    organization = policy("org", scope=Scope(organizations=("acme",)), priority=500)
    project = policy("prj", scope=Scope(projects=("shop",)), priority=1)
    key = policy("key", scope=Scope(keys=("k1",)), priority=0)
    assert names(key, project, organization, everywhere) == ["all", "org", "prj", "key"]
    assert [level_of(one.scope) for one in (everywhere, organization, project, key)] == [0, 1, 2, 3]


def test_scopes_hold_all_that_they_name() -> None:
    assert names(policy("a", scope=Scope(projects=("other",)))) == []
    assert names(policy("a", scope=Scope(models=("gpt-*",)))) == ["a"]
    assert names(policy("a", scope=Scope(models=("gpt-*",), tags=("beta",)))) == []
    tagged = replace(CALLER, tags=("beta", "x"))
    assert names(policy("a", scope=Scope(tags=("beta",))), caller=tagged) == ["a"]


def test_a_rotated_key_stays_in_the_scope_of_the_first() -> None:
    assert names(policy("a", scope=Scope(keys=("k1",)))) == ["a"]
    assert names(policy("a", scope=Scope(keys=("k2",)))) == ["a"]


def test_a_lower_rule_never_goes_before_an_upper_one() -> None:
    upper = policy("org", rule("block", priority=50, actions=(Action(kind="block"),)))
    lower = policy("prj", rule("reroute", priority=1), scope=Scope(projects=("shop",)))
    stack = stacked([Chosen(upper), Chosen(lower)])
    assert [one.name for one in stack.policy.rules] == ["block", "reroute"]
    assert [one.priority for one in stack.policy.rules] == [0, 1]


def test_the_same_name_stands_beside_unless_it_is_granted() -> None:
    lower = policy("prj", rule("pii", threshold=0.9), scope=Scope(projects=("shop",)))
    upper = policy("org", rule("pii", threshold=0.5), rule("keep"))
    both = stacked([Chosen(upper), Chosen(lower)])
    assert [one.name for one in both.policy.rules] == ["pii", "keep", "prj:pii"]
    assert both.origins["prj:pii"].rule == "pii"
    granted = stacked([Chosen(replace(upper, override=True)), Chosen(lower)])
    assert [(one.name, one.threshold) for one in granted.policy.rules] == [
        ("keep", 0.5), ("pii", 0.9),
    ]  # fmt: skip


def test_what_is_in_shadow_or_beside_replaces_nothing() -> None:
    upper = policy("org", rule("pii"), override=True)
    shadow = policy("prj", rule("pii"), mode="shadow", scope=Scope(projects=("shop",)))
    beside = policy("other", rule("pii"))
    assert len(stacked([Chosen(upper), Chosen(shadow)]).policy.rules) == 2
    assert len(stacked([Chosen(upper), Chosen(beside)]).policy.rules) == 2


def test_names_of_upper_levels_are_told_and_what_becomes_of_them() -> None:
    lower = policy("prj", rule("pii"), rule("own"), scope=Scope(projects=("shop",)))
    org = policy("org", rule("pii"), rule("keep"), scope=Scope(organizations=("acme",)))
    beside = policy("beside", rule("own"), scope=Scope(projects=("shop",)))
    (one,) = names_above(lower, [org, beside, lower])
    assert (one.rule, one.policy, one.level, one.is_replaced) == (
        "pii", "org", "organization", False,
    )  # fmt: skip
    granted = replace(org, override=True)
    assert names_above(lower, [granted])[0].is_replaced
    assert not names_above(replace(lower, mode="shadow"), [granted])[0].is_replaced


def test_a_policy_in_shadow_has_all_its_rules_there() -> None:
    stack = stacked([Chosen(policy("a", rule("x"), rule("y"), mode="shadow"))])
    assert {one.mode for one in stack.policy.rules} == {"shadow"}


def test_calibrated_thresholds_only_raise_and_only_where_exceptions_hold() -> None:
    thresholds = thresholds_of([Threshold(project_id="shop", detector="keywords", threshold=0.8)],
                               "shop")  # fmt: skip
    one = policy("a", rule("low", threshold=0.5), rule("high", threshold=0.9))
    assert [r.threshold for r in stacked([Chosen(one)], thresholds=thresholds).policy.rules] == [
        0.8, 0.9,
    ]  # fmt: skip
    strict = stacked([Chosen(replace(one, exceptions=False))], thresholds=thresholds)
    assert [r.threshold for r in strict.policy.rules] == [0.5, 0.9]
    assert strict.exempt == {"low", "high"}
    assert thresholds_of([Threshold(project_id="x", detector="d", threshold=1)], "shop") == {}


def test_a_scope_narrows_those_of_its_rules() -> None:
    inner = rule("x", scope=Scope(models=("gpt-5", "llama")))
    nobody = rule("y", scope=Scope(models=("llama",)))
    found = narrowed(
        policy("a", inner, nobody, scope=Scope(models=("gpt-*",), projects=("p",)))
    ).rules
    assert [(one.name, one.scope.models, one.scope.projects) for one in found] == [
        ("x", ("gpt-5",), ("p",))
    ]


def trying(**changes: Any) -> LivePolicy:
    old, new = policy("a", version=1), policy("a", version=2)
    return LivePolicy(policy=old, trial=Trial(policy=new, share=30.0, **changes))


def test_a_session_stays_on_its_side() -> None:
    def version(seed: str) -> tuple[int, str]:
        (found,) = choose([trying()], CALLER, lambda _name, _sticky: seed)
        return found.policy.version, found.arm

    assert version("s7") == version("s7")
    sides = [version(f"s{n}") for n in range(2_000)]
    assert set(sides) == {(1, "A"), (2, "B")}
    assert 0.25 < sides.count((2, "B")) / len(sides) < 0.35


def test_a_trial_alone_leaves_the_others_without() -> None:
    alone = LivePolicy(trial=Trial(policy=policy("a", version=3), share=50.0))
    seeds = [f"s{n}" for n in range(200)]
    found = [choose([alone], CALLER, lambda _n, _s, seed=seed: seed) for seed in seeds]  # type: ignore[misc]
    counts = {len(one) for one in found}
    assert counts == {0, 1}
    assert alone.name == "a"


def test_shares_are_the_same_everywhere() -> None:
    assert in_share("a", "x", 100.0)
    assert not in_share("a", "x", 0.0)
    assert [in_share("p", f"s{n}", 50) for n in range(6)] == [
        in_share("p", f"s{n}", 50) for n in range(6)
    ]
