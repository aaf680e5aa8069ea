"""Quiet texts are passed over, and nothing else is; verdicts are those of looking anew."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from vedette.clock import FakeClock
from vedette.guard.decision import Names
from vedette.guard.engine import Guard, Passage
from vedette.model.policy import WHERES, Action, Finding, Policy, Rule, Verdict, Where
from vedette.ports.detector import Detection, Evidence, Subject


class Word:
    """Finds its name, and the system prompt where it reads that; counts how often it looked."""

    where: frozenset[Where] = frozenset(WHERES)
    is_heavy = False

    def __init__(self, name: str, options: Mapping[str, Any]) -> None:
        self.name = name
        self.reads = frozenset(options.get("reads", ()))
        self.looks = 0

    def detect(self, subject: Subject) -> Detection:
        self.looks += 1
        told = subject.evidence.system_prompt if "system_prompt" in self.reads else ""
        for word in (self.name, told):
            at = subject.text.find(word) if word else -1
            if at >= 0:
                found = Finding(
                    detector=self.name, kind=word, score=0.9, start=at, end=at + len(word)
                )
                return Detection(score=0.9, findings=(found,))
        return Detection(score=len(subject.text) / 1_000)


RED = Rule(name="red", detector="red", where=("input", "output"))
BLUE = Rule(
    name="blue", detector="blue", where=("output",), actions=(Action(kind="redact"),),
    options={"reads": ["system_prompt"]},
)  # fmt: skip
POLICY = Policy(name="p", rules=(RED, BLUE))


@pytest.fixture
def guard() -> Guard:
    return Guard(Word, FakeClock())


def looks(guard: Guard, rule: Rule) -> int:
    detector = guard.detector(rule.detector, rule.options)
    assert isinstance(detector, Word)
    return detector.looks


def test_an_answer_is_known_when_it_comes_back_in_the_conversation(guard: Guard) -> None:
    asked = Evidence(question="how?")
    guard.evaluate([Passage(text="so", where="output", evidence=asked)], POLICY)
    verdict = guard.evaluate(
        [Passage(text="hi"), Passage(text="so", where="output"), Passage(text="thanks")], POLICY
    )
    assert looks(guard, RED) == 3
    assert looks(guard, BLUE) == 1
    assert verdict.scores == {"red": 0.006, "blue": 0.002}


def test_what_a_detector_reads_beside_the_text_counts_with_it(guard: Guard) -> None:
    said = Passage(text="the code is green", where="output")
    assert guard.evaluate([said], POLICY).action == "allow"
    told = replace(said, evidence=Evidence(system_prompt="green"))
    for _ in range(2):
        assert guard.evaluate([told], POLICY).text == "the code is [green]"
    assert guard.evaluate([said], POLICY).action == "allow"
    assert (looks(guard, RED), looks(guard, BLUE)) == (1, 2)
    other = replace(said, evidence=Evidence(system_prompt="code"))
    assert guard.evaluate([other], POLICY).text == "the [code] is green"
    assert guard.evaluate([told], POLICY).text == "the code is [green]"


def test_another_policy_over_a_quiet_text(guard: Guard) -> None:
    passage = Passage(text="blue", where="output")
    mild = Policy(name="mild", rules=(RED,))
    for _ in range(2):
        assert guard.evaluate([passage], mild).action == "allow"
        assert guard.evaluate([passage], POLICY).action == "redact"
    assert (looks(guard, RED), looks(guard, BLUE)) == (1, 1)


def test_a_part_is_not_remembered(guard: Guard) -> None:
    for _ in range(2):
        guard.evaluate([Passage(text="hello", where="output", is_part=True)], POLICY)
    assert (looks(guard, RED), looks(guard, BLUE)) == (0, 2)


def test_rules_that_only_report_wait_for_the_whole(guard: Guard) -> None:
    part = Passage(text="red and blue", where="output", is_part=True)
    verdict = guard.evaluate([part, replace(part, is_part=False)], POLICY)
    assert [(fired.rule, fired.message) for fired in verdict.fired] == [
        ("red", 1), ("blue", 0), ("blue", 1),
    ]  # fmt: skip
    shadow = Policy(name="s", rules=(replace(BLUE, mode="shadow"),))
    assert guard.evaluate([part], shadow).fired == ()


def test_placeholders_that_exist_go_on_existing(guard: Guard) -> None:
    names = Names({"<EMAIL_1>": "ada@lovelace.org"})
    assert guard.evaluate([Passage(text="hi")], POLICY, names=names).restore == names.taken


def test_a_threshold_of_nothing_fires(guard: Guard) -> None:
    always = Policy(name="always", rules=(replace(RED, threshold=0.0),))
    for _ in range(2):
        assert guard.evaluate([Passage(text="")], always).action == "flag"


EVIDENCE = [Evidence(), Evidence(system_prompt="nothing"), Evidence(question="q")]
TEXTS = st.lists(
    st.builds(
        Passage,
        text=st.sampled_from(["red", "blue", "green and red", "", "nothing", "a blue one"]),
        where=st.sampled_from(["input", "output", "system"]),
        evidence=st.sampled_from(EVIDENCE),
    ),
    max_size=5,
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(TEXTS, min_size=2, max_size=4))
def test_what_was_seen_before_changes_no_verdict(calls: list[list[Passage]]) -> None:
    remembers = Guard(Word, FakeClock())
    for passages in calls:
        anew = Guard(Word, FakeClock()).evaluate(passages, POLICY)
        assert told(remembers.evaluate(passages, POLICY)) == told(anew)


def told(verdict: Verdict) -> Verdict:
    return replace(verdict, latency_ms=0.0)
