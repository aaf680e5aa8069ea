"""Microseconds of Python per translated request and per translated chunk.

`python -m bench.translation` drives the gateway as a worker runs it (`hotpath`), without sockets:
the client's dialect on one side, the provider's on the other. Calls of one dialect, whose bytes
pass as they are, stand beside them in the same run; so does LiteLLM's translation alone (no server,
no routing, no record) where `bench/.cache/litellm-library` holds it. Best of many rounds, as
process CPU time: compare figures of one run only.

    python -m venv bench/.cache/litellm-library
    bench/.cache/litellm-library/bin/pip install litellm
"""

import argparse
import asyncio
import json
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from bench import hotpath, report
from bench.hotpath import Bench, Wire
from bench.tools import CACHE
from vedette import plugins
from vedette.app.loop import run
from vedette.clock import SystemClock
from vedette.costs.prices import PriceIndex
from vedette.gateway.breaker import Breaker
from vedette.gateway.directory import Directory, Upstream
from vedette.gateway.fetching import Fetcher
from vedette.gateway.identify import Gatekeeper
from vedette.gateway.runtime import Runtime
from vedette.gateway.services import Services
from vedette.gateway.tokens import Tokens
from vedette.http1.client import Connection, Origin, Pool
from vedette.http1.connection import ServerConnection
from vedette.http1.deadlines import Deadlines
from vedette.http1.server import Handler
from vedette.model.settings import GatewaySettings, ProviderSettings
from vedette.tasks import Tasks

ROUNDS = 40
CALLS = hotpath.TURNS * hotpath.CONNECTIONS
CHUNKS = 1000
WORDS = hotpath.WORDS
SAID = "TCP is a connection-oriented protocol. " * 8
PIECE = "T1234567890123456789 and some words here"
Event = dict[str, Any]


