"""`vedette budgets`: what is left of every budget, through the console."""

import json
from typing import Any

import typer

from vedette.cli.options import ConfigOption
from vedette.cli.output import console, table
from vedette.cli.remote import JsonOption, Remote, UrlOption

_EPILOG = """Examples:

- `vedette budgets`

Budgets of keys, projects and organizations, and of the configuration's `allowances`; the fullest
first. HELD is what calls under way may come to."""
_COLUMNS = ("SCOPE", "NAME", "WINDOW", "LIMIT>", "SPENT>", "HELD>", "USED>", "RESETS", "THEN")


def register(app: typer.Typer) -> None:
    app.command("budgets", epilog=_EPILOG)(list_budgets)


def list_budgets(
    *, as_json: JsonOption = False, url: UrlOption = "", config: ConfigOption = None
) -> None:
    """Show what is left of every budget."""
    items: list[dict[str, Any]] = Remote.find(config, url).get("/budgets")["items"]
    if as_json:
        print(json.dumps(items, indent=2))
        return
    table(console(), _COLUMNS, [_cells(item) for item in items])


def _cells(item: dict[str, Any]) -> tuple[str, ...]:
    budget = item["budget"]
    limit, spent = float(budget["limit_usd"]), float(budget["spent_usd"])
    used = f"{spent / limit:.0%}" if limit else "-"
    resets = (budget["resets_at"] or "-")[:16].replace("T", " ")
    return (
        item["scope"], item["name"] or "(together)", budget["window"], budget["limit_usd"],
        budget["spent_usd"], budget["reserved_usd"], used, resets, budget["action"],
    )  # fmt: skip
