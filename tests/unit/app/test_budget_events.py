"""Budgets that pass their thresholds are told of, once."""

import asyncio
from typing import Any

import pytest

from tests.support.span_stores import NOW, span
from vedette.app.budget_events import BudgetEvents
from vedette.clock import FakeClock
from vedette.costs.accounts import Charge
from vedette.costs.counters import Counters
from vedette.costs.limits import limits_of
from vedette.costs.spending import Spending
from vedette.errors import StoreError
from vedette.model.alert import Event
from vedette.model.tenant import AccessSnapshot, Allowance, Budget, ScopedAllowance, VirtualKey
from vedette.stores.spans.sqlite import SqliteSpanStore
from vedette.tasks import Tasks, Troubles

DAY_S = 86_400


class World:
    """A budget of 100 nano-dollars a day, with thresholds at 50 % and 80 %."""

    def __init__(self, *rules: ScopedAllowance, **allowance: Any) -> None:
        self.clock = FakeClock(NOW)
        self.store = SqliteSpanStore(None, self.clock)
        self.counters = Counters.private()
        budget = Budget(limit_nano_usd=100, window="1d", soft=(0.5, 0.8))
        self.allowance = Allowance(budgets=(budget,))
        self.keys: tuple[VirtualKey, ...] = (
            VirtualKey(id="k", sha256="", project_id="p", created_ns=1, allowance=self.allowance),
        )
        self.events: list[Event] = []
        spending = Spending(
            self.counters, self.store.ledger, self.clock,
            snapshot=lambda: AccessSnapshot(keys=self.keys), rules=lambda: rules,
        )  # fmt: skip
        self.watch = BudgetEvents(spending, self.events.append)

    def spend(self, amount: int) -> None:
        (limit,) = limits_of("key", "k", self.allowance)
        self.counters.reserve([Charge(limit.account, 0, amount)], self.clock.now_ns())

    def look(self) -> list[tuple[str, float | None, bool]]:
        self.events.clear()
        self.watch.look()
        return [(one.severity, one.value, one.is_over) for one in self.events]


def test_every_threshold_is_told_once() -> None:
    world = World()
    assert world.look() == []
    world.spend(55)
    assert world.look() == [("warning", 55.0, False)]
    world.spend(5)
    assert world.look() == []
    world.spend(25)
    assert world.look() == [("warning", 85.0, False)]
    world.spend(15)
    assert world.look() == [("critical", 100.0, False)]
    (event,) = world.events
    assert (event.project_id, event.subject, event.group) == ("p", "budget", "key k 1d")
    assert event.labels["budget"]
    assert "by key k" in event.summary


def test_what_is_free_again_is_over() -> None:
    world = World()
    world.spend(100)
    world.look()
    world.clock.advance(2 * DAY_S)
    assert world.look() == [("critical", 0.0, True)]
    assert world.look() == []


def test_a_budget_that_is_gone_is_over() -> None:
    world = World()
    world.spend(90)
    world.look()
    world.keys = ()
    assert world.look() == [("warning", 90.0, True)]


def test_what_is_for_all_is_told_to_the_operator() -> None:
    budget = Budget(limit_nano_usd=0)
    rule = ScopedAllowance(
        scope="tag", name="t", together=True, allowance=Allowance(budgets=(budget,))
    )
    world = World(rule)
    world.store.write_batch([span(1, None, tags=("t",), cost_nano_usd=1)])
    assert world.look() == [("critical", 100.0, False)]
    assert (world.events[0].project_id, world.events[0].group) == (
        "default", "tag (together) total",
    )  # fmt: skip


@pytest.mark.anyio
async def test_a_store_that_cannot_be_read_is_said_once_and_does_not_end_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level("INFO")
    asked, is_broken = asyncio.Event(), True

    def snapshot() -> AccessSnapshot:
        asked.set()
        if is_broken:
            raise StoreError("The record store is away.")
        return AccessSnapshot()

    world, troubles, tasks = World(), Troubles(), Tasks()
    spending = Spending(
        world.counters, world.store.ledger, world.clock, snapshot=snapshot, rules=tuple
    )
    tasks.keep(BudgetEvents(spending, world.events.append, troubles).run, name="budgets")
    async with asyncio.timeout(30):
        while "what was spent before" not in troubles.now():
            await asyncio.sleep(0.01)
        for _ in range(2):
            asked.clear()
            await asked.wait()
        assert caplog.text.count("The record store is away") == len(troubles.now())
        is_broken = False
        while troubles.now().keys() & {"what was spent before"}:
            await asyncio.sleep(0.01)
    await tasks.drain()
