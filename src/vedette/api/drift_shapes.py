"""Drift as the console API tells of it."""

from typing import Annotated

import msgspec
from msgspec import Meta

from vedette.drift.history import History
from vedette.drift.live import DriftAlarm, WatchState
from vedette.drift.periods import PeriodsReport, SignalComparison
from vedette.drift.reporting import GroupReport
from vedette.drift.shelf import Raised
from vedette.model.drift import Severity, SignalEvidence
from vedette.query.shapes import Time
from vedette.query.times import format_time


class BaselineShape(msgspec.Struct, frozen=True, kw_only=True):
    """What answers used to be like, and how near to an alarm later ones are."""

    name: str
    is_automatic: bool
    kind: Annotated[str, Meta(description="`frozen` or `rolling`.")]
    model: str
    route: str
    template: str
    size: int
    filled: Annotated[int, Meta(description="Calls that it has.")]
    is_ready: bool
    calls: Annotated[int, Meta(description="Watched since the process began.")]
    nearness: Annotated[float, Meta(description="Evidence as a share of an alarm, 0 to 1.")]
    streams: int
    versions: tuple[str, ...]
    last_time: Time | None
    created_time: Time


class DriftBoard(msgspec.Struct, frozen=True, kw_only=True):
    """What is watched, the latest call first."""

    baselines: tuple[BaselineShape, ...]
    left_out: Annotated[int, Meta(description="Calls that there was no time for.")]


class BaselineBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A baseline that fills with the calls that come."""

    name: Annotated[str, Meta(min_length=1, max_length=100)]
    model: Annotated[str, Meta(max_length=200)] = ""
    route: Annotated[str, Meta(max_length=200)] = ""
    template: Annotated[str, Meta(max_length=64, description="Hash of the template.")] = ""
    size: Annotated[int, Meta(ge=20, le=5_000)] = 100
    rolling: bool = False


class DriftAlarmShape(msgspec.Struct, frozen=True, kw_only=True):
    """A change of answers."""

    id: str
    baseline: str
    model: str
    severity: Severity
    signal: str
    raised_time: Time
    since_time: Time
    trace_id: str
    since_trace_id: str
    e: Annotated[float, Meta(description="By chance at most once in so many calls.")]
    stream: str
    signals: tuple[SignalEvidence, ...]
    contexts: tuple[str, ...]
    versions: tuple[str, ...]


class DriftAlarmPage(msgspec.Struct, frozen=True):
    """Alarms, the newest first."""

    items: tuple[DriftAlarmShape, ...]
    next_cursor: str | None


class DriftReport(msgspec.Struct, frozen=True):
    """One entry for each model and template, the worst first."""

    items: tuple[GroupReport, ...]


def board_shape(states: "tuple[WatchState, ...]", left_out: int) -> DriftBoard:
    return DriftBoard(baselines=tuple(map(baseline_shape, states)), left_out=left_out)


def baseline_shape(state: WatchState) -> BaselineShape:
    baseline = state.baseline
    versions = dict.fromkeys(one.version for one in baseline.observations if one.version)
    return BaselineShape(
        name=baseline.name, is_automatic=baseline.name.startswith("auto:"), kind=baseline.kind,
        model=baseline.scope.model, route=baseline.scope.route, template=baseline.scope.template,
        size=baseline.size, filled=len(baseline.observations), is_ready=baseline.is_ready,
        calls=state.calls, nearness=round(state.nearness, 6), streams=len(state.streams),
        versions=tuple(versions)[:20],
        last_time=format_time(state.last_ns) if state.last_ns else None,
        created_time=format_time(baseline.created_ns),
    )  # fmt: skip


def alarm_shape(raised: Raised) -> DriftAlarmShape:
    kept: DriftAlarm = raised.alarm
    return DriftAlarmShape(
        id=raised.id, baseline=kept.baseline, model=kept.model, severity=kept.severity,
        signal=kept.signal, raised_time=format_time(kept.raised_ns),
        since_time=format_time(kept.since_ns), trace_id=kept.trace_id,
        since_trace_id=kept.since_trace_id, e=kept.alarm.e, stream=kept.alarm.stream,
        signals=kept.alarm.signals, contexts=kept.alarm.contexts, versions=kept.versions,
    )  # fmt: skip


SHAPES: tuple[type, ...] = (
    BaselineShape, DriftBoard, BaselineBody, DriftAlarmShape, DriftAlarmPage, DriftReport,
    PeriodsReport, SignalComparison, History,
)  # fmt: skip
"""What the OpenAPI document describes of these resources."""
