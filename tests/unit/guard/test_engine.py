"""Rules in order, shadow and enforcement, scopes, failures: what comes out as a verdict."""

from collections.abc import Mapping
from typing import Any

import pytest

from vedette.clock import FakeClock
from vedette.errors import ConfigError
from vedette.guard.engine import Caller, Guard, Passage
from vedette.model.policy import WHERES, Action, Finding, Policy, Rule, Scope, Where
from vedette.ports.detector import Detection, Subject


class Word:
    """Finds one word; its options say which, with what score, and whether it breaks."""

    where: frozenset[Where] = frozenset(WHERES)
    is_heavy = False

    def __init__(self, name: str, options: Mapping[str, Any]) -> None:
        self.name = name
        self._word = str(options.get("word", name))
        self._score = float(options.get("score", 0.9))
        self._breaks = bool(options.get("breaks", False))
        self.looks = 0

    def detect(self, subject: Subject) -> Detection:
        self.looks += 1
        if self._breaks:
            raise RuntimeError("broken")
        at = subject.text.find(self._word)
        if at < 0:
            return Detection(score=0.1)
        found = Finding(
            detector=self.name, kind=self._word, score=self._score, start=at,
            end=at + len(self._word),
        )  # fmt: skip
        return Detection(score=self._score, findings=(found,))


class Heavy(Word):
    """The same in a thread."""

    is_heavy = True


def make(name: str, options: Mapping[str, Any]) -> Word:
    if name == "nobody":
        raise ConfigError("Unknown detector 'nobody'.")
    return Heavy(name, options) if name == "heavy" else Word(name, options)


@pytest.fixture
def guard() -> Guard:
    return Guard(make, FakeClock())


def policy(*rules: Rule) -> Policy:
    return Policy(name="test", rules=rules)


def rule(detector: str, *actions: str, **fields: Any) -> Rule:
    kinds = tuple(Action(kind=action) for action in actions)  # type: ignore[arg-type]
    return Rule(name=fields.pop("name", detector), detector=detector, actions=kinds, **fields)


def test_nothing_found_is_allowed(guard: Guard) -> None:
    verdict = guard.evaluate([Passage(text="hello")], policy(rule("red", "block")))
    assert (verdict.action, verdict.text) == ("allow", "hello")
    assert verdict.scores == {"red": 0.1}
    assert verdict.fired == ()


def test_the_harshest_action_is_the_verdict(guard: Guard) -> None:
    rules = policy(rule("red", "flag"), rule("blue", "redact", "alert"))
    verdict = guard.evaluate([Passage(text="red and blue")], rules)
    assert (verdict.action, verdict.text) == ("redact", "red and [blue]")
    assert [fired.rule for fired in verdict.fired] == ["red", "blue"]


def test_the_first_terminal_action_ends_it(guard: Guard) -> None:
    rules = policy(
        rule("blue", "redact", priority=30), rule("red", "block", priority=20),
        rule("green", "redact", priority=10),
    )  # fmt: skip
    verdict = guard.evaluate([Passage(text="red blue green")], rules)
    assert verdict.action == "block"
    assert verdict.text == "red blue [green]"
    assert [fired.rule for fired in verdict.fired] == ["green", "red"]
    assert set(verdict.scores) == {"red", "blue", "green"}


def test_shadow_is_reported_and_changes_nothing(guard: Guard) -> None:
    rules = policy(rule("red", "block", mode="shadow"), rule("blue", "flag"))
    verdict = guard.evaluate([Passage(text="red blue")], rules)
    assert (verdict.action, verdict.text) == ("flag", "red blue")
    assert [(fired.rule, fired.mode) for fired in verdict.fired] == [
        ("red", "shadow"), ("blue", "enforce"),
    ]  # fmt: skip


def test_thresholds_and_kinds_are_looked_at(guard: Guard) -> None:
    low = rule("red", "block", threshold=0.95)
    other = rule("blue", "block", kinds=("green",))
    verdict = guard.evaluate([Passage(text="red blue")], policy(low, other))
    assert verdict.action == "allow"
    assert verdict.scores == {"red": 0.9, "blue": 0.9}
    assert verdict.findings == ()


def test_rules_apply_where_they_say(guard: Guard) -> None:
    rules = policy(rule("red", "block", where=("output",)))
    assert guard.evaluate([Passage(text="red")], rules).action == "allow"
    assert guard.evaluate([Passage(text="red", where="output")], rules).action == "block"


def test_rules_apply_to_whom_they_say(guard: Guard) -> None:
    rules = policy(rule("red", "block", scope=Scope(routes=("fast",), tags=("a", "b"))))
    inside = Caller(route="fast", tags=("b", "c"))
    assert guard.evaluate([Passage(text="red")], rules, caller=inside).action == "block"
    assert guard.evaluate([Passage(text="red")], rules).action == "allow"
    other = Caller(route="slow", tags=("b",))
    assert guard.evaluate([Passage(text="red")], rules, caller=other).action == "allow"


