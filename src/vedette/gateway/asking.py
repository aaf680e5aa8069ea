"""One attempt at one target: what is sent, with which credential, and whether to ask once more.

Asking once more, at the same target and at once, is no retry: the provider refused a credential
while there is another one, or the form in which a broken answer was to be gone on with.
"""

from collections.abc import Coroutine
from typing import Any

from vedette.dialects.contract import Unsupported
from vedette.dialects.openai_head import add_include_usage, wants_usage
from vedette.dialects.registry import CODECS
from vedette.dialects.signatures import SEALED
from vedette.dialects.splice import replace_model
from vedette.gateway.admission import Gate, ProviderBusy
from vedette.gateway.attempt import Attempt, Deliver, Failure, Outcome
from vedette.gateway.codecs import ASKS_FOR_USAGE
from vedette.gateway.directory import Target
from vedette.gateway.exchange import Exchange
from vedette.gateway.hedging import SILENCE_S, SilenceWatch
from vedette.gateway.keys import ROTATES
from vedette.gateway.outgoing import provider_head
from vedette.gateway.services import Services
from vedette.gateway.tokens import TokenUnavailable
from vedette.gateway.translation import translation_of
from vedette.gateway.waits import header, retry_after


class Asker:
    """Made once per worker."""

    def __init__(self, services: Services, deliver: Deliver, silence: SilenceWatch) -> None:
        self._services = services
        self._deliver = deliver
        self._silence = silence

    async def __call__(self, exchange: Exchange, target: Target, *, is_last: bool) -> Outcome:
        """Ask the target and see its answer through."""
        gate = target.upstream.gate
        while True:
            if gate is None:
                outcome = await self._once(exchange, target, is_last)
            else:
                outcome = await self._admitted(gate, exchange, target, is_last)
            if not isinstance(outcome, Failure) or not outcome.status:
                return outcome
            _note_delay(outcome)
            if not self._may_ask_once_more(exchange, target, outcome):
                return self._told(target, outcome)

    async def _once(self, exchange: Exchange, target: Target, is_last: bool) -> Outcome:
        services, upstream = self._services, target.upstream
        try:
            body = body_for(exchange, target)
            if upstream.adapt_body is not None and body:
                body = upstream.adapt_body(exchange.wire, body)
        except Unsupported as error:
            # Another target may be able to express it.
            return Failure(code=error.code, error=error)
        wait_s = self._turn_s(exchange, target)
        if wait_s > 0:
            exchange.note("vedette.provider.waited_ms", f"{wait_s * 1e3:.0f}")
            await exchange.pause(wait_s)
        if exchange.gone:
            return "gone"
        token = None
        if upstream.needs_token:
            try:
                token = await services.tokens.header(upstream.ring.providers[exchange.key])
            except TokenUnavailable as error:
                return Failure(code=error.code, error=error)
        return await self._send(exchange, target, body, token, is_last)

    def _send(
        self, exchange: Exchange, target: Target, body: bytes,
        token: tuple[bytes, bytes] | None, is_last: bool,
    ) -> Coroutine[Any, Any, Outcome]:  # fmt: skip
        services = self._services
        head = provider_head(
            exchange,
            target,
            body,
            keeps_key=exchange.keeps_key,
            now_s=services.clock.now_ns() / 1e9,
            token=token,
        )
        attempt = Attempt(exchange, target, self._deliver, services.deadlines, not is_last)
        plan = exchange.plan
        if not is_last and len(plan.targets) > 1 and plan.hedge_after_s is None:
            attempt.watch_silence(SILENCE_S, self._silence)
        return attempt.run(lambda connection: connection.send(head, body, attempt))

    def _turn_s(self, exchange: Exchange, target: Target) -> float:
        """Choose a key; how long to wait where the provider's limits are used up."""
        now, quotas = self._services.clock.monotonic(), target.health.quotas
        exchange.key = key = target.upstream.ring.pick(now, quotas)
        return quotas[key].turn_s(now) if quotas else 0.0

    async def _admitted(
        self, gate: Gate, exchange: Exchange, target: Target, is_last: bool
    ) -> Outcome:
        """The same, but for a place at a provider that has only so many."""
        try:
            if not await gate.enter(exchange):
                return "gone"
        except ProviderBusy as error:
            return Failure(code=error.code, error=error)
        try:
            return await self._once(exchange, target, is_last)
        finally:
            gate.leave()

    def _may_ask_once_more(self, exchange: Exchange, target: Target, failure: Failure) -> bool:
        if exchange.gone:
            return False
        if exchange.recovery is not None and exchange.recovery.refused(failure.status):
            return True
        if failure.status not in ROTATES:
            return False
        clock = self._services.clock
        wait_s = retry_after(failure.headers, clock.now_ns() / 1e9)
        ring, now, quotas = target.upstream.ring, clock.monotonic(), target.health.quotas
        if wait_s is not None and failure.status == 429 and len(quotas) > 1:
            # The other workers should not have to ask, too.
            quotas[exchange.key].refused(now, wait_s)
        return ring.refused(exchange.key, failure.status, now, wait_s)

    @staticmethod
    def _told(target: Target, failure: Failure) -> Failure:
        """What the client hears; of our own keys, all refused, that they are ours."""
        if failure.status not in _UNAUTHORIZED or len(target.upstream.ring.providers) == 1:
            return failure
        return Failure(
            code="upstream_credentials_exhausted",
            message=f"The provider {target.upstream.name!r} refused every key that is configured.",
        )


_UNAUTHORIZED = frozenset({401, 403})


def body_for(exchange: Exchange, target: Target) -> bytes:
    """What the provider is sent: a translation where it speaks another dialect than the client,
    else the original bytes, with `model` replaced and usage asked for where that is needed."""
    dialect = exchange.endpoint.dialect
    exchange.wire = target.upstream.wire(dialect) if dialect else ""
    if exchange.recovery is not None and exchange.recovery.is_active:
        return exchange.recovery.request(target, exchange.wire)
    if exchange.wire != dialect:
        model = target.model or exchange.requested_model
        exchange.strips_usage = False
        translation = translation_of(exchange)
        body = translation.request(exchange.wire, model)
        exchange.note("vedette.provider.dialect", exchange.wire)
        if translation.dropped:
            exchange.note("vedette.dropped", ",".join(translation.dropped))
        return body
    head = exchange.head
    exchange.strips_usage = asks = (
        head is not None
        and exchange.stream
        and dialect in ASKS_FOR_USAGE
        and target.upstream.settings.stream_usage
        and not wants_usage(head)
    )
    body = exchange.body
    if SEALED.search(body) is not None:
        # Thoughts that another provider signed came back in this dialect: it would refuse them.
        return translation_of(exchange).request(
            exchange.wire, target.model or exchange.requested_model
        )
    named = head.model if head is not None else ""
    if named and target.model and target.model != named:
        body = replace_model(body, target.model, current=named)
    if asks and head is not None:
        body = add_include_usage(body, head)
    return body


def _note_delay(failure: Failure) -> None:
    """Some dialects say in the body how long to wait."""
    delay = getattr(CODECS.get(failure.dialect), "retry_delay_s", None)
    if delay is None or header(failure.headers, b"retry-after") is not None:
        return
    seconds = delay(failure.body)
    if seconds:
        failure.headers = [*failure.headers, (b"retry-after", b"%d" % max(1, round(seconds)))]
