"""Findings, feedback and exceptions as the API takes and shows them."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from vedette.guard.excerpts import Excerpt
from vedette.guard.feedback import Calibration, Feedback, Precision
from vedette.guard.overview import Overview, Totals
from vedette.guard.shelf import Kept
from vedette.model.finding import FindingRow
from vedette.model.governance import AllowEntry, AllowKind, Side, Threshold
from vedette.model.policy import ActionKind, Where
from vedette.query.money import format_usd
from vedette.query.shapes import Time
from vedette.query.times import format_time


class FindingShape(msgspec.Struct, frozen=True, kw_only=True):
    """One thing a rule fired on."""

    id: str
    trace_id: str
    span_id: str
    time: Time
    detector: str
    kind: Annotated[str, Meta(description="Empty where a score alone made the rule fire.")]
    score: float
    where: Where
    side: Side
    start: Annotated[int, Meta(description="Characters of the text as it is recorded.")]
    end: int
    policy: str
    version: int
    rule: str
    action: ActionKind
    mode: Literal["enforce", "shadow"]
    view: str
    model: str
    route: str
    key: str
    said: Annotated[bool | None, Meta(description="What a person called it.")]


class FindingPage(msgspec.Struct, frozen=True):
    """Findings, the newest first."""

    items: tuple[FindingShape, ...]
    next_cursor: str | None


class FindingDetail(msgspec.Struct, frozen=True, kw_only=True):
    """A finding in its text."""

    finding: FindingShape
    excerpt: Excerpt | None
    unseen: Annotated[str, Meta(description="Why there is no excerpt.")]
    note: str


class FindingGroup(msgspec.Struct, frozen=True, kw_only=True):
    """How many findings have these values."""

    values: dict[str, str]
    findings: int
    calls: int


class FindingGroups(msgspec.Struct, frozen=True):
    """Most findings first."""

    items: tuple[FindingGroup, ...]


class FeedbackBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whether the finding is right."""

    is_true: bool
    note: Annotated[str, Meta(max_length=500)] = ""


class FeedbackShape(msgspec.Struct, frozen=True, kw_only=True):
    """What was said."""

    finding: str
    is_true: bool
    note: str


class PrecisionShape(msgspec.Struct, frozen=True, kw_only=True):
    """How often it was right, of what people looked at."""

    true: int
    false: int
    share: float
    low: Annotated[float, Meta(description="95 % interval (Wilson).")]
    high: float


class GuardTotals(msgspec.Struct, frozen=True, kw_only=True):
    """Calls that were guarded."""

    calls: int
    flagged: int
    changed: int
    remedied: int
    blocked: int
    bypassed: int
    latency_mean_ms: float
    latency_p50_ms: Annotated[
        float | None, Meta(description="Rounded up to the end of its slot; null beyond 1 s.")
    ]
    latency_p95_ms: float | None
    latency_p99_ms: float | None
    cost_usd: str
    blocked_cost_usd: Annotated[
        str, Meta(description="Of calls that were blocked: paid, and not delivered.")
    ]


class GuardStep(msgspec.Struct, frozen=True, kw_only=True):
    """An hour or a day."""

    time: Time
    calls: int
    flagged: int
    changed: int
    remedied: int
    blocked: int


class GuardPolicy(msgspec.Struct, frozen=True, kw_only=True):
    """What a policy did; a call under several counts for each."""

    policy: str
    totals: GuardTotals
    precision: PrecisionShape | None


class GuardTrigger(msgspec.Struct, frozen=True, kw_only=True):
    """What fires most."""

    detector: str
    kind: str
    policy: str
    rule: str
    mode: str
    findings: int
    calls: int
    precision: PrecisionShape | None


class GuardOverview(msgspec.Struct, frozen=True, kw_only=True):
    """What the guard did in a time."""

    start_time: Time
    end_time: Time
    step_s: int
    totals: GuardTotals
    steps: tuple[GuardStep, ...]
    policies: tuple[GuardPolicy, ...]
    triggers: tuple[GuardTrigger, ...]
    shadow_findings: int


class AllowBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something that shall be no finding."""

    kind: AllowKind
    value: Annotated[
        str,
        Meta(
            max_length=200_000,
            description="The value that was found, a pattern (RE2) it matches from end to end, or "
            "a whole text, of which the hash is kept.",
        ),
    ]
    project: Annotated[str, Meta(description="Id or name; empty: every project.")] = ""
    detector: Annotated[str, Meta(max_length=80)] = ""
    finding_kind: Annotated[str, Meta(max_length=200)] = ""
    expires_at: Annotated[str, Meta(description="RFC 3339; empty: never.")] = ""
    note: Annotated[str, Meta(max_length=500)] = ""


class AllowShape(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of an allow-list."""

    id: str
    kind: AllowKind
    value: str
    project: str
    detector: str
    finding_kind: str
    note: str
    created_time: Time
    expires_at: Time | None
    is_expired: bool


