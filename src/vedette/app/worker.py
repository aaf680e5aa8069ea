"""A gateway worker: the data plane in a process of its own.

Started by the supervisor with the listening socket and one end of a control line. It imports
neither pydantic nor a database. When the control line ends, the supervisor is gone and the
worker drains.
"""

import asyncio
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable, Mapping, Sequence

from msgspec.structs import replace

from vedette import logs
from vedette.app.answers import Answers
from vedette.app.counters import open_counters, open_lessee, sweep
from vedette.app.guard import Guards
from vedette.app.loop import run, spare_collector
from vedette.app.pages import open_pages
from vedette.app.sinks import open_sink
from vedette.app.wiring import Failed, Line, LoadGateway, Ready, obey
from vedette.clock import SystemClock
from vedette.costs.own_prices import OwnPrices
from vedette.costs.price_files import PriceWatch
from vedette.errors import VedetteError
from vedette.gateway import gauges
from vedette.gateway.admission import Gate
from vedette.gateway.breaker import Breaker
from vedette.gateway.directory import Directory, Target, Upstream
from vedette.gateway.doors import Doors
from vedette.gateway.fetching import Fetcher
from vedette.gateway.handler import Gateway
from vedette.gateway.health import HealthBook, TargetHealth
from vedette.gateway.identify import Gatekeeper
from vedette.gateway.listing import ModelListing
from vedette.gateway.meters import (
    ACTIVE,
    CONNECTIONS,
    FAMILIES,
    QUEUE,
    RECORDS,
    RIM_REFUSALS,
    STAGE_FAILURES,
    STAGE_SKIPS,
    Meters,
)
from vedette.gateway.probes import Prober
from vedette.gateway.runtime import Runtime
from vedette.gateway.services import Services
from vedette.gateway.stages import Labels, Metering, Recording, Stage, Stages
from vedette.gateway.tenants import LOOK_S, SnapshotFile, Tenants
from vedette.gateway.tokens import Tokens
from vedette.http1.client import Origin, Pool
from vedette.http1.deadlines import Deadlines
from vedette.http1.server import Server
from vedette.metrics import Sample, render
from vedette.model.exchange import ExchangeRecord
from vedette.model.governance import PolicySnapshot
from vedette.model.settings import GatewaySettings, ProviderSettings
from vedette.model.tenant import DEFAULT, AccessSnapshot
from vedette.model.usage import Usage
from vedette.model.wire import Report
from vedette.plugins import load
from vedette.sim.server import SimServer, start_sim
from vedette.tasks import FAILURES, Tasks

log = logging.getLogger(__name__)


