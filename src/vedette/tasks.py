"""Background tasks with an owner, a name and an end."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

log = logging.getLogger(__name__)


class Tasks:
    """Owns the background tasks of one component and drains them.

    A task that raises is logged and counted in `failures`; it never takes its owner down.
    """

    def __init__(self) -> None:
        self._running: set[asyncio.Task[Any]] = set()
        self.failures = 0

    def spawn(self, work: Coroutine[Any, Any, object], *, name: str) -> asyncio.Task[Any]:
        """Start `work` in the running loop and keep it alive until it ends or `drain` is called."""
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._running.add(task)
        task.add_done_callback(self._ended)
        return task

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

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self.failures += 1
            log.error("task %s failed: %s", task.get_name(), type(error).__name__, exc_info=error)
