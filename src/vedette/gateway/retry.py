"""Which target next, and when to stop trying.

Targets are tried in order, at once: another provider is quicker than waiting for this one. When
every target has failed, those that may recover are tried again after a pause (`Retry-After` where
the provider names one that is short enough, else exponential with full jitter), until the route's
attempts are used up or its retry budget is. A target that was silent (timeout) or said that trying
again is no use is not asked twice. The answers 400, 401, 403, 404, 413 and 422 are answers: they
end the search, unless the route says that a request too long or filtered goes to the next target.
"""

from collections.abc import Iterator, Sequence

import msgspec

from vedette.gateway.attempt import Failure
from vedette.gateway.waits import header, retry_after

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
    """The attempts of one exchange.

    `order` are the indexes of the targets. Every target is asked once; of `attempts` what is left
    goes into asking again.
    """

    def __init__(
        self, order: Sequence[int], attempts: int, *, skips: frozenset[str] = frozenset()
    ) -> None:
        self._attempts_left = max(len(order), attempts)
        self._order = tuple(order)
        self._skips = skips
        self._spent: set[int] = set()
        self._waits: dict[int, float] = {}
        self._round = 0
        self._queue: Iterator[int] = iter(self._order)
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

    @property
    def is_asking_again(self) -> bool:
        """Whether the attempt that `next` gave last goes to a target that has failed before."""
        return self._round > 0

    def failed(self, index: int, failure: Failure, now_s: float) -> bool:
        """Take note; False where this failure is the client's answer and ends the search."""
        if self.first is None or self.first.error is not None:
            self.first = failure
        if failure.error is not None or self._may_skip(failure):
            self._spent.add(index)
            return True
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

    def _may_skip(self, failure: Failure) -> bool:
        return failure.status in _REFUSALS and refusal(failure.body) in self._skips

    def _following(self) -> int | None:
        for index in self._queue:
            if index not in self._spent:
                return index
        if len(self._spent) == len(self._order):
            return None
        self._round += 1
        self._queue = iter(self._order)
        return next(index for index in self._queue if index not in self._spent)


class RetryBudget:
    """Keeps retries from multiplying the load on a provider that is already in trouble.

    Each call earns a fifth of a retry; a floor of one a second lets quiet routes retry. Only
    asking the same target again costs: another target bears no part of the trouble.
    (Finagle's RetryBudget.)
    """

    _EARNED = 0.2
    _MOST = 100.0
    _PER_S = 1.0

    def __init__(self) -> None:
        self._saved = 10.0
        self._at = 0.0

    def earn(self) -> None:
        """A call came in."""
        self._saved = min(self._MOST, self._saved + self._EARNED)

    def spend(self, now: float) -> bool:
        """Take a retry out; False where there is none left."""
        self._saved = min(self._MOST, self._saved + max(0.0, now - self._at) * self._PER_S)
        self._at = now
        if self._saved < 1.0:
            return False
        self._saved -= 1.0
        return True


_REFUSALS = frozenset({400, 413, 422})
_TOO_LONG = (
    b"context_length_exceeded", b"context_window", b"maximum context length",
    b"prompt is too long", b"input is too long", b"exceeds the maximum number of tokens",
    b"exceed context limit", b"too many tokens",
)  # fmt: skip
_FILTERED = (b"content_filter", b"content_policy_violation", b"ResponsibleAIPolicyViolation")


def refusal(body: bytes) -> str:
    """Why a provider refuses a request: `context_window`, `content_filter` or ""."""
    lowered = body[:16_384].lower()
    if any(word in lowered for word in _TOO_LONG):
        return "context_window"
    return "content_filter" if any(word.lower() in lowered for word in _FILTERED) else ""


def is_out_of_quota(failure: Failure) -> bool:
    """A 429 that no waiting mends."""
    return failure.status == 429 and b"insufficient_quota" in failure.body
