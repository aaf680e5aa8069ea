"""How each target is doing, from what passes by and from free probes.

States of a target:

    closed --(FAILURES in a row)--> open --(cooldown over, or a probe answered)--> half-open
    half-open --(trial succeeds)--> closed, slowly: its share grows over SLOW_START_S
    half-open --(trial fails)--> open, for twice as long

An open target is asked only when every other is open too. Half-open means one trial at a time.
What the provider itself says (`Retry-After` with 429 or 503) sets the cooldown. Refusals that are
the client's business (4xx) say nothing about health.

A target whose limits at the provider are used up (`quotas`) is asked after those that have some
left.

Latency is a peak EWMA (Finagle): it jumps to a peak at once and forgets it slowly, so that a
target that has become slow is avoided within one answer. Time to first output counts for streams,
the whole time for other answers; they are kept apart.
"""

import math

from vedette.gateway.quotas import Quota, SharedQuotas, quota_name
from vedette.gateway.shared_health import SharedHealth

FAILURES = 3
"""Failures in a row that open a target; two where it does not even accept connections."""
UNREACHABLE = frozenset({"connect_refused", "dns_failure", "connect_timeout", "connect_failed"})
LONGEST_COOLDOWN_S = 60.0
_MOST_DOUBLINGS = 32
"""Of a cooldown: a thousand of them are more than a number holds."""
SLOW_START_S = 30.0
_DECAY_S = 10.0
_LEAST_SHARE = 0.1


class TargetHealth:
    """One provider and model, as this worker sees it; `shared` tells the other workers."""

    __slots__ = (
        "_cell", "_error_at", "_errors", "_opened", "_recovered_at", "_shared", "_trial",
        "cooldown_s", "failures", "in_flight", "last_error", "last_seen", "open_until", "quotas",
        "streamed", "whole",
    )  # fmt: skip

    def __init__(self, shared: "SharedHealth | None" = None, name: str = "") -> None:
        self.streamed = PeakEwma()
        self.whole = PeakEwma()
        self.quotas: tuple[Quota, ...] = ()
        """What the provider said of its limits, for each of its keys."""
        self.in_flight = 0
        self.failures = 0
        self.open_until = 0.0
        self.cooldown_s = 10.0
        self.last_error = ""
        self.last_seen = -math.inf
        """When it last answered anything."""
        self._opened = 0
        self._trial = False
        self._recovered_at = -math.inf
        self._errors = 0.0
        self._error_at = 0.0
        self._cell = shared.cell(name) if shared is not None else -1
        self._shared = shared if self._cell >= 0 else None

    @property
    def was_seen(self) -> bool:
        """Whether it has ever answered."""
        return self.last_seen > -math.inf

    def state(self, now: float) -> str:
        """`closed`, `open` or `half_open`."""
        self._read_shared()
        if self.open_until == 0.0:
            return "closed"
        return "open" if now < self.open_until else "half_open"

    def may_try(self, now: float) -> bool:
        """Whether to send a call there: not while open, and one at a time while half-open."""
        if self._shared is not None:
            self._read_shared()
        if self.open_until == 0.0:
            return True
        return now >= self.open_until and not self._trial

    def share(self, now: float) -> float:
        """In (0, 1]: how much of its usual load it should get; small after a recovery."""
        age = now - self._recovered_at
        share = 1.0 if age >= SLOW_START_S else max(_LEAST_SHARE, age / SLOW_START_S)
        return min(share, max((quota.share(now) for quota in self.quotas), default=1.0))

    def is_spent(self, now: float) -> bool:
        """Whether none of its keys has anything left of the provider's own limits."""
        for quota in self.quotas:
            if not quota.is_spent(now):
                return False
        return bool(self.quotas)

    def spent_until(self) -> float:
        """When the first of its keys has something left again."""
        return min((quota.until for quota in self.quotas), default=0.0)

    def cost(self, now: float, *, stream: bool) -> float:
        """What another call there is expected to cost: latency x load, more where calls fail."""
        ewma = self.streamed if stream else self.whole
        failing = self._errors * math.exp((self._error_at - now) / _DECAY_S)
        return ewma.value() * (self.in_flight + 1) * (1.0 + 4.0 * failing) / self.share(now)

    def begun(self, now: float) -> None:
        """A call goes there."""
        self.in_flight += 1
        if self.open_until and now >= self.open_until:
            self._trial = True

    def answered(self, now: float, seconds: float | None, *, stream: bool) -> None:
        """It works; `seconds` as the latency is defined above, None where it was not taken."""
        self.failures = 0
        self.last_seen = now
        if self._errors:
            self._errors *= math.exp((self._error_at - now) / _DECAY_S)
            self._error_at = now
        if seconds is not None:
            (self.streamed if stream else self.whole).add(seconds, now)
        if self.open_until:
            self._recovered_at = now
            self._open(0.0)
            self._opened = 0

    def ended(self) -> None:
        """The call is over, well or in a way that says nothing of the target."""
        if self.in_flight:
            self.in_flight -= 1
        self._trial = False

    def failed(self, now: float, code: str, retry_after_s: float | None = None) -> None:
        """The call is over: it did not answer, or with an error of its own."""
        self.ended()
        self.failures += 1
        self.last_error = code
        self._errors = self._errors * math.exp((self._error_at - now) / _DECAY_S) + 1.0
        self._error_at = now
        limit = 2 if code in UNREACHABLE else FAILURES
        if retry_after_s is not None and code in _ASKS_FOR_REST:
            self._open(now + min(retry_after_s, LONGEST_COOLDOWN_S))
        elif self.open_until or self.failures >= limit:
            doublings = min(self._opened, _MOST_DOUBLINGS)
            wait = min(self.cooldown_s * 2.0**doublings, LONGEST_COOLDOWN_S)
            self._opened += 1
            self._open(now + wait)

    def probed(self, now: float, *, alive: bool) -> None:
        """A free probe was answered, or not."""
        if alive:
            self.last_seen = now
            if self.open_until > now and self.last_error not in _ASKS_FOR_REST:
                self._open(now)
        elif self.open_until <= now:
            self.last_error = "probe_failed"
            self._open(now + self.cooldown_s)

    def _open(self, until: float) -> None:
        self.open_until = until
        if self._shared is not None:
            self._shared.write(self._cell, until)

    def _read_shared(self) -> None:
        if self._shared is None:
            return
        until = self._shared.read(self._cell)
        if until != self.open_until:
            if self.open_until and not until:
                self._recovered_at = self.last_seen
            self.open_until = until


