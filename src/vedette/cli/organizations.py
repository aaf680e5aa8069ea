"""`vedette organizations list|create|show|change|delete`: through the console."""

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
)
from vedette.cli.options import ConfigOption
from vedette.cli.output import console, printable, table
from vedette.cli.remote import JsonOption, Remote, UrlOption, place
from vedette.errors import NotFound

_CREATE_EPILOG = """Examples:

- `vedette organizations create acme --budget 1000/month`"""
_CHANGE_EPILOG = """Examples:

- `vedette organizations change acme --budget 2000/month --rpm 6000`

Budgets that are given take the place of all others; limits that are not named stay."""

_COLUMNS = ("ID", "NAME", "BUDGETS", "RPM>", "TPM>", "CALLS>")

OrganizationArgument = Annotated[
    str, typer.Argument(metavar="ORGANIZATION", help="Id or name.", show_default=False)
]


def register(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="Organizations, which projects belong to.")
    group.callback()(_group)
    group.command("list")(list_organizations)
    group.command("create", epilog=_CREATE_EPILOG)(granting(ALLOWANCE)(create_organization))
    group.command("show")(show_organization)
    group.command("change", epilog=_CHANGE_EPILOG)(granting(ALLOWANCE)(change_organization))
    group.command("delete")(delete_organization)
    app.add_typer(group, name="organizations")


def list_organizations(
    as_json: JsonOption = False, url: UrlOption = "", config: ConfigOption = None
) -> None:
    """List the organizations."""
    found = Remote.find(config, url).pages("/organizations")
    if as_json:
        print(json.dumps(found, indent=2, ensure_ascii=False))
        return
    table(console(), _COLUMNS, map(_row, found))


def create_organization(
    name: Annotated[str, typer.Argument(help="Its name.", show_default=False)],
    *,
    grant: Mapping[str, Any],
    as_json: JsonOption = False,
    url: UrlOption = "",
    config: ConfigOption = None,
) -> None:
    """Make an organization."""
    body = {"name": name, **allowance_body(grant)}
    made = Remote.find(config, url).send("POST", "/organizations", body)
    print(json.dumps(made, indent=2, ensure_ascii=False) if as_json else made["id"])


def show_organization(
    organization: OrganizationArgument, url: UrlOption = "", config: ConfigOption = None
) -> None:
    """Print what is known of an organization, as JSON."""
    found = _find(Remote.find(config, url), organization)
    print(json.dumps(found, indent=2, ensure_ascii=False))


def change_organization(
    organization: OrganizationArgument,
    *,
    grant: Mapping[str, Any],
    name: Annotated[str, typer.Option(help="Its new name.", show_default=False)] = "",
    clear: ClearOption = None,
    url: UrlOption = "",
    config: ConfigOption = None,
) -> None:
    """Change what an organization may spend and ask, or its name."""
    remote = Remote.find(config, url)
    given = _find(remote, organization)
    body = allowance_body(grant) | ({"name": name} if name else {})
    changed = changed_body(body, given, clear or ())
    table(console(), _COLUMNS, [_row(remote.send("PATCH", _place(given), changed))])


def delete_organization(
    organization: OrganizationArgument, url: UrlOption = "", config: ConfigOption = None
) -> None:
    """Delete an organization that has no projects."""
    remote = Remote.find(config, url)
    found = _find(remote, organization)
    remote.send("DELETE", _place(found))
    console().print(f"Deleted {printable(found['name'])} ({found['id']}).")


def _find(remote: Remote, id_or_name: str) -> dict[str, Any]:
    """Ids go before names, which are unique. Raises NotFound."""
    known = remote.pages("/organizations")
    for field in ("id", "name"):
        for one in known:
            if one[field] == id_or_name:
                return one
    raise NotFound(
        f"There is no organization {id_or_name!r}. `vedette organizations list` shows them."
    )


def _place(organization: Mapping[str, Any]) -> str:
    return place("organizations", organization["id"])


def _row(organization: Mapping[str, Any]) -> tuple[str, ...]:
    limits = organization["limits"]
    return (
        organization["id"],
        organization["name"],
        budgets_text(organization["budgets"]) or "-",
        *(str(limits[name] or "-") for name in ("rpm", "tpm", "concurrency")),
    )


def _group() -> None:
    """Organizations, which projects belong to."""
