"""A bound on the CPU time of a thread that works behind others."""

import time
from collections.abc import Callable


class Pace:
    """At most `share` of a core in the long run, with `burst_s` of CPU time saved up at most.

    The thread that works asks; the time is its own. It works `stretch_s` before it rests for them:
    after every rest caches are cold, and what rests after each step takes twice the time for it.
    """

    def __init__(
        self, share: float, *, burst_s: float, stretch_s: float = 0.0,
        monotonic: Callable[[], float] = time.monotonic,
        spent: Callable[[], float] = time.thread_time,
    ) -> None:  # fmt: skip
        self._share = share
        self._burst_s = burst_s
        self._stretch_s = stretch_s
        self._monotonic, self._spent = monotonic, spent
        self._left_s = burst_s
        self._at, self._used = monotonic(), spent()

    def rest_s(self) -> float:
        """How long to rest before going on; 0 while there is time left."""
        at, used = self._monotonic(), self._spent()
        earned = (at - self._at) * self._share
        self._left_s = min(self._burst_s, self._left_s + earned) - (used - self._used)
        self._at, self._used = at, used
        return -self._left_s / self._share if self._left_s < -self._stretch_s else 0.0
