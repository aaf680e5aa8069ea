"""In which state each target is, and was over the last hour.

The workers of this machine share one page of memory that says until when a target rests; the core
reads it every second. Of targets that have no place there the workers' reports tell.
"""

import threading
from collections import deque
from collections.abc import Iterable

from vedette.api.provider_shapes import QuotaStatus, State, StateSpan
from vedette.app.pages import open_pages
from vedette.app.reports import Reported
from vedette.app.watch import Target
from vedette.clock import Clock
from vedette.gateway.health import HealthBook, TargetHealth
from vedette.gateway.quotas import Quota, quota_name
from vedette.query.times import format_time

KEPT_NS = 3600 * 10**9
MOST_CHANGES = 500
"""Of one target; the oldest go first."""
MOST_TARGETS = 500
MOST_KEYS = 32

_STATES: dict[str, State] = {"closed": "closed", "open": "open", "half_open": "half_open"}


class TargetStates:
    """Looks at targets and remembers when they changed. Thread-safe."""

    def __init__(self, health_file: str, clock: Clock) -> None:
        self._clock = clock
        self._shared, self._quotas = open_pages(health_file, only_reads=True)
        self._changes: dict[Target, deque[tuple[int, State]]] = {}
        self._lock = threading.Lock()

    def book(self) -> HealthBook:
        """The health of all targets as the page has it, to be looked at."""
        return HealthBook(self._shared, self._quotas)

    def now(self, target: Target, reported: Reported) -> tuple[State, float | None]:
        """Its state, and for how many seconds it still rests."""
        if self._shared is None or self._shared.cell("/".join(target)) < 0:
            return _STATES.get(reported.state(target), "unknown"), None
        moment = self._clock.monotonic()
        health = TargetHealth(self._shared, "/".join(target))
        state = _STATES[health.state(moment)]
        return state, round(health.open_until - moment, 1) if state == "open" else None

    def quotas(self, target: Target) -> tuple[QuotaStatus, ...]:
        """What the provider said of its limits, for each of its keys that it said something of."""
        moment = self._clock.monotonic()
        found = []
        for key in range(MOST_KEYS) if self._quotas is not None else ():
            name = quota_name(*target, key)
            if self._quotas is None or self._quotas.cell(f"{name}#until") < 0:
                break
            quota = Quota(self._quotas, name)
            quota.look()
            if moment < quota.full_at:
                rests_s = max(quota.until - moment, 0.0)
                full_s = round(quota.full_at - moment, 1)
                found.append(
                    QuotaStatus(key=key, left=quota.left, rests_s=round(rests_s, 1), full_s=full_s)
                )
        return tuple(found)

    def look(self, targets: Iterable[Target], reported: Reported) -> None:
        """Note what has changed since the last look."""
        now_ns = self._clock.now_ns()
        with self._lock:
            for target in targets:
                changes = self._changes.get(target)
                if changes is None:
                    if len(self._changes) >= MOST_TARGETS:
                        continue
                    changes = self._changes[target] = deque(maxlen=MOST_CHANGES)
                state, _ = self.now(target, reported)
                if not changes or changes[-1][1] != state:
                    changes.append((now_ns, state))
                while len(changes) > 1 and changes[1][0] <= now_ns - KEPT_NS:
                    changes.popleft()

    def since(self, target: Target) -> int | None:
        """When the present state was first seen, nanoseconds."""
        with self._lock:
            changes = self._changes.get(target)
            return changes[-1][0] if changes else None

    def timeline(self, target: Target) -> tuple[StateSpan, ...]:
        """The last hour, oldest first, without gaps."""
        now_ns = self._clock.now_ns()
        with self._lock:
            changes = list(self._changes.get(target, ()))
        if not changes:
            return ()
        ends = [at for at, _ in changes[1:]] + [now_ns]
        return tuple(
            StateSpan(
                state=state,
                start_time=format_time(max(start, now_ns - KEPT_NS)),
                end_time=format_time(end),
            )
            for (start, state), end in zip(changes, ends, strict=True)
        )
