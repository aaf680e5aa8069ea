"""What the HTTP/1.1 rim alone costs, without a gateway: an answer, a proxied call, a chunk.

The server under test runs in a process of its own on core 0, mock and load on core 1. `bare`
answers 200 itself; `proxy` reads the body, calls the mock through a pool and passes its answer on,
which is the least a gateway can do. CPU time of the process over answers, or over chunks; the
median of the rounds.
"""

import argparse
import asyncio
import socket
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from bench import process
from bench.tools import (
    Load,
    build,
    free_port,
    mock_command,
    run_load,
    say,
    wait_for_answer,
    write_bodies,
)
from vedette.app.loop import run as run_loop
from vedette.clock import SystemClock
from vedette.http1.client import Origin, Pool, UpstreamError
from vedette.http1.deadlines import Deadlines
from vedette.http1.headers import forwardable, request_head
from vedette.http1.server import Handler, Request, Response, Server
from vedette.model.settings import LimitSettings

JSON: Final = (b"content-type", b"application/json")
ANSWER: Final = b'{"object":"chat.completion","choices":[]}' + b" " * 560
BODY_BYTES: Final = 1_000_000


async def bare(request: Request, response: Response) -> None:
    """Read the body, answer 200."""
    await request.body.read(BODY_BYTES)
    response.send(200, [JSON], ANSWER)


class Relay:
    """Passes an answer on: whole where it has a length, chunk by chunk otherwise."""

    def __init__(self, response: Response) -> None:
        self.over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._response = response
        self._status = 0
        self._headers: list[tuple[bytes, bytes]] = []
        self._streams = False
        self._body = b""

    def head(self, status: int, headers: list[tuple[bytes, bytes]]) -> None:
        self._status, self._headers = status, forwardable(headers)
        self._streams = all(name != b"content-length" for name, _ in headers)
        if self._streams:
            self._response.start(status, self._headers)

    def data(self, data: bytes) -> None:
        if self._streams:
            self._response.write(data)
        else:
            self._body = self._body + data if self._body else data

    def end(self) -> None:
        if self._streams:
            self._response.end()
        else:
            self._response.send(self._status, self._headers, self._body)
        self.over.set_result(None)

    def failed(self, error: UpstreamError) -> None:
        self._response.abort()
        self.over.set_result(None)


def proxy_to(pool: Pool) -> Handler:
    """A handler that passes everything on."""

    async def proxy(request: Request, response: Response) -> None:
        body = await request.body.read(BODY_BYTES)
        headers = forwardable(request.headers)
        headers += [(b"host", b"upstream"), (b"content-length", b"%d" % len(body))]
        head = request_head(request.method, request.target, headers)
        relay = Relay(response)
        connection = await pool.open(3.0)
        connection.send(head, body, relay)
        await relay.over

    return proxy


async def serve(kind: str, port: int, upstream_port: int) -> int:
    """Serve until the process is ended."""
    clock = SystemClock()
    deadlines = Deadlines(clock)
    deadlines.start()
    handler: Handler = bare
    if kind == "proxy":
        origin = Origin("http", "127.0.0.1", upstream_port)
        handler = proxy_to(Pool(origin, max_connections=1024, deadlines=deadlines, clock=clock))
    server = Server(handler, limits=LimitSettings(), clock=clock, deadlines=deadlines)
    listener = socket.create_server(("127.0.0.1", port), backlog=1024)
    listener.setblocking(False)
    await server.listen(listener)
    await asyncio.Event().wait()
    return 0


def cpu_s(pid: int) -> float:
    return sum(one.cpu_s for one in process.use(pid).values())


def measure(kind: str, loads: dict[str, Load], folder: Path) -> dict[str, float]:
    """One round: microseconds of CPU for each load."""
    port, upstream_port = free_port(), free_port()
    mock = process.start(
        mock_command(upstream_port), core=process.LOAD_CORE, log=folder / "mock.log"
    )
    command = [sys.executable, "-m", "bench.http1_loopback", "--serve", kind]
    server: subprocess.Popen[bytes] | None = None
    figures = {}
    try:
        server = process.start(
            [*command, str(port), str(upstream_port)],
            core=process.GATEWAY_CORE, log=folder / f"{kind}.log",
        )  # fmt: skip
        wait_for_answer(port, b"{}", patience_s=20)
        run_load(Load(write_bodies()["plain"], 16, 0.5), port)
        for name, load in loads.items():
            before = cpu_s(server.pid)
            result = run_load(load, port)
            used = cpu_s(server.pid) - before
            if result["errors"] or result["other_status"]:
                say(f"{kind} {name}: {result}")
            figures[name] = used * 1e6 / result["chunks" if load.stream else "ok"]
    finally:
        for one in (server, mock):
            if one is not None:
                process.stop(one)
    return figures


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--serve", nargs=3, metavar=("KIND", "PORT", "UPSTREAM"))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=3.0)
    options = parser.parse_args()
    if options.serve:
        kind, port, upstream_port = options.serve
        run_loop(serve(kind, int(port), int(upstream_port)))
        return
    build()
    bodies, seconds = write_bodies(), options.seconds
    plain = {"us/request": Load(bodies["plain"], 64, seconds)}
    streams = {
        "us/chunk, 10 streams, 5 ms apart": Load(bodies["stream"], 10, seconds, stream=True),
        "us/chunk, 200 streams, 5 ms apart": Load(bodies["stream"], 200, seconds, stream=True),
        "us/chunk, 64 streams, no pause": Load(bodies["burst"], 64, seconds, stream=True),
    }
    found: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(options.rounds):
            for kind, loads in (("bare", plain), ("proxy", plain | streams)):
                for name, value in measure(kind, loads, Path(folder)).items():
                    found.setdefault(f"{kind}: {name}", []).append(value)
    for name, values in found.items():
        spread = f"{min(values):.1f} to {max(values):.1f}"
        print(f"{name:45} {statistics.median(values):7.1f}   ({spread})")


if __name__ == "__main__":
    main()
