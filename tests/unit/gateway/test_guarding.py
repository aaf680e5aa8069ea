"""What the guard says of a request, and what follows when it fails."""

import json
from typing import Any

import pytest
from msgspec.structs import replace

from tests.support import calls
from vedette.app.guard import make_detector
from vedette.clock import FakeClock
from vedette.gateway.exchange import Exchange
from vedette.gateway.guarding import GuardBlocked, Guardian, answer_instead
from vedette.gateway.watching import GuardFailed, Watch
from vedette.guard.engine import Guard, MakeDetector, Passage
from vedette.model.policy import Action, Policy, Rule, Scope
from vedette.model.settings import GuardSettings

MAIL = "ann.example@mail.example.com"


def rule(**changes: Any) -> Rule:
    fields: dict[str, Any] = {
        "name": "r", "detector": "keywords", "options": {"words": ["forbidden"]},
        "actions": (Action(kind="block", text="No."),), **changes,
    }  # fmt: skip
    return Rule(**fields)


def guardian(*rules: Rule, make: MakeDetector = make_detector, **settings: Any) -> Guardian:
    policy = Policy(name="p", rules=rules)
    clock = FakeClock()
    return Guardian(GuardSettings(policy=policy, **settings), policy, Guard(make, clock), clock)


def asking(text: str) -> Exchange:
    exchange = calls.exchange()
    exchange.requested_model = "m"
    messages = [{"role": "user", "content": text}]
    exchange.body = json.dumps({"model": "m", "messages": messages}).encode()
    return exchange


async def check(guard: Guardian, exchange: Exchange, watch: Watch) -> None:
    """Have the guard look at a request, and wait for what follows."""
    if (waits := guard.check_request(exchange, watch)) is not None:
        await waits


async def test_a_block_says_what_its_rule_says() -> None:
    exchange, guard = asking("It is forbidden."), guardian(rule())
    watch = Watch(guard, exchange)
    with pytest.raises(GuardBlocked, match=r"^No\.$"):
        await check(guard, exchange, watch)
    watch.note()
    assert exchange.attributes is not None
    assert exchange.attributes["vedette.guard.action"] == "block"
    assert exchange.attributes["vedette.guard.rules"] == "r"
    assert exchange.attributes["vedette.guard.findings"] == "keywords:keyword x1"
    assert "forbidden" not in str(exchange.attributes)


async def test_a_mask_changes_the_body_and_is_known_afterwards() -> None:
    exchange = asking(f"Write to {MAIL}.")
    guard = guardian(rule(detector="pii", options={}, actions=(Action(kind="mask"),)))
    watch = Watch(guard, exchange)
    await check(guard, exchange, watch)
    assert MAIL.encode() not in exchange.body
    said = json.loads(exchange.body)["messages"][0]["content"]
    assert watch.unmasked(said) == f"Write to {MAIL}."


async def test_what_is_masked_in_an_answer_is_not_put_back() -> None:
    exchange = asking("Hello.")
    mask = rule(detector="pii", options={}, where=("output",), actions=(Action(kind="mask"),))
    watch = Watch(guardian(mask), exchange)
    verdict = await watch.judge([Passage(text=f"Write to {MAIL}.", where="output")])
    assert verdict is not None
    assert MAIL not in verdict.text
    assert watch.unmasked(verdict.text) == verdict.text


async def test_rules_hold_for_whom_they_are_meant() -> None:
    scope = Scope(models=("other",))
    exchange, guard = asking("It is forbidden."), guardian(rule(scope=scope))
    await check(guard, exchange, Watch(guard, exchange))


def test_what_others_need_keeps_nobody_waiting() -> None:
    anybodys = rule(name="mine", where=("output",))
    reask = Action(kind="reask")
    others = rule(
        name="others", where=("output",), actions=(reask,), on_error="closed",
        scope=Scope(models=("other",)),
    )  # fmt: skip
    guard = guardian(anybodys, others)
    exchange = asking("Hello.")
    narrower = guard.for_caller(exchange)
    assert (guard.holds, narrower.holds, narrower.fails_closed) == (True, False, False)
    assert [rule.name for rule in narrower.policy.rules] == ["mine"]
    assert narrower is guard.for_caller(exchange)
    assert narrower.for_caller(exchange) is narrower
    exchange.requested_model = "other"
    assert guard.for_caller(exchange).holds
    assert guardian(anybodys).for_caller(exchange).policy.rules == (anybodys,)


@pytest.mark.parametrize("on_error", ["open", "closed"])
async def test_when_the_guard_itself_fails(on_error: Any) -> None:
    def broken(*_: Any) -> Any:
        raise RuntimeError("boom")

    exchange, guard = asking("Hello."), guardian(rule(on_error=on_error), make=broken)
    watch = Watch(guard, exchange)
    if on_error == "closed":
        with pytest.raises(GuardFailed):
            await check(guard, exchange, watch)
    else:
        await check(guard, exchange, watch)
    watch.note()
    assert exchange.attributes is not None
    assert exchange.attributes["vedette.guard.bypassed"] == "guard:error"


def test_only_policies_that_look_at_answers_need_them() -> None:
    assert not guardian(rule()).looks_at_answers
    assert guardian(rule(where=("output",))).looks_at_answers


def test_words_instead_of_an_error() -> None:
    exchange = asking("It is forbidden.")
    assert answer_instead(exchange, "No.")
    assert exchange.status == 200
    assert exchange.response.ended
    vectors = asking("x")
    vectors.endpoint = replace(vectors.endpoint, dialect="openai_embeddings")
    assert not answer_instead(vectors, "No.")
