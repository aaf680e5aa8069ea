"""Every setting and every command stands in the docs (datasette's `test_docs.py`)."""

import re
import types
from collections.abc import Iterator
from typing import Any, get_args, get_origin

import pytest
import typer
from pydantic import BaseModel

from tests.meta.tree import ROOT, files
from vedette import cli
from vedette.config.schema import Config

CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s#]+)(?:#[^)]*)?\)")


def settings(section: type[BaseModel], path: str = "") -> Iterator[str]:
    """Dotted paths of all settings below a section; items of lists have no index."""
    for name, field in section.model_fields.items():
        here = f"{path}{field.alias or name}"
        sections = list(sections_in(field.annotation))
        if not sections:
            yield here
        for inner in sections:
            yield from settings(inner, f"{here}.")


def sections_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """The section types that an annotation is made of: `tuple[RouteConfig, ...] | None`."""
    if isinstance(annotation, type) and not isinstance(annotation, types.GenericAlias):
        if issubclass(annotation, BaseModel):
            yield annotation
    elif get_origin(annotation) is not None:
        for argument in get_args(annotation):
            yield from sections_in(argument)


def documented_settings(page: str) -> set[str]:
    """Names in backticks, alone and with the path in the heading above them."""
    found: set[str] = set()
    heading = ""
    for line in page.replace("[]", "").replace("[*]", "").splitlines():
        if line.startswith("#"):
            heading = line.strip("# `")
        for code in CODE.findall(line):
            name = code.split(":")[0].strip()
            found |= {name, f"{heading}.{name}"}
    return found


def commands() -> Iterator[tuple[str, set[str]]]:
    """Each command with its long options."""
    yield from walk_commands(typer.main.get_command(cli.build()), "vedette")


def walk_commands(command: Any, path: str) -> Iterator[tuple[str, set[str]]]:
    inner = getattr(command, "commands", None)
    if inner is None:
        options = {name for parameter in command.params for name in parameter.opts}
        yield path, {name for name in options if name.startswith("--")} - {"--help"}
        return
    for name, child in inner.items():
        yield from walk_commands(child, f"{path} {name}")


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def test_every_setting_is_documented() -> None:
    missing = set(settings(Config)) - documented_settings(page("configuration.md"))
    assert not missing, f"not in docs/configuration.md: {sorted(missing)}"


def test_every_command_and_option_is_documented() -> None:
    text = page("cli.md")
    found = list(commands())
    assert found, "no command found"
    missing = [path for path, _ in found if path not in text]
    missing += [f"{path} {name}" for path, names in found for name in names if name not in text]
    assert not missing, f"not in docs/cli.md: {missing}"


@pytest.mark.parametrize("path", [ROOT / "README.md", *files("docs", ".md")], ids=lambda p: p.stem)
def test_links_between_pages_lead_somewhere(path: Any) -> None:
    broken = [
        target
        for target in LINK.findall(path.read_text(encoding="utf-8"))
        if "://" not in target
        and not target.startswith("mailto:")
        and not (path.parent / target).exists()
    ]
    assert not broken, f"{path.name} links to nothing: {broken}"
