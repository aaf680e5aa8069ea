"""The tables of detectors: YAML or JSON beside the code, read once, checked by type."""

import re
from collections.abc import Mapping
from importlib.resources import files
from typing import Final, TypeVar

import msgspec

Shape = TypeVar("Shape")

_MACRO: Final = re.compile(r"<([a-z]+)>")


def read_table(name: str, shape: type[Shape]) -> Shape:
    """`tables/<name>` as `shape`."""
    content = (files("vedette.detectors") / "tables" / name).read_bytes()
    if name.endswith(".json"):
        return msgspec.json.decode(content, type=shape)
    return msgspec.yaml.decode(content, type=shape)


def expand(pattern: str, macros: Mapping[str, str]) -> str:
    """The pattern with `<name>` replaced where `name` is a macro."""
    return _MACRO.sub(lambda match: macros.get(match[1], match[0]), pattern)
