"""The bounded queue in front of the span store.

Queue, batching and retry belong to the one who writes, so that back-pressure reaches the caller:
`write` returns when its spans are durable and raises at once when the queue is full. One thread
takes everything that waits, up to `BATCH_SPANS`, into one transaction (group commit), so many
small callers cost what one large one does.

Failures are told apart. A store that is locked or full is asked again, with growing pauses, until
the callers' deadline. A batch that the store refuses is halved until the bad span stands alone;
that one is logged, counted and left out, the others are written.

The thread also does the store's background work: when nothing waits, and under load every
`MAINTAIN_S` until it has caught up, so that the text index never falls behind by much: it slows
the writes down instead.
"""

import asyncio
import logging
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence

import msgspec

from vedette.clock import Clock
from vedette.errors import Overloaded, SpanRefused, StoreError
from vedette.model.chat import Message, ReasoningPart, TextPart
from vedette.model.span import Span
from vedette.ports.stores import SpanStore

log = logging.getLogger(__name__)

BATCH_SPANS = 2_000
MAINTAIN_S = 0.25
_CATCH_UP_S = 0.5
_IDLE_S = 1.0
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.05, 1.0
_BARE_SPAN_BYTES = 1_000


class WriterStats(msgspec.Struct):
    """Counters since the start; `queued` and `queued_bytes` are of now."""

    queued: int = 0
    queued_bytes: int = 0
    committed: int = 0
    failed: int = 0
    """Spans whose caller was told that they are not stored."""
    refused: int = 0
    """Spans the store will never take: logged and left out."""
    overloaded: int = 0
    """Spans turned away because the queue was full."""
    retries: int = 0
    last_commit_ms: float = 0.0


class _Job:
    """The spans of one caller on their way to the store."""

    __slots__ = ("bytes", "future", "loop", "refused", "since", "spans")

    def __init__(self, spans: Sequence[Span], size: int, since: float) -> None:
        self.spans = spans
        self.bytes = size
        self.since = since
        self.refused = 0
        self.loop = asyncio.get_running_loop()
        self.future: asyncio.Future[int] = self.loop.create_future()


