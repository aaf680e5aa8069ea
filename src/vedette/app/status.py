"""What the core says of itself and of the providers."""

import threading
from collections import deque
from collections.abc import Iterable, Sequence
from typing import Protocol

from vedette.api.schemas import ProviderStatus, SubsystemHealth
from vedette.ingest.collector import Collector
from vedette.ingest.writer import Writer
from vedette.metrics import Family, Sample
from vedette.model.exchange import ExchangeRecord
from vedette.model.settings import ProviderSummary
from vedette.ports.stores import SpanStore
from vedette.query.times import format_time

WRITER_QUEUE = Family("vedette_writer_queue_spans", "Spans waiting for the store.", "gauge")
COMMITTED = Family("vedette_spans_committed", "Spans made durable.", "counter")
WRITE_FAILURES = Family("vedette_spans_failed", "Spans the store refused.", "counter")
IMPORTED = Family("vedette_spans_imported", "Spans read back from spill files.", "counter")
WORKERS = Family("vedette_gateway_workers", "Connected gateway workers.", "gauge")

FAMILIES = (WRITER_QUEUE, COMMITTED, WRITE_FAILURES, IMPORTED, WORKERS)

BACKLOG_SPANS = 5_000
"""So many waiting spans mean that the store does not keep up."""
RECENT = 512
"""Calls that the latencies of a provider are taken from."""


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


def samples(writer: Writer, collector: Collector) -> Iterable[Sample]:
    """The core's own numbers."""
    return (
        Sample(WRITER_QUEUE.name, (), writer.stats.queued),
        Sample(COMMITTED.name, (), writer.stats.committed),
        Sample(WRITE_FAILURES.name, (), writer.stats.failed),
        Sample(IMPORTED.name, (), collector.imported),
        Sample(WORKERS.name, (), len(collector.workers)),
    )


class _Seen:
    """What passed by of one provider."""

    __slots__ = ("durations", "errors", "first_tokens", "last_error", "last_error_ns",
                 "last_success_ns", "requests")  # fmt: skip

    def __init__(self) -> None:
        self.requests = 0
        self.errors = 0
        self.last_error: str | None = None
        self.last_error_ns: int | None = None
        self.last_success_ns: int | None = None
        self.durations: deque[float] = deque(maxlen=RECENT)
        self.first_tokens: deque[float] = deque(maxlen=RECENT)


class ProviderWatch:
    """Remembers how the calls of each provider went since the core's start. Thread-safe."""

    def __init__(self) -> None:
        self._seen: dict[str, _Seen] = {}
        self._lock = threading.Lock()

    def note(self, record: ExchangeRecord) -> None:
        """Count the attempts of an exchange."""
        with self._lock:
            for attempt in record.attempts:
                seen = self._seen.setdefault(attempt.provider, _Seen())
                seen.requests += 1
                if attempt.error:
                    seen.errors += 1
                    seen.last_error = attempt.error
                    seen.last_error_ns = attempt.start_ns
                else:
                    seen.last_success_ns = attempt.start_ns
                    seen.durations.append(attempt.duration_ms)
            if record.ttft_ms is not None and record.provider in self._seen:
                self._seen[record.provider].first_tokens.append(record.ttft_ms)

    def statuses(self, configured: Sequence[ProviderSummary]) -> Sequence[ProviderStatus]:
        """One entry per configured provider, in the order of the configuration."""
        with self._lock:
            return [self._status(provider) for provider in configured]

    def _status(self, provider: ProviderSummary) -> ProviderStatus:
        seen = self._seen.get(provider.name) or _Seen()
        return ProviderStatus(
            name=provider.name,
            kind=provider.kind,
            base_url=provider.base_url,
            has_key=provider.has_key,
            simulated=provider.kind == "sim",
            models=provider.models,
            requests=seen.requests,
            errors=seen.errors,
            last_error=seen.last_error,
            last_error_time=_time(seen.last_error_ns),
            last_success_time=_time(seen.last_success_ns),
            latency_p50_ms=_quantile(seen.durations, 0.5),
            latency_p95_ms=_quantile(seen.durations, 0.95),
            ttft_p50_ms=_quantile(seen.first_tokens, 0.5),
        )


def _time(time_ns: int | None) -> str | None:
    return None if time_ns is None else format_time(time_ns)


def _quantile(values: Iterable[float], share: float) -> float | None:
    """Nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else None
