"""Waiting for a slice of a limit that machines share.

As long as this machine has enough at hand nobody waits. Else the call waits for the next exchange
with the store, which it shares with all calls that wait then; and a little longer where another
machine may give back what it does not need.
"""

from collections.abc import Sequence
from typing import NamedTuple

from vedette.clock import Clock
from vedette.costs.accounts import Granted, Refused, Short, Taken
from vedette.costs.leased import LeasedCounters
from vedette.gateway.breaker import Breaker
from vedette.gateway.exchange import Exchange

PATIENCE_S = 1.5
"""For the store to answer; after that the machine decides by itself, as the limit says."""
RETURN_S = 1.0
"""For other machines to give back what they do not need."""
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.002, 0.02
_RETURN_PAUSE_S = 0.06


class _Take(NamedTuple):
    counters: LeasedCounters
    charges: Sequence[Taken]
    now_ns: int
    asked: int
    alone: bool


async def take(
    counters: LeasedCounters, charges: Sequence[Taken], exchange: Exchange, breaker: Breaker,
    clock: Clock,
) -> Granted | Refused | Short | None:  # fmt: skip
    """What comes of it; None where the counters cannot be used, `Short` where the client left."""
    asked, waits_s, returns_s, pause_s = 0, PATIENCE_S, RETURN_S, _FIRST_PAUSE_S
    while True:
        wanted = _Take(counters, charges, clock.now_ns(), asked, waits_s <= 0)
        outcome = breaker.call(_take, wanted, None)
        if isinstance(outcome, Refused) and outcome.may_return and returns_s > 0:
            returns_s -= _RETURN_PAUSE_S
            asked, pause_s = 0, _FIRST_PAUSE_S
            await exchange.pause(_RETURN_PAUSE_S)
        elif isinstance(outcome, Short):
            if outcome.turn != asked:
                asked = outcome.turn
                counters.wake()
            waits_s -= pause_s
            await exchange.pause(pause_s)
            pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)
        else:
            return outcome
        if exchange.gone:
            return Short(asked)


def _take(wanted: _Take) -> Granted | Refused | Short | None:
    counters, charges, now_ns, asked, alone = wanted
    return counters.take(charges, now_ns, asked=asked, alone=alone)
