"""Reports over recorded calls: one line for each model and template, what moved, and since when."""

import math
import statistics
from collections.abc import Iterable, Sequence
from itertools import pairwise

import msgspec

from vedette.drift.changepoints import change_points
from vedette.drift.monitor import LEAST_BASELINE, Monitor, MonitorSettings
from vedette.drift.multiplicity import benjamini_hochberg
from vedette.drift.settests import (
    fisher_exact,
    kolmogorov_smirnov,
    mean_discrepancy,
    population_stability,
    sketch_kernel,
)
from vedette.drift.severity import worst
from vedette.model.drift import Observation, Severity

_BUCKETS = 20
_LEAST_CALLS = 30
_MOST_SKETCHES = 200
_RATE = 0.05


class Call(msgspec.Struct, frozen=True):
    """An observation with the place where it can be looked up."""

    observation: Observation
    start_ns: int
    trace_id: str
    span_id: str
    is_error: bool = False


class ReportAlarm(msgspec.Struct, frozen=True, kw_only=True):
    """A change that was seen, with when and where it was."""

    signal: str
    severity: Severity
    e: float
    size: float
    since_ns: int
    raised_ns: int
    trace_id: str
    """Of the call that raised it."""


class Periods(msgspec.Struct, frozen=True, kw_only=True):
    """The baseline against all later calls, each test for itself."""

    words_ks_p: float
    words_psi: float
    refusal_fisher_p: float
    verdict_fisher_p: float
    lexical_mmd_p: float | None
    """By permutation of MinHash sketches; None where there are too few."""
    is_different: bool = False
    """One of the tests holds, all groups and tests of the report counted (Benjamini-Hochberg)."""


class GroupReport(msgspec.Struct, frozen=True, kw_only=True):
    """The calls of one model with one template."""

    model: str
    template: str
    """Hash of the instructions; empty where there were none."""
    calls: int
    errors: int
    first_ns: int
    last_ns: int
    words: float | None
    tokens: float | None
    latency_ms: float | None
    """Medians."""
    refusals: float | None
    """Share of the answers."""
    versions: tuple[str, ...]
    """What the provider said that it was, in order of appearance."""
    trend: tuple[float | None, ...]
    """Median words of an answer in 20 equal parts of the calls."""
    level_changes_ns: tuple[int, ...]
    """When the length of the answers changed."""
    severity: Severity | None
    """The worst alarm; None where there are too few calls to judge."""
    alarms: tuple[ReportAlarm, ...] = ()
    periods: Periods | None = None
    example_trace_id: str = ""


