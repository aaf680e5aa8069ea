"""The AWS event stream: binary frames with checksums, read from any split and written.

https://smithy.io/2.0/aws/amazon-eventstream.html

    total length (4) | headers length (4) | CRC-32 of these (4) | headers | payload | CRC-32 (4)

Integers are big-endian; the last checksum covers everything before it. A frame becomes an event
whose data is the JSON form of the service's union: `{"contentBlockDelta": {...}}`, an exception in
the same way `{"throttlingException": {...}}`. As with every framing, all bytes that go in come out
in the `raw` of exactly one event or are `held`.

A damaged frame ends the stream: nothing after it can be trusted to begin where it seems to. The
events before it are returned first; DamagedStream is raised when there is nothing else to say.
"""

import struct
from collections.abc import Iterable, Iterator
from zlib import crc32

import msgspec

from vedette.dialects.framing import MAX_EVENT_BYTES, FramingError, SSEvent

CONTENT_TYPE = b"application/vnd.amazon.eventstream"

Header = bool | int | bytes | str
"""A header's value; timestamps are milliseconds since 1970, UUIDs their 16 bytes."""

_PRELUDE = struct.Struct(">III")
_PRELUDE_BYTES = _PRELUDE.size
_LENGTHS_BYTES = 8
_CHECKSUM = struct.Struct(">I")
_LEAST_BYTES = _PRELUDE_BYTES + _CHECKSUM.size
_SHORT = struct.Struct(">H")
_NUMBERS = {2: struct.Struct(">b"), 3: struct.Struct(">h"), 4: struct.Struct(">i"),
            5: struct.Struct(">q"), 8: struct.Struct(">q")}  # fmt: skip
_TRUE, _FALSE, _BYTES, _STRING, _UUID = 0, 1, 6, 7, 9
_UUID_BYTES = 16
_KINDS_LIMIT = 64
_HEADERS_LIMIT = 1024


class DamagedStream(FramingError):
    """A frame is not what its sender wrote."""


class EventStreamReader:
    """Incremental reader of `application/vnd.amazon.eventstream`.

    `feed` and `close` raise DamagedStream for a frame that is damaged or larger than
    `max_event_bytes`; `held` then has all bytes from its first on.
    """

    __slots__ = ("_damage", "_held", "_kinds", "_max_event_bytes", "_needed")

    def __init__(self, *, max_event_bytes: int = MAX_EVENT_BYTES) -> None:
        self._held = bytearray()
        self._max_event_bytes = max_event_bytes
        self._needed = _PRELUDE_BYTES
        self._damage = ""
        self._kinds: dict[bytes, _Kind] = {}
        """By their headers: a stream has few kinds of frames."""

    @property
    def held(self) -> bytes:
        """Bytes of a frame that has not ended."""
        return bytes(self._held)

    def feed(self, data: bytes) -> list[SSEvent]:
        """Take the next bytes; return the events of the frames they complete."""
        held = self._held
        if held or self._damage:
            held += data
            if self._damage or len(held) < self._needed:
                return self._checked([])
            data = bytes(held)
            held.clear()
        events: list[SSEvent] = []
        start = 0
        try:
            while (end := self._end(data, start)) <= len(data):
                events.append(self._read(data[start:end]))
                start = end
            self._needed = end - start
        except DamagedStream as error:
            self._damage = error.message
        held += data[start:]
        return self._checked(events)

    def close(self) -> list[SSEvent]:
        """The stream has ended; what was left of it is an event without data."""
        if not self._held:
            return []
        self._checked([])
        raw = bytes(self._held)
        self._held.clear()
        return [SSEvent("", b"", raw)]

    def _end(self, data: bytes, start: int) -> int:
        """Where the frame at `start` ends, or as far as must be known first."""
        if len(data) - start < _PRELUDE_BYTES:
            return start + _PRELUDE_BYTES
        total, headers, checksum = _PRELUDE.unpack_from(data, start)
        if crc32(data[start : start + _LENGTHS_BYTES]) != checksum:
            raise _damaged("a frame whose lengths do not match their checksum")
        if total < _LEAST_BYTES + headers:
            raise _damaged("a frame that is shorter than its headers")
        if total > self._max_event_bytes:
            raise _damaged(f"a frame of more than {self._max_event_bytes} bytes")
        return start + int(total)

    def _checked(self, events: list[SSEvent]) -> list[SSEvent]:
        if self._damage and not events:
            raise DamagedStream(self._damage)
        return events

    def _read(self, raw: bytes) -> SSEvent:
        payload_end = len(raw) - _CHECKSUM.size
        if crc32(raw[:payload_end]) != _CHECKSUM.unpack_from(raw, payload_end)[0]:
            raise _damaged("a frame that does not match its checksum")
        headers_end = _PRELUDE_BYTES + _CHECKSUM.unpack_from(raw, 4)[0]
        packed = raw[_PRELUDE_BYTES:headers_end]
        kind = self._kinds.get(packed)
        if kind is None:
            kind = _Kind(dict(read_headers(packed)))
            if len(self._kinds) < _KINDS_LIMIT and len(packed) < _HEADERS_LIMIT:
                self._kinds[packed] = kind
        return SSEvent(kind.name, kind.data(raw[headers_end:payload_end]), raw)


