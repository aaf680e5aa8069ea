"""`vedette baseline create|list|freeze|delete`: what later answers are compared with."""

import json
from typing import Annotated

import typer

from vedette.cli.options import ConfigOption
from vedette.cli.output import console, table
from vedette.cli.remote import JsonOption, Remote, UrlOption, in_project, place

_CREATE_EPILOG = """Examples:

- `vedette baseline create spring --model gpt-4o --size 200`

- `vedette baseline create support --route support --rolling`

It fills with the calls that come. `--model` is a name as traces show it, without the provider:
`chat` for `sim/chat`. Each model has an automatic baseline besides (`auto:MODEL`)."""

NameArgument = Annotated[str, typer.Argument(help="Name of the baseline.", show_default=False)]
ProjectOption = Annotated[str, typer.Option(help="Id or name of the project.", show_default=False)]


def register(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="What later answers are compared with.")
    group.callback()(_group)
    group.command("list")(list_baselines)
    group.command("create", epilog=_CREATE_EPILOG)(create)
    group.command("freeze")(freeze)
    group.command("delete")(delete)
    app.add_typer(group, name="baseline")


def list_baselines(
    *,
    project: ProjectOption = "",
    as_json: JsonOption = False,
    config: ConfigOption = None,
    url: UrlOption = "",
) -> None:
    """List what is watched, and how near to an alarm it is."""
    board = Remote.find(config, url).get("/drift", project=project)
    if as_json:
        print(json.dumps(board, indent=2))
        return
    rows = (
        (
            one["name"], one["kind"], _scope(one), f"{one['filled']}/{one['size']}",
            str(one["calls"]), f"{one['nearness']:.4f}" if one["is_ready"] else "filling",
            (one["last_time"] or "-")[:19],
        )
        for one in board["baselines"]
    )  # fmt: skip
    columns = ("BASELINE", "KIND", "OF", "FILLED>", "WATCHED>", "NEARNESS>", "LAST CALL")
    table(console(), columns, rows)


def create(
    name: NameArgument,
    *,
    model: Annotated[
        str, typer.Option(help="Of this model only, as traces name it.", show_default=False)
    ] = "",
    route: Annotated[str, typer.Option(help="Of this route only.", show_default=False)] = "",
    template: Annotated[
        str, typer.Option(help="Of the template with this hash only.", show_default=False)
    ] = "",
    size: Annotated[int, typer.Option(min=20, max=5000, help="Calls that it is to have.")] = 100,
    rolling: Annotated[
        bool, typer.Option("--rolling", help="Follow the calls instead of staying as it was.")
    ] = False,
    project: ProjectOption = "",
    config: ConfigOption = None,
    url: UrlOption = "",
) -> None:
    """Watch some calls by a baseline of their own."""
    body = {
        "name": name, "model": model, "route": route, "template": template, "size": size,
        "rolling": rolling,
    }  # fmt: skip
    made = Remote.find(config, url).send("POST", in_project("/drift/baselines", project), body)
    console().print(f"{made['name']} fills with the next {made['size']} calls.")


def freeze(
    name: NameArgument, *, project: ProjectOption = "", config: ConfigOption = None,
    url: UrlOption = "",
) -> None:  # fmt: skip
    """Keep a baseline as it is now."""
    path = in_project(f"/drift/baselines{place(name, 'freeze')}", project)
    frozen = Remote.find(config, url).send("POST", path, {})
    console().print(f"{frozen['name']} stays with its {frozen['filled']} calls.")


def delete(
    name: NameArgument, *, project: ProjectOption = "", config: ConfigOption = None,
    url: UrlOption = "",
) -> None:  # fmt: skip
    """Delete a baseline; an automatic one begins anew with the next call."""
    Remote.find(config, url).send("DELETE", in_project(f"/drift/baselines{place(name)}", project))
    console().print(f"Deleted {name}.")


def _scope(one: dict[str, str]) -> str:
    parts = [f"{name} {one[name][:24]}" for name in ("model", "route", "template") if one[name]]
    return ", ".join(parts) or "all calls"


def _group() -> None:
    """What later answers are compared with."""
