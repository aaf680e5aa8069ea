"""The core: one process that owns the store and serves the console.

`collector -> writer -> store -> query -> API, UI`; nothing of it is on a client's path.
"""

import asyncio
import contextlib
import hashlib
import hmac
import logging
import signal
import socket
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import uvicorn

from vedette import __version__, logs
from vedette.access.vault import Vault
from vedette.alerts.guard_events import guard_events
from vedette.api import create_app
from vedette.api.live import LiveFeed
from vedette.api.provider_shapes import ProviderDetail, ProviderStatus
from vedette.api.schemas import SubsystemHealth
from vedette.api.services import ApiServices, ApiSettings
from vedette.app import drifting, intake, sampling, status
from vedette.app.alerting import Alerting
from vedette.app.audit import Audit, AuditedWriter
from vedette.app.board import ProviderBoard
from vedette.app.budget_events import BudgetEvents
from vedette.app.cache_desk import CacheDesk
from vedette.app.compliance import Compliance
from vedette.app.desk import Routes
from vedette.app.drift_desk import Looks
from vedette.app.drifting import Drifting
from vedette.app.evaluations import noting, open_callbacks
from vedette.app.guard import open_desk, reach_of
from vedette.app.intake import Intakes
from vedette.app.loop import run
from vedette.app.mail import mailer
from vedette.app.managed import ManagedRoutes
from vedette.app.models import OwnGateway, models_of
from vedette.app.policies import open_policies
from vedette.app.probing import Probing
from vedette.app.reduction import Reduction
from vedette.app.reports import Reported, read_reports
from vedette.app.signon import open_access, open_sign_on
from vedette.app.spending import SavingsFinder, open_spending, seed
from vedette.app.states import TargetStates
from vedette.app.watch import ProviderWatch
from vedette.app.wiring import Failed, Line, LoadCore, Ready, starting
from vedette.clock import SystemClock
from vedette.errors import StoreError, VedetteError
from vedette.features.hashing import TextHasher
from vedette.gateway import gauges
from vedette.gateway.meters import FAMILIES
from vedette.guard.feedback import FeedbackBook
from vedette.guard.jobs import Jobs
from vedette.ingest.collector import Collector
from vedette.ingest.writer import Writer
from vedette.metrics import Totals, render
from vedette.model.audit import AuditEvent
from vedette.model.exchange import ExchangeRecord
from vedette.model.settings import CoreSettings
from vedette.model.span import Span
from vedette.query.times import format_time
from vedette.stores.spans.sqlite import SqliteSpanStore
from vedette.tasks import Tasks

log = logging.getLogger(__name__)

DAY_NS = 86_400 * 10**9
RETENTION_S = 3600.0
LOOK_S = 1.0
BUDGETS_S = 10.0
CATCH_UP_S = 5.0


