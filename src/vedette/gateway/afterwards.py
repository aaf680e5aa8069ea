"""What is still said of a call when its client has the answer.

The record waits for it. What is not said within some hundredths of a second has the call kept on
disk (`pending`): should this worker die, the core goes on where it was. A worker that is told to
end leaves there what is not said yet.
"""

import asyncio
from collections.abc import Mapping
from typing import Protocol

from msgspec.structs import replace

from vedette.clock import Clock
from vedette.gateway.exchange import Exchange
from vedette.gateway.pending import PendingCalls
from vedette.gateway.record import make_record
from vedette.gateway.stages import Stages
from vedette.model.exchange import ExchangeRecord
from vedette.model.pending import STATE, RuleOrigin
from vedette.model.policy import Policy
from vedette.model.span import Span
from vedette.tasks import Tasks

AFTERWARDS_S = 120.0
"""How long a record waits for what is said of it afterwards."""
LINGER_S = 0.02
"""How long a call may wait before it is kept on disk; about as long as its record would."""
_MOST_BODY_BYTES = 262_144


class Late(Protocol):
    """What is said later of an exchange."""

    @property
    def late_rules(self) -> tuple[Policy, Mapping[str, RuleOrigin]]: ...

    async def look_afterwards(self) -> None: ...


class Afterwards:
    """The calls of one gateway that are not done with."""

    def __init__(self, stages: Stages, clock: Clock) -> None:
        self._stages = stages
        self._clock = clock
        self._tasks = Tasks()
        self.pending = PendingCalls(None, worker="", reduce=_no_span)
        """Where calls are kept meanwhile."""
        self.max_body_bytes = _MOST_BODY_BYTES

    def leave(self, exchange: Exchange, late: Late) -> None:
        """Account for the exchange when what is said of it is known."""
        exchange.ended = self._clock.monotonic()
        self._tasks.spawn(self._leave(exchange, late), name="guard afterwards")

    async def drain(self) -> None:
        """Wait for nothing more."""
        await self._tasks.drain()

    async def _leave(self, exchange: Exchange, late: Late) -> None:
        looking = self._tasks.spawn(late.look_afterwards(), name="guard look")
        is_kept = False
        try:
            async with asyncio.timeout(AFTERWARDS_S):
                await asyncio.wait({looking}, timeout=LINGER_S)
                if not looking.done():
                    is_kept = await self.pending.put(self._told_so_far(exchange), *_rules(late))
                    await asyncio.wait({looking})
        except TimeoutError:
            exchange.note(STATE, "timeout")
            looking.cancel()
        except asyncio.CancelledError:
            if not looking.done() or looking.cancelled():
                told = self._told_so_far(exchange)
                if is_kept or self.pending.put_now(told, *_rules(late)):
                    return
            self._stages.leave(exchange)
            raise
        self._stages.leave(exchange)

    def _told_so_far(self, exchange: Exchange) -> ExchangeRecord:
        end_ns = exchange.started_ns + round((exchange.ended - exchange.started) * 1e9)
        record = make_record(exchange, end_ns=end_ns, max_body_bytes=self.max_body_bytes)
        return replace(record, attributes={**record.attributes, STATE: "pending"})


def _rules(late: Late) -> tuple[Policy, dict[str, RuleOrigin]]:
    policy, origins = late.late_rules
    return policy, dict(origins)


def _no_span(record: ExchangeRecord) -> Span:
    raise AssertionError(record.span_id)
