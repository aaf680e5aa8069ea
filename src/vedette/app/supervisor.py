"""`vedette serve`: binds the doors, starts the core and the workers, and keeps them running.

The supervisor holds the listening sockets, so a process that dies is replaced without a refused
connection. It alone reads the configuration; on SIGHUP or when the file changes it loads it
again and, if it is good, hands new snapshots to the children. It never touches a request.
"""

import asyncio
import logging
import os
import signal
import socket
import sys
from collections.abc import Sequence
from functools import partial
from operator import attrgetter
from typing import Literal

from vedette import logs
from vedette.app.banner import Banner
from vedette.app.changes import FileWatch, State, check_again, check_written, state_of
from vedette.app.children import Child, ChildFailed
from vedette.app.command import command
from vedette.app.counters import leased_file
from vedette.app.descriptors import allow_connections
from vedette.app.loop import run
from vedette.app.managed import merged
from vedette.app.secret import local_secret
from vedette.app.snapshot import (
    check_exposure,
    core_settings,
    counters_file,
    figures_file,
    gateway_settings,
    load_config,
    policies_file,
    prepare,
    run_paths,
)
from vedette.app.wiring import LoadCore, LoadGateway
from vedette.clock import SystemClock
from vedette.config.address import parse_address
from vedette.config.load import LoadedConfig
from vedette.errors import ConfigError, VedetteError
from vedette.tasks import Tasks

log = logging.getLogger(__name__)

Role = Literal["all", "gateway", "core"]
WATCH_S = 0.5
ECHO_S = 0.5
"""`timeout` and others send SIGTERM to a process and to its group: that is one wish, not two."""
BACKLOG = 4096


def serve(loaded: LoadedConfig, *, workers: int | None, role: Role) -> int:
    """Run until SIGTERM or SIGINT. Returns the exit code; raises ConfigError before any start."""
    check_exposure(loaded.config)
    return run(Supervisor(loaded, workers=workers, role=role).run())


