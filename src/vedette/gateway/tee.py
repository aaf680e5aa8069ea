"""Listening to a stream while it passes.

The bytes that go on are the bytes that came, but for one case: when we asked for usage and the
client did not, the usage chunk and the `usage: null` members it brings are taken out again. Only
then are bytes held until their event is whole.
"""

from collections.abc import Callable
from types import ModuleType

from vedette.dialects.eventstream import DamagedStream
from vedette.dialects.framing import SSEReader, SSEvent
from vedette.dialects.registry import Framing
from vedette.gateway.breaker import Breaker
from vedette.gateway.codecs import StripUsage
from vedette.gateway.faults import broken_event
from vedette.gateway.tiers import MARK, find_tier
from vedette.model.chat import (
    Delta,
    End,
    ErrorDelta,
    MediaDelta,
    ReasoningDelta,
    RefusalDelta,
    Start,
    Stop,
    TextDelta,
    ToolArguments,
    ToolStart,
    UsageDelta,
)
from vedette.model.usage import Usage


class Tee:
    """Facts of a streamed answer, read on the way.

    When reading fails the breaker counts it and the bytes go on unread (`blind`): then the end
    of the stream is believed as it comes.
    """

    __slots__ = (
        "_breaker",
        "_count_plain",
        "_cut",
        "_facts",
        "_read",
        "_reader",
        "_strip",
        "blind",
        "ended",
        "error",
        "error_type",
        "finish_reason",
        "id",
        "model",
        "outputs",
        "tier",
        "usage",
    )

    def __init__(
        self,
        codec: ModuleType,
        strip: StripUsage | None,
        breaker: Breaker,
        framing: Framing = SSEReader,
    ) -> None:
        self._reader = framing()
        self._read: Callable[[bytes], list[Delta]] = codec.StreamReader().read
        self._count_plain: CountPlain | None = getattr(codec, "count_plain", None)
        self._strip = strip
        self._breaker = breaker
        self._cut = False
        self.blind = False
        self.outputs = 0
        """Pieces of the answer, about."""
        self.ended = False
        self.id = ""
        self.model = ""
        self.finish_reason = ""
        self.error = ""
        self.error_type = ""
        self.tier = ""
        self.usage: Usage | None = None

    def feed(self, data: bytes) -> bytes:
        """Take bytes from the provider; return those for the client."""
        if self.blind:
            return data
        strip = self._strip
        held = self._reader.held if strip is not None else b""
        events = self._breaker.call(self._feed, data, None)
        if events is None:
            self.blind = True
            return held + data
        if strip is None:
            return data
        return strip(events[0]) if len(events) == 1 else b"".join(map(strip, events))

    def follow(self, data: bytes, pieces: list[bytes]) -> None:
        """Take bytes that have `passed`, whole and in the pieces in which they came; most of them
        say nothing that a count does not tell."""
        count = self._count_plain
        if count is not None and self.outputs and not self._reader.held:
            end = len(pieces)
            plain = count(data)
            if not plain:
                while end and not count(pieces[end - 1]):
                    end -= 1
                plain = count(b"".join(pieces[:end]))
            if plain:
                self.outputs += plain
                data = b"".join(pieces[end:])
        if data:
            self.feed(data)

    @property
    def may_lag(self) -> bool:
        """Whether the bytes for the client may go on before they are fed: what comes back from
        `feed` for bytes that `passes` is these bytes."""
        return not self.blind

    def passes(self, data: bytes, *, after_whole: bool) -> bool:
        """Whether these bytes go on as they are; `after_whole` where they follow others that do."""
        if self._strip is None:
            return True
        return (
            data.endswith(b"\n\n")
            and data.find(_USAGE) < 0
            and (after_whole or not self._reader.held)
        )

    def close(self) -> bytes:
        """The provider has ended: the last bytes for the client."""
        if self.blind:
            return b""
        held = self._reader.held
        self._cut = bool(held)
        events = self._breaker.call(self._close, None, None)
        if self._strip is None:
            return b""
        return held if events is None else b"".join(map(self._strip, events))

    def fail(self, dialect: str, code: str) -> bytes:
        """What the client, who speaks this dialect, is told of a stream that broke."""
        return broken_event(dialect, code, inside_event=self.inside_event)

    @property
    def has_output(self) -> bool:
        """True from the first piece of output on: text, reasoning, refusal or a tool call."""
        return self.outputs > 0

    @property
    def is_complete(self) -> bool:
        """True where the answer said itself that it is whole."""
        return self.blind or ((self.ended or bool(self.finish_reason)) and not self.error)

    @property
    def inside_event(self) -> bool:
        """True where the bytes so far end in the middle of an event, or may do so."""
        return self.blind or self._cut or bool(self._reader.held)

    def _feed(self, data: bytes) -> list[SSEvent]:
        try:
            events = self._reader.feed(data)
        except DamagedStream as error:
            return self._damaged(error)
        for event in events:
            self._listen(event.data)
        return events

    def _close(self, _: None) -> list[SSEvent]:
        try:
            events = self._reader.close()
        except DamagedStream as error:
            return self._damaged(error)
        for event in events:
            self._listen(event.data)
        return events

    def _damaged(self, error: DamagedStream) -> list[SSEvent]:
        """The answer is none; a client that gets the bytes as they came sees it for itself."""
        self.error, self.error_type = error.message, error.code
        return []

    def _listen(self, data: bytes) -> None:
        if MARK in data:
            self.tier = find_tier(data) or self.tier
        self._hear(self._read(data))

    def _hear(self, deltas: list[Delta]) -> None:
        for delta in deltas:
            kind = type(delta)
            if kind is TextDelta or kind in _OUTPUT:
                self.outputs += 1
            else:
                self._note(delta)

    def _note(self, delta: Delta) -> None:
        match delta:
            case Stop(reason=reason):
                self.finish_reason = self.finish_reason or reason
            case UsageDelta(usage=usage):
                self.usage = usage
            case Start(id=id, model=model):
                self.id, self.model = id, model
            case End():
                self.ended = True
            case ErrorDelta(message=message, type=kind):
                self.error, self.error_type = message or "error", kind
            case _:
                pass


CountPlain = Callable[[bytes], int]
_USAGE = b'"usage"'
"""Part of every event that loses something on its way."""
_OUTPUT = frozenset({TextDelta, ReasoningDelta, RefusalDelta, MediaDelta, ToolStart, ToolArguments})
