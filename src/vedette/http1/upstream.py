"""One connection to a provider.

Framing (RFC 9112, section 6): llhttp reads lengths and chunks. Two things it cannot know are
decided here: that an answer to HEAD has no body, and whether an answer without any framing ended
well when the connection closed.

The parser's callbacks only note; the receiver hears of it when the whole read is parsed. So it
gets one `data` for each read however many chunks that held, it may abort at any point, and what
it raises is not taken for a fault of the provider.
"""

import asyncio
from collections.abc import Callable
from typing import Protocol, cast

import httptools

from vedette.http1.errors import UpstreamError
from vedette.http1.outbox import Outbox
from vedette.http1.response import SWITCHED
from vedette.http1.sockets import send_at_once

Headers = list[tuple[bytes, bytes]]

HEAD_BYTES = 262_144
_LINGER_S = 2.0
_HEADER_COUNT = 512
_BODILESS = frozenset({204, 304})


class Receiver(Protocol):
    """Who gets an answer."""

    def head(self, status: int, headers: Headers) -> None: ...

    def data(self, data: bytes) -> None: ...

    def end(self) -> None: ...

    def failed(self, error: UpstreamError) -> None: ...


class Home(Protocol):
    """Where a connection belongs: its pool."""

    outbox: Outbox

    def give_back(self, connection: "Connection") -> None: ...

    def gone(self, connection: "Connection") -> None: ...


