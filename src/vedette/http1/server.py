"""The server's side of HTTP/1.1.

llhttp (through httptools) frames messages strictly; around it stand the limits that it does not
have: sizes, counts and deadlines of every phase, a bound on connections, back-pressure in both
directions and an orderly end. One connection serves one request at a time; requests that a client
sends ahead wait in order.
"""

import asyncio
import functools
import logging
import socket
from collections import Counter
from collections.abc import Callable, Coroutine
from typing import Any

from vedette.clock import Clock
from vedette.http1.body import Body, BodyTooLarge, ClientGone
from vedette.http1.connection import ServerConnection
from vedette.http1.deadlines import Deadlines
from vedette.http1.heads import Heads
from vedette.http1.outbox import Outbox
from vedette.http1.request import Request
from vedette.http1.response import Response
from vedette.model.settings import LimitSettings
from vedette.tasks import Tasks

__all__ = ["Body", "BodyTooLarge", "ClientGone", "Handler", "Request", "Response", "Server"]

log = logging.getLogger(__name__)

BACKLOG = 4096
"""Connections that may wait to be accepted; the system caps it (`net.core.somaxconn`)."""

AT_ONCE = 64
"""Connections taken in one turn of the loop, beside the first."""

_END_S = 2.0
"""What is left to do for an answer that was cut takes no longer."""

Handler = Callable[[Request, Response], Coroutine[Any, Any, None]]


class ServerStats:
    """What the rim counts."""

    __slots__ = ("connections", "failures", "refused", "requests")

    def __init__(self) -> None:
        self.connections = 0
        self.requests = 0
        self.failures = 0
        """Handlers that raised."""
        self.refused: Counter[str] = Counter()
        """Requests and connections refused by the rim, by reason."""


class Server:
    """Accepts connections on sockets that the caller has bound."""

    def __init__(
        self, handler: Handler, *, limits: LimitSettings, clock: Clock, deadlines: Deadlines
    ) -> None:
        self.handler = handler
        self._limits = limits
        self.heads = Heads()
        self.outbox = Outbox()
        self.clock = clock
        self.deadlines = deadlines
        self.stats = ServerStats()
        self.draining = False
        self.connections: set[ServerConnection] = set()
        self.tasks = Tasks()
        self._servers: list[asyncio.Server] = []
        self._idle = asyncio.Event()

    @property
    def limits(self) -> LimitSettings:
        """May be replaced at any time; new connections take it up."""
        return self._limits

    @limits.setter
    def limits(self, limits: LimitSettings) -> None:
        self._limits = limits
        # What is known was let in under the old ones.
        self.heads = Heads()

    async def listen(self, listener: socket.socket) -> None:
        """Serve on a listening socket."""
        listener.setblocking(False)
        accepting = functools.partial(self._accept_more, listener)

        def first() -> ServerConnection:
            asyncio.get_running_loop().call_soon(accepting)
            return ServerConnection(self)

        server = await asyncio.get_running_loop().create_server(
            first, sock=listener, backlog=BACKLOG
        )
        self._servers.append(server)

    def _accept_more(self, listener: socket.socket) -> None:
        """Take those who wait behind the first: uvloop takes one a turn, and while two thousand
        streams make the turns long, clients would wait for seconds to be let in."""
        for _ in range(AT_ONCE):
            if self.draining:
                return
            try:
                arrived, _ = listener.accept()
            except OSError:
                # Nobody is left, or there are no descriptors: the next turn will see.
                return
            arrived.setblocking(False)
            self.tasks.spawn(self._take_in(arrived), name="accept")

    async def _take_in(self, arrived: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        try:
            await loop.connect_accepted_socket(lambda: ServerConnection(self), arrived)
        except OSError:
            arrived.close()

    async def drain(self, timeout_s: float) -> None:
        """Accept no more, let what is under way finish, cut what takes longer."""
        self.draining = True
        for server in self._servers:
            server.close()
        for connection in tuple(self.connections):
            connection.close_if_idle()
        self._idle.clear()
        if self.connections:
            try:
                async with asyncio.timeout(timeout_s):
                    await self._idle.wait()
            except TimeoutError:
                log.warning("%d requests did not finish in time", len(self.connections))
        stopped = [task for one in tuple(self.connections) if (task := one.stop()) is not None]
        if stopped:
            # What serves them has a record to leave.
            await asyncio.wait(stopped, timeout=_END_S)
        await self.tasks.drain()

    def opened(self, connection: ServerConnection) -> bool:
        """Take a new connection in; False where there are too many."""
        if len(self.connections) >= self.limits.connections:
            self.stats.refused["connections"] += 1
            return False
        self.connections.add(connection)
        self.stats.connections = len(self.connections)
        return True

    def closed(self, connection: ServerConnection) -> None:
        self.connections.discard(connection)
        self.stats.connections = len(self.connections)
        if self.draining and not self.connections:
            self._idle.set()

    async def run(self, connection: ServerConnection, request: Request, response: Response) -> None:
        """Run the handler: the rim behind which nothing may escape."""
        self.stats.requests += 1
        try:
            try:
                await self.handler(request, response)
            except ClientGone:
                response.abort()
            except Exception as error:
                self.stats.failures += 1
                log.exception("handler failed: %s", type(error).__name__)
            if not response.ended:
                self._end_for(response)
        finally:
            connection.served(response)

    def _end_for(self, response: Response) -> None:
        if response.started:
            response.abort()
        else:
            response.close_after()
            response.send(500, [_JSON], _FAILED)


_JSON = (b"content-type", b"application/json")
_FAILED = (
    b'{"error":{"message":"The gateway failed on this request.",'
    b'"type":"api_error","param":null,"code":"internal_error"}}'
)
