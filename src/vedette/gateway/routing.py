"""In which order the targets of a route are asked.

The strategy chooses the first one; the others follow in the order of the configuration, so that
every strategy is also a fallback. Then health has its say: targets that are open stand last.

`least-latency` draws two and takes the cheaper (power of two choices; Mitzenmacher 2001) by peak
EWMA, load and errors (`health`). A target that has just come back gets a growing share of what
would be its due (slow start). Sticky routes hash session or user onto the targets (rendezvous
hashing: a target that leaves or joins moves only its own sessions).
"""

from collections.abc import Callable, Sequence
from hashlib import blake2b

from vedette.clock import Clock
from vedette.gateway.conditions import holds
from vedette.gateway.directory import Plan, Target
from vedette.gateway.exchange import Exchange


class Router:
    """Orders targets; keeps the turns of round-robin routes."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._turns: dict[str, int] = {}

    def order(self, exchange: Exchange) -> Sequence[int]:
        """Indexes of the plan's targets, those to ask first first.

        Conditional targets that do not fit are left out; when none fits the order is empty.
        """
        plan = exchange.plan
        if len(plan.targets) == 1 and plan.targets[0].when is None:
            return _ONLY
        fitting = [i for i, target in enumerate(plan.targets) if holds(target.when, exchange)]
        if not fitting:
            return ()
        first = self._sticky(exchange, fitting)
        if first is None:
            first = _STRATEGIES[plan.strategy](self, exchange, fitting)
        order = [first, *(index for index in fitting if index != first)]
        return self._by_health(plan, order, fitting)

    def _by_health(self, plan: Plan, order: list[int], fitting: list[int]) -> list[int]:
        """Open targets last, before them those that are spent; of each the soonest first."""
        now = self._clock.monotonic()
        targets = plan.targets
        usable = [index for index in order if _is_usable(targets[index], now)]
        if len(usable) == len(order):
            return self._slowly(plan, usable, now)
        others = [index for index in order if index not in usable]
        # One that is well, but has nothing left of its provider's limits, can be waited for.
        spent = [index for index in others if targets[index].health.may_try(now)]
        spent.sort(key=lambda index: targets[index].health.spent_until())
        resting = [index for index in others if index not in spent]
        resting.sort(key=lambda index: targets[index].health.open_until)
        return [*self._slowly(plan, usable, now), *spent, *resting]

    def _slowly(self, plan: Plan, order: list[int], now: float) -> list[int]:
        """Let a target that has just recovered be first only as often as its share allows."""
        if len(order) < 2:
            return order
        share = plan.targets[order[0]].health.share(now)
        if share < 1.0 and self._clock.random() >= share:
            return [*order[1:], order[0]]
        return order

    def _sticky(self, exchange: Exchange, fitting: list[int]) -> int | None:
        plan = exchange.plan
        caller = exchange.caller
        key = {"session": caller.session_id, "user": caller.user_id}.get(plan.sticky, "")
        if not key:
            return None
        return max(fitting, key=lambda index: _rank(key, plan.targets[index]))

    def _declared(self, exchange: Exchange, fitting: list[int]) -> int:
        return fitting[0]

    def _weighted(self, exchange: Exchange, fitting: list[int]) -> int:
        targets = exchange.plan.targets
        now = self._clock.monotonic()
        weights = [targets[index].weight * targets[index].health.share(now) for index in fitting]
        point = self._clock.random() * sum(weights)
        for index, weight in zip(fitting, weights, strict=True):
            point -= weight
            if point < 0:
                return index
        return fitting[0]

    def _in_turn(self, exchange: Exchange, fitting: list[int]) -> int:
        turn = self._turns.get(exchange.plan.route, -1) + 1
        self._turns[exchange.plan.route] = turn
        return fitting[turn % len(fitting)]

    def _quickest(self, exchange: Exchange, fitting: list[int]) -> int:
        targets = exchange.plan.targets
        now = self._clock.monotonic()
        usable = [index for index in fitting if _is_usable(targets[index], now)] or fitting
        if len(usable) == 1:
            return usable[0]
        one = int(self._clock.random() * len(usable))
        other = (one + 1 + int(self._clock.random() * (len(usable) - 1))) % len(usable)
        stream = exchange.stream
        return min(
            (usable[one], usable[other]),
            key=lambda index: targets[index].health.cost(now, stream=stream),
        )


def _is_usable(target: Target, now: float) -> bool:
    health = target.health
    return health.may_try(now) and not health.is_spent(now)


_ONLY = (0,)

_STRATEGIES: dict[str, Callable[[Router, Exchange, list[int]], int]] = {
    "fallback": Router._declared,
    "conditional": Router._declared,
    "weighted": Router._weighted,
    "round-robin": Router._in_turn,
    "least-latency": Router._quickest,
}


def _rank(key: str, target: Target) -> float:
    """Weighted rendezvous hashing: the target with the largest rank gets the key."""
    name = f"{key}\0{target.upstream.name}\0{target.model}".encode()
    number = int.from_bytes(blake2b(name, digest_size=7).digest(), "big")
    # In (0, 1); 2 ** 56 values.
    share = (number + 0.5) / 2.0**56
    return float(share ** (1.0 / target.weight)) if target.weight > 0 else 0.0
