"""Routes that were made in the console: `routes.json` in the data directory.

The core writes the file, whole or not at all; supervisor and core read it and put its routes
behind those of the configuration. A route that the configuration has, too, or that no longer fits
it (its provider is gone) stays in the file and has no effect, and that is said.
"""

import logging
import os
import threading
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from vedette.clock import Clock
from vedette.config.checks import provider_names
from vedette.config.errors import ConfigProblems
from vedette.config.load import read_routes
from vedette.config.route import RouteConfig
from vedette.config.schema import Config
from vedette.errors import Conflict, NotFound, StoreError

log = logging.getLogger(__name__)

MOST_ROUTES = 1_000
MOST_BYTES = 8_388_608


class ManagedRoute(msgspec.Struct, frozen=True, kw_only=True):
    """A route as it stands in the file."""

    version: int
    """Grows with every change of the file: a name that is used again has another one."""
    updated_ns: int
    route: dict[str, Any]
    """As `routes[]` of the configuration has it."""

    @property
    def model(self) -> str:
        return str(self.route.get("model", ""))


class RoutesFile(msgspec.Struct, frozen=True, kw_only=True):
    """The whole file."""

    revision: int = 0
    routes: tuple[ManagedRoute, ...] = ()


class Judged(msgspec.Struct, frozen=True):
    """A managed route and whether it fits the configuration."""

    managed: ManagedRoute
    config: RouteConfig | None
    """None where it has no effect."""
    problem: str


def read_file(path: Path) -> RoutesFile:
    """What the file says; nothing where there is none. Raises StoreError where it is damaged."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return RoutesFile()
    except OSError as error:
        raise StoreError(f"Cannot read {path.name}: {error.strerror}.") from None
    try:
        if len(content) > MOST_BYTES:
            raise msgspec.DecodeError(f"it has {len(content)} bytes")
        return msgspec.json.decode(content, type=RoutesFile)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise StoreError(f"{path.name} is damaged ({error}). Mend it or delete it.") from None


def judge(managed: ManagedRoute, *, providers: Collection[str], taken: Collection[str]) -> Judged:
    """Whether a route fits beside the routes of the configuration, whose names are `taken`."""
    if managed.model in taken:
        return Judged(managed, None, "The configuration has a route of this name: that one counts.")
    try:
        return Judged(managed, read_routes([managed.route], providers)[0], "")
    except ConfigProblems as error:
        told = (f"{problem.key.partition('.')[2]}: {problem.message}" for problem in error.problems)
        return Judged(managed, None, "; ".join(told))


def merged(config: Config, path: Path) -> Config:
    """The configuration with the managed routes behind its own; what is wrong with them is
    logged."""
    taken = {route.model for route in config.routes}
    try:
        stored = read_file(path)
    except StoreError as error:
        log.error("routes made in the console are left out: %s", error.message)
        return config
    more = []
    for managed in stored.routes:
        judged = judge(managed, providers=provider_names(config), taken=taken)
        if judged.config is None:
            log.warning("route %r of the console has no effect: %s", managed.model, judged.problem)
        else:
            more.append(judged.config)
    return config.model_copy(update={"routes": (*config.routes, *more)})


class ManagedRoutes:
    """Changes the file; one process does. Thread-safe. `model` is a route's name."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path = path
        self._clock = clock
        self._lock = threading.Lock()

    def read(self) -> RoutesFile:
        """Raises StoreError where the file is damaged."""
        return read_file(self._path)

    def stamp(self) -> tuple[int, int, int] | None:
        """Another after every change; None where there is no file."""
        try:
            stat = self._path.stat()
        except OSError:
            return None
        return stat.st_mtime_ns, stat.st_size, stat.st_ino

    def add(self, route: Mapping[str, Any]) -> ManagedRoute:
        """Put a route behind the others. Raises Conflict where its name is taken."""
        with self._lock:
            stored = self.read()
            if len(stored.routes) >= MOST_ROUTES:
                raise Conflict(f"There are {MOST_ROUTES} routes. Delete one first.")
            made = self._made(stored, route)
            if any(one.model == made.model for one in stored.routes):
                raise Conflict(f"There is a route {made.model!r} already.")
            self._write(stored, (*stored.routes, made))
        return made

    def change(self, model: str, route: Mapping[str, Any], *, version: int) -> ManagedRoute:
        """Put another in its place. Raises NotFound, or Conflict where the version differs or the
        new name is taken."""
        with self._lock:
            stored = self.read()
            _check(stored, model, version)
            made = self._made(stored, route)
            others = {one.model for one in stored.routes} - {model}
            if made.model in others:
                raise Conflict(f"There is a route {made.model!r} already.")
            self._write(stored, tuple(made if one.model == model else one for one in stored.routes))
        return made

    def remove(self, model: str, *, version: int) -> None:
        """Raises NotFound, or Conflict where the version differs."""
        with self._lock:
            stored = self.read()
            _check(stored, model, version)
            self._write(stored, tuple(one for one in stored.routes if one.model != model))

    def _made(self, stored: RoutesFile, route: Mapping[str, Any]) -> ManagedRoute:
        return ManagedRoute(
            version=stored.revision + 1, updated_ns=self._clock.now_ns(), route=dict(route)
        )

    def _write(self, stored: RoutesFile, routes: tuple[ManagedRoute, ...]) -> None:
        content = msgspec.json.encode(replace(stored, revision=stored.revision + 1, routes=routes))
        if len(content) > MOST_BYTES:
            raise Conflict("The routes made in the console are larger than 8 MiB. Delete some.")
        draft = self._path.with_name(f"{self._path.name}.{os.getpid()}")
        try:
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(msgspec.json.format(content, indent=1))
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self._path)
        except OSError as error:
            raise StoreError(f"Cannot write {self._path.name}: {error.strerror}.") from None


class VersionDiffers(Conflict):
    """The route changed since it was read."""


def _check(stored: RoutesFile, model: str, version: int) -> None:
    found = next((one for one in stored.routes if one.model == model), None)
    if found is None:
        raise NotFound(f"There is no route {model!r} that was made here.")
    if found.version != version:
        raise VersionDiffers(
            f"The route {model!r} is no longer at version {version}. Load it and try again."
        )
