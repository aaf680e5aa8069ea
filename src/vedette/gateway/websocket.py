"""Calls over a WebSocket: opened like any other call, then left to both sides.

`model -> plan, scopes -> limits -> guard -> attempts -> 101 -> relay`

Until the provider's 101 nothing is lost by asking another one, so failures are those of other
calls. A policy looks at nothing that is said here, and the span tells so; where it wants no call
that nobody has looked at, none is opened.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any

from msgspec.structs import replace

from vedette.errors import VedetteError
from vedette.gateway import answers
from vedette.gateway.asking import Asker
from vedette.gateway.attempt import Attempt, Deliver, Delivery, Failure, Outcome
from vedette.gateway.breaker import Breaker
from vedette.gateway.delivery import UnwantedDelivery
from vedette.gateway.directory import Target
from vedette.gateway.exchange import Exchange
from vedette.gateway.guarding import Guardian
from vedette.gateway.hedging import SilenceWatch
from vedette.gateway.limits import Limiter
from vedette.gateway.meters import WEBSOCKETS, WEBSOCKETS_UNREAD
from vedette.gateway.opening import check_opening, model_asked, opening_head
from vedette.gateway.planning import take_plan
from vedette.gateway.pursuit import Pursuit
from vedette.gateway.relay import Relay
from vedette.gateway.routes import ENDPOINTS
from vedette.gateway.runtime import Runtime
from vedette.gateway.services import Services
from vedette.gateway.spending import take_spending
from vedette.gateway.stacks import Guards
from vedette.gateway.stages import Stages
from vedette.gateway.waits import Headers, header
from vedette.gateway.watching import pass_unseen
from vedette.http1.client import Connection
from vedette.http1.response import SWITCHED
from vedette.metrics import Sample

_READ_ELSEWHERE = frozenset(place.path for place in ENDPOINTS.values())


class GuardBlind(VedetteError):
    """A policy wants to see what passes, and over a WebSocket it sees nothing."""

    code = "guard_unseen"
    status = 403


class WebSockets:
    """Made once per worker."""

    def __init__(
        self, services: Services, stages: Stages, limiter: Limiter, pursuit: Pursuit,
        opener: "Opener",
    ) -> None:  # fmt: skip
        self._services = services
        self._stages = stages
        self._limiter = limiter
        self._pursuit = pursuit
        self._ask = opener
        self.breaker = self._ask.breaker

    def samples(self) -> list[Sample]:
        """What is counted of them."""
        return [
            Sample(WEBSOCKETS.name, (), self._ask.open),
            Sample(WEBSOCKETS_UNREAD.name, (), self._ask.unread),
        ]

    async def serve(self, exchange: Exchange, runtime: Runtime, guards: Guards) -> Failure | None:
        """Open one and see it through; the failure where none could be opened."""
        request = exchange.request
        check_opening(request)
        exchange.requested_model = model_asked(exchange.endpoint.path, request.query)
        take_plan(exchange, runtime, self._services)
        self._stages.enter(exchange)
        exchange.response.on_lost = exchange.client_lost
        if (waits := self._limiter.admit(exchange, runtime)) is not None:
            await waits
        if exchange.gone:
            return None
        guardian = await guards.for_call(exchange, runtime.guardian, runtime.settings.guard)
        if guardian is not None:
            _check_guard(guardian.for_caller(exchange), exchange.endpoint.path)
        pass_unseen(exchange, guardian, "websocket")
        # Two of them are not two tries at one answer.
        exchange.plan = replace(exchange.plan, hedge_after_s=None, on_break="error")
        exchange.stream = True
        exchange.keeps_key = not runtime.gatekeeper.asks_for_key
        return await self._pursuit(exchange, self._ask)


def _check_guard(guardian: Guardian, path: str) -> None:
    """Raises GuardBlind where what nobody sees must not pass."""
    enforces = any(rule.mode == "enforce" for rule in guardian.policy.rules)
    if guardian.fails_closed or (enforces and path in _READ_ELSEWHERE):
        raise GuardBlind(
            f"The policy {guardian.policy.name!r} does not see what passes over a WebSocket. "
            "Make the call over HTTP."
        )


class Opener(Asker):
    """Asks a target for a WebSocket, and sees it through."""

    def __init__(self, services: Services, deliver: Deliver, silence: SilenceWatch) -> None:
        super().__init__(services, deliver, silence)
        self.breaker = Breaker("hearing", services.clock)
        self.open = 0
        self.unread = 0

    def _send(
        self, exchange: Exchange, target: Target, body: bytes,
        token: tuple[bytes, bytes] | None, is_last: bool,
    ) -> Coroutine[Any, Any, Outcome]:  # fmt: skip
        head = opening_head(exchange, target, keeps_key=exchange.keeps_key, token=token)
        return self._opened(exchange, target, head, is_last)

    async def _opened(
        self, exchange: Exchange, target: Target, head: bytes, is_last: bool
    ) -> Outcome:
        opening = _Opening(head, self._deliver, self._services, self.breaker)
        deadlines = self._services.deadlines
        attempt = Attempt(exchange, target, opening.deliver, deadlines, not is_last)
        self.open += 1
        try:
            return await attempt.run(lambda connection: opening.send(connection, attempt))
        finally:
            self.open -= 1
            if opening.close():
                self.unread += 1


class _Opening:
    """One request for a WebSocket, and what comes of it."""

    def __init__(self, head: bytes, deliver: Deliver, services: Services, breaker: Breaker) -> None:
        self._head = head
        self._deliver = deliver
        self._services = services
        self._breaker = breaker
        self._connection: Connection
        self._relay: Relay | None = None
        self._pump: asyncio.Task[None] | None = None

    def send(self, connection: Connection, attempt: Attempt) -> None:
        self._connection = connection
        connection.begin(self._head, attempt)

    def deliver(self, attempt: Attempt, status: int, headers: Headers) -> Delivery:
        """The relay after 101; any other answer is delivered like one to any other call."""
        if status != SWITCHED:
            return self._deliver(attempt, status, headers)
        if (header(headers, b"upgrade") or b"").lower() != b"websocket":
            return UnwantedDelivery(attempt, "bad_response")
        exchange, now = attempt.exchange, self._services.clock.monotonic()
        attempt.first_output(now)
        exchange.status, exchange.target = status, attempt.target
        exchange.ttft_ms = (now - exchange.started) * 1e3
        spending = take_spending(exchange, self._services)
        relay = self._relay = Relay(
            attempt, self._connection, self._services, spending, self._breaker
        )
        exchange.response.switch(
            [*answers.passed_on(headers), *_SWITCHED], more=answers.ours(exchange)
        )
        relay.open()
        self._pump = self._services.tasks.spawn(relay.pump(), name="websocket")
        return relay

    def close(self) -> str:
        """It is over; why it was not read to the end, where it was not."""
        if self._pump is not None:
            self._pump.cancel()
        return self._relay.unread if self._relay is not None else ""


_SWITCHED: Headers = [(b"connection", b"Upgrade"), (b"upgrade", b"websocket")]
