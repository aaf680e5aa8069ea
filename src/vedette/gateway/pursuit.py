"""All the attempts at one answer: who is asked, who next, until the client has something."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from vedette.clock import Clock
from vedette.errors import NotFound
from vedette.gateway.attempt import Failure, Outcome
from vedette.gateway.conditions import why_not
from vedette.gateway.directory import Target
from vedette.gateway.exchange import Exchange
from vedette.gateway.hedging import Hedge
from vedette.gateway.retry import RetryBudget, Schedule
from vedette.gateway.routing import Router

Try = Callable[..., Coroutine[Any, Any, Outcome]]
"""`try_(exchange, target, is_last=...)`: one attempt."""


class NoTarget(NotFound):
    """No target of the route is meant for this call."""

    code = "no_target"


class Pursuit:
    """Made once per worker; `__call__` sees one exchange through its attempts."""

    def __init__(self, clock: Clock, hedge: Hedge) -> None:
        self._clock = clock
        self._hedge = hedge
        self._router = Router(clock)
        self._budgets: dict[str, RetryBudget] = {}

    async def __call__(self, exchange: Exchange, try_: Try) -> Failure | None:
        """The failure to tell the client of; None where it has its answer, or has left."""
        plan = exchange.plan
        order = self._router.order(exchange)
        if not order:
            raise no_target(exchange)
        first = order[0]
        attempts = max(len(order), 1 + plan.retries)
        if plan.most_attempts is not None:
            attempts = min(attempts, plan.most_attempts)
            order = order[:attempts]
        if plan.route:
            self._budget(plan.route).earn()
        if plan.hedge_after_s is not None and exchange.stream and len(order) > 1:
            return await self._hedged(exchange, try_, order, attempts)
        outcome = await try_(exchange, plan.targets[first], is_last=attempts == 1)
        if not isinstance(outcome, Failure):
            return None
        schedule = Schedule(order, attempts, skips=plan.skips)
        schedule.next(0.0)
        return await self._go_on(exchange, try_, schedule, (first, outcome))

    async def _hedged(
        self, exchange: Exchange, try_: Try, order: Sequence[int], attempts: int
    ) -> Failure | None:
        """The first two targets at once, the second somewhat later; then as always."""
        plan = exchange.plan
        schedule = Schedule(order, attempts, skips=plan.skips)
        one, other = order[0], order[1]
        schedule.next(0.0)
        outcome, second = await self._hedge(
            exchange,
            lambda twin: try_(twin, plan.targets[one], is_last=False),
            lambda twin: try_(twin, plan.targets[other], is_last=False),
            after_s=plan.hedge_after_s or 0.0,
        )
        if not isinstance(outcome, Failure) or not isinstance(second, Failure | None):
            return None
        last = (one, outcome)
        if second is not None:
            schedule.failed(one, outcome, self._clock.now_ns() / 1e9)
            schedule.next(0.0)
            last = (other, second)
        return await self._go_on(exchange, try_, schedule, last)

    async def _go_on(
        self, exchange: Exchange, try_: Try, schedule: Schedule, last: tuple[int, Failure]
    ) -> Failure | None:
        """All that follows a first attempt from which the client got nothing."""
        clock, targets = self._clock, exchange.plan.targets
        index, failure = last
        first = index
        while schedule.failed(index, failure, clock.now_ns() / 1e9):
            step = schedule.next(clock.random())
            if step is None or (schedule.is_asking_again and not self._may_ask_again(exchange)):
                break
            if step.wait_s:
                await exchange.pause(step.wait_s)
            if exchange.gone:
                return None
            index = step.target
            exchange.is_fallback = index != first
            outcome = await try_(exchange, targets[index], is_last=step.is_last)
            if not isinstance(outcome, Failure):
                return None
            failure = outcome
        else:
            exchange.target = targets[index]
        return schedule.first or failure

    def _may_ask_again(self, exchange: Exchange) -> bool:
        return self._budget(exchange.plan.route).spend(self._clock.monotonic())

    def _budget(self, route: str) -> RetryBudget:
        budget = self._budgets.get(route)
        if budget is None:
            budget = RetryBudget()
            if len(self._budgets) < _MOST:
                self._budgets[route] = budget
        return budget


_MOST = 4096


def no_target(exchange: Exchange) -> NoTarget:
    """What the client of a call hears that no target is meant for."""
    reasons = [
        f"{_named(target)}: {why_not(target.when, exchange)}"
        for target in exchange.plan.targets
        if target.when is not None
    ]
    return NoTarget(
        f"No target of route {exchange.plan.route!r} is meant for this call ({'; '.join(reasons)})."
    )


def _named(target: Target) -> str:
    return f"{target.upstream.name}/{target.model}"
