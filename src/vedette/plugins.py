"""Plug-ins by name: a module of ours by convention, else an entry point of somebody else's.

A plug-in is a module; what it must hold is said by the port of its kind. A distribution offers
one under the entry point group `vedette.<kind>`.
"""

import logging
import re
from importlib import import_module
from importlib.metadata import entry_points
from importlib.util import find_spec
from types import ModuleType

from vedette.errors import ConfigError

log = logging.getLogger(__name__)

_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")


def load(kind: str, name: str, *, otherwise: str = "") -> ModuleType:
    """Import plug-in `name` of a kind (`providers`, `detectors`, ...).

    Dots and dashes in a name stand as underscores in its module. Our own modules come first, so
    that nobody replaces one by installing a package. `otherwise` is the module of ours to take
    when there is none of that name; without it, none is ConfigError.
    """
    module = re.sub(r"[.-]", "_", name.lower())
    if _NAME.fullmatch(module) and find_spec(f"vedette.{kind}.{module}") is not None:
        return import_module(f"vedette.{kind}.{module}")
    for entry in entry_points(group=f"vedette.{kind}", name=name):
        try:
            found = entry.load()
        except Exception as error:
            log.warning("plug-in %s of vedette.%s cannot be loaded", name, kind, exc_info=True)
            raise ConfigError(
                f"Entry point {name!r} in group 'vedette.{kind}' cannot be loaded: "
                f"{type(error).__name__}: {error}."
            ) from error
        if not isinstance(found, ModuleType):
            raise ConfigError(f"Entry point {name!r} in group 'vedette.{kind}' is not a module.")
        return found
    if otherwise:
        return import_module(f"vedette.{kind}.{otherwise}")
    raise ConfigError(f"There is no plug-in {name!r} in vedette.{kind}. Is its package installed?")
