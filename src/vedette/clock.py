"""Time, ids and chance: the only place where the code asks for them.

Functions that need a time or an id take a `Clock`; tests hand in a `FakeClock` and move it.
"""

import os
import random
import time
from typing import Protocol


class Clock(Protocol):
    """Where time, ids and chance come from."""

    def now_ns(self) -> int:
        """Wall clock, nanoseconds since the Unix epoch, UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds from an arbitrary start; never goes back."""
        ...

    def trace_id(self) -> str:
        """32 lower-case hex digits, not all zero (W3C Trace Context)."""
        ...

    def span_id(self) -> str:
        """16 lower-case hex digits, not all zero."""
        ...

    def random(self) -> float:
        """A number in [0, 1)."""
        ...


class SystemClock:
    """The real thing. Ids come from a generator seeded by the operating system once a process."""

    def __init__(self) -> None:
        self._random = random.Random(os.urandom(32))
        self.now_ns = time.time_ns
        self.monotonic = time.monotonic
        self.random = self._random.random
        self._bits = self._random.getrandbits

    def trace_id(self) -> str:
        return (self._bits(128) or 1).to_bytes(16, "big").hex()

    def span_id(self) -> str:
        return (self._bits(64) or 1).to_bytes(8, "big").hex()


class FakeClock:
    """A clock that stands still until `advance` moves it; ids count up from 1."""

    def __init__(self, now_ns: int = 1_700_000_000_000_000_000) -> None:
        self._now_ns = now_ns
        self._monotonic = 0.0
        self._ids = 0

    def advance(self, seconds: float) -> None:
        """Move both clocks forward."""
        self._now_ns += round(seconds * 1e9)
        self._monotonic += seconds

    def now_ns(self) -> int:
        return self._now_ns

    def monotonic(self) -> float:
        return self._monotonic

    def trace_id(self) -> str:
        self._ids += 1
        return f"{self._ids:032x}"

    def span_id(self) -> str:
        self._ids += 1
        return f"{self._ids:016x}"

    def random(self) -> float:
        return 0.5
