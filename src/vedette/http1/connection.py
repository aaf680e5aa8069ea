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
| a WebSocket is to be opened, or is open | none; the handler's     |
| lingering after an early answer         | `_LINGER_S` per piece   |
"""

import asyncio
import math
from collections import deque
from typing import TYPE_CHECKING, cast

from vedette.http1.body import Body
from vedette.http1.framing import Refused
from vedette.http1.parser import RequestParser
from vedette.http1.refusals import REASONS, STOPPED, refusal_body
from vedette.http1.request import Head, Request
from vedette.http1.response import SWITCHED, Response
from vedette.http1.sockets import reset_on_close, send_at_once

if TYPE_CHECKING:
    from vedette.http1.server import Server

_LINGER_S = 2.0
_LINGER_TOTAL_S = 30.0
_AHEAD = 16
"""Requests a client may send before its first is answered."""


class ServerConnection(asyncio.Protocol):
    """Flow control and deadlines of one client connection."""

    def __init__(self, server: "Server") -> None:
        self.deadline = math.inf
        self._server = server
        self._limits = server.limits
        self._body_read_s = server.limits.body_read_s
        self._heads = server.heads
        self._transport: asyncio.Transport
        self._loop: asyncio.AbstractEventLoop
        self._parser = RequestParser(self, server.limits)
        self._out: list[bytes] = []
        """What leaves at the end of this turn of the loop."""
        self._peer = ""
        self._closed = False
        self._reading = True
        self._between = True
        """True where the next byte begins a request and none is under way."""
        self._refusal = 0
        self._lingering = False
        self._linger_end = math.inf
        self._unsent = 0
        """Bytes that were left of the answer when one last looked."""
        self._expects_continue = False
        self._task: asyncio.Task[None] | None = None
        self._response: Response | None = None
        self._request: Request | None = None
        self._ahead: deque[tuple[Request, Response]] = deque()

    # asyncio calls these.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports are not of asyncio's class, only of its shape.
        self._transport = transport = cast(asyncio.Transport, transport)
        self._loop = asyncio.get_running_loop()
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
        between, self._between = self._between, False
        if between and (known := self._heads.find(data)) and self._take(data, *known):
            return
        if self._lingering:
            self._linger()
        elif not self._refusal:
            self._parse(data, between=between)

    def eof_received(self) -> bool:
        """The client has closed its side: it waits for nothing any more."""
        self.flush()
        self._lost()
        if self._transport.get_write_buffer_size():
            # It may still read what is on its way, but not for ever.
            self.deadline = self._server.clock.monotonic() + _LINGER_S
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        self._lost()
        self._parser.close()
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
        if self._lingering:
            self._linger()
        elif response is not None:
            response.paused = False
            if response.on_resume is not None and not response.ended:
                response.on_resume()

    # The ticker calls this.

    def expired(self) -> None:
        self.deadline = math.inf
        response = self._response
        if self._closed or self._transport.is_closing():
            self._transport.abort()
        elif self._lingering and self._is_taken:
            self._linger()
        elif self._lingering or (response is not None and response.started):
            self.cut()
        elif self._parser.in_head or self._parser.body is not None:
            self._refuse(408)
        else:
            self._close()

    # The parser calls these.

    def on_head(
        self, head: Head, length: int | None, *, keep_alive: bool, expects_continue: bool
    ) -> Body:
        self._expects_continue = expects_continue
        body = Body(self, length)
        request = Request(head, peer=self._peer, body=body)
        minor = 0 if head.http_version == "1.0" else 1
        response = Response(self, method=head.method, minor=minor, keep_alive=keep_alive)
        if self._task is None:
            self._begin(request, response)
        elif len(self._ahead) >= _AHEAD:
            raise Refused(400)
        else:
            # Whoever sends ahead is not read from until its turn comes.
            self._ahead.append((request, response))
            self.pause_reading()
        return body

    def on_complete(self) -> None:
        if self._response is None or not self._response.paused:
            self.deadline = math.inf

    # The body and the response call these.

    def pause_reading(self) -> None:
        if self._reading and not self._closed:
            self._reading = False
            self._transport.pause_reading()
            if self._parser.body is not None:
                self.deadline = math.inf

    def resume_reading(self) -> None:
        if not self._reading and not self._closed and not self._ahead:
            self._reading = True
            self._transport.resume_reading()
            if self._parser.body is not None:
                self._touch_body()

    def continue_expected(self) -> None:
        if self._expects_continue and not self._closed:
            self._expects_continue = False
            self.send(b"HTTP/1.1 100 Continue\r\n\r\n")

    def send(self, data: bytes) -> None:
        out = self._out
        out.append(data)
        if len(out) == 1:
            self._server.outbox.add(self)

    def flush(self) -> None:
        out = self._out
        if not out:
            return
        data = out[0] if len(out) == 1 else b"".join(out)
        out.clear()
        if not self._closed and not self._transport.is_closing():
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
        self.flush()
        if reset:
            reset_on_close(self._transport)
        self._transport.abort()
        self._lost()

    def stop(self) -> asyncio.Task[None] | None:
        """Cut what the server does not wait for any longer; who serves it, for its end."""
        task, response = self._task, self._response
        if response is not None:
            response.refused = STOPPED
            if response.status == SWITCHED and response.on_lost is not None:
                # Another protocol has its own way to say goodbye.
                response.on_lost()
        if response is None or not (response.status == SWITCHED and response.ended):
            self.cut()
        return task

    def close_if_idle(self) -> None:
        """Close a connection on which nothing is under way."""
        if self._task is None and not self._parser.in_head:
            self._close()

    def _begin(self, request: Request, response: Response) -> None:
        self._request, self._response = request, response
        # The connection owns this task; `run` lets no exception out and `drain` cuts us.
        self._task = self._loop.create_task(self._server.run(self, request, response))
        if request.body.complete:
            self.deadline = math.inf
        else:
            if request.head.opens_websocket:
                self._body_read_s = math.inf
            self._touch_body()

    def served(self, response: Response) -> None:
        """The handler has ended, however it did."""
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
        else:
            self._between = self._parser.body is None and not self._parser.in_head
        if not self._reading and not self._ahead:
            self.resume_reading()

    def _parse(self, data: bytes, *, between: bool) -> None:
        """Give the parser its bytes; `between` as before them."""
        parser = self._parser
        if parser.body is not None:
            self._touch_body()
        elif not parser.in_head and self._response is None:
            self.deadline = self._server.clock.monotonic() + self._limits.header_read_s
        if status := parser.feed(data):
            self._reject(status)
        elif (plain := parser.take_plain()) is not None and between:
            self._heads.remember(data, plain)

    def _take(self, data: bytes, head: Head, end: int, length: int, trace: bytes | None) -> bool:
        """Serve the request behind a known head without the parser; False where `data` has more
        than that."""
        left = length + end - len(data)
        if left < 0:
            return False
        self._expects_continue = False
        body = Body(self, length)
        if left:
            body.feed(data[end:])
            self._parser.await_body(body, left)
        else:
            body.fill(data[end:])
        # By position: with names, to make an object takes twice as long.
        request = Request(head, self._peer, body, trace)
        self._begin(request, Response(self, head.method, 1, True))
        return True

    def _touch_body(self) -> None:
        self.deadline = self._server.clock.monotonic() + self._body_read_s

    def _reject(self, status: int) -> None:
        """Refuse what was just read; whole requests before it are answered first."""
        if self._task is not None and self._parser.body is None:
            self._refusal = status
        else:
            self._refuse(status)

    def _refuse(self, status: int) -> None:
        """Answer for the rim and close. Never interrupts an answer that has begun."""
        self._server.stats.refused[REASONS[status]] += 1
        if self._response is not None and self._response.started:
            self._response.refused = status
            self.cut()
            return
        body = refusal_body(status)
        response = Response(self, method="", minor=1, keep_alive=False)
        self._stop_handler(status)
        response.start(status, [(b"content-type", b"application/json")], length=len(body))
        self.send(body)
        self._begin_lingering()

    def _stop_handler(self, status: int) -> None:
        response, task = self._response, self._task
        self._response = self._request = None
        if response is not None:
            response.ended = True
            response.refused = status
        if task is not None:
            task.cancel()

    def _begin_lingering(self) -> None:
        """Close so that the client can still read the answer.

        Closing with unread bytes would send a reset, which may overtake the answer
        (RFC 9112, section 9.6): so the sending side is closed first and the rest is thrown away.
        """
        self.flush()
        now = self._server.clock.monotonic()
        self._lingering = True
        self._between = False
        self._linger_end = now + _LINGER_TOTAL_S
        self._linger()
        self._server.deadlines.add(self)
        if self._transport.can_write_eof():
            self._transport.write_eof()
        self._reading = True
        self._transport.resume_reading()

    def _linger(self) -> None:
        """Something still moves: give it some more time."""
        self._unsent = self._transport.get_write_buffer_size()
        now = self._server.clock.monotonic()
        self.deadline = min(now + _LINGER_S, self._linger_end)

    @property
    def _is_taken(self) -> bool:
        """Whether the client has taken some of the answer since the last look."""
        is_over = self._server.clock.monotonic() >= self._linger_end
        return not is_over and self._transport.get_write_buffer_size() < self._unsent

    def _close(self) -> None:
        if not self._closed:
            self.flush()
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
