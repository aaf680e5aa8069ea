"""`vedette usage`: what was used and spent, by whom, from the ledger."""

import sys
from contextlib import closing
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer
from msgspec.structs import replace

from vedette.cli.options import ConfigOption, load_config
from vedette.cli.output import console, table
from vedette.clock import SystemClock
from vedette.errors import BadRequest
from vedette.model.ledger import DIMENSIONS, Dimension, LedgerQuery, LedgerSum
from vedette.query.money import format_usd
from vedette.query.times import parse_time

if TYPE_CHECKING:
    from vedette.ports.ledger import Ledger

_EPILOG = """Examples:

- `vedette usage --by model --from now-7d`

- `vedette usage --by project,month --format csv > chargeback.csv`

- `vedette usage --rows --only user=ann --format csv`

UNPRICED counts calls whose price is not known; they are not in COST."""
_FIGURES = ("CALLS>", "ERRORS>", "UNPRICED>", "INPUT>", "OUTPUT>", "COST>", "SAVED>")


_FILTERS = {
    "project": "project_id", "organization": "organization_id", "key": "key_id",
    "user": "user_id", "session": "session_id", "model": "model", "provider": "provider",
    "route": "route", "tag": "tag",
}  # fmt: skip


class UsageFormat(StrEnum):
    """How usage is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def register(app: typer.Typer) -> None:
    app.command("usage", epilog=_EPILOG)(show_usage)


def show_usage(
    *,
    by: Annotated[str, typer.Option(help=f"Up to four of {', '.join(DIMENSIONS)}.")] = "model",
    since: Annotated[str, typer.Option("--from", help="Calls from this time on.")] = "now-30d",
    until: Annotated[str, typer.Option("--to", help="Calls before this time.")] = "now",
    only: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=VALUE",
            show_default=False,
            help="Only such calls: project, organization, key, user, session, model, provider, "
            "route, tag. May be given several times.",
        ),
    ] = None,
    rows: Annotated[bool, typer.Option("--rows", help="Print the rows, not their sums.")] = False,
    format: Annotated[UsageFormat, typer.Option(help="How to print it.")] = UsageFormat.TABLE,
    config: ConfigOption = None,
) -> None:
    """Show what was used and spent, summed up from the ledger."""
    from vedette.app.spans import open_ledger

    clock = SystemClock()
    now_ns = clock.now_ns()
    query = LedgerQuery(
        by=_dimensions(by),
        from_ns=_time("--from", since, now_ns),
        to_ns=_time("--to", until, now_ns),
    )
    query = replace(query, **dict(map(_filter, only or ())))
    with closing(open_ledger(load_config(config).config, clock)) as opened:
        if rows:
            _print_rows(opened.ledger, query, format)
        else:
            _print_sums(opened.ledger.sums(query), query.by, format)


def _print_sums(
    found: tuple[LedgerSum, ...], by: tuple[Dimension, ...], format: UsageFormat
) -> None:
    from vedette.costs.reports import sums_csv

    match format:
        case UsageFormat.CSV:
            sys.stdout.write(sums_csv(found, by))
        case UsageFormat.JSON:
            encoded = msgspec.json.encode([_told(one, by) for one in found])
            print(msgspec.json.format(encoded, indent=2).decode())
        case UsageFormat.TABLE:
            heading = (*(name.upper() for name in by), *_FIGURES)
            table(console(), heading, [_cells(one) for one in found])


def _print_rows(ledger: "Ledger", query: LedgerQuery, format: UsageFormat) -> None:
    from vedette.costs.reports import rows_csv, rows_jsonl

    write = rows_csv if format is UsageFormat.CSV else rows_jsonl
    for line in write(ledger.rows(query)):
        sys.stdout.write(line)


def _told(one: LedgerSum, by: tuple[Dimension, ...]) -> dict[str, object]:
    from vedette.costs.reports import usd

    return {
        **dict(zip(by, one.names, strict=True)),
        "requests": one.requests, "errors": one.errors, "unpriced_requests": one.unpriced,
        "estimated_requests": one.estimated, "tokens": msgspec.to_builtins(one.usage),
        "cost_usd": usd(one.cost_nano_usd), "saved_usd": usd(one.saved_nano_usd),
    }  # fmt: skip


def _cells(one: LedgerSum) -> tuple[str, ...]:
    usage = one.usage
    return (
        *(name or "-" for name in one.names),
        *map(str, (one.requests, one.errors, one.unpriced, usage.input_total, usage.output_total)),
        format_usd(one.cost_nano_usd) or "", format_usd(one.saved_nano_usd) or "",
    )  # fmt: skip


def _dimensions(text: str) -> tuple[Dimension, ...]:
    names = tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    found = tuple(one for name in names for one in DIMENSIONS if one == name)
    if len(found) < len(names) or not 1 <= len(found) <= 4:
        raise BadRequest(f"--by is {text!r}: use one to four of {', '.join(DIMENSIONS)}.")
    return found


def _filter(text: str) -> tuple[str, str]:
    name, is_given, value = text.partition("=")
    if name not in _FILTERS or not is_given:
        raise BadRequest(f"--only is {text!r}: use NAME=VALUE, NAME one of {', '.join(_FILTERS)}.")
    return _FILTERS[name], value


def _time(option: str, text: str, now_ns: int) -> int:
    try:
        return parse_time(text, now_ns=now_ns)
    except ValueError as error:
        raise BadRequest(f"{option} is {text!r}: expected {error}.") from None
