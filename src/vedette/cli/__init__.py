"""The command line: each module here with a `register` function is a command, by its name (and an
underscore where the name is a word of Python).

Exit codes: 0 done, 1 something is wrong with the configuration or the data (said on stderr),
2 the command was used wrongly, 130 interrupted.
"""

import pkgutil
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import Annotated

import typer

from vedette.cli.interrupts import on_interrupt
from vedette.cli.output import flush, prepare_streams
from vedette.cli.version import show_version
from vedette.errors import VedetteError

PROBLEM = 1
INTERRUPTED = 130


def main() -> None:
    """Run the command that the program was called with, and exit.

    Only while it runs is Ctrl-C a KeyboardInterrupt: before and after it ends the program at once.
    """
    prepare_streams()
    try:
        with on_interrupt(signal.default_int_handler):
            code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = INTERRUPTED
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; expected errors become one clear message."""
    try:
        code = _command(arguments)
        flush()
        return code
    except VedetteError as error:
        several = "several problems:\n" if "\n" in error.message else ""
        print(f"vedette: {several}{error.message}", file=sys.stderr)
        return PROBLEM
    except BrokenPipeError:
        # Who reads has seen enough.
        with suppress(OSError):
            flush()
        return PROBLEM
    except OSError as error:
        with suppress(OSError):
            flush()
        told = filter(None, (error.filename, (error.strerror or "does not work").lower()))
        print(f"vedette: {': '.join(map(str, told))}", file=sys.stderr)
        return PROBLEM
    except KeyboardInterrupt:
        return INTERRUPTED


def _command(arguments: Sequence[str]) -> int:
    try:
        build(arguments[:1])(args=list(arguments), prog_name="vedette")
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else PROBLEM
    return 0


def build(wanted: Sequence[str] = ()) -> typer.Typer:
    """The application; with the name of a command in `wanted` only that one is imported."""
    app = typer.Typer(
        help="The sentry in front of your LLMs: gateway, observability, guard.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode="markdown",
        context_settings={"help_option_names": ["--help", "-h"]},
    )
    app.callback()(_program)
    names = command_names()
    for name in [name for name in names if name.rstrip("_") in wanted] or names:
        module = import_module(f"vedette.cli.{name}")
        if hasattr(module, "register"):
            module.register(app)
    return app


def command_names() -> list[str]:
    """Modules of this package, in alphabetical order."""
    return sorted(entry.name for entry in pkgutil.iter_modules(__path__))


def _told(version: bool) -> None:
    if version:
        show_version()
        raise typer.Exit


def _program(
    version: Annotated[
        bool,
        typer.Option("--version", is_eager=True, callback=_told, help="Show the version and exit."),
    ] = False,
) -> None:
    """The sentry in front of your LLMs: gateway, observability, guard."""
