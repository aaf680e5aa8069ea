"""The whole product as its user meets it: `vedette serve` as a process, on free ports."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import httpx2

COMMAND = (sys.executable, "-m", "vedette")
START_S = 60.0
WAIT_S = 30.0
STOP_S = 40.0
_FOREIGN = ("VEDETTE_", "OPENAI_", "ANTHROPIC_", "GEMINI_", "AZURE_", "AWS_")
_LISTEN = {
    "VEDETTE_GATEWAY__LISTEN": "127.0.0.1:0",
    "VEDETTE_CONSOLE__LISTEN": "127.0.0.1:0",
    "VEDETTE_OTLP__HTTP": "",
    "VEDETTE_OTLP__GRPC": "",
}

Answer = TypeVar("Answer")


class Served:
    """A running `vedette serve`, its processes and its API."""

    def __init__(
        self,
        folder: Path,
        *options: str,
        config: Mapping[str, Any] | None = None,
        env: Mapping[str, str] | None = None,
        name: str = "serve",
    ) -> None:
        """Start the program in `folder`; `config` becomes the file vedette.yaml there."""
        self.folder = folder
        self.log = folder / f"{name}.log"
        self.state_file = folder / "vedette-data" / "serve.json"
        self.headers: dict[str, str] = {}
        self._env = environment() | _LISTEN | dict(env or {})
        if config is not None:
            self.write_config(config)
        self.started = time.monotonic()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*COMMAND, "serve", *options], cwd=folder, env=self._env,
                stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
                start_new_session=True,
            )  # fmt: skip
        self.state: dict[str, Any] = {}

    @property
    def gateway(self) -> str:
        """Base URL of the gateway, without /v1."""
        return f"http://{self.state['gateway']}"

    @property
    def console(self) -> str:
        return f"http://{self.state['console']}"

    @property
    def output(self) -> str:
        """Everything that the processes printed and logged."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def ready(self) -> "Served":
        """Wait for the state file; raises AssertionError with the output when it does not come."""
        self.state = until(self._read_state, START_S, lambda: f"not ready:\n{self.output}")
        return self

    def _read_state(self) -> dict[str, Any] | None:
        assert self.process.poll() is None, f"exit {self.process.returncode}:\n{self.output}"
        if not self.state_file.exists():
            return None
        state: dict[str, Any] = json.loads(self.state_file.read_bytes())
        return state if state["pid"] == self.process.pid else None

    def write_config(self, config: Mapping[str, Any]) -> None:
        """JSON is YAML."""
        draft = self.folder / "vedette.yaml.new"
        draft.write_text(json.dumps(config, indent=1))
        draft.rename(self.folder / "vedette.yaml")

    def api(self, path: str, **query: str | int) -> Any:
        """GET of the console's API, decoded."""
        answer = httpx2.get(
            f"{self.console}/api/v1{path}", params=query, headers=self.headers, timeout=10
        )
        assert answer.status_code == 200, answer.text
        return answer.json()

    def traces(self) -> list[dict[str, Any]]:
        """All traces, over all pages."""
        found: list[dict[str, Any]] = []
        page = self.api("/traces", limit=200)
        found += page["items"]
        while page["next_cursor"]:
            page = self.api("/traces", limit=200, cursor=page["next_cursor"])
            found += page["items"]
        return found

    def wait_traces(self, count: int, seconds: float = WAIT_S) -> list[dict[str, Any]]:
        """Wait until so many traces are there."""

        def enough() -> list[dict[str, Any]] | None:
            try:
                found = self.traces()
            except httpx2.TransportError:
                return None
            return found if len(found) >= count else None

        return until(enough, seconds, lambda: f"fewer than {count} traces:\n{self.output}")

    def ready_of(self, url: str) -> tuple[int, dict[str, Any]]:
        """Status and body of /health/ready; (0, {}) while nobody answers."""
        try:
            answer = httpx2.get(f"{url}/health/ready", headers=self.headers, timeout=10)
        except httpx2.TransportError:
            return 0, {}
        return answer.status_code, answer.json()

    def children(self, module: str) -> list[int]:
        """Process ids of the children that run `vedette.app.<module>`, oldest first."""
        return sorted(
            pid
            for pid, parent, command in processes()
            if parent == self.process.pid and f"vedette.app.{module}" in command
        )

    def kill_child(self, module: str, index: int = 0) -> int:
        """kill -9; returns the process id."""
        pid = self.children(module)[index]
        os.kill(pid, signal.SIGKILL)
        return pid

    def wait_child(self, module: str, other_than: int) -> int:
        """Wait until the supervisor has started another process in its place."""

        def replaced() -> int | None:
            return next((pid for pid in self.children(module) if pid != other_than), None)

        return until(replaced, WAIT_S, lambda: f"{module} was not started again:\n{self.output}")

    def wait_log(self, text: str, seconds: float = WAIT_S) -> str:
        """Wait until the output holds `text`."""
        return until(
            lambda: self.output if text in self.output else None, seconds,
            lambda: f"{text!r} is not in\n{self.output}",
        )  # fmt: skip

    def run(self, *command: str) -> "subprocess.CompletedProcess[str]":
        """Another `vedette` command in the same folder."""
        return vedette(self.folder, *command, env=self._env)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send a signal and wait for the end; returns the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(STOP_S)

    def kill_everything(self) -> None:
        """kill -9 of all processes at once."""
        with_children = [self.process.pid, *self.children("core"), *self.children("worker")]
        for pid in with_children:
            os.kill(pid, signal.SIGKILL)
        self.process.wait(STOP_S)
        until(
            lambda: True if not alive(with_children) else None, WAIT_S,
            lambda: f"still there: {alive(with_children)}",
        )  # fmt: skip

    def close(self) -> None:
        """Leave nothing behind, however the test ended."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                pass
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            pass
        self.process.wait(5)


@contextmanager
def serving(folder: Path, *options: str, **how: Any) -> Iterator[Served]:
    """A `Served` that is ready, until the block ends."""
    served = Served(folder, *options, **how)
    try:
        yield served.ready()
    finally:
        served.close()


def vedette(
    folder: Path, *command: str, env: Mapping[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run a `vedette` command to its end."""
    return subprocess.run(
        [*COMMAND, *command], cwd=folder, env=env or environment(), stdin=subprocess.DEVNULL,
        capture_output=True, text=True, timeout=40, check=False,
    )  # fmt: skip


