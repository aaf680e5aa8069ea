"""Detectors by name for the guard; here they are found, nowhere else."""

import asyncio
import pkgutil
from collections.abc import Mapping
from importlib.metadata import entry_points
from typing import Any

from msgspec.structs import replace

from vedette import detectors, plugins
from vedette.clock import Clock
from vedette.errors import BadRequest, ConfigError, NotFound
from vedette.gateway.guarding import Guardian
from vedette.guard.desk import GuardDesk
from vedette.guard.engine import Guard, Passage
from vedette.guard.policies import bundled
from vedette.model.policy import WHERES, Policy
from vedette.model.settings import GuardSettings
from vedette.ports.detector import Detector

_NAMED = 16


def open_desk(clock: Clock) -> GuardDesk:
    """The guard with the detectors of this installation and the bundled policies."""
    return GuardDesk(make_detector, clock)


class Guards:
    """The guards of a gateway: one engine, made when the first policy asks for it."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._engine: Guard | None = None
        self._named: dict[tuple[str, int], tuple[GuardSettings, Guardian]] = {}

    async def of(self, settings: GuardSettings) -> Guardian | None:
        """The guard of these settings, warm; None where no policy is set.

        Raises ConfigError where the policy names a detector that does not exist.
        """
        policy = settings.policy
        if policy is None:
            return None
        engine = self._engine = self._engine or Guard(make_detector, self._clock)
        texts = [Passage(text="Hello.", where=where) for where in WHERES]
        # Patterns and weights take some 100 ms.
        await asyncio.to_thread(engine.evaluate, texts, policy)
        return Guardian(settings, policy, engine, self._clock)

    async def named(self, named: str, settings: GuardSettings) -> Guardian:
        """The guard of a call that asks for a bundled policy besides. Raises BadRequest."""
        # The settings are kept with it, so that their identity stays theirs.
        key = (named, id(settings))
        if key not in self._named:
            guardian = await self.of(with_policy(settings, named))
            assert guardian is not None
            if len(self._named) >= _NAMED:
                self._named.clear()
            self._named[key] = (settings, guardian)
        return self._named[key][1]

    def close(self) -> None:
        """Start nothing more in threads."""
        if self._engine is not None:
            self._engine.close()


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
    both = Policy(name=f"{policy.name}+{named}", rules=(*policy.rules, *rules))
    return replace(settings, policy=both)


def make_detector(name: str, options: Mapping[str, Any]) -> Detector:
    """The detector of this name; raises ConfigError for an unknown one or wrong options."""
    known = detector_names()
    if name not in known:
        raise ConfigError(f"Unknown detector {name[:80]!r}. Known: {', '.join(known)}.")
    made: Detector = plugins.load("detectors", name).create(options)
    return made


def detector_names() -> tuple[str, ...]:
    """Our own, then those of other packages."""
    own = [module.name for module in pkgutil.iter_modules(detectors.__path__) if not module.ispkg]
    others = [entry.name for entry in entry_points(group="vedette.detectors")]
    return tuple(dict.fromkeys((*sorted(own), *sorted(others))))
