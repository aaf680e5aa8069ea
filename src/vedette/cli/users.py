"""`vedette users list|create|reset|delete|invite|forget`: through the console that runs."""

import json
import sys
from typing import Annotated, Any

import typer

from vedette.cli.options import ConfigOption
from vedette.cli.output import console, printable, table
from vedette.cli.remote import JsonOption, Remote, UrlOption, in_project, place
from vedette.errors import BadRequest, NotFound, StoreError

_CREATE_EPILOG = """Examples:

- `vedette users create ann@example.com` prints a link with which she sets her password

- `pass show vedette | vedette users create ann@example.com --password-stdin`

The first user may do everything; from then on the console asks everybody to log in."""
_INVITE_EPILOG = """Examples:

- `vedette users invite bob@example.com --role member --organization default`

It prints a link; give it to whom it is for. It works once, within a week."""

_FORGET_EPILOG = """Examples:

- `vedette users forget customer-42 --project shop` asks first

- `vedette users forget customer-42 --yes --json > proof.json` keeps the proof

All traces go in which a span names the user, with payloads, findings, notes and words; rows of the
ledger stay without the name. It ends with code 1 where anything is left, or nothing was there."""

_COLUMNS = ("ID", "ADDRESS", "NAME", "ROOT", "STATE", "CODES", "CREATED")

EmailArgument = Annotated[str, typer.Argument(help="Address of the user.", show_default=False)]


def register(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="Users who log in to the console.")
    group.callback()(_group)
    group.command("list")(list_users)
    group.command("create", epilog=_CREATE_EPILOG)(create_user)
    group.command("invite", epilog=_INVITE_EPILOG)(invite_user)
    group.command("reset")(reset_user)
    group.command("delete")(delete_user)
    group.command("forget", epilog=_FORGET_EPILOG)(forget_end_user)
    app.add_typer(group, name="users")


def list_users(
    as_json: JsonOption = False, url: UrlOption = "", config: ConfigOption = None
) -> None:
    """List the users."""
    found = Remote.find(config, url).get("/users")["items"]
    if as_json:
        print(json.dumps(found, indent=2, ensure_ascii=False))
        return
    table(console(), _COLUMNS, map(_row, found))


def create_user(
    email: EmailArgument,
    *,
    name: Annotated[str, typer.Option(help="Name.", show_default=False)] = "",
    root: Annotated[bool, typer.Option("--root", help="May do everything.")] = False,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read a password from stdin.")
    ] = False,
    url: UrlOption = "",
    config: ConfigOption = None,
) -> None:
    """Make a user."""
    password = sys.stdin.readline().rstrip("\n") if password_stdin else ""
    body = {"email": email, "name": name, "password": password, "is_root": root}
    remote = Remote.find(config, url)
    made = remote.send("POST", "/users", body)
    if made["token"] is None:
        console().print(f"Made {made['user']['id']}.")
        return
    said = "It was sent by mail, too." if made["mailed"] else "Give it to whom it is for."
    console(stderr=True).print(f"This link works for an hour. {said}")
    print(f"{remote.address}/login?reset={made['token']}")


def invite_user(
    email: EmailArgument,
    *,
    role: Annotated[str, typer.Option(help="owner, admin, member or viewer.")] = "viewer",
    organization: Annotated[str, typer.Option(help="Id of the organization.")] = "default",
    project: Annotated[
        list[str] | None,
        typer.Option(help="Id of a project; several: only these.", show_default=False),
    ] = None,
    url: UrlOption = "",
    config: ConfigOption = None,
) -> None:
    """Invite somebody into an organization."""
    body = {
        "email": email, "role": role, "organization": organization, "projects": project or [],
    }  # fmt: skip
    remote = Remote.find(config, url)
    made = remote.send("POST", "/invitations", body)
    if made["mailed"]:
        console(stderr=True).print(f"A mail was sent to {email}. Its link:")
    print(f"{remote.address}{made['path']}")


def reset_user(email: EmailArgument, url: UrlOption = "", config: ConfigOption = None) -> None:
    """Print a link with which a user sets a new password, within an hour."""
    remote = Remote.find(config, url)
    link = remote.send("POST", f"/users{place(_find(remote, email)['id'])}/reset")
    if link["mailed"]:
        console(stderr=True).print(f"A mail was sent to {email}. Its link:")
    print(f"{remote.address}{link['path']}")


def delete_user(
    email: EmailArgument,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    url: UrlOption = "",
    config: ConfigOption = None,
) -> None:
    """Delete a user with memberships and tokens."""
    if not yes and not (sys.stdin.isatty() and typer.confirm(f"Delete {email}?", err=True)):
        raise BadRequest("Nobody is deleted without --yes.")
    remote = Remote.find(config, url)
    remote.send("DELETE", f"/users{place(_find(remote, email)['id'])}")
    console().print(f"Deleted {email}.")


def forget_end_user(
    user_id: Annotated[
        str, typer.Argument(metavar="USER", help="As calls name the user.", show_default=False)
    ],
    *,
    project: Annotated[str, typer.Option(help="Id or name.")] = "default",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: JsonOption = False,
    url: UrlOption = "",
    config: ConfigOption = None,
) -> None:
    """Delete everything that is kept of a user of your application, and prove it."""
    asked = f"Delete everything of {user_id!r} in the project {project!r}?"
    if not yes and not (sys.stdin.isatty() and typer.confirm(asked, err=True)):
        raise BadRequest("Nothing is deleted without --yes.")
    path = in_project(f"/end-users{place(user_id)}", project)
    proof = Remote.find(config, url).send("DELETE", path)
    if as_json:
        print(json.dumps(proof, indent=2, ensure_ascii=False))
    else:
        rows = ((what, str(n), str(proof["after"][what])) for what, n in proof["before"].items())
        table(console(), ("WHAT", "WAS THERE", "IS LEFT"), rows)
    if not proof["verified"]:
        raise StoreError(f"Something of {user_id!r} is left: ask again, or see the log.")
    console(stderr=True).print(f"Nothing of {printable(user_id)} is left ({proof['time']}).")


def _find(remote: Remote, email: str) -> dict[str, Any]:
    wanted = email.strip().lower()
    for user in remote.get("/users")["items"]:
        if user["email"] == wanted or user["id"] == email:
            found: dict[str, Any] = user
            return found
    raise NotFound(f"There is no user {email!r}. `vedette users list` shows all.")


def _row(user: dict[str, Any]) -> tuple[str, ...]:
    state = "disabled" if user["disabled"] else "active" if user["has_password"] else "no password"
    return (
        user["id"], user["email"], user["name"], "yes" if user["is_root"] else "", state,
        "yes" if user["has_totp"] else "", user["created_time"][:19],
    )  # fmt: skip


def _group() -> None:
    """Users who log in to the console."""
