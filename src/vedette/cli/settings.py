"""`vedette config get`, `set` and `list`: single settings of the configuration."""

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

import typer

from vedette.cli.masking import masked
from vedette.cli.options import ConfigOption, load_config
from vedette.cli.output import console, printable, table
from vedette.cli.remote import JsonOption
from vedette.config.editing import flow, read_path, set_value
from vedette.config.environment import join
from vedette.config.errors import ConfigProblems, Problem, unknown
from vedette.config.load import FILE_NAME, LoadedConfig, find_file
from vedette.config.tree import Plain, plain, read_yaml
from vedette.errors import BadRequest, ConfigError

SET_EPILOG = """Examples:

- `vedette config set cache.enabled true`

- `vedette config set gateway.listen 127.0.0.1:8080`

- `vedette config set providers[0].models '["gpt-4o", "gpt-4o-mini"]'`

- `vedette config set routes[0].targets[1] '{provider: azure, model: gpt-4o}'` appends where the
  list has one entry so far

The value is YAML. The whole configuration is checked before anything is written; comments and the
order of the file stay. A running Vedette takes the new file by itself."""

KeyArgument = Annotated[
    str, typer.Argument(help="Setting, such as `cache.ttl_s` or `providers[0].base_url`.")
]


def get(key: KeyArgument, config: ConfigOption = None, as_json: JsonOption = False) -> None:
    """Print one setting as it takes effect; secrets are masked."""
    value = _find(masked(load_config(config).config), key)
    if as_json or not isinstance(value, str):
        indent = 2 if as_json else None
        print(json.dumps(value, indent=indent, ensure_ascii=False))
        return
    print(printable(value))


def list_settings(
    prefix: Annotated[
        str, typer.Argument(help="Only what stands below, such as `gateway`.", show_default=False)
    ] = "",
    *,
    changed: Annotated[
        bool, typer.Option("--changed", help="Without those that have their defaults.")
    ] = False,
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """List all settings with their values and where these come from; secrets are masked."""
    loaded = load_config(config)
    tree = masked(loaded.config)
    key = _canonical(prefix) if prefix else ""
    rows = [
        (name, value, loaded.origin(name))
        for name, value in _leaves(_find(tree, key) if key else tree, key)
        if not changed or loaded.origin(name) != "default"
    ]
    if as_json:
        print(json.dumps(
            [{"key": name, "value": value, "origin": origin} for name, value, origin in rows],
            indent=2, ensure_ascii=False,
        ))  # fmt: skip
        return
    shown = ((name, flow(value), origin) for name, value, origin in rows)
    table(console(), ("SETTING", "VALUE", "FROM"), shown)


def set_setting(
    key: KeyArgument,
    value: Annotated[str, typer.Argument(help="The value, as YAML.", show_default=False)],
    config: ConfigOption = None,
) -> None:
    """Change one setting in the configuration file."""
    path = config or find_file(os.environ, Path()) or Path(FILE_NAME)
    text = _read(path)
    loaded, content = _checked(path, text, key, value)
    is_new = not path.exists()
    _replace(path, content)
    out = console()
    shown = _find(masked(loaded.config), key)
    out.print(f"{key} is {printable(shown if isinstance(shown, str) else json.dumps(shown))}")
    if is_new:
        out.print(f"{path} is new: what was discovered so far counts no more.")
    origin = loaded.origin(_canonical(key))
    if origin.startswith("environment "):
        out.print(f"{origin.removeprefix('environment ')} is set and wins over the file.")


def _checked(path: Path, text: str, key: str, value: str) -> tuple[LoadedConfig, str]:
    """The configuration as it would be; raises ConfigError with all that is wrong."""
    steps = read_path(key)
    first: ConfigError | None = None
    for candidate in _candidates(value):
        content = set_value(text, str(path), steps, candidate)
        try:
            return _load(path, content), content
        except ConfigError as error:
            first = first or error
    assert first is not None
    raise first


def _candidates(value: str) -> Iterator[Plain]:
    """As YAML, and a scalar as text besides: `on` and `12` may be names."""
    read: Plain = value
    # An IPv6 address begins with a bracket too: what is no YAML is text.
    with suppress(ConfigProblems):
        read = plain(read_yaml(value.encode(), "the value")) if value.strip() else value
    if isinstance(read, dict) and value.lstrip()[:1] != "{":
        # `sim: a` is meant as text.
        read = value
    yield read
    if not isinstance(read, str | list | dict) and read is not None:
        yield value


def _load(path: Path, content: str) -> LoadedConfig:
    """What a file of this content says; it is told as if it stood in its place."""
    trial = path.with_name(f".{path.name}.{os.getpid()}.trial")
    try:
        _write(trial, content, path)
        return load_config(trial)
    except ConfigProblems as error:
        raise ConfigProblems([
            Problem(one.place.replace(str(trial), str(path)), one.key, one.message)
            for one in error.problems
        ]) from None  # fmt: skip
    finally:
        trial.unlink(missing_ok=True)


def _replace(path: Path, content: str) -> None:
    """All of it or nothing; a link stays one."""
    path = path.resolve()
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        _write(new, content, path)
        new.replace(path)
    except OSError as error:
        raise BadRequest(f"Cannot write {str(path)!r}: {error.strerror}.") from None
    finally:
        new.unlink(missing_ok=True)


def _write(new: Path, content: str, like: Path) -> None:
    """For the owner alone, or for those who may read the file that it stands for."""
    mode = like.stat().st_mode & 0o777 if like.exists() else 0o600
    try:
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(descriptor, "wb") as file:
            os.fchmod(descriptor, mode)
            file.write(content.encode())
            file.flush()
            os.fsync(descriptor)
    except OSError as error:
        raise BadRequest(f"Cannot write {str(new)!r}: {error.strerror}.") from None


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise BadRequest(f"Cannot read {str(path)!r}: {type(error).__name__}.") from None


def _find(tree: object, key: str) -> Any:
    """The value at a key. Raises ConfigProblems that says what there is."""
    done, node = "", tree
    for step in read_path(key):
        if isinstance(node, dict) and str(step) in node:
            node = node[str(step)]
        elif isinstance(node, list) and isinstance(step, int) and step < len(node):
            node = node[step]
        elif isinstance(node, list):
            message = f"has {len(node)} entries: need a position, such as {join(done, 0)}"
            raise ConfigProblems([Problem("", done, message)])
        else:
            known = node if isinstance(node, dict) else ()
            raise ConfigProblems([Problem("", done, unknown("setting", str(step), known))])
        done = join(done, step)
    return node


def _leaves(value: Any, key: str) -> Iterator[tuple[str, Any]]:
    """Every setting below; lists of plain values and empty ones are one."""
    if isinstance(value, dict) and value:
        for name, child in value.items():
            yield from _leaves(child, join(key, name))
    elif isinstance(value, list) and any(isinstance(child, dict) for child in value):
        for place, child in enumerate(value):
            yield from _leaves(child, join(key, place))
    else:
        yield key, value


def _canonical(key: str) -> str:
    """The key as origins call it."""
    found = ""
    for step in read_path(key):
        found = join(found, step)
    return found
