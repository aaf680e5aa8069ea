"""`vedette serve`."""

import logging
import signal
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO, cast

import typer

from vedette import logs
from vedette.cli.interrupts import on_interrupt
from vedette.cli.options import ConfigOption, load_config
from vedette.cli.output import console, notices

if TYPE_CHECKING:
    from vedette.config.load import LoadedConfig

log = logging.getLogger(__name__)

_EPILOG = """Examples:

- `vedette serve` uses ./vedette.yaml, or what it finds on this machine

- `vedette serve --config prod.yaml --workers 4`

- `vedette serve --role core` runs the console without a gateway

SIGHUP or a change of the file loads the configuration again; SIGTERM drains and stops."""


class Role(StrEnum):
    """Which processes to run."""

    ALL = "all"
    GATEWAY = "gateway"
    CORE = "core"


def register(app: typer.Typer) -> None:
    app.command("serve", epilog=_EPILOG)(serve)


def serve(
    config: ConfigOption = None,
    workers: Annotated[
        int | None,
        typer.Option(
            min=1, max=64, help="Gateway processes, instead of `gateway.workers`.",
            show_default=False,
        ),
    ] = None,
    role: Annotated[Role, typer.Option(help="Which processes to run.")] = Role.ALL,
) -> None:  # fmt: skip
    """Run the gateway and the console until stopped."""
    # Until the supervisor listens to signals there is nothing to clear up.
    with on_interrupt(signal.SIG_DFL):
        raise typer.Exit(_serve(config, workers, role))


def _serve(config: Path | None, workers: int | None, role: Role) -> int:
    from vedette.app.snapshot import check_exposure

    loaded = load_config(config)
    check_exposure(loaded.config, loaded.origin)
    _tell(loaded)
    # The supervisor brings asyncio, FastAPI and the store with it: not for other commands.
    from vedette.app.supervisor import serve as run

    return run(loaded, workers=workers, role=role.value)


def _tell(loaded: "LoadedConfig") -> None:
    """What is used, in the form of the log that follows."""
    settings, found = loaded.config.logging, f"{loaded.path or 'none, discovered'}"
    if settings.format == "json":
        logs.setup(settings.level, settings.format, process="supervisor")
        for text in (f"Configuration: {found}", *(notice.text for notice in loaded.notices)):
            log.info("%s", text)
        return
    out = console(stream=cast(TextIO, logs.Unbreakable(sys.stderr)))
    out.print(f"Configuration: {found}")
    notices(out, loaded.notices)
