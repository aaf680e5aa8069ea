"""The span store on SQLite: `lite` in a directory, `memory` without one.

Layout: one database file per month (`months`), each with its spans, payloads, facets, trace
roll-ups, cells and text index (`stores/sql/sqlite`). A file is complete in itself: a broken one
is moved aside and costs one month, an old one is deleted as a file, nothing has to be kept in
step between files. Reads ask the files newest first and merge.

Threads: writes take `_write_lock` one at a time; reads take connections of their own and wait
for nobody (in memory they share the one connection). Processes: one writes, held by a lock on
the directory; others may open it with `readonly=True` at the same time.
"""

import contextlib
import logging
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from vedette.clock import Clock
from vedette.errors import BadRequest, SpanRefused, StoreError
from vedette.model.expression import Compare, Field, both
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
from vedette.stores.spans.sqlite import deleting, reading
from vedette.stores.spans.sqlite.cells import MINUTES_KEPT_NS
from vedette.stores.spans.sqlite.codec import encode_row
from vedette.stores.spans.sqlite.erasing import Erasing
from vedette.stores.spans.sqlite.facets import list_facets
from vedette.stores.spans.sqlite.facts import newest_facts
from vedette.stores.spans.sqlite.files import FileGone, SpanFile, read_stat
from vedette.stores.spans.sqlite.findings import SpanFindings
from vedette.stores.spans.sqlite.ledger import SpanLedger
from vedette.stores.spans.sqlite.merging import Item, newest
from vedette.stores.spans.sqlite.months import Months
from vedette.stores.spans.sqlite.notes import SqliteNotes
from vedette.stores.spans.sqlite.reading import Bounds
from vedette.stores.spans.sqlite.schema import Opening
from vedette.stores.spans.sqlite.searching import LOOKED_AT, Found, Looking, asks_for_text
from vedette.stores.spans.sqlite.series import series
from vedette.stores.spans.sqlite.upkeep import Upkeep
from vedette.stores.spans.sqlite.writing import (
    Group,
    TraceKey,
    find_traces,
    group_rows,
    write_groups,
)

log = logging.getLogger(__name__)

Answer = TypeVar("Answer")
_EXPORT_PAGE = 200
_ATTEMPTS = 10
_LOW_DISK_BYTES = 64 * 2**20
_REFUSALS = (
    sqlite3.IntegrityError, sqlite3.DataError, sqlite3.InterfaceError, OverflowError, UnicodeError,
    msgspec.DecodeError,
)  # fmt: skip