def environment() -> dict[str, str]:
    """What the shell has, without settings and keys that would change the run."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)}
    return {name: v for name, v in own.items() if not name.endswith(("_KEY", "_TOKEN"))} | {
        "COLUMNS": "200", "NO_COLOR": "1",
    }  # fmt: skip


def processes() -> Sequence[tuple[int, int, str]]:
    """(pid, parent, command line) of all processes; works on Linux and macOS."""
    listed = subprocess.run(
        ["ps", "-axo", "pid=,ppid=,stat=,command="], capture_output=True, text=True, check=True
    )
    rows = (line.split(None, 3) for line in listed.stdout.splitlines())
    return [
        (int(row[0]), int(row[1]), row[3])
        for row in rows
        if len(row) == 4 and not row[2].startswith("Z")
    ]


def alive(pids: Sequence[int]) -> list[int]:
    """Those that still run; zombies do not."""
    running = {pid for pid, _, _ in processes()}
    return [pid for pid in pids if pid in running]


def until(
    look: Callable[[], Answer | None], seconds: float, complaint: Callable[[], str]
) -> Answer:
    """Ask again and again until there is an answer; AssertionError after `seconds`."""
    deadline = time.monotonic() + seconds
    while True:
        answer = look()
        if answer is not None:
            return answer
        assert time.monotonic() < deadline, complaint()
        time.sleep(0.02)
