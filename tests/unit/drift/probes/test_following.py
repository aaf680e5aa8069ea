"""Answers to a probe over time."""

from tests.support.drifting import observe
from vedette.drift.probes.following import (
    MOST_LATER,
    agreement,
    answers_of,
    follow,
    versions_of,
)
from vedette.model.probe import ProbeDrift, ProbeSeries, Seen


def seen(count: int, answer: str = "It is Paris.", *, first: int = 0) -> list[Seen]:
    return [
        Seen(at_ns=first + n, trace_id=f"{first + n:032x}", observation=observe("?", answer))
        for n in range(count)
    ]


def test_the_first_answers_are_the_baseline() -> None:
    series, moved = follow(ProbeSeries(), seen(7), size=10)
    assert (len(series.baseline), series.later, moved) == (7, (), None)
    assert answers_of(series, size=10) == ()
    series, _ = follow(series, seen(7, first=7), size=10)
    assert (len(series.baseline), len(series.later)) == (10, 4)
    assert len(answers_of(series, size=10)) == 10


def test_a_change_is_found_and_when_it_began() -> None:
    series, _ = follow(ProbeSeries(), seen(60), size=20)
    moved = None
    for step in range(30):
        new = seen(1, "I'm sorry, but I can't assist with that.", first=60 + step)
        series, moved = follow(series, new, size=20)
        if moved is not None:
            break
    assert moved is not None
    assert moved.since.at_ns >= 58
    assert moved.at.at_ns >= moved.since.at_ns


def test_the_same_answers_for_ever_are_no_change() -> None:
    series = ProbeSeries()
    for step in range(30):
        series, moved = follow(series, seen(10, first=10 * step), size=20)
        assert moved is None
    assert len(series.later) == MOST_LATER


def test_a_drift_is_found_once() -> None:
    drift = ProbeDrift(model="m", severity="high", signal="refusal", since_ns=1)
    series, moved = follow(ProbeSeries(drift=drift), seen(40), size=20)
    assert moved is None
    assert series.later == ()


def test_versions_and_agreement() -> None:
    assert versions_of(ProbeSeries(baseline=tuple(seen(3)))) == ()
    assert agreement("m", seen(1)) is None
    figures = agreement("m", [*seen(1), *seen(1, "No.", first=1)])
    assert figures is not None
    assert (figures.exact, figures.model) == (0.0, "m")
