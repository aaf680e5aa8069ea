"""`vedette inspect`: the history of one input."""

from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from vedette.cli.filters import Filters, filtered
from vedette.cli.observed import LimitOption, read_calls
from vedette.cli.options import ConfigOption
from vedette.cli.output import console, printable, table
from vedette.errors import BadRequest, NotFound
from vedette.query.times import format_time

if TYPE_CHECKING:
    from vedette.drift.history import History, HistoryEntry
    from vedette.drift.reporting import Call
    from vedette.drift.semantic import Embedder
    from vedette.features.hashing import TextHasher

_EPILOG = """Examples:

- `vedette inspect --input-hash 1f3a9c02`

- `vedette inspect --input "Is 17077 a prime number?" --format json`

The hashes are those of `vedette consistency`; their first digits are enough. Each answer is
compared with the first one and with the one before it."""

_COLUMNS = (
    "TIME", "TRACE", "MODEL", "VERDICT", "LAYOUT", "REFUSED", "WORDS>", "TOKENS>", "MS>",
    "TO FIRST", "LEXICAL>", "MEANING>", "DIFFERS IN",
)  # fmt: skip
_LEAST_DIGITS = 4


class InspectFormat(StrEnum):
    """How a history is printed."""

    TABLE = "table"
    JSON = "json"


def register(app: typer.Typer) -> None:
    app.command("inspect", epilog=_EPILOG)(filtered(inspect_input))


def inspect_input(
    filters: Filters,
    *,
    input_hash: Annotated[
        str, typer.Option(help="Hash of the input, or its first digits.", show_default=False)
    ] = "",
    input: Annotated[
        str, typer.Option(help="The input itself, instead of its hash.", show_default=False)
    ] = "",
    semantic: Annotated[
        bool,
        typer.Option("--semantic", help="Compare meanings too; needs `pip install wordllama`."),
    ] = False,
    limit: LimitOption = 50_000,
    format: Annotated[InspectFormat, typer.Option(help="How to print it.")] = InspectFormat.TABLE,
    config: ConfigOption = None,
) -> None:
    """Show every answer to one input, and where it differs from the first."""
    from vedette.drift.history import read_history

    if bool(input_hash) == bool(input):
        raise BadRequest("Name the input with --input-hash or with --input, one of them.")
    embedder = _embedder() if semantic else None
    calls, hasher = read_calls(filters, limit, config, embedder=embedder)
    history = read_history(calls, _find(calls, input_hash.lower(), input, hasher))
    if format is InspectFormat.JSON:
        print(msgspec.json.format(msgspec.json.encode(history), indent=2).decode())
        return
    print("\n".join(_summary(history)), end="\n\n")
    table(console(), _COLUMNS, map(_row, history.entries))


def _embedder() -> "Embedder":
    from vedette.drift.semantic import find_embedder

    found = find_embedder()
    if found is None:
        raise BadRequest("--semantic needs the word vectors of `pip install wordllama`.")
    return found


def _find(calls: "list[Call]", prefix: str, text: str, hasher: "TextHasher") -> str:
    """The one input that is meant."""
    from vedette.drift.history import find_inputs
    from vedette.features.fingerprint import read_prompt

    if text:
        prefix = read_prompt(text, hasher).hash
    elif len(prefix) < _LEAST_DIGITS:
        raise BadRequest(f"--input-hash {prefix!r} is too short: give {_LEAST_DIGITS} digits.")
    found = find_inputs(calls, prefix)
    if not found:
        raise NotFound(
            f"No call among the newest {len(calls)} has the input {prefix!r}. "
            "`vedette consistency` lists repeated inputs; --limit looks further back."
        )
    if len(found) > 1:
        raise BadRequest(f"{len(found)} inputs begin with {prefix!r}: {', '.join(found[:5])}.")
    return found[0]


def _summary(history: "History") -> Iterator[str]:
    yield f"Input {history.input_hash}"
    yield f"  {len(history.entries)} answers by {printable(', '.join(history.models)) or '-'}"
    verdicts = ", ".join(f"{name} {count}" for name, count in history.verdicts.items())
    yield f"  verdicts: {printable(verdicts) or '-'}"
    if (scores := history.consistency) is not None:
        entropy = "" if scores.entropy_bits is None else f", entropy {scores.entropy_bits:.2f} bits"
        yield f"  consistency {scores.score:.2f}, exact {scores.exact:.2f}{entropy}"


def _row(entry: "HistoryEntry") -> tuple[str, ...]:
    answer, first = entry.answer, entry.to_first
    differs = [name for name, agrees in first.components.items() if not agrees] if first else []
    return (
        format_time(entry.start_ns)[:19].replace("T", " "),
        entry.trace_id,
        entry.version or entry.model,
        answer.verdict or "-",
        answer.layout,
        "yes" if answer.refusal else "no",
        str(answer.words),
        "-" if entry.output_tokens is None else str(entry.output_tokens),
        "-" if entry.latency_ms is None else f"{entry.latency_ms:.0f}",
        first.alike if first else "-",
        f"{first.lexical:.2f}" if first else "-",
        f"{first.semantic:.2f}" if first and first.semantic is not None else "-",
        ", ".join(differs),
    )
