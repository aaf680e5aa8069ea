"""What a policy would have done on recorded calls."""

from typing import Any

from msgspec.structs import replace

from tests.support.guarded_spans import MAIL, guarded, hit
from vedette.app.guard import make_detector
from vedette.clock import FakeClock
from vedette.guard.engine import Guard
from vedette.guard.replay import SAMPLES, TEXT_CHARS, Replaying
from vedette.model.policy import Action, Policy, Rule, Scope
from vedette.model.span import Payload, Span

RULES = (
    Rule(name="personal", detector="pii", actions=(Action(kind="redact"),)),
    Rule(name="words", detector="keywords", options={"words": ["fine"]}, where=("output",),
         mode="shadow"),
)  # fmt: skip


def replaying(**changes: Any) -> Replaying:
    fields: dict[str, Any] = {"name": "p", "rules": RULES, **changes}
    return Replaying(Guard(make_detector, FakeClock()), Policy(**fields), FakeClock())


def test_each_rule_tells_its_calls_kinds_and_samples() -> None:
    spans = [guarded(1), guarded(2, text="Nothing."), guarded(3, hit(), action="redact")]
    found = replaying().run(spans)
    assert (found.calls, found.texts, found.actions) == (3, 6, {"redact": 2, "allow": 1})
    assert found.changed == 2
    personal, words = found.rules
    assert (personal.calls, personal.hits, personal.new_calls) == (2, 2, 1)
    assert personal.kinds == {"email": 2}
    assert words.calls == 3
    sample = personal.samples[0]
    assert (sample.before, sample.found, sample.after) == ("Mail ", MAIL, " about it.")
    assert {one.is_new for one in personal.samples} == {True, False}


def test_the_least_sure_are_kept_to_be_looked_at() -> None:
    texts = [f"Call 030 {n:07d} or mail a{n}@example.org now." for n in range(60)]
    found = replaying().run([guarded(n, text=text) for n, text in enumerate(texts)])
    personal = found.rules[0]
    assert len(personal.samples) == SAMPLES
    scores = [one.score for one in personal.samples]
    assert scores == sorted(scores)


def test_several_hits_of_one_score_in_one_text_are_told() -> None:
    text = "Mail a1@example.org, b2@example.org and c3@example.org."
    found = replaying().run([guarded(n, text=text) for n in range(20)])
    assert (found.rules[0].hits, len(found.rules[0].samples)) == (60, SAMPLES)


def test_calls_without_texts_are_counted_not_judged() -> None:
    bare = guarded(1)
    empty: Span = guarded(2, payload=Payload())
    hashed = guarded(3, capture="hash")
    found = replaying().run([bare, empty, hashed])
    assert (found.calls, found.without_text) == (3, 2)


def test_calls_that_the_guard_made_are_left_out() -> None:
    own = guarded(1)
    attributes = {**own.payload.attributes, "vedette.guard.call": "judge"}
    asked = replace(own, payload=replace(own.payload, attributes=attributes))
    assert replaying().run([asked, guarded(2)]).calls == 1


def test_the_scope_of_a_policy_does_not_keep_it_from_being_tried() -> None:
    found = replaying(scope=Scope(projects=("else",))).run([guarded(1)])
    assert found.rules[0].calls == 1


def test_a_run_is_bounded_and_can_be_stopped() -> None:
    some = replaying()
    found = some.run([guarded(n) for n in range(5)], most=2)
    assert (found.calls, found.stopped_early) == (2, "2 calls were looked at")
    stopped = replaying()
    stopped.stop()
    assert stopped.run([guarded(1)]).stopped_early == "stopped"
    long = replaying().run([guarded(1, text="x " * TEXT_CHARS + MAIL)])
    assert long.rules[0].calls == 0
