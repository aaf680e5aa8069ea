"""`vedette drift`: watch recorded calls for a change of the answers."""

import gzip
import os
import sys
from pathlib import Path
from typing import Annotated, BinaryIO, cast

import msgspec
import typer

from vedette.errors import BadRequest

_WORKERS = 4
_BACKTEST_EPILOG = """Examples:

- `vedette drift backtest calls.jsonl --reference 100`

- `vedette drift backtest calls.jsonl --reference 200 --change-at 500` says how late the change
  was seen

- `cat calls.jsonl | vedette drift backtest - --reference 100`

Rows hold `template`, `input`, `output`, `model`, `latency_ms`, `output_tokens` and
`finish_reason`; any may be missing. Texts are turned into hashes and features at once, none is
printed. An alarm's `row` is counted from 0."""


def register(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="Watch calls for a change of the answers.")
    group.callback()(_group)
    group.command("backtest", epilog=_BACKTEST_EPILOG)(backtest_file)
    app.add_typer(group, name="drift")


def backtest_file(
    file: Annotated[
        Path,
        typer.Argument(help="JSON Lines, a call a line, in order; may end in .gz; - reads stdin."),
    ],
    reference: Annotated[
        int, typer.Option(min=10, max=1_000_000, help="Calls at the start that are the baseline.")
    ] = 100,
    change_at: Annotated[
        int | None,
        typer.Option(min=0, help="Row of a known change, from 0.", show_default=False),
    ] = None,
    calls_per_false_alarm: Annotated[
        float,
        typer.Option(min=100, max=1e15, help="A false alarm may come once in so many calls."),
    ] = 50_000,
    seed: Annotated[
        int, typer.Option(help="Key of the hashes; the same seed, the same answer.")
    ] = 0,
) -> None:
    """Replay calls from a file and print the alarms they would have raised, as JSON."""
    from vedette.drift.ahead import observations
    from vedette.drift.backtest import backtest
    from vedette.drift.monitor import MonitorSettings

    key = f"vedette drift backtest {seed}".encode()
    with _open(file) as lines:
        result = backtest(
            observations(lines, key, workers=min(os.cpu_count() or 1, _WORKERS) - 1),
            reference=reference,
            settings=MonitorSettings(calls_per_false_alarm=calls_per_false_alarm),
            change_at=change_at,
        )
    print(msgspec.json.format(msgspec.json.encode(result), indent=2).decode())


def _open(file: Path) -> BinaryIO:
    if str(file) == "-":
        return sys.stdin.buffer
    try:
        if file.suffix == ".gz":
            return cast(BinaryIO, gzip.open(file, "rb"))
        return file.open("rb")
    except OSError as error:
        raise BadRequest(f"Cannot read {str(file)!r}: {error.strerror}.") from None


def _group() -> None:
    """Watch calls for a change of the answers."""
