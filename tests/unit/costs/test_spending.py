"""Budgets know what was spent, also before they were counted."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.span_stores import DAY, NOW, S, span
from vedette.clock import FakeClock
from vedette.costs.accounts import Charge
from vedette.costs.counters import Busy, Counters
from vedette.costs.limits import LimitBook, Spender, limits_of
from vedette.costs.spending import Spending
from vedette.model.span import Payload
from vedette.model.tenant import (
    AccessSnapshot,
    Allowance,
    Budget,
    Limits,
    Organization,
    Project,
    ScopedAllowance,
    VirtualKey,
)
from vedette.stores.spans.sqlite import SqliteSpanStore

HOUR = 3600 * S


def budget(window: Any = "total", limit: int = 100) -> Allowance:
    return Allowance(budgets=(Budget(limit_nano_usd=limit, window=window),))


class World:
    """A store, the workers' counters and who has budgets."""

    def __init__(self, **holders: Any) -> None:
        self.clock = FakeClock(NOW)
        self.store = SqliteSpanStore(None, self.clock)
        self.counters = Counters.private()
        self.rules: tuple[ScopedAllowance, ...] = holders.pop("rules", ())
        self.snapshot = AccessSnapshot(**holders)
        self.spending = self.started()

    def started(self, counters: Counters | None = None) -> Spending:
        return Spending(
            counters or self.counters, self.store.ledger, self.clock,
            snapshot=lambda: self.snapshot, rules=lambda: self.rules,
        )  # fmt: skip

    def call(self, number: int, cost: int, ago_ns: int, **fields: Any) -> None:
        said = {"vedette.key_id": "k", "vedette.organization_id": "o"}
        at_ns = NOW - ago_ns
        told = {"payload": Payload(attributes=said), "start_ns": at_ns, "end_ns": at_ns}
        self.store.write_batch([span(number, None, cost_nano_usd=cost, **(told | fields))])

    def spent(self) -> list[tuple[str, str, int]]:
        return [(one.scope, one.name, one.spent_nano_usd) for one in self.spending.budgets()]


def key(**fields: Any) -> VirtualKey:
    return VirtualKey(**{"id": "k", "sha256": "", "project_id": "p", "created_ns": 1, **fields})


@pytest.mark.parametrize(
    ("window", "spent"), [("total", 31), ("month", 15), ("30d", 31), ("1d", 7), ("1h", 3)]
)
def test_a_budget_made_later_knows_what_was_spent_in_its_window(window: Any, spent: int) -> None:
    world = World(keys=(key(allowance=budget(window)),))
    for number, ago_ns in enumerate((60 * S, 1800 * S, 5 * HOUR, 3 * DAY, 20 * DAY)):
        world.call(number, 2**number, ago_ns)
    world.call(9, 1000, 60 * S, payload=Payload(attributes={"vedette.key_id": "other"}))
    assert world.spending.seed() == 1
    assert world.spending.seed() == 0
    assert world.spent() == [("key", "k", spent)]
    # Another core, later: nothing is counted twice.
    assert world.started().seed() == 0
    assert world.spent() == [("key", "k", spent)]


class Mortal(Counters):
    """Counters that can lose everything, as a server can."""

    lives = 1

    def life(self) -> str:
        if self.lives == 0:
            raise Busy("It is away.")
        return str(self.lives)


def test_counters_that_have_lost_everything_are_told_again() -> None:
    world = World(keys=(key(allowance=budget()),))
    world.call(1, 40, HOUR)
    mortal = Mortal.private()
    spending = world.started(mortal)
    (limit,) = limits_of("key", "k", budget())
    assert (spending.seed(), spending.seed()) == (1, 0)
    mortal._memory[:] = bytes(len(mortal._memory))
    mortal.lives = 0
    assert spending.seed() == 0
    mortal.lives = 2
    assert (spending.seed(), spending.seed()) == (1, 0)
    assert mortal.balance(limit.account, NOW).spent == 40


