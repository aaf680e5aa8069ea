"""What of a chain is carried out, and what is left of it."""

from vedette.guard.chains import overruled, said, spent, steps, without_anew
from vedette.model.policy import Action, ActionKind, Policy, Rule


def chain(*kinds: ActionKind, **settings: object) -> Policy:
    actions = tuple(Action(kind=kind, settings=dict(settings)) for kind in kinds)
    return Policy(name="p", rules=(Rule(name="r", detector="pii", actions=actions),))


def kinds(policy: Policy) -> list[str]:
    return [action.kind for action in policy.rules[0].actions]


def test_a_chain_is_carried_out_up_to_its_first_end() -> None:
    actions = chain("flag", "redact", "reask", "block").rules[0].actions
    assert [step.kind for step in steps(actions)] == ["flag", "redact", "reask"]


def test_what_was_tried_is_gone_and_what_stands_behind_it_comes() -> None:
    assert kinds(spent(chain("flag", "reask", "redact"), "r")) == ["flag", "redact"]
    assert kinds(spent(chain("reask", "reroute", "block"), "r")) == ["reroute", "block"]


def test_a_chain_that_has_nothing_left_blocks() -> None:
    assert kinds(spent(chain("flag", "reask"), "r")) == ["flag", "block"]
    assert kinds(spent(chain("reask", "alert"), "r")) == ["alert", "block"]


def test_some_things_may_be_tried_more_often() -> None:
    policy = spent(chain("reask", times=3), "r")
    assert policy.rules[0].actions[0].settings == {"times": 2}
    assert kinds(spent(policy, "r")) == ["reask"]
    assert kinds(spent(policy, "r", wholly=True)) == ["block"]


def test_other_rules_are_left_alone() -> None:
    assert spent(chain("reask"), "other") == chain("reask")
    assert kinds(overruled(chain("reask"), "r")) == ["flag"]


def test_when_nobody_may_be_asked_the_end_of_each_chain_counts() -> None:
    assert kinds(without_anew(chain("retry", "reask", "redact", times=2))) == ["redact"]
    assert kinds(without_anew(chain("block"))) == ["block"]


def test_the_words_are_those_of_the_first_that_speaks() -> None:
    actions = (Action(kind="reask", text="a"), Action(kind="block"), Action(kind="block", text="b"))
    assert said(actions, "block") == "b"
    assert said(actions, "annotate") == ""
