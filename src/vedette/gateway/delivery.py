"""What is done with a provider's answer: hold it whole, listen to a stream, or pass it on."""

from vedette.dialects.reading import Unreadable, decode
from vedette.dialects.registry import framing_of
from vedette.gateway import answers
from vedette.gateway.attempt import Attempt, Delivery, Failure
from vedette.gateway.encoding import decoded
from vedette.gateway.services import Services
from vedette.gateway.streaming import StreamDelivery
from vedette.gateway.tail import Tail
from vedette.gateway.translation import ChatTranslation
from vedette.gateway.waits import Headers
from vedette.http1.client import UpstreamError

WHOLE_BYTES = 8_388_608
"""Larger JSON answers are passed on as they come, without a cost header."""
_UNPACKED_BYTES = 67_108_864


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
        framing = framing_of(content_type, dialect=exchange.wire, stream=exchange.stream)
        if exchange.response.started and status < 300 and framing is None:
            # Somebody else began this answer as a stream: it can only go on as one.
            return UnwantedDelivery(attempt)
        if status < 300 and framing is not None:
            # We asked for plain events: a coding that comes all the same is the client's to read.
            if exchange.content_encoding in _PLAIN:
                return StreamDelivery(attempt, headers, self._services)
        elif status < 400 and exchange.endpoint.dialect and content_type.startswith(b"text/html"):
            return UnwantedDelivery(attempt)
        elif (
            status >= 400
            or content_type.startswith(b"application/json")
            or (
                # Servers of one's own do not always say what it is.
                status == 200 and exchange.endpoint.dialect and not exchange.stream
            )
        ):
            if length is None or length <= WHOLE_BYTES or exchange.translates:
                return WholeDelivery(attempt, headers, self._services)
        if exchange.translates or not attempt.claim():
            return UnwantedDelivery(attempt)
        return PassingDelivery(attempt, headers, self._services, length=length)


_NO_JSON = "The provider's answer is empty or broke off."
_NO_OBJECT = "The provider's answer is not a JSON object."
_FRAMING = frozenset({b"content-length", b"transfer-encoding"})
_PLAIN = frozenset({b"", b"identity"})
_REQUEST_IDS = {
    b"x-request-id", b"request-id", b"x-ms-request-id", b"apim-request-id", b"x-amzn-requestid",
}  # fmt: skip
_NOTED = frozenset({b"content-type", b"content-length", b"content-encoding", *_REQUEST_IDS})


class UnwantedDelivery:
    """Something that is no answer to a call (a proxy's page): read no further."""

    def __init__(self, attempt: Attempt, code: str = "wrong_content_type") -> None:
        attempt.abort()
        attempt.finish(Failure(code=code))

    def data(self, data: bytes) -> None: ...

    def end(self) -> None: ...

    def failed(self, error: UpstreamError) -> None: ...

    def abandoned(self) -> bool:
        return False


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
        if self._size > WHOLE_BYTES and self._attempt.exchange.translates:
            self._attempt.abort()
            self._attempt.finish(Failure(code="answer_too_large"))
        elif self._size > WHOLE_BYTES:
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
                dialect=attempt.exchange.wire,
            )
            attempt.finish(failure)
            return
        exchange = attempt.exchange
        is_read = self._services.read_whole(exchange, body)
        if not is_read and self._is_no_answer(body):
            attempt.finish(Failure(code=Unreadable.code, message=_NO_JSON))
            return
        if not attempt.claim():
            return
        exchange.status = attempt.status
        exchange.target = attempt.target
        self._services.settle(exchange, attempt)
        exchange.capture.add(body)
        kept = answers.passed_on(self._headers)
        if exchange.translates:
            try:
                kept, body = self._translated(body)
            except Unreadable as error:
                attempt.finish(Failure(code=error.code, message=error.message))
                return
        elif not is_read:
            self._note_unread(body)
        exchange.response.send(attempt.status, kept, body, more=answers.ours(exchange))
        attempt.finish("delivered")

    def _is_no_answer(self, body: bytes) -> bool:
        """Whether it is empty, or broke off where neither a length nor chunks show it."""
        exchange = self._attempt.exchange
        if not body.strip():
            return bool(exchange.endpoint.dialect) or self._is_plain_json
        is_framed = any(name in _FRAMING for name, _ in self._headers)
        return self._is_plain_json and not is_framed and decode(body) is None

    @property
    def _is_plain_json(self) -> bool:
        exchange = self._attempt.exchange
        kind = exchange.content_type.partition(b";")[0].strip()
        return kind == answers.JSON[1] and exchange.content_encoding in _PLAIN

    def _note_unread(self, body: bytes) -> None:
        """The client may make something of bytes that are no JSON object; a success they are not.
        What is under a coding that nobody asked for may be anything."""
        exchange = self._attempt.exchange
        if exchange.content_encoding in _PLAIN and not isinstance(decode(body), dict):
            exchange.fail(Unreadable.code, _NO_OBJECT, source="provider")

    def _translated(self, body: bytes) -> tuple[Headers, bytes]:
        exchange = self._attempt.exchange
        translation = exchange.translation
        assert translation is not None
        if exchange.content_encoding:
            body = decoded(body, exchange.content_encoding, limit=_UNPACKED_BYTES)
        if exchange.stream and isinstance(translation, ChatTranslation):
            # Asked for a stream, the provider gave all of it at once.
            events = translation.stream(translation.read(exchange.wire, body))
            return answers.translated(self._headers, translation.stream_type, stream=True), events
        answer = translation.answer(exchange.wire, body)
        return answers.translated(self._headers, answers.JSON[1]), answer

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
