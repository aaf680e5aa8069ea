"""Shapes of policies."""

import pytest

from vedette.api.errors import InvalidFields
from vedette.api.policy_shapes import naming_faults, summary_of
from vedette.guard.book import Head
from vedette.guard.compiling import Fault, PolicyRefused
from vedette.model.policy import Policy, Rule, Scope


def test_faults_become_fields_of_the_body() -> None:
    with pytest.raises(InvalidFields) as told, naming_faults("policy."):
        raise PolicyRefused((Fault("rules[0].threshold", "2", "a number from 0 to 1"),))
    assert told.value.fields[0].name == "policy.rules[0].threshold"


def test_a_summary_says_what_holds() -> None:
    rules = (Rule(name="a", detector="pii"), Rule(name="b", detector="pii", mode="shadow"))
    policy = Policy(name="p", rules=rules, version=4, scope=Scope(projects=("x",)))
    draft = summary_of(policy, "console", Head(name="p", latest=4))
    assert (draft.live, draft.trial, draft.level, draft.shadow_rules) == (None, None, "project", 1)
    tried = summary_of(policy, "console", Head(name="p", latest=4, live=3, trial=4, share=5.0))
    assert (tried.live, tried.trial, tried.share) == (3, 4, 5.0)
    assert summary_of(policy, "file").live == 4
    assert summary_of(policy, "bundled").live is None