class AllowList(msgspec.Struct, frozen=True):
    """Entries, the newest first."""

    items: tuple[AllowShape, ...]


class CalibrationShape(msgspec.Struct, frozen=True, kw_only=True):
    """What the feedback on a detector says of its threshold."""

    detector: str
    true: int
    false: int
    applied: Annotated[float | None, Meta(description="The threshold that holds, if one does.")]
    proposed: Annotated[float | None, Meta(description="Null: see `reason`.")]
    reason: str
    precision_now: float | None
    precision_then: float | None
    kept_true: Annotated[
        float | None, Meta(description="Share of the true findings that would still be told.")
    ]
    points: Annotated[
        tuple[tuple[float, int, int], ...],
        Meta(description="Threshold, and true and false findings at or above it."),
    ]


class CalibrationList(msgspec.Struct, frozen=True):
    """By detector."""

    items: tuple[CalibrationShape, ...]


class ThresholdBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From which score on the detector counts in the project, at least."""

    threshold: Annotated[float, Meta(ge=0, le=1)]


def finding_shape(row: FindingRow, said: Kept[Feedback] | None) -> FindingShape:
    return FindingShape(
        id=row.id, trace_id=row.trace_id, span_id=row.span_id, time=format_time(row.at_ns),
        detector=row.detector, kind=row.kind, score=row.score, where=row.where, side=row.side,
        start=row.start, end=row.end, policy=row.policy, version=row.version, rule=row.rule,
        action=row.action, mode=row.mode, view=row.view, model=row.model, route=row.route,
        key=row.key_id, said=said.value.is_true if said is not None else None,
    )  # fmt: skip


def precision_shape(precision: Precision | None) -> PrecisionShape | None:
    rate = precision.rate if precision is not None else None
    if precision is None or rate is None:
        return None
    return PrecisionShape(
        true=precision.true, false=precision.false, share=round(rate.value, 4),
        low=round(rate.low, 4), high=round(rate.high, 4),
    )  # fmt: skip


def totals_shape(totals: Totals) -> GuardTotals:
    return GuardTotals(
        calls=totals.calls, flagged=totals.flagged, changed=totals.changed,
        remedied=totals.remedied, blocked=totals.blocked, bypassed=totals.bypassed,
        latency_mean_ms=totals.latency_mean_ms, latency_p50_ms=totals.latency_p50_ms,
        latency_p95_ms=totals.latency_p95_ms, latency_p99_ms=totals.latency_p99_ms,
        cost_usd=format_usd(totals.cost_nano_usd) or "0.000000",
        blocked_cost_usd=format_usd(totals.blocked_cost_nano_usd) or "0.000000",
    )  # fmt: skip


def overview_shape(found: Overview, *, from_ns: int, to_ns: int) -> GuardOverview:
    return GuardOverview(
        start_time=format_time(from_ns),
        end_time=format_time(to_ns),
        step_s=found.step_s,
        totals=totals_shape(found.totals),
        steps=tuple(
            GuardStep(
                time=format_time(step.start_s * 10**9), calls=step.calls, flagged=step.flagged,
                changed=step.changed, remedied=step.remedied, blocked=step.blocked,
            )
            for step in found.steps
        ),
        policies=tuple(
            GuardPolicy(
                policy=one.policy, totals=totals_shape(one.totals),
                precision=precision_shape(one.precision),
            )
            for one in found.policies
        ),
        triggers=tuple(
            GuardTrigger(
                detector=one.detector, kind=one.kind, policy=one.policy, rule=one.rule,
                mode=one.mode, findings=one.findings, calls=one.calls,
                precision=precision_shape(one.precision),
            )
            for one in found.triggers
        ),
        shadow_findings=found.shadow,
    )  # fmt: skip


def allow_shape(entry: AllowEntry, now_ns: int) -> AllowShape:
    expires_ns = entry.expires_ns
    return AllowShape(
        id=entry.id, kind=entry.kind, value=entry.value, project=entry.project_id,
        detector=entry.detector, finding_kind=entry.finding_kind, note=entry.note,
        created_time=format_time(entry.created_ns),
        expires_at=None if expires_ns is None else format_time(expires_ns),
        is_expired=expires_ns is not None and expires_ns <= now_ns,
    )  # fmt: skip


def calibration_shape(found: Calibration, applied: Threshold | None) -> CalibrationShape:
    return CalibrationShape(
        detector=found.detector, true=found.true, false=found.false,
        applied=applied.threshold if applied is not None else None, proposed=found.threshold,
        reason=found.reason, precision_now=found.precision_now,
        precision_then=found.precision_then, kept_true=found.kept_true, points=found.points,
    )  # fmt: skip


SHAPES: tuple[type, ...] = (
    FindingPage, FindingDetail, FindingGroups, FeedbackBody, FeedbackShape, GuardOverview,
    AllowBody, AllowShape, AllowList, CalibrationShape, CalibrationList, ThresholdBody,
)  # fmt: skip
"""What the OpenAPI document describes of findings."""
