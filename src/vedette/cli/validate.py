"""`vedette validate`."""

import typer

from vedette.cli.options import ConfigOption, load_config
from vedette.cli.output import console, notices

_EPILOG = """Examples:

- `vedette validate`

- `vedette validate --config prod.yaml && systemctl reload vedette`

Exit code 0: it can be served. 1: every problem is listed on stderr with file, line and key."""


def register(app: typer.Typer) -> None:
    app.command("validate", epilog=_EPILOG)(validate)


def validate(config: ConfigOption = None) -> None:
    """Check the configuration and say everything that is wrong with it."""
    from vedette.app.snapshot import check_exposure, gateway_settings

    loaded = load_config(config)
    check_exposure(loaded.config, loaded.origin)
    settings = gateway_settings(loaded.config, version=1)
    out = console()
    where = str(loaded.path) if loaded.path else "No configuration file: what was discovered"
    names = ", ".join(provider.name for provider in settings.providers) or "none"
    out.print(f"{where} is valid.")
    out.print(f"  providers: {names}")
    out.print(f"  routes: {', '.join(route.model for route in settings.routes) or 'none'}")
    if loaded.overrides:
        out.print(f"  overridden by the environment: {', '.join(loaded.overrides)}")
    notices(out, loaded.notices)
