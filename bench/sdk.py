"""`python -m bench sdk`: what the Python SDK costs a call and a chunk, beside other families.

Peers run in the Python that `VEDETTE_SDK_PEERS_PYTHON` names, or in one that is made for them in
bench/.cache (it needs a package index). CPU time of the calling thread, paired, in one process
each; rounds of all candidates one after the other.
"""

import json
import os
import statistics
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from bench.report import machine, save
from bench.tools import CACHE, BenchError, say

ROOT = Path(__file__).resolve().parents[1]
LOAD = Path(__file__).with_name("sdk_load.py")
ROUNDS = int(os.environ.get("VEDETTE_BENCH_ROUNDS", "3"))
PEERS = {
    "otel": "OpenTelemetry, official",
    "openllmetry": "OpenLLMetry, contents off",
    "openinference": "OpenInference, contents hidden",
}
PACKAGES = (
    "openai", "opentelemetry-sdk", "opentelemetry-instrumentation-openai",
    "openinference-instrumentation-openai", "opentelemetry-instrumentation-genai-openai",
)  # fmt: skip
NAMES = {"nothing": "nothing, against itself", "vedette": "vedette-sdk, `hash`", **PEERS}


class _Sink(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(200)
        self.send_header("content-length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_: Any) -> None:
        return


def main() -> int:
    """Measure and print; 0 when all ran."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Sink)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sink = f"http://127.0.0.1:{server.server_port}"
    try:
        peers = peers_python()
    except BenchError as error:
        say(f"sdk: {error}")
        peers = ""
    found: dict[str, list[dict[str, Any]]] = {}
    for number in range(ROUNDS):
        for name in NAMES:
            python = peers if name in PEERS else sys.executable
            if python:
                say(f"sdk: round {number + 1}, {name}")
                found.setdefault(name, []).append(run(python, name, sink))
    server.shutdown()
    print(table(found))
    say(f"kept in {save('sdk', {'machine': machine(), 'rounds': found})}")
    return 0


def run(python: str, name: str, sink: str) -> dict[str, Any]:
    """One candidate in a process of its own."""
    paths = os.pathsep.join((str(ROOT / "sdks" / "python" / "src"), str(ROOT / "src")))
    done = subprocess.run(
        [python, LOAD, name, sink], capture_output=True, text=True, check=False, timeout=300,
        env=os.environ | {"PYTHONPATH": paths},
    )  # fmt: skip
    if done.returncode:
        raise BenchError(f"{name}: {done.stderr.strip()[-300:]}")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def peers_python() -> str:
    """A Python that has the peers. Raises BenchError where none can be had."""
    if named := os.environ.get("VEDETTE_SDK_PEERS_PYTHON"):
        return named
    folder = CACHE / "sdk-peers"
    python = folder / "bin" / "python"
    if not (folder / "ready").exists():
        say("sdk: installing the peers")
        install: list[str | Path] = [python, "-m", "pip", "install", "-q", *PACKAGES]
        steps: tuple[list[str | Path], ...] = ([sys.executable, "-m", "venv", folder], install)
        for step in steps:
            if subprocess.run(step, capture_output=True, check=False).returncode:
                raise BenchError("the peers cannot be installed: the SDK is measured alone")
        (folder / "ready").touch()
    return str(python)


def table(found: dict[str, list[dict[str, Any]]]) -> str:
    """Medians over the rounds of the medians, with the lowest and highest quartile."""
    lines = [
        "| candidate | a call | a streamed chunk | a call, all threads |", "|---|---|---|---|"
    ]  # fmt: skip
    for name, rounds in found.items():
        cells = [cell(rounds, key) for key in ("call_us", "chunk_us", "all_threads_us")]
        lines.append(f"| {NAMES[name]} | {' | '.join(cells)} |")
    return "\n".join(lines)


def cell(rounds: list[dict[str, Any]], key: str) -> str:
    values = [each[key] for each in rounds if key in each]
    if not values:
        return ""
    median = statistics.median(value[1] for value in values)
    low, high = min(value[0] for value in values), max(value[2] for value in values)
    digits = 1 if key == "chunk_us" else 0
    return f"{median:.{digits}f} µs [{low:.{digits}f}, {high:.{digits}f}]"


if __name__ == "__main__":
    sys.exit(main())
