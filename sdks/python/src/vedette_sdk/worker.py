"""The one thread that works off the callers' path, and what becomes of it in forks and at the end.

It starts with the first thing to do, so that a master that forks workers (gunicorn with preload)
has none. A child of a fork starts with nothing waiting, for its parent sends that, and with a
thread of its own. Programs that end by `os._exit` after multiprocessing's or billiard's own
finalizers (pools, Celery) are seen to by one of those, others by `atexit`.
"""

import atexit
import os
import sys
import threading
import time
import weakref
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from opentelemetry.context import attach, set_value

from vedette_sdk.buffer import Buffer
from vedette_sdk.rims import Faults

Item = TypeVar("Item")
_FINALIZERS = ("multiprocessing.util", "billiard.util")
_FIRST = 100
_SUPPRESSED = ("suppress_instrumentation", "suppress_http_instrumentation")


class Worker(Generic[Item]):
    """Hands what was offered, in order and in batches, to `work`."""

    def __init__(
        self, work: Callable[[Sequence[Item]], None], *, faults: Faults,
        max_items: int, max_bytes: int, batch: int = 256, interval_s: float = 1.0,
        exit_s: float = 2.0, on_fork: Callable[[], None] | None = None,
    ) -> None:  # fmt: skip
        """`work` gets a batch; it looks at `deadline` where it waits for something."""
        self._work = work
        self._faults = faults
        self._bounds = (max_items, max_bytes)
        self._batch = batch
        self._interval_s = interval_s
        self._exit_s = exit_s
        self._on_fork = on_fork
        self._begin()
        _remember(self)

    def _begin(self) -> None:
        self.buffer: Buffer[Item] = Buffer(*self._bounds)
        self._wake = threading.Event()
        self._idle = threading.Condition(threading.Lock())
        self._busy = threading.Lock()
        self._starting = threading.Lock()
        self._done = 0
        self._deadline: float | None = None
        self._stopping = False
        self._thread: threading.Thread | None = None

    def after_fork(self) -> None:
        """In the child: new locks, nothing waiting, no thread."""
        self._begin()
        if self._on_fork is not None:
            self._on_fork()

    def offer(self, item: Item, size_bytes: int) -> None:
        """Give something to do; never blocks."""
        waiting = self.buffer.put(item, size_bytes)
        if self._thread is None:
            self._start()
        if waiting == self._batch:
            self._wake.set()

    def _start(self) -> None:
        if self._stopping or not self._starting.acquire(blocking=False):
            return
        try:
            if self._thread is None:
                thread = threading.Thread(target=self._run, name="vedette-sdk", daemon=True)
                _finalize_with(self)
                thread.start()
                self._thread = thread
        except RuntimeError:
            pass  # The interpreter ends and starts no threads: `stop` does the work.
        finally:
            self._starting.release()

    def flush(self, timeout_s: float) -> bool:
        """Wait until what was offered before is worked off; False when that took too long."""
        deadline = time.monotonic() + timeout_s
        target = self.buffer.taken
        if self._thread is None:
            self._drain(deadline)
        with self._idle:
            while self._done_up_to() < target:
                self._wake.set()
                left_s = deadline - time.monotonic()
                if left_s <= 0:
                    return False
                self._idle.wait(min(left_s, 0.05))
        return True

    def nudge(self) -> None:
        """Work off soon what waits."""
        self._wake.set()

    def stop(self, timeout_s: float | None = None) -> bool:
        """Work off what waits within the deadline and end; may be called twice."""
        if self._stopping:
            return True
        within_s = self._exit_s if timeout_s is None else timeout_s
        self._deadline = time.monotonic() + within_s
        done = self.flush(within_s) if self.buffer.taken else True
        self._stopping = True
        self._wake.set()
        return done

    def _done_up_to(self) -> int:
        return self._done + self.buffer.dropped

    def _run(self) -> None:
        context = set_value("vedette_sdk.own", True)
        for key in _SUPPRESSED:
            context = set_value(key, True, context)
        attach(context)
        while not self._stopping:
            self._wake.wait(self._interval_s)
            self._wake.clear()
            while len(self.buffer) and not self._stopping:
                self._step()

    def _drain(self, deadline: float) -> None:
        """Work in this thread, where no other can be had."""
        self._deadline = deadline
        while len(self.buffer) and time.monotonic() < deadline:
            self._step()

    def _step(self) -> None:
        with self._busy:
            items = self.buffer.take(self._batch)
            if items:
                self._faults.shield(self._work, items)
        with self._idle:
            self._done += len(items)
            self._idle.notify_all()

    def left_s(self) -> float | None:
        """Seconds until all must be done; None while nothing ends."""
        return None if self._deadline is None else self._deadline - time.monotonic()

    def wait(self, seconds: float) -> None:
        """A pause between attempts to send, over early when the end comes."""
        until = time.monotonic() + seconds
        while (left_s := until - time.monotonic()) > 0 and not self._stopping:
            if self._deadline is not None and self._deadline < until:
                return
            time.sleep(min(left_s, 0.05))


_workers: "weakref.WeakSet[Worker[Any]]" = weakref.WeakSet()


def _remember(worker: Worker[Any]) -> None:
    if not _workers:
        _hooks()
    _workers.add(worker)


def _hooks() -> None:
    if getattr(_hooks, "are_set", False):
        return
    _hooks.are_set = True  # type: ignore[attr-defined]
    atexit.register(_stop_all)
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=_after_fork)


def _stop_all() -> None:
    for worker in list(_workers):
        worker.stop()


def _after_fork() -> None:
    for worker in list(_workers):
        worker.after_fork()


def _finalize_with(worker: Worker[Any]) -> None:
    """Children of pools never come to `atexit`."""
    for name in _FINALIZERS:
        module = sys.modules.get(name)
        finalize = getattr(module, "Finalize", None)
        if finalize is not None:
            finalize(None, worker.stop, exitpriority=_FIRST)
