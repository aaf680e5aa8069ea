"""What the guard did in a time: how often, how well, how long it took and what it cost."""

from collections.abc import Iterable, Sequence

import msgspec

from vedette.guard.feedback import Feedback, Precision, precisions
from vedette.model.finding import (
    LATENCY_SLOTS_MS,
    FindingCount,
    FindingQuery,
    GuardedHour,
)
from vedette.model.policy import ACTION_RANK, CHANGING
from vedette.ports.findings import Findings

HOUR_S, DAY_S = 3_600, 86_400
_BY_HOUR_S = 3 * DAY_S
"""Longer ranges are told by day."""
_TOP = 20
_REMEDIES = frozenset({"retry", "reask", "fallback", "reroute", "escalate"})


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """An hour or a day."""

    start_s: int
    calls: int = 0
    flagged: int = 0
    changed: int = 0
    remedied: int = 0
    blocked: int = 0


class Totals(msgspec.Struct, frozen=True, kw_only=True):
    """Calls that were guarded."""

    calls: int = 0
    flagged: int = 0
    """Reported, not touched."""
    changed: int = 0
    remedied: int = 0
    """Asked anew or elsewhere."""
    blocked: int = 0
    bypassed: int = 0
    """Calls of which something was not looked at."""
    latency_mean_ms: float = 0.0
    latency_p50_ms: float | None = None
    latency_p95_ms: float | None = None
    latency_p99_ms: float | None = None
    """Upper ends of the slots they fall in; None beyond the last."""
    cost_nano_usd: int = 0
    """Of all guarded calls."""
    blocked_cost_nano_usd: int = 0
    """Of those that were blocked: paid, and not delivered."""


class PolicyFigures(msgspec.Struct, frozen=True, kw_only=True):
    """What a policy did; a call under several policies counts for each."""

    policy: str
    totals: Totals
    precision: Precision | None = None


class Trigger(msgspec.Struct, frozen=True, kw_only=True):
    """What fires most."""

    detector: str
    kind: str
    policy: str
    rule: str
    mode: str
    findings: int
    calls: int
    precision: Precision | None = None


class Overview(msgspec.Struct, frozen=True, kw_only=True):
    """All of it."""

    step_s: int
    totals: Totals
    steps: tuple[Step, ...]
    policies: tuple[PolicyFigures, ...]
    triggers: tuple[Trigger, ...]
    detectors: tuple[FindingCount, ...]
    shadow: int
    """Findings of rules in shadow."""


def overview(
    findings: Findings, said: Sequence[Feedback], project_id: str, *, from_ns: int, to_ns: int
) -> Overview:
    """Of one project; may block."""
    hours = findings.guarded(project_id, from_ns=from_ns, to_ns=to_ns)
    query = FindingQuery(project_id=project_id, from_ns=from_ns, to_ns=to_ns)
    step_s = HOUR_S if (to_ns - from_ns) // 10**9 <= _BY_HOUR_S else DAY_S
    triggers = findings.counts(query, ("detector", "kind", "policy", "rule", "mode"))
    shadow = findings.counts(msgspec.structs.replace(query, mode="shadow"), ())
    return Overview(
        step_s=step_s,
        totals=totals_of(hours),
        steps=steps_of(hours, step_s),
        policies=_policies(hours, said),
        triggers=_triggers(triggers, said),
        detectors=findings.counts(query, ("detector",))[:_TOP],
        shadow=sum(one.findings for one in shadow),
    )


def totals_of(hours: Iterable[GuardedHour]) -> Totals:
    """The sum of hours."""
    counts = {"flagged": 0, "changed": 0, "remedied": 0, "blocked": 0}
    calls = bypassed = latency_us = cost = blocked_cost = 0
    slots = [0] * (len(LATENCY_SLOTS_MS) + 1)
    for hour in hours:
        calls += hour.calls
        bypassed += hour.bypassed
        latency_us += hour.latency_us
        cost += hour.cost_nano_usd
        group = group_of(hour.action)
        if group:
            counts[group] += hour.calls
        if group == "blocked":
            blocked_cost += hour.cost_nano_usd
        slots = [a + b for a, b in zip(slots, hour.slots, strict=True)]
    return Totals(
        calls=calls, bypassed=bypassed,
        latency_mean_ms=round(latency_us / calls / 1e3, 3) if calls else 0.0,
        latency_p50_ms=_quantile(slots, 0.5), latency_p95_ms=_quantile(slots, 0.95),
        latency_p99_ms=_quantile(slots, 0.99), cost_nano_usd=cost,
        blocked_cost_nano_usd=blocked_cost, **counts,
    )  # fmt: skip


def steps_of(hours: Iterable[GuardedHour], step_s: int) -> tuple[Step, ...]:
    """Hours put together, oldest first; steps without a call are left out."""
    found: dict[int, dict[str, int]] = {}
    for hour in hours:
        counts = found.setdefault(hour.hour_s // step_s * step_s, {})
        for name in ("calls", group_of(hour.action)):
            if name:
                counts[name] = counts.get(name, 0) + hour.calls
    return tuple(Step(start_s=start_s, **found[start_s]) for start_s in sorted(found))


def group_of(action: str) -> str:
    """`blocked`, `remedied`, `changed`, `flagged`, or empty: nothing happened."""
    if action == "block":
        return "blocked"
    if action in _REMEDIES:
        return "remedied"
    if action in CHANGING:
        return "changed"
    return "flagged" if action != "allow" and action in ACTION_RANK else ""


def _policies(hours: Sequence[GuardedHour], said: Sequence[Feedback]) -> tuple[PolicyFigures, ...]:
    by_policy: dict[str, list[GuardedHour]] = {}
    for hour in hours:
        for name in hour.policy.split("+"):
            by_policy.setdefault(name, []).append(hour)
    right = {one.names[0]: one for one in precisions(said, "policy")}
    figures = [
        PolicyFigures(policy=name, totals=totals_of(mine), precision=right.get(name))
        for name, mine in by_policy.items()
    ]
    return tuple(sorted(figures, key=lambda one: (-one.totals.calls, one.policy)))


def _triggers(counts: Iterable[FindingCount], said: Sequence[Feedback]) -> tuple[Trigger, ...]:
    right = {one.names: one for one in precisions(said, "detector", "kind", "policy", "rule")}
    found = []
    for count in list(counts)[:_TOP]:
        detector, kind, policy, rule, mode = count.names
        found.append(
            Trigger(
                detector=detector, kind=kind, policy=policy, rule=rule, mode=mode,
                findings=count.findings, calls=count.calls,
                precision=right.get((detector, kind, policy, rule)),
            )
        )  # fmt: skip
    return tuple(found)


def _quantile(slots: Sequence[int], share: float) -> float | None:
    total = sum(slots)
    if not total:
        return None
    reached = 0
    for count, end in zip(slots, LATENCY_SLOTS_MS, strict=False):
        reached += count
        if reached >= share * total:
            return end
    return None
