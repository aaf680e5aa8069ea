"""The answer to one request, as its handler writes it."""

from collections.abc import Callable, Sequence
from typing import Final, Protocol

from vedette.http1.headers import response_head
from vedette.http1.refusals import REASONS

Headers = Sequence[tuple[bytes, bytes]]

SWITCHED: Final = 101
"""Status of an answer after which both sides speak another protocol."""


class ResponseSink(Protocol):
    """The connection behind a response."""

    def send(self, data: bytes) -> None: ...

    def response_ended(self, *, keep_alive: bool) -> None: ...

    def cut(self, *, reset: bool = False) -> None: ...

    @property
    def keeps_open(self) -> bool: ...


class Nowhere:
    """Behind a response that nobody reads."""

    keeps_open = True

    def send(self, data: bytes) -> None: ...

    def response_ended(self, *, keep_alive: bool) -> None: ...

    def cut(self, *, reset: bool = False) -> None: ...


NOWHERE: Final = Nowhere()


class Tape(Protocol):
    """Hears what a response says, as its handler says it."""

    def head(self, status: int, headers: Headers, lines: bytes, *, streamed: bool) -> None: ...

    def data(self, data: bytes) -> None: ...

    def end(self) -> None:
        """The answer is whole; never called for one that is cut."""
        ...


class Response:
    """Written in one go (`send`), or as `start`, `write`..., `end`.

    A handler that set `on_lost` hears of a client that left and is not cancelled; `on_pause` and
    `on_resume` tell when the client does not keep up and when it caught up again.
    """

    __slots__ = ("_chunked", "_keep_alive", "_left", "_minor", "_no_body", "_sink", "bytes_sent",
                 "ended", "on_lost", "on_pause", "on_resume", "paused", "refused",
                 "started", "status", "tape")  # fmt: skip

    def __init__(self, sink: ResponseSink, method: str, minor: int, keep_alive: bool) -> None:
        self.started = False
        self.ended = False
        self.paused = False
        self.refused = 0
        """Status with which the rim answered, or would have: the rest of the request was bad or
        late. `refusals.STOPPED` where the server did not wait for the end."""
        self.status = 0
        self.bytes_sent = 0
        self.on_lost: Callable[[], None] | None = None
        self.on_pause: Callable[[], None] | None = None
        self.on_resume: Callable[[], None] | None = None
        self.tape: Tape | None = None
        self._sink = sink
        self._minor = minor
        self._keep_alive = keep_alive
        self._no_body = method == "HEAD"
        self._chunked = False
        self._left: int | None = None

    @property
    def cut_for(self) -> str:
        """Why it was cut, as a code, where it was not the client who left."""
        return REASONS.get(self.refused, "")

    def send(self, status: int, headers: Headers, body: bytes, *, more: bytes = b"") -> None:
        """The whole answer in one write; `more` are header lines written before."""
        self.said_whole(status, headers, body, more)
        no_body = self._no_body or status in _BODILESS
        if not no_body or not (status < 200 or status == 204 or (self._no_body and status == 304)):
            more = b"%bcontent-length: %d\r\n" % (more, len(body))
        sink = self._sink
        head = response_head(status, headers, more=more + self._connection_line())
        if no_body:
            sink.send(head)
        else:
            self.bytes_sent = len(body)
            sink.send(head + body)
        sink.response_ended(keep_alive=self._keep_alive)

    def said_whole(self, status: int, headers: Headers, body: bytes, more: bytes) -> None:
        """Note that this is the whole answer, and send nothing."""
        if self.started:
            raise RuntimeError("the response has been started already")
        self.started = self.ended = True
        self.status = status
        if self.tape is not None:
            self.tape.head(status, headers, more, streamed=False)
            self.tape.data(body)
            self.tape.end()

    def start(
        self, status: int, headers: Headers, *, length: int | None = None, more: bytes = b""
    ) -> None:
        """Send the head. Without `length` the body is chunked (HTTP/1.0: until the close)."""
        if self.started:
            raise RuntimeError("the response has been started already")
        self.started = True
        self.status = status
        if self.tape is not None:
            self.tape.head(status, headers, more, streamed=True)
        self._no_body = self._no_body or status in _BODILESS
        if length is not None:
            self._left = length
            more = b"%bcontent-length: %d\r\n" % (more, length)
        elif status in _BODILESS:
            pass
        elif self._minor >= 1:
            self._chunked = True
            more += b"transfer-encoding: chunked\r\n"
        else:
            self._keep_alive = False
        self._sink.send(response_head(status, headers, more=more + self._connection_line()))

    def switch(self, headers: Headers, *, more: bytes = b"") -> None:
        """Say 101: what is written from here on is another protocol's, and ends with a close."""
        if self.started:
            raise RuntimeError("the response has been started already")
        self.started = True
        self.status = SWITCHED
        self._keep_alive = False
        self._sink.send(response_head(SWITCHED, headers, more=more))

    def write(self, data: bytes) -> None:
        """A piece of the body, sent at once. After the end, or to a lost client, nothing."""
        if self.ended or not data or self._no_body:
            return
        size = len(data)
        self.bytes_sent += size
        if self.tape is not None:
            self.tape.data(data)
        if self._chunked:
            self._sink.send(b"%x\r\n%b\r\n" % (size, data))
            return
        if self._left is not None:
            self._left -= size
            if self._left < 0:
                # More than was announced would be read as the next answer.
                self.abort()
                return
        self._sink.send(data)

    def end(self) -> None:
        """The body is whole. Ending short of the announced length cuts the connection."""
        if self.ended:
            return
        if self._left and not self._no_body:
            self.abort()
            return
        self.ended = True
        if self.tape is not None:
            self.tape.end()
        if self._chunked and not self._no_body:
            self._sink.send(b"0\r\n\r\n")
        self._sink.response_ended(keep_alive=self._keep_alive)

    def abort(self) -> None:
        """Cut the connection, so that the client cannot take the answer for whole.

        A body that lasts until the close has no other sign of being broken than a reset.
        """
        until_close = self.started and not self._chunked and self._left is None
        self.ended = True
        self._sink.cut(reset=until_close)

    def release(self) -> None:
        """Let go of who listened: their state goes with the request, not with the next collection
        of cycles."""
        self.on_lost = self.on_pause = self.on_resume = None

    def close_after(self) -> None:
        """Do not keep the connection alive after this answer."""
        self._keep_alive = False

    def _connection_line(self) -> bytes:
        if not self._keep_alive or not self._sink.keeps_open:
            self._keep_alive = False
            return b"connection: close\r\n"
        return b"connection: keep-alive\r\n" if self._minor == 0 else b""


_BODILESS = frozenset({*range(100, 200), 204, 304})
