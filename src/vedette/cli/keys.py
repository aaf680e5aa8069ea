"""`vedette keys list|create|show|change|usage|rotate|disable|enable|delete|open`, through the
console."""

import json
import sys
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import typer

from vedette.cli.grants import (
    KEY,
    ClearOption,
    budgets_text,
    changed_body,
    granting,
    key_body,
    read_span,
)
from vedette.cli.options import ConfigOption
from vedette.cli.output import console, printable, table
from vedette.cli.remote import JsonOption, Remote, UrlOption, place

_CREATE_EPILOG = """Examples:

- `vedette keys create ci --project search --budget 5/1d --rpm 60`

- `vedette keys create laptop --model 'gpt-*' --expires-in 30d --owner ada`

- `KEY=$(vedette keys create ci)`

The key stands alone on stdout. It is shown this once: only its hash is kept."""
_CHANGE_EPILOG = """Examples:

- `vedette keys change 9f2c81d04a7e --budget 10/1d --owner bob`

- `vedette keys change 9f2c81d04a7e --clear expires_at --clear models`

What is given takes the place of what was; limits that are not named stay."""
_ROTATE_EPILOG = """Examples:

- `vedette keys rotate 9f2c81d04a7e --overlap 1h`

The new key has the settings of the old one and goes on with its budgets."""
_OPEN_EPILOG = """Once a key was made the gateway asks for one, also after the last was deleted.
This undoes it."""

_COLUMNS = ("ID", "NAME", "PROJECT", "OWNER", "STATUS", "EXPIRES", "BUDGETS", "MODELS")

KeyArgument = Annotated[
    str, typer.Argument(metavar="KEY", help="Id of the key, or how it begins.", show_default=False)
]


def register(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="Virtual keys for the gateway's clients.")
    group.callback()(_group)
    group.command("list")(list_keys)
    group.command("create", epilog=_CREATE_EPILOG)(granting(KEY)(create_key))
    group.command("show")(show_key)
    group.command("change", epilog=_CHANGE_EPILOG)(granting(KEY)(change_key))
    group.command("usage")(show_usage)
    group.command("rotate", epilog=_ROTATE_EPILOG)(rotate_key)
    group.command("disable")(disable_key)
    group.command("enable")(enable_key)
    group.command("delete")(delete_key)
    group.command("open", epilog=_OPEN_EPILOG)(open_gateway)
    app.add_typer(group, name="keys")


def list_keys(
    *,
    project: Annotated[str, typer.Option(help="Id or name.", show_default=False)] = "",
    prefix: Annotated[str, typer.Option(help="How they begin.", show_default=False)] = "",
    search: Annotated[
        str, typer.Option(help="Part of name, owner, id or metadata.", show_default=False)
    ] = "",
    owner: Annotated[str, typer.Option(help="Whose they are.", show_default=False)] = "",
    metadata: Annotated[
        list[str] | None,
        typer.Option(help="name=value, or name for any value. Repeat it.", show_default=False),
    ] = None,
    status: Annotated[
        str, typer.Option(help="active, disabled, expired or replaced.", show_default=False)
    ] = "",
    as_json: JsonOption = False,
    url: UrlOption = "",
    config: ConfigOption = None,
) -> None:  # fmt: skip
    """List the keys, without their secrets."""
    found = Remote.find(config, url).pages(
        "/keys", project=project, prefix=prefix, q=search, owner=owner, status=status,
        metadata=metadata or [],
    )  # fmt: skip
    if as_json:
        print(json.dumps(found, indent=2, ensure_ascii=False))
        return
    table(console(), _COLUMNS, map(_row, found))


def create_key(
    name: Annotated[str, typer.Argument(help="What it is for.", show_default=False)],
    *,
    grant: Mapping[str, Any],
    project: Annotated[str, typer.Option(help="Id or name.")] = "default",
    as_json: JsonOption = False,
    url: UrlOption = "",
    config: ConfigOption = None,
) -> None:
    """Make a key and show it, this once."""
    body = {"project": project, "name": name, **key_body(grant)}
    _show_issued(Remote.find(config, url).send("POST", "/keys", body), as_json)


def show_key(
    key: KeyArgument,
    as_json: JsonOption = False,
    url: UrlOption = "",
    config: ConfigOption = None,
) -> None:
    """Show what is known of a key."""
    found = Remote.find(config, url).get(_place(key))
    if as_json:
        print(json.dumps(found, indent=2, ensure_ascii=False))
        return
    out = console()
    for label, text in _lines(found):
        out.print(f"{label:<14}{printable(text)}", soft_wrap=True)