def _json(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def _sse(event: Event, name: str = "") -> bytes:
    line = f"event: {name}\n".encode() if name else b""
    return line + b"data: %b\n\n" % _json(event)


# ---- the same conversation in three dialects --------------------------------------------------


def chat_request(*, stream: bool) -> tuple[str, Event]:
    asked: Event = {"model": "m", "max_tokens": 500, "messages": hotpath.MESSAGES}
    if stream:
        asked |= {"stream": True, "stream_options": {"include_usage": True}}
    return "/v1/chat/completions", asked


def messages_request(*, stream: bool) -> tuple[str, Event]:
    asked: Event = {"model": "m", "max_tokens": 500, "messages": hotpath.MESSAGES}
    return "/v1/messages", asked | ({"stream": True} if stream else {})


MESSAGE: Event = {
    "id": "msg_1", "type": "message", "role": "assistant", "model": "claude-x",
    "content": [{"type": "text", "text": SAID}], "stop_reason": "end_turn",
    "stop_sequence": None, "usage": {"input_tokens": 25, "output_tokens": 60},
}  # fmt: skip
GEMINI: Event = {
    "candidates": [
        {"content": {"role": "model", "parts": [{"text": SAID}]}, "finishReason": "STOP"}
    ],
    "usageMetadata": {"promptTokenCount": 25, "candidatesTokenCount": 60, "totalTokenCount": 85},
    "modelVersion": "gemini-x", "responseId": "r1",
}  # fmt: skip


def chat_events() -> tuple[bytes, bytes, bytes]:
    """What a stream begins with, one chunk of text, and what it ends with."""

    def chunk(delta: Event, finish: str | None = None) -> bytes:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return _sse({**hotpath.CHUNK, "choices": [choice], "usage": None})

    usage = _sse({**hotpath.CHUNK, "choices": [], "usage": hotpath.USAGE})
    first = chunk({"role": "assistant", "content": ""})
    return first, chunk({"content": PIECE}), chunk({}, "stop") + usage + b"data: [DONE]\n\n"


def messages_events() -> tuple[bytes, bytes, bytes]:
    begun = {**MESSAGE, "content": [], "stop_reason": None}
    block: Event = {"type": "content_block_start", "index": 0}
    block["content_block"] = {"type": "text", "text": ""}
    delta: Event = {"type": "content_block_delta", "index": 0}
    delta["delta"] = {"type": "text_delta", "text": PIECE}
    ended: Event = {"type": "message_delta", "usage": {"output_tokens": 60}}
    ended["delta"] = {"stop_reason": "end_turn", "stop_sequence": None}
    last: list[Event] = [{"type": "content_block_stop", "index": 0}, ended]
    last.append({"type": "message_stop"})
    first = _sse({"type": "message_start", "message": begun}, "message_start")
    first += _sse(block, "content_block_start")
    return first, _sse(delta, delta["type"]), b"".join(_sse(e, e["type"]) for e in last)


def gemini_events() -> tuple[bytes, bytes, bytes]:
    def piece(text: str, **more: str) -> bytes:
        content = {"role": "model", "parts": [{"text": text}]}
        return _sse({**GEMINI, "candidates": [{"content": content, "index": 0, **more}]})

    return b"", piece(PIECE), piece("", finishReason="STOP")


@dataclass(frozen=True, slots=True)
class Dialect:
    """A provider of this dialect."""

    kind: str
    answer: Event
    events: Callable[[], tuple[bytes, bytes, bytes]]


PROVIDERS = {
    "openai": Dialect("openai", hotpath.ANSWER, chat_events),
    "anthropic": Dialect("anthropic", MESSAGE, messages_events),
    "gemini": Dialect("gemini", GEMINI, gemini_events),
}
SPOKEN = {"openai": "openai_chat", "anthropic": "anthropic", "gemini": "gemini"}
CLIENTS = {"openai": chat_request, "anthropic": messages_request}
CASES = (
    ("openai", "openai"), ("anthropic", "anthropic"), ("openai", "anthropic"),
    ("anthropic", "openai"), ("openai", "gemini"),
)  # fmt: skip
"""Client and provider."""


# ---- the gateway ------------------------------------------------------------------------------


def bench_of(provider: str) -> Bench:
    """A gateway before one provider of this dialect."""
    settings = ProviderSettings(
        name="a", kind=PROVIDERS[provider].kind, base_url="http://127.0.0.1:1/v1", api_key="sk",
        dialects=(SPOKEN[provider],), price_provider="openai",
    )  # fmt: skip
    whole = GatewaySettings(version=1, providers=(settings,), default_provider="a")
    clock = SystemClock()
    deadlines, tasks = Deadlines(clock), Tasks()
    pool = Pool(
        Origin.of(settings.base_url), max_connections=hotpath.CONNECTIONS, deadlines=deadlines,
        clock=clock,
    )  # fmt: skip
    services = Services(
        clock=clock, deadlines=deadlines, tasks=tasks, prices=PriceIndex.load(),
        tokens=Tokens(clock, Fetcher(clock, deadlines), deadlines, tasks),
        tee_breaker=Breaker("tee", clock), answer_breaker=Breaker("answer", clock),
        price_breaker=Breaker("price", clock),
    )  # fmt: skip
    made = plugins.load("providers", settings.kind, otherwise="openai").Provider(settings)
    directory = Directory(whole, {"a": Upstream(made, pool)})
    runtime = Runtime(whole, Gatekeeper(whole), directory)
    return Bench(whole, services, runtime, pool)


def request_bytes(client: str, *, stream: bool) -> bytes:
    path, asked = CLIENTS[client](stream=stream)
    body = _json(asked)
    head = b"POST %b HTTP/1.1\r\n%b" % (path.encode(), hotpath.HEADERS)
    return b"%bContent-Length: %d\r\n\r\n%b" % (head, len(body), body)


def answer_bytes(provider: str) -> bytes:
    body = _json(PROVIDERS[provider].answer)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
    return b"%bContent-Length: %d\r\n\r\n%b" % (head, len(body), body)


async def per_request(client: str, provider: str) -> float:
    """Microseconds of a request, in the best round."""
    bench = bench_of(provider)
    loop, answer = asyncio.get_running_loop(), answer_bytes(provider)
    for connection, wire in bench.upstreams():
        wire.on_write = _answering(loop, connection, answer)
    request, best = request_bytes(client, stream=False), float("inf")
    for _ in range(ROUNDS):
        clients = bench.clients(cast(Handler, bench.gateway(with_stages=True)))
        best = min(best, await _round(clients, request))
    return best / CALLS * 1e6


def _answering(
    loop: asyncio.AbstractEventLoop, connection: Connection, answer: bytes
) -> Callable[[], None]:
    return lambda: cast(None, loop.call_soon(connection.data_received, answer))


async def _round(clients: Sequence[tuple[ServerConnection, Wire]], request: bytes) -> float:
    left = 0

    def answered() -> None:
        nonlocal left
        left -= 1

    for _, wire in clients:
        wire.on_write = answered
    start = time.process_time()
    for _ in range(hotpath.TURNS):
        left = len(clients)
        for connection, _ in clients:
            connection.data_received(request)
        while left > 0:
            await asyncio.sleep(0)
        await asyncio.sleep(0)
    return time.process_time() - start


async def per_chunk(client: str, provider: str) -> float:
    """Microseconds of a chunk of text, in the best round."""
    bench = bench_of(provider)
    upstream, wire = bench.upstreams()[0]
    idle = bench.pool.take()
    while idle is not None and idle is not upstream:
        idle = bench.pool.take()
    best = float("inf")
    for _ in range(9):
        bench.pool.give_back(upstream)
        best = min(best, await _stream(bench, upstream, client, provider))
    assert wire.on_write is None
    return best / CHUNKS * 1e6


async def _stream(bench: Bench, upstream: Connection, client: str, provider: str) -> float:
    first, chunk, last = (_chunked(data) for data in PROVIDERS[provider].events())
    connection, wire = bench.clients(cast(Handler, bench.gateway(with_stages=True)))[0]
    written = 0

    def count() -> None:
        nonlocal written
        written += 1

    wire.on_write = count
    connection.data_received(request_bytes(client, stream=True))
    await asyncio.sleep(0.001)
    upstream.data_received(hotpath.STREAM_HEAD + first)
    before, start = written, time.process_time()
    for _ in range(CHUNKS):
        upstream.data_received(chunk)
        # What is written in one turn of the loop goes out together: here every chunk by itself.
        await asyncio.sleep(0)
    seconds = time.process_time() - start
    if written - before < CHUNKS:
        raise SystemExit(f"{client} -> {provider}: {written - before} of {CHUNKS} chunks came")
    upstream.data_received(last + b"0\r\n\r\n")
    await asyncio.sleep(0.001)
    return seconds


def _chunked(data: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(data), data) if data else b""


# ---- the peer ---------------------------------------------------------------------------------

PEER = Path(__file__).with_name("translation_peer.py")


def peer_rows() -> list[list[str]]:
    """LiteLLM's own figures; none where it is not installed."""
    python = CACHE / "litellm-library" / "bin" / "python"
    if not python.exists():
        return []
    asked = {"request": CLIENTS["openai"](stream=False)[1], "answer": MESSAGE, "said": PIECE}
    done = subprocess.run(
        [python, PEER], input=json.dumps(asked), capture_output=True, text=True, timeout=300,
        check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"the peer failed: {done.stderr[-500:]}")
    told = json.loads(done.stdout.splitlines()[-1])
    name = f"LiteLLM {told['version']}, openai to anthropic, the translation alone"
    return [[name, f"{told['request_us']:.0f}", f"{told['chunk_us']:.1f}"]]


TITLES = ("client and provider", "CPU us per request", "CPU us per chunk")


async def measured() -> list[list[str]]:
    rows = []
    for client, provider in CASES:
        figures = (await per_request(client, provider), await per_chunk(client, provider))
        name = f"{client} to {provider}" + (", bytes pass" if client == provider else "")
        rows.append([name, f"{figures[0]:.0f}", f"{figures[1]:.1f}"])
        print(f"{name:<36} {figures[0]:>7.1f} us a request {figures[1]:>7.2f} us a chunk")
    return rows


async def main() -> int:
    """Print the figures; with `--docs` write them into docs/benchmarks.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--docs", action="store_true")
    options = parser.parse_args()
    rows = await measured()
    rows += await asyncio.to_thread(peer_rows)
    table = f"Measured on {report.machine()}.\n\n{report.markdown(TITLES, rows)}"
    print(f"\n{table}")
    if options.docs:
        report.write_section("translation", table)
    return 0


if __name__ == "__main__":
    raise SystemExit(run(main()))
