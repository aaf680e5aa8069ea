"""A response that is looked at before the client gets it.

It stands where the client's response stood: the gateway writes to it as it always does. What may
pass goes on to the real one, a little later (`window`).
"""

import asyncio

from vedette.dialects.reading import Unreadable
from vedette.dialects.registry import CODECS, EMBEDDINGS, Framing, framing_of
from vedette.errors import VedetteError
from vedette.gateway import answers
from vedette.gateway.conditions import asked
from vedette.gateway.encoding import decoded
from vedette.gateway.exchange import Capture, Exchange
from vedette.gateway.guarding import (
    Watch,
    answer_instead,
    blocked_answer,
    fault_for,
    swaps_for,
)
from vedette.gateway.passages import evidence_of, of_answer, rewritten
from vedette.gateway.translation import ChatTranslation, translation_of
from vedette.gateway.window import Window
from vedette.http1.response import Headers, Response
from vedette.tasks import Tasks

HELD_BYTES = 16_777_216
"""An answer of which more had to be held is ended."""
_PAUSE_BYTES = 262_144
_UNPACKED_BYTES = 67_108_864
_NOT_OF_THE_NEW = frozenset({b"content-encoding", b"etag", b"digest", b"content-md5"})


class TooLarge(VedetteError):
    """The answer cannot be looked at as a whole."""

    code = "guard_answer_too_large"
    status = 502


class _Nowhere:
    """Behind a response that nobody reads."""

    keeps_open = True

    def send(self, data: bytes) -> None: ...

    def response_ended(self, *, keep_alive: bool) -> None: ...

    def cut(self, *, reset: bool = False) -> None: ...


