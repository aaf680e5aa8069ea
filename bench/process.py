"""Processes under test: pinned, watched through /proc, ended with all below them. Linux only."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

GATEWAY_CORE: Final = 0
LOAD_CORE: Final = 1
_PAGE: Final = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Use:
    """What one process has used so far."""

    name: str
    cpu_s: float
    rss_mb: float


def pinned(core: int, command: Sequence[str]) -> list[str]:
    """`command` on one core; on a machine with a single core, as it is."""
    cores = sorted(os.sched_getaffinity(0))
    return ["taskset", "-c", str(cores[core % len(cores)]), *command]


def start(
    command: Sequence[str],
    *,
    core: int,
    log: Path,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
) -> subprocess.Popen[bytes]:
    """Start `command` in a session of its own; its output goes to `log`."""
    with log.open("wb") as out:
        return subprocess.Popen(
            pinned(core, command),
            cwd=cwd,
            env={**_usual_environment(), **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def _usual_environment() -> dict[str, str]:
    """That of this process, but Python keeps what it compiles: a start is not an installation."""
    return {name: value for name, value in os.environ.items() if name != _KEEPS_NOTHING}


_KEEPS_NOTHING = "PYTHONDONTWRITEBYTECODE"


def move(pid: int, core: int) -> None:
    """Put a running process, with all its threads, on another core, at the usual priority: under
    `chrt -r 10` it must not stand in the way of the load that shares the core."""
    cores = sorted(os.sched_getaffinity(0))
    for task in _tasks(pid):
        os.sched_setaffinity(int(task.name), {cores[core % len(cores)]})
        os.sched_setscheduler(int(task.name), os.SCHED_OTHER, os.sched_param(0))


def age_s(pid: int) -> float:
    """How long ago the process was started, exact to a tick of 10 ms."""
    started = _read(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()[19]
    return time.clock_gettime(time.CLOCK_BOOTTIME) - int(started) / os.sysconf("SC_CLK_TCK")


def stop(process: subprocess.Popen[bytes], *, patience_s: float = 10.0) -> None:
    """SIGTERM, and SIGKILL for whatever of its tree is left."""
    below = tree(process.pid)
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(patience_s)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    for pid in below:
        if pid != process.pid and _is_alive(pid):
            os.kill(pid, signal.SIGKILL)


def tree(root: int) -> list[int]:
    """The process and all below it."""
    found, waiting = [], [root]
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        for task in _tasks(pid):
            waiting += [int(child) for child in _read(task / "children").split() if child != "0"]
    return found


def use(root: int) -> dict[int, Use]:
    """CPU time and memory of each process of the tree, by process id."""
    return {pid: _use_of(pid) for pid in tree(root)}


def settle(root: int, *, patience_s: float = 30.0) -> bool:
    """Wait until the tree is idle: what it does behind the answers belongs to the figure.

    False when it is still busy after `patience_s`.
    """
    end = time.monotonic() + patience_s
    before = _cpu_s(root)
    while time.monotonic() < end:
        time.sleep(0.25)
        now = _cpu_s(root)
        if now - before < 0.005:
            return True
        before = now
    return False


def _cpu_s(root: int) -> float:
    return sum(one.cpu_s for one in use(root).values())


def _use_of(pid: int) -> Use:
    ns = sum(int(_read(task / "schedstat").split()[0]) for task in _tasks(pid))
    pages = _read(Path(f"/proc/{pid}/statm")).split()
    name = _read(Path(f"/proc/{pid}/cmdline")).replace("\0", " ").strip()
    rss = int(pages[1]) * _PAGE if len(pages) > 1 else 0
    return Use(name=name, cpu_s=ns / 1e9, rss_mb=rss / 1e6)


def _tasks(pid: int) -> list[Path]:
    try:
        return list(Path(f"/proc/{pid}/task").iterdir())
    except OSError:
        return []


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace") or "0"
    except OSError:
        return "0"


def _is_alive(pid: int) -> bool:
    return "State:\tZ" not in (status := _read(Path(f"/proc/{pid}/status"))) and status != "0"
