"""The ledger as files: sums for who pays, and rows for who checks."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import msgspec

from vedette.model.ledger import LedgerRow, LedgerSum
from vedette.model.usage import COUNTS

_FIGURES = (
    "requests", "errors", "unpriced_requests", "estimated_requests", "input_tokens",
    "output_tokens", *COUNTS, "cost_usd", "saved_usd",
)  # fmt: skip
_ROW = (
    "at_ns", "end_ns", "trace_id", "span_id", "organization", "project", "key", "user", "session",
    "route", "provider", "model", "tags", "error", *COUNTS, "estimated", "cost_usd",
    "price_version", "saved_usd", "cost_is_partial",
)  # fmt: skip


def usd(nano_usd: int | None) -> str:
    """Dollars, exact to the nano-dollar; empty where the price is not known."""
    return "" if nano_usd is None else f"{nano_usd // 10**9}.{nano_usd % 10**9:09d}"


def sums_csv(sums: Iterable[LedgerSum], by: Sequence[str]) -> str:
    """RFC 4180 with a heading, one line for each sum."""
    lines = (
        (
            *one.names, one.requests, one.errors, one.unpriced, one.estimated,
            one.usage.input_total, one.usage.output_total,
            *(getattr(one.usage, name) for name in COUNTS),
            usd(one.cost_nano_usd), usd(one.saved_nano_usd),
        )
        for one in sums
    )  # fmt: skip
    return "".join(_csv((*by, *_FIGURES), lines))


def rows_csv(rows: Iterable[LedgerRow]) -> Iterator[str]:
    """The same for rows of the ledger, line by line."""
    return _csv(_ROW, map(_line, rows))


def rows_jsonl(rows: Iterable[LedgerRow]) -> Iterator[str]:
    """One JSON object a line, with the names of the CSV."""
    for row in rows:
        told = dict(zip(_ROW, _line(row), strict=True)) | {"tags": row.tags}
        yield msgspec.json.encode(told).decode() + "\n"


def _line(row: LedgerRow) -> tuple[object, ...]:
    return (
        row.at_ns, row.end_ns, row.trace_id, row.span_id, row.organization_id, row.project_id,
        row.key_id, row.user_id, row.session_id, row.route, row.provider, row.model,
        ",".join(row.tags), row.is_error, *(getattr(row.usage, name) for name in COUNTS),
        row.usage.estimated, usd(row.cost_nano_usd), row.price_version, usd(row.saved_nano_usd),
        row.is_partial,
    )  # fmt: skip


def _csv(heading: Sequence[str], lines: Iterable[Sequence[object]]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for line in chain((heading,), lines):
        writer.writerow(map(_harmless, line))
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def _harmless(cell: object) -> object:
    """A quote before text that a spreadsheet would run as a formula."""
    if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{cell}"
    return cell
