"""A detector that fails does not take the others down, and is asked again later.

After `FAILURES` failures in a row a detector is left out for `OPEN_S` seconds, then tried once; one
success closes the breaker. A failure that says it is of the text alone (`is_of_text`) is none of
the detector: whoever writes texts must not be able to switch one off. What a missing detector means
is not decided here: the rule says whether it fails open or closed.
"""

import logging
import threading
from collections.abc import Callable
from typing import Final, TypeVar, TypeVarTuple

from vedette.clock import Clock
from vedette.model.policy import BypassReason

log = logging.getLogger(__name__)

FAILURES: Final = 5
OPEN_S: Final = 30.0

Result = TypeVar("Result")
Arguments = TypeVarTuple("Arguments")


class DetectorFailed(Exception):
    """The detector raised, or is not asked for now."""

    def __init__(self, reason: BypassReason) -> None:
        super().__init__(reason)
        self.reason: BypassReason = reason


class DetectorBreaker:
    """Guards the calls of one detector; safe to use from several threads."""

    def __init__(self, name: str, clock: Clock) -> None:
        self.name = name
        self._clock = clock
        self._lock = threading.Lock()
        self._in_row = 0
        self._open_until = 0.0
        self.failures = 0
        self.skipped = 0

    @property
    def is_open(self) -> bool:
        return self._open_until > self._clock.monotonic()

    def call(self, detect: Callable[[*Arguments], Result], *arguments: *Arguments) -> Result:
        """What `detect` returns; raises DetectorFailed with the reason, whatever it raised."""
        if self._open_until and not self._may_try():
            raise DetectorFailed("breaker_open")
        try:
            result = detect(*arguments)
        except TimeoutError:
            self._failed("timeout")
            raise DetectorFailed("timeout") from None
        except Exception as error:
            log.warning("detector %s failed: %s", self.name, type(error).__name__)
            if getattr(error, "is_of_text", False):
                self.failures += 1
                self._recovered()
            else:
                self._failed("error")
            raise DetectorFailed("error") from None
        if self._in_row:
            self._recovered()
        return result

    def _may_try(self) -> bool:
        """Whether this call is the one that tries it after a while; the others go on without."""
        with self._lock:
            if self._open_until and self.is_open:
                self.skipped += 1
                return False
            if self._open_until:
                self._open_until = self._clock.monotonic() + OPEN_S
            return True

    def _recovered(self) -> None:
        with self._lock:
            self._in_row = 0
            self._open_until = 0.0

    def _failed(self, reason: str) -> None:
        with self._lock:
            self.failures += 1
            self._in_row += 1
            if self._in_row >= FAILURES:
                self._open_until = self._clock.monotonic() + OPEN_S
                log.error("detector %s is left out for %g s: %s", self.name, OPEN_S, reason)
