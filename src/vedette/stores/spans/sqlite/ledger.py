"""The ledger: one row for each call, in the file of its span and in its transaction.

So the sum of the ledger is the sum of the spans. When a file is deleted because its spans are too
old, the file of the running month first takes over its rows (`carry_over`). `carried` says up to
which row that was done: should the process die before the old file is gone, no row counts twice.
"""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

import msgspec

from vedette.errors import StoreError
from vedette.model.ledger import Dimension, LedgerQuery, LedgerRow, LedgerSum
from vedette.model.span import Span
from vedette.model.tenant import DEFAULT
from vedette.model.usage import COUNTS, Usage
from vedette.stores.spans.sqlite.files import SpanFile

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

_TIME = "strftime('{}', at_ns / 1000000000, 'unixepoch')"
_NAMES: Mapping[Dimension, str] = {
    "organization": "organization",
    "project": "project",
    "key": "ledger.key",
    "user": "user",
    "session": "session",
    "model": "model",
    "provider": "provider",
    "route": "route",
    "tag": "coalesce(tag.value, '')",
    "hour": _TIME.format("%Y-%m-%dT%H:00:00Z"),
    "day": _TIME.format("%Y-%m-%d"),
    "month": _TIME.format("%Y-%m"),
}
_TAGS = " LEFT JOIN json_each(CASE tags WHEN '' THEN '[]' ELSE tags END) AS tag"
_SUMS = (
    "count(*), sum(error),"
    f" sum(partial OR (cost IS NULL AND {' + '.join(COUNTS)} > 0)), sum(estimated), sum(saved > 0),"
    f" {', '.join(f'sum({name})' for name in COUNTS)}, coalesce(sum(cost), 0), sum(saved)"
)


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
        *(getattr(usage, name) for name in COUNTS),
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
        def add(files: list[SpanFile]) -> dict[tuple[str, ...], list[int]]:
            found: dict[tuple[str, ...], list[int]] = {}
            carried = _carried(files)
            for file in files:
                with _reading(file) as conn:
                    for names, figures in _sum(conn, query, carried.get(file.name, 0)):
                        before = found.setdefault(names, [0] * len(figures))
                        found[names] = [a + b for a, b in zip(before, figures, strict=True)]
            return found

        sums = [_to_sum(names, figures) for names, figures in self._ask(add).items()]
        if not sums and not query.by:
            return (LedgerSum(),)
        return tuple(sorted(sums, key=lambda one: (-one.cost_nano_usd, one.names)))

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
    where, values = _conditions(query, after)
    join = _TAGS if query.tag is not None else ""

    def read(files: list[SpanFile]) -> list[tuple[int, LedgerRow]]:
        for file in files:
            if file.name == name:
                with _reading(file) as conn:
                    sql = f"SELECT ledger.id, ledger.{', ledger.'.join(_COLUMNS)} FROM ledger{join}"
                    found = conn.execute(
                        f"{sql} WHERE {where} ORDER BY ledger.id LIMIT {_PAGE}", values
                    )
                    return [(row[0], _to_row(row[1:])) for row in found]
        return []

    return read


def _sum(
    conn: sqlite3.Connection, query: LedgerQuery, after: int
) -> Iterator[tuple[tuple[str, ...], list[int]]]:
    where, values = _conditions(query, after)
    names = [_NAMES[dimension] for dimension in query.by]
    join = _TAGS if "tag" in query.by or query.tag is not None else ""
    group = f" GROUP BY {', '.join(str(n + 1) for n in range(len(names)))}" if names else ""
    sql = f"SELECT {', '.join([*names, _SUMS])} FROM ledger{join} WHERE {where}{group}"
    for row in conn.execute(sql, values):
        figures = list(row[len(names) :])
        if figures[0]:
            yield tuple(map(str, row[: len(names)])), figures


def _conditions(query: LedgerQuery, after: int) -> tuple[str, dict[str, object]]:
    wanted = {
        "project": query.project_id,
        "organization": query.organization_id,
        "key": query.key_id,
        "user": query.user_id,
        "session": query.session_id,
        "model": query.model,
        "provider": query.provider,
        "route": query.route,
    }
    parts = [f"ledger.{name} = :{name}" for name, value in wanted.items() if value is not None]
    if query.key_id:
        # So that the index of keys is seen to hold all that is asked for.
        parts.append("ledger.key <> ''")
    if query.tag is not None:
        parts.append(_NAMES["tag"] + " = :tag")
    parts += ["at_ns >= :from_ns", "at_ns < :to_ns", "ledger.id > :after"]
    bounds = {"from_ns": max(0, query.from_ns), "to_ns": min(query.to_ns, 2**63 - 1)}
    return " AND ".join(parts), {**wanted, **bounds, "tag": query.tag, "after": after}


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
