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
| lingering after an early answer         | `_LINGER_S` per piece   |
"""

import asyncio
import math
from collections import deque
from typing import TYPE_CHECKING, cast

import httptools

from vedette.http1.body import Body
from vedette.http1.framing import Refused, head_size, read_framing
from vedette.http1.refusals import REASONS, refusal_body
from vedette.http1.request import Request
from vedette.http1.response import Response
from vedette.http1.sockets import reset_on_close, send_at_once
from vedette.http1.upgrade import body_parser

if TYPE_CHECKING:
    from vedette.http1.server import Server

_LINGER_S = 2.0
_LINGER_TOTAL_S = 30.0
_AHEAD = 16
"""Requests a client may send before its first is answered."""


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
        self._lingering = False
        self._linger_end = math.inf
        self._head_bytes = 0
        self._in_head = False
        self._url = b""
        self._headers: list[tuple[bytes, bytes]] = []
        self._receiving: Body | None = None
        self._expects_continue = False
        self._upgrading = False
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
        send_at_once(transport)
        peer = transport.get_extra_info("peername")
        self._peer = str(peer[0]) if isinstance(peer, tuple) else ""
        limit = self._limits.write_buffer_bytes
        transport.set_write_buffer_limits(high=limit, low=limit // 4)
        self.deadline = server.clock.monotonic() + self._limits.header_read_s
        server.deadlines.add(self)

    def data_received(self, data: bytes) -> None:
        if self._lingering:
            now = self._server.clock.monotonic()
            self.deadline = min(now + _LINGER_S, self._linger_end)
            return
        if self._refusal:
            return
        body = self._receiving
        size = 0
        if body is not None:
            size = body.size
            self._touch_body()
        elif not self._in_head and self._response is None:
            self.deadline = self._server.clock.monotonic() + self._limits.header_read_s
        self._head_bytes += len(data)
        if not self._feed(data):
            return
        if body is not None and (self._receiving is not body or body.size > size):
            # What counts as head is what brings no body: trailers, the sizes of chunks.
            self._head_bytes = 0
        elif self._head_bytes > self._limits.header_bytes and (self._in_head or body is not None):
            self._reject(431)

    def eof_received(self) -> bool:
        """The client has closed its side: it waits for nothing any more."""
        self._lost()
        if self._transport.get_write_buffer_size():
            # It may still read what is on its way, but not for ever.
            self.deadline = self._server.clock.monotonic() + _LINGER_S
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
        if self._closed or self._transport.is_closing():
            self._transport.abort()
        elif self._lingering or (response is not None and response.started):
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
            raise Refused(400)

    def on_url(self, url: bytes) -> None:
        self._url += url

    def on_header(self, name: bytes, value: bytes) -> None:
        headers = self._headers
        headers.append((name.lower(), value))
        if len(headers) > self._limits.header_count:
            raise Refused(431)

    def on_headers_complete(self) -> None:
        self._in_head = False
        parser = self._parser
        # Trailers come through `on_header` too: they must not reach this request's headers.
        headers, self._headers = self._headers, []
        limit = self._limits.header_bytes
        # 0: sent ahead, behind another request; its size is not known yet.
        if not 0 < self._head_bytes <= limit and head_size(self._url, headers) > limit:
            raise Refused(431)
        method = parser.get_method().decode("latin-1")
        if method == "CONNECT" or not self._url:
            raise Refused(405)
        version = parser.get_http_version()
        length, self._expects_continue, offers_upgrade = read_framing(headers, version)
        self._upgrading = offers_upgrade and parser.should_upgrade()
        self._head_bytes = 0
        body = Body(self, length)
        request = Request(
            method=method, target=self._url, headers=headers, http_version=version,
            peer=self._peer, body=body,
        )  # fmt: skip
        keep_alive = parser.should_keep_alive()
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
        if self._upgrading and self._receiving is not None and not self._receiving.complete:
            # llhttp takes the body for another protocol; see `upgrade`.
            return
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

    @property
    def keeps_open(self) -> bool:
        """False once it is clear that the connection ends with the answer that begins now."""
        request = self._request
        if self._server.draining or (self._refusal and not self._ahead):
            return False
        return request is None or request.body.complete

    def cut(self, *, reset: bool = False) -> None:
        """End the connection at once, unsent bytes are lost; with `reset` visibly as an error."""
        if self._closed:
            return
        if reset:
            reset_on_close(self._transport)
        self._transport.abort()
        self._lost()

    def close_if_idle(self) -> None:
        """Close a connection on which nothing is under way."""
        if self._task is None and not self._in_head:
            self._close()

    def _begin(self, request: Request, response: Response) -> None:
        self._request, self._response = request, response
        # The connection owns this task; `_serve` lets no exception out and `drain` cuts us.
        self._task = asyncio.get_running_loop().create_task(self._serve(request, response))
        if request.body.complete:
            self.deadline = math.inf
        else:
            self._touch_body()

    async def _serve(self, request: Request, response: Response) -> None:
        try:
            await self._server.run(request, response)
        finally:
            self._task = self._response = self._request = None
            response.release()
            self._next()

    def _next(self) -> None:
        """Serve the request that was sent ahead, if there is one."""
        if self._closed or self._lingering or self._transport.is_closing():
            return
        if self._ahead:
            self._begin(*self._ahead.popleft())
        elif self._refusal:
            self._refuse(self._refusal)
            return
        if not self._ahead:
            self.resume_reading()

    def _feed(self, data: bytes) -> bool:
        """Parse; False where the request was refused."""
        status = 400
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserUpgrade as upgrade:
            return self._ignore_upgrade(data[upgrade.args[0] :])
        except httptools.HttpParserError as error:
            if isinstance(error.__context__, Refused):
                status = error.__context__.status
        else:
            return True
        self._reject(status)
        return False

    def _ignore_upgrade(self, rest: bytes) -> bool:
        body, self._upgrading = self._receiving, False
        if body is None:
            self.renew_parser()
        else:
            self._parser = body_parser(self, body.length)
        return self._feed(rest) if rest else True

    def renew_parser(self) -> None:
        self._parser = httptools.HttpRequestParser(self)

    def _touch_body(self) -> None:
        self.deadline = self._server.clock.monotonic() + self._limits.body_read_s

    def _reject(self, status: int) -> None:
        """Refuse what was just read; whole requests before it are answered first."""
        if self._task is not None and self._receiving is None:
            self._refusal = status
        else:
            self._refuse(status)

    def _refuse(self, status: int) -> None:
        """Answer for the rim and close. Never interrupts an answer that has begun."""
        self._server.stats.refused[REASONS[status]] += 1
        if self._response is not None and self._response.started:
            self.cut()
            return
        body = refusal_body(status)
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
        now = self._server.clock.monotonic()
        self._lingering = True
        self._linger_end = now + _LINGER_TOTAL_S
        self.deadline = now + _LINGER_S
        self._server.deadlines.add(self)
        if self._transport.can_write_eof():
            self._transport.write_eof()
        self._reading = True
        self._transport.resume_reading()

    def _close(self) -> None:
        if not self._closed:
            self._transport.close()
            if self._transport.get_write_buffer_size():
                self.deadline = self._server.clock.monotonic() + self._limits.body_read_s

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
