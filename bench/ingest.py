"""What a span costs from the wire to the disk: `python -m bench.ingest`.

A whole Vedette is started and gets the load that the targets were set on: 1,000 traces of 10 spans
(1 agent, 1 retriever, 4 model calls, 3 tools, 1 chain) with prompts of about 600 and answers of
about 800 characters, in 20 POSTs of 500 spans under gzip from one connection. CPU is that of the
core process, all of it, until it rests again: HTTP, reading, normalizing, pricing, the commit and
the text index. A 200 means durable. Then come the questions of the console: the list of 50 traces,
the same with a phrase, one trace. At last everything is killed right after the last 200 of a second
load, started again and counted. `--peers` gives Arize Phoenix the same load; `--check` ends with
status 1 where a target is missed.
"""

import argparse
import gzip
import json
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote

from bench import process as processes
from bench.ingest_peer import Phoenix
from bench.peers import CannotInstall
from bench.tools import BenchError, fetch, free_port, say
from tests.support import otlp

TRACES, SPANS, POSTS = 1_000, 10, 20
TARGET_CPU_MS, TARGET_RATE = 0.5, 1_500.0
ASKED = 20
"""How often each question is asked."""
KINDS = ("agent", "retriever", "llm", "tool", "llm", "tool", "llm", "tool", "llm", "chain")
Attributes = Callable[["Words", str], dict[str, Any]]


