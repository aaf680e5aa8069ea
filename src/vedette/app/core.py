"""The core: one process that owns the store and serves the console.

`collector -> writer -> store -> query -> API, UI`; nothing of it is on a client's path.
"""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

from vedette import __version__, logs
from vedette.access.vault import Vault
from vedette.alerts.guard_events import guard_events
from vedette.api.live import LiveFeed
from vedette.api.schemas import SubsystemHealth
from vedette.api.services import ApiServices
from vedette.app import drifting, intake, sampling, status
from vedette.app.alerting import Alerting
from vedette.app.audit import Audit, AuditedWriter
from vedette.app.budget_events import BudgetEvents
from vedette.app.cache_desk import CacheDesk
from vedette.app.compliance import Compliance
from vedette.app.console import Console, api_settings
from vedette.app.drift_desk import Looks
from vedette.app.drifting import Drifting
from vedette.app.figures import Figures
from vedette.app.guarding import Guarding
from vedette.app.heirs import open_heirs
from vedette.app.intake import Intakes
from vedette.app.loop import run, spare_collector
from vedette.app.mail import mailer
from vedette.app.models import OwnGateway
from vedette.app.probing import Probing
from vedette.app.reduction import Reduction
from vedette.app.reports import read_reports
from vedette.app.retention import Retention
from vedette.app.signon import open_access, open_sign_on
from vedette.app.spending import SavingsFinder, open_spending
from vedette.app.targets import Targets
from vedette.app.wiring import Failed, Line, LoadCore, Ready, obey, starting
from vedette.clock import SystemClock
from vedette.errors import VedetteError
from vedette.features.hashing import TextHasher
from vedette.gateway import gauges
from vedette.gateway.meters import FAMILIES
from vedette.ingest.collector import Collector
from vedette.ingest.writer import Writer
from vedette.model.exchange import ExchangeRecord
from vedette.model.settings import CoreSettings
from vedette.model.span import Span
from vedette.stores.spans.sqlite import SqliteSpanStore
from vedette.tasks import FAILURES, Tasks, Troubles

CATCH_UP_S = 5.0


