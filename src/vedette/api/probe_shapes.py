"""Golden probes as the console API tells of them."""

from typing import Annotated

import msgspec
from msgspec import Meta

from vedette.drift.probes.desk import ProbeView
from vedette.model.drift import Severity
from vedette.model.probe import Agreement, Probe, ProbeDrift, ProbeRun, Recent, Sample
from vedette.query.money import format_usd
from vedette.query.shapes import Time
from vedette.query.times import format_time


class ProbeDriftShape(msgspec.Struct, frozen=True, kw_only=True):
    """The answers of a model have moved away from the baseline of the probe."""

    model: str
    severity: Severity
    signal: str
    since_time: Time
    alarm_id: str


class ProbeRecentShape(msgspec.Struct, frozen=True, kw_only=True):
    """A run that is over, in short."""

    run_id: str
    time: Time
    status: str
    passed: int
    samples: int
    latency_ms: float | None


class ProbeShape(msgspec.Struct, frozen=True, kw_only=True):
    """A probe and how it stands."""

    probe: Probe
    origin: Annotated[str, Meta(description="`managed`, or of the `file`.")]
    version: Annotated[int, Meta(description="0 for those of the file.")]
    is_running: bool
    is_failing: bool
    next_time: Annotated[Time | None, Meta(description="None while it is paused.")]
    spent_usd: Annotated[str, Meta(description="Today, in UTC.")]
    baseline: Annotated[dict[str, int], Meta(description="Answers of the baseline, by model.")]
    drift: tuple[ProbeDriftShape, ...]
    recent: Annotated[tuple[ProbeRecentShape, ...], Meta(description="The newest last.")]
    updated_time: Time | None


class ProbeList(msgspec.Struct, frozen=True, kw_only=True):
    """All probes of a project, by name."""

    items: tuple[ProbeShape, ...]
    formats: Annotated[tuple[str, ...], Meta(description="What `expect.format` can be.")]


class ProbeSampleShape(msgspec.Struct, frozen=True, kw_only=True):
    """One question to one model, and what came of it."""

    model: str
    trace_id: str
    time: Time
    status: str
    problems: tuple[str, ...]
    cost_usd: str | None
    latency_ms: float | None
    output_tokens: int | None
    version: str
    finish_reason: str
    answer: Annotated[str, Meta(description="Its beginning, where texts are recorded.")]
    similarity: Annotated[float | None, Meta(description="To the nearest of the baseline.")]


class ProbeRunShape(msgspec.Struct, frozen=True, kw_only=True):
    """One run of a probe."""

    id: str
    probe: str
    started_time: Time
    ended_time: Time | None
    is_asked: Annotated[bool, Meta(description="Somebody wanted it now.")]
    status: Annotated[
        str,
        Meta(description="`running`, `passed`, `failed`, `drifted`, `stopped` or `lost`."),
    ]
    detail: str
    cost_usd: str
    samples: tuple[ProbeSampleShape, ...]
    agreement: tuple[Agreement, ...]
    drift: tuple[ProbeDriftShape, ...]


class ProbeRunPage(msgspec.Struct, frozen=True):
    """Runs, the newest first."""

    items: tuple[ProbeRunShape, ...]
    next_cursor: str | None


def probe_shape(view: ProbeView) -> ProbeShape:
    kept, state = view.kept, view.state
    return ProbeShape(
        probe=kept.probe, origin=kept.origin, version=kept.version,
        is_running=state.claim is not None or state.wanted, is_failing=state.is_failing,
        next_time=format_time(state.next_ns) if kept.probe.enabled and state.next_ns else None,
        spent_usd=format_usd(view.spent_nano_usd) or "", baseline=view.baseline,
        drift=tuple(map(_drift, view.drift)), recent=tuple(map(_recent, state.recent)),
        updated_time=format_time(kept.updated_ns) if kept.updated_ns else None,
    )  # fmt: skip


def run_shape(run: ProbeRun) -> ProbeRunShape:
    return ProbeRunShape(
        id=run.id, probe=run.probe, started_time=format_time(run.started_ns),
        ended_time=None if run.ended_ns is None else format_time(run.ended_ns),
        is_asked=run.is_asked, status=run.status, detail=run.detail,
        cost_usd=format_usd(run.cost_nano_usd) or "", samples=tuple(map(_sample, run.samples)),
        agreement=run.agreement, drift=tuple(map(_drift, run.drift)),
    )  # fmt: skip


def _sample(one: Sample) -> ProbeSampleShape:
    return ProbeSampleShape(
        model=one.model, trace_id=one.trace_id, time=format_time(one.asked_ns), status=one.status,
        problems=one.problems, cost_usd=format_usd(one.cost_nano_usd), latency_ms=one.latency_ms,
        output_tokens=one.output_tokens, version=one.version, finish_reason=one.finish_reason,
        answer=one.answer, similarity=one.similarity,
    )  # fmt: skip


def _drift(one: ProbeDrift) -> ProbeDriftShape:
    return ProbeDriftShape(
        model=one.model, severity=one.severity, signal=one.signal,
        since_time=format_time(one.since_ns), alarm_id=one.alarm_id,
    )  # fmt: skip


def _recent(one: Recent) -> ProbeRecentShape:
    return ProbeRecentShape(
        run_id=one.run_id, time=format_time(one.at_ns), status=one.status, passed=one.passed,
        samples=one.samples, latency_ms=one.latency_ms,
    )  # fmt: skip


SHAPES: tuple[type, ...] = (Probe, ProbeShape, ProbeList, ProbeRunShape, ProbeRunPage)
"""What the OpenAPI document describes of these resources."""
