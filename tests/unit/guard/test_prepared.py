"""Who is asked where, whom scopes hold, and what besides a text counts."""

from collections.abc import Mapping
from typing import Any

import pytest

from vedette.guard.prepared import (
    Caller,
    Prepared,
    applies,
    rules_for,
    rules_of,
    told_beside,
)
from vedette.model.policy import WHERES, Action, Policy, Rule, Scope, Where
from vedette.ports.detector import Detection, Evidence, Subject


class Silent:
    """Finds nothing; its options say what it looks at."""

    def __init__(self, name: str, options: Mapping[str, Any]) -> None:
        self.name = name
        self.where: frozenset[Where] = frozenset(options.get("where", WHERES))
        self.is_heavy = bool(options.get("heavy", False))
        if "reads" in options:
            self.reads = frozenset(options["reads"])

    def detect(self, subject: Subject) -> Detection:
        return Detection()


def prepared(*rules: Rule) -> Prepared:
    return Prepared.of(Policy(name="p", rules=rules), Silent)


def test_detectors_are_asked_where_they_and_their_rule_look() -> None:
    rule = Rule(
        name="r", detector="d", where=("input", "output"), options={"where": ["output", "system"]}
    )
    made = prepared(rule)
    assert [ask.rule.name for ask in made.at["output"]] == ["r"]
    assert not made.at["input"]
    assert not made.at["system"]


def test_rules_are_taken_by_priority() -> None:
    late, soon = Rule(name="late", detector="a"), Rule(name="soon", detector="b", priority=1)
    assert [ask.rule.name for ask in prepared(late, soon).asks] == ["soon", "late"]
    assert prepared(late).number != prepared(late).number


def test_what_counts_besides_a_text_is_what_detectors_there_read() -> None:
    reads_nothing = Rule(name="n", detector="n", options={"reads": []})
    reads_schema = Rule(name="s", detector="s", options={"reads": ["schema"]})
    reads_all = Rule(name="a", detector="a")
    heavy = Rule(name="h", detector="h", options={"reads": [], "heavy": True})
    assert prepared(reads_nothing, reads_schema).reads["input"] == frozenset({"schema"})
    assert prepared(reads_nothing, reads_all).reads["input"] == frozenset(
        Evidence.__struct_fields__
    )
    assert prepared(reads_nothing, heavy).reads["input"] is None
    assert prepared(reads_schema).reads["output"] == frozenset()


def test_what_there_is_of_what_is_read() -> None:
    told = Evidence(canaries=("c",), schema={})
    assert told_beside(told, frozenset({"system_prompt"})) == ()
    assert told_beside(told, frozenset({"system_prompt", "canaries"})) == (("canaries", ("c",)),)
    assert told_beside(told, frozenset({"schema"})) == (("schema", {}),)


@pytest.mark.parametrize(
    ("scope", "holds"),
    [
        (Scope(), True),
        (Scope(projects=("p",), routes=("gpt-*",)), True),
        (Scope(projects=("other",)), False),
        (Scope(keys=("first",)), True),
        (Scope(tags=("a", "b")), True),
        (Scope(models=("claude*",)), False),
    ],
    ids=["any", "project and route", "other project", "account", "tag", "other model"],
)
def test_scopes(scope: Scope, *, holds: bool) -> None:
    caller = Caller(project="p", account="first", route="gpt-5", model="gpt-5", tags=("b",))
    assert applies(scope, caller) == holds


def test_detectors_without_a_rule_get_one() -> None:
    made = prepared(Rule(name="r", detector="d", scope=Scope(projects=("q",))))
    names = [rule.name for rule in rules_for(made.asks, ["d", "e"], Caller(project="q"))]
    assert names == ["r", "asked:e"]
    assert [rule.name for rule in rules_for(made.asks, None, Caller(project="p"))] == []


def test_only_the_rules_of_a_caller_are_left_without_what_is_known_of_him() -> None:
    rules = (
        Rule(name="all", detector="d"),
        Rule(name="p", detector="d", scope=Scope(projects=("p",), routes=("r*",))),
        Rule(name="q", detector="d", scope=Scope(projects=("q",))),
        Rule(name="other", detector="d", scope=Scope(routes=("other",))),
    )
    caller = Caller(project="p", route="r1")
    kept = rules_of(Policy(name="p", rules=rules), caller)
    assert [rule.name for rule in kept] == ["all", "p"]
    assert all(rule.scope == Scope() for rule in kept)


def test_a_call_that_may_take_another_route_keeps_the_rules_of_routes() -> None:
    rules = (
        Rule(name="away", detector="d", actions=(Action(kind="reroute", target="other"),)),
        Rule(name="other", detector="d", scope=Scope(projects=("p",), routes=("other",))),
        Rule(name="q", detector="d", scope=Scope(projects=("q",), routes=("other",))),
    )
    kept = rules_of(Policy(name="p", rules=rules), Caller(project="p", route="r1"))
    assert [rule.name for rule in kept] == ["away", "other"]
    assert kept[1].scope == Scope(routes=("other",))
