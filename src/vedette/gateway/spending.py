"""What a call spends that goes on for an hour, counted while it does.

A call that ends soon is settled at its end. Over a WebSocket many answers are given, and others
share its budgets meanwhile: so each is counted when it is there.
"""

from collections.abc import Sequence

from vedette.costs.accounts import Taken
from vedette.costs.counters import Counters
from vedette.costs.limits import Limit, LimitSet
from vedette.gateway.exchange import Exchange
from vedette.gateway.services import Services
from vedette.model.usage import Usage


class Spending:
    """The limits of one call that count tokens or cost."""

    __slots__ = ("_limits", "_services")

    def __init__(self, limits: Sequence[Limit], services: Services) -> None:
        self._limits = limits
        self._services = services

    def add(self, usage: Usage, cost_nano_usd: int | None) -> bool:
        """Count one answer; whether a budget is used up that lets nothing through then. Raises
        Busy."""
        if not self._limits:
            return False
        now_ns, counters = self._services.clock.now_ns(), self._services.counters
        tokens = usage.input_total + usage.output_total
        amounts = {"tokens": tokens, "cost": cost_nano_usd or 0}
        counters.settle([(one.account, 0, amounts[one.unit]) for one in self._limits], now_ns)
        return any(_is_spent(limit, counters, now_ns) for limit in self._limits)


def take_spending(exchange: Exchange, services: Services) -> Spending:
    """The part of what a call holds that is counted as it goes on; the rest is settled at its
    end."""
    lease = exchange.lease
    if lease is None:
        return Spending((), services)
    limits, charges = lease
    counted = [limit for limit in limits if limit.unit in _AS_IT_GOES]
    rest = [limit for limit in limits if limit.unit not in _AS_IT_GOES]
    held: list[Taken] = [
        charge
        for limit, charge in zip(limits, charges, strict=False)
        if limit.unit not in _AS_IT_GOES
    ]
    exchange.lease = (LimitSet(rest), held)
    return Spending(counted, services)


def _is_spent(limit: Limit, counters: Counters, now_ns: int) -> bool:
    budget, account = limit.budget, limit.account
    if budget is None or budget.action != "block":
        return False
    return counters.balance(account, now_ns).spent >= account.limit


_AS_IT_GOES = frozenset({"tokens", "cost"})