class Supervisor:
    """One run of `vedette serve`."""

    def __init__(self, loaded: LoadedConfig, *, workers: int | None, role: Role) -> None:
        self._loaded = loaded
        self._role = role
        self._count = workers or loaded.config.gateway.workers
        self._clock = SystemClock()
        self._tasks = Tasks()
        self._version = 1
        self._core: Child | None = None
        self._workers: list[Child] = []
        self._listeners: list[socket.socket] = []
        self._banner = Banner(loaded)
        self._stopping = asyncio.Event()
        self._asked_at = 0.0
        """When it was asked to stop."""
        self._is_ready = False
        self._reload = asyncio.Event()
        self._reads_again = False
        """Whether a reload reads the configuration, too; else only the routes of the console."""
        self._routes_seen: State | None = None
        self._hash_key = b""

    async def run(self) -> int:
        config = self._loaded.config
        logs.setup(config.logging.level, config.logging.format, process="supervisor")
        self._handle_signals()
        if self._role != "core":
            allow_connections(config.gateway.limits.connections)
        paths = run_paths(config)
        try:
            prepare(paths)
            if paths.data is None and self._role != "gateway":
                # Nothing of profile `memory` outlives the run.
                paths.routes.unlink(missing_ok=True)
                counters = counters_file(paths)
                for file in (counters, leased_file(counters), policies_file(paths)):
                    file.unlink(missing_ok=True)
            self._hash_key = local_secret(paths.data)
            sockets = self._bind()
            if self._role == "all":
                figures_file(paths).unlink(missing_ok=True)
        except OSError as error:
            place, reason = paths.data or paths.routes.parent, (error.strerror or "").lower()
            print(f"vedette: Cannot write in {str(place)!r}: {reason}.", file=sys.stderr)
            return 1
        except ConfigError as error:
            print(f"vedette: {error.message}", file=sys.stderr)
            return 1
        try:
            await self._start(*sockets)
        except (ChildFailed, ConfigError) as error:
            was_asked = self._stopping.is_set()
            if not was_asked:
                print(f"vedette: {error}", file=sys.stderr)
            await self._stop()
            return 0 if was_asked else 1
        self._is_ready = True
        self._banner.ready()
        for child in self._children():
            self._tasks.keep(child.keep_alive, name=f"keeping {child.name} alive")
        self._tasks.keep(self._reload_when_asked, name="reload")
        self._tasks.keep(self._watch, name="watching of the configuration")
        await self._stopping.wait()
        await self._stop()
        return 0

    def _handle_signals(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, partial(self._stop_asked, number))
        loop.add_signal_handler(signal.SIGHUP, self._reload_asked)

    def _stop_asked(self, number: int) -> None:
        """The first time drains; who asks again does not want to wait."""
        now = self._clock.monotonic()
        if not self._stopping.is_set():
            self._stopping.set()
            self._asked_at = now
            if not self._is_ready:
                for child in self._children():
                    child.terminate()
        elif number == signal.SIGINT or now - self._asked_at > ECHO_S:
            log.warning("told to stop a second time: not waiting for running answers")
            for child in self._children():
                child.kill()

    def _reload_asked(self) -> None:
        self._reads_again = True
        self._reload.set()

    def _bind(self) -> tuple[socket.socket | None, socket.socket | None]:
        config = self._loaded.config
        gateway = console = None
        if self._role != "core":
            gateway = bind(config.gateway.listen, "gateway.listen")
            self._banner.gateway = address_of(gateway)
        if self._role != "gateway":
            console = bind(config.console.listen, "console.listen")
            self._banner.console = address_of(console)
        self._listeners = [door for door in (gateway, console) if door is not None]
        return gateway, console

    async def _start(self, gateway: socket.socket | None, console: socket.socket | None) -> None:
        """Everything at once: the workers do not wait for the core."""
        starting = []
        for_workers, for_core = self._orders(self._loaded, self._version)
        if console is not None:
            self._core = Child("core", "vedette.app.core", console, clock=self._clock)
            starting.append(self._core.start(for_core))
        if gateway is not None:
            for index in range(self._count):
                name = f"w{index}"
                worker = Child(
                    name, "vedette.app.worker", gateway, clock=self._clock, arguments=(name,)
                )
                self._workers.append(worker)
                starting.append(worker.start(for_workers))
        await asyncio.gather(*starting)

    def _children(self) -> Sequence[Child]:
        return [*self._workers, *([self._core] if self._core is not None else [])]

    def _orders(self, loaded: LoadedConfig, version: int) -> tuple[LoadGateway, LoadCore]:
        """What to tell workers and core. Raises ConfigError: files of credentials are read here."""
        routes = run_paths(loaded.config).routes
        self._routes_seen = state_of(routes)
        together = merged(loaded.config, routes)
        gateway = gateway_settings(together, version=version, hash_key=self._hash_key)
        core = core_settings(
            loaded.config, version=version, hash_key=self._hash_key, origin=loaded.origin,
            gateway_url=f"http://{self._banner.gateway}" if self._banner.gateway else "",
            command=command(),
        )  # fmt: skip
        return LoadGateway(gateway), LoadCore(core)

    async def _reload_when_asked(self) -> None:
        while True:
            await self._reload.wait()
            self._reload.clear()
            await self._load_again()

    async def _load_again(self) -> None:
        """A bad file changes nothing; what is wrong with it is said."""
        loaded, reads, self._reads_again = self._loaded, self._reads_again, False
        try:
            if reads:
                check_again(loaded.path)
                loaded = await asyncio.to_thread(load_config, loaded.path, os.environ)
                check_written(self._loaded, loaded)
                check_exposure(loaded.config, loaded.origin)
            orders = self._orders(loaded, self._version + 1)
        except VedetteError as error:
            log.error("configuration not reloaded, the old one stays: %s", error.message)
            return
        fixed = _needs_restart(self._loaded, loaded)
        if fixed:
            log.warning("these settings change only with a restart: %s", ", ".join(fixed))
        self._version += 1
        self._loaded = loaded
        settings = loaded.config.logging
        logs.setup(settings.level, settings.format, process="supervisor")
        for child in self._children():
            try:
                await child.reload(orders[child is self._core])
            except ChildFailed as error:
                log.error("%s did not take the new configuration: %s", child.name, error)
        what = "configuration" if reads else "routes of the console"
        log.info("%s reloaded (version %d)", what, self._version)

    async def _watch(self) -> None:
        files = FileWatch(self._loaded)
        routes = run_paths(self._loaded.config).routes
        while True:
            await asyncio.sleep(WATCH_S)
            if files.has_changed(self._loaded):
                self._reload_asked()
            if state_of(routes) != self._routes_seen:
                self._reload.set()

    async def _stop(self) -> None:
        """Workers first: their last records go to a core that still listens."""
        await self._tasks.drain()
        # The children close their own: now connections are refused instead of left waiting.
        for listener in self._listeners:
            listener.close()
        drain_s = self._loaded.config.gateway.limits.drain_s
        await asyncio.gather(*(worker.stop(grace_s=drain_s + 10) for worker in self._workers))
        if self._core is not None:
            await self._core.stop(grace_s=15)
        self._banner.take_down()


def bind(address: str, setting: str) -> socket.socket:
    """A listening socket. Raises ConfigError that names the setting and what to do."""
    host, port = parse_address(address)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise ConfigError(
            f"Cannot listen on {address} ({setting}): {error.strerror}. "
            "Is Vedette running already? Choose another port in the configuration."
        ) from error
    listener.setblocking(False)
    return listener


def address_of(listener: socket.socket) -> str:
    """`host:port` as a URL writes it."""
    host, port = listener.getsockname()[:2]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


_FIXED = (
    "gateway.listen", "gateway.workers", "console", "storage", "redis", "capture.max_body_bytes",
    "otlp", "audit", "cache.shared_max_bytes", "drift.watch", "drift.baseline_calls",
    "drift.calls_per_false_alarm", "drift.cpu_share",
)  # fmt: skip


def _needs_restart(old: LoadedConfig, new: LoadedConfig) -> list[str]:
    return [name for name in _FIXED if attrgetter(name)(old.config) != attrgetter(name)(new.config)]
