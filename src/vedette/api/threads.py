"""Blocking calls off the event loop, in a bounded number of threads.

A call that outlives its deadline goes on in its thread and keeps its place there: a store that
hangs makes the API answer 503, it never piles up threads.
"""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from typing import ParamSpec, TypeVar

from vedette.errors import VedetteError

Given = ParamSpec("Given")
Found = TypeVar("Found")


class Busy(VedetteError):
    """More calls wait for the store than are worth holding."""

    code = "store_busy"
    status = 503


class TooSlow(VedetteError):
    """The store did not answer in time."""

    code = "store_timeout"
    status = 503


class StoreThreads:
    """Runs blocking calls; at most `threads` at once, `waiting` more in line."""

    def __init__(self, *, threads: int = 8, waiting: int = 256, timeout_s: float = 30.0) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="api-store")
        self._room = threads + waiting
        self._timeout_s = timeout_s
        self._running = 0
        self._lock = threading.Lock()

    async def run(
        self, work: Callable[Given, Found], *args: Given.args, **kwargs: Given.kwargs
    ) -> Found:
        """What `work` returns or raises; Busy or TooSlow where it could not be had."""
        if self._running >= self._room:
            raise Busy("Too many requests wait for the store. Try again in a moment.")
        with self._lock:
            self._running += 1
        try:
            job = self._pool.submit(copy_context().run, partial(work, *args, **kwargs))
        except RuntimeError:
            # No thread could be started.
            self._finished()
            raise
        job.add_done_callback(self._finished)
        try:
            return await asyncio.wait_for(asyncio.wrap_future(job), self._timeout_s)
        except TimeoutError:
            raise TooSlow(f"The store did not answer within {self._timeout_s:g} s.") from None

    def close(self) -> None:
        """Start nothing more; what runs ends by itself."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _finished(self, _job: Future[Found] | None = None) -> None:
        with self._lock:
            self._running -= 1
