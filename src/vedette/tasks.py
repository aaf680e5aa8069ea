"""Background tasks with an owner, a name and an end.

Some end with their work (`spawn`). Others go on as long as their owner does (`keep`). What ends one
of those before its time, a full disk, a name that does not resolve, a mistake of ours, is said
once, counted, and shown for as long as it lasts; then it is begun again.
"""

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from vedette.errors import VedetteError
from vedette.metrics import Family, Sample

log = logging.getLogger(__name__)

Item = TypeVar("Item")

FIRST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 10.0
STEADY_S = 60.0
"""A task that runs for so long after it was begun again is in no trouble any more."""

FAILURES = Family(
    "vedette_task_failures", "How often background work failed and was begun again.", "counter",
    ("task",),
)  # fmt: skip


class Troubles:
    """What background work fails at the moment, by its name, and how often it has; thread-safe.

    A trouble is said when it begins and when it is over, however often it shows between.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._now: dict[str, str] = {}
        self._counts: dict[str, int] = {}

    @contextmanager
    def noted(self, name: str) -> Iterator[None]:
        """What fails in here is noted, not raised; what passes ends the trouble of this name."""
        try:
            yield
        except Exception as error:
            self.failed(name, error)
        else:
            self.over(name)

    def failed(self, name: str, error: BaseException) -> bool:
        """It has failed once more; True where that is new."""
        what = _meaning(error)
        with self._lock:
            is_new = name not in self._now
            self._now[name] = what
            self._counts[name] = self._counts.get(name, 0) + 1
        if is_new:
            foreseen = isinstance(error, VedetteError | OSError)
            log.error("%s fails: %s", name, what, exc_info=None if foreseen else error)
        return is_new

    def over(self, name: str) -> None:
        """It works, or works again."""
        if name not in self._now:
            return
        with self._lock:
            known = self._now.pop(name, None) is not None
        if known:
            log.info("%s works again", name)

    def now(self) -> dict[str, str]:
        """What is wrong with each that fails."""
        with self._lock:
            return dict(self._now)

    def samples(self) -> Iterable[Sample]:
        """For the metrics."""
        with self._lock:
            return [Sample(FAILURES.name, (name,), count) for name, count in self._counts.items()]


async def for_each(items: Iterable[Item], work: Callable[[Item], Awaitable[object]]) -> None:
    """Do it for all, one after the other: one that fails holds up no other, and is raised last."""
    failures: list[Exception] = []
    for item in items:
        try:
            await work(item)
        except Exception as error:
            failures += [error]
    if failures:
        raise failures[0]


class Tasks:
    """Owns the background tasks of one component and drains them.

    A task that raises is logged and counted in `failures`; it never takes its owner down.
    """

    def __init__(self, troubles: Troubles | None = None) -> None:
        self.troubles = troubles or Troubles()
        self._running: set[asyncio.Task[Any]] = set()
        self.failures = 0

    def spawn(self, work: Coroutine[Any, Any, object], *, name: str) -> asyncio.Task[Any]:
        """Start `work` in the running loop and keep it alive until it ends or `drain` is called."""
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._running.add(task)
        task.add_done_callback(self._ended)
        return task

    def keep(
        self, work: Callable[[], Coroutine[Any, Any, object]], *, name: str,
        first_pause_s: float = FIRST_PAUSE_S, steady_s: float = STEADY_S,
    ) -> asyncio.Task[Any]:  # fmt: skip
        """Start `work` and begin it again whenever it fails, until it ends by itself or is drained.

        Pauses grow from the first to `LONGEST_PAUSE_S`, and start anew once it ran for `steady_s`.
        """
        return self.spawn(self._kept(work, name, first_pause_s, steady_s), name=name)

    async def finish(self) -> None:
        """Wait until all that runs has come to its end by itself."""
        while self._running:
            await asyncio.wait(tuple(self._running))

    async def drain(self, *, timeout_s: float = 5.0) -> None:
        """Cancel what still runs and wait for it, at most `timeout_s`."""
        running = tuple(self._running)
        for task in running:
            task.cancel()
        if running:
            await asyncio.wait(running, timeout=timeout_s)

    async def _kept(
        self, work: Callable[[], Coroutine[Any, Any, object]], name: str, first_pause_s: float,
        steady_s: float,
    ) -> None:  # fmt: skip
        loop, pause_s = asyncio.get_running_loop(), first_pause_s
        while True:
            steady = loop.call_later(steady_s, self.troubles.over, name)
            try:
                await work()
                self.troubles.over(name)
                return
            except asyncio.CancelledError as error:
                # What it waited for was cancelled, not the task: that is a failure like others.
                task = asyncio.current_task()
                if task is None or task.cancelling():
                    raise
                is_new = self.troubles.failed(name, error)
            except Exception as error:
                is_new = self.troubles.failed(name, error)
            finally:
                steady.cancel()
            self.failures += 1
            pause_s = first_pause_s if is_new else pause_s
            await asyncio.sleep(pause_s)
            pause_s = min(2 * pause_s, LONGEST_PAUSE_S)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self.failures += 1
            log.error("task %s failed: %s", task.get_name(), type(error).__name__, exc_info=error)


def _meaning(error: BaseException) -> str:
    """What may be said of it to everybody: nothing that it quotes."""
    if isinstance(error, VedetteError):
        return error.message
    name = type(error).__name__
    return f"{name}: {error.strerror}" if isinstance(error, OSError) and error.strerror else name
