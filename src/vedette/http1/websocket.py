"""The frames of a WebSocket, read as they pass and never changed (RFC 6455, section 5).

    frame   = head (2 to 14 bytes) payload
    message = one frame, or a first one and continuations, control frames between them

A reader is for one direction: a client masks all of its frames, a server none. It is fed the bytes
in whatever pieces they come, counts, and gives whole text messages to `heard`. No extension may
have been agreed on: reserved bits are nonsense. Of a message longer than `most_bytes` nothing is
kept, so a reader never holds more than twice that.
"""

from collections.abc import Callable
from typing import Final

_CONTINUATION, _TEXT, _BINARY, _CLOSE, _PING, _PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA
_KNOWN: Final = frozenset({_CONTINUATION, _TEXT, _BINARY, _CLOSE, _PING, _PONG})
_CONTROL_BYTES: Final = 125
NO_CODE: Final = 1005
"""Of a close frame without a code (section 7.1.5)."""


class BadFrame(Exception):
    """These bytes are no frames, or none that may be sent here. Its text says why."""


class FrameReader:
    """Reads one direction of a WebSocket."""

    __slots__ = (
        "_fin", "_frame", "_head", "_heard", "_in_payload", "_is_masked", "_keeps", "_left",
        "_mask", "_message", "_most", "_opcode", "_size", "_started", "close_code", "messages",
        "skipped",
    )  # fmt: skip

    def __init__(self, heard: Callable[[bytes], None], *, is_masked: bool, most_bytes: int) -> None:
        self.messages = 0
        """Whole ones, of data."""
        self.skipped = 0
        """Texts of more than `most_bytes`."""
        self.close_code = 0
        """Of the close frame; 0 before there was one."""
        self._heard = heard
        self._is_masked = is_masked
        self._most = most_bytes
        self._head = bytearray()
        self._in_payload = False
        self._opcode = self._left = self._size = 0
        self._fin = self._keeps = False
        self._mask = b""
        self._started = 0
        """Opcode of the message under way."""
        self._frame = bytearray()
        self._message = bytearray()

    @property
    def is_between(self) -> bool:
        """Whether a frame of somebody else may be put here."""
        return not (self._in_payload or self._head or self.close_code)

    def feed(self, data: bytes) -> None:
        """The next bytes. Raises BadFrame; after that nothing may be fed."""
        at, end = 0, len(data)
        while at < end:
            if not self._in_payload:
                at = self._feed_head(data, at)
                continue
            stop = min(end, at + self._left)
            if self._keeps:
                self._frame += data[at:stop]
            self._left -= stop - at
            at = stop
            if not self._left:
                self._end_frame()

    def _feed_head(self, data: bytes, at: int) -> int:
        """Take what belongs to the head; returns where the rest begins."""
        head = self._head
        at = self._fill_head(data, at, 2)
        if len(head) >= 2:
            wanted = self._head_size(head[0], head[1])
            at = self._fill_head(data, at, wanted)
            if len(head) == wanted:
                self._begin_frame(head)
        return at

    def _fill_head(self, data: bytes, at: int, wanted: int) -> int:
        stop = at + max(0, wanted - len(self._head))
        self._head += data[at:stop]
        return min(stop, len(data))

    def _head_size(self, first: int, second: int) -> int:
        """How long the head is; its first two bytes say. Raises BadFrame for what they must not
        say."""
        opcode, size = first & 0x0F, second & 0x7F
        if first & 0x70:
            raise BadFrame("reserved bits are set")
        if opcode not in _KNOWN:
            raise BadFrame("an opcode is unknown")
        if bool(second & 0x80) != self._is_masked:
            raise BadFrame("a frame is masked that must not be, or is not that must be")
        if opcode >= _CLOSE:
            if size > _CONTROL_BYTES or not first & 0x80:
                raise BadFrame("a control frame is too long or in parts")
        elif (opcode == _CONTINUATION) != bool(self._started):
            raise BadFrame("a message goes on that has not begun, or begins inside another")
        return 2 + {126: 2, 127: 8}.get(size, 0) + (4 if self._is_masked else 0)

    def _begin_frame(self, head: bytearray) -> None:
        size, behind = head[1] & 0x7F, 2
        if size >= 126:
            behind = 4 if size == 126 else 10
            size = int.from_bytes(head[2:behind], "big")
            if size >> 63:
                raise BadFrame("a length has more than 63 bits")
        self._fin, self._opcode = bool(head[0] & 0x80), head[0] & 0x0F
        self._mask = bytes(head[behind:])
        self._left = size
        head.clear()
        if self._opcode >= _CLOSE:
            self._keeps = self._opcode == _CLOSE
        else:
            self._begin_part(size)
        self._in_payload = True
        if not size:
            self._end_frame()

    def _begin_part(self, size: int) -> None:
        """A frame of a message."""
        if self._opcode != _CONTINUATION:
            self._started, self._size = self._opcode, 0
        self._size += size
        self._keeps = self._started == _TEXT and self._size <= self._most
        if not self._keeps:
            self._message.clear()

    def _end_frame(self) -> None:
        self._in_payload = False
        payload = self._unmasked() if self._frame else b""
        self._frame.clear()
        if self._opcode == _CLOSE:
            self.close_code = int.from_bytes(payload[:2], "big") if len(payload) > 1 else NO_CODE
        elif self._opcode < _CLOSE:
            if self._fin and not self._message:
                self._end_message(payload)
                return
            self._message += payload
            if self._fin:
                whole = bytes(self._message)
                self._message.clear()
                self._end_message(whole)

    def _end_message(self, whole: bytes) -> None:
        is_text, self._started = self._started == _TEXT, 0
        self.messages += 1
        if is_text and self._keeps:
            self._heard(whole)
        elif is_text:
            self.skipped += 1

    def _unmasked(self) -> bytes:
        return masked(bytes(self._frame), self._mask) if self._is_masked else bytes(self._frame)


def masked(data: bytes, mask: bytes) -> bytes:
    """The bytes under a mask of four, or from under it (section 5.3)."""
    size = len(data)
    over = (mask * (size // 4 + 1))[:size]
    return (int.from_bytes(data, "big") ^ int.from_bytes(over, "big")).to_bytes(size, "big")


def close_frame(code: int, reason: str = "", *, mask: bytes = b"") -> bytes:
    """A frame that closes; a client's has a mask of four bytes. The reason is ASCII, short."""
    payload = code.to_bytes(2, "big") + reason.encode("ascii")[: _CONTROL_BYTES - 2]
    head = bytes((0x80 | _CLOSE, len(payload) | (0x80 if mask else 0)))
    return head + (mask + masked(payload, mask) if mask else payload)
