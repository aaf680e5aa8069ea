"""Kept-alive connections to one origin: last in, first out, so that the spare ones age away."""

import asyncio
import functools
import math
import socket
import ssl
from collections import deque
from functools import partial
from urllib.parse import urlsplit

import msgspec

from vedette.clock import Clock
from vedette.http1.addresses import addresses_of, connected, is_literal
from vedette.http1.deadlines import Deadlines
from vedette.http1.errors import UpstreamError
from vedette.http1.outbox import Outbox
from vedette.http1.tunnel import proxy_of, tunnelled
from vedette.http1.upstream import Connection

IDLE_S = 55.0
"""Below the 60 s after which common servers and load balancers close an idle connection."""
_SWEEP_S = 5.0
_WAITING = 64
"""So many may wait for a place at least; else as many as there are places."""


class Origin(msgspec.Struct, frozen=True):
    """Where connections go, and how the other side proves who it is."""

    scheme: str
    host: str
    port: int
    verify_tls: bool = True
    ca_file: str = ""
    proxy: str = ""
    """URL of the proxy on the way there, where there is one."""

    @classmethod
    def of(cls, base_url: str, verify_tls: bool = True, ca_file: str = "") -> "Origin":
        """The origin of a URL, through the proxy that the environment names for it."""
        url = urlsplit(base_url)
        host, port = url.hostname or "", url.port or (443 if url.scheme == "https" else 80)
        proxy = proxy_of(url.scheme, host, port)
        return cls(url.scheme, host, port, verify_tls, ca_file, proxy)


class PoolStats:
    """What a pool counts."""

    __slots__ = ("failed", "idle", "open", "opened", "reused")

    def __init__(self) -> None:
        self.open = 0
        self.idle = 0
        self.opened = 0
        self.reused = 0
        self.failed = 0


class Pool:
    """At most `max_connections` at a time; who comes later waits within its connect deadline."""

    def __init__(
        self, origin: Origin, *, max_connections: int, deadlines: Deadlines, clock: Clock
    ) -> None:
        self.origin = origin
        self.stats = PoolStats()
        self.deadline = math.inf
        self.outbox = Outbox()
        self._clock = clock
        self._deadlines = deadlines
        self._max = max_connections
        self._idle: deque[Connection] = deque()
        self._open: set[Connection] = set()
        """With those that are still connecting."""
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._closing = False

    async def open(self, connect_s: float, *, fresh: bool = False) -> Connection:
        """A connection for one exchange: a kept-alive one unless `fresh`.

        Raises UpstreamError; `connect_s` covers waiting for a place, DNS, TCP and TLS.
        """
        if not fresh:
            connection = self.take()
            if connection is not None:
                return connection
        was_full = not self._has_room
        try:
            async with asyncio.timeout(connect_s):
                return await self._connect(fresh=fresh)
        except TimeoutError:
            self.stats.failed += 1
            raise UpstreamError("pool_exhausted" if was_full else "connect_timeout") from None
        except UpstreamError:
            self.stats.failed += 1
            raise

    def close(self) -> None:
        """Close what is idle; connections in use close when their exchange ends."""
        self._closing = True
        while self._idle:
            self._idle.popleft().abort()
        self._deadlines.discard(self)

    # Connections call these.

    def give_back(self, connection: Connection) -> None:
        """An exchange ended well: keep the connection, or hand its place to who waits."""
        if self._closing:
            connection.abort()
            return
        now = connection.idle_since = self._clock.monotonic()
        self._idle.append(connection)
        self.stats.idle = len(self._idle)
        if self.deadline == math.inf:
            self.deadline = now + _SWEEP_S
            self._deadlines.add(self)
        self._wake_one()

    def gone(self, connection: Connection) -> None:
        """A connection has closed. A second call changes nothing."""
        if connection not in self._open:
            return
        self._open.remove(connection)
        if connection in self._idle:
            self._idle.remove(connection)
        self.stats.open = len(self._open)
        self.stats.idle = len(self._idle)
        self._wake_one()

    # The ticker calls this.

    def expired(self) -> None:
        """Close what has been idle for too long."""
        now = self._clock.monotonic()
        while self._idle and now - self._idle[0].idle_since > IDLE_S:
            self._idle.popleft().abort()
        if self._idle:
            self.deadline = now + _SWEEP_S
        else:
            self.deadline = math.inf
            self._deadlines.discard(self)

    @property
    def _has_room(self) -> bool:
        return len(self._open) < self._max

    def take(self) -> Connection | None:
        """A kept-alive connection, if there is one; the quick way past `open`."""
        while self._idle:
            connection = self._idle.pop()
            if not connection.closed:
                self.stats.reused += 1
                self.stats.idle = len(self._idle)
                return connection
        return None

    async def _connect(self, *, fresh: bool) -> Connection:
        while not self._has_room:
            if fresh and self._idle:
                self._idle.popleft().abort()
            await self._place()
            connection = None if fresh else self.take()
            if connection is not None:
                return connection
        connection = Connection(self)
        self._open.add(connection)
        self.stats.open = len(self._open)
        try:
            await self._dial(connection)
        except BaseException:
            # uvloop does not say `connection_lost` of one given up when it had just been made.
            if connection.opened:
                connection.abort()
            self.gone(connection)
            raise
        self.stats.opened += 1
        return connection

    async def _place(self) -> None:
        """Wait until a connection comes back or closes."""
        if len(self._waiting) >= max(_WAITING, self._max):
            raise UpstreamError("pool_exhausted", "too many requests wait for a connection")
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(waiter)
        try:
            await waiter
        except asyncio.CancelledError:
            if not waiter.cancelled():
                # Woken and cancelled at once: the place is for the next one.
                self._wake_one()
            elif waiter in self._waiting:
                self._waiting.remove(waiter)
            raise

    async def _dial(self, connection: Connection) -> None:
        origin = self.origin
        context = (
            tls_context(origin.verify_tls, origin.ca_file) if origin.scheme == "https" else None
        )
        create = partial(
            asyncio.get_running_loop().create_connection, lambda: connection, ssl=context,
            server_hostname=origin.host if context is not None else None,
        )  # fmt: skip
        try:
            if origin.proxy:
                await create(sock=await tunnelled(origin.proxy, origin.host, origin.port))
            elif is_literal(origin.host):
                await create(origin.host, origin.port)
            else:
                addresses = await addresses_of(origin.host, origin.port)
                await create(sock=await connected(addresses))
        except socket.gaierror as error:
            raise UpstreamError("dns_failure", f"cannot resolve {origin.host!r}") from error
        except ssl.SSLError as error:
            raise UpstreamError("tls_failure", error.reason or "TLS failed") from error
        except ConnectionRefusedError as error:
            raise UpstreamError("connect_refused") from error
        except TimeoutError:
            raise
        except OSError as error:
            if context is not None and isinstance(error, ConnectionError):
                raise UpstreamError("tls_failure", "closed during the handshake") from error
            raise UpstreamError("connect_failed", error.strerror or "") from error

    def _wake_one(self) -> None:
        while self._waiting:
            waiter = self._waiting.popleft()
            if not waiter.done():
                waiter.set_result(None)
                return


@functools.lru_cache(maxsize=32)
def tls_context(verify: bool, ca_file: str) -> ssl.SSLContext:
    """The TLS settings for an origin; building one reads every CA certificate, so they are kept."""
    context = ssl.create_default_context(cafile=ca_file or None)
    context.set_alpn_protocols(["http/1.1"])
    if not verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context
