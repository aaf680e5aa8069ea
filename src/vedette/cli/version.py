"""`vedette version`."""

import platform

import typer

from vedette import __version__


def register(app: typer.Typer) -> None:
    app.command("version")(show_version)


def show_version() -> None:
    """Print the version of Vedette, of Python and of the system."""
    system = f"{platform.system()} {platform.machine()}"
    print(f"vedette {__version__} (Python {platform.python_version()}, {system})")
