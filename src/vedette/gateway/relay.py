"""An open WebSocket between a client and a provider.

Bytes pass as they come, both ways, each way as fast as its receiver takes them. Beside that the
frames are read, for the record; where they are nonsense the reading of that direction ends and the
bytes go on. It ends in one of these ways:

| what happens | the other side gets | the span says |
|---|---|---|
| the provider closes | the rest, then a close | nothing, or `closed_early` without a close frame |
| the provider's connection breaks | a reset | `reset` |
| the client closes or breaks off | the rest, then a close | nothing, or 499 without a close frame |
| silence for `websocket_idle_s` | a close frame, as the client | `idle_timeout` |
| `websocket_total_s` are over | a close frame, as the client | `total_timeout` |
| a budget that blocks is used up | a close frame, as the client | `insufficient_quota` |
| the gateway stops | a close frame, as the client | `shutting_down` |

A close frame of ours goes only between two frames: into one it would be read as part of it.
"""

import math
from collections.abc import Callable
from contextlib import suppress

import msgspec

from vedette.dialects.openai_realtime import NAME
from vedette.gateway.attempt import Attempt, Outcome
from vedette.gateway.breaker import Breaker
from vedette.gateway.hearing import MESSAGE_BYTES, Hearing
from vedette.gateway.services import Services
from vedette.gateway.spending import Spending
from vedette.http1.body import ClientGone
from vedette.http1.client import Connection, UpstreamError
from vedette.http1.refusals import STOPPED
from vedette.http1.websocket import BadFrame, FrameReader, close_frame

_GOING_AWAY = 1001
_POLICY = 1008
_ABNORMAL = 1006
"""Never sent: there was no close frame (RFC 6455, section 7.1.5)."""


class Direction:
    """What passes one way, counted and read."""

    __slots__ = ("_breaker", "bytes", "frames", "unread")

    def __init__(
        self, heard: Callable[[bytes], None], breaker: Breaker, *, is_masked: bool
    ) -> None:
        self.bytes = 0
        self.unread = ""
        """Why it is read no longer; empty while it is."""
        self._breaker = breaker

        def hear(message: bytes) -> None:
            breaker.call(heard, message, None)

        self.frames = FrameReader(hear, is_masked=is_masked, most_bytes=MESSAGE_BYTES)

    def read(self, data: bytes) -> None:
        """Read what has passed."""
        self.bytes += len(data)
        if not self.unread:
            try:
                self.frames.feed(data)
            except BadFrame as error:
                self.unread = str(error)

    @property
    def may_close(self) -> bool:
        """Whether a close frame may follow what has passed."""
        return not self.unread and self.frames.is_between


