"""One run of a probe, from its claim to its events; also after a crash.

1. Who runs claims the probe in its state, for a time that is renewed before each question: of
   several machines one does it.
2. Each question is written down with its trace and what it may cost before it is sent.
3. Whoever finds a claim that has expired marks the run as lost, asks the recorded calls what its
   open questions have cost, and the schedule goes on: nothing is sent twice in its place.
"""

import logging
from collections.abc import Callable
from threading import Event as Flag
from typing import NamedTuple

from msgspec.structs import replace

from vedette.clock import Clock
from vedette.drift.live import DriftAlarm
from vedette.drift.probes.asking import Asks, body_of, content_of, observe
from vedette.drift.probes.book import KeptProbe, ProbeBook
from vedette.drift.probes.expecting import Judges, nearest, problems
from vedette.drift.probes.following import agreement, answers_of, follow, versions_of
from vedette.drift.probes.schedule import next_due_ns
from vedette.drift.probes.telling import (
    BUDGET_SPENT,
    disagreeing,
    drift_event,
    is_well,
    run_event,
    summarize,
)
from vedette.drift.shelf import Shelf
from vedette.errors import Conflict, NotFound
from vedette.features.hashing import TextHasher
from vedette.model.alert import Event
from vedette.model.probe import (
    Claim,
    Probe,
    ProbeDrift,
    ProbeRun,
    ProbeSeries,
    ProbeState,
    Recent,
    RunStatus,
    Sample,
    Seen,
)

log = logging.getLogger(__name__)

_SPARE_S = 60.0
_RECENT = 40
_SHOWN = 2_000


class Surroundings(NamedTuple):
    """What runs need around them; whoever wires us hands it in."""

    asks: Asks
    judges: Judges
    hasher: TextHasher
    shelf: Shelf
    report: Callable[[Event], None]
    cost_of: Callable[[str, str], int | None]
    """What a recorded call cost, by project and trace; None where it is not known."""
    usd_per_day: Callable[[], float]
    """What all probes of a project may cost."""
    keeps_text: Callable[[], bool]
    """Whether answers may be kept as texts."""