def test_detectors_asked_for_look_everywhere_with_or_without_a_rule(guard: Guard) -> None:
    rules = policy(rule("red", "block", where=("output",)), rule("green", "block"))
    verdict = guard.evaluate([Passage(text="red blue green")], rules, detectors=["red", "blue"])
    assert verdict.action == "block"
    assert set(verdict.scores) == {"red", "blue"}
    only = guard.evaluate([Passage(text="blue")], rules, detectors=["blue"])
    assert (only.action, [fired.rule for fired in only.fired]) == ("flag", ["asked:blue"])
    none = guard.evaluate([Passage(text="blue")], rules, detectors=[])
    assert (none.action, none.scores) == ("allow", {})


def test_each_detector_looks_once_at_each_text(guard: Guard) -> None:
    rules = policy(rule("red", "flag"), rule("red", "block", name="again", threshold=0.99))
    guard.evaluate([Passage(text="red"), Passage(text="blue")], rules)
    detector = guard.detector("red", {})
    assert isinstance(detector, Word)
    assert detector.looks == 2


def test_options_make_another_detector(guard: Guard) -> None:
    rules = policy(
        rule("red", "flag", options={"word": "x"}), rule("red", "redact", name="second"),
    )  # fmt: skip
    verdict = guard.evaluate([Passage(text="x red")], rules)
    assert {finding.kind for finding in verdict.findings} == {"x", "red"}
    assert verdict.text == "x [red]"


def test_a_broken_detector_is_bypassed_or_taken_for_the_worst(guard: Guard) -> None:
    broken = {"breaks": True}
    opened = policy(rule("red", "block", options=broken), rule("blue", "flag"))
    verdict = guard.evaluate([Passage(text="red blue")], opened)
    assert (verdict.action, verdict.scores["red"]) == ("flag", 0.0)
    assert [(gap.detector, gap.reason, gap.closed) for gap in verdict.bypassed] == [
        ("red", "error", False)
    ]
    closed = policy(rule("red", "block", options=broken, on_error="closed"))
    verdict = guard.evaluate([Passage(text="hello")], closed)
    assert verdict.action == "block"
    assert verdict.bypassed[0].closed


def test_after_failures_the_breaker_opens(guard: Guard) -> None:
    rules = policy(rule("red", "block", options={"breaks": True}))
    reasons = [guard.evaluate([Passage(text="x")], rules).bypassed[0].reason for _ in range(7)]
    assert reasons == ["error"] * 5 + ["breaker_open"] * 2


def test_heavy_detectors_run_in_threads(guard: Guard) -> None:
    rules = policy(rule("heavy", "flag"))
    assert guard.evaluate([Passage(text="heavy")], rules).action == "flag"
    assert not guard.is_quick([Passage(text="heavy")], rules)
    assert guard.is_quick([Passage(text="x")], policy(rule("red", "flag")))
    assert not guard.is_quick([Passage(text="x" * 5_000)], policy(rule("red", "flag")))
    guard.close()


def test_several_texts_share_masks_and_findings_name_their_text(guard: Guard) -> None:
    rules = policy(rule("red", "mask", where=("input", "output")))
    passages = [Passage(text="a red"), Passage(text="red b", where="output")]
    verdict = guard.evaluate(passages, rules)
    assert verdict.messages == ("a <RED_1>", "<RED_1> b")
    assert verdict.restore == {"<RED_1>": "red"}
    assert [(finding.message, finding.start) for finding in verdict.findings] == [(0, 2), (1, 0)]


def test_half_a_surrogate_pair_hides_nothing(guard: Guard) -> None:
    verdict = guard.evaluate([Passage(text="\ud800 red")], policy(rule("red", "redact")))
    assert verdict.text == "\ud800 [red]"


def test_an_unknown_detector_is_an_error(guard: Guard) -> None:
    with pytest.raises(ConfigError):
        guard.evaluate([Passage(text="x")], policy(), detectors=["nobody"])


def test_what_is_quiet_is_known_of_each_text_policy_and_place(guard: Guard) -> None:
    rules, others = policy(rule("red", "block")), policy(rule("blue", "block"))
    hello, red = Passage(text="hello"), Passage(text="red")
    assert not guard.knows_quiet([hello], rules)
    guard.evaluate([hello, red], rules)
    guard.evaluate([hello], rules)
    assert guard.knows_quiet([hello], rules)
    assert guard.knows_quiet([hello, Passage(text="new", where="output")], rules)
    assert not guard.knows_quiet([hello, red], rules)
    assert not guard.knows_quiet([hello, Passage(text="new")], rules)
    assert not guard.knows_quiet([hello], others)
    scoped = policy(rule("red", "block", scope=Scope(projects=("p",))))
    guard.evaluate([hello], scoped)
    assert not guard.knows_quiet([hello], scoped)


def test_a_part_is_looked_at_only_by_rules_that_decide(guard: Guard) -> None:
    rules = policy(rule("red", "block"), rule("blue", "flag"))
    for text, quiet in (("hello", True), ("blue", True), ("red", False), ("x" * 5_000, False)):
        assert guard.knows_quiet([Passage(text=text, is_part=True)], rules) is quiet
    broken = policy(rule("red", "block", options={"breaks": True}))
    assert not guard.knows_quiet([Passage(text="hello", is_part=True)], broken)
    heavy = policy(rule("heavy", "block"))
    assert not guard.knows_quiet([Passage(text="hello", is_part=True)], heavy)
