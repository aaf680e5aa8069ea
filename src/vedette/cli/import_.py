"""`vedette import litellm`."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any

import typer

from vedette.cli.output import console, notices, printable
from vedette.errors import ConfigError

if TYPE_CHECKING:
    from rich.console import Console

    from vedette.migrate.litellm import Conversion

_EPILOG = """Examples:

- `vedette import litellm config.yaml > vedette.yaml`

- `vedette import litellm config.yaml --output vedette.yaml`

- `vedette import litellm config.yaml --json`

Every setting of the file is told of: `exact`, `approximated` (and what is different) or
`unsupported` (and why). Without `--output` that goes to stderr. Exit code 0: what was written is a
valid configuration once its environment variables are set. 1: the file cannot be read, or something
must be settled by hand."""

_REFERENCE = re.compile(r"\$\$\{|\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_URLS = re.compile(r"(base_url|authority): \"?\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_FILES = ("api_key_file", "ca_file", "credentials_file")
_COLOURS = {"exact": "green", "approximated": "yellow", "unsupported": "red"}


def register(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="Convert configurations of other gateways.")
    group.callback()(_group)
    group.command("litellm", epilog=_EPILOG)(import_litellm)
    app.add_typer(group, name="import")


def import_litellm(
    config: Annotated[Path, typer.Argument(help="LiteLLM's config.yaml.", show_default=False)],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Write the configuration there.", show_default=False),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace an existing file.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Convert a LiteLLM configuration and tell what became of each setting."""
    from vedette.migrate.emit import to_yaml
    from vedette.migrate.litellm import convert
    from vedette.migrate.source import read_source
    from vedette.providers.catalogue import load_kinds

    if output is not None and output.exists() and not force:
        raise ConfigError(f"{str(output)!r} exists: name another file, or add --force.")
    conversion = convert(read_source(_read(config), str(config)), load_kinds())
    text = _HEADER.format(config.name) + to_yaml(conversion.config)
    name = str(output or "vedette.yaml")
    problems = _problems(text, name)
    if output is not None:
        _write(output, text)
    if as_json:
        print(json.dumps(_as_json(conversion, text, problems), indent=2, ensure_ascii=False))
    else:
        if output is None:
            print(text, end="")
        _print(console(stderr=output is None), conversion, text, problems, name)
    if problems:
        raise typer.Exit(1)


_HEADER = """\
# Converted from {} of LiteLLM. `vedette validate` checks it.
# LiteLLM listens on every address: set gateway.listen to 0.0.0.0:4000 for that.

"""


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = (error.strerror or "unreadable").lower()
        raise ConfigError(f"Cannot read {str(path)!r}: {reason}.") from None


def _write(path: Path, text: str) -> None:
    """For the owner alone: it may hold keys."""
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(text)
    except OSError as error:
        reason = (error.strerror or "unwritable").lower()
        raise ConfigError(f"Cannot write {str(path)!r}: {reason}.") from None


def _variables(text: str) -> list[str]:
    """The environment variables it refers to, each once."""
    return list(dict.fromkeys(match[1] for match in _REFERENCE.finditer(text) if match[1]))


def _problems(text: str, name: str) -> list[str]:
    """What is wrong with it but for variables that are not set and the files these name."""
    from vedette.config.errors import ConfigProblems
    from vedette.config.load import load
    from vedette.providers.catalogue import load_kinds

    env = dict.fromkeys(_variables(text), "placeholder")
    env |= {match[2]: "https://placeholder.invalid" for match in _URLS.finditer(text)}
    with TemporaryDirectory() as folder:
        path = Path(folder) / "vedette.yaml"
        path.write_text(text, encoding="utf-8")
        try:
            load(path, env, kinds=load_kinds())
        except ConfigProblems as error:
            return [
                str(problem).replace(str(path), name, 1)
                for problem in error.problems
                if not (problem.key.endswith(_FILES) and "'placeholder'" in problem.message)
            ]
    return []


def _as_json(conversion: Conversion, text: str, problems: list[str]) -> dict[str, Any]:
    return {
        "config": conversion.config,
        "findings": [
            {
                "place": each.place,
                "setting": each.field,
                "verdict": each.verdict,
                "becomes": each.became,
                "note": each.note,
            }
            for each in conversion.findings
        ],
        "environment": _variables(text),
        "problems": problems,
    }


def _print(out: Console, conversion: Conversion, text: str, problems: list[str], name: str) -> None:
    width = max((len(each.place) for each in conversion.findings), default=0)
    for each in conversion.findings:
        became = f" -> {each.became}" if each.became else ""
        note = f": {each.note}" if each.note else ""
        line = f"{each.verdict:<13} {each.place:<{width}}  {each.field}{became}{note}"
        out.print(printable(line), style=_COLOURS[each.verdict], soft_wrap=True)
    out.print(_counts(conversion), style="bold")
    for problem in problems:
        out.print(f"To be settled by hand: {printable(problem)}", style="red", soft_wrap=True)
    notices(out, _next(text, name))


def _counts(conversion: Conversion) -> str:
    verdicts: list[str] = [each.verdict for each in conversion.findings]
    told = ", ".join(f"{verdicts.count(verdict)} {verdict}" for verdict in _COLOURS)
    return f"{len(verdicts)} settings: {told}."


def _next(text: str, name: str) -> Iterator[Any]:
    from vedette.config.load import Notice

    unset = [variable for variable in _variables(text) if not os.environ.get(variable)]
    if unset:
        yield Notice("next", f"Set in the environment: {', '.join(unset)}")
    yield Notice("next", f"vedette validate --config {name}")


def _group() -> None:
    """Convert configurations of other gateways."""