class SqliteSpanStore:
    """Implements `ports.stores.SpanStore`.

    `path` is the directory, made when it is not there; None keeps everything in memory.
    `synchronous="FULL"` makes a commit survive the loss of power, not only of the process;
    `looked_at` bounds the spans that one page looks at for a filter the index does not know;
    `busy_s` is how long a write waits for a file that another program has locked.
    Raises `StoreError` when the directory cannot be used, is in use by another process that
    writes, or was written by a newer version.
    """

    def __init__(
        self,
        path: Path | None,
        clock: Clock,
        *,
        readonly: bool = False,
        synchronous: str = "NORMAL",
        busy_s: float = 5.0,
        text_index: bool = True,
        looked_at: int = LOOKED_AT,
    ) -> None:
        if synchronous not in ("NORMAL", "FULL"):
            raise StoreError(f"synchronous is {synchronous!r}: use 'NORMAL' or 'FULL'.")
        self._path = path
        self._clock = clock
        self._text_index = text_index
        self._write_lock = threading.Lock()
        self._failure = ""
        self._is_closed = False
        self._months = Months(path, clock, Opening(readonly, synchronous, busy_s, text_index))
        self._upkeep = Upkeep(self._months, clock, text_index=text_index)
        self.ledger = SpanLedger(self._ask)
        self.notes = SqliteNotes(path, readonly=readonly)
        self._looking = Looking(looked_at, self.notes)
        self.findings = SpanFindings(self._ask)
        files = self._months.newest_first
        self._eraser = Erasing(files, self.notes, self._erasing, self._has_session)
        self.capabilities = StoreCapabilities(
            text_search=text_index, percentiles=True, shared=False, durable=path is not None
        )

    def write_batch(self, spans: Sequence[Span]) -> int:
        """See the port. Raises `SpanRefused` where one of the spans can never be written.

        After a `StoreError` the spans of one month may be there and those of another not;
        writing the batch again is right in any case.
        """
        if not spans:
            return 0
        with self._write_lock, self._reporting(writing=True):
            groups = group_rows(map(encode_row, spans))
            try:
                return self._write(groups)
            except sqlite3.DatabaseError as error:
                if not self._replace_broken(error):
                    raise
                return self._write(groups)

    def _write(self, groups: dict[TraceKey, Group]) -> int:
        minutes_from_ns = self._clock.now_ns() - MINUTES_KEPT_NS
        written = 0
        for file, part in self._homes(groups):
            written += write_groups(file, part, minutes_from_ns=minutes_from_ns)
        return written

    def _homes(self, groups: dict[TraceKey, Group]) -> list[tuple[SpanFile, dict[TraceKey, Group]]]:
        """Where each trace lives already, else the file of the month it starts in."""
        starts = {
            key: min(row.span.start_ns for row in group.values()) for key, group in groups.items()
        }
        natural = {key: self._months.known_home(start_ns) for key, start_ns in starts.items()}
        homes: dict[TraceKey, SpanFile] = {}
        for file in self._months.newest_first():
            strangers = [key for key, home in natural.items() if home is not file]
            if strangers:
                with file.writing() as conn:
                    homes |= dict.fromkeys(find_traces(conn, strangers), file)
        parts: dict[str, tuple[SpanFile, dict[TraceKey, Group]]] = {}
        for key, group in groups.items():
            home = homes.get(key) or self._months.home(starts[key])
            parts.setdefault(home.name, (home, {}))[1][key] = group
        return list(parts.values())

    def _replace_broken(self, error: sqlite3.Error) -> bool:
        broken = [file for file in self._months.newest_first() if file.is_broken]
        for file in broken:
            self._months.replace_damaged(file, error)
        return bool(broken)

    def list_traces(self, filter: Filter, *, after: Position | None, limit: int) -> Page[TraceRow]:
        filter = self._with_late_tags(filter)
        bounds = Bounds.of(filter, after)

        def fetch(conn: sqlite3.Connection, want: int) -> Found[TraceRow]:
            return reading.search_traces(conn, filter, bounds, limit=want, looking=self._looking)

        return self._newest(filter, bounds, limit, fetch)

    def list_spans(self, filter: Filter, *, after: Position | None, limit: int) -> Page[Span]:
        return self._spans(filter, after, limit, payload=False)

    def _spans(
        self, filter: Filter, after: Position | None, limit: int, *, payload: bool
    ) -> Page[Span]:
        filter = self._with_late_tags(filter)
        bounds = Bounds.of(filter, after)

        def fetch(conn: sqlite3.Connection, want: int) -> Found[Span]:
            return reading.search_spans(
                conn, filter, bounds, limit=want, payload=payload, looking=self._looking
            )

        return self._newest(filter, bounds, limit, fetch)

    def facts(self, filter: Filter, *, most: int) -> Facts:
        filter = self._with_late_tags(filter)
        self._check_text(filter)
        return self._ask(lambda files: newest_facts(files, filter, most, self._looking))

    def _check_text(self, filter: Filter) -> None:
        if not self._text_index and (filter.text or asks_for_text(filter.where)):
            raise StoreError("Text search is switched off (no text index is kept).")

    def _with_late_tags(self, filter: Filter) -> Filter:
        """The filter with its tag as a part of the tree where traces were given it later."""
        if not filter.tag or not self.notes.has_tag(filter.project_id, filter.tag):
            return filter
        tagged = Compare(Field("tag"), "=", filter.tag)
        return msgspec.structs.replace(filter, tag="", where=both(filter.where, tagged))

    def _newest(
        self,
        filter: Filter,
        bounds: Bounds,
        limit: int,
        fetch: Callable[[sqlite3.Connection, int], Found[Item]],
    ) -> Page[Item]:
        self._check_text(filter)
        return self._ask(lambda files: newest(files, bounds, max(limit, 0), fetch))

    def trace(self, project_id: str, trace_id: str) -> TraceRow | None:
        return self._in_trace(project_id, trace_id, lambda conn, id, row: row)

    def trace_spans(
        self, project_id: str, trace_id: str, *, payload: bool, limit: int = 10_000
    ) -> tuple[Span, ...]:
        def read(conn: sqlite3.Connection, id: int, row: TraceRow) -> list[Span]:
            return reading.trace_spans(conn, project_id, id, payload=payload, limit=limit)

        return tuple(self._in_trace(project_id, trace_id, read) or ())

    def span(self, project_id: str, trace_id: str, span_id: str) -> Span | None:
        def read(conn: sqlite3.Connection, id: int, row: TraceRow) -> Span | None:
            return reading.find_span(conn, project_id, id, span_id)

        return self._in_trace(project_id, trace_id, read)

    def _in_trace(
        self,
        project_id: str,
        trace_id: str,
        read: Callable[[sqlite3.Connection, int, TraceRow], Answer | None],
    ) -> Answer | None:
        """Read from the file the trace lives in, given its row there; None when there is none."""

        def look(files: list[SpanFile]) -> Answer | None:
            for file in files:
                with file.reading() as conn:
                    if found := reading.find_trace(conn, project_id, trace_id):
                        return read(conn, *found)
            return None

        return self._ask(look)

    def _ask(self, query: Callable[[list[SpanFile]], Answer]) -> Answer:
        """Run a query over the files, and again when one of them was deleted meanwhile."""
        with self._reporting():
            for _ in range(_ATTEMPTS):
                with contextlib.suppress(FileGone):
                    return query(self._months.newest_first())
            return query(self._months.newest_first())

    def series(self, query: SeriesQuery) -> tuple[Series, ...]:
        now_ns = self._clock.now_ns()
        return self._ask(lambda files: series(files, query, now_ns=now_ns))

    def facets(self, project_id: str, *, from_ns: int, to_ns: int) -> Facets:
        return self._ask(lambda files: list_facets(files, project_id, from_ns, to_ns))

    def export(self, filter: Filter) -> Iterator[Span]:
        after: Position | None = None
        while True:
            page = self._spans(filter, after, _EXPORT_PAGE, payload=True)
            yield from page.items
            if page.next is None:
                return
            after = page.next

    def delete_range(self, project_id: str, *, to_ns: int) -> int:
        to_ns = min(max(to_ns, 0), 2**63 - 1)
        return sum(
            self._delete_from(file, project_id, to_ns) for file in self._months.newest_first()
        )

    def _delete_from(self, file: SpanFile, project_id: str, to_ns: int) -> int:
        """Step by step, so that writes get their turn in between."""
        deleted = 0
        while True:
            with self._write_lock, self._reporting(writing=True):
                with file.reading() as conn:
                    stat = read_stat(conn)
                    is_whole = deleting.is_all_before(conn, project_id, to_ns)
                if is_whole and self._months.drop(file):
                    return deleted + stat.spans
                step = deleting.delete_step(file, project_id, to_ns)
                deleted += step
                if not step:
                    return deleted

    def delete_traces(self, project_id: str, traces: Mapping[str, int]) -> int:
        return self._eraser.delete_traces(project_id, traces)

    def forget_user(self, project_id: str, user_id: str) -> Forgotten:
        return self._eraser.forget_user(project_id, user_id)

    @contextlib.contextmanager
    def _erasing(self) -> Iterator[None]:
        with self._write_lock, self._reporting(writing=True):
            yield

    def _has_session(self, project_id: str, session_id: str) -> bool:
        wanted = Filter(project_id=project_id, session_id=session_id)
        return bool(self.list_traces(wanted, after=None, limit=1).items)

    def maintain(self) -> bool:
        """Do a bounded step of background work; True when there is more to do at once.

        Look into files that a reader found damaged, learn to pack payloads, index text, add up
        the ledger, and once a minute prune minute cells and move the write-ahead logs into the
        files. A file that turns out to be damaged on the way is replaced.
        """
        with self._write_lock, self._reporting(writing=True):
            try:
                return self._upkeep.step()
            except sqlite3.DatabaseError as error:
                if not self._replace_broken(error):
                    raise
                return True

    def health(self) -> StoreHealth:
        try:
            spans, size = 0, 0
            for file in self._months.newest_first():
                size += file.bytes()
                with file.reading() as conn:
                    spans += read_stat(conn).spans
            problem = self._problem()
        except (sqlite3.Error, StoreError, OSError) as error:
            return StoreHealth(ok=False, message=f"The span store cannot be read: {error}")
        moved = self._months.moved_aside
        note = f"Damaged files were moved aside: {', '.join(moved)}." if moved else ""
        closed = "The store is closed." if self._is_closed else ""
        return StoreHealth(
            ok=not (problem or closed), message=closed or problem or note, spans=spans, bytes=size
        )

    def _problem(self) -> str:
        suspects = [file.name for file in self._months.newest_first() if file.is_suspect]
        damage = f"{', '.join(suspects)} cannot be read and is looked into." if suspects else ""
        return self._months.problem() or damage or self._low_disk() or self._failure

    def _low_disk(self) -> str:
        if self._path is None:
            return ""
        free = shutil.disk_usage(self._path).free
        return f"Only {free // 2**20} MiB are free on the disk." if free < _LOW_DISK_BYTES else ""

    def close(self) -> None:
        with self._write_lock:
            self._is_closed = True
            self._months.close()
            self.notes.close()

    @contextlib.contextmanager
    def _reporting(self, *, writing: bool = False) -> Iterator[None]:
        """Turn what SQLite raises into our errors; `health` tells of the last failed write."""
        if self._is_closed:
            raise StoreError("The span store is closed.")
        try:
            yield
        except _REFUSALS as error:
            if writing:
                raise SpanRefused(f"The span store refused a value: {error}.") from error
            raise BadRequest(f"A value cannot be asked for: {error}.") from error
        except (sqlite3.Error, OSError) as error:
            message = f"The span store failed: {error}."
            if writing:
                self._failure = message
            raise StoreError(message) from error
        if writing:
            self._failure = ""
