"""Providers that answer byte by byte as told, and a receiver that keeps what it hears."""

import asyncio
import socket

from tests.support.rim import Script, turns
from vedette.clock import SystemClock
from vedette.http1.client import Origin, Pool, UpstreamError
from vedette.http1.deadlines import Deadlines

REQUEST = b"GET / HTTP/1.1\r\nhost: x\r\n\r\n"
OK = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi"


class Kept:
    """A receiver that keeps what it hears."""

    def __init__(self) -> None:
        self.status = 0
        self.headers: list[tuple[bytes, bytes]] = []
        self.body = b""
        self.ends = 0
        self.errors: list[UpstreamError] = []
        self.over = asyncio.Event()

    def head(self, status: int, headers: list[tuple[bytes, bytes]]) -> None:
        assert not self.status
        self.status = status
        self.headers = headers

    def data(self, data: bytes) -> None:
        assert self.status
        assert data
        self.body += data

    def end(self) -> None:
        self.ends += 1
        self.over.set()

    def failed(self, error: UpstreamError) -> None:
        self.errors.append(error)
        self.over.set()

    async def outcome(self) -> str:
        """`end`, or the code of the failure."""
        await asyncio.wait_for(self.over.wait(), 30)
        assert self.ends + len(self.errors) == 1
        return "end" if self.ends else self.errors[0].code


def pool_to(port: int, *, max_connections: int = 8) -> Pool:
    clock = SystemClock()
    return Pool(
        Origin("http", "127.0.0.1", port),
        max_connections=max_connections,
        deadlines=Deadlines(clock),
        clock=clock,
    )


async def request_head(reader: asyncio.StreamReader) -> bytes:
    return await reader.readuntil(b"\r\n\r\n")


async def ask(port: int, request: bytes = REQUEST) -> Kept:
    pool, kept = pool_to(port), Kept()
    connection = await pool.open(5)
    connection.send(request, b"", kept)
    await kept.outcome()
    pool.close()
    return kept


def saying(*pieces: bytes, reset: bool = False) -> Script:
    """A provider that reads one request head, says `pieces` and closes."""

    async def play(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_head(reader)
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        if reset:
            await turns()
            raw = writer.get_extra_info("socket")
            raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            writer.transport.abort()

    return Script(play)


OUTCOMES = {
    "length": (OK, "end", b"hi"),
    "chunked": (
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\nh\r\n1\r\ni\r\n0\r\n\r\n",
        "end",
        b"hi",
    ),
    "until the close": (b"HTTP/1.1 200 OK\r\n\r\nhi", "end", b"hi"),
    "HTTP/1.0": (b"HTTP/1.0 200 OK\r\n\r\nhi", "end", b"hi"),
    "no content": (b"HTTP/1.1 204 No Content\r\n\r\n", "end", b""),
    "not modified": (b"HTTP/1.1 304 X\r\ncontent-length: 5\r\n\r\n", "end", b""),
    "informational first": (b"HTTP/1.1 103 Early\r\nlink: a\r\n\r\n" + OK, "end", b"hi"),
    "offers upgrade": (
        b"HTTP/1.1 200 OK\r\nconnection: upgrade\r\nupgrade: h2c\r\ncontent-length: 2\r\n\r\nhi",
        "end",
        b"hi",
    ),
    "garbage behind it": (OK + b"garbage", "end", b"hi"),
    "second answer": (OK + OK, "end", b"hi"),
    "short of its length": (
        b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhi",
        "closed_early",
        b"hi",
    ),
    "no last chunk": (
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhi\r\n",
        "closed_early",
        b"hi",
    ),
    "half a chunk": (
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhi",
        "closed_early",
        b"hi",
    ),
    "nothing": (b"", "closed_before_head", b""),
    "half a head": (b"HTTP/1.1 200 OK\r\ncontent-", "closed_before_head", b""),
    "only informational": (b"HTTP/1.1 103 Early\r\n\r\n", "closed_before_head", b""),
    "not HTTP": (b"SSH-2.0-OpenSSH_9.2\r\n", "bad_response", b""),
    "HTTP/2 frames": (b"\0\0\x12\4\0\0\0\0\0\0\3\0\0\0\x80", "bad_response", b""),
    "status 000": (b"HTTP/1.1 000 OK\r\ncontent-length: 2\r\n\r\nhi", "bad_response", b""),
    "bare LF": (b"HTTP/1.1 200 OK\ncontent-length: 2\n\nhi", "bad_response", b""),
    "two lengths": (
        b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\nhi!",
        "bad_response",
        b"",
    ),
    "length and chunked": (
        b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        "bad_response",
        b"",
    ),
    "bad chunk": (
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhi\r\nzz\r\n",
        "bad_response",
        b"hi",
    ),
    "switches protocols": (
        b"HTTP/1.1 101 Switching\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n",
        "bad_response",
        b"",
    ),
    "coding we cannot undo": (
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: gzip\r\n\r\nhi",
        "bad_response",
        b"",
    ),
}
"""What a provider says before it closes -> how the answer ends, and its body."""
