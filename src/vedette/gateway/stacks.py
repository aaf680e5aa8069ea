"""The policies of the console on the way of a call: which hold, and the guard that they make.

The policy of the configuration is the first of its level. What the same policies come to for the
same project is worked out once.
"""

from collections.abc import Callable
from typing import Protocol

from msgspec.structs import replace

from vedette.clock import Clock
from vedette.errors import BadRequest
from vedette.gateway.breaker import Breaker
from vedette.gateway.exchange import Exchange
from vedette.gateway.guarding import Guardian, caller_of
from vedette.gateway.wishes import POLICY
from vedette.guard.allowing import AllowBook
from vedette.guard.engine import Guard
from vedette.guard.stacking import Chosen, choose, stacked, thresholds_of
from vedette.model.governance import LivePolicy, PolicySnapshot, Sticky
from vedette.model.settings import GuardSettings

_KEPT = 1_024
_Key = tuple[object, ...]


class Guards(Protocol):
    """Finds the guard of a call: what the console and the caller add to the configuration."""

    def at_once(self, exchange: Exchange, guardian: Guardian | None) -> Guardian | None:
        """The guard of a call that wishes no other."""
        ...

    async def for_call(
        self, exchange: Exchange, guardian: Guardian | None, settings: GuardSettings
    ) -> Guardian | None:
        """The guard of a call, whose own wish counts, too. Raises BadRequest."""
        ...


class NoGuards:
    """A gateway without policies beside that of its configuration."""

    def at_once(self, exchange: Exchange, guardian: Guardian | None) -> Guardian | None:
        return guardian

    async def for_call(
        self, exchange: Exchange, guardian: Guardian | None, settings: GuardSettings
    ) -> Guardian | None:
        if exchange.request.header(POLICY) is not None:
            raise BadRequest("There are no policies here.")
        return guardian


class Stacks:
    """One snapshot of policies over one configuration."""

    def __init__(
        self, settings: GuardSettings, snapshot: PolicySnapshot, guard: Guard, clock: Clock, *,
        breaker: Breaker, organization_of: Callable[[str], str],
    ) -> None:  # fmt: skip
        self._settings = settings
        self._guard = guard
        self._clock = clock
        self._breaker = breaker
        self._organization_of = organization_of
        base = [LivePolicy(policy=settings.policy)] if settings.policy is not None else []
        self._policies = (*base, *snapshot.policies)
        self._allowed = AllowBook(snapshot.allowed, clock)
        self._thresholds = snapshot.thresholds
        self._guardians: dict[_Key, Guardian | None] = {}

    def of(self, exchange: Exchange) -> Guardian | None:
        """The guard of a call; None where no policy holds for it."""
        caller = caller_of(exchange, self._organization_of)

        def drawn_from(_name: str, sticky: Sticky) -> str:
            told = exchange.caller
            if sticky == "request":
                return exchange.request_id
            return told.session_id or told.user_id or caller.account or exchange.request_id

        chosen = choose(self._policies, caller, drawn_from)
        key = (caller.project, *((id(one.policy), one.arm) for one in chosen))
        if key not in self._guardians:
            if len(self._guardians) >= _KEPT:
                self._guardians.clear()
            self._guardians[key] = self._made(chosen, caller.project)
        return self._guardians[key]

    def _made(self, chosen: tuple[Chosen, ...], project_id: str) -> Guardian | None:
        if not chosen:
            return None
        stack = stacked(chosen, thresholds=thresholds_of(self._thresholds, project_id))
        settings = replace(self._settings, policy=stack.policy)
        guardian = Guardian(
            settings, stack.policy, self._guard, self._clock, breaker=self._breaker,
            origins=stack.origins, sieve=self._allowed.of(project_id, exempt=stack.exempt),
            organization_of=self._organization_of,
        )  # fmt: skip
        guardian.arms = ", ".join(f"{one.policy.name}:{one.arm}" for one in chosen if one.arm)
        guardian.versions = ", ".join(f"{one.policy.name}@{one.policy.version}" for one in chosen)
        return guardian
