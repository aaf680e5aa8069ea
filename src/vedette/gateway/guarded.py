"""A response that is looked at before the client gets it.

It stands where the client's response stood: the gateway writes to it as it always does. What may
pass goes on to the real one, a little later (`window`). Where an answer may be exchanged for
another one (`course`), or has to be known as a whole, it is held until that is settled.
"""

import asyncio
from collections.abc import Awaitable, Callable

from vedette.errors import VedetteError
from vedette.gateway import answers
from vedette.gateway.ahead import Ahead
from vedette.gateway.aside import Spoken
from vedette.gateway.course import Anew
from vedette.gateway.encoding import coding_of
from vedette.gateway.exchange import Capture, Exchange
from vedette.gateway.guarding import GuardBlocked, Guardian, answer_instead, fault_for
from vedette.gateway.looking import HELD_BYTES, BrokenOff, Held, Looking, TooLarge, why_unread
from vedette.gateway.watching import Watch
from vedette.gateway.window import Window
from vedette.http1.response import NOWHERE, Headers, Response
from vedette.tasks import Tasks

_PAUSE_BYTES = 262_144
_MUCH = 16_384
"""Bytes that have come and are looked at at once."""
_NOT_OF_THE_NEW = frozenset({b"content-encoding", b"etag", b"digest", b"content-md5"})


