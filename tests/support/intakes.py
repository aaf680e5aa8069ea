"""An intake over a real writer and a real store in memory, for tests of the doors."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from vedette.clock import FakeClock, SystemClock
from vedette.costs.own_prices import OwnPrices
from vedette.costs.prices import PriceIndex
from vedette.ingest.admission import Admission
from vedette.ingest.costing import Costing
from vedette.ingest.intake import Intake
from vedette.ingest.keeping import Keeping
from vedette.ingest.normalize import Normalizer
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

    def spans(self, trace_id: str) -> tuple[Span, ...]:
        return self.store.trace_spans("default", trace_id, payload=True)

    def traces(self, project_id: str = "default") -> tuple[TraceRow, ...]:
        wanted = Filter(project_id=project_id)
        return tuple(self.store.list_traces(wanted, after=None, limit=1_000).items)


@asynccontextmanager
async def intaken(*, max_spans: int = 20_000, waiting: int = 64) -> AsyncIterator[Intaken]:
    """Open an intake; at the end all is written."""
    clock = FakeClock()
    store = SqliteSpanStore(None, clock)
    writer = Writer(store, clock=SystemClock(), max_spans=max_spans, linger_s=0.0)
    costing = Costing(PriceIndex.load(), OwnPrices(()))
    admission = Admission(clock)
    intake = Intake(
        writer=writer, normalizer=Normalizer(costing, clock), twins=Twins(), admission=admission,
        simple=SimpleReader(costing, clock, Keeping()), waiting=waiting,
    )  # fmt: skip
    try:
        yield Intaken(intake, store, admission)
    finally:
        intake.close()
        await writer.close()
        store.close()
