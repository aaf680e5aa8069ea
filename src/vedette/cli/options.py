"""Options that several commands share."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from vedette.config.load import LoadedConfig

ConfigOption = Annotated[
    Path | None,
    typer.Option(
        "--config",
        "-c",
        help="Configuration file. Else ./vedette.yaml, $VEDETTE_CONFIG, or discovery.",
        show_default=False,
    ),
]


def load_config(path: Path | None) -> LoadedConfig:
    """The configuration of this process's environment; raises ConfigError."""
    from vedette.app.snapshot import load_config as load

    return load(path, os.environ)
