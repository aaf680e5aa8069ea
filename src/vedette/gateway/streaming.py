"""A streamed answer on its way to the client."""

from types import ModuleType

from vedette.dialects.framing import SSEReader
from vedette.dialects.registry import CODECS, framing_of
from vedette.gateway import answers
from vedette.gateway.attempt import Attempt, Failure
from vedette.gateway.counting import estimate
from vedette.gateway.exchange import Exchange
from vedette.gateway.recovery import Recovery
from vedette.gateway.services import Services
from vedette.gateway.tee import Tee
from vedette.gateway.translating import ContinuingTee, ShadowedTee, TranslatingTee
from vedette.gateway.translation import ChatTranslation, translation_of
from vedette.gateway.waits import Headers
from vedette.http1.client import UpstreamError

HELD_BYTES = 262_144
"""A preamble larger than this is sent on, and the attempt with it."""
LATE_CHUNKS = 24
"""So many chunks may have passed before they are read. Each that is read by itself finds the
reader's code and tables gone from the processor's caches; these share the way there."""
_LARGE = 2048
"""Bytes of a chunk that is read at once: what waits to be read stays small."""


class StreamDelivery:
    """Server-sent events: read on the way, passed on chunk by chunk.

    While another attempt could follow, the preamble (everything before the first output) is
    held, so that a target that never gets to its first token can be replaced unseen. With the
    first output the answer is committed. From then on the bytes of an answer that is not written
    anew go on unread, and are read a few chunks later: nothing the client gets depends on it.
    """

    __slots__ = ("_attempt", "_clock", "_committed", "_exchange", "_headers", "_held", "_held_size",
                 "_late", "_services", "_tee")  # fmt: skip

    def __init__(self, attempt: Attempt, headers: Headers, services: Services) -> None:
        self._attempt = attempt
        self._exchange = exchange = attempt.exchange
        self._headers = headers
        self._services = services
        self._clock = services.clock
        self._held: list[bytes] = []
        self._held_size = 0
        self._late: list[bytes] = []
        """Passed on, but not yet read."""
        self._committed = False
        self._tee = self._listener(CODECS.get(exchange.wire))
        if self._tee is not None:
            attempt.await_token(self._clock.monotonic())
        if not attempt.may_retry or self._tee is None:
            self._commit()

    def data(self, data: bytes) -> None:
        attempt, tee = self._attempt, self._tee
        now = self._clock.monotonic()
        out = data
        if tee is None:
            attempt.touch(now)
        elif tee.outputs:
            out = tee.feed(data)
            attempt.touch(now)
        else:
            out = tee.feed(data)
            self._wait_for_token(now)
        self._exchange.capture.add(data)
        if self._committed:
            if out:
                self._exchange.response.write(out)
            if tee is not None and tee.error and self._writes:
                self._break(tee.error_type or "stream_error", tell_client=True)
        else:
            self._hold(out)
        if self._committed and tee is not None and tee.outputs and tee.may_lag:
            attempt.data = self._pass_on

    def _pass_on(self, data: bytes) -> None:
        """Output whose bytes stay as they are; from the first one on this stands for `data`."""
        tee, late = self._tee, self._late
        assert tee is not None
        if not tee.passes(data, after_whole=bool(late)):
            self._catch_up()
            self.data(data)
            return
        attempt = self._attempt
        attempt.touch(self._clock.monotonic())
        self._exchange.response.write(data)
        late.append(data)
        if len(late) >= LATE_CHUNKS or len(data) > _LARGE:
            self._catch_up()

    def _catch_up(self) -> None:
        """Read what has passed."""
        tee, late = self._tee, self._late
        if late and tee is not None:
            block = b"".join(late)
            tee.follow(block, late)
            late.clear()
            self._exchange.capture.add(block)

    def end(self) -> None:
        self._catch_up()
        attempt, tee, exchange = self._attempt, self._tee, self._exchange
        rest = tee.close() if tee is not None else b""
        if tee is not None and not tee.is_complete:
            code = tee.error_type or "stream_error" if tee.error else "stream_incomplete"
            self._break(code, tell_client=not tee.error or self._writes)
            return
        if not self._committed:
            self._commit()
        if rest:
            exchange.response.write(rest)
        self._note()
        recovery = exchange.recovery
        if recovery is not None and exchange.content_type.startswith(b"text/event-stream"):
            exchange.response.write(recovery.trailer())
        exchange.response.end()
        attempt.finish("delivered")

    def failed(self, error: UpstreamError) -> None:
        self._catch_up()
        tee = self._tee
        # Some providers reset the connection after their last event: the answer was whole.
        if tee is not None and tee.ended and not tee.error:
            self.end()
        else:
            self._break(error.code, tell_client=True)

    def abandoned(self) -> bool:
        """The client left: note what it got, and whether that was all of it."""
        self._catch_up()
        self._note()
        tee = self._tee
        return self._committed and tee is not None and tee.ended and not tee.error

    def _listener(self, codec: ModuleType | None) -> Tee | None:
        exchange = self._exchange
        if codec is None or not hasattr(codec, "StreamReader"):
            return None
        framing = (
            framing_of(exchange.content_type, dialect=exchange.wire, stream=exchange.stream)
            or SSEReader
        )
        breaker, wire = self._services.tee_breaker, exchange.wire
        recovery = recovery_of(exchange)
        if recovery is not None and recovery.is_active:
            return ContinuingTee(codec, wire, breaker, framing, recovery=recovery)
        strip = codec.strip_usage if exchange.strips_usage else None
        if isinstance(exchange.translation, ChatTranslation) and exchange.translates:
            writer = recovery.writer if recovery is not None else exchange.translation.writer()
            return TranslatingTee(codec, wire, writer, breaker, framing=framing, recovery=recovery)
        if recovery is not None:
            return ShadowedTee(codec, wire, breaker, framing, recovery=recovery, strip=strip)
        return Tee(codec, strip, breaker, framing)

    @property
    def _writes(self) -> bool:
        """Whether what the client gets is written here, errors included."""
        return isinstance(self._tee, TranslatingTee)

    def _wait_for_token(self, now: float) -> None:
        attempt, tee, exchange = self._attempt, self._tee, self._exchange
        assert tee is not None
        if tee.has_output:
            recovery = exchange.recovery
            if exchange.ttft_ms is None or recovery is None or not recovery.is_active:
                exchange.ttft_ms = (now - exchange.started) * 1e3
            attempt.first_output(now)
        else:
            attempt.await_token(now)

    def _hold(self, out: bytes) -> None:
        tee = self._tee
        assert tee is not None
        self._held.append(out)
        self._held_size += len(out)
        if tee.error and not tee.has_output:
            self._break(tee.error_type or "stream_error", tell_client=False)
        elif tee.has_output or tee.finish_reason or tee.blind or self._held_size > HELD_BYTES:
            self._commit()

    def _commit(self) -> None:
        if not self._attempt.claim():
            return
        self._committed = True
        attempt, exchange = self._attempt, self._exchange
        exchange.status = attempt.status
        exchange.target = attempt.target
        response = exchange.response
        response.on_pause = attempt.pause_reading
        response.on_resume = attempt.resume_reading
        if response.started:
            # The answer goes on where another one broke off.
            if exchange.recovery is not None:
                exchange.recovery.spliced(exchange, attempt.target)
            self._release()
            return
        translation = exchange.translation
        if exchange.translates and isinstance(translation, ChatTranslation):
            kept = answers.translated(self._headers, translation.stream_type, stream=True)
        else:
            kept = answers.passed_on(self._headers, stream=True)
        response.start(attempt.status, kept, more=answers.ours(exchange))
        self._release()

    def _release(self) -> None:
        if self._held:
            held = b"".join(self._held)
            self._held.clear()
            self._exchange.response.write(held)

    def _break(self, code: str, *, tell_client: bool) -> None:
        """The answer is not whole: another attempt if nothing was sent, else an honest end."""
        attempt, exchange, tee = self._attempt, self._exchange, self._tee
        attempt.abort()
        if not self._committed:
            attempt.finish(Failure(code=code, message=tee.error if tee is not None else ""))
            return
        self._note()
        recovery = exchange.recovery
        if recovery is not None and recovery.is_possible and attempt.may_retry:
            recovery.broke(exchange, code)
            attempt.finish(Failure(code=code, message=tee.error if tee is not None else ""))
            return
        exchange.fail(code, "the provider's answer broke off", source="provider")
        if tee is None:
            exchange.response.abort()
        else:
            event = tee.fail(exchange.endpoint.dialect, code) if tell_client else b""
            if tell_client and not event:
                exchange.response.abort()
            exchange.response.write(event)
            exchange.response.end()
        attempt.finish("broken")

    def _note(self) -> None:
        """What the stream said of itself goes to the exchange."""
        tee, exchange = self._tee, self._exchange
        if tee is not None:
            exchange.finish_reason = tee.finish_reason
            exchange.response_model = tee.model
            exchange.response_id = tee.id
            exchange.usage = tee.usage
            exchange.tier = tee.tier
            if exchange.usage is None and tee.outputs:
                exchange.usage = estimate(exchange, tee.outputs)
        self._services.settle(exchange, self._attempt)
        if exchange.recovery is not None and exchange.recovery.is_active:
            exchange.recovery.settle(exchange)


def recovery_of(exchange: Exchange) -> Recovery | None:
    """What keeps step with the stream, where the route wants it and the dialect can."""
    if exchange.recovery is None and exchange.plan.on_break != "error":
        codec = CODECS.get(exchange.endpoint.dialect)
        if hasattr(codec, "StreamWriter") and hasattr(codec, "write_request"):
            translation = translation_of(exchange)
            if isinstance(translation, ChatTranslation):
                exchange.recovery = Recovery(exchange, translation)
    return exchange.recovery
