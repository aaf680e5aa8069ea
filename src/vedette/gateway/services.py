"""What every exchange of a worker shares, and the money side of an answer."""

from collections.abc import Callable
from dataclasses import dataclass, field

from vedette.clock import Clock
from vedette.costs.counters import Counters
from vedette.costs.own_prices import OwnPrices
from vedette.costs.prices import Price, PriceIndex
from vedette.dialects.openai_answer_head import AnswerHead, peek_answer
from vedette.dialects.registry import CODECS
from vedette.gateway.attempt import Attempt
from vedette.gateway.breaker import Breaker
from vedette.gateway.directory import Target
from vedette.gateway.encoding import decoded
from vedette.gateway.exchange import Capture, Exchange
from vedette.gateway.tiers import MARK, find_tier
from vedette.gateway.tokens import Tokens
from vedette.http1.deadlines import Deadlines
from vedette.model.exchange import UNPRICED, makes_answer
from vedette.model.usage import Usage
from vedette.tasks import Tasks


@dataclass(slots=True)
class Services:
    """Made once per worker."""

    clock: Clock
    deadlines: Deadlines
    tasks: Tasks
    prices: PriceIndex
    tee_breaker: Breaker
    answer_breaker: Breaker
    price_breaker: Breaker
    tokens: Tokens
    max_body_bytes: int = 262_144
    own_prices: OwnPrices = field(default_factory=lambda: OwnPrices(()))
    """Replaced as a whole on reload."""
    counters: Counters = field(default_factory=Counters.private)
    """What is used of limits and budgets."""

    def new_capture(self, exchange: Exchange) -> Capture:
        """An empty capture of the size that the exchange's capture mode allows."""
        return Capture(self.most_captured(exchange))

    def most_captured(self, exchange: Exchange) -> int:
        """Bytes of an answer that are kept for the record."""
        return 0 if exchange.capture_mode == "none" else self.max_body_bytes

    def read_whole(self, exchange: Exchange, body: bytes) -> bool:
        """Read usage, model and finish reason off a whole answer; False where it cannot be read."""
        codec = CODECS.get(exchange.wire)
        if codec is None:
            self._read_usage(exchange, body)
            return True
        head = self._peek(exchange, body, codec.peek_answer)
        if head is not None:
            exchange.usage = head.usage
            if MARK in body:
                exchange.tier = find_tier(body)
            exchange.response_model = head.model
            exchange.response_id = head.id
            exchange.finish_reason = head.finish_reason
        return head is not None

    def _read_usage(self, exchange: Exchange, body: bytes) -> None:
        """The usage of a call that is passed through, such as an image; many have none."""
        request = exchange.request
        if makes_answer(request.method, request.path):
            head = self._peek(exchange, body, peek_answer)
            if head is not None and head.usage is not None:
                exchange.usage, exchange.response_model = head.usage, head.model

    def _peek(
        self, exchange: Exchange, body: bytes, read: Callable[[bytes], AnswerHead]
    ) -> AnswerHead | None:
        if exchange.content_encoding:
            read = _Unpacked(exchange.content_encoding, read)
        return self.answer_breaker.call(read, body, None)

    def settle(self, exchange: Exchange, attempt: Attempt) -> None:
        """Price the answer and take the gateway's own share of the time."""
        self.note_share(exchange, attempt)
        if exchange.usage is not None:
            self.price_breaker.call(self._price, exchange, None)

    def note_share(self, exchange: Exchange, attempt: Attempt) -> None:
        """Take the gateway's own share of the time."""
        now = self.clock.monotonic()
        total = now - exchange.started
        exchange.overhead_ms = (total - exchange.upstream_s - attempt.elapsed(now)) * 1e3

    def add(self, exchange: Exchange, usage: Usage) -> int | None:
        """Price one more answer of the same call, and add it to those before; its cost alone."""
        before, cost = exchange.usage, exchange.cost_nano_usd
        exchange.usage, exchange.cost_nano_usd = usage, None
        self.price_breaker.call(self._price, exchange, None)
        own = exchange.cost_nano_usd
        if before is not None:
            exchange.usage = before.plus(usage)
        if cost is not None:
            exchange.cost_nano_usd = cost + (own or 0)
        return own

    def _price(self, exchange: Exchange) -> None:
        target = exchange.target
        if target is None or exchange.usage is None:
            return
        if exchange.tier:
            exchange.note("vedette.service_tier", exchange.tier)
        provider = target.upstream.settings.price_provider
        at_ns = exchange.started_ns
        requested = target.model or exchange.requested_model
        if self.own_prices and self._price_as_told(exchange, target.upstream.name, requested):
            return
        for model in (exchange.response_model, requested):
            price = self.prices.price(provider, model, at_ns, exchange.tier) if model else None
            if price is not None:
                _charge(exchange, exchange.usage, price, self.prices.version)
                return

    def estimate(self, target: Target, usage: Usage) -> int | None:
        """What this usage would cost at a target now, nano-USD; None where that is not known."""
        now_ns, upstream = self.clock.now_ns(), target.upstream
        price = self.own_prices.price(upstream.name, target.model, now_ns) or self.prices.price(
            upstream.settings.price_provider, target.model, now_ns
        )
        return None if price is None else price.cost_nano_usd(usage)

    def _price_as_told(self, exchange: Exchange, provider: str, requested: str) -> bool:
        """By the user's own price; False where there is none for this model."""
        assert exchange.usage is not None
        for model in (requested, exchange.response_model):
            price = self.own_prices.price(provider, model, exchange.started_ns)
            if price is not None:
                _charge(exchange, exchange.usage, price, "configured")
                return True
        return False


def _charge(exchange: Exchange, usage: Usage, price: Price, version: str) -> None:
    exchange.cost_nano_usd = price.cost_nano_usd(usage)
    exchange.price_version = version
    if (usage.web_searches or usage.file_searches) and (unpriced := price.unpriced_of(usage)):
        exchange.note(UNPRICED, ",".join(unpriced))


class _Unpacked:
    """A reader for bodies under a content coding."""

    def __init__(self, coding: bytes, read: Callable[[bytes], AnswerHead]) -> None:
        self._coding = coding
        self._read = read

    def __call__(self, body: bytes) -> AnswerHead:
        limit = 20 * len(body) + 1_048_576
        return self._read(decoded(body, self._coding, limit=limit))
