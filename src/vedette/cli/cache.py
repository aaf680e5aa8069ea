"""`vedette cache`: what kept answers are good for, and how to forget them."""

import json
from typing import Annotated, Any

import typer

from vedette.cli.options import ConfigOption
from vedette.cli.output import console
from vedette.cli.remote import JsonOption, Remote, UrlOption
from vedette.errors import BadRequest

_STATS = """Examples:

- `vedette cache stats`

Since the start, of this machine; SHARED is what lies on the server of `redis.url`."""
_PURGE = """Examples:

- `vedette cache purge --model fast --project shop`

- `vedette cache purge --key 0f3c...`: what the header `x-vedette-cache-key` said

- `vedette cache purge --all`

Answers that match everything that is given are forgotten, within two seconds."""


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="Look at kept answers and forget them.", no_args_is_help=True)
    group.command("stats", epilog=_STATS)(show_stats)
    group.command("purge", epilog=_PURGE)(purge)
    app.add_typer(group, name="cache")


def show_stats(
    *, as_json: JsonOption = False, url: UrlOption = "", config: ConfigOption = None
) -> None:
    """Show how often kept answers were of use, and what they saved."""
    found: dict[str, Any] = Remote.find(config, url).get("/cache")
    if as_json:
        print(json.dumps(found, indent=2))
        return
    asked = found["hits"] + found["misses"]
    share = f" ({found['hits'] / asked:.1%})" if asked else ""
    out = console()
    out.print(f"CACHE    {'on' if found['enabled'] else 'off'}")
    out.print(f"HITS     {found['hits']} of {asked}{share}")
    out.print(f"SAVED    {found['saved_usd']} USD")
    out.print(f"ANSWERS  {found['answers']}, {found['bytes']} bytes")
    if found["shared_answers"] is not None:
        out.print(f"SHARED   {found['shared_answers']}, {found['shared_bytes']} bytes")


def purge(
    *,
    project: Annotated[str, typer.Option(help="Answers of this project.")] = "",
    model: Annotated[str, typer.Option(help="Answers of this model, as clients name it.")] = "",
    tag: Annotated[str, typer.Option(help="Answers of calls with this tag.")] = "",
    key: Annotated[str, typer.Option(help="One answer: its `x-vedette-cache-key`.")] = "",
    everything: Annotated[bool, typer.Option("--all", help="All answers.")] = False,
    url: UrlOption = "",
    config: ConfigOption = None,
) -> None:
    """Forget kept answers."""
    if everything == bool(project or model or tag or key):
        raise BadRequest("Say which answers: --project, --model, --tag or --key; or --all alone.")
    body = {"project": project, "model": model, "tag": tag, "key": key, "everything": everything}
    done = Remote.find(config, url).send("POST", "/cache/purge", body)
    shared = done["shared_answers"]
    told = f"; {shared} of the shared ones are gone" if shared is not None else ""
    console().print(f"Workers forget what was kept before {done['purged_before'][:19]}{told}.")
