"""An intake over a real writer and a real store in memory, for tests of the doors."""

import asyncio
import socket
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass

import uvicorn
from starlette.types import ASGIApp

from vedette.clock import FakeClock, SystemClock
from vedette.costs.counters import Counters
from vedette.costs.own_prices import OwnPrices
from vedette.costs.prices import PriceIndex
from vedette.ingest.admission import Admission
from vedette.ingest.costing import Costing
from vedette.ingest.intake import Intake
from vedette.ingest.keeping import Keeping
from vedette.ingest.normalize import Normalizer
from vedette.ingest.quotas import Quotas
from vedette.ingest.simple import SimpleReader
from vedette.ingest.twins import Twins
from vedette.ingest.writer import Writer
from vedette.model.query import Filter, TraceRow
from vedette.model.span import Span
from vedette.stores.spans.sqlite import SqliteSpanStore


@dataclass
class Intaken:
    """The parts that tests ask."""

    intake: Intake
    store: SqliteSpanStore
    admission: Admission
    clock: FakeClock

    def spans(self, trace_id: str) -> tuple[Span, ...]:
        return self.store.trace_spans("default", trace_id, payload=True)

    def traces(self, project_id: str = "default") -> tuple[TraceRow, ...]:
        wanted = Filter(project_id=project_id)
        return tuple(self.store.list_traces(wanted, after=None, limit=1_000).items)


@asynccontextmanager
async def intaken(*, max_spans: int = 20_000, waiting: int = 64) -> AsyncIterator[Intaken]:
    """Open an intake; at the end all is written."""
    parts, writer = _make(max_spans, waiting)
    try:
        yield parts
    finally:
        parts.intake.close()
        await writer.close()
        parts.store.close()


@contextmanager
def intake_of_threads() -> Iterator[Intaken]:
    """The same for a server in a thread of its own."""
    parts, writer = _make(20_000, 64)
    try:
        yield parts
    finally:
        parts.intake.close()
        asyncio.run(writer.close())
        parts.store.close()


def _make(max_spans: int, waiting: int) -> tuple[Intaken, Writer]:
    clock = FakeClock()
    store = SqliteSpanStore(None, clock)
    writer = Writer(store, clock=SystemClock(), max_spans=max_spans, linger_s=0.0)
    costing = Costing(PriceIndex.load(), OwnPrices(()))
    admission = Admission(clock)
    intake = Intake(
        writer=writer, normalizer=Normalizer(costing, clock), twins=Twins(), admission=admission,
        simple=SimpleReader(costing, clock, Keeping()), clock=clock, waiting=waiting,
        quotas=Quotas(Counters.private, clock),
    )  # fmt: skip
    return Intaken(intake, store, admission, clock), writer


@contextmanager
def serving(app: ASGIApp) -> Iterator[str]:
    """The application under uvicorn in a thread; yields its address."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(app, log_config=None, lifespan="off", timeout_graceful_shutdown=2)
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()