class Runner:
    """Runs claimed probes. Thread-safe; `stopping` ends runs between two questions."""

    def __init__(
        self, book: ProbeBook, clock: Clock, around: Surroundings, *, owner: str, stopping: Flag
    ) -> None:
        self._book = book
        self._clock = clock
        self._around = around
        self._owner = owner
        self._stopping = stopping

    def claim(self, project_id: str, kept: KeptProbe) -> ProbeRun | None:
        """The run, where the probe is due and nobody else runs it."""
        probe = kept.probe
        state, version = self._book.state(project_id, probe.name)
        now_ns = self._clock.now_ns()
        if state.claim is not None:
            if now_ns < state.claim.until_ns:
                return None
            self._recover(project_id, probe, state, version)
            return None
        if not state.wanted and not (probe.enabled and now_ns >= state.next_ns):
            return None
        run = ProbeRun(
            id=self._book.new_run_id(probe.name), project_id=project_id, probe=probe.name,
            started_ns=now_ns, is_asked=state.wanted,
        )  # fmt: skip
        claimed = replace(
            state, claim=self._claim(run.id, probe), wanted=False,
            next_ns=next_due_ns(probe, now_ns, self._clock.random()),
        )  # fmt: skip
        try:
            self._book.write_state(project_id, probe.name, claimed, version=version)
        except Conflict:
            return None
        self._book.write_run(run)
        return run

    def run(self, probe: Probe, run: ProbeRun) -> ProbeRun:
        """Ask everything, judge, tell. Raises StoreError; the claim then expires."""
        for model in probe.models:
            series = self._series(run.project_id, probe, model)
            seen: list[Seen] = []
            for _ in range(probe.samples):
                reason, held = self._set_aside(probe, run)
                if reason:
                    run = replace(run, status="stopped", detail=reason)
                    break
                run = self._ask(probe, run, model, series=series, seen=seen, held=held)
            run = self._settle(probe, run, model, series, seen)
            if run.status == "stopped":
                break
        return self._finish(probe, run)

    def _set_aside(self, probe: Probe, run: ProbeRun) -> tuple[str, int]:
        """Why the next question may not be asked; else what was set aside for it."""
        if self._stopping.is_set():
            return "the server was stopped", 0
        held: list[bool] = []

        def renew(state: ProbeState) -> ProbeState:
            held.append(state.claim is not None and state.claim.run_id == run.id)
            return replace(state, claim=self._claim(run.id, probe)) if held[-1] else state

        state = self._book.change_state(run.project_id, probe.name, renew)
        if not held[-1]:
            return "another machine took this run for dead", 0
        may = self._book.spend(
            run.project_id, probe.name, state.costliest_nano_usd,
            limit=_nano(probe.max_usd_per_day), limit_of_all=_nano(self._around.usd_per_day()),
        )  # fmt: skip
        return ("", state.costliest_nano_usd) if may else (BUDGET_SPENT, 0)

    def _ask(
        self, probe: Probe, run: ProbeRun, model: str, *, series: ProbeSeries, seen: list[Seen],
        held: int,
    ) -> ProbeRun:  # fmt: skip
        """One question; what was set aside for it is settled."""
        sample = Sample(
            model=model, trace_id=self._clock.trace_id(), asked_ns=self._clock.now_ns(),
            held_nano_usd=held,
        )  # fmt: skip
        run = replace(run, samples=(*run.samples, sample))
        self._book.write_run(run)
        asked = self._around.asks(
            run.project_id, body_of(probe, model), probe=probe.name, trace_id=sample.trace_id,
            timeout_s=probe.timeout_s,
        )  # fmt: skip
        sample = replace(
            sample, cost_nano_usd=asked.cost_nano_usd, version=asked.version, held_nano_usd=0,
            finish_reason=asked.finish_reason,
        )  # fmt: skip
        if asked.said is None:
            sample = replace(sample, status="error", problems=(asked.error,))
        else:
            observation = observe(probe, model, asked, self._around.hasher)
            answer = observation.fingerprint.answer
            assert answer is not None
            golden = answers_of(series, size=probe.baseline_samples)
            found = problems(
                probe.expect, asked.said, self._around.judges, answer=answer, baseline=golden
            )
            sample = replace(
                sample, status="failed" if found else "passed", problems=found,
                latency_ms=asked.said.latency_ms, output_tokens=asked.said.output_tokens,
                similarity=nearest(answer, golden),
                answer=asked.said.text[:_SHOWN] if self._around.keeps_text() else "",
            )  # fmt: skip
            # Wrong answers are told at once: they are no baseline, and no drift of one.
            if golden or not found:
                seen.append(Seen(
                    at_ns=sample.asked_ns, trace_id=sample.trace_id, observation=observation
                ))  # fmt: skip
        self._pay(run.project_id, probe.name, sample.cost_nano_usd, held)
        run = replace(run, samples=(*run.samples[:-1], sample))
        self._book.write_run(run)
        return run

    def _pay(self, project_id: str, name: str, cost: int | None, held: int) -> None:
        if cost is None or cost == held:
            return
        self._book.spend(project_id, name, cost - held)
        if cost > held:
            self._book.change_state(
                project_id, name,
                lambda s: replace(s, costliest_nano_usd=max(s.costliest_nano_usd, cost)),
            )  # fmt: skip

    def _series(self, project_id: str, probe: Probe, model: str) -> ProbeSeries:
        series = self._book.series(project_id, probe.name, model)
        content = content_of(probe, self._around.hasher)
        return series if series.content == content else ProbeSeries(content=content)

    def _settle(
        self, probe: Probe, run: ProbeRun, model: str, series: ProbeSeries, seen: list[Seen]
    ) -> ProbeRun:
        """Put the answers of a model into its series, and see what moved."""
        known = versions_of(series)
        followed, moved = follow(series, seen, size=probe.baseline_samples)
        if moved is not None:
            raised = self._around.shelf.raise_alarm(DriftAlarm(
                project_id=run.project_id, baseline=f"probe:{probe.name}", model=model,
                severity=moved.alarm.severity, signal=moved.alarm.signal,
                raised_ns=moved.at.at_ns, trace_id=moved.at.trace_id, since_ns=moved.since.at_ns,
                since_trace_id=moved.since.trace_id, alarm=moved.alarm,
                versions=versions_of(followed),
            ))  # fmt: skip
            drift = ProbeDrift(
                model=model, severity=moved.alarm.severity, signal=moved.alarm.signal,
                since_ns=moved.since.at_ns, alarm_id=raised.id,
            )  # fmt: skip
            followed = replace(followed, drift=drift)
            self._around.report(drift_event(run, drift))
        if seen:
            self._book.write_series(run.project_id, probe.name, model, followed)
        if followed.drift is not None:
            run = replace(run, drift=(*run.drift, followed.drift))
        if (figures := agreement(model, seen)) is not None:
            run = replace(run, agreement=(*run.agreement, figures))
        newer = [name for name in versions_of(followed) if name not in known]
        if known and newer:
            note = f"{model} answers as {newer[-1]}, before as {known[-1]}"
            run = replace(run, detail="; ".join(filter(None, (run.detail, note))))
        return run

    def _finish(self, probe: Probe, run: ProbeRun) -> ProbeRun:
        run = replace(run, status=_status(probe, run), ended_ns=self._clock.now_ns())
        run = replace(run, detail="; ".join(filter(None, (run.detail, summarize(probe, run)))))
        self._book.write_run(run)
        self._release(probe, run)
        self._book.prune(run.project_id, probe.name)
        return run

    def _release(self, probe: Probe, run: ProbeRun) -> None:
        """Give the claim back and tell how it went."""
        was_failing: list[bool] = []

        def change(state: ProbeState) -> ProbeState:
            was_failing.append(state.is_failing)
            is_mine = state.claim is None or state.claim.run_id == run.id
            return replace(
                state, claim=None if is_mine else state.claim,
                recent=(*state.recent, _recent(run))[-_RECENT:], is_failing=not is_well(run),
            )  # fmt: skip

        self._book.change_state(run.project_id, probe.name, change)
        if not is_well(run) or was_failing[-1]:
            self._around.report(run_event(probe, run))

    def _recover(self, project_id: str, probe: Probe, state: ProbeState, version: int) -> None:
        """Somebody died in a run."""
        assert state.claim is not None
        try:
            run = self._book.run(project_id, state.claim.run_id)
        except NotFound:
            run = ProbeRun(
                id=state.claim.run_id, project_id=project_id, probe=probe.name,
                started_ns=self._clock.now_ns(),
            )  # fmt: skip
        open_ones = [one for one in run.samples if one.status == "asked"]
        costs = {one.trace_id: self._around.cost_of(project_id, one.trace_id) for one in open_ones}
        samples = tuple(
            replace(
                one, status="lost", cost_nano_usd=costs[one.trace_id],
                problems=("nobody was there for the answer",),
            )
            if one.status == "asked" else one
            for one in run.samples
        )  # fmt: skip
        lost = replace(
            run, status="lost", ended_ns=self._clock.now_ns(), samples=samples,
            detail=f"the run broke off; {len(open_ones)} questions may have been billed",
        )  # fmt: skip
        self._book.write_run(lost)
        freed = replace(
            state, claim=None, is_failing=True, recent=(*state.recent, _recent(lost))[-_RECENT:]
        )
        try:
            self._book.write_state(project_id, probe.name, freed, version=version)
        except Conflict:
            return
        log.warning("a run of the probe %r broke off", probe.name)
        for one in open_ones:
            self._pay(project_id, probe.name, costs[one.trace_id], one.held_nano_usd)
        self._around.report(run_event(probe, lost))

    def _claim(self, run_id: str, probe: Probe) -> Claim:
        until_ns = self._clock.now_ns() + int((probe.timeout_s + _SPARE_S) * 1e9)
        return Claim(run_id=run_id, owner=self._owner, until_ns=until_ns)


def _status(probe: Probe, run: ProbeRun) -> RunStatus:
    if any(one.status in ("failed", "error") for one in run.samples) or disagreeing(probe, run):
        return "failed"
    if run.drift:
        return "drifted"
    return "stopped" if run.status == "stopped" else "passed"


def _recent(run: ProbeRun) -> Recent:
    latencies = [one.latency_ms for one in run.samples if one.latency_ms is not None]
    return Recent(
        run_id=run.id, at_ns=run.started_ns, status=run.status,
        passed=sum(one.status == "passed" for one in run.samples), samples=len(run.samples),
        latency_ms=sum(latencies) / len(latencies) if latencies else None,
    )  # fmt: skip


def _nano(usd: float) -> int:
    return round(usd * 1e9)
