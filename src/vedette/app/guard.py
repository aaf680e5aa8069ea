"""Detectors by name for the guard; here they are found, nowhere else."""

import asyncio
import logging
import pkgutil
from collections.abc import Callable, Mapping
from functools import partial
from importlib.metadata import entry_points
from importlib.util import find_spec
from typing import Any

from msgspec.structs import replace

from vedette import detectors, plugins
from vedette.clock import Clock
from vedette.errors import BadRequest, ConfigError, NotFound, VedetteError
from vedette.gateway.breaker import Breaker
from vedette.gateway.exchange import Exchange
from vedette.gateway.guarding import Guardian
from vedette.gateway.stacks import Stacks
from vedette.gateway.wishes import POLICY
from vedette.guard.desk import GuardDesk
from vedette.guard.engine import Guard, Passage
from vedette.guard.foreign import foreign
from vedette.guard.policies import bundled
from vedette.guard.stacking import Origin
from vedette.model.governance import LivePolicy, PolicySnapshot
from vedette.model.policy import WHERES, Policy, Scope
from vedette.model.settings import CoreSettings, GuardSettings
from vedette.outbound import Reach
from vedette.ports.detector import Detector, Models

log = logging.getLogger(__name__)

_NAMED = 16
_NO_REACH = Reach()


def reach_of(settings: CoreSettings | GuardSettings) -> Reach:
    """How far detectors and webhooks may go, and with what they sign."""
    return Reach(settings.private_hosts, settings.webhook_secret)


def open_desk(
    clock: Clock, reach: Callable[[], Reach] = lambda: _NO_REACH,
    models: Callable[[str], Models | None] = lambda _project: None,
) -> GuardDesk:  # fmt: skip
    """The guard with the detectors of this installation and the bundled policies; anew where they
    may reach elsewhere than before."""

    def make(name: str, options: Mapping[str, Any]) -> Detector:
        return make_detector(name, options, reach=reach())

    return GuardDesk(make, clock, models=models, state=reach)


class Guards:
    """The guards of a gateway: one engine, made when the first policy asks for it."""

    def __init__(
        self, clock: Clock, organization_of: Callable[[str], str] = lambda _project: ""
    ) -> None:
        """`organization_of` says to which organization a project belongs."""
        self._clock = clock
        self._organization_of = organization_of
        self._engine: Guard | None = None
        self._stacks: Stacks | None = None
        self._snapshot: PolicySnapshot | None = None
        self._settings = GuardSettings()
        self._reach = _NO_REACH
        self._named: dict[tuple[str, int], tuple[GuardSettings, Guardian]] = {}
        self.breaker = Breaker("guard", clock)

    async def of(self, settings: GuardSettings) -> Guardian | None:
        """The guard of these settings, warm; None where no policy is set.

        Raises ConfigError where the policy names a detector that does not exist.
        """
        policy = settings.policy
        if policy is None:
            return None
        self._reach_as_far_as(settings)
        engine = await self._warm(policy)
        return Guardian(settings, policy, engine, self._clock, breaker=self.breaker)

    async def load(
        self, settings: GuardSettings, snapshot: PolicySnapshot | None = None
    ) -> Guardian | None:
        """Take these settings, and the policies of the console where they are new; returns the
        guard of the settings alone. Raises ConfigError as `of` does."""
        self._reach_as_far_as(settings)
        guardian = await self.of(settings)
        self._settings, self._snapshot = settings, snapshot or self._snapshot
        await self._restack()
        return guardian

    async def publish(self, snapshot: PolicySnapshot) -> None:
        """Take the policies of the console."""
        self._snapshot = snapshot
        await self._restack()

    def at_once(self, exchange: Exchange, guardian: Guardian | None) -> Guardian | None:
        """The guard of a call that wishes no other."""
        if self._stacks is not None:
            guardian = self._stacks.of(exchange)
        return guardian.for_caller(exchange) if guardian is not None else None

    async def for_call(
        self, exchange: Exchange, guardian: Guardian | None, settings: GuardSettings
    ) -> Guardian | None:
        """The guard of a call, whose own wish counts, too. Raises BadRequest."""
        wish = exchange.request.header(POLICY)
        if wish is None:
            return self.at_once(exchange, guardian)
        if self._stacks is not None:
            guardian = self._stacks.of(exchange)
        wished = await self._as_wished(wish.decode("latin-1"), guardian, settings)
        return wished.for_caller(exchange)

    async def _as_wished(
        self, named: str, guardian: Guardian | None, settings: GuardSettings
    ) -> Guardian:
        if guardian is not None and any(o.policy == named for o in guardian.origins.values()):
            return guardian
        return await self._with(named, guardian, settings)

    async def _with(
        self, named: str, guardian: Guardian | None, settings: GuardSettings
    ) -> Guardian:
        """The same guard with a bundled policy on top."""
        settings = settings if guardian is None else guardian.settings
        # The settings are kept with it, so that their identity stays theirs.
        key = (named, id(settings))
        if key not in self._named:
            more = with_policy(settings, named)
            assert more.policy is not None
            engine = await self._warm(more.policy)
            made = Guardian(
                more, more.policy, engine, self._clock, breaker=self.breaker,
                origins=_origins(guardian, named), sieve=guardian.sieve if guardian else None,
                organization_of=self._organization_of,
            )  # fmt: skip
            if guardian is not None:
                made.arms, made.versions = guardian.arms, f"{guardian.versions}, {named}@1"
            if len(self._named) >= _NAMED:
                self._named.clear()
            self._named[key] = (settings, made)
        return self._named[key][1]

    async def _restack(self) -> None:
        """Put the policies of the console over the configuration again. One that cannot be made
        here is left out, unless it wants calls to end then."""
        snapshot = self._snapshot
        if snapshot is None or snapshot == PolicySnapshot(version=snapshot.version):
            self._stacks = None
            return
        kept = [live for live in snapshot.policies if await self._can_be_made(live)]
        self._stacks = Stacks(
            self._settings, replace(snapshot, policies=tuple(kept)), self._made_engine(),
            self._clock, breaker=self.breaker, organization_of=self._organization_of,
        )  # fmt: skip

    async def _can_be_made(self, live: LivePolicy) -> bool:
        versions = [live.policy, live.trial.policy if live.trial else None]
        try:
            for policy in versions:
                if policy is not None:
                    await self._warm(policy)
        except VedetteError as error:
            log.error("policy %r cannot be taken: %s", live.name, error.message)
            rules = [rule for policy in versions if policy is not None for rule in policy.rules]
            return any(rule.on_error == "closed" and rule.mode == "enforce" for rule in rules)
        return True

    async def _warm(self, policy: Policy) -> Guard:
        engine = self._made_engine()
        everywhere = replace(
            policy, rules=tuple(replace(rule, scope=Scope()) for rule in policy.rules)
        )
        # Patterns and weights take some 100 ms.
        await asyncio.to_thread(_try, engine, everywhere)
        return engine

    def _made_engine(self) -> Guard:
        if self._engine is None:
            self._engine = Guard(partial(make_detector, reach=self._reach), self._clock)
        return self._engine

    def _reach_as_far_as(self, settings: GuardSettings) -> None:
        """Another engine where detectors may reach further than before, or less far."""
        reach = reach_of(settings)
        if reach != self._reach:
            self._reach, self._engine = reach, None

    def close(self) -> None:
        """Start nothing more in threads."""
        if self._engine is not None:
            self._engine.close()


