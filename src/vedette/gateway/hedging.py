"""When the first token is late: two attempts at one answer, or a look whether anybody is there.

Hedging (opt-in, `hedge_after_s`): the next target is asked as well and whoever has output first
answers the client; the other attempt is aborted. Both may be billed, so it is never the default.

Without it a silent target is asked something free. If not even that is answered, it is dead, and
the next target is asked at once instead of when its deadline is over.
"""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from vedette.gateway.attempt import Attempt, Outcome
from vedette.gateway.exchange import Exchange
from vedette.gateway.probes import Prober
from vedette.tasks import Tasks

SILENCE_S = 2.0
"""So long a target of a route with several may be silent before it is looked after."""


class Rivalry:
    """Two attempts, each on its own twin of the exchange; the first to claim answers."""

    def __init__(self, *sides: Exchange) -> None:
        self._sides = sides
        self._attempts: list[Attempt] = []
        self.winner: Exchange | None = None

    def enter(self, attempt: Attempt) -> None:
        """An attempt begins."""
        self._attempts.append(attempt)

    def claim(self, attempt: Attempt) -> bool:
        """Whether the attempt may answer; the first one may, and the other is over with that."""
        if self.winner is None:
            self.winner = attempt.exchange
            for other in self._attempts:
                if other.exchange is not self.winner:
                    other.lose()
        return self.winner is attempt.exchange

    def client_lost(self, told: Exchange) -> None:
        """The client has left: both sides must know."""
        for side in self._sides:
            if side is not told:
                side.client_lost()


Ask = Callable[[Exchange], Coroutine[Any, Any, Outcome]]


class Hedge:
    """Asks two targets, the second one after a while."""

    def __init__(self, tasks: Tasks) -> None:
        self._tasks = tasks

    async def __call__(
        self, exchange: Exchange, first: Ask, second: Ask, *, after_s: float
    ) -> tuple[Outcome, Outcome | None]:
        """Both outcomes; the second is None where it was not asked.

        Facts of the one that answered are on `exchange` when this returns.
        """
        one, other = exchange.twin(), exchange.twin()
        rivalry = Rivalry(one, other)
        one.rivalry = other.rivalry = rivalry
        exchange.on_gone = one.client_lost
        try:
            leading = self._tasks.spawn(first(one), name="hedged attempt")
            await asyncio.wait({leading}, timeout=after_s)
            if leading.done() or rivalry.winner is not None:
                outcome: Outcome = await leading
                exchange.adopt(one)
                return outcome, None
            other.is_fallback, other.tries = True, one.tries
            following = self._tasks.spawn(second(other), name="hedge")
            outcomes = (await leading, await following)
            exchange.adopt(other if rivalry.winner is other else one)
            exchange.tries = len(exchange.attempts)
            return outcomes
        finally:
            exchange.on_gone = None


class SilenceWatch:
    """Gives up a target that is silent and does not answer what is free either."""

    def __init__(self, prober: Prober, tasks: Tasks) -> None:
        self._prober = prober
        self._tasks = tasks

    def __call__(self, attempt: Attempt) -> None:
        self._tasks.spawn(self._look_after(attempt), name="silence")

    async def _look_after(self, attempt: Attempt) -> None:
        target = attempt.target
        if not await self._prober.is_alive(target.upstream):
            attempt.give_up("silent_and_dead")
