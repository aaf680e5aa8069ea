"""What a span costs from the wire to the disk: `python -m bench.ingest`.

A whole Vedette is started and gets the load that the targets were set on: 1,000 traces of 10 spans
(1 agent, 1 retriever, 4 model calls, 3 tools, 1 chain) with prompts of about 600 and answers of
about 800 characters, in 20 POSTs of 500 spans under gzip from one connection. CPU is that of the
core process, all of it, until it rests again: HTTP, reading, normalizing, pricing, the commit and
the text index. A 200 means durable. `--check` ends with status 1 where a target is missed.
"""

import argparse
import gzip
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from bench import process
from bench.tools import BenchError, free_port, say
from tests.support import otlp

TRACES, SPANS, POSTS = 1_000, 10, 20
TARGET_CPU_MS, TARGET_RATE = 0.5, 1_500.0
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


class Served:
    """A Vedette on free ports, pinned to one core; the sender runs on the other."""

    def __init__(self, folder: Path) -> None:
        self.otlp, self.console = free_port(), free_port()
        config = {
            "gateway": {"listen": f"127.0.0.1:{free_port()}"},
            "console": {"listen": f"127.0.0.1:{self.console}"},
            "otlp": {"http": f"127.0.0.1:{self.otlp}", "grpc": None},
        }
        (folder / "vedette.yaml").write_text(json.dumps(config))
        command = [sys.executable, "-c", "from vedette.cli import main; main()", "serve"]
        self.process = process.start(
            [*command, "--config", "vedette.yaml"], core=process.GATEWAY_CORE,
            log=folder / "log", cwd=folder,
        )  # fmt: skip
        self._wait()

    def _wait(self) -> None:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                connection = HTTPConnection("127.0.0.1", self.console, timeout=5)
                connection.request("GET", "/health/ready")
                if connection.getresponse().status == 200:
                    return
            except OSError:
                time.sleep(0.1)
        raise BenchError("vedette serve is not ready")

    def core(self) -> process.Use:
        """What the core process has used."""
        found = [use for use in process.use(self.process.pid).values() if "app.core" in use.name]
        if not found:
            raise BenchError("there is no core process")
        return found[0]

    def kill(self) -> None:
        """SIGKILL to the core and all others at once."""
        for pid in process.tree(self.process.pid):
            subprocess.run(["kill", f"-{signal.SIGKILL}", str(pid)], check=False)
        self.process.wait()


def measure(dialect: str) -> dict[str, Any]:
    """The figures of one dialect on a fresh store."""
    plain = list(bodies(dialect))
    packed = [gzip.compress(body, 6) for body in plain]
    with tempfile.TemporaryDirectory(prefix="vedette-bench-") as name:
        served = Served(Path(name))
        try:
            return _send(served, dialect, plain, packed)
        finally:
            process.stop(served.process)


def _send(served: Served, dialect: str, plain: list[bytes], packed: list[bytes]) -> dict[str, Any]:
    process.settle(served.process.pid)
    before = served.core()
    connection = HTTPConnection("127.0.0.1", served.otlp, timeout=60)
    headers = {"content-type": "application/x-protobuf", "content-encoding": "gzip"}
    began = time.monotonic()
    waits = []
    for body in packed:
        sent = time.monotonic()
        connection.request("POST", "/v1/traces", body, headers)
        answer = connection.getresponse()
        said = answer.read()
        if answer.status != 200 or said:
            raise BenchError(f"{answer.status}: {said[:200]!r}")
        waits.append(time.monotonic() - sent)
    elapsed = time.monotonic() - began
    process.settle(served.process.pid)
    after, count = served.core(), TRACES * SPANS
    return {
        "dialect": dialect,
        "spans": count,
        "bytes_per_span": round(sum(map(len, plain)) / count),
        "cpu_ms_per_span": round((after.cpu_s - before.cpu_s) / count * 1e3, 3),
        "durable_per_s": round(count / elapsed),
        "post_p50_ms": round(sorted(waits)[len(waits) // 2] * 1e3),
        "rss_mb": round(after.rss_mb),
    }


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.ingest", description=__doc__)
    parser.add_argument("--dialects", default=",".join(DIALECTS))
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    missed = 0
    for dialect in options.dialects.split(","):
        if dialect not in DIALECTS:
            say(f"Unknown dialect {dialect!r}. Known: {', '.join(DIALECTS)}.")
            return 2
        figures = measure(dialect)
        print(json.dumps(figures))
        missed += figures["cpu_ms_per_span"] > TARGET_CPU_MS
        missed += figures["durable_per_s"] < TARGET_RATE
    return 1 if options.check and missed else 0


if __name__ == "__main__":
    sys.exit(main())
