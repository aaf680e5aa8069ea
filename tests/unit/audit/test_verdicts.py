"""What the guard decided, as events."""

from msgspec.structs import replace

from tests.support.console import make_span
from vedette.audit.verdicts import evaluation_event, verdict_events
from vedette.model.policy import Bypass, Finding, Fired, Policy, Verdict
from vedette.model.span import Payload, Span


def span(**attributes: str) -> Span:
    named = {f"vedette.{name.replace('__', '.')}": value for name, value in attributes.items()}
    return replace(make_span(1), payload=Payload(attributes=named))


def test_calls_that_the_guard_let_pass_are_no_events() -> None:
    assert list(verdict_events([make_span(1), span(guard__action="allow")])) == []


def test_a_verdict_tells_what_and_never_which_text() -> None:
    blocked = span(
        guard__action="block", guard__rules="no-attacks", guard__findings="injection:override x1",
        guard__latency_ms="0.3", key_id="abc", organization_id="org_1",
    )  # fmt: skip
    (event,) = verdict_events([blocked])
    assert event.action == "guard.block"
    assert event.organization == "org_1"
    assert event.details == {
        "action": "block", "rules": "no-attacks", "findings": "injection:override x1",
        "model": "gpt-5", "provider": "openai", "route": "",
    }  # fmt: skip
    assert event.actor is not None
    assert (event.actor.kind, event.actor.id) == ("key", "abc")
    assert event.personal == {"user": "u1"}
    assert event.source == f"verdict:{blocked.trace_id}:{blocked.span_id}"
    assert event.time_ns == blocked.end_ns


def test_a_bypass_is_an_event_whatever_was_decided() -> None:
    (event,) = verdict_events([span(guard__action="allow", guard__bypassed="pii:timeout")])
    assert event.action == "guard.bypassed"
    assert event.details["bypassed"] == "pii:timeout"


def test_a_verdict_that_came_after_the_answer_counts_too() -> None:
    (event,) = verdict_events([span(guard__action="allow", guard__afterwards="flag")])
    assert event.action == "guard.flag"


def test_remedies_are_told_one_by_one() -> None:
    (event,) = verdict_events([span(guard__action="redact", guard__remedies='[{"rule":"a"}]')])
    assert event.details["remedies"] == [{"rule": "a"}]
    (event,) = verdict_events([span(guard__action="redact", guard__remedies="[cut")])
    assert event.details["remedies"] == "[cut"


def test_a_verdict_on_a_text_tells_what_and_never_the_text() -> None:
    verdict = Verdict(
        action="redact", text="[email]",
        findings=(Finding(detector="pii", kind="email", score=1.0, start=0, end=9),) * 2,
        fired=(
            Fired(
                rule="no-pii", detector="pii", where="input", score=1.0, actions=("redact",),
                mode="enforce", findings=2,
            ),
        ),
        restore={"<EMAIL_1>": "ada@a.org"},
    )  # fmt: skip
    event = evaluation_event("prj", Policy(name="p", version=3), verdict, source="eval_1:0")
    assert event is not None
    assert (event.action, event.project, event.target_id) == ("guard.redact", "prj", "eval_1:0")
    assert event.source == "evaluation:eval_1:0"
    assert event.details == {
        "action": "redact", "policy": "p", "policy_version": 3, "rules": ["no-pii"],
        "findings": {"pii:email": 2},
    }  # fmt: skip
    assert "ada" not in str(event)


def test_a_text_that_is_let_pass_is_an_event_only_where_nobody_looked() -> None:
    verdict, policy = Verdict(action="allow", text="x"), Policy(name="p")
    assert evaluation_event("", policy, verdict) is None
    bypass = Bypass(detector="judge", reason="timeout", closed=False)
    event = evaluation_event("", policy, replace(verdict, bypassed=(bypass,)))
    assert event is not None
    assert (event.action, event.project, event.source) == ("guard.bypassed", "default", "")
    assert event.details["bypassed"] == ["judge:timeout"]
