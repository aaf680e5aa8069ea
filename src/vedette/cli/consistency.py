"""`vedette consistency`: how alike repeated questions are answered."""

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

if TYPE_CHECKING:
    from vedette.drift.consistency import Consistency

_EPILOG = """Examples:

- `vedette consistency --from now-24h --model gpt-4o`

- `vedette consistency --min-answers 5 --format json`

SCORE is the share of pairs of answers with the same verdict, or their lexical similarity where
there are no verdicts. `vedette inspect --input-hash` shows the answers to one input."""

_COLUMNS = (
    "INPUT", "ANSWERS>", "SCORE>", "EXACT>", "LEXICAL>", "VERDICT>", "ENTROPY>", "REFUSED>",
)  # fmt: skip


class ConsistencyFormat(StrEnum):
    """How scores are printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def register(app: typer.Typer) -> None:
    app.command("consistency", epilog=_EPILOG)(filtered(score_consistency))


def score_consistency(
    filters: Filters,
    *,
    min_answers: Annotated[int, typer.Option(min=2, help="Answers that an input must have.")] = 2,
    top: Annotated[int, typer.Option(min=1, help="Inputs that are shown.")] = 50,
    limit: LimitOption = 50_000,
    format: Annotated[ConsistencyFormat, typer.Option(help="How to print them.")] = (
        ConsistencyFormat.TABLE
    ),
    config: ConfigOption = None,
) -> None:
    """Score how alike repeated inputs are answered, the least consistent first."""
    from vedette.drift.consistency import consistency

    calls, _ = read_calls(filters, limit, config)
    scored = consistency(call.observation for call in calls)
    found = [one for one in scored if one.answers >= min_answers][:top]
    match format:
        case ConsistencyFormat.JSON:
            print(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
        case ConsistencyFormat.CSV:
            sys.stdout.write(_csv(found))
        case ConsistencyFormat.TABLE:
            table(console(), _COLUMNS, map(_row, found))


def _row(one: "Consistency") -> tuple[str, ...]:
    return (
        one.input_hash,
        str(one.answers),
        *(_figure(value) for value in (one.score, one.exact, one.lexical, one.verdict)),
        _figure(one.entropy_bits),
        _figure(one.refusals),
    )


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _csv(found: Sequence["Consistency"]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(column.rstrip(">").lower() for column in _COLUMNS)
    writer.writerows(map(_row, found))
    return buffer.getvalue()
