"""`vedette budgets`: what is left of every budget, through the console."""

import json
from typing import Annotated, Any

import typer

from vedette.cli.options import ConfigOption
from vedette.cli.output import console, table
from vedette.cli.remote import JsonOption, Remote, UrlOption, place

_EPILOG = """Examples:

- `vedette budgets`

- `vedette budgets 4b1c09e2d7f3a865`

Budgets of keys, projects and organizations, and of the configuration's `allowances`; the fullest
first. HELD is what calls under way may come to."""
_COLUMNS = ("ID", "SCOPE", "NAME", "WINDOW", "LIMIT>", "SPENT>", "HELD>", "USED>", "RESETS", "THEN")


def register(app: typer.Typer) -> None:
    app.command("budgets", epilog=_EPILOG)(list_budgets)


def list_budgets(
    budget: Annotated[
        str, typer.Argument(help="Id of one: then with a forecast.", show_default=False)
    ] = "",
    *,
    as_json: JsonOption = False,
    url: UrlOption = "",
    config: ConfigOption = None,
) -> None:
    """Show what is left of every budget, or how one is used up."""
    remote = Remote.find(config, url)
    if budget:
        _show(remote.get(place("budgets", budget)), as_json)
        return
    items: list[dict[str, Any]] = remote.get("/budgets")["items"]
    if as_json:
        print(json.dumps(items, indent=2))
        return
    table(console(), _COLUMNS, [_cells(item) for item in items])


def _show(found: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print(json.dumps(found, indent=2))
        return
    out, forecast = console(), found["forecast"]
    table(out, _COLUMNS, [_cells(found)])
    out.print(f"Lately {forecast['usd_per_day']} USD a day.")
    end = _minute(forecast["end_time"])
    if forecast["exhausted_at"]:
        out.print(f"It will be spent at {_minute(forecast['exhausted_at'])}.")
    else:
        out.print(f"At {end} {forecast['end_usd']} USD of it will be spent.")


def _minute(time: str) -> str:
    return time[:16].replace("T", " ")


def _cells(item: dict[str, Any]) -> tuple[str, ...]:
    budget = item["budget"]
    limit, spent = float(budget["limit_usd"]), float(budget["spent_usd"])
    used = f"{spent / limit:.0%}" if limit else "-"
    resets = _minute(budget["resets_at"] or "-")
    return (
        item["id"], item["scope"], item["name"] or "(together)", budget["window"],
        budget["limit_usd"], budget["spent_usd"], budget["reserved_usd"], used, resets,
        budget["action"],
    )  # fmt: skip
