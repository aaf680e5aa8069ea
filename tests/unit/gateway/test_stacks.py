"""Policies of the console in the way of a call."""

from typing import Any

from msgspec.structs import replace

from tests.support import calls
from vedette.app.guard import make_detector
from vedette.clock import FakeClock
from vedette.gateway.breaker import Breaker
from vedette.gateway.exchange import Exchange
from vedette.gateway.stacks import Stacks
from vedette.guard.engine import Guard
from vedette.model.governance import (
    AllowEntry,
    LivePolicy,
    PolicySnapshot,
    Threshold,
    Trial,
)
from vedette.model.policy import Policy, Rule, Scope
from vedette.model.settings import GuardSettings
from vedette.model.tenant import VirtualKey

BASE = GuardSettings(policy=Policy(name="base", rules=(Rule(name="b", detector="pii"),)))


def policy(name: str, **changes: Any) -> Policy:
    return Policy(name=name, rules=(Rule(name="r", detector="pii"),), **changes)


def stacks(*live: LivePolicy, settings: GuardSettings = BASE, **snapshot: Any) -> Stacks:
    clock = FakeClock()
    return Stacks(
        settings, PolicySnapshot(version=1, policies=live, **snapshot),
        Guard(make_detector, clock), clock, breaker=Breaker("guard", clock),
        organization_of=lambda project: f"org of {project}",
    )  # fmt: skip


def asking(project: str = "default", session: str = "", key: VirtualKey | None = None) -> Exchange:
    exchange = calls.exchange()
    exchange.project_id, exchange.tenant = project, key
    exchange.requested_model = "m"
    exchange.caller = replace(exchange.caller, session_id=session)
    return exchange


def test_the_configuration_comes_first_and_others_where_they_hold() -> None:
    shop = LivePolicy(policy=policy("shop", scope=Scope(projects=("shop",))))
    found = stacks(shop)
    one, other = found.of(asking("shop")), found.of(asking())
    assert one is not None
    assert other is not None
    assert one.versions == "base@1, shop@1"
    assert other.versions == "base@1"
    assert found.of(asking("shop")) is one


def test_no_policy_is_no_guard() -> None:
    shop = LivePolicy(policy=policy("shop", scope=Scope(projects=("shop",))))
    assert stacks(shop, settings=GuardSettings()).of(asking()) is None


def test_organizations_are_those_of_keys_else_of_projects() -> None:
    scoped = LivePolicy(policy=policy("o", scope=Scope(organizations=("org of shop",))))
    found = stacks(scoped, settings=GuardSettings())
    assert found.of(asking("shop")) is not None
    key = VirtualKey(id="k", sha256="", project_id="shop", organization_id="else")
    assert found.of(asking("shop", key=key)) is None


def test_a_rotated_key_stays_under_its_policy() -> None:
    scoped = LivePolicy(policy=policy("k", scope=Scope(keys=("first",))))
    found = stacks(scoped, settings=GuardSettings())
    key = VirtualKey(id="second", sha256="", project_id="p", replaces="first")
    assert found.of(asking("p", key=key)) is not None


def test_the_side_of_a_trial_is_that_of_the_session() -> None:
    trial = Trial(policy=policy("t", version=2), share=50.0)
    found = stacks(LivePolicy(policy=policy("t"), trial=trial))
    arms = set()
    for number in range(40):
        guardian = found.of(asking(session=f"s{number}"))
        assert guardian is not None
        assert guardian is found.of(asking(session=f"s{number}"))
        arms.add((guardian.arms, guardian.versions))
    assert arms == {("t:A", "base@1, t@1"), ("t:B", "base@1, t@2")}


async def test_exceptions_hold_in_their_project() -> None:
    entry = AllowEntry(id="e1", kind="value", value="ada@lovelace.org", project_id="shop")
    threshold = Threshold(project_id="shop", detector="pii", threshold=0.97)
    found = stacks(allowed=(entry,), thresholds=(threshold,))
    shop, other = found.of(asking("shop")), found.of(asking())
    assert shop is not None
    assert other is not None
    assert (shop.policy.rules[0].threshold, other.policy.rules[0].threshold) == (0.97, 0.5)
    assert shop.sieve
    assert other.sieve is None
