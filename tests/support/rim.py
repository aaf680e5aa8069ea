"""Our HTTP/1.1 server on a loopback port, and a client that says exactly what it is told to.

async with Rim(echo) as rim, await rim.connect() as client:
    client.send(b"GET / HTTP/1.1\\r\\nhost: x\\r\\n\\r\\n")
    answer = await client.answer()
"""

import asyncio
import socket
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from vedette.clock import Clock, SystemClock
from vedette.http1.deadlines import Deadlines
from vedette.http1.server import Handler, Request, Response, Server
from vedette.model.settings import LimitSettings

WAIT_S = 30.0
BOTH_LOOPS = (("asyncio", {"use_uvloop": False}), ("asyncio", {"use_uvloop": True}))
"""For a module's `anyio_backend` fixture: its tests run on plain asyncio and on uvloop."""


@dataclass(slots=True)
class Answer:
    """One answer as the client read it."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key == name), None)


class Client:
    """One raw connection. Reads time out after ten seconds; a cut raises IncompleteReadError."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self.writer.transport.abort()

    def send(self, data: bytes) -> None:
        self.writer.write(data)

    async def answer(self, *, bodiless: bool = False) -> Answer:
        """The next answer; one without framing is read until the connection closes."""
        async with asyncio.timeout(WAIT_S):
            head = await self.reader.readuntil(b"\r\n\r\n")
            status, headers = parse_head(head)
            found = dict(headers)
            if bodiless or status in (100, 204, 304):
                body = b""
            elif found.get("transfer-encoding") == "chunked":
                body = await self._chunks()
            elif "content-length" in found:
                body = await self.reader.readexactly(int(found["content-length"]))
            else:
                body = await self.reader.read()
        return Answer(status, headers, body)

    async def rest(self) -> bytes:
        """Everything until the server closes; a reset counts as the end."""
        data = b""
        async with asyncio.timeout(WAIT_S):
            try:
                while piece := await self.reader.read(65536):
                    data += piece
            except ConnectionError:
                pass
        return data

    def reset(self) -> None:
        """Close with a RST."""
        raw = self.writer.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        self.writer.transport.abort()

    async def _chunks(self) -> bytes:
        body = b""
        while True:
            size = int((await self.reader.readuntil(b"\r\n"))[:-2], 16)
            body += (await self.reader.readexactly(size + 2))[:-2]
            if size == 0:
                return body


class Rim:
    """A server with one handler. Leaving the block drains it."""

    def __init__(
        self, handler: Handler, *, limits: LimitSettings | None = None, clock: Clock | None = None
    ) -> None:
        clock = clock or SystemClock()
        self.deadlines = Deadlines(clock)
        self.server = Server(
            handler, limits=limits or LimitSettings(), clock=clock, deadlines=self.deadlines
        )
        self.port = 0

    async def __aenter__(self) -> Self:
        listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
        listener.setblocking(False)
        self.port = listener.getsockname()[1]
        await self.server.listen(listener)
        self.deadlines.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.server.drain(0.0)
        self.deadlines.stop()

    async def connect(self, *, receive_buffer: int = 0) -> Client:
        """A new client; `receive_buffer` makes the kernel hold back no more than about that."""
        raw = socket.socket()
        raw.setblocking(False)
        if receive_buffer:
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        try:
            await asyncio.get_running_loop().sock_connect(raw, ("127.0.0.1", self.port))
        except OSError:
            raw.close()
            raise
        reader, writer = await asyncio.open_connection(sock=raw)
        return Client(reader, writer)

    async def ask(self, data: bytes) -> Answer:
        """The answer to these bytes on a connection of their own."""
        async with await self.connect() as client:
            client.send(data)
            return await client.answer()


def parse_head(head: bytes) -> tuple[int, list[tuple[str, str]]]:
    first, *lines = head.decode("latin-1").split("\r\n")[:-2]
    pairs = [line.partition(": ") for line in lines]
    return int(first.split(" ")[1]), [(name.lower(), value) for name, _, value in pairs]


async def echo(request: Request, response: Response) -> None:
    """Answer with what was asked: method, target, header count and body."""
    body = await request.body.read(1_000_000)
    said = b"%b %b %d|" % (request.method.encode(), request.target, len(request.headers))
    response.send(200, [(b"content-type", b"text/plain")], said + body)


async def until(is_true: Callable[[], object]) -> None:
    """Let the loop turn until `is_true`; TimeoutError after ten seconds."""
    async with asyncio.timeout(WAIT_S):
        while not is_true():
            await asyncio.sleep(0.002)


async def turns(count: int = 50) -> None:
    """Let everything that can go on go on, so often."""
    for _ in range(count):
        await asyncio.sleep(0)


class Script:
    """A provider on a loopback port that runs one coroutine per connection, in order.

    The coroutine gets reader and writer; when it returns, the connection is closed.
    """

    def __init__(
        self,
        *plays: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Coroutine[Any, Any, None]],
    ) -> None:
        self.plays = list(plays)
        self.accepted = 0
        self.port = 0
        self._server: asyncio.Server
        self._failures: list[BaseException] = []

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        play = self.plays[min(self.accepted, len(self.plays) - 1)]
        self.accepted += 1
        try:
            async with asyncio.timeout(WAIT_S):
                await play(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, TimeoutError):
            pass
        finally:
            writer.close()
