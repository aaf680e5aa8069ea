"""The reference parts of the docs, generated from the schema, the catalogue and the commands.

`python -m vedette.cli.reference` writes them between their markers in `docs/`; with `--check` it
only says whether they are current. A test runs the check.
"""

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import typer

from vedette.cli import build
from vedette.config.schema import Config
from vedette.providers.catalogue import load_kinds

DOCS = Path("docs")

_WORTH_TELLING = 10**9

_MARKED = re.compile(r"(<!-- generated: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def settings() -> str:
    """One table for each section of the configuration."""
    schema = Config.model_json_schema()
    return "\n".join(_sections(schema, schema, "")).strip()


def _sections(schema: Mapping[str, Any], root: Mapping[str, Any], path: str) -> Iterator[str]:
    rows: list[str] = []
    inner: list[tuple[str, Mapping[str, Any]]] = []
    for name, field in schema["properties"].items():
        section = _section(field, root)
        if section is None:
            rows.append(_setting(name, field, schema))
        else:
            mark = "[]" if field.get("type") == "array" else ""
            inner.append((f"{path}.{name}{mark}".lstrip("."), section))
    if rows:
        yield f"### `{path}`\n\n{_oneline(schema['description'])}\n"
        yield "| setting | value | default | meaning |\n|---|---|---|---|"
        yield from rows
        yield ""
    for name, section in inner:
        yield from _sections(section, root, name)


def _section(field: Mapping[str, Any], root: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The schema of a section that a field holds: directly, in a list, or optionally."""
    candidates = [field, field.get("items", {}), *field.get("allOf", ()), *field.get("anyOf", ())]
    for candidate in candidates:
        if isinstance(candidate, dict) and "$ref" in candidate:
            found = root["$defs"][candidate["$ref"].rpartition("/")[2]]
            return found if found.get("type") == "object" else None
    return None


def _setting(name: str, field: Mapping[str, Any], section: Mapping[str, Any]) -> str:
    required = name in section.get("required", ())
    default = "required" if required else _default(field.get("default"))
    meaning = _oneline(field.get("description", ""))
    return f"| `{name}` | {_value(field)} | {default} | {meaning} |"


def _default(value: object) -> str:
    if value is None or value in ("", [], {}):
        return "empty"
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def _value(field: Mapping[str, Any]) -> str:
    options = [option for option in field.get("anyOf", ()) if option.get("type") != "null"]
    if options:
        return _value(options[0])
    if "enum" in field or "const" in field:
        return ", ".join(f"`{value}`" for value in field.get("enum", [field.get("const")]))
    if field.get("format") == "password":
        return "secret"
    return _NAMES[field.get("type", "string")] + _bounds(field)


_NAMES = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "array": "list",
    "object": "mapping",
}


def _bounds(field: Mapping[str, Any]) -> str:
    low, high = field.get("minimum"), field.get("maximum")
    if "exclusiveMinimum" in field:
        return f", above {field['exclusiveMinimum']:g}, at most {high:g}"
    if low is None or high is None:
        return ""
    return f", {low} to {high}" if high <= _WORTH_TELLING else f", at least {low}"


def _oneline(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def kinds() -> str:
    """The provider catalogue as a table."""
    lines = [
        "| kind | provider | address | key found in | speaks | bare model names |",
        "|---|---|---|---|---|---|",
    ]
    for name, kind in load_kinds().items():
        whose = "of the region or location" if kind.place_urls else "yours"
        address = kind.base_url or f"{whose}, such as {kind.base_url_hint}"
        keys = ", ".join(f"`{variable}`" for variable in kind.key_env)
        models = ", ".join(f"`{model}`" for model in kind.models)
        dialects = ", ".join(f"`{dialect}`" for dialect in kind.dialects)
        cells = (f"`{name}`", kind.title, address, keys, dialects, models)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def commands() -> str:
    """Every command with its options and examples."""
    return "\n".join(_commands(typer.main.get_command(build()), "vedette")).strip()


def _commands(command: Any, path: str) -> Iterator[str]:
    inner = getattr(command, "commands", None)
    if inner is not None:
        for name in sorted(inner):
            yield from _commands(inner[name], f"{path} {name}")
        return
    yield f"### `{path}`\n\n{command.help}\n"
    rows = [_parameter(parameter) for parameter in command.params if parameter.name != "help"]
    if rows:
        yield "| option | value | meaning |\n|---|---|---|"
        yield from rows
        yield ""
    if command.epilog:
        yield f"{command.epilog}\n"


def _parameter(parameter: Any) -> str:
    names = ", ".join(f"`{name}`" for name in parameter.opts)
    if parameter.param_type_name == "argument":
        names = f"`{parameter.name.upper()}`"
    flag = getattr(parameter, "is_flag", False)
    value = "" if flag else _oneline(str(parameter.display_type(None)).strip("<>"))
    default = getattr(parameter.default, "value", parameter.default)
    shown = f" Default: `{default}`." if default and not flag else ""
    return f"| {names} | {value} | {_oneline(parameter.help or '')}{shown} |"


PARTS: Mapping[str, Callable[[], str]] = {
    "settings": settings,
    "kinds": kinds,
    "commands": commands,
}
"""Marker in the docs -> what belongs there."""


def current(text: str) -> str:
    """A page with its generated parts as they should be."""
    return _MARKED.sub(lambda match: f"{match[1]}\n{PARTS[match[2]]()}\n\n{match[3]}", text)


def main(arguments: list[str]) -> int:
    """Write the generated parts, or with `--check` return 1 when a page is not current."""
    stale = 0
    for page in sorted(DOCS.glob("*.md")):
        text = page.read_text("utf-8")
        wanted = current(text)
        if wanted == text:
            continue
        stale += 1
        if "--check" in arguments:
            print(f"{page} is not current: run python -m vedette.cli.reference", file=sys.stderr)
        else:
            page.write_text(wanted, "utf-8")
            print(f"wrote {page}")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