def report(
    calls: Iterable[Call], *, reference: int, settings: MonitorSettings | None = None, seed: int = 0
) -> list[GroupReport]:
    """One entry for each model and template, the worst first; `calls` in order of time.

    The first `reference` calls of a group are its baseline, or a third of them where there are not
    three times as many.
    """
    groups: dict[tuple[str, str], list[Call]] = {}
    for call in calls:
        observation = call.observation
        key = observation.model, observation.fingerprint.template
        groups.setdefault(key, []).append(call)
    found = [
        _group(key, some, min(reference, len(some) // 3), settings, seed)
        for key, some in groups.items()
    ]
    return sorted(_judged(found), key=lambda one: (_rank(one.severity), -one.calls))


def _rank(severity: Severity | None) -> int:
    order: tuple[Severity | None, ...] = ("critical", "high", "medium", "low", "none", None)
    return order.index(severity)


def _group(
    key: tuple[str, str],
    calls: Sequence[Call],
    reference: int,
    settings: MonitorSettings | None,
    seed: int,
) -> GroupReport:
    observations = [call.observation for call in calls]
    is_enough = len(calls) >= _LEAST_CALLS and reference >= LEAST_BASELINE
    alarms = _alarms(calls, reference, settings) if is_enough else ()
    words = [_words(each) for each in observations]
    refusals = [_refuses(each) for each in observations]
    answered = [one for one in refusals if one is not None]
    return GroupReport(
        model=key[0],
        template=key[1],
        calls=len(calls),
        errors=sum(call.is_error for call in calls),
        first_ns=calls[0].start_ns,
        last_ns=calls[-1].start_ns,
        words=_median(words),
        tokens=_median(each.output_tokens for each in observations),
        latency_ms=_median(each.latency_ms for each in observations),
        refusals=sum(answered) / len(answered) if answered else None,
        versions=tuple(dict.fromkeys(each.version for each in observations if each.version)),
        trend=_trend(words),
        level_changes_ns=_level_changes(calls, words),
        severity=worst([each.severity for each in alarms]) if is_enough else None,
        alarms=alarms,
        periods=_periods(observations, reference, seed) if is_enough else None,
        example_trace_id=calls[-1].trace_id,
    )


def _alarms(
    calls: Sequence[Call], reference: int, settings: MonitorSettings | None
) -> tuple[ReportAlarm, ...]:
    monitor = Monitor([call.observation for call in calls[:reference]], settings)
    raised = (
        monitor.take(row, call.observation) for row, call in enumerate(calls[reference:], reference)
    )
    return tuple(
        ReportAlarm(
            signal=alarm.signal,
            severity=alarm.severity,
            e=alarm.e,
            size=max((s.effect.size for s in alarm.signals[:1] if s.effect), default=0.0),
            since_ns=calls[alarm.since_row].start_ns,
            raised_ns=calls[alarm.row].start_ns,
            trace_id=calls[alarm.row].trace_id,
        )
        for alarm in raised
        if alarm is not None
    )


def _periods(observations: Sequence[Observation], reference: int, seed: int) -> Periods:
    sides = observations[:reference], observations[reference:]
    words = [[w for each in side if (w := _words(each)) is not None] for side in sides]
    refusals = [[r for each in side if (r := _refuses(each)) is not None] for side in sides]
    verdicts = [[v for each in side if (v := _is_yes(each)) is not None] for side in sides]
    return Periods(
        words_ks_p=kolmogorov_smirnov(*words).p,
        words_psi=population_stability(*words),
        refusal_fisher_p=_share_p(refusals),
        verdict_fisher_p=_share_p(verdicts),
        lexical_mmd_p=_lexical_p(sides, seed),
    )


def _share_p(sides: Sequence[Sequence[bool]]) -> float:
    before, after = sides
    return fisher_exact(sum(before), len(before), sum(after), len(after)).p


def _lexical_p(sides: Sequence[Sequence[Observation]], seed: int) -> float | None:
    sketches = [
        [
            answer.min_hash
            for each in side
            if (answer := each.fingerprint.answer) and answer.min_hash
        ]
        for side in sides
    ]
    before, after = sketches[0][-_MOST_SKETCHES:], sketches[1][-_MOST_SKETCHES:]
    if min(len(before), len(after)) < LEAST_BASELINE:
        return None
    return mean_discrepancy(sketch_kernel([*before, *after]), len(before), seed=seed).p


def _judged(groups: Sequence[GroupReport]) -> list[GroupReport]:
    """With the tests of all groups cut together: a long report must not cry wolf."""
    tested = [(group, _p_values(group.periods)) for group in groups if group.periods]
    flags = iter(benjamini_hochberg([p for _, some in tested for p in some], rate=_RATE))
    different = {id(group): any([next(flags) for _ in some]) for group, some in tested}
    return [
        msgspec.structs.replace(
            group,
            periods=msgspec.structs.replace(group.periods, is_different=different[id(group)]),
        )
        if group.periods
        else group
        for group in groups
    ]


def _p_values(periods: Periods | None) -> list[float]:
    if periods is None:
        return []
    values = [periods.words_ks_p, periods.refusal_fisher_p, periods.verdict_fisher_p]
    return values if periods.lexical_mmd_p is None else [*values, periods.lexical_mmd_p]


def _trend(values: Sequence[float | None]) -> tuple[float | None, ...]:
    count = min(_BUCKETS, len(values))
    cuts = [len(values) * cut // count for cut in range(count + 1)]
    return tuple(_median(values[start:end]) for start, end in pairwise(cuts))


def _level_changes(calls: Sequence[Call], words: Sequence[float | None]) -> tuple[int, ...]:
    known = [(call, value) for call, value in zip(calls, words, strict=True) if value is not None]
    found = change_points([value for _, value in known])
    return tuple(known[change.at][0].start_ns for change in found)


def _median(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None and not math.isnan(value)]
    return float(statistics.median(known)) if known else None


def _words(observation: Observation) -> float | None:
    answer = observation.fingerprint.answer
    return None if answer is None else float(answer.words)


def _refuses(observation: Observation) -> bool | None:
    answer = observation.fingerprint.answer
    return None if answer is None else answer.refusal


def _is_yes(observation: Observation) -> bool | None:
    """None where the answer comes to neither yes nor no."""
    answer = observation.fingerprint.answer
    if answer is None or answer.verdict not in ("yes", "no", "true", "false"):
        return None
    return answer.verdict in ("yes", "true")