class Core:
    """Everything the core process is made of."""

    _budgets_due = 0.0
    _server: "_Console | None" = None

    def __init__(self, settings: CoreSettings) -> None:
        self._clock = clock = SystemClock()
        self.settings = settings
        data = Path(settings.path) if settings.profile != "memory" else None
        self._store = SqliteSpanStore(data, clock)
        self._audit = Audit(data, settings.audit, clock)
        self._records = self._audit.records
        self._access = open_access(settings, self._records, data, clock)
        self._sign_on = open_sign_on(self._access, lambda: self.settings, clock)
        self._vault = Vault(Path(settings.path), clock, given=settings.master_key)
        self._watch = ProviderWatch()
        self._states = TargetStates(settings.routing.health_file, clock)
        self._board = ProviderBoard(
            self._watch, self._states, reported=self._reported,
            routed=lambda: self._routes.targets(), clock=clock,
        )  # fmt: skip
        self._routes = Routes(
            ManagedRoutes(Path(settings.routes_file), clock), settings=lambda: self.settings,
            book=self._states.book, status=self._board.target, reported=self._reported, clock=clock,
        )  # fmt: skip
        self._live = LiveFeed(clock)
        self._writer = Writer(self._store, clock=clock, on_committed=self._committed)
        self._totals = Totals([*FAMILIES, *gauges.SUMMED, *status.FAMILIES])
        self._collector = Collector(
            path=Path(settings.collector),
            spill_dir=Path(settings.spill_dir) if settings.spill_dir else None,
            writer=AuditedWriter(self._writer, self._audit.store), reduce=self._reduce,
            totals=self._totals, clock=clock,
        )  # fmt: skip
        self._reduction = Reduction(settings.hash_key)
        self._intakes = Intakes(settings, self._writer, clock)
        gateway = OwnGateway(lambda: self.settings.gateway_url, settings.hash_key)
        self._guard = open_desk(clock, reach_of(settings), models_of(gateway))
        self._note = noting(self._audit.desk.outbox, lambda: self.settings)
        self._callbacks = open_callbacks(settings, self._records, self._guard, self._note, clock)
        self._replays = Jobs(clock)
        self._policies = open_policies(settings, self._records, self._access, self._guard, clock)
        self._spending = open_spending(
            self._store.ledger, self._access.book, lambda: self.settings, clock
        )
        self._alerting = Alerting(
            store=self._store, records=self._records, vault=self._vault, spending=self._spending,
            providers=self._providers, projects=self._access.projects.recorded_ids,
            settings=lambda: self.settings.alerts, clock=clock,
        )  # fmt: skip
        self._cache = CacheDesk(lambda: self.settings, clock, self._totals.samples)
        self._budget_events = BudgetEvents(self._spending, self._alerting.report)
        hasher = TextHasher(settings.hash_key)
        self._drifting = Drifting(
            self._records, hasher, settings.drift, clock,
            projects=self._access.projects.recorded_ids, report=self._alerting.report,
        )  # fmt: skip
        self._looks = Looks(self._drifting, self._store, hasher)
        self._sampling = sampling.Sampling(
            self._store, clock, lambda: self.settings.ingest.sampling, self._access.projects.name_of
        )
        self._probing = Probing(
            self._records, self._store, self._access.projects, gateway, clock,
            settings=lambda: self.settings, report=self._alerting.report,
        )  # fmt: skip

    async def start(self, listener: socket.socket) -> None:
        """Open the door for the workers and for people."""
        self._tasks = Tasks()
        await self._collector.start()
        await asyncio.to_thread(self._access.book.open)
        await asyncio.to_thread(self._access.people.open)
        await asyncio.to_thread(self._audit.note_configuration, self.settings, starts=True)
        self._tasks.spawn(self._audit.keep_up(), name="audit log")
        await asyncio.to_thread(self._policies.open)
        self._tasks.spawn(self._hand_out_keys(), name="keys of clients")
        self._tasks.spawn(self._look_at_targets(), name="states of targets")
        self._tasks.spawn(self._look_at_budgets(), name="budgets")
        self._tasks.spawn(self._alerting.run(), name="alerts")
        await self._callbacks.start()
        self._tasks.spawn(self._sampling.run(), name="sampling")
        self._drifting.start()
        self._probing.start()
        self._tasks.spawn(self._forget_old(), name="retention")
        services = ApiServices(
            store=self._store, records=self._records, clock=self._clock,
            settings=_api_settings(self.settings), live=self._live,
            health=self._health, metrics_text=self._metrics_text, providers=self._providers,
            version=__version__, guard=self._guard, callbacks=self._callbacks,
            note_verdicts=self._note,
            provider=self._provider, routes=self._routes,
            access=self._access, sign_on=self._sign_on, vault=self._vault,
            mailer=mailer(lambda: self.settings, self._clock),
            intake=self._intakes.http,
            ledger=self._store.ledger, spending=self._spending,
            rules=lambda: self.settings.routing.allowances, policies=self._policies,
            findings=self._store.findings, feedback=FeedbackBook(self._records, self._clock),
            replays=self._replays,
            configured_policy=lambda: self.settings.routing.guard.policy,
            savings=SavingsFinder(lambda: self.settings, self._clock),
            audit=self._audit.desk,
            alerts=self._alerting.desk, drift=self._looks, probes=self._probing.desk,
            compliance=Compliance(
                settings=lambda: self.settings, audit=self._audit.desk, access=self._access,
                ledger=self._store.ledger, vault=self._vault, clock=self._clock,
            ).report,
            cache=self._cache, quotas=self._intakes.quotas.uses, sampling=self._sampling.state,
        )  # fmt: skip
        config = uvicorn.Config(
            create_app(services), log_config=None, access_log=False, lifespan="off",
            timeout_graceful_shutdown=3, timeout_keep_alive=75, server_header=False,
            proxy_headers=False,
        )  # fmt: skip
        self._server = _Console(config)
        self._serving = self._tasks.spawn(self._server.serve(sockets=[listener]), name="console")
        await self._intakes.open(services)

    async def stop(self) -> None:
        """Take no more, make durable what came, close the store."""
        self._live.close()
        await asyncio.to_thread(self._probing.stop)
        await self._intakes.close()
        if self._server is not None:
            self._server.should_exit = True
            await asyncio.wait({self._serving}, timeout=5)
        await self._collector.close()
        await self._writer.close()
        await self._callbacks.close()
        await asyncio.to_thread(self._drifting.stop)
        await self._tasks.drain()
        await asyncio.to_thread(self._store.close)
        await asyncio.to_thread(self._audit.close)
        self._replays.close()
        self._guard.close()
        self._cache.close()

    async def configure(self, settings: CoreSettings) -> None:
        """Take up providers, prices, keys and the capture mode of new settings."""
        self.settings = settings
        self._intakes.configure(settings)
        await asyncio.to_thread(self._audit.note_configuration, settings, starts=False)

    def _committed(self, spans: Sequence[Span]) -> None:
        self._live.publish(spans)
        self._drifting.note(spans)
        self._sampling.note(spans)
        for event in guard_events(spans):
            self._alerting.report(event)

    def _reduce(self, record: ExchangeRecord) -> Span:
        self._watch.note(record)
        return self._intakes.note(self._reduction(record))

    async def _forget_old(self) -> None:
        """Delete what is older than is kept of its project, now and every hour."""
        while True:
            try:
                gone = await asyncio.to_thread(self._delete_old)
            except StoreError as error:
                log.warning("old spans are not deleted yet: %s", error.message)
            else:
                if gone:
                    log.info("deleted %d spans that were older than they are kept", gone)
            await asyncio.sleep(RETENTION_S)

    def _delete_old(self) -> int:
        now_ns = self._clock.now_ns()
        kept_days = self._kept_days()
        return sum(
            self._delete_of(project_id, now_ns - days * DAY_NS)
            for project_id in self._access.projects.recorded_ids()
            if (days := kept_days.get(project_id, self.settings.retention_days)) is not None
        )

    def _kept_days(self) -> dict[str, int]:
        """Days by project id, where a project has its own: in the configuration, or set on it; the
        fewer hold. A name that no project has is taken for an id."""
        found: dict[str, int] = {}
        for named, days in self.settings.project_retention_days.items():
            try:
                found[self._access.projects.find(named).value.id] = days
            except VedetteError:
                found[named] = days
        for project in (entry.value for entry in self._access.projects.list()):
            if project.retention_days is not None:
                others = found.get(project.id, self.settings.retention_days)
                found[project.id] = min(project.retention_days, others or project.retention_days)
        return found

    def _delete_of(self, project_id: str, to_ns: int) -> int:
        event = AuditEvent(
            action="spans.deleted", project=project_id, target_kind="project",
            target_id=project_id, details={"reason": "retention", "before": format_time(to_ns)},
        )  # fmt: skip
        with self._audit.desk.outbox.noting(event) as notice:
            gone = self._store.delete_range(project_id, to_ns=to_ns)
            notice.details["count"] = gone
            if not gone:
                notice.forget()
        return gone

    async def _hand_out_keys(self) -> None:
        """Where the file of the keys could not be written, write it when that is possible."""
        while True:
            await asyncio.sleep(CATCH_UP_S)
            await asyncio.to_thread(self._access.book.catch_up)
            await asyncio.to_thread(self._policies.catch_up)

    async def _look_at_budgets(self) -> None:
        while True:
            await asyncio.to_thread(seed, self._spending)
            if (now := self._clock.monotonic()) >= self._budgets_due:
                self._budgets_due = now + BUDGETS_S
                await asyncio.to_thread(self._tell_of_budgets)
            await asyncio.sleep(LOOK_S)

    def _tell_of_budgets(self) -> None:
        try:
            self._budget_events.look()
        except StoreError as error:
            log.warning("events of budgets wait: %s", error.message)

    async def _look_at_targets(self) -> None:
        while True:
            await asyncio.to_thread(self._board.look)
            await asyncio.sleep(LOOK_S)

    def _health(self) -> Sequence[SubsystemHealth]:
        parts = status.subsystems(self._store, self._writer, self._collector, self._records)
        keys = status.keys(behind=self._access.book.behind)
        audit = status.audit(self._audit.problem())
        return (*parts, keys, audit, self._intakes.health())

    def _metrics_text(self) -> bytes:
        samples = self._totals.samples()
        parts = (self._drifting, self._intakes, self._sampling)
        own = [*status.samples(self._writer, self._collector)]
        own += (sample for part in parts for sample in part.samples())
        more = (*drifting.FAMILIES, *intake.FAMILIES, *sampling.FAMILIES)
        families = [*FAMILIES, *gauges.SUMMED, *status.FAMILIES, *more]
        return render(families, [*samples.values(), *own])

    def _providers(self) -> Sequence[ProviderStatus]:
        return self._board.statuses(self.settings.providers)

    def _provider(self, name: str) -> ProviderDetail | None:
        found = next((one for one in self.settings.providers if one.name == name), None)
        return None if found is None else self._board.detail(found)

    def _reported(self) -> Reported:
        return read_reports(self._totals.live())


