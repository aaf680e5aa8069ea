"""One connection of the server.

Life of a connection: head -> (body | handler) -> answer -> head ... The handler's task starts
when the head is whole and runs beside the body. `deadline` is moved from phase to phase:

| phase                                   | deadline                |
|-----------------------------------------|-------------------------|
| nothing received since the last answer  | `idle_s`                |
| a head has begun                        | `header_read_s`         |
| a body is being read                    | `body_read_s` per piece |
| the answer is on its way                | none; the handler's     |
| the client does not take the answer     | `body_read_s`           |
| lingering after an early answer         | `_LINGER_S`             |
"""

import asyncio
import math
from collections import deque
from typing import TYPE_CHECKING, cast

import httptools

from vedette.http1.body import Body
from vedette.http1.request import Request
from vedette.http1.response import Response

if TYPE_CHECKING:
    from vedette.http1.server import Server

_LINGER_S = 2.0
_LINGER_BYTES = 16_777_216
_AHEAD = 16
"""Requests a client may send before its first is answered."""

_REFUSALS = {
    400: ("invalid_http", "The request is not valid HTTP/1.1."),
    405: ("method_not_allowed", "CONNECT is not served here."),
    408: ("request_timeout", "The request did not arrive in time."),
    431: ("headers_too_large", "The request head is too large."),
    503: ("too_many_connections", "Too many connections are open. Try again shortly."),
}


class _Refused(Exception):
    """Raised out of a parser callback to stop the parser."""


