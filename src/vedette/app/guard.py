"""Detectors by name for the guard; here they are found, nowhere else."""

import pkgutil
from collections.abc import Mapping
from importlib.metadata import entry_points
from typing import Any

from vedette import detectors, plugins
from vedette.clock import Clock
from vedette.errors import ConfigError
from vedette.gateway.guarding import Guardian
from vedette.guard.desk import GuardDesk
from vedette.guard.engine import Guard, Passage
from vedette.model.policy import WHERES
from vedette.model.settings import GuardSettings
from vedette.ports.detector import Detector


def open_desk(clock: Clock) -> GuardDesk:
    """The guard with the detectors of this installation and the bundled policies."""
    return GuardDesk(make_detector, clock)


def open_guardian(settings: GuardSettings, guard: Guard, clock: Clock) -> Guardian | None:
    """The guard of a gateway, warm; None where no policy is set. Blocks for some 100 ms.

    Raises ConfigError where the policy names a detector that does not exist.
    """
    if settings.policy is None:
        return None
    guard.evaluate([Passage(text="Hello.", where=where) for where in WHERES], settings.policy)
    return Guardian(settings, settings.policy, guard, clock)


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
