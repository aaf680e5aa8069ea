"""The intake put together: prices, keys, capture mode, and its doors.

A door that cannot be opened, because its port is taken or grpcio is not installed, is left out and
said: calls through the gateway matter more, and the console's port takes OTLP over HTTP as well.
"""

import asyncio
import logging
from collections.abc import Iterator
from typing import cast

import uvicorn

from vedette.api.ingest import intake_app
from vedette.api.schemas import SubsystemHealth
from vedette.api.services import ApiServices
from vedette.app.counters import open_counters
from vedette.app.door import Door
from vedette.app.supervisor import bind
from vedette.clock import Clock
from vedette.costs.own_prices import OwnPrices
from vedette.costs.price_files import load_prices
from vedette.errors import ConfigError
from vedette.ingest.admission import Admission
from vedette.ingest.costing import Costing
from vedette.ingest.intake import Intake
from vedette.ingest.keeping import Keeping
from vedette.ingest.normalize import Normalizer
from vedette.ingest.otlp_grpc import OtlpGrpc, find_grpc
from vedette.ingest.otlp_http import OtlpHttp
from vedette.ingest.quotas import Quotas
from vedette.ingest.simple import SimpleReader
from vedette.ingest.twins import Twins
from vedette.ingest.writer import Writer
from vedette.metrics import Family, Sample
from vedette.model.settings import CoreSettings
from vedette.model.span import CaptureMode, Span
from vedette.tasks import Tasks

log = logging.getLogger(__name__)

INGESTED = Family(
    "vedette_ingested_spans", "Spans of other programs, by outcome.", "counter", ("outcome",)
)
TURNED_AWAY = Family(
    "vedette_ingest_batches_turned_away", "Batches that shall come again, by reason.", "counter",
    ("reason",),
)  # fmt: skip
FAMILIES = (INGESTED, TURNED_AWAY)

STOP_S = 5.0


class Intakes:
    """One intake and the doors that lead to it."""

    def __init__(self, settings: CoreSettings, writer: Writer, clock: Clock) -> None:
        self._settings = settings
        self._costing = Costing(load_prices(""), OwnPrices(()))
        self._normalizer = Normalizer(self._costing, clock)
        self._simple = SimpleReader(self._costing, clock, Keeping())
        self._twins = Twins()
        self._admission = Admission(clock, access_file=settings.access_file)
        self.quotas = Quotas(
            lambda: open_counters(settings.ingest.counters_file, clock.now_ns()), clock
        )
        self._intake = Intake(
            writer=writer, normalizer=self._normalizer, simple=self._simple, twins=self._twins,
            admission=self._admission, quotas=self.quotas, clock=clock,
        )  # fmt: skip
        self.http = OtlpHttp(self._intake)
        self._server: Door | None = None
        self._grpc: OtlpGrpc | None = None
        self._tasks = Tasks()
        self._closed_doors: dict[str, str] = {}
        self._absent = ""
        """Of a door that this installation lacks; nothing is broken."""
        self.configure(settings)

    def configure(self, settings: CoreSettings) -> None:
        """Take up settings that may change while doors are open."""
        self._costing.prices = load_prices(settings.routing.prices_file)
        self._costing.own = OwnPrices(settings.routing.prices)
        keeping = Keeping(cast(CaptureMode, settings.capture), settings.hash_key)
        self._normalizer.keeping = self._simple.keeping = keeping
        self._admission.digests = frozenset(settings.otlp.key_sha256)
        self._admission.closed = settings.otlp.require_key
        self.quotas.configure(settings.ingest.quotas)

    def note(self, span: Span) -> Span:
        """A span of the gateway: what clients send of the same call will not count."""
        self._twins.note(span)
        return span

    async def open(self, services: ApiServices) -> None:
        """Open the doors that are asked for and can be opened."""
        otlp = self._settings.otlp
        if otlp.http:
            try:
                listener = bind(otlp.http, "otlp.http")
            except ConfigError as error:
                self._leave_out("http", error.message)
            else:
                app = intake_app(services, allowed_hosts=otlp.allowed_hosts)
                self._server = Door(
                    uvicorn.Config(
                        app, log_config=None, access_log=False, lifespan="off", ws="none",
                        timeout_graceful_shutdown=3, timeout_keep_alive=75, server_header=False,
                        proxy_headers=False,
                    )
                )  # fmt: skip
                self._serving = self._tasks.spawn(
                    self._server.serve(sockets=[listener]), name="OTLP over HTTP"
                )
        if otlp.grpc:
            await self._open_grpc(otlp.grpc)

    async def _open_grpc(self, address: str) -> None:
        grpc = await asyncio.to_thread(find_grpc)
        if grpc is None:
            self._absent = f"no OTLP over gRPC at {address}: pip install 'vedette[grpc]'"
            log.warning("%s", self._absent)
            return
        door = OtlpGrpc(self._intake, grpc)
        try:
            await door.start(address)
        except ConfigError as error:
            self._leave_out("grpc", error.message)
        else:
            self._grpc = door

    def _leave_out(self, name: str, why: str) -> None:
        self._closed_doors[name] = why
        log.warning("no OTLP over %s: %s", name, why)

    async def close(self) -> None:
        """Take no more; what was taken is finished."""
        if self._grpc is not None:
            await self._grpc.stop()
        if self._server is not None:
            self._server.leave()
            await asyncio.wait({self._serving}, timeout=STOP_S)
        await self._tasks.drain()
        self._intake.close()
        self.quotas.close()

    def samples(self) -> Iterator[Sample]:
        """What came in, for the metrics."""
        stats = self._intake.stats
        yield Sample(INGESTED.name, ("accepted",), stats.accepted)
        yield Sample(INGESTED.name, ("rejected",), stats.rejected)
        for scope, count in self.quotas.refused.items():
            yield Sample(TURNED_AWAY.name, (f"quota_of_{scope}",), count)
        yield Sample(TURNED_AWAY.name, ("overloaded",), stats.overloaded)

    def health(self) -> SubsystemHealth:
        """The doors and what came in."""
        stats = self._intake.stats
        return SubsystemHealth(
            name="otlp", ok=not self._closed_doors, required=False,
            message="; ".join(filter(None, (*self._closed_doors.values(), self._absent))),
            detail={
                "accepted": stats.accepted, "rejected": stats.rejected,
                "overloaded": stats.overloaded, "seen_twice": self._twins.found,
            },
        )  # fmt: skip
