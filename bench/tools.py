"""The fake provider and the load generator: built from bench/native, run, their figures read."""

import json
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any, Final

from bench.process import LOAD_CORE, pinned

HERE: Final = Path(__file__).parent
CACHE: Final = HERE / ".cache"
RESULTS: Final = HERE / "results"
MODEL: Final = "gpt-4o-mini"

_NO_HEADERS: Final[Mapping[str, str]] = {}
Figures = dict[str, Any]
"""One line of JSON as `load` prints it; bench/native/load.c says what the fields mean."""


class BenchError(Exception):
    """The bench cannot run; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Load:
    """One run of the load generator."""

    body: Path
    connections: int
    seconds: float
    rate: float = 0.0
    """Requests a second on a fixed schedule; 0: closed loop."""
    stream: bool = False
    ramp_s: float = 0.0


def build() -> None:
    """Compile the C programs when they are missing or older than their source."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or shutil.which("taskset") is None:
        raise BenchError("The bench needs a C compiler (cc or gcc) and taskset, on Linux.")
    (CACHE / "bin").mkdir(parents=True, exist_ok=True)
    for name in ("mock", "load"):
        source, program = HERE / "native" / f"{name}.c", CACHE / "bin" / name
        if not program.exists() or program.stat().st_mtime < source.stat().st_mtime:
            subprocess.run([compiler, "-O2", "-Wall", "-o", program, source], check=True)


def write_bodies() -> dict[str, Path]:
    """The request bodies, 0.9 KB each: a plain one and streams of 5, 0 and 50 ms a chunk."""
    question = (
        "Explain the difference between TCP and UDP to somebody who runs a small online shop and "
        "has to choose one for a stock ticker. Name two things that go wrong with each of them, "
        "say which one the browser uses and why, and end with one sentence of advice. "
    )
    messages = [
        {
            "role": "system",
            "content": "You are a helpful assistant. Answer in plain words.",
        },
        {"role": "user", "content": (question * 3)[:640]},
    ]
    plain: dict[str, Any] = {"model": MODEL, "messages": messages, "temperature": 0.7}
    stream = {**plain, "stream": True, "stream_options": {"include_usage": True}}
    bodies = {
        "plain": plain,
        "stream": {**stream, "max_tokens": 40, "seed": 5},
        "burst": {**stream, "max_tokens": 40, "seed": 0},
        "slow": {**stream, "max_tokens": 100, "seed": 50},
    }
    paths = {}
    for name, body in bodies.items():
        paths[name] = CACHE / f"{name}.json"
        paths[name].write_text(json.dumps(body, separators=(",", ":")))
    return paths


def mock_command(port: int) -> list[str]:
    return [str(CACHE / "bin" / "mock"), str(port)]


def run_load(
    load: Load, port: int, *, path: str = "/v1/chat/completions", headers: Sequence[str] = ()
) -> Figures:
    """Run `load` beside the mock and return its figures, whatever its exit status."""
    command = [str(CACHE / "bin" / "load"), "-p", str(port), "-u", path, "-b", str(load.body)]
    command += ["-c", str(load.connections), "-d", str(load.seconds)]
    if load.rate:
        command += ["-r", str(load.rate)]
    if load.stream:
        command.append("-s")
    if load.ramp_s:
        command += ["-w", str(load.ramp_s)]
    for header in headers:
        command += ["-H", header]
    done = subprocess.run(
        pinned(LOAD_CORE, command), capture_output=True, text=True, check=False, timeout=600
    )
    if not done.stdout.startswith("{"):
        raise BenchError(f"load failed: {done.stderr.strip()[:400]}")
    figures: Figures = json.loads(done.stdout)
    if done.stderr:
        figures["first_problem"] = done.stderr.strip()[:300]
    return figures


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def answers(
    port: int, body: bytes, *, path: str = "/v1/chat/completions", headers: Sequence[str] = ()
) -> tuple[int, bytes]:
    """Status and body of one request; status 0 where nobody answers."""
    sent = {"Authorization": "Bearer sk-bench"}
    for header in headers:
        name, _, value = header.partition(": ")
        sent[name] = value
    return fetch(port, path, body, headers=sent, timeout_s=10)


def fetch(
    port: int, path: str, body: bytes | None = None, *, headers: Mapping[str, str] = _NO_HEADERS,
    timeout_s: float = 120,
) -> tuple[int, bytes]:  # fmt: skip
    """Status and body of a GET, or of a POST of JSON; status 0 where nobody answers."""
    connection = HTTPConnection("127.0.0.1", port, timeout=timeout_s)
    sent = {**headers} if body is None else {"Content-Type": "application/json", **headers}
    try:
        connection.request("GET" if body is None else "POST", path, body, sent)
        response = connection.getresponse()
        return response.status, response.read()
    except (OSError, HTTPException):
        return 0, b""
    finally:
        connection.close()


def wait_for_answer(
    port: int, body: bytes, *, patience_s: float, headers: Sequence[str] = ()
) -> float:
    """Ask until there is a 200; returns the seconds that took. Raises BenchError."""
    began = time.monotonic()
    status, said = 0, b""
    while time.monotonic() - began < patience_s:
        status, said = answers(port, body, headers=headers)
        if status == 200:
            return time.monotonic() - began
        time.sleep(0.01)
    raise BenchError(f"no 200 within {patience_s:.0f} s, last: {status} {said[:200]!r}")


def say(text: str) -> None:
    """Progress, for whoever waits."""
    print(text, file=sys.stderr, flush=True)
