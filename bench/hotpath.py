"""Microseconds of Python per request: the gateway's path without sockets.

`python -m bench.hotpath` drives real connections of the rim and of the pool over transports that
only count writes, so that the kernel and the network are left out. Layers, each on top of the one
before: the rim alone, the rim with our client behind it, the gateway without stages, the gateway as
a worker runs it, the same with the guard on (policy `balanced`). And the share of one chunk of a
stream. The request is always the same; of answers the guard sees either always the same or never
one twice. Best of many rounds, as process CPU time: compare figures of one run only.
"""

import asyncio
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Any, cast

from vedette.app.guard import make_detector
from vedette.app.loop import run, spare_collector
from vedette.clock import SystemClock
from vedette.costs.prices import PriceIndex
from vedette.gateway.breaker import Breaker
from vedette.gateway.directory import Directory, Upstream
from vedette.gateway.fetching import Fetcher
from vedette.gateway.guarding import Guardian
from vedette.gateway.handler import Gateway
from vedette.gateway.identify import Gatekeeper
from vedette.gateway.meters import Meters
from vedette.gateway.probes import Prober
from vedette.gateway.runtime import Runtime
from vedette.gateway.services import Services
from vedette.gateway.sink import Sink
from vedette.gateway.spill import Spill
from vedette.gateway.stages import Labels, Metering, Recording, Stage, Stages
from vedette.gateway.tokens import Tokens
from vedette.guard.engine import Guard
from vedette.guard.pace import PAUSE_S
from vedette.guard.policies import bundled
from vedette.http1.client import Connection, Origin, Pool, UpstreamError
from vedette.http1.connection import ServerConnection
from vedette.http1.deadlines import Deadlines
from vedette.http1.server import Handler, Request, Response, Server
from vedette.model.settings import (
    GatewaySettings,
    GuardSettings,
    ProviderSettings,
    RouteSettings,
    TargetSettings,
)
from vedette.providers.openai import Provider
from vedette.tasks import Tasks

CONNECTIONS = 32
ROUNDS = 80
TURNS = 6
CHUNKS = 1000

MODEL = "gpt-4o-mini"
WORDS = "Explain how a reverse proxy keeps its connections alive, with an example. "
MESSAGES = [{"role": "user", "content": WORDS * 11}]
HEADERS = (
    b"Host: 127.0.0.1:4000\r\nUser-Agent: load\r\nContent-Type: application/json\r\n"
    b"Authorization: Bearer vk-abc\r\nAccept: */*\r\n"
)
USAGE = {
    "prompt_tokens": 25,
    "completion_tokens": 60,
    "total_tokens": 85,
    "prompt_tokens_details": {"cached_tokens": 0},
    "completion_tokens_details": {"reasoning_tokens": 0},
}
NUMBER = "000000000"
TEXT = f"Your {NUMBER}: " + "TCP is a connection-oriented protocol. " * 8
MESSAGE = {"role": "assistant", "content": TEXT}
ANSWER = {
    "id": "chatcmpl-123",
    "object": "chat.completion",
    "created": 1700000000,
    "model": "gpt-4o-mini-2024-07-18",
    "choices": [{"index": 0, "message": MESSAGE, "logprobs": None, "finish_reason": "stop"}],
    "usage": USAGE,
}
DELTA = {
    "index": 0,
    "delta": {"content": f"T12345678901 {NUMBER} and some words"},
    "logprobs": None,
    "finish_reason": None,
}
CHUNK = {"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": MODEL}
STREAM_HEAD = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
)


def request_bytes(**more: object) -> bytes:
    """A chat request of 0.9 KB as a client sends it."""
    body = _json({"model": MODEL, "messages": MESSAGES, **more})
    line = b"POST /v1/chat/completions HTTP/1.1\r\n"
    return b"%b%bContent-Length: %d\r\n\r\n%b" % (line, HEADERS, len(body), body)


def answer_bytes() -> bytes:
    """A provider's answer to it."""
    body = _json(ANSWER)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Request-Id: req_1\r\n"
    return b"%bContent-Length: %d\r\n\r\n%b" % (head, len(body), body)


class Numbered:
    """Bytes with a number in the place of `NUMBER`; a new one each time where they are `fresh`."""

    def __init__(self, data: bytes, *, fresh: bool = False) -> None:
        self.fresh = fresh
        self._before, self._after = data.split(NUMBER.encode())
        self._numbers = count(1)

    def __call__(self) -> bytes:
        number = next(self._numbers) if self.fresh else 0
        return b"%b%09d%b" % (self._before, number, self._after)