class Writer:
    """Writes spans in groups; see the module.

    `max_spans` and `max_bytes` bound what waits; a single larger batch is taken when nothing
    else waits. `retry_s` is how long a caller waits for a store that fails. `on_committed` is
    called in the event loop with spans that have just become durable.
    The store stays the caller's: `close` does not close it.
    """

    def __init__(
        self,
        store: SpanStore,
        *,
        clock: Clock,
        max_spans: int = 20_000,
        max_bytes: int = 128 * 2**20,
        linger_s: float = 0.02,
        retry_s: float = 30.0,
        on_committed: Callable[[Sequence[Span]], None] | None = None,
    ) -> None:
        self.stats = WriterStats()
        self._store = store
        self._clock = clock
        self._max_spans = max_spans
        self._max_bytes = max_bytes
        self._linger_s = linger_s
        self._retry_s = retry_s
        self._on_committed = on_committed
        self._jobs: deque[_Job] = deque()
        self._changed = threading.Condition()
        self._closing_at: float | None = None
        self._has_work = True
        self._complained_at = float("-inf")
        self._thread = threading.Thread(target=self._run, name="span-writer", daemon=True)
        self._thread.start()

    async def write(self, spans: Sequence[Span]) -> int:
        """Return when the spans are durable: how many of them were refused for good.

        Raises `Overloaded` at once when the queue is full, `StoreError` when the store failed
        until the deadline. Writing the same spans again is harmless.
        """
        if not spans:
            return 0
        job = _Job(spans, sum(map(approximate_bytes, spans)), self._clock.monotonic())
        with self._changed:
            if self._closing_at is not None:
                raise StoreError("Vedette is shutting down; the spans were not stored.")
            self._admit(job)
            self._jobs.append(job)
            self._changed.notify()
        return await job.future

    def _admit(self, job: _Job) -> None:
        stats = self.stats
        spans, size = stats.queued + len(job.spans), stats.queued_bytes + job.bytes
        if stats.queued and (spans > self._max_spans or size > self._max_bytes):
            stats.overloaded += len(job.spans)
            raise Overloaded(
                f"{stats.queued} spans wait to be stored; the queue is full. Try again shortly.",
                retry_after_s=max(1.0, stats.last_commit_ms / 1000 * stats.queued / BATCH_SPANS),
            )
        stats.queued, stats.queued_bytes = spans, size

    async def close(self, *, timeout_s: float = 10.0) -> None:
        """Write what waits and end the thread; what a failing store holds up is given back."""
        with self._changed:
            if self._closing_at is None:
                self._closing_at = self._clock.monotonic() + timeout_s
            self._changed.notify()
        await asyncio.to_thread(self._thread.join, timeout_s + _LONGEST_PAUSE_S)

    def _run(self) -> None:
        maintained_at = self._clock.monotonic()
        while True:
            jobs = self._take()
            if jobs is None:
                return
            if jobs:
                self._commit(jobs)
            if not jobs or self._clock.monotonic() - maintained_at >= MAINTAIN_S:
                self._maintain()
                maintained_at = self._clock.monotonic()

    def _take(self) -> list[_Job] | None:
        """The next group; empty when it is time for background work, None at the end."""
        with self._changed:
            if not self._jobs and self._closing_at is None:
                self._changed.wait(MAINTAIN_S if self._has_work else _IDLE_S)
            if not self._jobs:
                return [] if self._closing_at is None else None
            self._changed.wait_for(self._is_group, self._linger_s)
            jobs: list[_Job] = []
            spans = 0
            while self._jobs and (not jobs or spans + len(self._jobs[0].spans) <= BATCH_SPANS):
                jobs.append(self._jobs.popleft())
                spans += len(jobs[-1].spans)
            return jobs

    def _is_group(self) -> bool:
        return self._closing_at is not None or self.stats.queued >= BATCH_SPANS

    def _commit(self, jobs: list[_Job]) -> None:
        started = self._clock.monotonic()
        spans = [(span, job) for job in jobs for span in job.spans]
        error: StoreError | None = None
        written: list[Span] = []
        try:
            for start in range(0, len(spans), BATCH_SPANS):
                written += self._write_part(spans[start : start + BATCH_SPANS], jobs[-1].since)
        except StoreError as failure:
            error = failure
        self._has_work = True
        with self._changed:
            stats = self.stats
            stats.queued -= len(spans)
            stats.queued_bytes -= sum(job.bytes for job in jobs)
            stats.committed += len(written)
            stats.failed += len(spans) if error else 0
            stats.last_commit_ms = (self._clock.monotonic() - started) * 1000
        self._answer(jobs, written, error)

    def _write_part(self, part: list[tuple[Span, _Job]], since: float) -> list[Span]:
        """Write a part, whole or halved until what the store refuses stands alone."""
        spans = [span for span, _ in part]
        try:
            self._write_retrying(spans, since)
            return spans
        except SpanRefused as refusal:
            reason = refusal.message
        except StoreError:
            raise
        except Exception as bug:  # the rim of this thread: nothing may end it
            log.exception("the span store failed in an unforeseen way")
            reason = type(bug).__name__
        if len(part) == 1:
            span, job = part[0]
            job.refused += 1
            self.stats.refused += 1
            log.error("span %s of trace %s is left out: %s", span.span_id, span.trace_id, reason)
            return []
        half = len(part) // 2
        return self._write_part(part[:half], since) + self._write_part(part[half:], since)

    def _write_retrying(self, spans: list[Span], since: float) -> None:
        pause_s = _FIRST_PAUSE_S
        while True:
            try:
                self._store.write_batch(spans)
                return
            except SpanRefused:
                raise
            except StoreError as error:
                if self._clock.monotonic() + pause_s > self._deadline(since):
                    raise
                self._complain("the spans are kept and tried again", error)
            self.stats.retries += 1
            with self._changed:
                self._changed.wait_for(lambda: self._closing_at is not None, pause_s)
            pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)

    def _deadline(self, since: float) -> float:
        deadline = since + self._retry_s
        return deadline if self._closing_at is None else min(deadline, self._closing_at)

    def _maintain(self) -> None:
        """Background work until there is none, or callers have waited for `_CATCH_UP_S`."""
        until = self._clock.monotonic() + _CATCH_UP_S
        self._has_work = True
        try:
            while self._has_work:
                self._has_work = self._store.maintain()
                if self._jobs and self._clock.monotonic() > until:
                    return
        except StoreError as error:
            self._complain("background work of the span store is put off", error)
        except Exception:  # the rim of this thread: nothing may end it
            log.exception("background work of the span store failed in an unforeseen way")
            self._has_work = False

    def _complain(self, what: str, error: StoreError) -> None:
        """Log a failure at most every ten seconds."""
        now = self._clock.monotonic()
        if now - self._complained_at >= 10.0:
            self._complained_at = now
            log.warning("%s: %s", what, error.message)

    def _answer(self, jobs: list[_Job], written: list[Span], error: StoreError | None) -> None:
        """Wake the callers, each in its event loop, and tell of what was written."""
        for loop in {job.loop for job in jobs}:
            mine = [job for job in jobs if job.loop is loop]
            try:
                loop.call_soon_threadsafe(self._settle, mine, error)
            except RuntimeError:
                log.warning("%d callers were gone before their spans were stored", len(mine))
        if written and self._on_committed is not None:
            try:
                jobs[-1].loop.call_soon_threadsafe(self._on_committed, written)
            except RuntimeError:
                log.warning("nobody is left to hear of %d new spans", len(written))

    @staticmethod
    def _settle(jobs: list[_Job], error: StoreError | None) -> None:
        for job in jobs:
            if job.future.done():
                continue
            if error is not None:
                job.future.set_exception(error)
            else:
                job.future.set_result(job.refused)


def approximate_bytes(span: Span) -> int:
    """About what a span weighs in memory, from the lengths of its texts."""
    payload = span.payload
    size = _BARE_SPAN_BYTES + len(payload.raw_request) + len(payload.raw_response)
    return size + sum(_text_sizes(payload.input)) + sum(_text_sizes(payload.output))


def _text_sizes(side: tuple[Message, ...] | str | None) -> Iterator[int]:
    if isinstance(side, str):
        yield len(side)
    elif side:
        for message in side:
            for part in message.parts:
                yield len(part.content) if isinstance(part, TextPart | ReasoningPart) else 200
