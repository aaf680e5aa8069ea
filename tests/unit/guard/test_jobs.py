"""Replays in the background."""

import threading
from collections.abc import Iterable, Iterator

import pytest

from tests.support.guarded_spans import guarded
from tests.support.served import until
from vedette.app.guard import make_detector
from vedette.clock import SystemClock
from vedette.errors import NotFound, StoreError
from vedette.guard.engine import Guard
from vedette.guard.jobs import MOST_WAITING, Jobs, JobState, TooManyJobs
from vedette.model.policy import Policy, Rule
from vedette.model.span import Span

POLICY = Policy(name="p", rules=(Rule(name="r", detector="pii"),))


@pytest.fixture
def jobs() -> Iterator[Jobs]:
    jobs = Jobs(SystemClock())
    yield jobs
    jobs.close()


def start(jobs: Jobs, spans: Iterable[Span], project: str = "p") -> JobState:
    guard = Guard(make_detector, SystemClock())
    return jobs.start(
        guard, POLICY, lambda: spans, project_id=project, from_ns=0, to_ns=1, most=100
    )


def ended(jobs: Jobs, id: str) -> JobState:
    def look() -> JobState | None:
        state = jobs.get(id)
        return state if state.status not in ("waiting", "running") else None

    return until(look, 20, lambda: str(jobs.get(id)))


def test_a_replay_tells_how_far_it_has_come(jobs: Jobs) -> None:
    go = threading.Event()

    def spans() -> Iterator[Span]:
        yield guarded(1)
        go.wait(20)
        yield guarded(2)

    id = start(jobs, spans()).id
    until(lambda: jobs.get(id).replay.calls == 1 or None, 20, lambda: str(jobs.get(id)))
    assert jobs.get(id).status == "running"
    go.set()
    assert ended(jobs, id).replay.calls == 2
    assert [state.id for state in jobs.list("p")] == [id]
    assert jobs.list("other") == ()


def test_a_replay_is_stopped_and_keeps_what_it_found(jobs: Jobs) -> None:
    def endless() -> Iterator[Span]:
        while True:
            yield guarded(1)

    id = start(jobs, endless()).id
    until(lambda: jobs.get(id).replay.calls or None, 20, lambda: str(jobs.get(id)))
    jobs.stop(id)
    state = ended(jobs, id)
    assert state.status == "stopped"
    assert state.replay.calls


@pytest.mark.parametrize("error", [StoreError("The store is gone."), RuntimeError("odd")])
def test_a_replay_that_fails_says_so(jobs: Jobs, error: Exception) -> None:
    def broken() -> Iterator[Span]:
        yield guarded(1)
        raise error

    state = ended(jobs, start(jobs, broken()).id)
    assert (state.status, state.replay.calls) == ("failed", 1)
    assert "odd" not in state.error
    assert state.error


def test_only_so_many_wait(jobs: Jobs) -> None:
    go = threading.Event()

    def held() -> Iterator[Span]:
        go.wait(20)
        yield guarded(1)

    for _ in range(MOST_WAITING):
        start(jobs, held())
    with pytest.raises(TooManyJobs):
        start(jobs, held())
    go.set()
    with pytest.raises(NotFound):
        jobs.get("none")
