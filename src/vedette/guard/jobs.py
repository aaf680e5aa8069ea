"""Replays of policies on recorded calls, one after the other in a thread of their own."""

import logging
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Literal

import msgspec

from vedette.clock import Clock
from vedette.errors import NotFound, VedetteError
from vedette.guard.engine import Guard
from vedette.guard.replay import Replay, Replaying
from vedette.model.policy import Policy
from vedette.model.span import Span

log = logging.getLogger(__name__)

MOST_WAITING = 4
MOST_KEPT = 20

Status = Literal["waiting", "running", "done", "stopped", "failed"]


class TooManyJobs(VedetteError):
    """Enough replays are waiting already."""

    code = "too_many_jobs"
    status = 429


class JobState(msgspec.Struct, frozen=True, kw_only=True):
    """A replay, as far as it has come."""

    id: str
    policy: str
    version: int
    project_id: str
    from_ns: int
    to_ns: int
    status: Status
    created_ns: int
    expected: int
    """How many calls there are to look at, at most."""
    replay: Replay
    error: str = ""


class _Job:
    def __init__(self, state: JobState, replaying: Replaying) -> None:
        self.state = state
        self.replaying = replaying


class Jobs:
    """Thread-safe; the newest `MOST_KEPT` are remembered while the process lives."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="guard-replay")
        self._jobs: dict[str, _Job] = {}
        self._lock = threading.Lock()

    def start(
        self, guard: Guard, policy: Policy, spans: Callable[[], Iterable[Span]], *,
        project_id: str, from_ns: int, to_ns: int, most: int,
    ) -> JobState:  # fmt: skip
        """Begin when the one before has ended. Raises TooManyJobs."""
        replaying = Replaying(guard, policy, self._clock)
        state = JobState(
            id=f"rpl_{self._clock.span_id()}", policy=policy.name, version=policy.version,
            project_id=project_id, from_ns=from_ns, to_ns=to_ns, status="waiting",
            created_ns=self._clock.now_ns(), expected=most, replay=Replay(),
        )  # fmt: skip
        job = _Job(state, replaying)
        with self._lock:
            waiting = [j for j in self._jobs.values() if j.state.status in ("waiting", "running")]
            if len(waiting) >= MOST_WAITING:
                raise TooManyJobs(f"{MOST_WAITING} replays are under way. Wait, or stop one.")
            ended = [id for id, j in self._jobs.items() if j not in waiting]
            for id in ended[: max(0, len(self._jobs) + 1 - MOST_KEPT)]:
                del self._jobs[id]
            self._jobs[state.id] = job
        self._pool.submit(self._run, job, spans, most).add_done_callback(partial(_ended, job))
        return state

    def list(self, project_id: str) -> tuple[JobState, ...]:
        """Those of a project, the newest first."""
        with self._lock:
            jobs = list(self._jobs.values())
        return tuple(_seen(job) for job in reversed(jobs) if job.state.project_id == project_id)

    def get(self, id: str) -> JobState:
        """Raises NotFound."""
        return _seen(self._job(id))

    def stop(self, id: str) -> None:
        """End it soon; what it has found stays. Raises NotFound."""
        self._job(id).replaying.stop()

    def close(self) -> None:
        """End all."""
        for job in list(self._jobs.values()):
            job.replaying.stop()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _job(self, id: str) -> _Job:
        with self._lock:
            found = self._jobs.get(id)
        if found is None:
            raise NotFound(absent(id))
        return found

    def _run(self, job: _Job, spans: Callable[[], Iterable[Span]], most: int) -> None:
        job.state = msgspec.structs.replace(job.state, status="running")
        replay = job.replaying.run(spans(), most=most)
        status: Status = "stopped" if replay.stopped_early == "stopped" else "done"
        job.state = msgspec.structs.replace(job.state, status=status, replay=replay)


def absent(id: str) -> str:
    """What is said of a replay that is not there."""
    return f"There is no replay {id[:80]!r}. They are forgotten after a while."


def _ended(job: _Job, future: Future[None]) -> None:
    """Say why a replay failed; what it had found stays."""
    error = None if future.cancelled() else future.exception()
    if error is None:
        return
    if isinstance(error, VedetteError):
        message = error.message
    else:
        log.error("a replay failed", exc_info=error)
        message = f"The replay failed: {type(error).__name__}."
    job.state = msgspec.structs.replace(
        job.state, status="failed", error=message, replay=job.replaying.result("failed")
    )


def _seen(job: _Job) -> JobState:
    state = job.state
    if state.status != "running":
        return state
    return msgspec.structs.replace(state, replay=job.replaying.result())
