"""The way of a batch: who sends it, unpack, read, normalize, count once, store.

Transport knows nothing of it: OTLP over HTTP, over gRPC and the simple endpoint come here. The work
on a batch is done in a thread, at most `threads` batches at a time; what waits beyond `waiting`
is turned away with `Overloaded`, as is what the writer has no room for. Nothing is dropped in
silence: who gets no error has their spans on the disk.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple, Protocol, TypeVar

from vedette.clock import Clock
from vedette.dialects import otlp
from vedette.dialects.otlp_shape import OtlpBatch, OtlpSpan
from vedette.errors import Overloaded, StoreError, VedetteError
from vedette.ingest.admission import Admission
from vedette.ingest.normalize import Normalizer
from vedette.ingest.otlp_logs import to_spans
from vedette.ingest.quotas import Quotas
from vedette.ingest.simple import Refused, SimpleReader
from vedette.ingest.twins import Twins
from vedette.ingest.unpacking import unpack
from vedette.model.span import Span

log = logging.getLogger(__name__)

MAX_BODY_BYTES = 32 * 2**20
MAX_PLAIN_BYTES = 64 * 2**20
MAX_JSON_BYTES = 24 * 2**20
"""Unpacked JSON: read, it can take thirty times as much."""
HASTE_S = 0.15
AWAITED_S = 1.0
"""How long spans wait for those of the gateway that they say are to come."""
STORE_AGAIN_S = 5.0
Found = TypeVar("Found")


def retry_after_s(error: VedetteError) -> float | None:
    """When a batch that was turned away had better come again; None where that does not help."""
    if isinstance(error, Overloaded):
        return error.retry_after_s
    return STORE_AGAIN_S if isinstance(error, StoreError) and error.status == 503 else None


class SpanWriter(Protocol):
    async def write(self, spans: Sequence[Span]) -> int: ...


class Taken(NamedTuple):
    """What became of a batch."""

    accepted: int
    rejected: int
    reason: str


class IntakeStats:
    """Counters since the start."""

    __slots__ = ("accepted", "batches", "overloaded", "rejected")

    def __init__(self) -> None:
        self.batches = self.accepted = self.rejected = self.overloaded = 0


class Intake:
    """One for all doors of a core."""

    def __init__(
        self, *, writer: SpanWriter, normalizer: Normalizer, simple: SimpleReader, twins: Twins,
        admission: Admission, quotas: Quotas, clock: Clock, threads: int = 1, waiting: int = 64,
    ) -> None:  # fmt: skip
        self.admission = admission
        self.quotas = quotas
        self.stats = IntakeStats()
        self._writer = writer
        self._normalizer = normalizer
        self._simple = simple
        self._twins = twins
        self._clock = clock
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="intake")
        self._room = threads + waiting
        self._working = 0

    async def take(
        self,
        signal: otlp.Signal,
        encoding: otlp.Encoding,
        body: bytes,
        *,
        headers: Mapping[str, str],
        peer: str = "",
    ) -> Taken:
        """Store the spans of an OTLP request. Raises VedetteError where none of them was."""
        sender = self.admission.admit(headers, peer)
        self.quotas.check(sender)
        packed = headers.get("content-encoding", "")

        def work() -> tuple[list[Span], OtlpBatch, int]:
            cap = MAX_PLAIN_BYTES if encoding == "protobuf" else MAX_JSON_BYTES
            plain = unpack(body, packed, max_bytes=cap)
            batch = otlp.read(signal, encoding, plain)
            raw = batch.spans if signal == "traces" else to_spans(batch.logs)
            return self._normalize(raw, sender.project_id, batch), batch, len(plain)

        spans, batch, size = await self._run(work)
        with self.quotas.holding(sender, spans=len(spans), body_bytes=size):
            spans = await self._count_once(spans)
            refused = await self._write(spans)
        return self._count(len(spans) - refused, batch.rejected + refused, batch.reason)

    async def take_simple(
        self, body: bytes, *, headers: Mapping[str, str], peer: str = ""
    ) -> tuple[list[Span], list[Refused]]:
        """Store spans in our own words. Raises VedetteError."""
        sender = self.admission.admit(headers, peer)
        self.quotas.check(sender)
        packed = headers.get("content-encoding", "")

        def work() -> tuple[list[Span], list[Refused], int]:
            plain = unpack(body, packed, max_bytes=MAX_JSON_BYTES)
            return *self._simple.read(plain, project_id=sender.project_id), len(plain)

        spans, refused, size = await self._run(work)
        with self.quotas.holding(sender, spans=len(spans), body_bytes=size):
            spans = await self._count_once(spans)
            left = await self._write(spans)
        self._count(len(spans) - left, len(refused) + left, "")
        return spans, refused

    def close(self) -> None:
        """Start nothing more."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _normalize(self, raw: Sequence[OtlpSpan], project: str, batch: OtlpBatch) -> list[Span]:
        spans = []
        for one in raw:
            try:
                spans.append(self._normalizer.span(one, project_id=project))
            except (ValueError, TypeError, ArithmeticError, LookupError, RecursionError) as error:
                # No input is known that gets here; if there is one it costs its span only.
                log.error("a span cannot be read: %s", type(error).__name__)
                batch.rejected += 1
                batch.reason = batch.reason or "a span cannot be read"
        return spans

    async def _run(self, work: Callable[[], Found]) -> Found:
        if self._working >= self._room:
            self.stats.overloaded += 1
            raise Overloaded("Too many batches wait to be read. Try again.", retry_after_s=1.0)
        self._working += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, work)
        finally:
            self._working -= 1

    async def _count_once(self, spans: list[Span]) -> list[Span]:
        """Who sends a span at once may be faster than the gateway with its own of the call."""
        if self._twins.is_hasty(spans, self._clock.now_ns()):
            await asyncio.sleep(HASTE_S)
        until = self._clock.monotonic() + AWAITED_S
        while self._twins.awaits(spans, self._clock.now_ns()):
            if self._clock.monotonic() >= until:
                break
            await asyncio.sleep(HASTE_S / 3)
        return await self._run(lambda: self._twins.settle(spans))

    async def _write(self, spans: Sequence[Span]) -> int:
        try:
            return await self._writer.write(spans)
        except Overloaded:
            self.stats.overloaded += 1
            raise
        except StoreError as error:
            log.warning("a batch was not stored: %s", error.message)
            raise

    def _count(self, accepted: int, rejected: int, reason: str) -> Taken:
        self.stats.batches += 1
        self.stats.accepted += accepted
        self.stats.rejected += rejected
        if rejected and not reason:
            reason = "the store refused spans that can never be written"
        return Taken(accepted, rejected, reason)