class Core:
    """Everything the core process is made of."""

    def __init__(self, settings: CoreSettings) -> None:
        self._clock = clock = SystemClock()
        self.settings = settings
        self._troubles = Troubles()
        data = Path(settings.path) if settings.profile != "memory" else None
        self._store = SqliteSpanStore(data, clock)
        self._audit = Audit(data, settings.audit, clock)
        self._records = self._audit.records
        self._access = open_access(settings, self._records, data, clock)
        self._vault = Vault(Path(settings.path), clock, given=settings.master_key)
        self._live = LiveFeed(clock)
        self._writer = Writer(self._store, clock=clock, on_committed=self._committed)
        figures = Path(settings.figures_file) if settings.figures_file else None
        self._figures = Figures(_FAMILIES, figures, clock, self._troubles)
        self._totals = self._figures.totals
        self._targets = Targets(self._now, lambda: read_reports(self._totals.live()), clock)
        writer = AuditedWriter(self._writer, self._audit.store)
        self._collector = Collector(
            path=Path(settings.collector),
            spill_dir=Path(settings.spill_dir) if settings.spill_dir else None,
            writer=writer, reduce=self._reduce, totals=self._totals, clock=clock,
            troubles=self._troubles,
        )  # fmt: skip
        self._reduction = Reduction(settings.hash_key)
        self._intakes = Intakes(settings, self._writer, clock)
        gateway = OwnGateway(lambda: self.settings.gateway_url, settings.hash_key)
        self._guarding = Guarding(
            self._now, self._records, self._access, self._audit.desk.outbox,
            gateway=gateway, clock=clock, troubles=self._troubles,
        )  # fmt: skip
        self._heirs = open_heirs(settings.spill_dir, self._store, writer, self._guarding.desk)
        self._spending = open_spending(self._store.ledger, self._access.book, self._now, clock)
        self._alerting = Alerting(
            store=self._store, records=self._records, vault=self._vault, spending=self._spending,
            providers=self._targets.providers, projects=self._access.projects.recorded_ids,
            settings=lambda: self.settings.alerts, clock=clock, troubles=self._troubles,
        )  # fmt: skip
        self._cache = CacheDesk(self._now, clock, self._totals.samples)
        self._budget_events = BudgetEvents(self._spending, self._alerting.report, self._troubles)
        self._hasher = TextHasher(settings.hash_key)
        self._drifting = Drifting(
            self._records, self._hasher, settings.drift, clock,
            projects=self._access.projects.recorded_ids, report=self._alerting.report,
            troubles=self._troubles,
        )  # fmt: skip
        self._sampling = sampling.Sampling(
            self._store, clock, lambda: self.settings.ingest.sampling, self._access.projects.name_of
        )
        self._probing = Probing(
            self._records, self._store, self._access.projects, gateway, clock,
            settings=self._now, report=self._alerting.report, troubles=self._troubles,
        )  # fmt: skip
        self._retention = Retention(
            self._store, self._access.projects, self._audit.desk.outbox, self._now, clock
        )
        self._console = Console()

    async def start(self, listener: socket.socket) -> None:
        """Open the door for the workers and for people."""
        self._tasks = Tasks(self._troubles)
        await self._collector.start()
        await asyncio.to_thread(self._access.book.open)
        await asyncio.to_thread(self._access.people.open)
        await asyncio.to_thread(self._audit.note_configuration, self.settings, starts=True)
        self._tasks.keep(self._audit.keep_up, name="audit log")
        await self._guarding.start()
        for name, work in (
            ("policies", self._guarding.run),
            ("calls of lost workers", self._heirs.run),
            ("keys of clients", self._hand_out_keys),
            ("states of targets", self._targets.run),
            ("budgets", self._budget_events.run),
            ("alerts", self._alerting.run),
            ("sampling", self._sampling.run),
            ("retention", self._retention.run),
        ):
            self._tasks.keep(work, name=name)
        self._drifting.start()
        self._probing.start()
        services = self._services()
        self._console.open(services, listener, self._tasks)
        await self._intakes.open(services)

    def _services(self) -> ApiServices:
        guarding, targets = self._guarding, self._targets
        return ApiServices(
            store=self._store, records=self._records, clock=self._clock,
            settings=api_settings(self.settings), live=self._live,
            health=self._health, metrics_text=self._metrics_text, version=__version__,
            providers=targets.providers, provider=targets.provider, routes=targets.routes,
            guard=guarding.desk, callbacks=guarding.callbacks, note_verdicts=guarding.note,
            policies=guarding.policies, configured_policy=guarding.configured_policy,
            feedback=guarding.feedback, replays=guarding.replays, findings=self._store.findings,
            access=self._access, sign_on=open_sign_on(self._access, self._now, self._clock),
            mailer=mailer(self._now, self._clock), vault=self._vault,
            intake=self._intakes.http, quotas=self._intakes.quotas.uses,
            ledger=self._store.ledger, spending=self._spending,
            rules=lambda: self.settings.routing.allowances,
            savings=SavingsFinder(self._now, self._clock), cache=self._cache,
            audit=self._audit.desk, alerts=self._alerting.desk,
            drift=Looks(self._drifting, self._store, self._hasher), probes=self._probing.desk,
            compliance=Compliance(
                settings=self._now, audit=self._audit.desk, access=self._access,
                ledger=self._store.ledger, vault=self._vault, clock=self._clock,
                in_force=lambda: guarding.policies.snapshot(),
            ).report,
            sampling=self._sampling.state,
        )  # fmt: skip

    async def stop(self) -> None:
        """Take no more, make durable what came, close the store."""
        self._live.close()
        await asyncio.to_thread(self._probing.stop)
        await self._intakes.close()
        await self._console.close()
        await self._collector.close()
        await self._writer.close()
        await self._guarding.callbacks.close()
        await asyncio.to_thread(self._drifting.stop)
        await self._tasks.drain()
        self._alerting.close()
        await asyncio.to_thread(self._store.close)
        await asyncio.to_thread(self._audit.close)
        self._guarding.close()
        self._cache.close()

    async def configure(self, settings: CoreSettings) -> None:
        """Take up providers, prices, keys and the capture mode of new settings."""
        self.settings = settings
        self._intakes.configure(settings)
        await asyncio.to_thread(self._audit.note_configuration, settings, starts=False)

    def _now(self) -> CoreSettings:
        """The settings in force."""
        return self.settings

    def _committed(self, spans: Sequence[Span]) -> None:
        self._live.publish(spans)
        self._drifting.note(spans)
        self._sampling.note(spans)
        for event in guard_events(spans):
            self._alerting.report(event)

    def _reduce(self, record: ExchangeRecord) -> Span:
        self._targets.watch.note(record)
        return self._intakes.note(self._reduction(record))

    async def _hand_out_keys(self) -> None:
        """Where the file of the keys could not be written, write it when that is possible."""
        while True:
            await asyncio.sleep(CATCH_UP_S)
            await asyncio.to_thread(self._access.book.catch_up)

    def _health(self) -> Sequence[SubsystemHealth]:
        parts = status.subsystems(self._store, self._writer, self._collector, self._records)
        keys = status.keys(behind=self._access.book.behind)
        audit = status.audit(self._audit.problem())
        work = status.work(self._troubles.now())
        return (*parts, keys, audit, self._intakes.health(), work)

    def _metrics_text(self) -> bytes:
        parts = (self._drifting, self._intakes, self._sampling)
        own = [*status.samples(self._writer, self._collector)]
        own += (sample for part in parts for sample in part.samples())
        own += self._troubles.samples()
        return self._figures.text(own)


_FAMILIES = (
    *FAMILIES, *gauges.SUMMED, *status.FAMILIES, *drifting.FAMILIES, *intake.FAMILIES,
    *sampling.FAMILIES, FAILURES,
)  # fmt: skip


async def main(listener: socket.socket, control: socket.socket) -> int:
    """Live until the supervisor says SIGTERM or is gone."""
    line = await Line.on(control)
    order = await line.receive(LoadCore)
    if order is None:
        return 1
    settings = order.settings
    logs.setup(settings.log_level, settings.log_format, process="core")
    try:
        with starting(control):
            core = Core(settings)
            await core.start(listener)
    except (VedetteError, OSError) as error:
        await line.send(Failed(settings.version, str(error)))
        return 1
    spare_collector()
    await line.send(Ready(settings.version))
    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    tasks = Tasks()

    async def load(order: LoadCore) -> None:
        """New settings change what the console says of providers; the rest needs a restart."""
        await core.configure(order.settings)
        logs.setup(order.settings.log_level, order.settings.log_format, process="core")

    tasks.spawn(obey(line, LoadCore, load, stopping), name="control")
    await stopping.wait()
    await core.stop()
    await tasks.drain()
    return 0


if __name__ == "__main__":
    # What is kept here holds prompts: nobody else reads it, whoever made the directory.
    os.umask(0o077)
    _listener, _control = sys.argv[1:3]
    sys.exit(run(main(socket.socket(fileno=int(_listener)), socket.socket(fileno=int(_control)))))