class Worker:
    """Everything one worker process is made of."""

    def __init__(
        self, name: str, settings: GatewaySettings, *, stages: Sequence[Stage] = (),
        on_record: Callable[[ExchangeRecord], None] | None = None,
    ) -> None:  # fmt: skip
        """`stages` come after the built-in ones; `on_record` hears of every finished exchange."""
        self._clock = clock = SystemClock()
        self._deadlines = Deadlines(clock)
        self._tasks = Tasks()
        self._fetcher = Fetcher(clock, self._deadlines)
        self._tokens = Tokens(clock, self._fetcher, self._deadlines, self._tasks)
        self._keys_file = SnapshotFile(settings.access_file, AccessSnapshot)
        self._tenants = Tenants(AccessSnapshot())
        self._guards = Guards(clock, self._organization_of)
        self._policies_file = SnapshotFile(settings.policies_file, PolicySnapshot)
        self._gates: dict[tuple[str, int, int, float], Gate] = {}
        self._pools: dict[tuple[Origin, int], Pool] = {}
        self._sim: SimServer | None = None
        self._health_book = HealthBook(*open_pages(settings.health_file))
        self._settings = settings
        unique = f"{name}-{os.getpid()}-{clock.now_ns() // 1_000_000}"
        self._sink, self._pending = open_sink(settings, unique, clock)
        self._sink.report = self._report
        self._meters = Meters()
        self._price_watch = PriceWatch(settings.prices_file)
        self._services = Services(
            clock=clock, deadlines=self._deadlines, tasks=self._tasks,
            prices=self._price_watch.load(),
            tee_breaker=Breaker("tee", clock), answer_breaker=Breaker("answer", clock),
            price_breaker=Breaker("price", clock), tokens=self._tokens,
            max_body_bytes=settings.max_body_bytes, own_prices=OwnPrices(settings.prices),
            counters=open_counters(
                settings.counters_file, clock.now_ns(), leased=settings.redis is not None
            ),
        )  # fmt: skip
        self._lessee = open_lessee(
            self._services.counters, settings.redis, settings.counters_file, clock
        )
        self._answers = Answers(settings, clock, self._tasks)
        self._on_record = on_record
        keep = self._sink.keep if on_record is None else self._keep_and_tell
        recording = Recording(keep, clock, max_body_bytes=settings.max_body_bytes)
        self._labels = Labels(clock, settings)
        self._stages = Stages(
            [self._labels, Metering(self._meters, clock), recording, *stages], clock
        )
        self._server: Server | None = None
        self._gateway: Gateway | None = None

    async def start(self, listener: socket.socket) -> None:
        """Serve on the socket."""
        gateway = await self.open()
        self._server = Server(
            gateway.__call__, limits=self._settings.limits, clock=self._clock,
            deadlines=self._deadlines,
        )  # fmt: skip
        await self._server.listen(listener)

    async def open(self) -> Gateway:
        """Make the gateway and what works beside it, without a door for clients."""
        self._deadlines.start()
        runtime = await self._runtime(self._settings)
        doors = Doors(
            runtime=lambda: gateway.runtime,
            listing=ModelListing(self._clock, self._fetcher),
            metrics=lambda: render([*FAMILIES, *gauges.FAMILIES, FAILURES], self._samples()),
            health=self._health,
            key_of=lambda request: gateway.key_of(request),
        )
        prober = Prober(self._clock, self._fetcher)
        gateway = self._gateway = Gateway(
            runtime, self._services, self._stages, doors.table(), prober=prober
        )
        gateway.guards, gateway.look_again = self._guards, self._look_at_keys
        gateway.afterwards.pending = self._pending
        gateway.afterwards.max_body_bytes = self._settings.max_body_bytes
        self._answers.equip(gateway.cache)
        self._tasks.keep(self._sink.run, name="sink")
        self._tasks.keep(self._watch_keys, name="keys")
        self._tasks.keep(lambda: prober.run(lambda: gateway.runtime.directory), name="probes")
        if self._lessee is not None:
            self._tasks.keep(self._lessee.run, name="shared limits")
        return gateway

    @property
    def targets(self) -> Mapping[tuple[str, str], TargetHealth]:
        """The health of every target asked so far, by provider and model."""
        return self._health_book.targets

    def estimate(self, target: Target, usage: Usage) -> int | None:
        """What this usage would cost at a target now, nano-USD; None where that is not known."""
        return self._services.estimate(target, usage)

    def _keep_and_tell(self, record: ExchangeRecord) -> None:
        self._sink.keep(record)
        if self._on_record is not None:
            self._on_record(record)

    async def _watch_keys(self) -> None:
        """Take over what the core says of client keys; what fails of it holds up nothing else."""
        noted = self._tasks.troubles.noted
        while True:
            await asyncio.sleep(LOOK_S)
            with noted("keys"):
                self._look_at_keys()
            with noted("policies"):
                await self._look_at_policies()
            with noted("counters"):
                sweep(self._services.counters)
            with noted("answers"):
                if self._gateway is not None:
                    await self._answers.look(self._gateway.cache)
            with noted("prices"):
                if (prices := self._price_watch.changed()) is not None:
                    self._services.prices = prices

    def _look_at_keys(self) -> None:
        if (snapshot := self._keys_file.changed()) is None:
            return
        self._tenants = Tenants(snapshot)
        if self._gateway is not None:
            runtime = self._gateway.runtime
            gatekeeper = Gatekeeper(runtime.settings, self._tenants)
            self._gateway.runtime = replace(runtime, gatekeeper=gatekeeper)

    async def _look_at_policies(self) -> None:
        """Take over what the core says of policies."""
        snapshot = self._policies_file.changed()
        if snapshot is not None:
            await self._guards.publish(snapshot)

    def _organization_of(self, project_id: str) -> str:
        project = self._tenants.projects.get(project_id)
        return project.organization_id if project is not None else DEFAULT

    async def load(self, settings: GatewaySettings) -> None:
        """Take a new snapshot; exchanges under way keep the old one."""
        assert self._gateway is not None
        assert self._server is not None
        self._gateway.runtime = await self._runtime(settings)
        self._server.limits = settings.limits
        self._labels.settings = settings
        self._gateway.cache.settings = settings.cache
        self._services.own_prices = OwnPrices(settings.prices)
        self._settings = settings
        used = {id(u.pool) for u in self._gateway.runtime.directory.upstreams.values()}
        for key, pool in list(self._pools.items()):
            if id(pool) not in used:
                pool.close()
                del self._pools[key]

    async def stop(self) -> None:
        """Answer what is under way, then hand over the records."""
        if self._server is not None:
            await self._server.drain(self._settings.limits.drain_s)
        if self._gateway is not None:
            await self._gateway.afterwards.drain()
        await self._sink.close(timeout_s=5.0)
        await self._pending.close()
        await self._tasks.drain()
        if self._sim is not None:
            await self._sim.close()
        for pool in self._pools.values():
            pool.close()
        self._tokens.close()
        self._guards.close()
        if self._lessee is not None:
            await self._lessee.give_back()
            await self._lessee.close()
        await self._answers.close()
        self._services.counters.close()
        self._deadlines.stop()

    async def _runtime(self, settings: GatewaySettings) -> Runtime:
        upstreams = {}
        for provider in settings.providers:
            if provider.kind == "sim":
                provider = await self._simulated(provider)
            upstreams[provider.name] = self._upstream(provider)
        directory = Directory(settings, upstreams, self._health_book)
        self._look_at_keys()
        gatekeeper = Gatekeeper(settings, self._tenants)
        policies = self._policies_file.changed()
        guardian = await self._guards.load(settings.guard, policies)
        return Runtime(settings, gatekeeper, directory, guardian)

    async def _simulated(self, provider: ProviderSettings) -> ProviderSettings:
        """The built-in provider is a server like any other; this process is its host."""
        if self._sim is None:
            self._sim = await start_sim(clock=self._clock, deadlines=self._deadlines)
        return replace(provider, base_url=self._sim.url)

    def _upstream(self, settings: ProviderSettings) -> Upstream:
        made = load("providers", settings.kind, otherwise="openai").Provider
        keys = settings.api_keys or (settings.api_key,)
        providers = [made(replace(settings, api_key=key, api_keys=())) for key in keys]
        origin = Origin.of(settings.base_url, settings.verify_tls, settings.ca_file)
        key = (origin, settings.max_connections)
        pool = self._pools.get(key)
        if pool is None:
            pool = self._pools[key] = Pool(
                origin, max_connections=settings.max_connections, deadlines=self._deadlines,
                clock=self._clock,
            )  # fmt: skip
        return Upstream(providers[0], pool, *providers[1:], gate=self._gate(settings))

    def _gate(self, settings: ProviderSettings) -> Gate | None:
        """The gate of a provider; it outlives a reload that leaves its size as it is."""
        if settings.max_concurrency is None:
            return None
        size = (settings.name, settings.max_concurrency, settings.queue_size, settings.queue_wait_s)
        gate = self._gates.get(size)
        if gate is None:
            gate = self._gates[size] = Gate(
                limit=settings.max_concurrency, queue_size=settings.queue_size,
                wait_s=settings.queue_wait_s,
            )  # fmt: skip
        return gate

    def _samples(self) -> list[Sample]:
        samples = list(self._meters.samples())
        for breaker in self._breakers():
            samples.append(Sample(STAGE_FAILURES.name, (breaker.name,), breaker.failures))
            samples.append(Sample(STAGE_SKIPS.name, (breaker.name,), breaker.skipped))
        if self._gateway is not None:
            samples.append(Sample(ACTIVE.name, (), self._gateway.active))
            upstreams = self._gateway.runtime.directory.upstreams
            samples += gauges.samples(self._health_book, upstreams, self._clock.monotonic())
            samples += gauges.cache_samples(self._gateway.cache)
            samples += self._gateway.websockets.samples()
            for code, count in self._gateway.refused.items():
                samples.append(Sample(RIM_REFUSALS.name, (code,), count))
        samples += self._tasks.troubles.samples()
        sink = self._sink
        fates = {"sent": sink.sent, "spilled": sink.spilled, "bare": sink.bare}
        fates["dropped"] = sink.dropped
        samples += [Sample(RECORDS.name, (fate,), count) for fate, count in fates.items()]
        samples.append(Sample(QUEUE.name, (), sink.waiting))
        if self._server is not None:
            stats = self._server.stats
            samples.append(Sample(CONNECTIONS.name, (), stats.connections))
            for reason, count in stats.refused.items():
                samples.append(Sample(RIM_REFUSALS.name, (reason,), count))
        return samples

    def _breakers(self) -> list[Breaker]:
        services = self._services
        readers = [services.tee_breaker, services.answer_breaker, services.price_breaker]
        if self._gateway is not None:
            readers.append(self._gateway.websockets.breaker)
            readers.append(self._gateway.limiter.breaker)
            readers.append(self._guards.breaker)
        return [*self._stages.breakers, *readers]

    def _report(self) -> Report:
        samples: list[Sample] = []
        with self._tasks.troubles.noted("figures"):
            samples = self._samples()
        return Report(tuple(samples))

    def _health(self) -> Mapping[str, object]:
        skipped = [breaker.name for breaker in self._breakers() if breaker.is_open]
        failing = sorted(self._tasks.troubles.now())
        degraded = bool(skipped or failing) or not self._sink.is_connected
        return {
            "status": "degraded" if degraded else "ok",
            "config_version": self._settings.version,
            "core": "connected" if self._sink.is_connected else "away",
            "records_waiting": self._sink.waiting,
            "records_dropped": self._sink.dropped,
            "stages_skipped": skipped,
            "tasks_failing": failing,
        }


async def main(name: str, listener: socket.socket, control: socket.socket) -> int:
    """Live until the supervisor says SIGTERM or is gone."""
    line = await Line.on(control)
    order = await line.receive(LoadGateway)
    if order is None:
        return 1
    logs.setup(order.settings.log_level, order.settings.log_format, process=name)
    try:
        worker = Worker(name, order.settings)
        await worker.start(listener)
    except (VedetteError, OSError, ValueError) as error:
        await line.send(Failed(order.settings.version, str(error)))
        return 1
    spare_collector()
    await line.send(Ready(order.settings.version))
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, stopping.set)
    tasks = Tasks()

    async def load(order: LoadGateway) -> None:
        logs.setup(order.settings.log_level, order.settings.log_format, process=name)
        await worker.load(order.settings)

    tasks.spawn(obey(line, LoadGateway, load, stopping), name="control")
    await stopping.wait()
    await worker.stop()
    await tasks.drain()
    return 0


if __name__ == "__main__":
    # What is kept here holds prompts: nobody else reads it, whoever made the directory.
    os.umask(0o077)
    _name, _listener, _control = sys.argv[1:4]
    sys.exit(
        run(main(_name, socket.socket(fileno=int(_listener)), socket.socket(fileno=int(_control))))
    )
