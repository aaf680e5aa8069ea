"""The ledger: one row for each call, in the file of its span and in its transaction.

So the sum of the ledger is the sum of the spans. When a file is deleted because its spans are too
old, the file of the running month first takes over its rows (`carry_over`). `carried` says up to
which row that was done: should the process die before the old file is gone, no row counts twice.
"""

import contextlib
import heapq
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from operator import add, attrgetter
from typing import Any, NamedTuple, TypeVar

import msgspec
from msgspec.structs import replace

from vedette.errors import StoreError
from vedette.model.ledger import OTHERS, Dimension, LedgerQuery, LedgerRow, LedgerSum
from vedette.model.span import Span
from vedette.model.tenant import DEFAULT
from vedette.model.usage import COUNTS, Usage
from vedette.stores.spans.sqlite import found, sums
from vedette.stores.spans.sqlite.files import SpanFile
from vedette.stores.spans.sqlite.sums import Part

Entry = tuple[object, ...]
Answer = TypeVar("Answer")
Ask = Callable[[Callable[[list[SpanFile]], Any]], Any]
"""Runs a query over the files of a store, newest first."""

_COLUMNS = (
    "at_ns", "end_ns", "trace_id", "span_id", "project", "organization", "key", "user", "session",
    "route", "provider", "model", "tags", "error", *COUNTS, "estimated", "cost", "price",
    "saved", "partial",
)  # fmt: skip
INSERT = f"INSERT INTO ledger ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM ledger"
_PAGE = 1000
_NO_USAGE = Usage()
_SUMS_OF_OTHERS = ("agent", "chain")
_counts_of = attrgetter(*COUNTS)

_TIMES: Mapping[Dimension, str] = {
    "hour": "%Y-%m-%dT%H:00:00Z",
    "day": "%Y-%m-%d",
    "month": "%Y-%m",
}


