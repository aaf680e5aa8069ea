"""Listening to a stream while it passes into another dialect.

What goes on is written anew from what was read, event by event and without delay. Where reading
or writing fails the stream is broken: unlike a mere listener there is nothing to pass on.
"""

from types import ModuleType

from vedette.dialects.contract import Fault
from vedette.dialects.framing import FramingError, SSEvent
from vedette.dialects.reading import decode
from vedette.dialects.registry import Framing
from vedette.dialects.stops import neutral_stop
from vedette.gateway.breaker import Breaker
from vedette.gateway.tee import Tee
from vedette.gateway.translation import ChatTranslation
from vedette.model.chat import Delta, End, ErrorDelta, RawDelta, Start, Stop, ToolStart


class TranslatingTee(Tee):
    """A tee whose output is in the client's dialect."""

    __slots__ = ("_callers", "_dialect", "_out", "_started", "_writer", "_written_end")

    def __init__(
        self, codec: ModuleType, dialect: str, translation: ChatTranslation, breaker: Breaker,
        framing: Framing,
    ) -> None:  # fmt: skip
        super().__init__(codec, None, breaker, framing)
        self._dialect = dialect
        self._writer = translation.writer()
        self._out: list[bytes] = []
        self._started = False
        self._written_end = False
        self._callers: set[int] = set()

    def feed(self, data: bytes) -> bytes:
        """Take bytes from the provider; return those for the client."""
        if self._breaker.call(self._feed, data, None) is None:
            self._lost()
        return self._taken()

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
        deltas = self._read(data)
        self._hear(deltas)
        for delta in deltas:
            self._pass_on(delta)

    def _pass_on(self, delta: Delta) -> None:
        match delta:
            case Start():
                if self._started:
                    return
                self._started = True
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
            case ToolStart(choice=choice):
                self._callers.add(choice)
            case Stop(reason=reason, choice=choice, sequence=sequence):
                word = neutral_stop(self._dialect, reason, calls=choice in self._callers)
                delta = Stop(word, choice, sequence)
            case _:
                pass
        if not self._started:
            self._started = True
            self._out.append(self._writer.write(Start(self.id, self.model)))
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