_ASKS_FOR_REST = frozenset({"http_429", "http_503", "http_529"})


class PeakEwma:
    """An average that follows peaks at once and forgets them over `_DECAY_S`."""

    __slots__ = ("_at", "_value")

    def __init__(self) -> None:
        self._value = 0.0
        self._at = 0.0

    def add(self, seconds: float, now: float) -> None:
        if seconds > self._value:
            self._value = seconds
        else:
            weight = math.exp((self._at - now) / _DECAY_S)
            # One quick answer is not yet a quick target.
            weight = max(weight, 0.5)
            self._value = self._value * weight + seconds * (1.0 - weight)
        self._at = now

    @property
    def is_known(self) -> bool:
        """Whether there was anything to average."""
        return self._value > 0.0

    def value(self) -> float:
        """Seconds; for a target never asked next to nothing, so that it is tried."""
        return self._value or 1e-3


class HealthBook:
    """The health of all targets of a worker; it outlives a reload of the configuration."""

    def __init__(
        self, shared: SharedHealth | None = None, quotas: SharedQuotas | None = None
    ) -> None:
        self._shared = shared
        self._quotas = quotas
        self.targets: dict[tuple[str, str], TargetHealth] = {}

    def of(self, provider: str, model: str, keys: int = 0) -> TargetHealth:
        """The health of a target, the same object each time; with a quota for each key."""
        health = self.targets.get((provider, model))
        if health is None:
            health = TargetHealth(self._shared, f"{provider}/{model}")
            if len(self.targets) < _MOST:
                self.targets[provider, model] = health
        if len(health.quotas) < keys:
            health.quotas = tuple(
                Quota(self._quotas, quota_name(provider, model, key)) for key in range(keys)
            )
        return health


_MOST = 4096
