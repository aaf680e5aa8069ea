"""Threads in which detectors look that take long, wait for others or come from elsewhere.

Each party has its own, so that one that hangs keeps no other one from looking. A thread cannot be
ended from outside: one whose detector has not come back in its time counts as lost, and another one
takes its place; up to `MOST_LOST`, then who asks waits in vain and the breaker opens. One that
comes back after all is welcome. All are daemons: the process ends without them.
"""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from typing import Any, Final, TypeVar

log = logging.getLogger(__name__)

MOST_LOST: Final = 16
IDLE_S: Final = 30.0
"""After which a thread without work ends."""

Result = TypeVar("Result")
_Work = tuple[Future[Any], Callable[[], Any]]


class Threads:
    """Those of one party; made when they are needed."""

    def __init__(self, name: str, most: int) -> None:
        self._name = name
        self._most = most
        self._lock = threading.Lock()
        self._work: SimpleQueue[_Work] = SimpleQueue()
        self._alive = 0
        self._busy = 0
        """Looks that are under way or wait, lost ones left out."""
        self._lost = 0
        self._is_closed = False

    def run(self, look: Callable[[], Result], timeout_s: float) -> Result:
        """What `look` returns or raises; what would end a thread is a RuntimeError. Raises
        TimeoutError, also where no thread was free in time, and RuntimeError after `close`."""
        future: Future[Result] = Future()
        with self._lock:
            if self._is_closed:
                raise RuntimeError("closed")
            self._busy += 1
            is_short = self._alive - self._lost < min(self._busy, self._most)
            if is_short:
                self._alive += 1
            self._work.put((future, look))
        if is_short:
            threading.Thread(target=self._serve, name=f"guard-{self._name}", daemon=True).start()
        try:
            return future.result(timeout_s)
        except TimeoutError:
            if not (future.done() or future.cancel()):
                self._lose(future)
            raise
        finally:
            with self._lock:
                self._busy -= 1

    def close(self) -> None:
        """Begin nothing more."""
        with self._lock:
            self._is_closed = True

    def _lose(self, future: "Future[Any]") -> None:
        with self._lock:
            if self._lost >= MOST_LOST:
                return
            self._lost += 1
            lost = self._lost
        log.warning("detector %s does not come back, threads lost: %d", self._name, lost)
        future.add_done_callback(self._found)

    def _found(self, _: "Future[Any]") -> None:
        with self._lock:
            self._lost -= 1

    def _serve(self) -> None:
        while True:
            try:
                future, look = self._work.get(timeout=IDLE_S)
            except Empty:
                if self._may_end():
                    return
                continue
            if future.set_running_or_notify_cancel():
                try:
                    said = look()
                except BaseException as error:
                    future.set_exception(self._failed(error))
                else:
                    future.set_result(said)
            del future, look
            with self._lock:
                if self._alive - self._lost > self._most:
                    self._alive -= 1
                    return

    def _failed(self, error: BaseException) -> Exception:
        if isinstance(error, Exception):
            return error
        log.error("detector %s would have ended its thread: %s", self._name, type(error).__name__)
        return RuntimeError(type(error).__name__)

    def _may_end(self) -> bool:
        with self._lock:
            if not self._work.empty():
                return False
            self._alive -= 1
            return True
