"""One try against one target.

An attempt is the receiver of its upstream connection. What happens to the answer depends on its
head (see `delivery`): a JSON body is held until it is whole, a stream is listened to and passed
on, anything else is passed on as it comes. The attempt ends in exactly one way:

- `delivered`: the client has a whole answer;
- `broken`: the client has a part, and was shown that it is one;
- `gone`: the client left first;
- `lost`: another attempt at the same answer was quicker (hedging);
- a `Failure`: nothing was sent to the client, another attempt may follow.

Deadlines: one number, moved as the phases pass (first byte, first token, idle, total), watched
by the worker's ticker.
"""

import asyncio
import math
from collections.abc import Awaitable, Callable
from typing import Literal, Protocol

import msgspec

from vedette.errors import VedetteError
from vedette.gateway.directory import Target
from vedette.gateway.exchange import Exchange
from vedette.gateway.quotas import note_quota
from vedette.gateway.sending import Sending
from vedette.gateway.waits import UNHEALTHY, Headers, retry_after
from vedette.http1.client import Connection, UpstreamError
from vedette.http1.deadlines import Deadlines
from vedette.model.exchange import Attempt as AttemptRecord


class Failure(msgspec.Struct, kw_only=True):
    """Why an attempt gave the client nothing."""

    code: str
    """`connect_refused`, `first_byte_timeout`, `http_503`, `stream_error`, ..."""
    status: int = 0
    headers: Headers = []
    body: bytes = b""
    message: str = ""
    dialect: str = ""
    """Of `body`."""
    error: VedetteError | None = None
    """Where the call could not even be made."""

    @property
    def is_timeout(self) -> bool:
        return self.code.endswith("_timeout")


End = Literal["delivered", "broken", "gone", "lost"]
Outcome = End | Failure


class Delivery(Protocol):
    """What is done with an answer as it comes in."""

    def data(self, data: bytes) -> None: ...

    def end(self) -> None: ...

    def failed(self, error: UpstreamError) -> None: ...

    def abandoned(self) -> bool:
        """The client has left and nothing more will come: did it have the whole answer?"""
        ...


Deliver = Callable[["Attempt", int, Headers], Delivery]


