"""What is done with a provider's answer: hold it whole, listen to a stream, or pass it on."""

from types import ModuleType

from vedette.gateway import answers
from vedette.gateway.attempt import Attempt, Delivery, Failure, Headers
from vedette.gateway.codecs import CODECS
from vedette.gateway.services import Services, estimate
from vedette.gateway.tail import Tail
from vedette.gateway.tee import Tee
from vedette.http1.client import UpstreamError

WHOLE_BYTES = 8_388_608
"""Larger JSON answers are passed on as they come, without a cost header."""
HELD_BYTES = 262_144
"""A preamble larger than this is sent on, and the attempt with it."""


class Deliverer:
    """Chooses the delivery by the head of the answer."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def __call__(self, attempt: Attempt, status: int, headers: Headers) -> Delivery:
        exchange = attempt.exchange
        content_type = length = b""
        exchange.content_encoding = b""
        for name, value in headers:
            if name not in _NOTED:
                continue
            if name == b"content-type":
                content_type = value.lower()
            elif name == b"content-length":
                length = value
            elif name == b"content-encoding":
                exchange.content_encoding = value
            else:
                attempt.provider_request_id = value[:200].decode("latin-1")
        exchange.content_type = content_type
        if exchange.attempts:
            exchange.capture = self._services.new_capture(exchange)
        return self._choose(attempt, status, headers, int(length) if length else None)

    def _choose(
        self, attempt: Attempt, status: int, headers: Headers, length: int | None
    ) -> Delivery:
        exchange = attempt.exchange
        content_type = exchange.content_type
        if status < 300 and content_type.startswith(b"text/event-stream"):
            # We asked for plain events: a coding that comes all the same is the client's to read.
            if exchange.content_encoding in _PLAIN:
                return StreamDelivery(attempt, headers, self._services)
        elif status >= 400 or content_type.startswith(b"application/json"):
            if length is None or length <= WHOLE_BYTES:
                return WholeDelivery(attempt, headers, self._services)
        return PassingDelivery(attempt, headers, self._services, length=length)


_PLAIN = frozenset({b"", b"identity"})
_REQUEST_IDS = {b"x-request-id", b"request-id", b"x-ms-request-id", b"apim-request-id"}
_NOTED = frozenset({b"content-type", b"content-length", b"content-encoding", *_REQUEST_IDS})


class WholeDelivery:
    """A body small enough to hold: sent in one write, with its cost in the head.

    Since nothing was sent before, a body that breaks off is a failure like any other.
    """

    __slots__ = ("_attempt", "_headers", "_parts", "_passing", "_services", "_size")

    def __init__(self, attempt: Attempt, headers: Headers, services: Services) -> None:
        self._attempt = attempt
        self._headers = headers
        self._services = services
        self._parts: list[bytes] = []
        self._size = 0
        self._passing: PassingDelivery | None = None

    def data(self, data: bytes) -> None:
        if self._passing is not None:
            self._passing.data(data)
            return
        self._parts.append(data)
        self._size += len(data)
        if self._size > WHOLE_BYTES:
            # No length was given and it grows: pass it on from here.
            self._passing = PassingDelivery(
                self._attempt, self._headers, self._services, length=None
            )
            self._passing.data(b"".join(self._parts))
            self._parts.clear()
        else:
            self._attempt.touch(self._services.clock.monotonic())

    def end(self) -> None:
        if self._passing is not None:
            self._passing.end()
            return
        attempt = self._attempt
        body = self._parts[0] if len(self._parts) == 1 else b"".join(self._parts)
        if attempt.status >= 400:
            failure = Failure(
                code=f"http_{attempt.status}",
                status=attempt.status,
                headers=self._headers,
                body=body,
            )
            attempt.finish(failure)
            return
        exchange = attempt.exchange
        exchange.status = attempt.status
        exchange.target = attempt.target
        self._services.read_whole(exchange, body)
        self._services.settle(exchange, attempt)
        exchange.capture.add(body)
        kept = answers.passed_on(self._headers)
        exchange.response.send(attempt.status, kept, body, more=answers.ours(exchange))
        attempt.finish("delivered")

    def failed(self, error: UpstreamError) -> None:
        if self._passing is not None:
            self._passing.failed(error)
        else:
            self._attempt.finish(Failure(code=error.code))

    def abandoned(self) -> bool:
        return False


class PassingDelivery:
    """A body of any size or kind: each piece goes on as it comes."""

    __slots__ = ("_attempt", "_clock", "_services", "_tail")

    def __init__(
        self, attempt: Attempt, headers: Headers, services: Services, *, length: int | None
    ) -> None:
        self._attempt = attempt
        self._clock = services.clock
        self._services = services
        exchange = attempt.exchange
        self._tail = Tail() if exchange.content_type.startswith(b"application/json") else None
        exchange.status = attempt.status
        exchange.target = attempt.target
        response = exchange.response
        response.on_pause = attempt.pause_reading
        response.on_resume = attempt.resume_reading
        kept = answers.passed_on(headers)
        response.start(attempt.status, kept, length=length, more=answers.ours(exchange))

    def data(self, data: bytes) -> None:
        attempt = self._attempt
        exchange = attempt.exchange
        attempt.touch(self._clock.monotonic())
        exchange.capture.add(data)
        if self._tail is not None:
            self._tail.add(data)
        exchange.response.write(data)

    def end(self) -> None:
        exchange = self._attempt.exchange
        usage = self._tail.usage() if self._tail is not None else None
        if usage is not None and exchange.content_encoding in _PLAIN:
            self._services.read_whole(exchange, usage)
        self._services.settle(exchange, self._attempt)
        exchange.response.end()
        self._attempt.finish("delivered")

    def failed(self, error: UpstreamError) -> None:
        exchange = self._attempt.exchange
        exchange.fail(error.code, "the provider's answer broke off", source="provider")
        exchange.response.abort()
        self._attempt.finish("broken")

    def abandoned(self) -> bool:
        return False


class StreamDelivery:
    """Server-sent events: read on the way, passed on chunk by chunk.

    While another attempt could follow, the preamble (everything before the first output) is
    held, so that a target that never gets to its first token can be replaced unseen. With the
    first output the answer is committed.
    """

    __slots__ = ("_attempt", "_clock", "_committed", "_exchange", "_headers", "_held", "_held_size",
                 "_services", "_tee")  # fmt: skip

    def __init__(self, attempt: Attempt, headers: Headers, services: Services) -> None:
        self._attempt = attempt
        self._exchange = exchange = attempt.exchange
        self._headers = headers
        self._services = services
        self._clock = services.clock
        self._held: list[bytes] = []
        self._held_size = 0
        self._committed = False
        self._tee = self._listener(CODECS.get(exchange.endpoint.dialect))
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
        else:
            waiting = not tee.has_output
            out = tee.feed(data)
            if waiting:
                self._wait_for_token(now)
            else:
                attempt.touch(now)
        self._exchange.capture.add(data)
        if self._committed:
            if out:
                self._exchange.response.write(out)
        else:
            self._hold(out)

    def end(self) -> None:
        attempt, tee, exchange = self._attempt, self._tee, self._exchange
        rest = tee.close() if tee is not None else b""
        if tee is not None and not tee.is_complete:
            code = tee.error_type or "stream_error" if tee.error else "stream_incomplete"
            self._break(code, tell_client=not tee.error)
            return
        if not self._committed:
            self._commit()
        if rest:
            exchange.response.write(rest)
        self._note()
        exchange.response.end()
        attempt.finish("delivered")

    def failed(self, error: UpstreamError) -> None:
        tee = self._tee
        # Some providers reset the connection after their last event: the answer was whole.
        if tee is not None and tee.ended and not tee.error:
            self.end()
        else:
            self._break(error.code, tell_client=True)

    def abandoned(self) -> bool:
        """The client left: note what it got, and whether that was all of it."""
        self._note()
        tee = self._tee
        return self._committed and tee is not None and tee.ended and not tee.error

    def _listener(self, codec: ModuleType | None) -> Tee | None:
        exchange = self._exchange
        if codec is None or not hasattr(codec, "StreamReader"):
            return None
        strip = None
        if exchange.strips_usage:
            strip = codec.strip_usage
        return Tee(codec, strip, self._services.tee_breaker)

    def _wait_for_token(self, now: float) -> None:
        attempt, tee, exchange = self._attempt, self._tee, self._exchange
        assert tee is not None
        if tee.has_output:
            exchange.ttft_ms = (now - exchange.started) * 1e3
            attempt.touch(now)
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
        self._committed = True
        attempt, exchange = self._attempt, self._exchange
        exchange.status = attempt.status
        exchange.target = attempt.target
        response = exchange.response
        response.on_pause = attempt.pause_reading
        response.on_resume = attempt.resume_reading
        kept = answers.passed_on(self._headers, stream=True)
        response.start(attempt.status, kept, more=answers.ours(exchange))
        if self._held:
            held = b"".join(self._held)
            self._held.clear()
            response.write(held)

    def _break(self, code: str, *, tell_client: bool) -> None:
        """The answer is not whole: another attempt if nothing was sent, else an honest end."""
        attempt, exchange, tee = self._attempt, self._exchange, self._tee
        attempt.abort()
        if not self._committed:
            attempt.finish(Failure(code=code, message=tee.error if tee is not None else ""))
            return
        self._note()
        exchange.fail(code, "the provider's answer broke off", source="provider")
        if tee is None:
            exchange.response.abort()
        else:
            if tell_client:
                event = answers.broken_event(
                    exchange.endpoint.dialect, code, inside_event=tee.inside_event
                )
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
            if exchange.usage is None and tee.outputs:
                exchange.usage = estimate(exchange.request_bytes, tee.outputs)
        self._services.settle(exchange, self._attempt)