class _Unparsed:
    """In the place of the parser where nothing is to be parsed."""

    def __init__(self, take: Callable[[bytes], None]) -> None:
        self.feed_data = take


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
        self._out = b""
        self._transport: asyncio.Transport
        self._pieces: list[bytes] = []
        self.on_body = self._pieces.append
        """For the parser, which looks for it when it is made."""
        self._parser = httptools.HttpResponseParser(self)
        self._receiver: Receiver | None = None
        self._headers: Headers = []
        self._lines: Headers = []
        self._status = 0
        self._whole = False
        self._overhead = 0
        self._got_bytes = False
        self._in_body = False
        self._framed = False
        self._skips = False
        self._is_head = False
        self._chunked_upload = False
        self._offers_upgrade = False
        self._uploading = False
        self._reading = True
        self._keep_alive = True
        self.opened = False
        """True from the first moment there was a transport."""
        self.closed = False

    # For the gateway.

    def send(self, head: bytes, body: bytes, receiver: Receiver) -> None:
        """Send a whole request; the answer goes to `receiver`."""
        self._expect(head, receiver)
        if not self.closed:
            self._out = head + body if body else head
            self._home.outbox.add(self)

    def flush(self) -> None:
        """Write what `send` left for the end of the turn."""
        out, self._out = self._out, b""
        if out and not self.closed and not self._transport.is_closing():
            self._transport.write(out)

    def begin(self, head: bytes, receiver: Receiver) -> None:
        """Send a head; `write` and `finish` follow. Chunked where the head says so.

        Where the head offers an upgrade the receiver may get 101: then `data` and `write` are
        bytes of another protocol, until `end`.
        """
        self._expect(head, receiver)
        if self.closed:
            return
        self._uploading = True
        self._offers_upgrade = b"\r\nupgrade: " in head
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

    @property
    def unsent_bytes(self) -> int:
        """What the provider has not taken of the request."""
        return 0 if self.closed else len(self._out) + self._transport.get_write_buffer_size()

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

    def close(self) -> None:
        """Close when what was written has gone, soon in any case; the receiver hears nothing
        more."""
        self._receiver = None
        self._uploading = False
        if not self.closed:
            self._transport.close()
            asyncio.get_running_loop().call_later(_LINGER_S, self._transport.abort)

    # asyncio calls these.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports are not of asyncio's class, only of its shape.
        self._transport = cast(asyncio.Transport, transport)
        send_at_once(transport)
        self.opened = True

    def data_received(self, data: bytes) -> None:
        if self._receiver is None:
            # Nobody asked: the provider speaks out of turn, or an abort crossed these bytes.
            self._close()
            return
        self._got_bytes = True
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade as upgrade:
            self._switch(data[upgrade.args[0] :])
        except httptools.HttpParserError:
            self._break()
        else:
            # Heads, trailers and the sizes of chunks: what brings no body is bounded.
            self._overhead = 0 if self._pieces else self._overhead + len(data)
        self._deliver()
        if self._overhead > HEAD_BYTES and self._receiver is not None:
            self._fail(UpstreamError("bad_response", "the provider's answer is not valid HTTP"))

    def eof_received(self) -> bool:
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        self.closed = True
        self._uploading = False
        # Connection and parser hold each other.
        del self._parser
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
        if self._receiver is None or self._whole:
            # Bytes behind a whole answer: the next exchange must not read them as its own.
            raise _BadHead
        self._lines = []

    def on_header(self, name: bytes, value: bytes) -> None:
        self._lines.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        status = self._parser.get_status_code()
        if status < 100 or (status == SWITCHED and not self._switches):
            raise _BadHead
        if status < 200 and status != SWITCHED:
            self._skips = True
            return
        self._skips = False
        self._status = status
        # Trailers come through `on_header` too: they must not reach these headers.
        headers = self._headers = self._lines
        self._lines = []
        if len(headers) > _HEADER_COUNT:
            raise _BadHead
        framed = status in _BODILESS
        for name, value in headers:
            if name == b"content-length":
                framed = True
            elif name == b"transfer-encoding":
                framed = True
                if value.lower() != b"chunked":
                    # We could not undo it, and the client would not know of it.
                    raise _BadHead
        self._framed = framed
        self._keep_alive = framed and self._parser.should_keep_alive()
        if self._is_head:
            self._keep_alive = False
            self._whole = True

    def on_message_complete(self) -> None:
        if not self._skips:
            self._whole = True

    @property
    def _switches(self) -> bool:
        return self._offers_upgrade and self._parser.should_upgrade()

    def _switch(self, rest: bytes) -> None:
        """What follows the head is another protocol's."""
        if self._status != SWITCHED:
            self._break()
            return
        self._parser = cast(httptools.HttpResponseParser, _Unparsed(self.on_body))
        self._framed = self._whole = self._keep_alive = False
        if rest:
            self._pieces.append(rest)

    def _break(self) -> None:
        """This is no HTTP."""
        self._keep_alive = False
        self._overhead = HEAD_BYTES + 1

    def _deliver(self) -> None:
        """Tell the receiver what the last read brought, in order; it may abort at any point."""
        receiver = self._receiver
        if not self._in_body and self._status and receiver is not None:
            self._in_body = True
            receiver.head(self._status, self._headers)
            receiver = self._receiver
        pieces = self._pieces
        if pieces:
            data = pieces[0] if len(pieces) == 1 else b"".join(pieces)
            pieces.clear()
            if receiver is not None and not self._is_head:
                receiver.data(data)
        if self._whole and self._receiver is not None:
            self._deliver_end()

    def _expect(self, head: bytes, receiver: Receiver) -> None:
        self._receiver = receiver
        self._is_head = head.startswith(b"HEAD ")
        self._status = self._overhead = 0
        self._got_bytes = self._in_body = self._framed = self._whole = False
        if self.closed:
            # It closed after it was handed out: the receiver must hear so, but not from here.
            error = UpstreamError("reset", "the connection had closed", stale=self.reused)
            asyncio.get_running_loop().call_soon(self._fail, error)

    def _deliver_end(self) -> None:
        receiver, self._receiver = self._receiver, None
        self._in_body = False
        keeps = self._keep_alive and not self._uploading and not self.closed
        self._uploading = False
        self.on_pause = self.on_resume = None
        if keeps:
            if not self._reading:
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
