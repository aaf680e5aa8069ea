"""Cut a byte stream into events: server-sent events and newline-delimited JSON.

Source for SSE: https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream

Every byte that goes in comes out again in the `raw` of exactly one event or is still `held`, so a
proxy can forward `raw` and stay byte-identical. Four things follow from that and from the wish
never to delay a byte that is already there:

* A block without data (comments, heartbeats, `retry:`) is an event too, with empty `data`.
* A run of blank lines after an event belongs to that event as far as it has arrived; a run that
  arrives alone is one event with empty `data`.
* A blank line that ends with CR ends its event at once. When the LF of a CRLF comes with the next
  read it is an event of its own, with empty `data`.
* What is left when the stream ends without a blank line is an event (the standard drops it; real
  servers forget the last newline).

A leading byte order mark is skipped before every block, not only the first: it is cheaper than to
remember, and no field name starts with one.
"""

import re

import msgspec

from vedette.errors import VedetteError

MAX_EVENT_BYTES = 16_777_216

_JOIN_BYTES = 4096
"""Up to here held bytes are joined with the next ones; more are searched in place."""
_BLANK = re.compile(rb"(?:\r\n|\n|\r(?!\n))[\r\n]+")
_NEWLINES = re.compile(rb"[\r\n]+")
_CR, _LF = b"\r\n"
"""Numbers: to look for bytes in bytes raises and drops an error first, which takes longer than all
else in the usual event."""
_BOM = b"\xef\xbb\xbf"


class FramingError(VedetteError):
    """The provider's stream cannot be cut into events within the size cap."""

    code = "invalid_stream"
    status = 502


class SSEvent(msgspec.Struct, gc=False):
    """One event. `event` is empty where the server named none; `raw` are its exact bytes."""

    event: str
    data: bytes
    raw: bytes


def count_alike(block: bytes, start: bytes) -> int:
    """How many whole server-sent events these bytes are, where all begin with `start`; else 0."""
    count = block.count(b"\n\n")
    alike = block.startswith(start) and block.endswith(b"\n\n") and block.count(start) == count
    return count if alike else 0


class SSEReader:
    """Incremental reader of `text/event-stream`.

    Raises FramingError from `feed` when an unfinished event exceeds `max_event_bytes`; `held` then
    still has its bytes.
    """

    __slots__ = ("_held", "_max_event_bytes")

    def __init__(self, *, max_event_bytes: int = MAX_EVENT_BYTES) -> None:
        self._held = bytearray()
        self._max_event_bytes = max_event_bytes

    @property
    def held(self) -> bytes:
        """Bytes of an event that has not ended."""
        return bytes(self._held) if self._held else b""

    def feed(self, data: bytes) -> list[SSEvent]:
        """Take the next bytes of the stream; return the events they complete."""
        if data[:6] == b"data: " and not self._held and _CR not in data:
            end = data.find(b"\n")
            if end == len(data) - 2 and data[-1] == _LF:
                return [SSEvent("", data[6:end], data)]
        if len(self._held) < _JOIN_BYTES:
            data = bytes(self._held) + data
            self._held.clear()
            if _CR not in data and data.find(b"\n\n\n") < 0 and data[:1] != b"\n":
                return self._checked(self._split(data))
        return self._checked(self._scan(data))

    def close(self) -> list[SSEvent]:
        """The stream has ended; return what was left of it."""
        if not self._held:
            return []
        raw = bytes(self._held)
        self._held.clear()
        return [_parse(raw)]

    def _split(self, data: bytes) -> list[SSEvent]:
        """Events that end with a single empty line, as they nearly always do."""
        blocks = data.split(b"\n\n")
        self._held += blocks.pop()
        return [_parse_usual(block) for block in blocks]

    def _scan(self, data: bytes) -> list[SSEvent]:
        """Events with line ends of any kind."""
        held = self._held
        scan = max(0, len(held) - 2)
        held += data
        end = 0
        events: list[SSEvent] = []
        if (newlines := _NEWLINES.match(held)) is not None:
            end = newlines.end()
            events.append(SSEvent("", b"", bytes(held[:end])))
        for start, stop in _blocks(held, end, max(end, scan)):
            events.append(_parse(bytes(held[start:stop])))
            end = stop
        if end:
            del held[:end]
        return events

    def _checked(self, events: list[SSEvent]) -> list[SSEvent]:
        if len(self._held) > self._max_event_bytes and not events:
            raise FramingError(
                f"The provider sent an event of more than {self._max_event_bytes} bytes."
            )
        return events


def _blocks(buffer: bytearray, start: int, scan: int) -> list[tuple[int, int]]:
    """Ranges of the complete blocks from `start` on; nothing ends before `scan`."""
    blocks = []
    if b"\r" not in buffer:
        size = len(buffer)
        while (end := buffer.find(b"\n\n", scan)) >= 0:
            end += 2
            while end < size and buffer[end] == 10:
                end += 1
            blocks.append((start, end))
            start = scan = end
        return blocks
    for blank in _BLANK.finditer(buffer, scan):
        blocks.append((start, blank.end()))
        start = blank.end()
    return blocks


def _parse_usual(block: bytes) -> SSEvent:
    """A block without its empty line: one line of data, with or without a name, or anything."""
    raw = block + b"\n\n"
    if block[:6] == b"data: " and _LF not in block:
        return SSEvent("", block[6:], raw)
    first, _, second = block.partition(b"\n")
    if first.startswith(b"event: ") and second.startswith(b"data: ") and b"\n" not in second:
        return SSEvent(first[7:].decode("utf-8", "replace"), second[6:], raw)
    return _parse(raw)


def _parse(raw: bytes) -> SSEvent:
    event = ""
    values: list[bytes] = []
    for line in raw.removeprefix(_BOM).splitlines():
        name, _, value = line.partition(b":")
        if name == b"data":
            values.append(value.removeprefix(b" "))
        elif name == b"event":
            event = value.removeprefix(b" ").decode("utf-8", "replace")
    data = values[0] if len(values) == 1 else b"\n".join(values)
    return SSEvent(event, data, raw)


class NDJSONReader:
    """Incremental reader of newline-delimited JSON: one event per line, the same promises.

    Empty lines are events with empty `data`.
    """

    __slots__ = ("_held", "_max_event_bytes")

    def __init__(self, *, max_event_bytes: int = MAX_EVENT_BYTES) -> None:
        self._held = bytearray()
        self._max_event_bytes = max_event_bytes

    @property
    def held(self) -> bytes:
        """Bytes of a line that has not ended."""
        return bytes(self._held)

    def feed(self, data: bytes) -> list[SSEvent]:
        """Take the next bytes; return the lines they complete."""
        held = self._held
        scan = len(held)
        held += data
        start = 0
        events: list[SSEvent] = []
        while (end := held.find(b"\n", max(start, scan))) >= 0:
            raw = bytes(held[start : end + 1])
            events.append(SSEvent("", raw.rstrip(b"\r\n"), raw))
            start = end + 1
        if start:
            del held[:start]
        if len(held) > self._max_event_bytes and not events:
            raise FramingError(
                f"The provider sent a line of more than {self._max_event_bytes} bytes."
            )
        return events

    def close(self) -> list[SSEvent]:
        """The stream has ended; return the last line where it had no newline."""
        if not self._held:
            return []
        raw = bytes(self._held)
        self._held.clear()
        return [SSEvent("", raw.rstrip(b"\r\n"), raw)]
