"""The guard as services hold it: made when it is first needed, with the policies it knows.

Compiling patterns and reading weights takes a few hundred milliseconds: a console that nobody asks
for a verdict does not pay for it.
"""

import threading
from collections.abc import Callable, Sequence

from msgspec.structs import replace

from vedette.clock import Clock
from vedette.guard.allowing import AllowBook
from vedette.guard.engine import Caller, Guard, MakeDetector, Passage
from vedette.guard.policies import DEFAULT, PolicySet, bundled
from vedette.guard.stacking import Chosen, stacked, thresholds_of
from vedette.model.governance import PolicySnapshot
from vedette.model.policy import Policy, Rule, Scope, Verdict
from vedette.ports.detector import Models


class GuardDesk:
    """Evaluates by the name of a policy. Safe to use from several threads."""

    def __init__(
        self, make: MakeDetector, clock: Clock, *, policies: Callable[[], PolicySet] = bundled,
        models: Callable[[str], Models | None] = lambda _project: None,
        state: Callable[[], object] = lambda: None,
    ) -> None:  # fmt: skip
        """`models` are those that detectors may ask in the name of a project. When `state` is
        another than before, all detectors are made anew."""
        self._make = make
        self._clock = clock
        self._read_policies = policies
        self._models = models
        self._state = state
        self._made_in: object = None
        self._lock = threading.Lock()
        self._guard: Guard | None = None
        self._bundled: PolicySet | None = None
        self._snapshot = PolicySnapshot()

    def evaluate(
        self,
        passages: Sequence[Passage],
        *,
        policy: str = "",
        detectors: Sequence[str] | None = None,
        caller: Caller | None = None,
    ) -> tuple[Policy, Verdict]:
        """The policy and its verdict; blocks for milliseconds (the first time: longer).

        Allow-lists and thresholds of the caller's project hold. Raises NotFound for an unknown
        policy and ConfigError for an unknown detector.
        """
        chosen = self.policies.get(policy or DEFAULT)
        return chosen, self.try_policy(passages, chosen, detectors=detectors, caller=caller)

    def try_policy(
        self, passages: Sequence[Passage], policy: Policy, *, caller: Caller | None = None,
        detectors: Sequence[str] | None = None,
    ) -> Verdict:  # fmt: skip
        """What a policy says, whether or not it is in force; whose calls it is for does not
        matter, what its rules say of that does where there is a caller."""
        guard, _ = self._ready()
        snapshot, project = self._snapshot, caller.project if caller else ""
        thresholds = thresholds_of(snapshot.thresholds, project)
        everybodys = replace(policy, scope=Scope())
        stack = stacked([Chosen(everybodys)], thresholds=thresholds)
        sieve = AllowBook(snapshot.allowed, self._clock).of(project, exempt=stack.exempt)
        return guard.evaluate(
            passages, stack.policy, detectors=detectors, caller=caller or Caller(), sieve=sieve,
            models=self._models(project),
        )  # fmt: skip

    def go_on(
        self, passages: Sequence[Passage], policy: Policy, *, project: str, exempt: frozenset[str]
    ) -> Verdict:
        """What rules say that were stacked already, thresholds and all; `exempt` are the names of
        those that allow no exception."""
        guard, _ = self._ready()
        return guard.evaluate(
            passages, policy, caller=Caller(project=project), models=self._models(project),
            sieve=AllowBook(self._snapshot.allowed, self._clock).of(project, exempt=exempt),
        )  # fmt: skip

    def waits(self, policy: str, detectors: Sequence[str] | None) -> bool:
        """Whether evaluating may mean to wait for models or web services. Raises as `evaluate`."""
        chosen = self.policies.get(policy or DEFAULT)
        if detectors is None:
            return self.engine.waits(chosen)
        rules = [rule for rule in chosen.rules if rule.detector in detectors]
        rules += [Rule(name=f"asked:{name}", detector=name) for name in detectors]
        return self.engine.waits(replace(chosen, rules=tuple(rules)))

    def take(self, snapshot: PolicySnapshot) -> None:
        """Know the policies of the console, and the exceptions, from now on."""
        self._snapshot = snapshot

    @property
    def policies(self) -> PolicySet:
        """The policies it knows: bundled ones, and those of the console that are in force."""
        _, own = self._ready()
        live = [one.policy for one in self._snapshot.policies if one.policy is not None]
        return PolicySet([*map(own.get, own.names), *live])

    @property
    def bundled(self) -> PolicySet:
        """Those that come with Vedette."""
        return self._ready()[1]

    @property
    def engine(self) -> Guard:
        """For whoever evaluates a great many texts."""
        return self._ready()[0]

    def close(self) -> None:
        """Start nothing more."""
        if self._guard is not None:
            self._guard.close()

    def _ready(self) -> tuple[Guard, PolicySet]:
        with self._lock:
            state = self._state()
            if self._guard is None or self._bundled is None or state != self._made_in:
                # Who looks just now goes on with the one there was.
                self._bundled = self._bundled or self._read_policies()
                self._guard, self._made_in = Guard(self._make, self._clock), state
            return self._guard, self._bundled
