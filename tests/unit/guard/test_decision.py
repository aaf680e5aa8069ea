"""What becomes of texts, action by action."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from msgspec.structs import replace

from vedette.guard.decision import Decision, Names, is_escalated
from vedette.model.policy import Action, Finding, Rule, Verdict
from vedette.ports.detector import Detection

MAIL = "a@b.example"
TEXT = f"Ask {MAIL} for it."
SEEN = (Finding(detector="pii", kind="email", score=1.0, start=4, end=4 + len(MAIL)),)


def rule(*actions: Action, **changes: Any) -> Rule:
    return Rule(name="r", detector="pii", actions=actions, **changes)


def decided(rule: Rule, *, ruling: Detection | None = None, names: Names | None = None) -> Verdict:
    def judge(rule: Rule, index: int, options: Mapping[str, Any]) -> Detection | None:
        assert options["model"] == "j"
        return ruling

    decision = Decision([TEXT], judge)
    decision.take(rule, 0, SEEN, "output")
    return decision.verdict(names or Names(), findings=SEEN, scores={}, fired=(), bypassed=())


def test_edits_come_before_templates() -> None:
    verdict = decided(
        rule(Action(kind="transform", text="{{ text | uppercase }}"), Action(kind="redact"))
    )
    assert verdict.text == "ASK [EMAIL] FOR IT."
    assert verdict.action == "redact"


def test_a_chain_ends_with_its_first_terminal_action() -> None:
    verdict = decided(rule(Action(kind="alert"), Action(kind="reask"), Action(kind="block")))
    assert (verdict.action, verdict.ended_by) == ("reask", "r")
    assert verdict.remedy == Action(kind="reask")
    assert verdict.alerts == ("r",)


ESCALATE = Action(kind="escalate", target="j")


@pytest.mark.parametrize(
    ("ruling", "action", "text"),
    [
        (Detection(score=0.1), "flag", TEXT),
        (Detection(score=0.9), "block", TEXT),
        (
            Detection(score=0.9, findings=(Finding(
                detector="judge", kind="redact", score=0.9, start=0, end=0),)),
            "redact", "Ask [email] for it.",
        ),
    ],
    ids=["allow", "block", "redact"],
)  # fmt: skip
def test_a_judge_has_the_last_word(ruling: Detection, action: str, text: str) -> None:
    verdict = decided(rule(ESCALATE), ruling=ruling)
    assert (verdict.action, verdict.text) == (action, text)


def test_what_stands_behind_a_judge_is_for_what_it_forbids() -> None:
    chain = rule(ESCALATE, Action(kind="reask"), Action(kind="block"))
    assert decided(chain, ruling=Detection(score=0.9)).action == "reask"
    assert decided(chain, ruling=Detection(score=0.0)).remedy is None
    assert decided(rule(ESCALATE, Action(kind="mask")), ruling=Detection(score=1.0)).text == (
        "Ask <EMAIL_1> for it."
    )


@pytest.mark.parametrize(("on_error", "action"), [("open", "allow"), ("closed", "block")])
def test_a_judge_that_says_nothing(on_error: str, action: str) -> None:
    verdict = decided(rule(ESCALATE, on_error=on_error))
    assert verdict.action == action
    assert [ruling.verdict for ruling in verdict.rulings] == ["error"]


def test_names_that_exist_are_used_again_or_never() -> None:
    mask = rule(Action(kind="mask"))
    assert decided(mask, names=Names({"<EMAIL_4>": MAIL})).text == "Ask <EMAIL_4> for it."
    assert decided(mask, names=Names({}, ("<EMAIL_4>",))).text == "Ask <EMAIL_5> for it."


def test_only_rules_that_are_enforced_ask_a_judge() -> None:
    assert is_escalated(rule(ESCALATE))
    assert not is_escalated(rule(ESCALATE, mode="shadow"))
    assert not is_escalated(rule(Action(kind="block"), ESCALATE))


@pytest.mark.parametrize("kind", ["redact", "mask", "replace", "transform"])
def test_what_nobody_looked_at_cannot_be_changed_and_is_blocked(kind: Any) -> None:
    changing = rule(Action(kind="alert"), Action(kind=kind, text="{{ text }}"))
    decision = Decision([TEXT], lambda *_: None)
    decision.take(changing, 0, (), "input", is_unseen=True)
    verdict = decision.verdict(Names(), findings=(), scores={}, fired=(), bypassed=())
    assert (verdict.action, verdict.ended_by, verdict.text) == ("block", "r", TEXT)
    assert verdict.alerts == ("r",)


def test_what_only_reports_does_not_block_what_nobody_looked_at() -> None:
    decision = Decision([TEXT], lambda *_: None)
    decision.take(rule(Action(kind="flag")), 0, (), "input", is_unseen=True)
    verdict = decision.verdict(Names(), findings=(), scores={}, fired=(), bypassed=())
    assert verdict.action == "flag"


@pytest.mark.parametrize("seen", [(), (replace(SEEN[0], start=0, end=0),)], ids=["none", "empty"])
def test_a_text_is_changed_as_a_whole_where_it_is_not_said_where(seen: tuple[Finding, ...]) -> None:
    decision = Decision([TEXT], lambda *_: None)
    decision.take(rule(Action(kind="redact")), 0, seen, "input")
    verdict = decision.verdict(Names(), findings=(), scores={}, fired=(), bypassed=())
    assert verdict.text == "[pii]"


def test_arguments_of_a_tool_stay_json() -> None:
    text = '{"to": "a@b.example"}'
    seen = (replace(SEEN[0], start=8, end=19),)
    decision = Decision([text], lambda *_: None)
    decision.take(rule(Action(kind="replace", text='"x"\\\n')), 0, seen, "tool_arguments")
    verdict = decision.verdict(Names(), findings=(), scores={}, fired=(), bypassed=())
    assert json.loads(verdict.text) == {"to": '"x"\\\n'}
