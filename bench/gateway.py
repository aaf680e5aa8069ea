"""What a gateway costs: CPU a request and a chunk, added latency, streams held, memory, start.

The candidate has core 0, mock and load share core 1; with them runs what of the candidate no
client talks to, such as the process that stores Vedette's records. A round starts each candidate
afresh, one after the other, so that whatever else the machine does falls on all of them; figures
are medians over the rounds. CPU time is the headline: it holds on a busy machine, wall-clock
figures do not.
The CPU of a run is all that the candidate's processes used until they were idle again, so work
done behind the answers (records, stores) counts.
"""

import re
import statistics
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bench import process
from bench.peers import CANDIDATES, Candidate, CannotInstall
from bench.tools import (
    CACHE,
    BenchError,
    Figures,
    Load,
    build,
    free_port,
    mock_command,
    run_load,
    say,
    wait_for_answer,
    write_bodies,
)

MANY_STREAMS: Final = (1000, 2000)
RAMP_S: Final = 2.0
OPEN_S: Final = 4.5
"""From then on the streams of `slow` begin to end; all are open since RAMP_S."""
CALM_RATE: Final = 200.0


_FAILURES: Final = (
    ("errors", "broke off"),
    ("other_status", "had another status than 200"),
    ("unfinished", "had no end when time was up"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to measure and for how long."""

    rounds: int = 3
    seconds: float = 4.0
    """Of each load."""
    names: Sequence[str] = ()
    """Candidates; empty: all."""
    many_streams: bool = True
    """1,000 and 2,000 streams at once, in the last round."""
    soak_s: float = 60.0
    """Of the memory run of Vedette; 0: none."""


@dataclass(slots=True)
class Cells:
    """Figures of one candidate: for each name one value a round."""

    version: str = ""
    skipped: str = ""
    values: dict[str, list[float]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def add(self, name: str, value: float) -> None:
        self.values.setdefault(name, []).append(round(value, 3))

    def medians(self) -> dict[str, float]:
        return {name: statistics.median(values) for name, values in self.values.items()}


@dataclass(slots=True, kw_only=True)
class Run:
    """A candidate that answers, and where its figures go."""

    candidate: Candidate
    cells: Cells
    bodies: dict[str, Path]
    port: int
    pid: int
    headers: tuple[str, ...]

    def load(self, name: str, load: Load) -> Figures:
        """Run one load; its CPU, whole and by part, goes to the cells under `name`."""
        before = process.use(self.pid)
        figures = run_load(load, self.port, headers=self.headers)
        if not process.settle(self.pid):
            self.cells.problems.append(f"{name}: still busy 30 s after the last answer")
        after = process.use(self.pid)
        units = figures.get("chunks") or figures["ok"]
        if units:
            spent = {pid: use.cpu_s - _cpu(before, pid) for pid, use in after.items()}
            self.cells.add(f"{name}_cpu_us", sum(spent.values()) * 1e6 / units)
            for part, pids in self._parts(after).items():
                part_cpu = sum(spent[pid] for pid in pids)
                self.cells.add(f"{name}_cpu_us_{part}", part_cpu * 1e6 / units)
        failed = sum(figures[kind] for kind, _ in _FAILURES)
        self.cells.add(f"{name}_failed", failed)
        if failed:
            kinds = ", ".join(
                f"{figures[kind]} {what}" for kind, what in _FAILURES if figures[kind]
            )
            detail = f"{kinds}. {figures.get('first_problem', '')}".strip()
            self.cells.problems.append(f"{name}: of {failed + figures['ok']}, {detail}")
        return figures

    def rss_mb(self, part: str = "") -> float:
        """Resident memory of the whole tree, or of one part."""
        uses = process.use(self.pid)
        wanted = self._parts(uses).get(part, list(uses)) if part else list(uses)
        return sum(uses[pid].rss_mb for pid in wanted)

    def _parts(self, uses: dict[int, process.Use]) -> dict[str, list[int]]:
        parts: dict[str, list[int]] = {}
        for pattern, part in self.candidate.parts.items():
            parts[part] = [pid for pid, use in uses.items() if re.search(pattern, use.name)]
        return parts


def measure(plan: Plan) -> dict[str, Cells]:
    """Run the plan; candidates that cannot be installed come back with the reason."""
    build()
    bodies = write_bodies()
    chosen = [one for one in CANDIDATES if not plan.names or one.name in plan.names]
    cells = {candidate.name: _installed(candidate) for candidate in chosen}
    ready = [candidate for candidate in chosen if not cells[candidate.name].skipped]
    for number in range(plan.rounds):
        is_last = number == plan.rounds - 1
        for candidate in ready:
            say(f"round {number + 1} of {plan.rounds}: {candidate.name}")
            with_streams = is_last and plan.many_streams
            _turn(candidate, cells[candidate.name], bodies, _cost(plan.seconds, with_streams))
    for candidate in ready:
        if candidate.soaks and plan.soak_s:
            say(f"soak: {candidate.name}, {plan.soak_s:.0f} s")
            _turn(candidate, cells[candidate.name], bodies, lambda run: _soak(run, plan.soak_s))
    return cells


def _installed(candidate: Candidate) -> Cells:
    try:
        return Cells(version=candidate.install())
    except CannotInstall as error:
        say(f"skipped {candidate.name}: {error}")
        return Cells(skipped=str(error))


def _turn(
    candidate: Candidate, cells: Cells, bodies: dict[str, Path], work: Callable[[Run], None]
) -> None:
    """Start mock and candidate, do the work, end them; a problem is noted and ends this turn."""
    port, mock_port = free_port(), free_port()
    home = CACHE / "run" / candidate.name
    home.mkdir(parents=True, exist_ok=True)
    headers = tuple(line.format(mock_port=mock_port) for line in candidate.headers)
    body = bodies["plain"].read_bytes()
    started = [process.start(mock_command(mock_port), core=process.LOAD_CORE, log=home / "mock")]
    try:
        wait_for_answer(mock_port, body, patience_s=5)
        launch = candidate.launch(port, mock_port, home)
        log, core = home / "out.log", process.GATEWAY_CORE
        started.append(process.start(launch.command, core=core, log=log, cwd=home, env=launch.env))
        patience_s = candidate.start_patience_s
        cells.add("start_s", wait_for_answer(port, body, patience_s=patience_s, headers=headers))
        pid = started[-1].pid
        _place(candidate, cells, pid)
        process.settle(pid)
        work(
            Run(
                candidate=candidate, cells=cells, bodies=bodies, port=port, pid=pid, headers=headers
            )
        )
    except BenchError as error:
        cells.problems.append(str(error))
        say(f"  {candidate.name}: {error}")
    finally:
        for one in reversed(started):
            process.stop(one)


def _place(candidate: Candidate, cells: Cells, root: int) -> None:
    """Note how old each part is at the first answer, and give the data plane its core."""
    for pid, one in process.use(root).items():
        for pattern, part in candidate.parts.items():
            if re.search(pattern, one.name):
                cells.add(f"start_s_{part}", process.age_s(pid))
        if candidate.beside and re.search(candidate.beside, one.name):
            process.move(pid, process.LOAD_CORE)


def _cost(seconds: float, with_streams: bool) -> Callable[[Run], None]:
    def work(run: Run) -> None:
        _measure_memory(run, "idle")
        _measure_requests(run, seconds)
        if run.candidate.streams:
            _measure_chunks(run, seconds)
        _measure_memory(run, "after")
        if with_streams:
            _measure_many_streams(run)

    return work


def _measure_memory(run: Run, when: str) -> None:
    run.cells.add(f"rss_{when}_mb", run.rss_mb())
    for part in run.candidate.parts.values():
        run.cells.add(f"rss_{when}_mb_{part}", run.rss_mb(part))


def _measure_requests(run: Run, seconds: float) -> None:
    plain = run.bodies["plain"]
    run_load(Load(plain, 16, 1), run.port, headers=run.headers)
    process.settle(run.pid)
    full = run.load("request", Load(plain, 64, seconds))
    run.cells.add("requests_per_s", full["requests_per_s"])
    calm = run.load("calm", Load(plain, 64, seconds, rate=CALM_RATE))
    run.cells.add("latency_p50_us", calm["latency_us"]["p50"])
    run.cells.add("latency_p99_us", calm["latency_us"]["p99"])
    run.cells.add("calm_not_sent", calm["no_connection"])


def _measure_chunks(run: Run, seconds: float) -> None:
    stream = run.load("chunk", Load(run.bodies["stream"], 10, seconds, stream=True))
    for name in ("ttft", "chunk_delay"):
        for quantile in ("p50", "p99"):
            run.cells.add(f"{name}_{quantile}_us", stream[f"{name}_us"][quantile])
    burst = run.load("burst", Load(run.bodies["burst"], 10, seconds / 2, stream=True))
    run.cells.add("burst_chunks_per_s", burst["chunks_per_s"])


def _measure_many_streams(run: Run) -> None:
    part = "worker" if "worker" in run.candidate.parts.values() else ""
    # Memory that one run has left behind is there for the next: growth is counted from here.
    before = run.rss_mb(part)
    for count in MANY_STREAMS:
        if not run.candidate.streams or count > run.candidate.most_streams:
            continue
        say(f"  {count} streams: {run.candidate.name}")
        name = f"streams_{count}"
        with _watched_rss(run, part) as seen:
            load = Load(run.bodies["slow"], count, 8, stream=True, ramp_s=RAMP_S)
            figures = run.load(name, load)
        while_open = max(mb for at, mb in seen if at < OPEN_S)
        run.cells.add(f"{name}_ok", figures["ok"])
        run.cells.add(f"{name}_delay_p99_us", figures["chunk_delay_us"]["p99"])
        run.cells.add(f"{name}_rss_peak_mb", max(mb for _, mb in seen))
        run.cells.add(f"{name}_kb_per_stream", (while_open - before) * 1000 / count)


@contextmanager
def _watched_rss(run: Run, part: str) -> Iterator[list[tuple[float, float]]]:
    """Resident memory while the block runs, ten times a second: seconds and MB."""
    began, done = time.monotonic(), threading.Event()
    seen = [(0.0, run.rss_mb(part))]

    def watch() -> None:
        while not done.wait(0.1):
            seen.append((time.monotonic() - began, run.rss_mb(part)))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield seen
    finally:
        done.set()
        watcher.join()


def _soak(run: Run, seconds: float) -> None:
    """Memory of each part over time under steady load; the slope is taken after the first third."""
    parts = list(run.candidate.parts.values())
    series: dict[str, list[tuple[float, float]]] = {part: [] for part in parts}
    began = time.monotonic()
    while (at := time.monotonic() - began) < seconds:
        run_load(Load(run.bodies["plain"], 32, 2, rate=500), run.port, headers=run.headers)
        run_load(Load(run.bodies["stream"], 20, 1, stream=True), run.port, headers=run.headers)
        for part in parts:
            series[part].append((at, run.rss_mb(part)))
    for part, points in series.items():
        settled = [point for point in points if point[0] >= seconds / 3]
        run.cells.add(f"soak_rss_mb_{part}", points[-1][1])
        if len(settled) > 2:
            slope = statistics.linear_regression(*zip(*settled, strict=True)).slope
            run.cells.add(f"soak_slope_mb_per_h_{part}", slope * 3600)


def _cpu(uses: dict[int, process.Use], pid: int) -> float:
    return uses[pid].cpu_s if pid in uses else 0.0
