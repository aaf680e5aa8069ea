"""`vedette organizations list|create|show|change|delete`: through the console."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from vedette.cli.grants import ALLOWANCE, ClearOption, allowance_body, granting
from vedette.cli.holders import Holders, print_json
from vedette.cli.options import ConfigOption
from vedette.cli.output import console, printable
from vedette.cli.remote import JsonOption, Remote, UrlOption

_CREATE_EPILOG = """Examples:

- `vedette organizations create acme --budget 1000/month`"""
_CHANGE_EPILOG = """Examples:

- `vedette organizations change acme --budget 2000/month --rpm 6000`

Budgets that are given take the place of all others; limits that are not named stay."""

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
    _HOLDERS.list(Remote.find(config, url), as_json=as_json)


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
    _HOLDERS.create(Remote.find(config, url), body, as_json=as_json)


def show_organization(
    organization: OrganizationArgument, url: UrlOption = "", config: ConfigOption = None
) -> None:
    """Print what is known of an organization, as JSON."""
    print_json(_HOLDERS.find(Remote.find(config, url), organization))


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
    body = allowance_body(grant) | ({"name": name} if name else {})
    _HOLDERS.change(Remote.find(config, url), organization, body, clear)


def delete_organization(
    organization: OrganizationArgument, url: UrlOption = "", config: ConfigOption = None
) -> None:
    """Delete an organization that has no projects."""
    remote = Remote.find(config, url)
    found = _HOLDERS.find(remote, organization)
    remote.send("DELETE", _HOLDERS.place(found))
    console().print(f"Deleted {printable(found['name'])} ({found['id']}).")


_HOLDERS = Holders("organization", {})


def _group() -> None:
    """Organizations, which projects belong to."""
