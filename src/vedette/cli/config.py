"""`vedette config show|get|set|list`."""

import json
from collections.abc import Iterator
from typing import Annotated

import typer

from vedette.cli.masking import masked
from vedette.cli.options import ConfigOption, load_config
from vedette.cli.settings import SET_EPILOG, get, list_settings, set_setting
from vedette.config.editing import scalar
from vedette.config.environment import join
from vedette.config.load import DEFAULT, LoadedConfig

_EPILOG = """Examples:

- `vedette config show`

- `VEDETTE_GATEWAY__LISTEN=127.0.0.1:8080 vedette config show` shows where a value comes from

- `vedette config show --json`

Secrets are masked. The comment behind a value says where it was set; without one it is a
default."""


def register(app: typer.Typer) -> None:
    group = typer.Typer(no_args_is_help=True, help="Look at the configuration, and change it.")
    group.callback()(_group)
    group.command("show", epilog=_EPILOG)(show)
    group.command("get")(get)
    group.command("list")(list_settings)
    # A value may be less than 0.
    negative = {"ignore_unknown_options": True}
    group.command("set", epilog=SET_EPILOG, context_settings=negative)(set_setting)
    app.add_typer(group, name="config")


def show(
    config: ConfigOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, without origins.")] = False,
) -> None:
    """Print the configuration as it takes effect, and where each value comes from."""
    loaded = load_config(config)
    if as_json:
        print(json.dumps(masked(loaded.config), indent=2, ensure_ascii=False))
        return
    print("\n".join(yaml_lines(loaded)))


def yaml_lines(loaded: LoadedConfig) -> Iterator[str]:
    """YAML that Vedette could read again (but for the masks), with origins as comments."""
    yield f"# {loaded.path or 'no configuration file'}"
    yield from _mapping(masked(loaded.config), loaded, "", 0)


def _mapping(value: object, loaded: LoadedConfig, path: str, depth: int) -> Iterator[str]:
    if not isinstance(value, dict):
        return
    for name, child in value.items():
        yield from _entry(f"{'  ' * depth}{scalar(name)}:", child, loaded, join(path, name), depth)


def _entry(head: str, value: object, loaded: LoadedConfig, path: str, depth: int) -> Iterator[str]:
    match value:
        case dict() if value:
            yield head
            yield from _mapping(value, loaded, path, depth + 1)
        case list() if value and isinstance(value[0], dict):
            yield head
            for index, item in enumerate(value):
                yield from _item(item, loaded, join(path, index), depth + 1)
        case dict() | list():
            yield f"{head} {_flow(value)}{_origin(loaded, path)}"
        case _:
            yield f"{head} {scalar(value)}{_origin(loaded, path)}"


def _item(item: object, loaded: LoadedConfig, path: str, depth: int) -> Iterator[str]:
    """A mapping in a list: its first line carries the dash."""
    lines = list(_mapping(item, loaded, path, depth + 1))
    dash = "  " * depth + "- "
    yield dash + lines[0][len(dash) :]
    yield from lines[1:]


def _flow(value: dict[str, object] | list[object]) -> str:
    return json.dumps(value, ensure_ascii=False)


def _origin(loaded: LoadedConfig, path: str) -> str:
    origin = loaded.origin(path)
    return "" if origin == DEFAULT else f"  # {origin}"


def _group() -> None:
    """Look at the configuration, and change it."""