class _Console(uvicorn.Server):
    """Leaves the signals to the core."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _api_settings(settings: CoreSettings) -> ApiSettings:
    signed = b"session" + settings.token_sha256.encode()
    return ApiSettings(
        allowed_hosts=settings.allowed_hosts,
        allowed_origins=settings.allowed_origins,
        token_sha256=settings.token_sha256,
        session_key=hmac.new(settings.hash_key, signed, hashlib.sha256).digest(),
        public_url=settings.public_url,
        secure_cookie=settings.public_url.startswith("https://"),
        profile=settings.profile,
        capture=settings.capture,
        gateway_url=settings.gateway_url,
    )


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
    await line.send(Ready(settings.version))
    stopping = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopping.set)
    tasks = Tasks()
    tasks.spawn(_obey(line, core, stopping), name="control")
    await stopping.wait()
    await core.stop()
    await tasks.drain()
    return 0


async def _obey(line: Line, core: Core, stopping: asyncio.Event) -> None:
    """New settings change what the console says of providers; the rest needs a restart."""
    while (order := await line.receive(LoadCore)) is not None:
        await core.configure(order.settings)
        logs.setup(order.settings.log_level, order.settings.log_format, process="core")
        await line.send(Ready(order.settings.version))
    stopping.set()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    _listener, _control = sys.argv[1:3]
    sys.exit(run(main(socket.socket(fileno=int(_listener)), socket.socket(fileno=int(_control)))))
