"""Tells of budgets that pass a threshold of theirs, are spent, or are free again."""

import asyncio
import itertools
from collections.abc import Callable

from vedette.app.spending import seed
from vedette.costs.spending import BudgetState, Spending
from vedette.model.alert import Event, Level
from vedette.model.tenant import DEFAULT
from vedette.query.money import format_usd
from vedette.tasks import Troubles

SPENT = 1.0
LOOK_S = 1.0
TOLD_EVERY = 10
"""Looks."""


class BudgetEvents:
    """One event for each threshold of each budget, until less than that is used again.

    Keys, users, sessions and projects are told of in their project, all others in that of the
    operator. After a restart what is passed is reported anew; the alerts know that it is the same.
    """

    def __init__(
        self, spending: Spending, report: Callable[[Event], None], troubles: Troubles | None = None
    ) -> None:
        """What keeps it from its work is noted among `troubles`, once for as long as it lasts."""
        self._spending = spending
        self._report = report
        self._troubles = troubles or Troubles()
        self._passed: dict[str, tuple[float, BudgetState]] = {}

    async def run(self) -> None:
        """Seed the counters each second, and tell of what passed every ten."""
        for turn in itertools.count():
            with self._troubles.noted("what was spent before"):
                await asyncio.to_thread(seed, self._spending)
            if turn % TOLD_EVERY == 0:
                with self._troubles.noted("events of budgets"):
                    await asyncio.to_thread(self.look)
            await asyncio.sleep(LOOK_S)

    def look(self) -> None:
        """Compare all budgets with the last time. May block; raises StoreError."""
        states = {state.id: state for state in self._spending.budgets()}
        for id, state in states.items():
            passed, before = passed_by(state), self._passed.get(id, (0.0, state))[0]
            if passed > before:
                self._report(_event(state, passed))
            elif passed < before:
                self._report(_event(state, before, is_over=True))
                if passed:
                    self._report(_event(state, passed))
        for id, (before, state) in self._passed.items():
            if id not in states:
                self._report(_event(state, before, is_over=True))
        self._passed = {
            id: (passed, state) for id, state in states.items() if (passed := passed_by(state))
        }


def passed_by(state: BudgetState) -> float:
    """The highest threshold that is passed; 0 where none is."""
    budget = state.limit.budget
    assert budget is not None
    share = _share(state)
    return max((mark for mark in (*budget.soft, SPENT) if share >= mark), default=0.0)


def _share(state: BudgetState) -> float:
    limit = state.limit.account.limit
    return state.spent_nano_usd / limit if limit else SPENT


def _event(state: BudgetState, passed: float, *, is_over: bool = False) -> Event:
    whose = f"{state.scope} {state.name or '(together)'}"
    window = state.limit.window.name
    severity: Level = "critical" if passed >= SPENT else "warning"
    spent, limit = (
        format_usd(amount) or "0" for amount in (state.spent_nano_usd, state.limit.account.limit)
    )
    return Event(
        project_id=_project(state), subject="budget", group=f"{whose} {window}", severity=severity,
        summary=f"{spent} of {limit} USD ({window}) are spent by {whose}",
        value=round(_share(state) * 100, 1), step=passed, is_over=is_over,
        labels={"scope": state.scope, "name": state.name, "window": window, "budget": state.id},
    )  # fmt: skip


def _project(state: BudgetState) -> str:
    if state.scope == "project" and state.name:
        return state.name
    return state.project_id or DEFAULT
