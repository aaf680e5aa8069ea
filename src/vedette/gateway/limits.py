"""Limits and budgets of a call: held before it is made, settled when it is over.

`admit` holds what the call may come to in all of its scopes at once, or refuses it. `settle` runs
however the call ended and replaces that by what was used. A call that would fit into its budget but
for what other calls hold waits for them.

| what is used up | what happens |
|---|---|
| a rate (requests, tokens, cost a minute; calls at a time) | 429 `rate_limit_exceeded` |
| a budget with `block` | 429 `insufficient_quota`, not to be tried again |
| a budget with `throttle` | 6 calls a minute go through, the others get 429 |
| a budget with `reroute` | another model answers: the one it names, else the route's cheapest |

Where the counters cannot be used, calls go on unless a limit that they fall under fails closed.
Where several machines share their limits, a call may wait for a slice (`leasing`).
"""

import logging
from collections.abc import Coroutine
from typing import Any

from msgspec.structs import replace

from vedette.costs.accounts import Account, Granted, Refused, Short, Taken
from vedette.costs.estimates import BYTES_PER_TOKEN, OutputGuess, output_bound
from vedette.costs.leased import LeasedCounters
from vedette.costs.limits import Limit, LimitBook, LimitSet, Spender, rules_in_force
from vedette.costs.prices import Price
from vedette.gateway.breaker import Breaker
from vedette.gateway.conditions import asked
from vedette.gateway.counting import count_tokens
from vedette.gateway.directory import Directory, Plan, Target
from vedette.gateway.exchange import Exchange
from vedette.gateway.leasing import take
from vedette.gateway.limit_answers import (
    LimitsUnavailable,
    limit_lines,
    refusal,
    soft_lines,
)
from vedette.gateway.runtime import Runtime
from vedette.gateway.services import Services

log = logging.getLogger(__name__)

WAIT_S = 10.0
"""How long a call waits for what others hold of its budget."""
_MOST_WAITING = 1000
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.01, 0.1
_LONG_BODY = 65_536 // BYTES_PER_TOKEN
_MOMENT_BITS = 32
"""Of a time in nanoseconds: about four seconds."""
_MOST_PRICES = 1024
_ANSWERS = frozenset({"chat", "text_completion", "embeddings"})


Lease = tuple[LimitSet, list[Taken]]
"""What a call holds of which limits; what comes after those is spent."""


Amounts = tuple[int, int]
"""Tokens and nano-USD that a call may come to."""
_NOTHING: Amounts = (0, 0)


