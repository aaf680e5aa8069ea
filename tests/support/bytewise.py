"""Both sides of the rim fed byte by byte, without sockets: for property tests and fuzzing."""

import asyncio
import re

from tests.support.rim import echo
from tests.support.said import REQUEST
from vedette.clock import FakeClock
from vedette.http1.client import Connection, UpstreamError
from vedette.http1.connection import ServerConnection
from vedette.http1.deadlines import Deadlines
from vedette.http1.heads import Heads
from vedette.http1.outbox import Outbox, Sender
from vedette.http1.request import Head
from vedette.http1.server import Server
from vedette.model.settings import LimitSettings

KEEPING = re.compile(rb"connection: (close|keep-alive)\r\n")
"""Whether an answer can tell of garbage behind its request depends on when that comes."""
REFUSAL = re.compile(rb"HTTP/1.1 4\d\d [^{]*connection: close\r\n\r\n.*$", re.DOTALL)
"""And an answer that told of it is the last one: no refusal follows."""


class Wire(asyncio.Transport):
    """A peer that takes everything at once."""

    def __init__(self) -> None:
        super().__init__()
        self.sent = b""
        self.writes: list[bytes] = []
        self.closed = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.sent += bytes(data)
        self.writes.append(bytes(data))

    def close(self) -> None:
        self.closed = True

    def abort(self) -> None:
        self.closed = True

    def is_closing(self) -> bool:
        return self.closed

    def can_write_eof(self) -> bool:
        return True

    def write_eof(self) -> None:
        self.closed = True

    def get_write_buffer_size(self) -> int:
        return 0

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None: ...

    def pause_reading(self) -> None: ...

    def resume_reading(self) -> None: ...


REQUESTS = [
    b"GET /a?b=c HTTP/1.1\r\nHost: x\r\nAccept:  */*  \r\n\r\n",
    b"POST /b HTTP/1.1\r\nhost: x\r\ncontent-length: 11\r\n\r\nhello world",
    b"POST /c HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n"
    b"5;ext=1\r\nhello\r\n6\r\n world\r\n0\r\ntrailer: t\r\n\r\n",
    b"POST /d HTTP/1.0\r\nconnection: keep-alive\r\ncontent-length: 2\r\n\r\nhi",
    b"POST /e HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: h2c\r\n"
    b"content-length: 5\r\n\r\nhello",
    b"GET /1 HTTP/1.1\r\nhost: x\r\n\r\nPOST /2 HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\nhi",
    b"GET / HTTP/1.1\r\nhost: x\r\n\r\nGARBAGE\r\n\r\n",
    b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n"
    b"transfer-encoding: chunked\r\n\r\n0\r\n\r\n",
    b"GET / HTTP/1.1\r\nhost: x\r\n folded\r\n\r\n",
]


class NoHeads(Heads):
    """Remembers nothing: every head is parsed."""

    def remember(self, data: bytes, head: Head) -> None: ...


def converse(pieces: list[bytes], *, heads: Heads | None = None) -> bytes:
    """What a connection answers to these pieces, the loop turning between them."""

    async def run() -> bytes:
        clock = FakeClock()
        server = Server(echo, limits=LimitSettings(), clock=clock, deadlines=Deadlines(clock))
        server.heads = heads if heads is not None else Heads()
        connection, wire = ServerConnection(server), Wire()
        connection.connection_made(wire)
        for piece in pieces:
            connection.data_received(piece)
            for _ in range(3):
                await asyncio.sleep(0)
        for _ in range(20):
            await asyncio.sleep(0)
        connection.eof_received()
        connection.connection_lost(None)
        await asyncio.sleep(0)
        return wire.sent

    loop = asyncio.new_event_loop()
    try:
        return loop.run_until_complete(run())
    finally:
        loop.close()


def understood(answers: bytes) -> bytes:
    """Answers without what depends on timing; a refusal that stands alone stays."""
    answered = REFUSAL.sub(b"", answers)
    return KEEPING.sub(b"", answered or answers)


class Now(Outbox):
    """No loop, no turns: everything leaves at once."""

    def add(self, sender: Sender) -> None:
        sender.flush()


class Home:
    outbox: Outbox = Now()

    def give_back(self, connection: Connection) -> None: ...

    def gone(self, connection: Connection) -> None: ...


class Heard:
    def __init__(self) -> None:
        self.all: list[object] = []

    def head(self, status: int, headers: list[tuple[bytes, bytes]]) -> None:
        self.all.append((status, headers))
        self.all.append(b"")

    def data(self, data: bytes) -> None:
        said = self.all[-1]
        assert isinstance(said, bytes)
        self.all[-1] = said + data

    def end(self) -> None:
        self.all.append("end")

    def failed(self, error: UpstreamError) -> None:
        self.all.append(error.code)


def parse(pieces: list[bytes]) -> list[object]:
    connection, heard = Connection(Home()), Heard()
    connection.connection_made(Wire())
    connection.send(REQUEST, b"", heard)
    for piece in pieces:
        connection.data_received(piece)
    connection.eof_received()
    connection.connection_lost(None)
    return heard.all