def change_key(
    key: KeyArgument,
    *,
    grant: Mapping[str, Any],
    name: Annotated[str, typer.Option(help="What it is for.", show_default=False)] = "",
    clear: ClearOption = None,
    url: UrlOption = "",
    config: ConfigOption = None,
) -> None:
    """Change what a key may do."""
    remote = Remote.find(config, url)
    given = remote.get(_place(key))
    body = key_body(grant) | ({"name": name} if name else {})
    changed = changed_body(body, given, clear or ())
    table(console(), _COLUMNS, [_row(remote.send("PATCH", _place(key), changed))])


def show_usage(
    key: KeyArgument, as_json: JsonOption = False, url: UrlOption = "", config: ConfigOption = None
) -> None:
    """Show what a key used, its rotations included, and what is left of its budgets."""
    found = Remote.find(config, url).get(f"{_place(key)}/usage")
    if as_json:
        print(json.dumps(found, indent=2))
        return
    out = console()
    for name in (
        "requests",
        "errors",
        "unpriced_requests",
        "cost_usd",
        "reserved_usd",
        "saved_usd",
    ):
        out.print(f"{name:<18}{found[name]}")
    tokens = found["tokens"]
    out.print(f"{'tokens':<18}{tokens['total']} ({tokens['input']} in, {tokens['output']} out)")
    for budget in found["budgets"]:
        until = f", until {budget['resets_at'][:16]}" if budget["resets_at"] else ""
        spent = f"{budget['spent_usd']} of {budget['limit_usd']}"
        out.print(f"{'budget ' + budget['window']:<18}{spent} ({budget['action']}{until})")


def rotate_key(
    key: KeyArgument,
    overlap: Annotated[
        str, typer.Option(help="How long the old key goes on working, such as 1h.")
    ] = "0s",
    as_json: JsonOption = False,
    url: UrlOption = "",
    config: ConfigOption = None,
) -> None:
    """Make a new key in the place of this one, and show it."""
    body = {"overlap_s": read_span(overlap, "--overlap")}
    remote = Remote.find(config, url)
    _show_issued(remote.send("POST", f"{_place(key)}/rotate", body), as_json)


def disable_key(key: KeyArgument, url: UrlOption = "", config: ConfigOption = None) -> None:
    """Let a key be refused, within a second."""
    _switch(key, config=config, url=url, disabled=True)


def enable_key(key: KeyArgument, url: UrlOption = "", config: ConfigOption = None) -> None:
    """Let a disabled key work again."""
    _switch(key, config=config, url=url, disabled=False)


def delete_key(key: KeyArgument, url: UrlOption = "", config: ConfigOption = None) -> None:
    """Revoke a key for good, within a second."""
    Remote.find(config, url).send("DELETE", _place(key))
    console().print(f"Deleted {key_id(key)}.")


def open_gateway(url: UrlOption = "", config: ConfigOption = None) -> None:
    """Stop asking clients for a key; refused while there are keys."""
    Remote.find(config, url).send("POST", "/keys/open")
    console().print("The gateway asks for a key only where the configuration says so.")


def key_id(text: str) -> str:
    """The id in a key or its beginning: a secret is not sent on."""
    return text.removeprefix("vdt_").partition("_")[0]


def _place(key: str) -> str:
    return place("keys", key_id(key))


def _switch(key: str, *, config: Any, url: str, disabled: bool) -> None:
    shown = Remote.find(config, url).send("PATCH", _place(key), {"disabled": disabled})
    console().print(f"{shown['id']} ({printable(shown['name'])}) is {shown['status']}.")


def _show_issued(issued: Mapping[str, str], as_json: bool) -> None:
    if as_json:
        print(json.dumps(issued, indent=2))
        return
    print(issued["key"])
    if sys.stdout.isatty():
        console(stderr=True).print("Keep it well: it is not shown again.", style="dim")


def _row(key: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        key["id"],
        key["name"],
        key["project"],
        key["owner"] or "-",
        key["status"],
        (key["expires_at"] or "never")[:16].replace("T", " "),
        budgets_text(key["budgets"]) or "-",
        ", ".join(key["models"]) or "all",
    )


def _lines(key: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name in ("id", "name", "project", "organization", "owner", "status"):
        yield name, key[name] or "-"
    yield "created", key["created_time"]
    yield "expires", key["expires_at"] or "never"
    for name in ("replaced_by", "replaces"):
        if key[name]:
            yield name, key[name]
    for name in ("models", "routes", "endpoints", "ips"):
        yield name, ", ".join(key[name]) or "all"
    yield "budgets", budgets_text(key["budgets"]) or "-"
    for name, value in key["limits"].items():
        if value is not None:
            yield name, str(value)
    for name, value in key["metadata"].items():
        yield "metadata", f"{name}={value}"


def _group() -> None:
    """Virtual keys for the gateway's clients."""
