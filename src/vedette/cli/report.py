"""`vedette report`: what the answers of each model and template are like, and what moved."""

import csv
import io
import sys
from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from vedette.cli.filters import Filters, filtered
from vedette.cli.observed import LimitOption, read_calls
from vedette.cli.options import ConfigOption
from vedette.cli.output import console, table
from vedette.query.times import format_time

if TYPE_CHECKING:
    from vedette.drift.reporting import GroupReport

_EPILOG = """Examples:

- `vedette report --from now-7d`

- `vedette report --model gpt-4o --reference 200 --format json`

DRIFT is the worst alarm since the baseline, `-` where there are fewer than 30 calls. SHIFT marks
groups whose later calls differ from their baseline in a set test, all groups counted together."""

_COLUMNS = (
    "MODEL", "TEMPLATE", "CALLS>", "ERRORS>", "WORDS>", "TOKENS>", "MS>", "REFUSED>", "TREND",
    "DRIFT", "SIGNAL", "SINCE", "SHIFT",
)  # fmt: skip
_SHOWN_HASH = 8


class ReportFormat(StrEnum):
    """How a report is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def register(app: typer.Typer) -> None:
    app.command("report", epilog=_EPILOG)(filtered(report_drift))


def report_drift(
    filters: Filters,
    *,
    reference: Annotated[
        int, typer.Option(min=10, help="Calls of a group that are its baseline.")
    ] = 100,
    limit: LimitOption = 50_000,
    seed: Annotated[int, typer.Option(help="Of the permutation tests.")] = 0,
    format: Annotated[ReportFormat, typer.Option(help="How to print it.")] = ReportFormat.TABLE,
    config: ConfigOption = None,
) -> None:
    """Report on the answers of each model and template, and what has changed in them."""
    from vedette.drift.reporting import report

    calls, _ = read_calls(filters, limit, config)
    groups = report(calls, reference=reference, seed=seed)
    match format:
        case ReportFormat.JSON:
            print(msgspec.json.format(msgspec.json.encode(groups), indent=2).decode())
        case ReportFormat.CSV:
            sys.stdout.write(_csv(groups))
        case ReportFormat.TABLE:
            table(console(), _COLUMNS, map(_row, groups))


def _row(group: "GroupReport") -> tuple[str, ...]:
    from vedette.drift.changepoints import sparkline

    worst = next((one for one in group.alarms if one.severity == group.severity), None)
    return (
        group.model,
        group.template[:_SHOWN_HASH] or "-",
        str(group.calls),
        str(group.errors),
        _figure(group.words),
        _figure(group.tokens),
        _figure(group.latency_ms),
        "-" if group.refusals is None else f"{group.refusals:.1%}",
        sparkline(group.trend),
        group.severity or "-",
        worst.signal if worst else "",
        format_time(worst.since_ns)[:16].replace("T", " ") if worst else "",
        "yes" if group.periods and group.periods.is_different else "",
    )


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.0f}"


def _csv(groups: Sequence["GroupReport"]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(column.rstrip(">").lower() for column in _COLUMNS)
    for group in groups:
        # A leading quote keeps spreadsheets from running foreign text as a formula.
        cells = (f"'{cell}" if cell[:1] in ("=", "+", "@", "\t") else cell for cell in _row(group))
        writer.writerow(cells)
    return buffer.getvalue()