class Attempt:
    """Sends one request and sees its answer through."""

    __slots__ = ("_clock", "_connection", "_deadlines", "_deliver", "_delivery", "_first_byte_s",
                 "_idle_s", "_outcome", "_sending", "_silent_at", "_started", "_started_ns",
                 "_total_at", "data", "deadline", "exchange", "first_token_at", "may_retry",
                 "on_silence", "provider_request_id", "status", "target")  # fmt: skip

    def __init__(
        self, exchange: Exchange, target: Target, deliver: Deliver, deadlines: Deadlines,
        may_retry: bool,
    ) -> None:  # fmt: skip
        self.exchange = exchange
        self.target = target
        self.may_retry = may_retry
        self.status = 0
        self.provider_request_id = ""
        self.deadline = math.inf
        self.first_token_at = math.inf
        self._deliver = deliver
        self._clock = clock = deadlines.clock
        self._deadlines = deadlines
        self._idle_s = target.timeouts.idle_s
        self._connection: Connection | None = None
        self._sending: Sending | None = None
        self._delivery: Delivery | None = None
        self.data: Callable[[bytes], None] = _nowhere
        """Takes a piece of the answer's body: the delivery's own, to save a call for each piece."""
        self._outcome: asyncio.Future[Outcome] = deadlines.future()
        self._started = clock.monotonic()
        self._started_ns = clock.now_ns()
        self._total_at = exchange.started + target.timeouts.total_s
        self._silent_at = math.inf
        self.on_silence: Callable[[Attempt], None] | None = None
        """Called once when there was no output for as long as `watch_silence` says."""
        self._first_byte_s: float | None = None

    async def run(self, send: Callable[[Connection], None], *, fresh: bool = False) -> Outcome:
        """Connect, let `send` write the request, and wait for the end.

        A kept-alive connection that turns out to be closed is replaced once by a fresh one.
        `fresh` takes a new one from the start: for requests that cannot be sent twice.
        """
        self.exchange.on_gone = self._client_gone
        self.exchange.tries += 1
        if self.exchange.rivalry is not None:
            self.exchange.rivalry.enter(self)
        self.target.health.begun(self._started)
        try:
            outcome = await self._sent(send, fresh=fresh)
            if isinstance(outcome, Failure) and outcome.code == "stale":
                self._outcome = self._deadlines.future()
                outcome = await self._sent(send, fresh=True)
        except asyncio.CancelledError:
            self.abort()
            self._record("gone")
            raise
        finally:
            self.exchange.on_gone = None
            self._delivery = None
            self.data = _nowhere
            self._deadlines.discard(self)
        self._record(outcome)
        return outcome

    def _sent(self, send: Callable[[Connection], None], *, fresh: bool) -> Awaitable[Outcome]:
        """What comes of the request, which has been sent where there was a connection."""
        connection = None if fresh else self.target.upstream.pool.take()
        if connection is None:
            return self._sent_on_new(send, fresh=fresh)
        self._send(send, connection)
        return self._outcome

    async def _sent_on_new(self, send: Callable[[Connection], None], *, fresh: bool) -> Outcome:
        target = self.target
        try:
            connection = await target.upstream.pool.open(target.timeouts.connect_s, fresh=fresh)
        except UpstreamError as error:
            return Failure(code=error.code)
        if self.exchange.gone:
            connection.abort()
            return "gone"
        self._send(send, connection)
        return await self._outcome

    def _send(self, send: Callable[[Connection], None], connection: Connection) -> None:
        timeouts = self.target.timeouts
        self._connection = connection
        now = self._clock.monotonic()
        self.first_token_at = now + timeouts.first_token_s
        self.deadline = min(now + self._head_s, self._total_at, self._silent_at)
        self._deadlines.add(self)
        send(connection)

    # The receiver's side, called by the connection.

    def head(self, status: int, headers: Headers) -> None:
        """The answer's head is here: choose how to deliver it."""
        now = self._clock.monotonic()
        self.status = status
        self._first_byte_s = now - self._started
        self.touch(now)
        if self.target.health.quotas:
            note_quota(self.target.health.quotas[self.exchange.key], headers, now, self._clock)
        self._delivery = delivery = self._deliver(self, status, headers)
        self.data = delivery.data

    def end(self) -> None:
        """The answer is whole as far as HTTP can tell."""
        if self._delivery is not None:
            self._delivery.end()

    def failed(self, error: UpstreamError) -> None:
        """The connection broke, or the answer was no HTTP."""
        if self._delivery is not None:
            self._delivery.failed(error)
        elif error.stale:
            self.finish(Failure(code="stale"))
        else:
            self.finish(Failure(code=error.code))

    # For the delivery.

    def elapsed(self, now: float) -> float:
        """Seconds since this attempt began."""
        return now - self._started

    def touch(self, now: float) -> None:
        """Something came: the next piece must come within the idle time."""
        due = now + self._idle_s
        self.deadline = due if due < self._total_at else self._total_at

    def await_token(self, now: float) -> None:
        """Something came, but no output yet: pings do not keep an answer alive."""
        self.deadline = min(
            now + self._idle_s, self.first_token_at, self._total_at, self._silent_at
        )

    def watch_silence(self, seconds: float, on_silence: "Callable[[Attempt], None]") -> None:
        """Say when the first output is late."""
        self._silent_at = self._started + seconds
        self.on_silence = on_silence

    def claim(self) -> bool:
        """Whether this attempt may answer the client; False where a rival already does."""
        rivalry = self.exchange.rivalry
        if rivalry is None or rivalry.claim(self):
            return True
        self.lose()
        return False

    def lose(self) -> None:
        """A rival answers the client."""
        self.abort()
        self.finish("lost")

    def give_up(self, code: str) -> None:
        """End it as if the provider had failed, unless the client has some of the answer."""
        if not self.exchange.response.started and not self._outcome.done():
            self.abort()
            self.failed(UpstreamError(code))

    def first_output(self, now: float) -> None:
        """The first token is here: the target works."""
        self.target.health.answered(now, now - self._started, stream=True)
        self.touch(now)

    def upload_started(self) -> None:
        """The request's body is still being sent: the answer's deadline has not begun."""
        if self._first_byte_s is None:
            self.deadline = self._total_at

    def upload_paused(self) -> None:
        """The provider does not take what is sent; it may be so for the idle time."""
        if self._first_byte_s is None:
            self._sending = Sending()
            self.touch(self._clock.monotonic())

    def upload_finished(self) -> None:
        """The last byte of the request has gone: the answer's head is due."""
        if self._first_byte_s is None:
            self.deadline = min(self._clock.monotonic() + self._head_s, self._total_at)

    def pause_reading(self) -> None:
        """The client does not keep up; its slowness is not the provider's silence."""
        if self._connection is not None:
            self._connection.pause_reading()
            self.deadline = self._total_at

    def resume_reading(self) -> None:
        """The client took what was waiting."""
        if self._connection is not None:
            self._connection.resume_reading()
            self.touch(self._clock.monotonic())

    def abort(self) -> None:
        """Close the connection to the provider at once."""
        if self._connection is not None:
            self._connection.abort()

    def finish(self, outcome: Outcome) -> None:
        """Settle how this attempt ended; later calls change nothing."""
        if not self._outcome.done():
            self._deadlines.discard(self)
            self._outcome.set_result(outcome)

    # Called by the ticker and by the exchange.

    def expired(self) -> None:
        """A deadline has passed: give the provider up."""
        now = self._clock.monotonic()
        if now >= self._silent_at:
            self._silent_at = math.inf
            self._rearm(now)
            if self.on_silence is not None:
                self.on_silence(self)
            return
        if now >= self._total_at:
            code = "total_timeout"
        elif self._first_byte_s is None:
            left = self._connection.unsent_bytes if self._connection is not None else 0
            if self._sending is None:
                self._sending = Sending()
            if self._sending.goes_on(left):
                self._await_head(now, left)
                return
            code = "write_timeout" if left else "first_byte_timeout"
        elif self.deadline == self.first_token_at:
            code = "first_token_timeout"
        else:
            code = "idle_timeout"
        self.deadline = math.inf
        self.abort()
        self.failed(UpstreamError(code, f"{code.replace('_', ' ')} at the provider"))

    def _await_head(self, now: float, left: int) -> None:
        """The request is still going, or has just gone."""
        if left:
            self.touch(now)
            return
        self.first_token_at = now + self.target.timeouts.first_token_s
        self._rearm(now)

    def _rearm(self, now: float) -> None:
        """The deadline that silence had stood before."""
        if self._first_byte_s is not None:
            self.deadline = min(now + self._idle_s, self.first_token_at, self._total_at)
        else:
            sent_at = self.first_token_at - self.target.timeouts.first_token_s
            self.deadline = min(sent_at + self._head_s, self._total_at)

    @property
    def _head_s(self) -> float:
        exchange = self.exchange
        may_follow = self.may_retry and len(exchange.plan.targets) > 1
        return self.target.timeouts.head_s(stream=exchange.stream, may_follow=may_follow)

    def _client_gone(self) -> None:
        self.abort()
        if self._outcome.done():
            return
        if self._delivery is not None and self._delivery.abandoned():
            # Clients hang up after `[DONE]` without waiting for the end of the HTTP message.
            self.exchange.gone = False
            self.finish("delivered")
        else:
            self.finish("gone")

    def _note_failure(self, failure: Failure) -> None:
        """Tell the target's health, unless the fault is the request's."""
        health = self.target.health
        now = self._clock.monotonic()
        if failure.status and failure.status not in UNHEALTHY:
            health.answered(now, None, stream=False)
            health.ended()
        else:
            wait_s = retry_after(failure.headers, self._clock.now_ns() / 1e9)
            health.failed(now, failure.code, wait_s)

    def _record(self, outcome: Outcome) -> None:
        seconds = self._clock.monotonic() - self._started
        exchange = self.exchange
        exchange.upstream_s += seconds
        first = self._first_byte_s
        health = self.target.health
        match outcome:
            case Failure(code=code):
                error = code
                self._note_failure(outcome)
            case "gone" | "lost":
                error = exchange.response.cut_for or _LEFT[outcome]
                health.ended()
            case "broken":
                error = exchange.error
                health.failed(self._clock.monotonic(), error)
            case _:
                error = exchange.error if self.status < 400 else f"http_{self.status}"
                if exchange.ttft_ms is None:
                    health.answered(self._started + seconds, seconds, stream=False)
                health.ended()
        exchange.attempts.append(
            AttemptRecord(
                self.target.upstream.name,
                self.target.model or exchange.requested_model,
                self._started_ns,
                round(seconds * 1e6) / 1e3,
                self.status,
                error,
                None if first is None else round(first * 1e6) / 1e3,
                self.provider_request_id,
            )
        )


_LEFT = {"gone": "client_gone", "lost": "slower_than_another"}


def _nowhere(data: bytes) -> None:
    """Where pieces go before the head and after the end."""
