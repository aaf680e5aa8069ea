"""What alerts are told of a run."""

from vedette.drift.severity import LEVELS
from vedette.model.alert import Event, Level
from vedette.model.probe import Agreement, Probe, ProbeDrift, ProbeRun

BUDGET_SPENT = "the budget of today is spent"
_MOST = 300


def is_well(run: ProbeRun) -> bool:
    """A run that the stop of a server cut short says nothing."""
    return run.status == "passed" or (run.status == "stopped" and BUDGET_SPENT not in run.detail)


def disagreeing(probe: Probe, run: ProbeRun) -> list[Agreement]:
    """Models that agree with themselves less than they should."""
    least = probe.expect.least_consistency
    return [one for one in run.agreement if least is not None and one.score < least]


def summarize(probe: Probe, run: ProbeRun) -> str:
    """What was wrong, in words; no answer is quoted."""
    wrong = [one for one in run.samples if one.status in ("failed", "error")]
    parts = []
    if wrong:
        first = wrong[0]
        parts.append(
            f"{len(wrong)} of {len(run.samples)} answers are not as expected "
            f"({first.model}: {'; '.join(first.problems)})"
        )
    parts += [
        f"{one.model} agrees with itself by {one.score:.2f}, "
        f"less than {probe.expect.least_consistency:.2f}"
        for one in disagreeing(probe, run)
    ]
    parts += [f"{one.model} has drifted in {one.signal} ({one.severity})" for one in run.drift]
    return "; ".join(parts)


def run_event(probe: Probe, run: ProbeRun) -> Event:
    """The end of an alert where all is well."""
    severity: Level = "warning" if run.status in ("stopped", "lost") else probe.severity
    said = run.detail[:_MOST] or "all answers are as expected"
    return Event(
        project_id=run.project_id, subject="probe", group=probe.name, severity=severity,
        summary=f"probe {probe.name!r}: {said}", is_over=is_well(run),
        value=float(sum(one.status != "passed" for one in run.samples)),
        labels={"probe": probe.name, "run": run.id, "status": run.status},
    )  # fmt: skip


def drift_event(run: ProbeRun, drift: ProbeDrift) -> Event:
    """The answers of a model have moved away from its baseline."""
    return Event(
        project_id=run.project_id, subject="drift", group=_drift_group(run.probe, drift.model),
        severity=LEVELS[drift.severity],
        summary=f"answers of {drift.model} to the probe {run.probe!r} have changed: "
        f"{drift.signal} ({drift.severity})",
        labels={"probe": run.probe, "model": drift.model, "signal": drift.signal},
    )  # fmt: skip


def drift_over(project_id: str, probe: str, model: str) -> Event:
    """The end of that alert: what it was about counts no more."""
    return Event(
        project_id=project_id, subject="drift", group=_drift_group(probe, model), severity="info",
        summary=f"the baseline of the probe {probe!r} begins anew", is_over=True,
    )  # fmt: skip


def _drift_group(probe: str, model: str) -> str:
    return f"probe {probe}: {model}"
