"""`vedette projects list|create|show|change|delete`: through the console of a running Vedette."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from vedette.cli.grants import ALLOWANCE, ClearOption, allowance_body, granting
from vedette.cli.holders import Found, Holders, print_json
from vedette.cli.options import ConfigOption
from vedette.cli.output import console, printable
from vedette.cli.remote import JsonOption, Remote, UrlOption
from vedette.errors import BadRequest

_CREATE_EPILOG = """Examples:

- `vedette projects create search`

- `vedette projects create search --budget 100/month --rpm 600`

- `vedette projects create search --retention-days 30`"""
_CHANGE_EPILOG = """Examples:

- `vedette projects change search --rpm 1200`

- `vedette projects change search --clear budgets`

- `vedette projects change search --retention-days 14`

- `vedette projects change search --clear retention_days`

Budgets that are given take the place of all others; limits that are not named stay."""
_DELETE_EPILOG = """Examples:

- `vedette projects delete search --yes`

Its keys stop working within a second. What it recorded stays until it is too old."""

ProjectArgument = Annotated[
    str, typer.Argument(metavar="PROJECT", help="Id or name.", show_default=False)
]


RetentionOption = Annotated[
    int | None,
    typer.Option(
        "--retention-days", min=1, show_default=False,
        help="Days after which its spans are deleted. Of this and the configuration the fewer "
        "hold.",
    ),
]  # fmt: skip


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
    PROJECTS.list(Remote.find(config, url), as_json=as_json)


def create_project(
    name: Annotated[str, typer.Argument(help="Its name.", show_default=False)],
    *,
    grant: Mapping[str, Any],
    organization: Annotated[str, typer.Option(help="Id of its organization.")] = "default",
    retention_days: RetentionOption = None,
    as_json: JsonOption = False,
    url: UrlOption = "",
    config: ConfigOption = None,
) -> None:
    """Make a project."""
    body = {"name": name, "organization": organization, **allowance_body(grant)}
    PROJECTS.create(Remote.find(config, url), body | _kept(retention_days), as_json=as_json)


def show_project(
    project: ProjectArgument, url: UrlOption = "", config: ConfigOption = None
) -> None:
    """Print what is known of a project, as JSON."""
    print_json(PROJECTS.find(Remote.find(config, url), project))


def change_project(
    project: ProjectArgument,
    *,
    grant: Mapping[str, Any],
    name: Annotated[str, typer.Option(help="Its new name.", show_default=False)] = "",
    retention_days: RetentionOption = None,
    clear: ClearOption = None,
    url: UrlOption = "",
    config: ConfigOption = None,
) -> None:
    """Change what a project may spend and ask, how long it is kept, or its name."""
    body = allowance_body(grant) | ({"name": name} if name else {}) | _kept(retention_days)
    PROJECTS.change(Remote.find(config, url), project, body, clear)


def delete_project(
    project: ProjectArgument,
    yes: Annotated[bool, typer.Option("--yes", help="Delete its keys, too.")] = False,
    url: UrlOption = "",
    config: ConfigOption = None,
) -> None:
    """Delete a project and its keys."""
    remote = Remote.find(config, url)
    found = PROJECTS.find(remote, project)
    keys = len(remote.pages("/keys", project=found["id"]))
    if keys and not yes:
        raise BadRequest(
            f"The project {project!r} has {keys} keys, which would stop working. "
            "Say --yes if they shall."
        )
    remote.send("DELETE", PROJECTS.place(found))
    console().print(f"Deleted {printable(found['name'])} ({found['id']}) and {keys} keys.")


def _kept(days: int | None) -> dict[str, int]:
    return {} if days is None else {"retention_days": days}


def _days(project: Found) -> str:
    return f"{project['retention_days']} days" if project["retention_days"] else "-"


PROJECTS = Holders(
    "project", {"ORGANIZATION": lambda project: project["organization"], "KEPT": _days}
)  # fmt: skip


def _group() -> None:
    """Projects, which keys and calls belong to."""
