"""Listening to a stream while it passes into another dialect.

What goes on is written anew from what was read, event by event and without delay. Where reading
or writing fails the stream is broken: unlike a mere listener there is nothing to pass on.
"""

from types import ModuleType

from vedette.dialects.contract import Fault, StreamWriter
from vedette.dialects.framing import FramingError, SSEvent
from vedette.dialects.reading import decode
from vedette.dialects.registry import Framing
from vedette.dialects.stops import neutral_stop
from vedette.gateway.breaker import Breaker
from vedette.gateway.codecs import StripUsage
from vedette.gateway.recovery import Recovery, total
from vedette.gateway.tee import Tee
from vedette.model.chat import (
    Delta,
    End,
    ErrorDelta,
    RawDelta,
    ReasoningDelta,
    Start,
    Stop,
    TextDelta,
    ToolStart,
    UsageDelta,
)


class TranslatingTee(Tee):
    """A tee whose output is in the client's dialect."""

    __slots__ = (
        "_callers", "_dialect", "_out", "_recovery", "_started", "_writer", "_written_end",
    )  # fmt: skip

    def __init__(
        self, codec: ModuleType, dialect: str, writer: StreamWriter, breaker: Breaker, *,
        framing: Framing, recovery: Recovery | None = None,
    ) -> None:  # fmt: skip
        super().__init__(codec, None, breaker, framing)
        self._dialect = dialect
        self._writer = writer
        self._recovery = recovery
        self._out: list[bytes] = []
        self._started = False
        self._written_end = False
        self._callers: set[int] = set()

    def feed(self, data: bytes) -> bytes:
        """Take bytes from the provider; return those for the client."""
        if self._breaker.call(self._feed, data, None) is None:
            self._lost()
        return self._taken()

    @property
    def may_lag(self) -> bool:
        """Never: what the client gets is made of what was read."""
        return False

    def close(self) -> bytes:
        """The provider has ended: the last bytes for the client."""
        if self._breaker.call(self._close, None, None) is None:
            self._lost()
        if self.is_complete:
            self._end()
        return self._taken()

    def fail(self, dialect: str, code: str) -> bytes:
        """What the client is told of a stream that broke."""
        message = self.error or f"The answer of the provider broke off: {code}."
        return self._writer.error(Fault(502, message, self.error_type or "upstream_error", code))

    def _listen(self, data: bytes) -> None:
        if self.error:
            return
        deltas = self._read(data)
        self._hear(deltas)
        for delta in deltas:
            self._pass_on(delta)

    def _pass_on(self, delta: Delta) -> None:
        match delta:
            case Start() if self._started:
                return
            case End():
                self._end()
                return
            case ErrorDelta():
                # Told when the stream is ended: another attempt may still follow.
                return
            case RawDelta(data=data):
                if decode(data) is None and data.strip():
                    self.error, self.error_type = "The provider sent no JSON.", "malformed_event"
                return
            case Stop(reason=reason, choice=choice, sequence=sequence):
                word = neutral_stop(self._dialect, reason, calls=choice in self._callers)
                delta = Stop(word, choice, sequence)
            case _:
                pass
        self._write(delta)

    def _write(self, delta: Delta) -> None:
        if isinstance(delta, ToolStart):
            self._callers.add(delta.choice)
        if not self._started and not isinstance(delta, Start):
            self._out.append(self._writer.write(Start(self.id, self.model)))
        self._started = True
        if self._recovery is not None:
            self._recovery.note(delta)
        self._out.append(self._writer.write(delta))

    def _end(self) -> None:
        if not self._written_end and not self.error:
            self._written_end = True
            self._out.append(self._writer.end())

    def _taken(self) -> bytes:
        out, self._out = self._out, []
        return b"".join(out)

    def _lost(self) -> None:
        self.error = self.error or "The provider's stream cannot be read."
        self.error_type = self.error_type or FramingError.code

    def _feed(self, data: bytes) -> list[SSEvent]:
        if self.error:
            # Nothing after a failure is an answer any more.
            return []
        return super()._feed(data)


class ShadowedTee(TranslatingTee):
    """Passes the bytes of its own dialect untouched, event by whole event, while a writer keeps
    step: it can take over should the stream break."""

    __slots__ = ("_strip",)

    def __init__(
        self, codec: ModuleType, dialect: str, breaker: Breaker, framing: Framing, *,
        recovery: Recovery, strip: StripUsage | None,
    ) -> None:  # fmt: skip
        super().__init__(
            codec, dialect, recovery.writer, breaker, framing=framing, recovery=recovery
        )
        self._strip = strip

    def feed(self, data: bytes) -> bytes:
        events = self._breaker.call(self._feed, data, None)
        return self._passed(events)

    def close(self) -> bytes:
        events = self._breaker.call(self._close, None, None)
        return self._passed(events)

    def _passed(self, events: list[SSEvent] | None) -> bytes:
        self._out.clear()
        if events is None:
            self._lost()
            return b""
        if self.error:
            # Held back: somebody else may go on, and if not the writer says what happened.
            return b""
        return b"".join(map(self._strip, events) if self._strip else (e.raw for e in events))


class ContinuingTee(TranslatingTee):
    """The second answer, on through the writer of the first."""

    __slots__ = ()

    def __init__(
        self, codec: ModuleType, dialect: str, breaker: Breaker, framing: Framing, *,
        recovery: Recovery,
    ) -> None:  # fmt: skip
        super().__init__(
            codec, dialect, recovery.writer, breaker, framing=framing, recovery=recovery
        )
        self._started = True

    def _pass_on(self, delta: Delta) -> None:
        recovery = self._recovery
        assert recovery is not None
        match delta:
            case Start():
                return
            case TextDelta(text=text, choice=0):
                if not (joined := recovery.joined(text)):
                    return
                delta = TextDelta(joined)
            case ReasoningDelta() if recovery.text:
                # It would stand behind text that it thought about.
                return
            case Stop() | ToolStart() | End():
                if rest := recovery.rest():
                    super()._pass_on(TextDelta(rest))
            case UsageDelta(usage=usage):
                delta = UsageDelta(total(recovery.carried, usage) or usage)
            case _:
                pass
        super()._pass_on(delta)
