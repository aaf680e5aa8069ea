"""What the core says of itself."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from vedette.api.schemas import SubsystemHealth
from vedette.ingest.collector import Collector
from vedette.ingest.writer import Writer
from vedette.metrics import Family, Sample
from vedette.ports.stores import SpanStore

WRITER_QUEUE = Family("vedette_writer_queue_spans", "Spans waiting for the store.", "gauge")
COMMITTED = Family("vedette_spans_committed", "Spans made durable.", "counter")
WRITE_FAILURES = Family("vedette_spans_failed", "Spans the store refused.", "counter")
IMPORTED = Family("vedette_spans_imported", "Spans read back from spill files.", "counter")
WORKERS = Family("vedette_gateway_workers", "Connected gateway workers.", "gauge")

FAMILIES = (WRITER_QUEUE, COMMITTED, WRITE_FAILURES, IMPORTED, WORKERS)

BACKLOG_SPANS = 5_000
"""So many waiting spans mean that the store does not keep up."""


class Probed(Protocol):
    """A store that says what keeps it from working."""

    def problem(self) -> str: ...


def subsystems(
    store: SpanStore, writer: Writer, collector: Collector, records: Probed
) -> Sequence[SubsystemHealth]:
    """Each part of the core. Without a store calls flow, so only the store is required here."""
    health = store.health()
    workers = len(collector.workers)
    stats = writer.stats
    keeps_up = stats.queued < BACKLOG_SPANS
    problem = records.problem()
    return (
        SubsystemHealth(
            name="store", ok=health.ok, message=health.message,
            detail={"spans": health.spans, "bytes": health.bytes},
        ),
        SubsystemHealth(
            name="writer", ok=keeps_up, required=False,
            message="" if keeps_up else "the store does not keep up; spans are waiting",
            detail={"queued": stats.queued, "committed": stats.committed},
        ),
        SubsystemHealth(name="records", ok=not problem, required=False, message=problem),
        SubsystemHealth(
            name="gateway", ok=workers > 0, required=False,
            message="" if workers else "no gateway worker is connected",
            detail={"workers": workers, "imported": collector.imported},
        ),
    )  # fmt: skip


def keys(*, behind: bool) -> SubsystemHealth:
    """Whether the gateway was told of every change of the virtual keys."""
    message = "the gateway does not know the newest changes of keys" if behind else ""
    return SubsystemHealth(name="keys", ok=not behind, required=False, message=message)


def audit(problem: str) -> SubsystemHealth:
    """Whether the audit log is what was signed."""
    message = f"not what was signed, see `vedette audit verify`: {problem}" if problem else ""
    return SubsystemHealth(name="audit", ok=not problem, required=False, message=message)


def work(troubles: Mapping[str, str]) -> SubsystemHealth:
    """Whether all that goes on in the background does."""
    message = "; ".join(f"{name}: {why}" for name, why in sorted(troubles.items()))
    return SubsystemHealth(name="work", ok=not troubles, required=False, message=message)


def samples(writer: Writer, collector: Collector) -> Iterable[Sample]:
    """The core's own numbers."""
    return (
        Sample(WRITER_QUEUE.name, (), writer.stats.queued),
        Sample(COMMITTED.name, (), writer.stats.committed),
        Sample(WRITE_FAILURES.name, (), writer.stats.failed),
        Sample(IMPORTED.name, (), collector.imported),
        Sample(WORKERS.name, (), len(collector.workers)),
    )