class Limiter:
    """Made once per worker."""

    def __init__(self, services: Services) -> None:
        self.breaker = Breaker("limits", services.clock)
        self._services = services
        counters = services.counters
        self._leased = counters if isinstance(counters, LeasedCounters) else None
        self._guess = OutputGuess()
        self._waiting = 0
        self._told: dict[tuple[int, float], int] = {}
        self._prices: dict[tuple[int, str], _Prices] = {}
        self._book = LimitBook({}, {})
        self._made_of: tuple[object, object] = (None, None)

    def admit(self, exchange: Exchange, runtime: Runtime) -> Coroutine[Any, Any, None] | None:
        """Hold what the call may come to; nothing where the client left meanwhile.

        What is given back is to be awaited: then the call waits, or goes another way. Both may
        raise RateLimited, BudgetSpent or LimitsUnavailable.
        """
        limits = self._limits(exchange, runtime)
        if not limits or exchange.gone:
            return None
        tokens, cost = self._amounts(exchange, limits)
        charges: list[Taken] = [
            limit.once or (limit.account, cost if limit.unit == "cost" else tokens, 0, True)
            for limit in limits
        ]
        if self._leased is not None:
            return self._find_way(exchange, runtime, _Attempt(limits, charges), self._leased)
        outcome = self.breaker.call(self._reserve, charges, None)
        if outcome.__class__ is list:
            self._grant(exchange, limits, charges, outcome)
            return None
        return self._find_way(exchange, runtime, _Attempt(limits, charges), outcome)

    async def _find_way(
        self, exchange: Exchange, runtime: Runtime, attempt: "_Attempt",
        outcome: "Granted | Refused | Short | LeasedCounters | None",
    ) -> None:  # fmt: skip
        """`outcome`: what came of asking the first time, or who is to be asked."""
        patience: _Patience | None = None
        while not exchange.gone:
            if isinstance(outcome, LeasedCounters):
                outcome = await take(
                    outcome, attempt.charges, exchange, self.breaker, self._services.clock
                )
            if outcome is None:
                _go_on_without(attempt.limits)
                return
            if isinstance(outcome, Short):
                return
            if not isinstance(outcome, Refused):
                self._grant(exchange, attempt.limits, attempt.charges, outcome)
                return
            limit = attempt.limit_of(outcome)
            waits = limit.budget is not None and outcome.may_free
            patience = patience or _Patience()
            if not (waits and await self._waited(exchange, patience)):
                self._go_round(exchange, attempt, outcome, runtime.directory)
            outcome = self._leased
            if outcome is None and not exchange.gone:
                outcome = self.breaker.call(self._reserve, attempt.charges, None)

    def settle(self, exchange: Exchange) -> None:
        """The call is over: count what it used instead of what it held."""
        lease = exchange.lease
        if lease is not None:
            exchange.lease = None
            self.breaker.call(self._settle, (exchange, lease), None)

    def _limits(self, exchange: Exchange, runtime: Runtime) -> LimitSet:
        tenants, rules = runtime.gatekeeper.tenants, runtime.settings.allowances
        if tenants is not self._made_of[0] or rules is not self._made_of[1]:
            in_force = rules_in_force(rules, tenants.allowances)
            self._book = LimitBook(tenants.projects, tenants.organizations, in_force)
            self._made_of = (tenants, rules)
        if not self._book.has_rules:
            return self._book.of_tenant(exchange.tenant, exchange.project_id)
        caller = exchange.caller
        spender = Spender(
            exchange.tenant, exchange.project_id, caller.user_id, caller.session_id,
            exchange.requested_model, caller.tags,
        )  # fmt: skip
        return self._book.of(spender)

    def _amounts(self, exchange: Exchange, limits: LimitSet) -> Amounts:
        if exchange.endpoint.operation not in _ANSWERS:
            return _NOTHING
        if not (limits.counts_tokens or limits.counts_cost):
            return _NOTHING
        given, made = self._estimate(exchange)
        if not limits.counts_cost:
            return given + made, 0
        # The most it costs at any target; where no price is known, nothing can be held.
        prices = self._prices_of(exchange, exchange.plan)
        if len(prices) == 1:
            return given + made, _cost(prices[0], given, made)
        return given + made, max(_cost(price, given, made) for price in prices)

    def _estimate(self, exchange: Exchange) -> tuple[int, int]:
        """Input and output tokens."""
        body, head = exchange.body, exchange.head
        given = len(body) // BYTES_PER_TOKEN or 1
        if given > _LONG_BODY and (request := asked(exchange)) is not None:
            # An image is not as many tokens as its text in base64 would be.
            given = count_tokens(request)
        if exchange.endpoint.operation == "embeddings":
            return given, 0
        bound, choices = None, None
        if head is not None:
            bound, choices = head.max_completion_tokens or head.max_tokens, head.n
        if bound is None:
            bound = output_bound(body)
        if bound is None:
            bound = self._guess.tokens(exchange.requested_model)
        made = bound * choices if choices else bound
        return given, made if made > 0 else 0

    def _costs(self, exchange: Exchange, plan: Plan, given: int, made: int) -> list[int]:
        return [_cost(price, given, made) for price in self._prices_of(exchange, plan)]

    def _prices_of(self, exchange: Exchange, plan: Plan) -> "list[Price | None]":
        services, named = self._services, exchange.requested_model
        moment = exchange.started_ns >> _MOMENT_BITS
        place = (id(plan), named)
        known = self._prices.get(place)
        if (
            known is None
            or known.plan is not plan
            or known.moment != moment
            or (known.listed is not services.prices or known.own is not services.own_prices)
        ):
            if len(self._prices) >= _MOST_PRICES:
                self._prices.clear()
            known = self._prices[place] = _Prices(plan, named, services, exchange.started_ns)
        return known.prices

    def _reserve(self, charges: list[Taken]) -> Granted | Refused | Short:
        return self._services.counters.reserve(charges, self._services.clock.now_ns())

    def _settle(self, settled: tuple[Exchange, Lease]) -> None:
        exchange, (limits, charges) = settled
        usage, tokens, cost = exchange.usage, 0, exchange.cost_nano_usd
        if usage is not None and exchange.cache != "hit":
            tokens = usage.input_total + usage.output_total
            self._guess.learn(exchange.requested_model, usage.output_total)
        # Nobody said what an answer came to: then it counts as what was held for it.
        is_unknown = usage is None and exchange.status == 200 and exchange.cache != "hit"
        used = []
        for limit, (account, held, _, _) in zip(limits, charges, strict=False):
            unit = limit.unit
            if unit == "cost":
                used.append((account, held, held if cost is None and is_unknown else cost or 0))
            elif unit == "tokens":
                used.append((account, held, held if is_unknown else tokens))
            elif held:
                used.append((account, held, 0))
        self._services.counters.settle(used, self._services.clock.now_ns())

    def _grant(
        self, exchange: Exchange, limits: LimitSet, charges: list[Taken], left: Granted
    ) -> None:
        exchange.lease = (limits, charges)
        now_ns = exchange.started_ns
        nearest, least, rest = limits[0], 2.0, 0
        for limit, after in zip(limits, left, strict=False):
            share = after / limit.whole
            if share < least:
                nearest, least, rest = limit, share, after
            if 1.0 - share >= limit.least_soft:
                self._warn(exchange, limit, 1.0 - share, now_ns)
        exchange.limit_lines += limit_lines(nearest, rest, now_ns)

    def _warn(self, exchange: Exchange, limit: Limit, share: float, now_ns: int) -> None:
        """A budget is past a threshold: the answer and the span say so, the log says it once."""
        assert limit.budget is not None
        passed = max(soft for soft in limit.budget.soft if share >= soft)
        exchange.limit_lines += soft_lines(limit, share)
        exchange.note("vedette.budget.soft", f"{limit.scope}:{limit.window.name}:{passed:g}")
        told, mark = (limit.account.key, passed), limit.window.mark(now_ns)
        if not limit.window.is_rolling and self._told.get(told) == mark:
            return
        if told not in self._told or not limit.window.is_rolling:
            log.warning(
                "budget of %s %s (%s): %.0f %% used", limit.scope, limit.name or "(together)",
                limit.window.name, share * 100,
            )  # fmt: skip
        if len(self._told) >= _MOST_WAITING:
            self._told.clear()
        self._told[told] = mark

    async def _waited(self, exchange: Exchange, patience: "_Patience") -> bool:
        """Give the calls under way some time; False where it was long enough."""
        pause_s = patience.next_s() if self._waiting < _MOST_WAITING else None
        if pause_s is None:
            return False
        self._waiting += 1
        try:
            await exchange.pause(pause_s)
        finally:
            self._waiting -= 1
        return True

    def _go_round(
        self, exchange: Exchange, attempt: "_Attempt", refused: Refused, directory: Directory
    ) -> None:
        """Let the call go another way; raises where there is none."""
        limit = attempt.limit_of(refused)
        budget = limit.budget
        if budget is not None and refused.account is limit.account and not refused.may_free:
            if budget.action == "throttle":
                attempt.throttle(limit)
                return
            if budget.action == "reroute" and self._reroute(exchange, attempt, limit, directory):
                return
        now_ns = self._services.clock.now_ns()
        wanted = (refused.account, attempt.amount_of(refused.account), now_ns)
        frees_at = self.breaker.call(self._frees_at, wanted, None)
        error, lines = refusal(limit, refused, frees_at, now_ns)
        exchange.limit_lines += lines
        raise error

    def _frees_at(self, asked_for: tuple[Account, int, int]) -> int | None:
        account, amount, now_ns = asked_for
        return self._services.counters.frees_at_ns(account, amount, now_ns)

    def _reroute(
        self, exchange: Exchange, attempt: "_Attempt", limit: Limit, directory: Directory
    ) -> bool:
        """Take a cheaper plan; False where there is none."""
        assert limit.budget is not None
        plan, (given, made) = exchange.plan, self._estimate(exchange)
        named = limit.budget.reroute_to
        if named:
            cheaper = directory.plan(named)
        else:
            costs = self._costs(exchange, plan, given, made)
            least = min(costs)
            if least == max(costs):
                return False
            pairs = zip(plan.targets, costs, strict=True)
            cheaper = replace(plan, targets=tuple(target for target, c in pairs if c == least))
        exchange.plan = cheaper
        exchange.note("vedette.budget.rerouted", limit.scope)
        attempt.reroute(limit, max(self._costs(exchange, cheaper, given, made)))
        return True


