"""The guard as services hold it: made when it is first needed, with the policies it knows.

Compiling patterns and reading weights takes a few hundred milliseconds: a console that nobody asks
for a verdict does not pay for it.
"""

import threading
from collections.abc import Callable, Sequence

from vedette.clock import Clock
from vedette.guard.engine import Caller, Guard, MakeDetector, Passage
from vedette.guard.policies import DEFAULT, PolicySet, bundled
from vedette.model.policy import Policy, Verdict


class GuardDesk:
    """Evaluates by the name of a policy. Safe to use from several threads."""

    def __init__(
        self, make: MakeDetector, clock: Clock, *, policies: Callable[[], PolicySet] = bundled
    ) -> None:
        self._make = make
        self._clock = clock
        self._read_policies = policies
        self._lock = threading.Lock()
        self._guard: Guard | None = None
        self._policies: PolicySet | None = None

    def evaluate(
        self,
        passages: Sequence[Passage],
        *,
        policy: str = "",
        detectors: Sequence[str] | None = None,
        caller: Caller | None = None,
    ) -> tuple[Policy, Verdict]:
        """The policy and its verdict; blocks for milliseconds (the first time: longer).

        Raises NotFound for an unknown policy and ConfigError for an unknown detector.
        """
        guard, policies = self._ready()
        chosen = policies.get(policy or DEFAULT)
        verdict = guard.evaluate(passages, chosen, detectors=detectors, caller=caller or Caller())
        return chosen, verdict

    @property
    def policies(self) -> PolicySet:
        """The policies it knows."""
        return self._ready()[1]

    def close(self) -> None:
        """Start nothing more."""
        if self._guard is not None:
            self._guard.close()

    def _ready(self) -> tuple[Guard, PolicySet]:
        with self._lock:
            if self._guard is None or self._policies is None:
                self._policies = self._read_policies()
                self._guard = Guard(self._make, self._clock)
            return self._guard, self._policies
