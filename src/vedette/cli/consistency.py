"""`vedette consistency`: how alike repeated questions are answered."""

from typing import Annotated

import typer

from vedette.cli.filters import Filters, filtered
from vedette.cli.observed import LimitOption, read_calls
from vedette.cli.options import ConfigOption
from vedette.cli.writing import Format, FormatOption, OutOption, write

_EPILOG = """Examples:

- `vedette consistency --from now-24h --model gpt-4o`

- `vedette consistency --min-answers 5 --format json`

SCORE is the share of pairs of answers with the same verdict, or their lexical similarity where
there are no verdicts. `vedette inspect --input-hash` shows the answers to one input."""


def register(app: typer.Typer) -> None:
    app.command("consistency", epilog=_EPILOG)(filtered(score_consistency))


def score_consistency(
    filters: Filters,
    *,
    min_answers: Annotated[int, typer.Option(min=2, help="Answers that an input must have.")] = 2,
    top: Annotated[int, typer.Option(min=1, help="Inputs that are shown.")] = 50,
    limit: LimitOption = 50_000,
    format: FormatOption = Format.TABLE,
    out: OutOption = None,
    config: ConfigOption = None,
) -> None:
    """Score how alike repeated inputs are answered, the least consistent first."""
    from vedette.drift.consistency import consistency
    from vedette.drift.tables import consistency_table
    from vedette.model.document import Document

    calls, _ = read_calls(filters, limit, config)
    scored = consistency(call.observation for call in calls)
    found = [one for one in scored if one.answers >= min_answers][:top]
    document = Document(title="Consistency", tables=(consistency_table(found),))
    write(document, found, format, out)
