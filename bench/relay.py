"""Bytes both ways and nothing else, on uvloop: the least that a gateway written in Python costs.

`python bench/relay.py PORT UPSTREAM_PORT` listens on 127.0.0.1. A client's connection has one of
its own to the provider, for as long as it lives; nothing is parsed, checked or kept.
"""

import asyncio
import sys
from typing import cast

import uvloop


class Side(asyncio.Protocol):
    """One end; what it hears goes to the other."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport
        self.other: Side | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        if self.other is not None:
            self.other.transport.write(data)

    def connection_lost(self, exc: Exception | None) -> None:
        if self.other is not None:
            self.other.transport.close()


class Client(Side):
    """Keeps what it hears until there is somebody to tell."""

    def __init__(self, upstream_port: int, dials: set[asyncio.Task[None]]) -> None:
        super().__init__()
        self._upstream_port = upstream_port
        self._dials = dials
        self._early = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        dial = asyncio.get_running_loop().create_task(self._dial())
        self._dials.add(dial)
        dial.add_done_callback(self._dials.discard)

    def data_received(self, data: bytes) -> None:
        if self.other is not None:
            self.other.transport.write(data)
        else:
            self._early += data

    async def _dial(self) -> None:
        loop = asyncio.get_running_loop()
        _, provider = await loop.create_connection(Side, "127.0.0.1", self._upstream_port)
        if self.transport.is_closing():
            provider.transport.close()
            return
        self.other, provider.other = provider, self
        if self._early:
            provider.transport.write(self._early)


async def serve(port: int, upstream_port: int) -> None:
    """Relay until told to end."""
    dials: set[asyncio.Task[None]] = set()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: Client(upstream_port, dials), "127.0.0.1", port, backlog=4096
    )
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(serve(int(sys.argv[1]), int(sys.argv[2])))
