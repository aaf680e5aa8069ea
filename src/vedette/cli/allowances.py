"""`vedette allowances list|create|change|delete`: budgets and limits by user, model, tag, ..."""

import json
from collections.abc import Mapping
from typing import Annotated, Any

import typer

from vedette.cli.grants import (
    ALLOWANCE,
    ClearOption,
    allowance_body,
    budgets_text,
    changed_body,
    granting,
    limits_text,
)
from vedette.cli.options import ConfigOption
from vedette.cli.output import console, table
from vedette.cli.remote import JsonOption, Remote, UrlOption, place
from vedette.model.budget import SCOPES

_CREATE_EPILOG = """Examples:

- `vedette allowances create user --budget 5/1d`

- `vedette allowances create tag 'batch-*' --together --budget 100/month/throttle`

- `vedette allowances create model gpt-5 --project search --budget 20/1d/reroute:gpt-5-mini`

In force within a second. Without a name all of the kind are meant, each counted by itself."""
_CHANGE_EPILOG = """Examples:

- `vedette allowances change alw_4f0c9a7d21be --budget 10/1d`

Budgets that are given take the place of all others; limits that are not named stay."""

_COLUMNS = ("ID", "SCOPE", "NAME", "PROJECT", "COUNTED", "BUDGETS", "LIMITS")

IdArgument = Annotated[str, typer.Argument(metavar="ID", help="Its id.", show_default=False)]


def register(app: typer.Typer) -> None:
    group = typer.Typer(
        no_args_is_help=True, help="Budgets and limits of users, sessions, models and tags."
    )
    group.callback()(_group)
    group.command("list")(list_allowances)
    group.command("create", epilog=_CREATE_EPILOG)(granting(ALLOWANCE)(create_allowance))
    group.command("change", epilog=_CHANGE_EPILOG)(granting(ALLOWANCE)(change_allowance))
    group.command("delete")(delete_allowance)
    app.add_typer(group, name="allowances")


def list_allowances(
    as_json: JsonOption = False, url: UrlOption = "", config: ConfigOption = None
) -> None:
    """List the allowances, those of the configuration included."""
    found = Remote.find(config, url).pages("/allowances")
    if as_json:
        print(json.dumps(found, indent=2, ensure_ascii=False))
        return
    table(console(), _COLUMNS, map(_row, found))


def create_allowance(
    scope: Annotated[
        str, typer.Argument(help=f"What is counted: {', '.join(SCOPES)}.", show_default=False)
    ],
    name: Annotated[str, typer.Argument(help="Who is meant, with * and ?.")] = "*",
    *,
    grant: Mapping[str, Any],
    project: Annotated[
        str, typer.Option(help="Only within this one: id or name.", show_default=False)
    ] = "",
    together: Annotated[
        bool, typer.Option("--together", help="All that match share it.")
    ] = False,
    as_json: JsonOption = False,
    url: UrlOption = "",
    config: ConfigOption = None,
) -> None:  # fmt: skip
    """Say what all of a kind may spend and ask."""
    body = {"scope": scope, "name": name, "project": project, "together": together}
    made = Remote.find(config, url).send("POST", "/allowances", body | allowance_body(grant))
    print(json.dumps(made, indent=2, ensure_ascii=False) if as_json else made["id"])


def change_allowance(
    id: IdArgument,
    *,
    grant: Mapping[str, Any],
    clear: ClearOption = None,
    url: UrlOption = "",
    config: ConfigOption = None,
) -> None:
    """Change what may be spent and asked."""
    remote = Remote.find(config, url)
    given = remote.get(place("allowances", id))
    changed = changed_body(allowance_body(grant), given, clear or ())
    table(console(), _COLUMNS, [_row(remote.send("PATCH", place("allowances", id), changed))])


def delete_allowance(id: IdArgument, url: UrlOption = "", config: ConfigOption = None) -> None:
    """Delete an allowance."""
    Remote.find(config, url).send("DELETE", place("allowances", id))
    console().print(f"Deleted {id}.")


def _row(one: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        one["id"] or "(configuration)",
        one["scope"],
        one["name"],
        one["project"] or "all",
        "together" if one["together"] else "each",
        budgets_text(one["budgets"]) or "-",
        limits_text(one["limits"]) or "-",
    )


def _group() -> None:
    """Budgets and limits of users, sessions, models and tags."""
