"""A fake provider on a loopback port, played byte by byte from the scripts in `answers`.

    async with Upstream() as upstream:
        upstream.script(error(503), chat_stream(["Hi"]))     # the next two requests, in order
        ... call upstream.url ...
        assert upstream.requests[0].header("authorization") == "Bearer sk"
        await upstream.client_gone(1)                        # the client hung up on the second

Requests beyond the script get what `upstream.respond(request)` returns: unless replaced, a chat
completion (streamed when asked for), an embedding or a model list. Everything received is kept in
`requests`. A request may be answered before its body is there (`early=True` in `script`).
Waits take a timeout and raise TimeoutError; nothing polls.
"""

import asyncio
import socket
import ssl
import struct
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self, assert_never, cast

from tests.support import answers
from tests.support.answers import Cut, Gate, Pause, Reset, Script, Send, Stall
from tests.support.ports import free_ports

WAIT_S = 30.0


@dataclass(slots=True, eq=False)
class Received:
    """One request as it came in, and how its answer went."""

    method: str
    target: bytes
    headers: list[tuple[bytes, bytes]]
    """As sent: case and order kept."""
    head: bytes
    connection: int
    """Counts connections from 0; equal numbers mean a kept-alive connection was used again."""
    pieces: bytearray = field(default_factory=bytearray)
    """What has come of the body so far."""
    complete: bool = False
    sent_bytes: int = 0
    """Answer bytes handed to the socket and accepted by it (back-pressure shows here)."""
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the script has been played to its end."""
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the client closed the connection at any time after this request."""

    @property
    def body(self) -> bytes:
        return bytes(self.pieces)

    def header(self, name: str) -> str | None:
        """The first value of a header, or None."""
        values = self.header_values(name)
        return values[0] if values else None

    def header_values(self, name: str) -> list[str]:
        wanted = name.lower().encode()
        return [value.decode("latin-1") for key, value in self.headers if key.lower() == wanted]

    @property
    def path(self) -> str:
        return self.target.decode("latin-1").partition("?")[0]


