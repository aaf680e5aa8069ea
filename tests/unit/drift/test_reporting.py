"""Reports over recorded calls."""

from collections.abc import Iterable

from tests.support.drifting import calls, take
from vedette.drift.reporting import Call, report
from vedette.model.drift import Observation

MINUTE_NS = 60 * 10**9


def placed(observations: Iterable[Observation]) -> list[Call]:
    return [
        Call(each, number * MINUTE_NS, f"{number:032x}", f"{number:016x}", number % 10 == 0)
        for number, each in enumerate(observations)
    ]


def test_the_group_that_moved_comes_first_with_when_and_where() -> None:
    quiet, moved = calls(1, template="quiet"), calls(2, template="moved")
    series = [each for _ in range(100) for each in (next(quiet), next(moved))]
    short = calls(3, "short", template="moved")
    series += [each for _ in range(50) for each in (next(quiet), next(short))]
    worst, best = report(placed(series), reference=60)
    assert worst.template == next(short).fingerprint.template
    assert worst.severity == "critical"
    assert 196 <= worst.alarms[0].since_ns / MINUTE_NS <= 206
    assert int(worst.alarms[0].trace_id, 16) >= 200
    assert worst.periods is not None
    assert worst.periods.is_different
    assert worst.periods.words_ks_p < 1e-6
    assert worst.periods.words_psi > 0.25
    assert worst.periods.lexical_mmd_p is not None
    assert worst.periods.lexical_mmd_p < 0.01
    assert len(worst.level_changes_ns) == 1
    assert worst.trend[0] is not None
    assert worst.trend[-1] == 1
    assert (best.calls, best.errors, best.severity) == (150, 30, "none")
    assert best.periods is not None
    assert not best.periods.is_different


def test_refusals_are_counted() -> None:
    series = [*take(calls(1), 60), *take(calls(2, "refusing"), 20)]
    (group,) = report(placed(series), reference=30)
    assert group.refusals == 0.25
    assert group.periods is not None
    assert group.periods.refusal_fisher_p < 0.01


def test_few_calls_are_not_judged() -> None:
    (group,) = report(placed(take(calls(1), 20)), reference=100)
    assert (group.severity, group.alarms, group.periods) == (None, (), None)
    assert group.words is not None
    assert len(group.trend) == 20


def test_calls_without_answers_have_no_figures() -> None:
    (group,) = report(placed(Observation(model="m") for _ in range(40)), reference=10)
    assert (group.words, group.tokens, group.latency_ms, group.refusals) == (None,) * 4
    assert group.severity == "none"
    assert report([], reference=10) == []


def test_versions_stand_in_order_of_appearance() -> None:
    series = [Observation(model="m", version=name) for name in ("a", "a", "b", "a")]
    (group,) = report(placed(series), reference=10)
    assert group.versions == ("a", "b")
