"""How much of a repeating workload is answered from the cache, and what a hit costs.

`python -m bench.cache` sends chats whose prompts repeat as words of a language do (Zipf, exponent
1) through the gateway as a worker runs it, without sockets (`bench.hotpath`): prompts that people
wrote, where the data is there, else made-up ones. Process CPU time. A second figure is that of the
same hit again and again: whole and streamed, small and with a long conversation before it.
"""

import asyncio
import gzip
import json
import random
import time
from collections.abc import Sequence
from itertools import accumulate
from typing import cast

from msgspec.structs import replace

from bench.drift import DATA
from bench.hotpath import (
    CONNECTIONS,
    MESSAGES,
    ROUNDS,
    TURNS,
    Bench,
    Wire,
    _answering,
    answer_bytes,
    request_bytes,
)
from vedette.app.loop import run
from vedette.gateway.handler import Gateway
from vedette.http1.connection import ServerConnection
from vedette.http1.server import Handler
from vedette.model.settings import CacheSettings

PROMPTS = 5_000
CALLS = 50_000
SEED = 7
LONG = [{"role": "user", "content": "A turn of a long conversation, with some words. " * 8}] * 40


def prompts() -> list[str]:
    """Texts that people wrote to models; made-up ones where there is no such data."""
    path = DATA / "benign.jsonl.gz"
    if not path.is_file():
        return [f"What is the square of {number}?" for number in range(PROMPTS)]
    with gzip.open(path, "rt", encoding="utf-8") as rows:
        texts = list(dict.fromkeys(json.loads(row)["text"] for row in rows))
    random.Random(SEED).shuffle(texts)
    return texts[:PROMPTS]


def zipf(texts: Sequence[str]) -> list[str]:
    """So many draws that the second most frequent text comes half as often as the first."""
    weights = list(accumulate(1 / rank for rank in range(1, len(texts) + 1)))
    return random.Random(SEED).choices(texts, cum_weights=weights, k=CALLS)


def cached() -> tuple[Bench, Gateway]:
    bench = Bench.make()
    settings = replace(bench.settings, cache=CacheSettings(enabled=True))
    bench = Bench(settings, bench.services, replace(bench.runtime, settings=settings), bench.pool)
    return bench, bench.gateway(with_stages=True)


async def workload(bench: Bench, gateway: Gateway) -> float:
    """Microseconds of a call, hits and misses together."""
    clients, left = bench.clients(cast(Handler, gateway)), 0

    def answered() -> None:
        nonlocal left
        left -= 1

    for _, wire in clients:
        wire.on_write = answered
    asked = [
        request_bytes(messages=[{"role": "user", "content": text}], temperature=0)
        for text in zipf(prompts())
    ]
    start = time.process_time()
    for begin in range(0, len(asked), CONNECTIONS):
        batch = asked[begin : begin + CONNECTIONS]
        left = len(batch)
        for (connection, _), request in zip(clients, batch, strict=False):
            connection.data_received(request)
        while left > 0:
            await asyncio.sleep(0)
        await asyncio.sleep(0)
    return (time.process_time() - start) / len(asked) * 1e6


async def per_hit(clients: Sequence[tuple[ServerConnection, Wire]], request: bytes) -> float:
    """Microseconds of one and the same hit, in the best round."""
    done, best = 0, float("inf")

    def written() -> None:
        nonlocal done
        done += 1

    for _, wire in clients:
        wire.on_write = written
    for _ in range(ROUNDS):
        start = time.process_time()
        for _ in range(TURNS):
            done = 0
            for connection, _ in clients:
                connection.data_received(request)
            while done < len(clients):
                await asyncio.sleep(0)
            for _ in range(3):
                await asyncio.sleep(0)
        best = min(best, time.process_time() - start)
    return best / (TURNS * len(clients)) * 1e6


async def main() -> int:
    """Print the figures."""
    bench, gateway = cached()
    loop, answer = asyncio.get_running_loop(), answer_bytes()
    for connection, wire in bench.upstreams():
        wire.on_write = _answering(loop, connection, lambda: answer)
    us = await workload(bench, gateway)
    cache = gateway.cache
    share = cache.hits / (cache.hits + cache.misses)
    print(f"{CALLS} calls over {PROMPTS} prompts: {share:.1%} hits, {us:.0f} us a call")
    for name, more in (
        ("hit, 0.9 kB", {"messages": MESSAGES}),
        ("hit, 0.9 kB, streamed", {"messages": MESSAGES, "stream": True}),
        ("hit, 16 kB in 40 messages", {"messages": LONG}),
    ):
        request = request_bytes(temperature=0, **more)
        clients = bench.clients(cast(Handler, gateway))
        await per_hit(clients[:1], request)
        print(f"{name:<28} {await per_hit(clients, request):>7.1f} us")
    return 0


if __name__ == "__main__":
    raise SystemExit(run(main()))