class Upstream:
    """A loopback HTTP/1.1 server under the test's control. Use it with `async with`."""

    def __init__(self, *, tls: ssl.SSLContext | None = None, port: int = 0) -> None:
        self.requests: list[Received] = []
        self.respond: Callable[[Received], Script] = default_answer
        self.connections = 0
        self.port = port
        self._tls = tls
        self._scripts: list[tuple[Script, bool]] = []
        self._gates: dict[str, asyncio.Event] = {}
        self._open: set[_Connection] = set()
        self._changed = asyncio.Condition()
        self.reads = True
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen on `port` (0: any free one; afterwards `port` says which)."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(
            lambda: _Connection(self), "127.0.0.1", self.port, ssl=self._tls
        )
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Close the port and reset every connection: from now on connecting is refused."""
        if self._server is not None:
            self._server.close()
            self._server = None
        self.close_connections(reset=True)
        running = tuple(self._tasks)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    @property
    def url(self) -> str:
        """The base URL to configure, with its /v1."""
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self.port}/v1"

    @property
    def open_connections(self) -> int:
        return len(self._open)

    def script(self, *scripts: Script, early: bool = False) -> None:
        """Queue answers for the next requests; `early`: answer without waiting for the body."""
        self._scripts += [(script, early) for script in scripts]

    def open_gate(self, name: str = "gate") -> None:
        """Let every script that waits, or will wait, at this gate go on."""
        self._gate(name).set()

    def hold_reading(self) -> None:
        """Stop taking bytes of requests, so that the sender runs into back-pressure."""
        self._set_reading(False)

    def resume_reading(self) -> None:
        self._set_reading(True)

    def _set_reading(self, reads: bool) -> None:
        self.reads = reads
        for connection in tuple(self._open):
            connection.read(reads)

    def close_connections(self, *, reset: bool = False) -> None:
        """Close what is open now, idle or not: the next use of a pooled connection is a race."""
        for connection in tuple(self._open):
            connection.close(reset=reset)

    async def until(self, happened: Callable[[], bool], timeout: float = WAIT_S) -> None:
        """Wait until `happened()`; looked at whenever something changes here."""
        async with asyncio.timeout(timeout), self._changed:
            await self._changed.wait_for(happened)

    async def received(self, count: int = 1, timeout: float = WAIT_S) -> Received:
        """Wait for `count` complete requests in all and return the last of them."""
        await self.until(lambda: sum(r.complete for r in self.requests) >= count, timeout)
        return [request for request in self.requests if request.complete][count - 1]

    async def client_gone(self, index: int = -1, timeout: float = WAIT_S) -> None:
        """Wait until the client closed the connection that carried request `index`."""
        async with asyncio.timeout(timeout):
            await self.requests[index].gone.wait()

    async def answered(self, index: int = -1, timeout: float = WAIT_S) -> None:
        """Wait until the answer of request `index` was played to its end."""
        async with asyncio.timeout(timeout):
            await self.requests[index].answered.wait()

    # ---- used by the connections

    def _gate(self, name: str) -> asyncio.Event:
        return self._gates.setdefault(name, asyncio.Event())

    def _next_script(self) -> tuple[Script | None, bool]:
        return self._scripts.pop(0) if self._scripts else (None, False)

    async def _note(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    def _connected(self, connection: "_Connection") -> int:
        self._open.add(connection)
        self.connections += 1
        return self.connections - 1

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _lost(self, connection: "_Connection") -> None:
        self._open.discard(connection)
        await self._note()


class _Connection(asyncio.Protocol):
    """One connection; bytes come in while an answer is played, so a client's close is seen."""

    def __init__(self, upstream: Upstream) -> None:
        self._upstream = upstream
        self._number = 0
        self._transport: asyncio.Transport
        self._buffer = bytearray()
        self._more = asyncio.Event()
        self._writable = asyncio.Event()
        self._writable.set()
        self._closed = asyncio.Event()
        self._own: list[Received] = []

    # ---- asyncio calls these

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports are not of asyncio's class, only of its shape.
        self._transport = cast(asyncio.Transport, transport)
        self._transport.set_write_buffer_limits(high=0)
        if not self._upstream.reads:
            # uvloop starts to read after this call, whatever was said in it.
            asyncio.get_running_loop().call_soon(self._transport.pause_reading)
        self._number = self._upstream._connected(self)
        self._upstream._spawn(self._run())

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        self._more.set()

    def eof_received(self) -> bool:
        self._client_left()
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        self._client_left()
        self._writable.set()

    def pause_writing(self) -> None:
        self._writable.clear()

    def resume_writing(self) -> None:
        self._writable.set()

    def _client_left(self) -> None:
        self._closed.set()
        self._more.set()
        for request in self._own:
            request.gone.set()

    # ---- the upstream calls these

    def close(self, *, reset: bool) -> None:
        sock = self._transport.get_extra_info("socket")
        if reset and sock is not None and sock.fileno() >= 0:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self._transport.abort()
        else:
            self._transport.close()

    def read(self, reads: bool) -> None:
        if reads:
            self._transport.resume_reading()
        else:
            self._transport.pause_reading()

    # ---- one request after the other

    async def _run(self) -> None:
        try:
            while True:
                await self._serve_one()
        except ConnectionError:
            pass
        finally:
            self._transport.close()
            await self._upstream._lost(self)

    async def _serve_one(self) -> None:
        head = await self._read_until(b"\r\n\r\n")
        request = _read_head(head, self._number)
        self._own.append(request)
        self._upstream.requests.append(request)
        await self._upstream._note()
        script, early = self._upstream._next_script()
        if script is not None and early:
            await self._watch(self._play(request, script))
        await self._read_body(request)
        request.complete = True
        await self._upstream._note()
        if not early:
            chosen = self._upstream.respond(request) if script is None else script
            await self._watch(self._play(request, chosen))

    async def _watch(self, playing: Coroutine[None, None, None]) -> None:
        """Play to the end, unless the client goes away first."""
        loop = asyncio.get_running_loop()
        play, closed = loop.create_task(playing), loop.create_task(self._closed.wait())
        try:
            await asyncio.wait({play, closed}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            closed.cancel()
            play.cancel()
            await asyncio.gather(play, closed, return_exceptions=True)
        if play.cancelled():
            raise ConnectionResetError
        play.result()

    async def _read_body(self, request: Received) -> None:
        if (request.header("transfer-encoding") or "").lower() == "chunked":
            while left := int((await self._read_until(b"\r\n")).split(b";")[0], 16):
                await self._read_piece(request, left)
                await self._read_until(b"\r\n")
            while await self._read_until(b"\r\n") != b"\r\n":
                pass
        else:
            await self._read_piece(request, int(request.header("content-length") or 0))

    async def _read_piece(self, request: Received, left: int) -> None:
        while left:
            await self._wait_for_bytes(1)
            piece = self._take(min(left, len(self._buffer)))
            request.pieces += piece
            left -= len(piece)
            await self._upstream._note()

    async def _read_until(self, end: bytes) -> bytes:
        while (at := self._buffer.find(end)) < 0:
            await self._wait_for_bytes(len(self._buffer) + 1)
        return self._take(at + len(end))

    async def _wait_for_bytes(self, count: int) -> None:
        while len(self._buffer) < count:
            if self._closed.is_set():
                raise ConnectionResetError
            self._more.clear()
            await self._more.wait()

    def _take(self, count: int) -> bytes:
        taken = bytes(self._buffer[:count])
        del self._buffer[:count]
        return taken

    # ---- one step of a script after the other

    async def _play(self, request: Received, script: Script) -> None:
        for step in script:
            match step:
                case Send(data):
                    await self._send(request, data)
                case Pause(seconds):
                    await asyncio.sleep(seconds)
                case Gate(name):
                    await self._upstream._gate(name).wait()
                case Stall():
                    await asyncio.Event().wait()
                case Cut():
                    self.close(reset=False)
                case Reset():
                    self.close(reset=True)
                case _:
                    assert_never(step)
        request.answered.set()
        await self._upstream._note()

    async def _send(self, request: Received, data: bytes) -> None:
        """`data` in one write; large data in pieces, so that `sent_bytes` shows back-pressure."""
        for start in range(0, len(data), 65536):
            piece = data[start : start + 65536]
            self._transport.write(piece)
            await self._writable.wait()
            if self._transport.is_closing():
                raise ConnectionResetError
            request.sent_bytes += len(piece)


def _read_head(head: bytes, connection: int) -> Received:
    first, *lines = head[:-4].split(b"\r\n")
    method, target, _version = first.split(b" ", 2)
    headers = []
    for line in lines:
        name, _, value = line.partition(b":")
        headers.append((name, value.strip()))
    return Received(method.decode(), target, headers, head, connection)


def default_answer(request: Received) -> Script:
    """What a well-behaved provider says."""
    return answers.polite(request.method, request.path, request.body)


def closed_port() -> int:
    """A loopback port on which nothing listens."""
    return free_ports(1)[0]