class _Kind:
    """What the headers of a frame say: its name, and how its payload is to be read."""

    __slots__ = ("_error", "_is_json", "_opening", "name")

    def __init__(self, headers: dict[str, Header]) -> None:
        message_type = headers.get(":message-type", "event")
        self._error = b""
        if message_type == "error":
            # An error that the service does not model: its text stands in the headers.
            code = str(headers.get(":error-code", ""))
            message = str(headers.get(":error-message", ""))
            self.name = code if code.endswith(("Exception", "Error")) else "error"
            self._error = msgspec.json.encode({"message": message, "code": code})
        else:
            what = ":exception-type" if message_type == "exception" else ":event-type"
            self.name = str(headers.get(what, ""))
        content_type = str(headers.get(":content-type", ""))
        self._is_json = not content_type or "json" in content_type
        self._opening = b"{%b:" % msgspec.json.encode(self.name)

    def data(self, payload: bytes) -> bytes:
        """The event's data; b"" where the frame has no name."""
        if not self.name:
            return b""
        if self._error:
            payload = self._error
        elif not self._is_json:
            payload = msgspec.json.encode(payload.decode("utf-8", "replace"))
        return b"%b%b}" % (self._opening, payload or b"{}")


def _damaged(what: str) -> DamagedStream:
    return DamagedStream(f"The provider sent {what}.")


def read_headers(data: bytes) -> Iterator[tuple[str, Header]]:
    """The headers of a frame, in order. Raises DamagedStream where they make no sense."""
    at = 0
    try:
        while at < len(data):
            name_end = at + 1 + data[at]
            kind = data[name_end]
            name = data[at + 1 : name_end].decode()
            value, at = _read_value(data, kind, name_end + 1)
            yield name, value
    except (IndexError, struct.error, UnicodeError):
        raise _damaged("a frame whose headers cannot be read") from None


def _read_value(data: bytes, kind: int, at: int) -> tuple[Header, int]:
    """A header's value and where it ends. Raises what slicing beyond the end raises."""
    if kind in (_TRUE, _FALSE):
        return kind == _TRUE, at
    if (number := _NUMBERS.get(kind)) is not None:
        return int(number.unpack_from(data, at)[0]), at + number.size
    if kind == _UUID:
        length = _UUID_BYTES
    elif kind in (_BYTES, _STRING):
        length = _SHORT.unpack_from(data, at)[0]
        at += _SHORT.size
    else:
        raise IndexError(kind)
    end = at + length
    if end > len(data):
        raise IndexError(end)
    value = data[at:end]
    return (value.decode() if kind == _STRING else value), end


def frame(name: str, payload: bytes) -> bytes:
    """One event with a JSON payload."""
    return encode_frame(
        ((":event-type", name), (":content-type", "application/json"), (":message-type", "event")),
        payload,
    )


def exception_frame(name: str, payload: bytes) -> bytes:
    """One exception: the last frame of a stream that failed."""
    return encode_frame(
        (
            (":exception-type", name),
            (":content-type", "application/json"),
            (":message-type", "exception"),
        ),
        payload,
    )


def encode_frame(headers: Iterable[tuple[str, str]], payload: bytes) -> bytes:
    """A frame with text headers; names are at most 255 bytes long, values 65,535."""
    packed = b"".join(_pack_header(name.encode(), value.encode()) for name, value in headers)
    total = _LEAST_BYTES + len(packed) + len(payload)
    lengths = struct.pack(">II", total, len(packed))
    body = b"".join((lengths, _CHECKSUM.pack(crc32(lengths)), packed, payload))
    return body + _CHECKSUM.pack(crc32(body))


def _pack_header(name: bytes, value: bytes) -> bytes:
    return b"%c%b%c%b%b" % (len(name), name, _STRING, _SHORT.pack(len(value)), value)
