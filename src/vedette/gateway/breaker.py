"""When a stage of ours fails or is slow, traffic flows without it.

A stage that fails `FAILURES` times within `WINDOW_S`, or is slow as often, is skipped for
`OPEN_S` and then tried again; one success closes the breaker. Every failure and every skip is
counted. Stages that decide about security are not run here: they fail closed.
"""

import logging
from collections.abc import Callable
from typing import TypeVar

from vedette.clock import Clock
from vedette.errors import VedetteError

log = logging.getLogger(__name__)

FAILURES = 5
WINDOW_S = 10.0
OPEN_S = 5.0
SLOW_S = 0.25

Argument = TypeVar("Argument")
Result = TypeVar("Result")


class Breaker:
    """Guards one stage."""

    __slots__ = ("_clock", "_first_failure", "_in_row", "failures", "name", "open_until", "skipped")

    def __init__(self, name: str, clock: Clock) -> None:
        self.name = name
        self._clock = clock
        self._in_row = 0
        self._first_failure = 0.0
        self.open_until = 0.0
        self.failures = 0
        self.skipped = 0

    @property
    def is_open(self) -> bool:
        """True while the stage is skipped."""
        return self.open_until > self._clock.monotonic()

    def call(
        self, stage: Callable[[Argument], Result], argument: Argument, otherwise: Result
    ) -> Result:
        """Run the stage, or give `otherwise` where it fails or is skipped. Never raises.

        A VedetteError says that what was read is faulty, not the stage: it does not count.
        """
        if self.open_until and self.is_open:
            self.skipped += 1
            return otherwise
        try:
            result = stage(argument)
        except VedetteError:
            return otherwise
        except Exception as error:
            self._failed(type(error).__name__)
            return otherwise
        if self._in_row:
            self._recovered()
        return result

    def run(self, stage: Callable[[Argument], None], argument: Argument, started: float) -> float:
        """Like `call` for a stage without a result, and a slow run counts as a failure.

        `started` is now, on the monotonic clock; returns the time when the stage has ended.
        """
        if self.open_until > started:
            self.skipped += 1
            return started
        try:
            stage(argument)
        except VedetteError:
            raise
        except Exception as error:
            self._failed(type(error).__name__)
            return self._clock.monotonic()
        ended = self._clock.monotonic()
        if ended - started > SLOW_S:
            self._failed(f"slow, {ended - started:.3f} s")
        elif self._in_row:
            self._recovered()
        return ended

    def _recovered(self) -> None:
        self._in_row = 0
        self.open_until = 0.0

    def _failed(self, reason: str) -> None:
        now = self._clock.monotonic()
        self.failures += 1
        if self._in_row == 0 or now - self._first_failure > WINDOW_S:
            self._in_row, self._first_failure = 0, now
        self._in_row += 1
        log.warning("stage %s failed: %s", self.name, reason)
        if self._in_row >= FAILURES:
            self.open_until = now + OPEN_S
            log.error("stage %s is skipped for %g s", self.name, OPEN_S)
