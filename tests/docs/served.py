"""A whole Vedette for the examples: `vedette serve` as users start it, on free ports."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.ports import free_ports

START = "from vedette.__main__ import main; main()"
START_S = 60.0
STOP_S = 30.0
PORTS = {"4000": "gateway", "4001": "console", "4318": "otlp", "4317": "otlp_grpc"}


@dataclass(frozen=True)
class Served:
    """A running Vedette and how an example reaches it."""

    ports: dict[str, int]
    folder: Path

    def adapt(self, code: str) -> str:
        """The example with this instance's ports in place of the default ones."""
        for port, name in PORTS.items():
            for host in ("127.0.0.1", "localhost"):
                code = code.replace(f"{host}:{port}", f"127.0.0.1:{self.ports[name]}")
        return code

    def run(self, command: list[str], timeout_s: float = 120) -> "subprocess.CompletedProcess[str]":
        """Run an example in the folder of the configuration, with `vedette` on its PATH."""
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
        environment = clean_environment() | {"PATH": path}
        return subprocess.run(
            command,
            cwd=self.folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=timeout_s,
            check=False,
        )

    def record_a_call(self) -> None:
        """Examples may look at what others did before: whichever runs first, there is one call."""
        body = {"model": "sim/chat", "messages": [{"role": "user", "content": "hello"}]}
        headers = {"content-type": "application/json"}
        chat = f"http://127.0.0.1:{self.ports['gateway']}/v1/chat/completions"
        request = urllib.request.Request(chat, json.dumps(body).encode(), headers)
        with urllib.request.urlopen(request, timeout=START_S) as answer:
            answer.read()
        until = time.monotonic() + START_S
        while not self._has_calls():
            if time.monotonic() > until:
                raise RuntimeError("the call was not recorded")
            time.sleep(0.05)

    def _has_calls(self) -> bool:
        traces = f"http://127.0.0.1:{self.ports['console']}/api/v1/traces"
        with urllib.request.urlopen(traces, timeout=START_S) as answer:
            return bool(json.load(answer)["items"])


@contextmanager
def serve(folder: Path) -> Iterator[Served]:
    """Start Vedette with a configuration in `folder`; stop it with SIGTERM at the end.

    Raises RuntimeError with its output when it does not come up or dies meanwhile.
    """
    ports = dict(zip(PORTS.values(), free_ports(len(PORTS)), strict=True))
    (folder / "vedette.yaml").write_text(configuration(ports))
    output = folder / "vedette.log"
    with output.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", START, "serve", "--config", "vedette.yaml"],
            cwd=folder,
            env=clean_environment(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_until_ready(process, ports, output)
        yield Served(ports, folder)
    finally:
        stop(process)


def configuration(ports: dict[str, int]) -> str:
    """All on loopback, nothing kept; the simulated provider is there by itself."""
    return (
        f'gateway: {{listen: "127.0.0.1:{ports["gateway"]}"}}\n'
        f'console: {{listen: "127.0.0.1:{ports["console"]}"}}\n'
        f'otlp: {{http: "127.0.0.1:{ports["otlp"]}", grpc: "127.0.0.1:{ports["otlp_grpc"]}"}}\n'
        "storage: {profile: lite, path: ./vedette-data}\n"
    )


def clean_environment() -> dict[str, str]:
    """What the shell has, without settings and keys that would change the examples."""
    foreign = ("VEDETTE_", "OPENAI_", "ANTHROPIC_", "GEMINI_", "AZURE_", "AWS_")
    return {name: value for name, value in os.environ.items() if not name.startswith(foreign)}


def wait_until_ready(
    process: "subprocess.Popen[bytes]", ports: dict[str, int], output: Path
) -> None:
    deadline = time.monotonic() + START_S
    waiting = [f"http://127.0.0.1:{ports[name]}/health/ready" for name in ("gateway", "console")]
    while waiting:
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"vedette serve is not ready:\n{output.read_text()[:4000]}")
        if answers(waiting[0]):
            waiting.pop(0)
        else:
            time.sleep(0.05)


def answers(address: str) -> bool:
    """Whether GET gives 200 within a second."""
    try:
        with urllib.request.urlopen(address, timeout=1) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def stop(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    try:
        process.wait(timeout=STOP_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        raise