def _json(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def _event(**more: object) -> bytes:
    event = b"data: %b\n\n" % _json({**CHUNK, **more})
    return b"%x\r\n%b\r\n" % (len(event), event)


class Wire(asyncio.Transport):
    """A transport without a network: what is written to it calls `on_write`."""

    def __init__(self) -> None:
        super().__init__()
        self.on_write: Callable[[], None] | None = None

    def write(self, data: Any) -> None:
        if self.on_write is not None:
            self.on_write()

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return ("127.0.0.1", 1) if name == "peername" else default

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        pass

    def get_write_buffer_size(self) -> int:
        return 0

    def pause_reading(self) -> None:
        pass

    def resume_reading(self) -> None:
        pass

    def abort(self) -> None:
        pass

    def close(self) -> None:
        pass

    def is_closing(self) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class Bench:
    """One gateway's parts, made once."""

    settings: GatewaySettings
    services: Services
    runtime: Runtime
    pool: Pool

    @classmethod
    def make(cls) -> "Bench":
        """A provider behind one route; the key and the prices are those of a usual set-up."""
        provider = ProviderSettings(
            name="a", kind="openai", base_url="http://127.0.0.1:1/v1", api_key="sk",
            price_provider="openai",
        )  # fmt: skip
        route = RouteSettings(model=MODEL, targets=(TargetSettings(provider="a", model=MODEL),))
        settings = GatewaySettings(
            version=1, providers=(provider,), routes=(route,), default_provider="a"
        )
        clock = SystemClock()
        deadlines = Deadlines(clock)
        origin = Origin.of(provider.base_url)
        pool = Pool(origin, max_connections=CONNECTIONS, deadlines=deadlines, clock=clock)
        tasks, fetcher = Tasks(), Fetcher(clock, deadlines)
        services = Services(
            clock=clock, deadlines=deadlines, tasks=tasks, prices=PriceIndex.load(),
            tokens=Tokens(clock, fetcher, deadlines, tasks),
            tee_breaker=Breaker("tee", clock), answer_breaker=Breaker("answer", clock),
            price_breaker=Breaker("price", clock),
        )  # fmt: skip
        directory = Directory(settings, {"a": Upstream(Provider(provider), pool)})
        runtime = Runtime(settings, Gatekeeper(settings), directory)
        return cls(settings, services, runtime, pool)

    def gateway(self, *, with_stages: bool, guardian: Guardian | None = None) -> Gateway:
        """A gateway; its records stay in a sink that nobody empties."""
        stages = self._stages() if with_stages else []
        services = self.services
        prober = Prober(services.clock, Fetcher(services.clock, services.deadlines))
        around = Stages(stages, services.clock)
        one = self.runtime
        runtime = Runtime(one.settings, one.gatekeeper, one.directory, guardian)
        return Gateway(runtime, services, around, {}, prober=prober)

    def upstreams(self) -> list[tuple[Connection, Wire]]:
        """Kept-alive connections to the provider, idle in the pool."""
        made = []
        for _ in range(CONNECTIONS):
            connection, wire = Connection(self.pool), Wire()
            connection.connection_made(wire)
            self.pool.give_back(connection)
            made.append((connection, wire))
        return made

    def clients(self, handler: Handler) -> list[tuple[ServerConnection, Wire]]:
        """Client connections to a server with this handler."""
        services = self.services
        server = Server(
            handler, limits=self.settings.limits, clock=services.clock,
            deadlines=services.deadlines,
        )  # fmt: skip
        made = []
        for _ in range(CONNECTIONS):
            connection, wire = ServerConnection(server), Wire()
            connection.connection_made(wire)
            made.append((connection, wire))
        return made

    def _stages(self) -> Sequence[Stage]:
        clock = self.services.clock
        spill = Spill(None, worker="bench", limit_bytes=0, reduce=_no_span)
        sink = Sink(
            worker="bench", path="", spill=spill, clock=clock,
            limit_records=TURNS * CONNECTIONS, limit_bytes=2**40,
        )  # fmt: skip
        recording = Recording(sink.keep, clock, max_body_bytes=262_144)
        return [Labels(clock), Metering(Meters(), clock), recording]


def _no_span(record: object) -> Any:
    raise AssertionError(record)


def balanced() -> Guardian:
    """The guard with its usual policy."""
    clock, policy = SystemClock(), bundled().get("balanced")
    return Guardian(GuardSettings(policy=policy), policy, Guard(make_detector, clock), clock)


class Reply:
    """The least a receiver can do: the head and the body, when both are there."""

    __slots__ = ("body", "headers", "whole")

    def __init__(self) -> None:
        self.whole: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.headers: list[tuple[bytes, bytes]] = []
        self.body = b""

    def head(self, status: int, headers: list[tuple[bytes, bytes]]) -> None:
        self.headers = headers

    def data(self, data: bytes) -> None:
        self.body = data

    def end(self) -> None:
        self.whole.set_result(None)

    def failed(self, error: UpstreamError) -> None:
        self.whole.set_exception(error)


def rim() -> Handler:
    """Answers at once."""
    body, headers = _json(ANSWER), [(b"content-type", b"application/json")]

    async def answer(request: Request, response: Response) -> None:
        response.send(200, headers, body)

    return answer


def proxy(pool: Pool) -> Handler:
    """Our server and our client with nothing between them."""
    head = b"POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n"

    async def forward(request: Request, response: Response) -> None:
        body = await request.body.read(10**6)
        connection = pool.take()
        assert connection is not None
        reply = Reply()
        connection.send(head, body, reply)
        await reply.whole
        response.send(200, reply.headers[:1], reply.body)

    return forward


async def per_request(bench: Bench, handler: Callable[[], Handler]) -> float:
    """Microseconds of a request, in the best round; each round has a handler of its own."""
    request, best = request_bytes(), float("inf")
    for _ in range(ROUNDS):
        clients = bench.clients(handler())
        left = 0

        def answered() -> None:
            nonlocal left
            left -= 1

        for _, wire in clients:
            wire.on_write = answered
        start = time.process_time()
        for _ in range(TURNS):
            left = CONNECTIONS
            for connection, _ in clients:
                connection.data_received(request)
            while left:
                await asyncio.sleep(0)
            await asyncio.sleep(0)
        best = min(best, time.process_time() - start)
    return best / (TURNS * CONNECTIONS) * 1e6


async def per_chunk(
    bench: Bench, upstream: tuple[Connection, Wire], guardian: Guardian | None
) -> float:
    """Microseconds of a chunk of a stream, in the best round; with a guard, three of them come
    between two looks."""
    provider, wire = upstream
    wire.on_write = None
    request = request_bytes(stream=True, stream_options={"include_usage": True})
    chunk = Numbered(_event(choices=[DELTA], padding="p" * 60), fresh=True)
    last = _event(choices=[{"index": 0, "delta": {}, "finish_reason": "stop"}]) + b"0\r\n\r\n"
    best = float("inf")
    chunks = CHUNKS if guardian is None else CHUNKS // 10
    for _ in range(9):
        gateway = bench.gateway(with_stages=True, guardian=guardian)
        client, _ = bench.clients(cast(Handler, gateway))[0]
        client.data_received(request)
        await asyncio.sleep(0.001)
        provider.data_received(STREAM_HEAD)
        start = time.process_time()
        for number in range(chunks):
            provider.data_received(chunk())
            if guardian is not None and number % 3 == 0:
                await asyncio.sleep(PAUSE_S)
        best = min(best, time.process_time() - start)
        provider.data_received(last)
        await asyncio.sleep(0.001 if guardian is None else PAUSE_S)
    return best / chunks * 1e6


async def main() -> int:
    """Print the figures."""
    bench, guardian = Bench.make(), balanced()
    loop = asyncio.get_running_loop()
    answer, upstreams = Numbered(answer_bytes()), bench.upstreams()
    for connection, wire in upstreams:
        wire.on_write = _answering(loop, connection, answer)
    spare_collector()
    guarded = partial(bench.gateway, with_stages=True, guardian=guardian)
    layers: list[tuple[str, Callable[[], Handler], bool]] = [
        ("rim alone", rim, False),
        ("rim and client, no gateway", lambda: proxy(bench.pool), False),
        ("gateway without stages", lambda: bench.gateway(with_stages=False), False),
        ("gateway with all stages", lambda: bench.gateway(with_stages=True), False),
        ("with the guard, answers repeat", guarded, False),
        ("with the guard, new answers", guarded, True),
    ]
    for name, handler, fresh in layers:
        answer.fresh = fresh
        print(f"{name:<32} {await per_request(bench, handler):>7.1f} us a request")
    last = bench.pool.take()
    assert last is not None
    bench.pool.give_back(last)
    found = next(pair for pair in upstreams if pair[0] is last)
    for name, looks in (("stream with all stages", None), ("stream with the guard", guardian)):
        cost = await per_chunk(bench, found, looks)
        print(f"{name:<32} {cost:>7.2f} us a chunk")
    return 0


def _answering(
    loop: asyncio.AbstractEventLoop, connection: Connection, answer: Callable[[], bytes]
) -> Callable[[], None]:
    return lambda: cast(None, loop.call_soon(connection.data_received, answer()))


if __name__ == "__main__":
    raise SystemExit(run(main()))