class GuardedResponse(Response):
    """Between the gateway and the client's response, for one exchange."""

    __slots__ = ("_arrived", "_delivered", "_exchange", "_is_changed", "_is_stopped", "_passing",
                 "_pumping",
                 "_real", "_source_ended", "_stopped", "_tasks", "_unread", "_watch",
                 "_window")  # fmt: skip

    def __init__(self, exchange: Exchange, watch: Watch, tasks: Tasks) -> None:
        super().__init__(_Nowhere(), method="POST", minor=1, keep_alive=True)
        self._real = real = exchange.response
        self._exchange = exchange
        self._watch = watch
        self._tasks = tasks
        self._window: Window | None = None
        self._passing = False
        self._pumping: asyncio.Task[None] | None = None
        self._arrived = asyncio.Event()
        self._source_ended = self._stopped = self._is_changed = self._is_stopped = False
        self._unread = 0
        self._delivered = Capture(exchange.capture.limit)
        self.on_lost = real.on_lost
        real.on_lost = self._lost
        real.on_pause, real.on_resume = self._pause, self._resume

    # The gateway calls these.

    def send(self, status: int, headers: Headers, body: bytes, *, more: bytes = b"") -> None:
        super().send(status, headers, body, more=more)
        if status >= 300 or not self._is_chat():
            self._real.send(status, headers, body, more=more)
            return
        self._pumping = self._tasks.spawn(
            self._whole(status, headers, body, more), name="guard answer"
        )

    def start(
        self, status: int, headers: Headers, *, length: int | None = None, more: bytes = b""
    ) -> None:
        super().start(status, headers, length=length, more=more)
        framing = self._framing(headers) if status < 300 and self._is_chat() else None
        if framing is None:
            self._passing = True
            if status < 300 and self._is_chat():
                self._watch.bypass("answer:too_large")
            self._real.start(status, headers, length=length, more=more)
            return
        kept = [header for header in headers if header[0] != b"content-length"]
        self._real.start(status, kept, more=more)
        self._window = self._new_window(framing)
        self._pumping = self._tasks.spawn(self._pump(self._window), name="guard stream")

    def write(self, data: bytes) -> None:
        if self.ended or not data:
            return
        super().write(data)
        if self._passing:
            self._real.write(data)
            return
        assert self._window is not None
        if self._stopped:
            return
        try:
            self._window.feed(data)
        except VedetteError as error:
            self._stop(error)
            return
        self._unread += len(data)
        if self._unread > _PAUSE_BYTES:
            self._pause()
        self._arrived.set()

    def end(self) -> None:
        was_ended = self.ended
        super().end()
        if self._passing:
            self._real.end()
        elif not was_ended:
            self._source_ended = True
            self._arrived.set()

    def abort(self) -> None:
        super().abort()
        self._stopped = True
        self._arrived.set()
        self._real.abort()

    def close_after(self) -> None:
        super().close_after()
        self._real.close_after()

    async def settled(self) -> None:
        """Everything that may pass is with the client; then the exchange is as it ended."""
        exchange, pumping = self._exchange, self._pumping
        if pumping is not None:
            if not self.ended:
                # The gateway gave up in the middle and says no more.
                self._stopped = True
                self._arrived.set()
            await asyncio.wait({pumping})
            if not pumping.cancelled() and pumping.exception() is not None:
                # Ours: what was not looked at does not pass, and nobody takes a part for whole.
                exchange.fail("guard_error", "the guard failed", source="gateway")
                if not self._real.ended:
                    self._real.abort()
        self._watch.note()
        if self._is_stopped:
            # The client has not left; we have.
            exchange.gone = False
        if self._is_changed:
            # What was cut out must not be found in the record either; nor what was put back.
            exchange.capture = self._delivered if not self._watch.restore else Capture(0)
            exchange.wire = exchange.endpoint.dialect
            exchange.content_encoding = b""
        exchange.response = self._real

    # The client's side.

    def _lost(self) -> None:
        self._stopped = True
        self._arrived.set()
        if self.on_lost is not None:
            self.on_lost()

    def _pause(self) -> None:
        if not self.paused:
            self.paused = True
            if self.on_pause is not None:
                self.on_pause()

    def _resume(self) -> None:
        if self.paused and self._unread <= _PAUSE_BYTES and not self._real.paused:
            self.paused = False
            if self.on_resume is not None and not self.ended:
                self.on_resume()

    async def _whole(self, status: int, headers: Headers, body: bytes, more: bytes) -> None:
        exchange = self._exchange
        try:
            framing = self._framing(headers)
            if framing is not None:
                changed = await self._all_events(self._new_window(framing), body)
            else:
                changed = await self._body(headers, body)
        except VedetteError as error:
            self._refuse(error)
            return
        if changed != body:
            self._is_changed = True
            self._delivered.add(changed)
            headers = [header for header in headers if header[0] not in _NOT_OF_THE_NEW]
            more += b"x-vedette-guard: redact\r\n"
        if not exchange.gone:
            self._real.send(status, headers, changed, more=more)

    async def _body(self, headers: Headers, body: bytes) -> bytes:
        coding = next((value for name, value in headers if name == b"content-encoding"), b"")
        plain = decoded(body, coding, limit=_UNPACKED_BYTES) if coding else body
        codec = CODECS[self._exchange.endpoint.dialect]
        evidence = evidence_of(asked(self._exchange))
        try:
            passages = of_answer(codec.read_answer(plain), evidence)
        except Unreadable:
            return body
        verdict = await self._watch.judge(passages) if passages else None
        if verdict is None:
            edited = [passage.text for passage in passages]
        elif verdict.action == "block":
            raise blocked_answer(verdict)
        else:
            edited = list(verdict.messages)
        swaps = swaps_for(passages, map(self._watch.unmasked, edited))
        return rewritten(plain, swaps) if swaps else body

    async def _all_events(self, window: Window, body: bytes) -> bytes:
        window.feed(body)
        window.close()
        return await self._look(window)

    async def _pump(self, window: Window) -> None:
        """Look at what has come and let it pass, until the stream ends."""
        try:
            while not self._stopped:
                await self._arrived.wait()
                self._arrived.clear()
                is_last = self._source_ended
                if is_last:
                    window.close()
                passed = await self._look(window)
                self._unread = 0
                self._tell(passed)
                self._resume()
                if window.held_bytes > HELD_BYTES:
                    raise TooLarge("Too much of the answer would have to be held.")
                if is_last and not self._stopped:
                    self._real.end()
                    return
        except VedetteError as error:
            self._stop(error)

    async def _look(self, window: Window) -> bytes:
        """What may pass by now. Raises GuardBlocked, GuardFailed."""
        passed = window.pass_on([])
        while passages := window.passages():
            verdict = await self._watch.judge(passages)
            if verdict is not None and verdict.action == "block":
                self._tell(passed)
                raise blocked_answer(verdict)
            edited = [p.text for p in passages] if verdict is None else list(verdict.messages)
            passed += window.pass_on(edited, self._watch.unmasked)
        self._is_changed = self._is_changed or window.is_rewriting
        return passed

    def _tell(self, data: bytes) -> None:
        if data and not self._stopped:
            self._delivered.add(data)
            self._real.write(data)

    def _stop(self, error: VedetteError) -> None:
        """End a stream at the client and at the provider."""
        if self._stopped or self._window is None:
            return
        wants_words = self._watch.settings.blocked == "answer" and error.status < 500
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
            if not (self._watch.settings.blocked == "answer" and self._say(error)):
                answers.refuse(self._real, error, exchange.endpoint.dialect, lines)
                exchange.status = error.status
        exchange.fail(error.code, error.message, source="gateway")

    def _say(self, error: VedetteError) -> bool:
        return error.status < 500 and answer_instead(self._exchange, error.message)

    def _end_call(self, error: VedetteError) -> None:
        exchange = self._exchange
        exchange.fail(error.code, error.message, source="gateway")
        self._is_stopped = not exchange.gone
        if not self.ended and self.on_lost is not None:
            self.on_lost()

    def _is_chat(self) -> bool:
        dialect = self._exchange.endpoint.dialect
        return bool(dialect) and dialect not in EMBEDDINGS and dialect in CODECS

    def _framing(self, headers: Headers) -> Framing | None:
        kind = next((value for name, value in headers if name == b"content-type"), b"")
        exchange = self._exchange
        return framing_of(kind, dialect=exchange.endpoint.dialect, stream=exchange.stream)

    def _new_window(self, framing: Framing) -> Window:
        exchange, settings = self._exchange, self._watch.settings
        translation = translation_of(exchange)
        assert isinstance(translation, ChatTranslation)
        dialect = exchange.endpoint.dialect
        return Window(
            CODECS[dialect], dialect, framing, translation.writer(), hold=settings.hold_chars,
            whole=settings.stream == "whole", evidence=evidence_of(asked(exchange)),
        )  # fmt: skip