class ServerConnection(asyncio.Protocol):
    """Parser callbacks, flow control and deadlines of one client connection."""

    def __init__(self, server: "Server") -> None:
        self.deadline = math.inf
        self._server = server
        self._limits = server.limits
        self._transport: asyncio.Transport
        self._parser = httptools.HttpRequestParser(self)
        self._peer = ""
        self._closed = False
        self._reading = True
        self._refusal = 0
        self._lingering = 0
        self._head_bytes = 0
        self._in_head = False
        self._url = b""
        self._headers: list[tuple[bytes, bytes]] = []
        self._receiving: Body | None = None
        self._expects_continue = False
        self._task: asyncio.Task[None] | None = None
        self._response: Response | None = None
        self._request: Request | None = None
        self._ahead: deque[tuple[Request, Response]] = deque()

    # asyncio calls these.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports are not of asyncio's class, only of its shape.
        self._transport = transport = cast(asyncio.Transport, transport)
        server = self._server
        if not server.opened(self):
            self._refuse(503)
            return
        peer = transport.get_extra_info("peername")
        self._peer = str(peer[0]) if isinstance(peer, tuple) else ""
        limit = self._limits.write_buffer_bytes
        transport.set_write_buffer_limits(high=limit, low=limit // 4)
        self.deadline = server.clock.monotonic() + self._limits.header_read_s
        server.deadlines.add(self)

    def data_received(self, data: bytes) -> None:
        if self._lingering:
            self._linger(len(data))
            return
        if self._in_head or self._receiving is None:
            self._head_bytes += len(data)
        if self._receiving is not None:
            self._touch_body()
        elif not self._in_head and self._response is None:
            self.deadline = self._server.clock.monotonic() + self._limits.header_read_s
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            self._refuse(self._refusal or 400)
            return
        except httptools.HttpParserError:
            self._refuse(self._refusal or 400)
            return
        if self._in_head and self._head_bytes > self._limits.header_bytes:
            self._refuse(431)

    def eof_received(self) -> bool:
        """The client has closed its side: it waits for nothing any more."""
        self._lost()
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        self._lost()
        self._server.deadlines.discard(self)
        self._server.closed(self)

    def pause_writing(self) -> None:
        response = self._response
        self.deadline = self._server.clock.monotonic() + self._limits.body_read_s
        if response is not None:
            response.paused = True
            if response.on_pause is not None:
                response.on_pause()

    def resume_writing(self) -> None:
        response = self._response
        self.deadline = math.inf
        if response is not None:
            response.paused = False
            if response.on_resume is not None and not response.ended:
                response.on_resume()

    # The ticker calls this.

    def expired(self) -> None:
        self.deadline = math.inf
        response = self._response
        if self._lingering or (response is not None and response.started):
            self.cut()
        elif self._in_head or (self._receiving is not None and not self._receiving.complete):
            self._refuse(408)
        else:
            self._close()

    # The parser calls these.

    def on_message_begin(self) -> None:
        self._in_head = True
        self._url = b""
        self._headers = []
        self._expects_continue = False
        if len(self._ahead) >= _AHEAD:
            self._stop(400)

    def on_url(self, url: bytes) -> None:
        self._url += url

    def on_header(self, name: bytes, value: bytes) -> None:
        headers = self._headers
        headers.append((name.lower(), value))
        if len(headers) > self._limits.header_count:
            self._stop(431)

    def on_headers_complete(self) -> None:
        self._in_head = False
        parser = self._parser
        method = parser.get_method().decode("latin-1")
        version = parser.get_http_version()
        length, size = self._read_head()
        if size > self._limits.header_bytes:
            self._stop(431)
        if method == "CONNECT" or not self._url:
            self._stop(405)
        body = Body(self, length)
        request = Request(
            method=method, target=self._url, headers=self._headers, http_version=version,
            peer=self._peer, body=body,
        )  # fmt: skip
        keep_alive = parser.should_keep_alive() and not self._server.draining
        minor = 0 if version == "1.0" else 1
        response = Response(self, method=method, minor=minor, keep_alive=keep_alive)
        self._receiving = body
        if self._task is None:
            self._begin(request, response)
        else:
            # Whoever sends ahead is not read from until its turn comes.
            self._ahead.append((request, response))
            self.pause_reading()

    def on_body(self, data: bytes) -> None:
        if self._receiving is not None:
            self._receiving.feed(data)

    def on_message_complete(self) -> None:
        body, self._receiving = self._receiving, None
        self._head_bytes = 0
        if body is not None:
            body.end()
            if self._response is None or not self._response.paused:
                self.deadline = math.inf

    # The body and the response call these.

    def pause_reading(self) -> None:
        if self._reading and not self._closed:
            self._reading = False
            self._transport.pause_reading()
            if self._receiving is not None:
                self.deadline = math.inf

    def resume_reading(self) -> None:
        if not self._reading and not self._closed and not self._ahead:
            self._reading = True
            self._transport.resume_reading()
            if self._receiving is not None:
                self._touch_body()

    def continue_expected(self) -> None:
        if self._expects_continue and not self._closed:
            self._expects_continue = False
            self._transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")

    def send(self, data: bytes) -> None:
        if not self._closed:
            self._transport.write(data)

    def response_ended(self, *, keep_alive: bool) -> None:
        """The answer is written; what follows depends on whether the request was read."""
        request = self._request
        if self._closed:
            return
        if request is not None and not request.body.complete:
            self._begin_lingering()
        elif not keep_alive or self._server.draining:
            self._close()
        else:
            self.deadline = self._server.clock.monotonic() + self._limits.idle_s

    def cut(self) -> None:
        """End the connection at once; unsent bytes are lost."""
        if not self._closed:
            self._transport.abort()
            self._lost()

    # The server calls this.

    def close_if_idle(self) -> None:
        """Close a connection on which nothing is under way."""
        if self._task is None and not self._in_head:
            self._close()

    def _begin(self, request: Request, response: Response) -> None:
        self._request, self._response = request, response
        self._task = self._server.tasks.spawn(self._serve(request, response), name="request")
        if not request.body.complete:
            self._touch_body()

    async def _serve(self, request: Request, response: Response) -> None:
        try:
            await self._server.run(request, response)
        finally:
            self._task = self._response = self._request = None
            self._next()

    def _next(self) -> None:
        """Serve the request that was sent ahead, if there is one."""
        if self._closed or self._lingering:
            return
        if self._ahead:
            self._begin(*self._ahead.popleft())
        if not self._ahead:
            self.resume_reading()

    def _read_head(self) -> tuple[int | None, int]:
        """Declared body length (0 without a body, None when chunked) and the head's size."""
        length: int | None = 0
        size = len(self._url)
        for name, value in self._headers:
            size += len(name) + len(value) + 4
            if name == b"content-length":
                length = int(value)
            elif name == b"transfer-encoding":
                length = None
            elif name == b"expect" and value.lower() == b"100-continue":
                self._expects_continue = True
        return length, size

    def _touch_body(self) -> None:
        self.deadline = self._server.clock.monotonic() + self._limits.body_read_s

    def _stop(self, status: int) -> None:
        self._refusal = status
        raise _Refused

    def _refuse(self, status: int) -> None:
        """Answer for the rim and close. Never interrupts an answer that has begun."""
        code, message = _REFUSALS[status]
        self._server.stats.refused[code] += 1
        if self._response is not None and self._response.started:
            self.cut()
            return
        body = (
            f'{{"error":{{"message":"{message}","type":"invalid_request_error",'
            f'"param":null,"code":"{code}"}}}}'
        ).encode()
        response = Response(self, method="", minor=1, keep_alive=False)
        self._stop_handler()
        response.start(status, [(b"content-type", b"application/json")], length=len(body))
        self.send(body)
        self._begin_lingering()

    def _stop_handler(self) -> None:
        response, task = self._response, self._task
        self._response = self._request = None
        if response is not None:
            response.ended = True
        if task is not None:
            task.cancel()

    def _begin_lingering(self) -> None:
        """Close so that the client can still read the answer.

        Closing with unread bytes would send a reset, which may overtake the answer
        (RFC 9112, section 9.6): so the sending side is closed first and the rest is thrown away.
        """
        self._lingering = 1
        self.deadline = self._server.clock.monotonic() + _LINGER_S
        self._server.deadlines.add(self)
        if self._transport.can_write_eof():
            self._transport.write_eof()
        self._reading = True
        self._transport.resume_reading()

    def _linger(self, size: int) -> None:
        self._lingering += size
        if self._lingering > _LINGER_BYTES:
            self.cut()

    def _close(self) -> None:
        if not self._closed:
            self._transport.close()

    def _lost(self) -> None:
        """The client is gone: tell whoever serves it. Once."""
        if self._closed:
            return
        self._closed = True
        self.deadline = math.inf
        response, request = self._response, self._request
        if request is not None:
            request.body.lost()
        for waiting, _ in self._ahead:
            waiting.body.lost()
        self._ahead.clear()
        if response is None or response.ended:
            return
        if response.on_lost is not None:
            response.on_lost()
        elif self._task is not None and (request is None or request.body.complete):
            self._task.cancel()