class GuardedResponse(Response):
    """Between the gateway and the client's response, for one exchange."""

    __slots__ = ("_ahead", "_coding", "_cut_for", "_delivered", "_exchange", "_has_arrived",
                 "_has_failed", "_held", "_is_changed", "_looking", "_passing", "_pumping", "_real",
                 "_source_ended", "_stopped", "_tasks", "_unread", "_unread_bytes", "_watch",
                 "_window")  # fmt: skip

    def __init__(self, exchange: Exchange, watch: Watch, tasks: Tasks) -> None:
        # All that the base class has: its own `__init__` would be slow for two classes in turn.
        self.started = self.ended = self.paused = self._chunked = self._no_body = False
        self.status = self.bytes_sent = self.refused = 0
        self.tape = self._left = self.on_pause = self.on_resume = None
        self._sink, self._minor, self._keep_alive = NOWHERE, 1, True
        self._real = real = exchange.response
        self._exchange = exchange
        self._watch = watch
        self._tasks = tasks
        self._window: Window | None = None
        self._passing = False
        self._pumping: asyncio.Task[None] | None = None
        self._source_ended = self._stopped = self._is_changed = False
        self._has_arrived = self._has_failed = False
        self._unread: list[bytes] = []
        """What has come of a stream and was not looked at."""
        self._unread_bytes = 0
        self._coding, self._cut_for = b"", ""
        self._looking = Looking(exchange, watch)
        self._ahead: Ahead | None = None
        self._held: Held | None = None
        self._delivered: Capture | None = None
        """What the client got, where that may not be what came."""
        self.on_lost = real.on_lost
        real.on_lost = self._lost
        real.on_pause, real.on_resume = self._pause, self._resume

    # The gateway calls these.

    def send(self, status: int, headers: Headers, body: bytes, *, more: bytes = b"") -> None:
        self.said_whole(status, headers, body, more)
        if status >= 300 or not self._looking.is_chat():
            self._real.send(status, headers, body, more=more)
            return
        self._settle(Spoken(status, headers, body, more))

    def start(
        self, status: int, headers: Headers, *, length: int | None = None, more: bytes = b""
    ) -> None:
        super().start(status, headers, length=length, more=more)
        is_chat = status < 300 and self._looking.is_chat()
        framing = self._looking.framing(headers) if is_chat else None
        if framing is None:
            self._passing = True
            if is_chat:
                self._watch.bypass(f"answer:{why_unread(headers)}")
            self._real.start(status, headers, length=length, more=more)
            return
        kept = [header for header in headers if header[0] != b"content-length"]
        if self._watch.guardian.holds:
            self._held = Held(status, kept, more)
            return
        self._real.start(status, kept, more=more)
        self._ahead = Ahead() if self._looking.is_optimistic else None
        self._window = self._looking.window(framing)

    def write(self, data: bytes) -> None:
        if self.ended or not data:
            return
        self.bytes_sent += len(data)
        if self.tape is not None:
            self.tape.data(data)
        if self._passing:
            self._real.write(data)
            return
        if self._stopped:
            return
        if self._held is not None:
            self._hold(self._held, data)
            return
        self._unread.append(data)
        self._unread_bytes += len(data)
        if self._unread_bytes > _PAUSE_BYTES:
            self._pause()
        assert self._window is not None
        if self._window.is_urgent or self._unread_bytes > _MUCH:
            self._look()
            return
        self._watch.guardian.pace.soon(self._look)
        if self._ahead is not None:
            self._read(self._window)

    def end(self) -> None:
        was_ended = self.ended
        super().end()
        if self._passing:
            self._real.end()
        elif self._held is not None:
            if not was_ended and not self._stopped:
                self._settle(self._held.spoken())
        elif not was_ended:
            self._source_ended = True
            self._look()

    def abort(self) -> None:
        super().abort()
        self._stopped = True
        if self._held is not None and not self._real.started:
            self._refuse(BrokenOff("The provider's answer broke off."))
        else:
            self._real.abort()

    def close_after(self) -> None:
        super().close_after()
        self._real.close_after()

    async def settled(self) -> None:
        """Everything that may pass is with the client; then the exchange is as it ended."""
        exchange, pumping, window = self._exchange, self._pumping, self._window
        if not self.ended:
            # The gateway gave up in the middle and says no more.
            self._stopped = True
        if pumping is not None:
            await asyncio.wait({pumping})
            self._has_failed |= not pumping.cancelled() and pumping.exception() is not None
        if self._has_failed:
            # Ours: what was not looked at does not pass, and nobody takes a part for whole.
            self._stopped = True
            exchange.fail("guard_error", "the guard failed", source="gateway")
            if not self._real.ended:
                self._real.abort()
        if window is not None:
            self._read(window)
            self._looking.looked = window.everything()
            await self._looking.look_at_rest()
        self._watch.note()
        if self._cut_for:
            exchange.gone = False
        if self._is_changed or self._looking.is_rewriting:
            # What was cut out must not be found in the record either; nor what was put back.
            delivered = self._delivered if not self._watch.restore else None
            exchange.capture = delivered or Capture(0)
            exchange.wire = exchange.endpoint.dialect
            exchange.content_encoding = self._coding
        if self._watch.guardian.looks_afterwards:
            self._watch.seen += self._looking.looked
        exchange.response = self._real

    # The client's side.

    @property
    def cut_for(self) -> str:
        return self._cut_for or self._real.cut_for

    def _lost(self) -> None:
        self._stopped = True
        if self._watch.calls is not None:
            self._watch.calls.lost()
        if self.on_lost is not None:
            self.on_lost()

    def _pause(self) -> None:
        if not self.paused:
            self.paused = True
            if self.on_pause is not None:
                self.on_pause()

    def _resume(self) -> None:
        if self.paused and self._unread_bytes <= _PAUSE_BYTES and not self._real.paused:
            self.paused = False
            if self.on_resume is not None and not self.ended:
                self.on_resume()

    def _hold(self, held: Held, data: bytes) -> None:
        try:
            held.add(data)
        except VedetteError as error:
            self._stopped = True
            self._refuse(error)
            self._end_call(error)

    def _settle(self, spoken: Spoken) -> None:
        """Let the answer go at once where it need not wait."""
        body: bytes | None = None
        ended: VedetteError | Anew | None = None
        try:
            if self._looking.framing(spoken.headers) is None:
                body = self._looking.at_once(spoken)
        except (VedetteError, Anew) as error:
            # Who says the answer goes on with this exchange: it is not refused under his hands.
            ended = error
        if body is None:
            self._pumping = self._tasks.spawn(self._whole(spoken, ended), name="guard answer")
        elif body is spoken.body and self._held is None and self._watch.calls is None:
            # It goes as it is, and there is nothing to say of it.
            self._real.send(spoken.status, spoken.headers, body, more=spoken.lines)
        else:
            self._deliver(spoken, body)

    async def _whole(self, spoken: Spoken, ended: VedetteError | Anew | None) -> None:
        try:
            if isinstance(ended, VedetteError):
                raise ended
            spoken, body = await self._looking.settled(spoken, ended)
        except VedetteError as error:
            self._refuse(error)
            return
        if not self._exchange.gone:
            self._deliver(spoken, body)

    def _deliver(self, spoken: Spoken, body: bytes) -> None:
        headers, done = spoken.headers, list(self._looking.taken)
        if self._held is not None:
            done.insert(0, "held")
        if body != spoken.body:
            headers = [header for header in headers if header[0] not in _NOT_OF_THE_NEW]
            done.append("redact")
        if body != spoken.body or spoken.exchange is not None:
            self._is_changed = True
            self._delivered = Capture(self._exchange.capture.limit)
            self._delivered.add(body)
            self._coding = coding_of(headers)
        lines = spoken.lines
        if done:
            lines += b"x-vedette-guard: %b\r\n" % ", ".join(done).encode()
        calls = self._watch.calls
        if calls is not None and calls.calls:
            lines += b"x-vedette-guard-cost-usd: %b\r\n" % answers.usd(calls.cost_nano_usd)
        if self._looking.framing(headers) is None:
            self._real.send(spoken.status, headers, body, more=lines)
            return
        self._real.start(spoken.status, headers, more=lines)
        self._real.write(body)
        self._real.end()

    @property
    def _is_pumping(self) -> bool:
        return self._pumping is not None and not self._pumping.done()

    def _look(self) -> None:
        """Let what may pass go at once; what has to be judged first, a task waits for."""
        window = self._window
        if window is None or not self._read(window):
            return
        if self._is_pumping or self._has_failed:
            self._has_arrived = True
            return
        # Unless it comes to an end that is foreseen.
        self._has_failed = True
        try:
            if self._source_ended:
                window.close()
            self._tell(self._looking.glance(window))
            if self._looking.loud:
                self._pumping = self._tasks.spawn(self._pump(window), name="guard stream")
                return
            self._looked(window)
        except VedetteError as error:
            self._stop(error)
        self._has_failed = False

    def _read(self, window: Window) -> bool:
        """Have the window take what has come; False where nothing more of it passes."""
        unread, self._unread = self._unread, []
        try:
            if unread:
                events = window.feed(unread[0] if len(unread) == 1 else b"".join(unread))
                if self._ahead is not None:
                    self._tell(self._ahead.told(events))
        except VedetteError as error:
            self._stop(error)
        return not self._stopped

    async def _pump(self, window: Window) -> None:
        """Wait for verdicts and let pass what may, until nothing more has come."""
        try:
            while not self._stopped:
                self._tell(await self._looking.look(window, self._tell))
                self._looked(window)
                if not self._has_arrived:
                    break
                self._has_arrived = False
                if self._source_ended:
                    window.close()
        except VedetteError as error:
            self._stop(error)
        self._has_failed = False

    def _looked(self, window: Window) -> None:
        """All that came was looked at."""
        self._unread_bytes = 0
        if window.held_bytes > HELD_BYTES:
            raise TooLarge("Too much of the answer would have to be held.")
        self._resume()
        if window.is_ended and not self._stopped:
            self._real.end()

    def _tell(self, data: bytes) -> None:
        if data and not self._stopped:
            if self._delivered is None:
                self._delivered = Capture(self._exchange.capture.limit)
            self._delivered.add(data)
            self._real.write(data)

    def _stop(self, error: VedetteError) -> None:
        """End a stream at the client and at the provider."""
        if self._stopped or self._window is None:
            return
        if self._ahead is not None:
            self._window.skip()
        wants_words = self._watch.guardian.settings.blocked == "answer" and error.status < 500
        last = self._window.stop(
            fault_for(error), said=error.message if wants_words else "", error=not wants_words
        )
        self._tell(last)
        self._is_changed = True
        self._stopped = True
        self._real.end()
        self._end_call(error)

    def _refuse(self, error: VedetteError) -> None:
        exchange = self._exchange
        self._is_changed = True
        if not exchange.gone:
            lines = answers.ours(exchange) + b"x-vedette-guard: block\r\n"
            exchange.response = self._real
            if not (self._watch.guardian.settings.blocked == "answer" and self._say(error)):
                answers.refuse(self._real, error, exchange.endpoint.dialect, lines)
                exchange.status = error.status
        exchange.fail(error.code, error.message, source="gateway")

    def _say(self, error: VedetteError) -> bool:
        return error.status < 500 and answer_instead(self._exchange, error.message)

    def _end_call(self, error: VedetteError) -> None:
        exchange = self._exchange
        exchange.fail(error.code, error.message, source="gateway")
        self._cut_for = "" if exchange.gone else error.code
        if not self.ended and self.on_lost is not None:
            self.on_lost()


async def answer_guarded(
    exchange: Exchange, watch: Watch, guardian: Guardian,
    answer: Callable[[], Awaitable[None]], tasks: Tasks,
) -> None:  # fmt: skip
    """Have the call answered under the eyes of the guard. Raises GuardBlocked, GuardFailed and
    NotRewritten for a request that must not go on."""
    if guardian.looks_afterwards:
        exchange.afterwards = watch
    try:
        if (waits := guardian.check_request(exchange, watch)) is not None:
            await waits
    except VedetteError as error:
        watch.note()
        says_so = isinstance(error, GuardBlocked) and guardian.settings.blocked == "answer"
        if not (says_so and answer_instead(exchange, error.message)):
            raise
        exchange.fail(error.code, error.message, source="gateway")
        return
    if exchange.gone or not (guardian.looks_at_answers or watch.restore):
        watch.note()
        if not exchange.gone:
            await answer()
        return
    guarded = GuardedResponse(exchange, watch, tasks)
    exchange.response = guarded
    try:
        await answer()
    finally:
        await guarded.settled()