class Words:
    """Texts of invented words, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        letters = "etaoinshrdlucmfwypvbgkjqxz"
        self._words = [
            "".join(self._random.choices(letters, range(26, 0, -1), k=self._random.randint(4, 13)))
            for _ in range(20_000)
        ]

    def text(self, characters: int) -> str:
        return " ".join(self._random.choices(self._words, k=characters // 9))

    def below(self, number: int) -> int:
        return self._random.randrange(number)


def genai(words: Words, kind: str) -> dict[str, Any]:
    """After the newest conventions."""
    if kind == "tool":
        return {
            "gen_ai.operation.name": "execute_tool", "gen_ai.tool.name": "search",
            "gen_ai.tool.call.arguments": json.dumps({"query": words.text(60)}),
            "gen_ai.tool.call.result": words.text(400),
        }  # fmt: skip
    if kind != "llm":
        operation = {"agent": "invoke_agent", "retriever": "retrieval"}.get(kind, "invoke_workflow")
        return {
            "gen_ai.operation.name": operation, "gen_ai.agent.name": "clerk",
            "gen_ai.conversation.id": f"session-{words.below(300)}",
        }  # fmt: skip
    said = [
        {"role": "system", "parts": [{"type": "text", "content": words.text(200)}]},
        {"role": "user", "parts": [{"type": "text", "content": words.text(400)}]},
    ]
    answer = [{"role": "assistant", "parts": [{"type": "text", "content": words.text(800)}]}]
    return {
        "gen_ai.operation.name": "chat", "gen_ai.provider.name": "openai",
        "gen_ai.request.model": "gpt-4o-mini", "gen_ai.response.model": "gpt-4o-mini-2024-07-18",
        "gen_ai.response.id": f"chatcmpl-{words.below(2**60)}",
        "gen_ai.response.finish_reasons": ["stop"], "gen_ai.request.temperature": 0.5,
        "gen_ai.usage.input_tokens": 700 + words.below(500),
        "gen_ai.usage.output_tokens": 100 + words.below(200),
        "gen_ai.usage.cache_read.input_tokens": words.below(500),
        "gen_ai.input.messages": json.dumps(said), "gen_ai.output.messages": json.dumps(answer),
        "user.id": f"user-{words.below(500)}",
    }  # fmt: skip


def openinference(words: Words, kind: str) -> dict[str, Any]:
    """One attribute for each leaf, and the request and the answer once more as JSON."""
    named = {"openinference.span.kind": kind.upper(), "session.id": f"session-{words.below(300)}"}
    if kind != "llm":
        return named | {"input.value": words.text(200), "output.value": words.text(400)}
    system, user, answer = words.text(200), words.text(400), words.text(800)
    request = {
        "model": "gpt-4o-mini",
        "messages": [{"role": "system", "content": system}, {"role": "user", "content": user}],
    }
    choice = {
        "index": 0,
        "finish_reason": "stop",
        "message": {"role": "assistant", "content": answer},
    }
    given, made = 700 + words.below(500), 100 + words.below(200)
    return named | {
        "llm.system": "openai", "llm.model_name": "gpt-4o-mini-2024-07-18",
        "llm.invocation_parameters": json.dumps({"model": "gpt-4o-mini", "temperature": 0.5}),
        "input.value": json.dumps(request), "input.mime_type": "application/json",
        "output.value": json.dumps({"id": f"chatcmpl-{words.below(2**60)}", "choices": [choice]}),
        "output.mime_type": "application/json",
        "llm.input_messages.0.message.role": "system",
        "llm.input_messages.0.message.content": system,
        "llm.input_messages.1.message.role": "user",
        "llm.input_messages.1.message.content": user,
        "llm.output_messages.0.message.role": "assistant",
        "llm.output_messages.0.message.content": answer,
        "llm.token_count.prompt": given, "llm.token_count.completion": made,
        "llm.token_count.total": given + made,
        "llm.token_count.prompt_details.cache_read": words.below(500),
        "llm.finish_reason": "stop", "user.id": f"user-{words.below(500)}",
    }  # fmt: skip


DIALECTS: dict[str, Attributes] = {"genai": genai, "openinference": openinference}


def bodies(dialect: str, *, seed: int = 7) -> Iterator[bytes]:
    """The POSTs of one dialect, not yet compressed."""
    words, attributes = Words(seed), DIALECTS[dialect]
    start_ns = time.time_ns() - TRACES * 10**9
    spans: list[bytes] = []
    for number in range(TRACES):
        trace = words.below(2**128).to_bytes(16, "big")
        root = words.below(2**63) + 1
        for place, kind in enumerate(KINDS):
            spans.append(
                otlp.span(
                    attributes(words, kind), name=f"{kind} {place}", trace=trace,
                    id=root + place, parent=root if place else 0,
                    start_ns=start_ns + number * 10**9 + place * 10**7,
                )
            )  # fmt: skip
        if len(spans) >= TRACES * SPANS // POSTS:
            yield otlp.traces(spans, scope=f"bench.{dialect}")
            spans = []


class Server(Protocol):
    """Who takes spans and answers questions about them."""

    name: str
    door: int
    path: str
    process: subprocess.Popen[bytes]

    def start(self) -> None:
        """Start on its folder and ports; also after a kill."""

    def is_ready(self) -> bool: ...

    def used(self) -> processes.Use:
        """What it has used for spans and answers so far."""

    def spans(self) -> int:
        """How many it shows."""

    def questions(self, phrase: str, trace: str) -> Mapping[str, Callable[[], object]]:
        """What its pages ask, by name."""


class Vedette:
    """`vedette serve` on free ports, pinned to one core; the sender runs on the other."""

    name = "vedette"
    path = "/v1/traces"

    def __init__(self, folder: Path) -> None:
        self.door, self.console = free_port(), free_port()
        self._folder = folder
        config = {
            "gateway": {"listen": f"127.0.0.1:{free_port()}"},
            "console": {"listen": f"127.0.0.1:{self.console}"},
            "otlp": {"http": f"127.0.0.1:{self.door}", "grpc": None},
        }
        (folder / "vedette.yaml").write_text(json.dumps(config))
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "vedette", "serve"]
        self.process = processes.start(
            [*command, "--config", "vedette.yaml"], core=processes.GATEWAY_CORE,
            log=self._folder / "log", cwd=self._folder,
        )  # fmt: skip

    def is_ready(self) -> bool:
        return fetch(self.console, "/health/ready")[0] == 200

    def used(self) -> processes.Use:
        found = [use for use in processes.use(self.process.pid).values() if "app.core" in use.name]
        if not found:
            raise BenchError("there is no core process")
        return found[0]

    def spans(self) -> int:
        parts = self._get("/health/ready")["subsystems"]
        return next(int(part["detail"]["spans"]) for part in parts if part["name"] == "store")

    def questions(self, phrase: str, trace: str) -> Mapping[str, Callable[[], object]]:
        asked = {
            "list": "/api/v1/traces?limit=50",
            "search": f"/api/v1/traces?limit=50&q={quote(json.dumps(phrase))}",
            "trace": f"/api/v1/traces/{trace}",
        }
        return {name: partial(self._get, path) for name, path in asked.items()}

    def _get(self, path: str) -> Any:
        status, said = fetch(self.console, path)
        if status != 200:
            raise BenchError(f"{path}: {status} {said[:200]!r}")
        return json.loads(said)


PEERS: Mapping[str, type[Phoenix]] = {"phoenix": Phoenix}


def measure(kind: Callable[[Path], Server], dialect: str) -> dict[str, Any]:
    """The figures of one dialect on a fresh store."""
    plain = list(bodies(dialect))
    packed = [gzip.compress(body, 6) for body in plain]
    with tempfile.TemporaryDirectory(prefix="vedette-bench-") as name:
        server = kind(Path(name))
        try:
            _wait(server)
            figures = _send(server, packed)
            size = round(sum(map(len, plain)) / TRACES / SPANS)
            asked = _ask(server, *_known(plain[0]))
            lost = _lost(server, [gzip.compress(body, 6) for body in bodies(dialect, seed=8)])
        finally:
            processes.stop(server.process)
    told = {"server": server.name, "dialect": dialect, "bytes_per_span": size}
    return {**told, **figures, **asked, "lost_after_kill": lost}


def _wait(server: Server) -> None:
    until = time.monotonic() + 120
    while not server.is_ready():
        if time.monotonic() > until:
            raise BenchError(f"{server.name} is not ready")
        time.sleep(0.1)
    processes.settle(server.process.pid)


def _send(server: Server, packed: list[bytes]) -> dict[str, Any]:
    before = server.used()
    began = time.monotonic()
    waits = _post(server, packed)
    durable = time.monotonic() - began
    count = TRACES * SPANS
    _until_all(server, count)
    shown = time.monotonic() - began
    processes.settle(server.process.pid)
    after = server.used()
    return {
        "spans": count,
        "cpu_ms_per_span": round((after.cpu_s - before.cpu_s) / count * 1e3, 3),
        "acknowledged_per_s": round(count / durable),
        "shown_per_s": round(count / shown),
        "post_p50_ms": round(sorted(waits)[len(waits) // 2] * 1e3),
        "rss_mb": round(after.rss_mb),
    }


def _post(server: Server, packed: list[bytes]) -> list[float]:
    """Seconds that each POST took."""
    connection = HTTPConnection("127.0.0.1", server.door, timeout=120)
    headers = {"content-type": "application/x-protobuf", "content-encoding": "gzip"}
    waits = []
    for body in packed:
        sent = time.monotonic()
        connection.request("POST", server.path, body, headers)
        answer = connection.getresponse()
        said = answer.read()
        if answer.status != 200 or said:
            raise BenchError(f"{answer.status}: {said[:200]!r}")
        waits.append(time.monotonic() - sent)
    connection.close()
    return waits


def _until_all(server: Server, count: int, *, most_s: float = 600) -> int:
    """Wait until that many spans are shown, or until no more come."""
    until = time.monotonic() + most_s
    while (found := server.spans()) < count and time.monotonic() < until:
        time.sleep(0.2)
    return found


def _known(body: bytes) -> tuple[str, str]:
    """A phrase of a prompt, and the id of its trace."""
    found = re.search(rb'"content": "(\w+ \w+ \w+) ', body)
    if found is None:
        raise BenchError("no prompt in the first body")
    words = Words(7)
    return found[1].decode(), words.below(2**128).to_bytes(16, "big").hex()


def _ask(server: Server, phrase: str, trace: str) -> dict[str, Any]:
    """CPU and the median wait of each question, in ms."""
    figures: dict[str, Any] = {}
    for name, ask in server.questions(phrase, trace).items():
        ask()
        processes.settle(server.process.pid)
        before, waits = server.used(), []
        for _ in range(ASKED):
            began = time.monotonic()
            ask()
            waits.append(time.monotonic() - began)
        spent = server.used().cpu_s - before.cpu_s
        figures[f"{name}_cpu_ms"] = round(spent / ASKED * 1e3, 1)
        figures[f"{name}_p50_ms"] = round(sorted(waits)[ASKED // 2] * 1e3, 1)
    return figures


def _lost(server: Server, packed: list[bytes]) -> int:
    """Of a second load, acknowledged, what is not there after kill -9 and a start."""
    _post(server, packed)
    for pid in processes.tree(server.process.pid):
        subprocess.run(["kill", f"-{signal.SIGKILL}", str(pid)], check=False)
    server.process.wait()
    server.start()
    _wait(server)
    both = 2 * TRACES * SPANS
    return both - _until_all(server, both, most_s=60)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.ingest", description=__doc__)
    parser.add_argument("--dialects", default=",".join(DIALECTS))
    parser.add_argument("--peers", default="", help=f"of {', '.join(PEERS)}")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    missed = 0
    for dialect in options.dialects.split(","):
        if dialect not in DIALECTS:
            say(f"Unknown dialect {dialect!r}. Known: {', '.join(DIALECTS)}.")
            return 2
        figures = measure(Vedette, dialect)
        print(json.dumps(figures), flush=True)
        missed += figures["cpu_ms_per_span"] > TARGET_CPU_MS
        missed += figures["acknowledged_per_s"] < TARGET_RATE
        missed += figures["lost_after_kill"] != 0
        for name in filter(None, options.peers.split(",")):
            try:
                PEERS[name].install()
                print(json.dumps(measure(PEERS[name], dialect)), flush=True)
            except CannotInstall as error:
                say(f"{name} is left out: {error}")
    return 1 if options.check and missed else 0


if __name__ == "__main__":
    sys.exit(main())
