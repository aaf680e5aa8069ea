"""Where spans, records and cached values live.

Implementations: `stores/spans/`, `stores/records/`, `stores/cache/`. The methods are synchronous
and may block on the disk: callers run them off the event loop. All are safe to call from
several threads.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

import msgspec

from vedette.model.forgetting import Forgotten
from vedette.model.query import (
    Facets,
    Facts,
    Filter,
    Page,
    Position,
    Series,
    SeriesQuery,
    StoreCapabilities,
    StoreHealth,
    TraceRow,
)
from vedette.model.span import Span
from vedette.ports.notes import Notes


class SpanStore(Protocol):
    """Immutable spans, written once, read by trace, by list, by text and as series.

    What a store cannot answer is `StoreError`, never an empty answer. Every query stays inside
    its `project_id`.
    """

    capabilities: StoreCapabilities

    @property
    def notes(self) -> Notes:
        """What is said of traces later; filters look at it, too."""
        ...

    def write_batch(self, spans: Sequence[Span]) -> int:
        """Make the spans durable, with all roll-ups, in one transaction; return how many were new.

        Idempotent by (trace_id, span_id): a span that is there already is left as it is and
        changes no roll-up. After `StoreError` write the batch again: each trace was kept whole or
        not at all, and what was kept is not counted twice.
        Visible to readers when this returns (text search may follow within a second).
        """
        ...

    def list_traces(self, filter: Filter, *, after: Position | None, limit: int) -> Page[TraceRow]:
        """Traces newest first by (start_ns, trace_id); `after` is the last position seen."""
        ...

    def list_spans(self, filter: Filter, *, after: Position | None, limit: int) -> Page[Span]:
        """Spans newest first by (start_ns, span_id), without payload."""
        ...

    def facts(self, filter: Filter, *, most: int) -> Facts:
        """The newest spans to be counted, at most `most`, quicker than a list of them.

        A filter that no index knows is held against a bounded number of spans.
        """
        ...

    def trace(self, project_id: str, trace_id: str) -> TraceRow | None:
        """The roll-up of one trace; None when there is none."""
        ...

    def trace_spans(
        self, project_id: str, trace_id: str, *, payload: bool, limit: int = 10_000
    ) -> tuple[Span, ...]:
        """The spans of a trace, oldest first; without payload their `payload` is empty."""
        ...

    def span(self, project_id: str, trace_id: str, span_id: str) -> Span | None:
        """One span with its payload."""
        ...

    def series(self, query: SeriesQuery) -> tuple[Series, ...]:
        """Metrics over time, from roll-ups."""
        ...

    def facets(self, project_id: str, *, from_ns: int, to_ns: int) -> Facets:
        """Values for filter menus, at most 100 each."""
        ...

    def export(self, filter: Filter) -> Iterator[Span]:
        """All matching spans with payload, newest first, in constant memory."""
        ...

    def delete_range(self, project_id: str, *, to_ns: int) -> int:
        """Forget the spans that started before `to_ns`; return how many. Roll-ups follow."""
        ...

    def delete_traces(self, project_id: str, traces: Mapping[str, int]) -> int:
        """Delete whole traces that have as many spans as is said, and return how many spans.

        A trace with other spans than the caller knows stays. Roll-ups and the ledger stay.
        """
        ...

    def forget_user(self, project_id: str, user_id: str) -> Forgotten:
        """Delete every trace in which a span names the user, from every index and side table.

        Counts what was there and what is left. Sums over everybody (roll-ups) stay; rows of the
        ledger stay without user and session.
        """
        ...

    def maintain(self) -> bool:
        """Do a bounded step of background work (text index, pruning); True when more is waiting.

        Whoever owns the writes calls it, often and when idle.
        """
        ...

    def health(self) -> StoreHealth:
        """Cheap, never raises."""
        ...

    def close(self) -> None:
        """Finish what runs and release files. Idempotent."""
        ...


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """A small typed document of a project, versioned for optimistic locking."""

    project_id: str
    kind: str
    """What it is: `saved_view`, later `prompt`, `policy`, `key`, ..."""
    id: str
    version: int
    created_ns: int
    updated_ns: int
    body: dict[str, Any]


class Records(Protocol):
    """Records per project and kind."""

    def get(self, project_id: str, kind: str, id: str) -> Record | None: ...

    def list(
        self, project_id: str, kind: str, *, after_id: str = "", limit: int = 100
    ) -> tuple[Record, ...]:
        """Ordered by id, those after `after_id`."""
        ...

    def put(
        self, project_id: str, kind: str, id: str, body: dict[str, Any], *, version: int
    ) -> Record:
        """Create (`version` 0) or replace the record that still has this version.

        Raises `Conflict` when the version differs (for 0: when the id is taken).
        """
        ...

    def delete(self, project_id: str, kind: str, id: str, *, version: int) -> None:
        """Raises `NotFound` or `Conflict`."""
        ...

    def close(self) -> None: ...


class Cache(Protocol):
    """Values with a time to live, counters, leases and locks; shared where the profile says so."""

    async def get(self, key: str) -> bytes | None: ...

    async def set(
        self, key: str, value: bytes, *, ttl_s: float, labels: Sequence[str] = ()
    ) -> None:
        """Keep a value; `labels` are what it can be purged by (`CacheView.purge`)."""
        ...

    async def delete(self, key: str) -> None: ...

    async def add(self, key: str, amount: int, *, ttl_s: float) -> int:
        """Add to a counter and return its value; `ttl_s` counts from its creation."""
        ...

    async def reserve(self, key: str, amount: int, *, limit: int, ttl_s: float) -> str | None:
        """Take `amount` from a limit: a lease id, or None when it would exceed `limit`.

        A lease that is not settled within `ttl_s` gives its amount back.
        """
        ...

    async def settle(self, key: str, lease: str, *, used: int) -> None:
        """Replace the lease by what was really used. Settling twice changes nothing."""
        ...

    async def lock(self, key: str, *, ttl_s: float) -> str | None:
        """A token, or None while somebody else holds the lock."""
        ...

    async def unlock(self, key: str, token: str) -> bool:
        """False when the lock was lost before."""
        ...

    async def get_or_claim(self, key: str, token: str, *, ttl_s: float) -> bytes | str:
        """The value; where there is none, the token of who works on it, which is `token` from now
        on where nobody did.

        A claim ends with `unclaim`, or after `ttl_s` unless it is renewed. Looking and claiming are
        one step, so of all that ask one alone is told his own token.
        """
        ...

    async def renew_claims(self, claims: Mapping[str, str], *, ttl_s: float) -> None:
        """Let those of these claims (tokens by key) go on that were not lost before."""
        ...

    async def unclaim(self, key: str, token: str) -> None:
        """End a claim; nothing where it was lost before."""
        ...

    async def close(self) -> None: ...


class CacheView(Protocol):
    """The values of a shared cache, for those who look after it. May block; thread-safe."""

    def purge(self, labels: Iterable[str]) -> int:
        """Forget the values that have all of these labels; returns how many."""
        ...

    def put(self, key: str, value: bytes, *, ttl_s: float) -> None:
        """Keep a value that `purge` and `usage` do not know of."""
        ...

    def usage(self) -> tuple[int, int]:
        """How many values there are, and their bytes."""
        ...

    def close(self) -> None: ...
