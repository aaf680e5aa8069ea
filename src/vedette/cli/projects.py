"""`vedette projects list|create|show|change|delete`: through the console of a running Vedette."""

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
from vedette.errors import BadRequest, NotFound

_CREATE_EPILOG = """Examples:

- `vedette projects create search`

- `vedette projects create search --budget 100/month --rpm 600`"""
_CHANGE_EPILOG = """Examples:

- `vedette projects change search --rpm 1200`

- `vedette projects change search --clear budgets`

Budgets that are given take the place of all others; limits that are not named stay."""
_DELETE_EPILOG = """Examples:

- `vedette projects delete search --yes`

Its keys stop working within a second. What it recorded stays until it is too old."""

_COLUMNS = ("ID", "NAME", "ORGANIZATION", "BUDGETS", "RPM>", "TPM>", "CALLS>")


ProjectArgument = Annotated[
    str, typer.Argument(metavar="PROJECT", help="Id or name.", show_default=False)
]


def register(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="Projects, which keys and calls belong to.")
    group.callback()(_group)
    group.command("list")(list_projects)
    group.command("create", epilog=_CREATE_EPILOG)(granting(ALLOWANCE)(create_project))
    group.command("show")(show_project)
    group.command("change", epilog=_CHANGE_EPILOG)(granting(ALLOWANCE)(change_project))
    group.command("delete", epilog=_DELETE_EPILOG)(delete_project)
    app.add_typer(group, name="projects")


def list_projects(
    as_json: JsonOption = False, url: UrlOption = "", config: ConfigOption = None
) -> None:
    """List the projects."""
    found = Remote.find(config, url).pages("/projects")
    if as_json:
        print(json.dumps(found, indent=2, ensure_ascii=False))
        return
    table(console(), _COLUMNS, map(_row, found))


def create_project(
    name: Annotated[str, typer.Argument(help="Its name.", show_default=False)],
    *,
    grant: Mapping[str, Any],
    organization: Annotated[str, typer.Option(help="Id of its organization.")] = "default",
    as_json: JsonOption = False,
    url: UrlOption = "",
    config: ConfigOption = None,
) -> None:
    """Make a project."""
    body = {"name": name, "organization": organization, **allowance_body(grant)}
    made = Remote.find(config, url).send("POST", "/projects", body)
    print(json.dumps(made, indent=2, ensure_ascii=False) if as_json else made["id"])


def show_project(
    project: ProjectArgument, url: UrlOption = "", config: ConfigOption = None
) -> None:
    """Print what is known of a project, as JSON."""
    print(json.dumps(find_project(Remote.find(config, url), project), indent=2, ensure_ascii=False))


def change_project(
    project: ProjectArgument,
    *,
    grant: Mapping[str, Any],
    name: Annotated[str, typer.Option(help="Its new name.", show_default=False)] = "",
    clear: ClearOption = None,
    url: UrlOption = "",
    config: ConfigOption = None,
) -> None:
    """Change what a project may spend and ask, or its name."""
    remote = Remote.find(config, url)
    given = find_project(remote, project)
    body = allowance_body(grant) | ({"name": name} if name else {})
    changed = changed_body(body, given, clear or ())
    shown = remote.send("PATCH", place("projects", given["id"]), changed)
    table(console(), _COLUMNS, [_row(shown)])


def delete_project(
    project: ProjectArgument,
    yes: Annotated[bool, typer.Option("--yes", help="Delete its keys, too.")] = False,
    url: UrlOption = "",
    config: ConfigOption = None,
) -> None:
    """Delete a project and its keys."""
    remote = Remote.find(config, url)
    found = find_project(remote, project)
    keys = len(remote.pages("/keys", project=found["id"]))
    if keys and not yes:
        raise BadRequest(
            f"The project {project!r} has {keys} keys, which would stop working. "
            "Say --yes if they shall."
        )
    remote.send("DELETE", place("projects", found["id"]))
    console().print(f"Deleted {printable(found['name'])} ({found['id']}) and {keys} keys.")


def find_project(remote: Remote, id_or_name: str) -> dict[str, Any]:
    """Ids go before names. Raises NotFound, or BadRequest where several have the name."""
    projects = remote.pages("/projects")
    by_id = [one for one in projects if one["id"] == id_or_name]
    found = by_id or [one for one in projects if one["name"] == id_or_name]
    if not found:
        raise NotFound(f"There is no project {id_or_name!r}. `vedette projects list` shows them.")
    if len(found) > 1:
        ids = ", ".join(one["id"] for one in found)
        raise BadRequest(f"Several projects have the name {id_or_name!r}: {ids}.")
    return found[0]


def _row(project: Mapping[str, Any]) -> tuple[str, ...]:
    limits = project["limits"]
    return (
        project["id"],
        project["name"],
        project["organization"],
        budgets_text(project["budgets"]) or "-",
        *(str(limits[name] or "-") for name in ("rpm", "tpm", "concurrency")),
    )


def _group() -> None:
    """Projects, which keys and calls belong to."""