def entry_of(span: Span, trace_id: bytes, span_id: bytes) -> Entry | None:
    """The row of a span; None for one that neither used nor cost anything, or that tells the sum of
    its children (agents, chains, calls that were seen twice)."""
    usage = span.usage
    if span.kind in _SUMS_OF_OTHERS:
        return None
    if span.cost_nano_usd is None and usage == _NO_USAGE and span.kind not in ("llm", "embedding"):
        return None
    said = span.payload.attributes
    return (
        span.start_ns,
        span.end_ns,
        trace_id,
        span_id,
        span.project_id,
        _text(said.get("vedette.organization_id")) or DEFAULT,
        _text(said.get("vedette.key_account")) or _text(said.get("vedette.key_id")),
        span.user_id,
        span.session_id,
        span.route,
        span.provider,
        span.model,
        msgspec.json.encode(span.tags).decode() if span.tags else "",
        span.status == "error",
        *_counts_of(usage),
        usage.estimated,
        span.cost_nano_usd,
        span.price_version,
        _count(said.get("vedette.cache.saved_nano_usd")),
        span.cost_source == "partial",
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _count(value: object) -> int:
    return int(value) if isinstance(value, str) and value.isdigit() and len(value) < 19 else 0


class SpanLedger:
    """Implements `ports.ledger.Ledger`."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def sums(self, query: LedgerQuery) -> tuple[LedgerSum, ...]:
        def add(files: list[SpanFile]) -> list[LedgerSum]:
            costs = _costs(files, query) if query.top and query.by else {}
            left_out = len(costs) - query.top
            kept = _dearest(costs, query.top) if left_out > 0 and query.by else None
            return [
                replace(_to_sum(names, figures), values=left_out if OTHERS in names[:1] else 1)
                for names, figures in _add(files, query, kept).items()
            ]

        told = self._ask(add)
        if not told and not query.by:
            return (LedgerSum(),)
        return tuple(sorted(told, key=lambda one: (-one.cost_nano_usd, one.names)))

    def rows(self, query: LedgerQuery) -> Iterator[LedgerRow]:
        names = self._ask(lambda files: [(file.name, _carried(files)) for file in files])
        for name, carried in names:
            after = carried.get(name, 0)
            while page := self._ask(_reader(name, query, after)):
                yield from (row for _, row in page)
                after = page[-1][0]


def _reader(
    name: str, query: LedgerQuery, after: int
) -> Callable[[list[SpanFile]], list[tuple[int, LedgerRow]]]:
    join = sums.TAGS if query.tag is not None else ""

    def read(files: list[SpanFile]) -> list[tuple[int, LedgerRow]]:
        for file in files:
            if file.name == name:
                with _reading(file) as conn:
                    where, values = _conditions(conn, query, after)
                    sql = f"SELECT ledger.id, ledger.{', ledger.'.join(_COLUMNS)} FROM ledger{join}"
                    found = conn.execute(
                        f"{sql} WHERE {where} ORDER BY ledger.id LIMIT {_PAGE}", values
                    )
                    return [(row[0], _to_row(row[1:])) for row in found]
        return []

    return read


_Found = dict[tuple[str, ...], list[int]]


def _costs(files: list[SpanFile], query: LedgerQuery) -> dict[str, int]:
    """What each value of the first dimension cost."""
    found: dict[str, int] = {}
    carried = _carried(files)
    for file in files:
        with _reading(file) as conn:
            for part in sums.parts(conn, query, carried.get(file.name, 0)):
                told = _of(conn, query, part)
                # To add up sums here costs less than to have them put in order there.
                cost = "cost" if part.source else "coalesce(sum(cost), 0)"
                group = "" if part.source else " GROUP BY 1"
                sql = f"SELECT {told.names[0]}, {cost} FROM {told.source} WHERE {told.where}{group}"
                for name, cost_nano_usd in conn.execute(sql, told.bound):
                    found[name] = found.get(name, 0) + cost_nano_usd
    return found


def _dearest(costs: dict[str, int], top: int) -> list[str]:
    least = heapq.nlargest(top, costs.values())[-1]
    order = sorted((-cost, name) for name, cost in costs.items() if cost >= least)
    return [name for _, name in order[:top]]


def _add(files: list[SpanFile], query: LedgerQuery, kept: list[str] | None) -> _Found:
    """The figures of each value; with `kept`, of these and of all others together."""
    found: _Found = {}
    carried = _carried(files)
    for file in files:
        with _reading(file) as conn:
            for names, figures in _sum_file(conn, query, carried.get(file.name, 0), kept):
                before = found.setdefault(names, figures)
                if before is not figures:
                    found[names] = list(map(add, before, figures))
    return {names: figures for names, figures in found.items() if figures[0]}


def _sum_file(
    conn: sqlite3.Connection, query: LedgerQuery, after: int, kept: list[str] | None
) -> Iterator[tuple[tuple[str, ...], list[int]]]:
    if kept is None:
        yield from _sum(conn, query, after)
    elif sums.grain_of(query) is None or query.by[0] == "tag":
        yield from _sum(conn, query, after, kept, with_others=True)
    else:
        # All others are what is left of all, which stands in fewer sums.
        for names, figures in _sum(conn, query, after, kept):
            yield names, figures
            yield (OTHERS, *names[1:]), [-figure for figure in figures]
        for names, figures in _sum(conn, replace(query, by=query.by[1:]), after):
            yield (OTHERS, *names), figures


def _sum(
    conn: sqlite3.Connection,
    query: LedgerQuery,
    after: int,
    kept: list[str] | None = None,
    *,
    with_others: bool = False,
) -> Iterator[tuple[tuple[str, ...], list[int]]]:
    by, group = len(query.by), ", ".join(str(n + 1) for n in range(len(query.by)))
    bound = {"kept": msgspec.json.encode(kept).decode(), "others": OTHERS}
    for part in sums.parts(conn, query, after):
        told = _of(conn, query, part)
        names, where = list(told.names), told.where
        if kept is not None:
            is_kept = f"{names[0]} IN (SELECT value FROM json_each(:kept))"
            if with_others:
                names[0] = f"CASE WHEN {is_kept} THEN {names[0]} ELSE :others END"
            else:
                where = f"{where} AND {is_kept}"
        what = ", ".join([*names, sums.OF_SUMS if part.source else found.OF_ROWS])
        sql = f"SELECT {what} FROM {told.source} WHERE {where}"
        for row in conn.execute(f"{sql} GROUP BY {group}" if group else sql, told.bound | bound):
            if row[by]:
                yield tuple(map(str, row[:by])), list(row[by:])


class _Told(NamedTuple):
    names: list[str]
    source: str
    where: str
    bound: dict[str, object]


def _of(conn: sqlite3.Connection, query: LedgerQuery, part: Part) -> _Told:
    """What to add up of a part."""
    low, high = part.span
    bound: dict[str, object] = {**_wanted(query), "from": low, "to": high}
    if part.source:
        names = [_name(dimension, "start_s", "tag") for dimension in query.by]
        parts = [f"{name} = :{name}" for name, value in _wanted(query).items() if value is not None]
        return _Told(names, part.source, " AND ".join([*parts, part.where]), bound)
    names = [_name(dimension, "at_ns / 1000000000", sums.TAG) for dimension in query.by]
    # `json_each` has a column of this name, too.
    names = ["ledger.key" if name == "key" else name for name in names]
    join = sums.TAGS if "tag" in query.by or query.tag is not None else ""
    where = " AND ".join([*_narrowed(conn, query, part.after), part.where])
    return _Told(names, f"ledger{join}", where, bound)


def _name(dimension: Dimension, seconds: str, tag: str) -> str:
    if dimension in _TIMES:
        return f"strftime('{_TIMES[dimension]}', {seconds}, 'unixepoch')"
    return tag if dimension == "tag" else dimension


def _wanted(query: LedgerQuery) -> dict[str, str | None]:
    return {
        "project": query.project_id,
        "organization": query.organization_id,
        "key": query.key_id,
        "user": query.user_id,
        "session": query.session_id,
        "model": query.model,
        "provider": query.provider,
        "route": query.route,
        "tag": query.tag,
    }


def _narrowed(conn: sqlite3.Connection, query: LedgerQuery, after: int) -> list[str]:
    """The conditions on rows. Where one of `_SELECTIVE` is asked for, its index is the one to go
    by: others are hidden from SQLite by a plus."""
    wanted = {name: value for name, value in _wanted(query).items() if value is not None}
    index = next((name for name in _SELECTIVE if wanted.get(name)), "project")
    parts = [
        f"{sums.TAG} = :tag" if name == "tag" else
        f"{'' if name == index else '+'}ledger.{name} = :{name}"
        for name in wanted
    ]  # fmt: skip
    if index in found.WHAT:
        return [found.rows_of(conn, index, after), *(f"+{part.lstrip('+')}" for part in parts)]
    # So that the index is seen to hold all that is asked for.
    return parts if index == "project" else [*parts, "ledger.key <> ''"]


_SELECTIVE = ("session", "user", "key")


def _conditions(
    conn: sqlite3.Connection, query: LedgerQuery, after: int
) -> tuple[str, dict[str, object]]:
    parts = [
        *_narrowed(conn, query, after), "at_ns >= :from", "at_ns < :to", "ledger.id > :after",
    ]  # fmt: skip
    bounds = {"from": max(0, query.from_ns), "to": min(query.to_ns, 2**63 - 1)}
    return " AND ".join(parts), {**_wanted(query), **bounds, "after": after}


def _to_sum(names: tuple[str, ...], figures: list[int]) -> LedgerSum:
    requests, errors, unpriced, estimated, cached, *rest = figures
    counts = dict(zip(COUNTS, rest, strict=False))
    return LedgerSum(
        names=names, requests=requests, errors=errors, unpriced=unpriced, estimated=estimated,
        cached=cached, usage=Usage(**counts, estimated=estimated > 0), cost_nano_usd=rest[-2],
        saved_nano_usd=rest[-1],
    )  # fmt: skip


def _to_row(row: tuple[Any, ...]) -> LedgerRow:
    told = dict(zip(_COLUMNS, row, strict=True))
    return LedgerRow(
        trace_id=told["trace_id"].hex(),
        span_id=told["span_id"].hex(),
        at_ns=told["at_ns"],
        end_ns=told["end_ns"],
        project_id=told["project"],
        organization_id=told["organization"],
        key_id=told["key"],
        user_id=told["user"],
        session_id=told["session"],
        route=told["route"],
        provider=told["provider"],
        model=told["model"],
        tags=msgspec.json.decode(told["tags"], type=tuple[str, ...]) if told["tags"] else (),
        is_error=bool(told["error"]),
        usage=Usage(**{n: told[n] for n in COUNTS}, estimated=bool(told["estimated"])),
        cost_nano_usd=told["cost"],
        price_version=told["price"],
        saved_nano_usd=told["saved"],
        is_partial=bool(told["partial"]),
    )


@contextlib.contextmanager
def _reading(file: SpanFile) -> Iterator[sqlite3.Connection]:
    """Raises `StoreError` where an older version wrote the file and nobody may change it."""
    try:
        with file.reading() as conn:
            yield conn
    except sqlite3.OperationalError as error:
        if "no such column" not in str(error):
            raise
        raise StoreError(
            f"{file.name!r} was written by an older Vedette. It can be read when `vedette serve`"
            " has brought it up to date."
        ) from error


def _carried(files: list[SpanFile]) -> dict[str, int]:
    """Of each file the row up to which another one has taken over."""
    found: dict[str, int] = {}
    for file in files:
        with file.reading() as conn:
            found.update(conn.execute("SELECT name, up_to FROM carried").fetchall())
    return found


def has_entries(file: SpanFile) -> bool:
    """Whether a file has a ledger to be kept."""
    with file.reading() as conn:
        return conn.execute("SELECT 1 FROM ledger LIMIT 1").fetchone() is not None


def read_entries(file: SpanFile, *, after: int = 0) -> tuple[list[Entry], int]:
    """All rows of a file beyond one, and the last id."""
    with file.reading() as conn:
        entries = conn.execute(f"{_SELECT} WHERE id > ? ORDER BY id", (after,)).fetchall()
        last = conn.execute("SELECT coalesce(max(id), 0) FROM ledger").fetchone()[0]
    return entries, last


def carry_over(source: SpanFile, target: SpanFile) -> None:
    """Have the target take over the rows of a file that is about to be deleted."""
    with target.transaction() as conn:
        row = conn.execute("SELECT up_to FROM carried WHERE name = ?", (source.name,)).fetchone()
        entries, last = read_entries(source, after=row[0] if row else 0)
        conn.executemany(INSERT, entries)
        conn.execute("INSERT OR REPLACE INTO carried VALUES (?, ?)", (source.name, last))


def forget_carried(name: str, target: SpanFile) -> None:
    """The file is gone; one of the same name would be another."""
    with target.transaction() as conn:
        conn.execute("DELETE FROM carried WHERE name = ?", (name,))
