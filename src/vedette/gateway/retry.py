"""Which target next, and when to stop trying.

Targets are tried in order, at once: another provider is quicker than waiting for this one. When
every target has failed, those that may recover are tried again after a pause (`Retry-After` where
the provider names one that is short enough, else exponential with full jitter), until the route's
attempts are used up. A target that was silent (timeout) or said that trying again is no use is
not asked twice. The answers 400, 401, 403, 404, 413 and 422 are answers: they end the search.
"""

from collections.abc import Iterator
from email.utils import parsedate_to_datetime

import msgspec

from vedette.gateway.attempt import Failure, Headers
from vedette.gateway.directory import Plan

RETRY_STATUSES = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
LONGEST_WAIT_S = 10.0
_FIRST_WAIT_S = 0.25
_LONGEST_BACKOFF_S = 5.0


class Next(msgspec.Struct, frozen=True):
    """The next attempt: which target, after which pause, and whether it is the last."""

    target: int
    wait_s: float
    is_last: bool


class Schedule:
    """The attempts of one exchange."""

    def __init__(self, plan: Plan) -> None:
        self._attempts_left = plan.attempts
        self._count = len(plan.targets)
        self._spent: set[int] = set()
        self._waits: dict[int, float] = {}
        self._round = 0
        self._queue: Iterator[int] = iter(range(self._count))
        self.first: Failure | None = None

    def next(self, chance: float) -> Next | None:
        """The next attempt, None when there is none. `chance` in [0, 1) is the jitter."""
        if self._attempts_left == 0:
            return None
        index = self._following()
        if index is None:
            return None
        self._attempts_left -= 1
        wait_s = 0.0
        if self._round:
            backoff = min(_FIRST_WAIT_S * 2.0 ** (self._round - 1), _LONGEST_BACKOFF_S)
            wait_s = self._waits.get(index, backoff * (0.5 + chance / 2))
        return Next(index, wait_s, self._attempts_left == 0)

    def failed(self, index: int, failure: Failure, now_s: float) -> bool:
        """Take note; False where this failure is the client's answer and ends the search."""
        if self.first is None:
            self.first = failure
        if failure.status and failure.status not in RETRY_STATUSES:
            self.first = failure
            return False
        wait_s = retry_after(failure.headers, now_s)
        told_not_to = header(failure.headers, b"x-should-retry") == b"false"
        if failure.is_timeout or told_not_to or is_out_of_quota(failure):
            self._spent.add(index)
        elif wait_s is not None and wait_s > LONGEST_WAIT_S:
            self._spent.add(index)
        elif wait_s is not None:
            self._waits[index] = wait_s
        return True

    def _following(self) -> int | None:
        for index in self._queue:
            if index not in self._spent:
                return index
        if len(self._spent) == self._count:
            return None
        self._round += 1
        self._queue = iter(range(self._count))
        return next(index for index in self._queue if index not in self._spent)


def header(headers: Headers, wanted: bytes) -> bytes | None:
    """The first value of a header."""
    return next((value for name, value in headers if name == wanted), None)


def retry_after(headers: Headers, now_s: float) -> float | None:
    """Seconds a provider asks to wait, in any of its forms; None where it does not."""
    for name in (b"retry-after-ms", b"x-ms-retry-after-ms"):
        seconds = _number(header(headers, name))
        if seconds is not None:
            return seconds / 1e3
    value = header(headers, b"retry-after")
    seconds = _number(value)
    if seconds is not None or value is None:
        return seconds
    try:
        return max(0.0, parsedate_to_datetime(value.decode("latin-1")).timestamp() - now_s)
    except ValueError:
        return None


def is_out_of_quota(failure: Failure) -> bool:
    """A 429 that no waiting mends."""
    return failure.status == 429 and b"insufficient_quota" in failure.body


def _number(value: bytes | None) -> float | None:
    try:
        seconds = float(value) if value is not None else -1.0
    except ValueError:
        return None
    return seconds if 0.0 <= seconds < 1e9 else None
