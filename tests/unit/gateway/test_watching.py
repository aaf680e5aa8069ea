"""What is remembered of an exchange and told on its span."""

import json

from tests.unit.gateway.test_guarding import MAIL, asking, guardian, rule
from vedette.gateway.watching import Watch, pass_unseen, say_unseen
from vedette.guard.engine import Passage
from vedette.model.policy import Action, Scope


async def test_what_was_changed_is_told_without_its_text() -> None:
    exchange = asking("Hi.")
    redact = rule(detector="pii", options={}, where=("output",), actions=(Action(kind="redact"),))
    watch = Watch(guardian(redact), exchange)
    await watch.judge([Passage(text=f"Write to {MAIL}.", where="output")])
    watch.bypass("media:image", 2)
    watch.note()
    told = exchange.attributes
    assert told is not None
    assert told["vedette.guard.action"] == "redact"
    assert told["vedette.guard.bypassed"] == "media:image x2"
    [remedy] = json.loads(told["vedette.guard.remedies"])
    assert (remedy["rule"], remedy["action"], remedy["outcome"]) == ("r", "redact", "done")
    assert MAIL not in str(told)


async def test_what_is_looked_at_again_counts_once() -> None:
    exchange = asking("Hi.")
    watch = Watch(guardian(rule(where=("output",))), exchange)
    for is_again in (False, True):
        await watch.judge([Passage(text="forbidden", where="output")], is_again=is_again)
    watch.note()
    assert (exchange.attributes or {})["vedette.guard.findings"] == "keywords:keyword x1"


async def test_afterwards_nothing_is_done_any_more() -> None:
    exchange = asking("Hi.")
    flag = rule(when="after", where=("output",), actions=(Action(kind="alert"),))
    watch = Watch(guardian(flag), exchange)
    assert watch.guardian.looks_afterwards
    watch.seen = [Passage(text="forbidden", where="output")]
    await watch.look_afterwards()
    told: dict[str, str] = exchange.attributes or {}
    assert told["vedette.guard.action"] == "allow"
    assert told["vedette.guard.afterwards"] == "alert"
    assert told["vedette.guard.alerts"] == "r"


def test_a_call_that_goes_by_the_guard_says_so() -> None:
    exchange = asking("Hi.")
    pass_unseen(exchange, None, "upload")
    assert not exchange.attributes
    pass_unseen(exchange, guardian(rule()), "upload")
    assert dict(exchange.attributes or {}) == {
        "vedette.guard.policy": "p", "vedette.guard.action": "allow",
        "vedette.guard.bypassed": "upload",
    }  # fmt: skip
    say_unseen(exchange, "image", 2)
    assert exchange.limit_lines.endswith(b"x-vedette-guard: bypass=image;n=2\r\n")


def test_who_goes_on_gets_the_rules_that_are_for_this_call() -> None:
    exchange = asking("Hi.")
    exchange.project_id = "search"
    mine = rule(name="mine", when="after", scope=Scope(projects=("search",)))
    other = rule(name="other", when="after", scope=Scope(projects=("shop",)))
    policy, _ = Watch(guardian(mine, other, rule()), exchange).late_rules
    assert [(one.name, one.scope) for one in policy.rules] == [("mine", Scope())]


async def test_a_text_in_which_nothing_was_found_before_is_quiet() -> None:
    guard = guardian(rule(where=("input", "output")))
    watch = Watch(guard, asking("Hi."))
    told, other = Passage(text="fine"), Passage(text="fine", where="output")
    loud = Passage(text="forbidden")
    assert not watch.is_quiet([told])
    await watch.judge([told, loud], is_answer=False)
    assert watch.is_quiet([told])
    assert not watch.is_quiet([told, other])
    assert not watch.is_quiet([told, loud])
    watch.note()
    assert watch.is_quiet([])


async def test_a_guard_that_is_left_out_knows_nothing() -> None:
    guard = guardian(rule())
    watch, told = Watch(guard, asking("Hi.")), Passage(text="fine")
    await watch.judge([told], is_answer=False)
    guard.breaker.open_until = float("inf")
    assert not watch.is_quiet([told])
