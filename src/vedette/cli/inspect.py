"""`vedette inspect`: the history of one input."""

from typing import TYPE_CHECKING, Annotated

import typer

from vedette.cli.filters import Filters, filtered
from vedette.cli.observed import LimitOption, read_calls
from vedette.cli.options import ConfigOption
from vedette.cli.writing import Format, FormatOption, OutOption, write
from vedette.errors import BadRequest, NotFound

if TYPE_CHECKING:
    from vedette.drift.reporting import Call
    from vedette.drift.semantic import Embedder
    from vedette.features.hashing import TextHasher

_EPILOG = """Examples:

- `vedette inspect --input-hash 1f3a9c02`

- `vedette inspect --input "Is 17077 a prime number?" --format json`

The hashes are those of `vedette consistency`; their first digits are enough. Each answer is
compared with the first one and with the one before it."""

_LEAST_DIGITS = 4


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
    format: FormatOption = Format.TABLE,
    out: OutOption = None,
    config: ConfigOption = None,
) -> None:
    """Show every answer to one input, and where it differs from the first."""
    from vedette.drift.history import read_history
    from vedette.drift.tables import history_document

    if bool(input_hash) == bool(input):
        raise BadRequest("Name the input with --input-hash or with --input, one of them.")
    embedder = _embedder() if semantic else None
    calls, hasher = read_calls(filters, limit, config, embedder=embedder)
    history = read_history(calls, _find(calls, input_hash.lower(), input, hasher))
    write(history_document(history), history, format, out)


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