def _try(engine: Guard, policy: Policy) -> None:
    """Make all detectors, and try those that ask nobody."""
    texts = [Passage(text="Hello.", where=where) for where in WHERES]
    engine.evaluate(texts, engine.alone(policy))


def with_policy(settings: GuardSettings, named: str) -> GuardSettings:
    """The settings with the rules of a bundled policy on top; never with fewer.

    Raises BadRequest where there is none of this name.
    """
    try:
        more = bundled().get(named)
    except NotFound as error:
        raise BadRequest(f"x-vedette-policy: {error.message}") from None
    policy = settings.policy
    if policy is None:
        return replace(settings, policy=more)
    if policy.name == more.name and policy.rules == more.rules:
        return settings
    rules = tuple(replace(rule, name=f"{named}:{rule.name}") for rule in more.rules)
    both = replace(policy, name=f"{policy.name}+{named}", rules=(*policy.rules, *rules))
    return replace(settings, policy=both)


def _origins(guardian: Guardian | None, named: str) -> dict[str, Origin]:
    """Where the rules come from when a bundled policy is put on top."""
    bundled_policy = bundled().get(named)
    version = bundled_policy.version
    more = {
        (f"{named}:{rule.name}" if guardian else rule.name): Origin(named, version, rule.name)
        for rule in bundled_policy.rules
    }
    if guardian is None:
        return more
    own = {
        rule.name: Origin(guardian.policy.name, guardian.policy.version, rule.name)
        for rule in guardian.policy.rules
    }
    return {**own, **guardian.origins, **more}


def make_detector(name: str, options: Mapping[str, Any], *, reach: Reach = _NO_REACH) -> Detector:
    """The detector of this name; raises ConfigError for an unknown one or wrong options."""
    known = detector_names()
    if name not in known:
        raise ConfigError(f"Unknown detector {name[:80]!r}. Known: {', '.join(known)}.")
    module = plugins.load("detectors", name)
    if getattr(module, "REACHES_OUT", False):
        if "reach" in options:
            raise ConfigError(f"{name}: unknown option 'reach'.")
        options = {**options, "reach": reach}
    if not module.__name__.startswith(f"{detectors.__name__}."):
        return foreign(name, module.create, options)
    made: Detector = module.create(options)
    return made


def detector_names() -> tuple[str, ...]:
    """Our own, then those of other packages."""
    own = [module.name for module in pkgutil.iter_modules(detectors.__path__) if not module.ispkg]
    others = [entry.name for entry in entry_points(group="vedette.detectors")]
    return tuple(dict.fromkeys((*sorted(own), *sorted(others))))


def usable_detectors() -> tuple[str, ...]:
    """The names of those that can be made here: without extras that are not installed."""
    names = detector_names()
    return tuple(name for name in names if _can_be_made(name))


def _can_be_made(name: str) -> bool:
    """Whether the packages are there that it cannot do without."""
    try:
        needed: tuple[str, ...] = getattr(plugins.load("detectors", name), "NEEDS", ())
    except ConfigError:
        return False
    return all(map(find_spec, needed))
