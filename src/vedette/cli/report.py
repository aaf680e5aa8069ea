"""`vedette report`: what the answers of each model and template are like, and what moved."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from vedette.cli.filters import Filters, filtered
from vedette.cli.observed import LimitOption, read_calls
from vedette.cli.options import ConfigOption
from vedette.cli.writing import Format, FormatOption, OutOption, write
from vedette.query.times import format_time

if TYPE_CHECKING:
    from vedette.drift.reporting import Call

_EPILOG = """Examples:

- `vedette report --from now-7d`

- `vedette report --model gpt-4o --reference 200 --format json`

- `vedette report --format pdf --out drift.pdf`

DRIFT is the worst alarm since the baseline, `-` where there are fewer than 30 calls. SHIFT marks
groups whose later calls differ from their baseline in a set test, all groups counted together."""


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
    format: FormatOption = Format.TABLE,
    out: OutOption = None,
    config: ConfigOption = None,
) -> None:
    """Report on the answers of each model and template, and what has changed in them."""
    from vedette.drift.reporting import report
    from vedette.drift.tables import report_table
    from vedette.model.document import Document

    calls, _ = read_calls(filters, limit, config)
    groups = report(calls, reference=reference, seed=seed)
    document = Document(
        title="Drift report", lines=() if format is Format.TABLE else (_said(calls),),
        tables=(report_table(groups),),
    )  # fmt: skip
    write(document, groups, format, out)


def _said(calls: "Sequence[Call]") -> str:
    if not calls:
        return "There are no such calls."
    times = [format_time(call.start_ns)[:16].replace("T", " ") for call in (calls[0], calls[-1])]
    return f"{len(calls)} calls from {times[0]} to {times[1]} (UTC)"
