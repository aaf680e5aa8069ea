"""What happens around a call: one explicit list, entered in order, left in reverse.

A stage may enrich the exchange on entering and account for it on leaving. Each runs behind its
own breaker: when one fails or is slow, the call goes on without it. Stages that must fail closed
(identity, policies) raise a `VedetteError` from `enter`; that is an answer, not a failure.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

from msgspec.structs import replace

from vedette.clock import Clock
from vedette.gateway.breaker import Breaker
from vedette.gateway.exchange import Exchange
from vedette.gateway.identify import read_caller
from vedette.gateway.meters import Meters
from vedette.gateway.record import make_record
from vedette.model.exchange import ExchangeRecord
from vedette.model.settings import GatewaySettings

Step = Callable[[Exchange], None]


class Stage(Protocol):
    """One concern of an exchange; a step it does not have is None."""

    name: str
    enter: Step | None
    leave: Step | None


class Stages:
    """The list, each with its breaker."""

    def __init__(self, stages: Sequence[Stage], clock: Clock) -> None:
        pairs = [(stage, Breaker(stage.name, clock)) for stage in stages]
        self._clock = clock
        self.breakers = [breaker for _, breaker in pairs]
        self._enter = [(stage.enter, breaker) for stage, breaker in pairs if stage.enter]
        self._leave = [(stage.leave, breaker) for stage, breaker in reversed(pairs) if stage.leave]

    def enter(self, exchange: Exchange) -> None:
        now = self._clock.monotonic()
        for step, breaker in self._enter:
            now = breaker.run(step, exchange, now)

    def leave(self, exchange: Exchange) -> None:
        now = self._clock.monotonic()
        for step, breaker in self._leave:
            now = breaker.run(step, exchange, now)


class Labels:
    """Trace context, session, user, tags, environment and release; the last two are those of
    `settings` where the call says nothing."""

    name = "labels"

    def __init__(self, clock: Clock, settings: GatewaySettings | None = None) -> None:
        self._clock = clock
        self.settings = settings or GatewaySettings(version=0)
        self.enter: Step | None = self._read
        self.leave: Step | None = None

    def _read(self, exchange: Exchange) -> None:
        head = exchange.head
        user = ((head.user or head.safety_identifier) if head is not None else None) or ""
        metadata = (head.metadata if head is not None else None) or {}
        caller = read_caller(exchange.request, user, metadata, self._clock)
        usual = self.settings
        if usual.environment or usual.release:
            caller = replace(
                caller, environment=caller.environment or usual.environment,
                release=caller.release or usual.release,
            )  # fmt: skip
        exchange.caller = caller


class Metering:
    """Counters and histograms of the worker."""

    name = "metering"

    def __init__(self, meters: Meters, clock: Clock) -> None:
        self._meters = meters
        self._clock = clock
        self.enter: Step | None = None
        self.leave: Step | None = self._count

    def _count(self, exchange: Exchange) -> None:
        ended = exchange.ended or self._clock.monotonic()
        self._meters.observe(exchange, ended - exchange.started)


class Recording:
    """The record, handed to the sink."""

    name = "recording"

    def __init__(
        self, keep: Callable[[ExchangeRecord], None], clock: Clock, *, max_body_bytes: int
    ) -> None:
        self._keep = keep
        self._clock = clock
        self._max_body_bytes = max_body_bytes
        self.enter: Step | None = None
        self.leave: Step | None = self._record

    def _record(self, exchange: Exchange) -> None:
        ended = exchange.ended or self._clock.monotonic()
        end_ns = exchange.started_ns + round((ended - exchange.started) * 1e9)
        self._keep(make_record(exchange, end_ns=end_ns, max_body_bytes=self._max_body_bytes))