def test_what_was_spent_yesterday_is_forgotten_tomorrow() -> None:
    world = World(keys=(key(allowance=budget("1d")),))
    world.call(1, 40, 20 * HOUR)
    world.call(2, 2, HOUR)
    world.spending.seed()
    assert world.spent() == [("key", "k", 42)]
    world.clock.advance(6 * 3600)
    assert world.spent() == [("key", "k", 2)]


def test_a_new_key_has_spent_nothing_before() -> None:
    """Its first calls may be in the ledger before its budget is looked at: they count once."""
    world = World(keys=(key(created_ns=NOW - S, allowance=budget()),))
    (limit,) = limits_of("key", "k", budget())
    world.counters.reserve([Charge(limit.account, 0, 5)], NOW)
    world.call(1, 5, S // 2)
    assert world.spending.seed() == 0
    assert world.spent() == [("key", "k", 5)]


def test_a_key_that_is_older_than_the_counters_may_have_spent(tmp_path: Path) -> None:
    """However young it is: their file may have been lost."""
    world = World(keys=(key(created_ns=NOW - S, allowance=budget()),))
    world.call(1, 5, S // 2)
    world.counters = Counters.at(str(tmp_path / "counters"), NOW - S // 4)
    assert world.started().seed() == 1
    (limit,) = limits_of("key", "k", budget())
    assert world.counters.balance(limit.account, NOW).spent == 5
    world.counters.close()


def test_every_scope_is_told_its_own() -> None:
    rules = (
        ScopedAllowance(scope="user", allowance=budget()),
        ScopedAllowance(scope="tag", name="t*", together=True, allowance=budget()),
        ScopedAllowance(scope="session", name="s", allowance=budget()),
    )
    world = World(
        organizations=(Organization(id="o", name="", allowance=budget()),),
        projects=(Project(id="p", name="", organization_id="o", allowance=budget()),),
        rules=rules,
    )
    world.call(1, 1, HOUR, project_id="p", user_id="ann", tags=("t1",), session_id="s")
    world.call(2, 2, HOUR, project_id="p", user_id="bob", tags=("t2", "x"))
    world.call(3, 4, HOUR, user_id="ann", session_id="other")
    assert world.spending.seed() == 7
    assert sorted(world.spent()) == [
        ("organization", "o", 7), ("project", "p", 3), ("session", "s", 1), ("tag", "", 3),
        ("user", "ann", 1), ("user", "ann", 4), ("user", "bob", 2),
    ]  # fmt: skip
    book = LimitBook({}, {}, rules)
    (limit, *_) = book.of(Spender(None, "p", "ann"))
    assert world.counters.balance(limit.account, NOW).spent == 1


def test_without_counters_the_ledger_says_what_is_spent() -> None:
    world = World(keys=(key(allowance=budget("1d")),))
    world.call(1, 40, HOUR)
    spending = Spending(None, world.store.ledger, world.clock, snapshot=lambda: world.snapshot)
    assert spending.seed() == 0
    (state,) = spending.budgets()
    assert (state.spent_nano_usd, state.held_nano_usd) == (40, 0)


def test_a_key_says_what_it_used_and_holds() -> None:
    world = World(keys=(key(allowance=budget()),))
    world.call(1, 5, S)
    (limit,) = limits_of("key", "k", budget())
    world.counters.reserve([Charge(limit.account, 7, 5)], NOW)
    found = world.spending.of_key(key(allowance=budget()))
    assert (found.total.requests, found.total.cost_nano_usd, found.held_nano_usd) == (1, 5, 7)
    assert found.budgets[0].spent_nano_usd == 5


def test_a_rotated_key_and_the_one_in_its_place_are_told_once() -> None:
    allowance = Allowance(budgets=budget().budgets, limits=Limits(rpm=3))
    old = key(allowance=allowance)
    new = key(id="n", replaces="k", allowance=allowance)
    world = World(keys=(old, new))
    assert [one.scope for one in world.spending.budgets()] == ["key"]
    assert [one.limit.unit for one in world.spending.limits()] == ["requests"]