class Relay:
    """Passes on what both sides say, from the provider's 101 to the end. The delivery of an
    attempt, and watched by the ticker."""

    def __init__(
        self, attempt: Attempt, connection: Connection, services: Services, spending: Spending,
        breaker: Breaker,
    ) -> None:  # fmt: skip
        exchange = attempt.exchange
        self.deadline = math.inf
        self._attempt = attempt
        self._exchange = exchange
        self._connection = connection
        self._services = services
        self._clock = services.clock
        self._hearing = Hearing(exchange, services, spending)
        self._asked = Direction(self._hearing.asked, breaker, is_masked=True)
        self._answered = Direction(self._hearing.answered, breaker, is_masked=False)
        self._closed_by = ""
        self._our_code = 0
        timeouts = attempt.target.timeouts
        self._idle_s = timeouts.websocket_idle_s
        self._total_at = self._clock.monotonic() + timeouts.websocket_total_s
        self._is_open = True

    def open(self) -> None:
        """Take over both connections; the client has its 101."""
        exchange, connection, body = self._exchange, self._connection, self._exchange.request.body
        response = exchange.response
        response.on_pause, response.on_resume = connection.pause_reading, connection.resume_reading
        response.on_lost = self._client_left
        connection.on_pause, connection.on_resume = body.pause, body.resume
        exchange.on_gone = None
        self._attempt.deadline = math.inf
        self._touch()
        self._services.deadlines.add(self)

    async def pump(self) -> None:
        """Pass on what the client says, until it leaves."""
        # That it is gone `on_lost` has said already.
        with suppress(ClientGone):
            await self._exchange.request.body.forward(self._from_client)

    # The attempt calls these.

    def data(self, data: bytes) -> None:
        """The provider says something."""
        exchange = self._exchange
        if not self._answered.bytes:
            exchange.ttft_ms = (self._clock.monotonic() - exchange.started) * 1e3
        exchange.response.write(data)
        self._touch()
        self._read(self._answered, data, "provider")
        if self._hearing.is_spent and self._answered.may_close:
            exchange.fail("insufficient_quota", "a budget was used up", source="gateway")
            self._say_goodbye("insufficient_quota", _POLICY)
            self._finish("delivered")

    def end(self) -> None:
        """The provider has closed its connection."""
        if not self._is_open:
            return
        self._note_end("provider")
        self._exchange.response.end()
        if self._was_closed:
            self._finish("delivered")
        else:
            self._fail("closed_early", "the provider closed the connection without a close frame")
            self._finish("broken")

    def failed(self, error: UpstreamError) -> None:
        """The provider's connection broke."""
        if not self._is_open:
            return
        self._note_end("provider")
        self._exchange.response.abort()
        self._fail(error.code, "the provider's connection broke")
        self._finish("broken")

    def abandoned(self) -> bool:
        return False

    # The ticker calls this.

    def expired(self) -> None:
        code = "total_timeout" if self._clock.monotonic() >= self._total_at else "idle_timeout"
        self._exchange.fail(code, f"the WebSocket was closed: {code}", source="gateway")
        self._say_goodbye(code)
        self._finish("delivered")

    def _from_client(self, data: bytes) -> None:
        self._connection.write(data)
        self._touch()
        self._read(self._asked, data, "client")

    def _client_left(self) -> None:
        """The client's connection has ended; or ours is to end, where the server says so."""
        if not self._is_open:
            return
        if self._exchange.response.refused == STOPPED:
            self._say_goodbye("shutting_down")
            self._finish("gone")
            return
        self._note_end("client")
        self._connection.close()
        self._exchange.gone = not self._was_closed
        self._finish("delivered" if self._was_closed else "gone")

    def _say_goodbye(self, reason: str, code: int = _GOING_AWAY) -> None:
        """A close frame to both sides; cut where it would stand inside another frame."""
        self._note_end("gateway")
        self._our_code = code
        response, connection = self._exchange.response, self._connection
        if self._answered.may_close:
            response.write(close_frame(code, reason))
            response.end()
        else:
            response.abort()
        if self._asked.may_close:
            mask = bytes.fromhex(self._clock.span_id()[:8])
            connection.write(close_frame(code, reason, mask=mask))
        connection.close()

    def _read(self, direction: Direction, data: bytes, side: str) -> None:
        direction.read(data)
        if direction.frames.close_code and not self._closed_by:
            self._closed_by = side

    def _touch(self) -> None:
        self.deadline = min(self._clock.monotonic() + self._idle_s, self._total_at)

    @property
    def _was_closed(self) -> bool:
        """Whether one side has closed the WebSocket as it should be."""
        return bool(self._asked.frames.close_code or self._answered.frames.close_code)

    def _fail(self, code: str, message: str) -> None:
        self._exchange.fail(code, message, source="provider")

    def _note_end(self, side: str) -> None:
        self._closed_by = self._closed_by or side

    @property
    def unread(self) -> str:
        """Why one of both directions was not read to its end."""
        return self._asked.unread or self._answered.unread

    def _finish(self, outcome: Outcome) -> None:
        self._is_open = False
        self.deadline = math.inf
        self._services.deadlines.discard(self)
        self._hearing.close()
        self._tell()
        self._services.note_share(self._exchange, self._attempt)
        self._attempt.finish(outcome)

    def _tell(self) -> None:
        """What the span says of it."""
        exchange, asked, answered = self._exchange, self._asked, self._answered
        exchange.endpoint = msgspec.structs.replace(exchange.endpoint, dialect=NAME)
        exchange.content_type = _LINES
        code = asked.frames.close_code or answered.frames.close_code
        if self._closed_by == "gateway":
            code = self._our_code
        told = {
            "sent_bytes": asked.bytes, "sent_messages": asked.frames.messages,
            "received_bytes": answered.bytes, "received_messages": answered.frames.messages,
        }  # fmt: skip
        for name, count in told.items():
            exchange.note(f"vedette.websocket.{name}", str(count))
        if too_long := asked.frames.skipped + answered.frames.skipped:
            exchange.note("vedette.websocket.too_long", str(too_long))
        exchange.note("vedette.websocket.close_code", str(code or _ABNORMAL))
        exchange.note("vedette.websocket.closed_by", self._closed_by)
        if self.unread:
            exchange.note("vedette.websocket.unread", self.unread)


_LINES = b"application/x-ndjson"
