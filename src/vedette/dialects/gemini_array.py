"""Cut a stream that is one JSON list into its elements, as they come.

Without `alt=sse` Gemini streams `[{...},{...}]`. The promises are those of `framing`: every byte
that goes in comes out again in the `raw` of exactly one event or is still held. What stands before
an element (the bracket, a comma, spaces) belongs to it; what stands behind the last one is an
event with empty data. A body that is no list is one event.
"""

import re

from vedette.dialects.framing import MAX_EVENT_BYTES, FramingError, SSEvent

_STRUCTURE = re.compile(rb'["{}\[\]]')
_STRING_END = re.compile(rb'["\\]')


class ArrayReader:
    """Incremental reader of a list of JSON objects.

    Raises FramingError from `feed` when an unfinished element exceeds `max_event_bytes`.
    """

    __slots__ = ("_depth", "_held", "_in_string", "_max_event_bytes", "_scan", "_start")

    def __init__(self, *, max_event_bytes: int = MAX_EVENT_BYTES) -> None:
        self._held = bytearray()
        self._max_event_bytes = max_event_bytes
        self._scan = 0
        """How far into `_held` we have looked."""
        self._start = 0
        """Where in `_held` the element begins that we are in."""
        self._depth = 0
        """How many brackets of the element are open."""
        self._in_string = False

    @property
    def held(self) -> bytes:
        """Bytes of an element that has not ended."""
        return bytes(self._held)

    def feed(self, data: bytes) -> list[SSEvent]:
        """Take the next bytes; return the elements they complete."""
        held = self._held
        held += data
        events: list[SSEvent] = []
        done = 0
        while (end := self._next_end()) >= 0:
            events.append(SSEvent("", bytes(held[self._start : end]), bytes(held[done:end])))
            done = end
        if done:
            del held[:done]
            self._scan -= done
            self._start = max(0, self._start - done)
        if len(held) > self._max_event_bytes and not events:
            raise FramingError(
                f"The provider sent an element of more than {self._max_event_bytes} bytes."
            )
        return events

    def close(self) -> list[SSEvent]:
        """The stream has ended; return what was left of it."""
        raw = bytes(self._held)
        data = raw[self._start :] if self._depth else raw.strip(b"[], \t\r\n")
        self._held.clear()
        self._scan = self._start = self._depth = 0
        self._in_string = False
        return [SSEvent("", data, raw)] if raw else []

    def _next_end(self) -> int:
        """Where the next element ends, from `_scan` on; -1 where it does not yet."""
        while True:
            if self._in_string and not self._skip_string():
                return -1
            mark = _STRUCTURE.search(self._held, self._scan)
            if mark is None:
                self._scan = len(self._held)
                return -1
            self._scan = mark.end()
            if self._takes(mark[0], mark.start()):
                return self._scan

    def _skip_string(self) -> bool:
        """Go behind the end of the string we are in; False where that is still to come."""
        held = self._held
        while (mark := _STRING_END.search(held, self._scan)) is not None:
            if mark[0] == b'"':
                self._scan = mark.end()
                self._in_string = False
                return True
            if mark.end() == len(held):
                # What the backslash escapes comes with the next bytes.
                self._scan = mark.start()
                return False
            self._scan = mark.end() + 1
        self._scan = len(held)
        return False

    def _takes(self, mark: bytes, at: int) -> bool:
        """Whether an element ends with this character."""
        if mark == b'"':
            self._in_string = True
            return False
        if mark in b"}]":
            was_inside = self._depth > 0
            self._depth = max(0, self._depth - 1)
            return was_inside and self._depth == 0
        if self._depth or mark == b"{":
            if not self._depth:
                self._start = at
            self._depth += 1
        return False
