"""`vedette limits`: every limit in force and what is used of it, through the console."""

import json
from typing import Any

import typer

from vedette.cli.options import ConfigOption
from vedette.cli.output import console, table
from vedette.cli.remote import JsonOption, Remote, UrlOption

_EPILOG = """Examples:

- `vedette limits`

Requests, tokens and dollars are those of the last minute, calls those under way; the fullest first.
Of users and the like those are shown who called within the last hour."""
_COLUMNS = ("SCOPE", "NAME", "PROJECT", "UNIT", "LIMIT>", "USED>", "ON FAILURE")


def register(app: typer.Typer) -> None:
    app.command("limits", epilog=_EPILOG)(list_limits)


def list_limits(
    *, as_json: JsonOption = False, url: UrlOption = "", config: ConfigOption = None
) -> None:
    """Show every limit in force and what is used of it."""
    items: list[dict[str, Any]] = Remote.find(config, url).get("/limits")["items"]
    if as_json:
        print(json.dumps(items, indent=2))
        return
    table(console(), _COLUMNS, [_cells(item) for item in items])


def _cells(item: dict[str, Any]) -> tuple[str, ...]:
    return (
        item["scope"], item["name"] or "(together)", item["project"] or "-", item["unit"],
        item["limit"], item["used"], item["on_failure"],
    )  # fmt: skip
