"""Where the records of a worker go: to the core, to spill files, to disk before they are whole."""

from pathlib import Path

from vedette.app.reduction import Reduction
from vedette.clock import Clock
from vedette.gateway.pending import PendingCalls
from vedette.gateway.sink import Sink
from vedette.gateway.spill import Spill
from vedette.model.pending import PLACE
from vedette.model.settings import GatewaySettings


def place_of(spill_dir: str) -> Path | None:
    """Where calls wait on disk for what is said of them afterwards."""
    return Path(spill_dir).with_name(PLACE) if spill_dir else None


def open_sink(settings: GatewaySettings, worker: str, clock: Clock) -> tuple[Sink, PendingCalls]:
    """The sink of a worker, and the calls that wait for what is said of them afterwards."""
    directory = Path(settings.spill_dir) if settings.spill_dir else None
    reduce = Reduction(settings.hash_key)
    spill = Spill(directory, worker=worker, limit_bytes=settings.spill_bytes, reduce=reduce)
    sink = Sink(
        worker=worker, path=settings.collector, spill=spill, clock=clock,
        limit_records=settings.buffer_records, limit_bytes=settings.buffer_bytes,
    )  # fmt: skip
    pending = PendingCalls(place_of(settings.spill_dir), worker=worker, reduce=reduce)
    sink.on_safe = pending.settle
    return sink, pending