def _cost(price: Price | None, given: int, made: int) -> int:
    return 0 if price is None else price.plain_nano_usd(given, made)


def _go_on_without(limits: LimitSet) -> None:
    if any(limit.fails_closed for limit in limits):
        raise LimitsUnavailable("What is used of a limit cannot be told now. Try again shortly.")


class _Prices:
    """What the targets of a plan cost, for some seconds: prices change with the time."""

    __slots__ = ("listed", "moment", "own", "plan", "prices")

    def __init__(self, plan: Plan, named: str, services: Services, at_ns: int) -> None:
        self.plan = plan
        self.moment = at_ns >> _MOMENT_BITS
        self.own, self.listed = services.own_prices, services.prices
        self.prices = [self._of(target, target.model or named, at_ns) for target in plan.targets]

    def _of(self, target: Target, model: str, at_ns: int) -> Price | None:
        upstream = target.upstream
        price = self.own.price(upstream.name, model, at_ns) if self.own else None
        if price is not None:
            return price
        return self.listed.price(upstream.settings.price_provider, model, at_ns)


class _Patience:
    """How long to wait next."""

    def __init__(self) -> None:
        self._pause_s = _FIRST_PAUSE_S
        self._left_s = WAIT_S

    def next_s(self) -> float | None:
        """None where it was long enough."""
        if self._left_s <= 0:
            return None
        pause_s = self._pause_s
        self._left_s -= pause_s
        self._pause_s = min(pause_s * 1.5, _LONGEST_PAUSE_S)
        return pause_s


class _Attempt:
    """The charges of a call, as they change while a way is looked for."""

    def __init__(self, limits: LimitSet, charges: list[Taken]) -> None:
        self.limits = limits
        self.charges = charges

    def limit_of(self, refused: Refused) -> Limit:
        return next(
            limit for limit in self.limits if refused.account in (limit.account, limit.slow)
        )

    def amount_of(self, account: Account) -> int:
        """How much the call takes of an account."""
        return next(held or spent for of, held, spent, _ in self.charges if of is account)

    def throttle(self, limit: Limit) -> None:
        """Let the call through where the slow rate allows it."""
        self._unbind(limit)
        if limit.slow is not None:
            self.charges.append((limit.slow, 0, 1, True))

    def reroute(self, limit: Limit, cost_nano_usd: int) -> None:
        """The call costs less, and goes through whatever it costs."""
        costs = {id(of.account) for of in self.limits if of.unit == "cost"}
        self.charges = [
            (of, cost_nano_usd if id(of) in costs else held, spent, bound)
            for of, held, spent, bound in self.charges
        ]
        self._unbind(limit)

    def _unbind(self, limit: Limit) -> None:
        self.charges = [
            (of, held, spent, bound and of is not limit.account)
            for of, held, spent, bound in self.charges
        ]
