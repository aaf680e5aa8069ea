"""One connection to a provider.

Framing (RFC 9112, section 6): llhttp reads lengths and chunks. Two things it cannot know are
decided here: that an answer to HEAD has no body, and whether an answer without any framing ended
well when the connection closed.
"""

import asyncio
from collections.abc import Callable
from typing import Protocol, cast

import httptools

from vedette.http1.errors import UpstreamError

Headers = list[tuple[bytes, bytes]]

HEAD_BYTES = 262_144
_HEADER_COUNT = 512


class Receiver(Protocol):
    """Who gets an answer."""

    def head(self, status: int, headers: Headers) -> None: ...

    def data(self, data: bytes) -> None: ...

    def end(self) -> None: ...

    def failed(self, error: UpstreamError) -> None: ...


class Home(Protocol):
    """Where a connection belongs: its pool."""

    def give_back(self, connection: "Connection") -> None: ...

    def gone(self, connection: "Connection") -> None: ...


class _BadHead(Exception):
    """Raised out of a parser callback to stop the parser."""


class Connection(asyncio.Protocol):
    """Sends a request and parses its answer."""

    def __init__(self, home: Home) -> None:
        self.reused = False
        self.idle_since = 0.0
        self.paused = False
        """True while the provider does not take the body of an upload."""
        self.on_pause: Callable[[], None] | None = None
        self.on_resume: Callable[[], None] | None = None
        self._home = home
        self._transport: asyncio.Transport
        self._parser = httptools.HttpResponseParser(self)
        self._receiver: Receiver | None = None
        self._headers: Headers = []
        self._head_size = 0
        self._got_bytes = False
        self._in_body = False
        self._framed = False
        self._skips = False
        self._is_head = False
        self._chunked_upload = False
        self._uploading = False
        self._reading = True
        self._keep_alive = True
        self.closed = False

    # For the gateway.

    def send(self, head: bytes, body: bytes, receiver: Receiver) -> None:
        """Send a whole request; the answer goes to `receiver`."""
        self._expect(head, receiver)
        self._transport.write(head + body if body else head)

    def begin(self, head: bytes, receiver: Receiver) -> None:
        """Send a head; `write` and `finish` follow. Chunked where the head says so."""
        self._expect(head, receiver)
        self._uploading = True
        self._chunked_upload = b"\r\ntransfer-encoding: chunked\r\n" in head
        self._transport.write(head)

    def write(self, data: bytes) -> None:
        """A piece of the request's body; nothing once the exchange is over."""
        if not self._uploading or not data:
            return
        if self._chunked_upload:
            self._transport.write(b"%x\r\n%b\r\n" % (len(data), data))
        else:
            self._transport.write(data)

    def finish(self) -> None:
        """The request's body is whole."""
        if self._uploading:
            self._uploading = False
            if self._chunked_upload:
                self._transport.write(b"0\r\n\r\n")

    def pause_reading(self) -> None:
        if self._reading and not self.closed:
            self._reading = False
            self._transport.pause_reading()

    def resume_reading(self) -> None:
        if not self._reading and not self.closed:
            self._reading = True
            self._transport.resume_reading()

    def abort(self) -> None:
        """Close at once; the receiver hears nothing more."""
        self._receiver = None
        self._close()

    # asyncio calls these.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports are not of asyncio's class, only of its shape.
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        if self._receiver is None:
            # Nobody asked: the provider speaks out of turn, or an abort crossed these bytes.
            self._close()
            return
        self._got_bytes = True
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            self._fail(UpstreamError("bad_response", "the provider's answer is not valid HTTP"))

    def eof_received(self) -> bool:
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        self.closed = True
        self._uploading = False
        self._home.gone(self)
        if self._receiver is None:
            return
        if exc is None and self._in_body and not self._framed:
            self._deliver_end()
        elif not self._got_bytes:
            code = "closed_before_head" if exc is None else "reset"
            self._fail(UpstreamError(code, stale=self.reused))
        else:
            code = "closed_early" if self._in_body else "closed_before_head"
            self._fail(UpstreamError(code if exc is None else "reset"))

    def pause_writing(self) -> None:
        self.paused = True
        if self.on_pause is not None:
            self.on_pause()

    def resume_writing(self) -> None:
        self.paused = False
        if self.on_resume is not None:
            self.on_resume()

    # The parser calls these.

    def on_message_begin(self) -> None:
        if self._receiver is None:
            raise _BadHead
        self._headers = []
        self._head_size = 0

    def on_header(self, name: bytes, value: bytes) -> None:
        self._head_size += len(name) + len(value)
        self._headers.append((name.lower(), value))
        if self._head_size > HEAD_BYTES or len(self._headers) > _HEADER_COUNT:
            raise _BadHead

    def on_headers_complete(self) -> None:
        status = self._parser.get_status_code()
        if 100 <= status < 200:
            self._skips = True
            if status == 101:
                raise _BadHead
            return
        self._skips = False
        self._in_body = True
        self._framed = status in (204, 304) or any(
            name in _FRAMING_NAMES for name, _ in self._headers
        )
        self._keep_alive = self._parser.should_keep_alive() and self._framed
        receiver = self._receiver
        if receiver is not None:
            receiver.head(status, self._headers)
            if self._is_head:
                self._keep_alive = False
                self._deliver_end()

    def on_body(self, data: bytes) -> None:
        receiver = self._receiver
        if receiver is not None:
            receiver.data(data)

    def on_message_complete(self) -> None:
        if self._skips:
            return
        if self._receiver is not None:
            self._deliver_end()

    def _expect(self, head: bytes, receiver: Receiver) -> None:
        self._receiver = receiver
        self._is_head = head.startswith(b"HEAD ")
        self._got_bytes = self._in_body = self._framed = False

    def _deliver_end(self) -> None:
        receiver, self._receiver = self._receiver, None
        self._in_body = False
        keeps = self._keep_alive and not self._uploading and not self.closed
        self._uploading = False
        self.on_pause = self.on_resume = None
        if keeps:
            self.resume_reading()
            self.reused = True
            self._home.give_back(self)
        else:
            self._close()
        if receiver is not None:
            receiver.end()

    def _fail(self, error: UpstreamError) -> None:
        receiver, self._receiver = self._receiver, None
        self._close()
        if receiver is not None:
            receiver.failed(error)

    def _close(self) -> None:
        self._uploading = False
        if not self.closed:
            self.closed = True
            self._transport.abort()


_FRAMING_NAMES = frozenset({b"content-length", b"transfer-encoding"})
