"""Writes a configuration as YAML that reads as if somebody had written it.

Texts are quoted wherever any reader could take them for something else.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

_PLAIN = re.compile(r"[A-Za-z_/][A-Za-z0-9_./-]*")
_WORDS = re.compile(r"(?i)null|true|false|yes|no|on|off|y|n")
_UNPRINTABLE = re.compile(r"[^\x20-\x7e]")
_FLOW = 88
"""Mappings of scalars up to this width stand on one line."""


def to_yaml(tree: dict[str, Any]) -> str:
    """The document; keys keep their order."""
    return "\n".join(_mapping(tree, 0)).rstrip("\n") + "\n"


def literal(text: str) -> str:
    """A text that stays as it is: `${` in it is no reference to the environment."""
    return text.replace("${", "$${")


def _mapping(tree: dict[str, Any], depth: int) -> Iterator[str]:
    indent = "  " * depth
    for name, value in tree.items():
        if isinstance(value, dict | list) and value and not _fits(value, depth):
            yield f"{indent}{_scalar(name)}:"
            yield from _block(value, depth + 1)
        else:
            yield f"{indent}{_scalar(name)}: {_flow(value)}"
        if depth == 0:
            yield ""


def _block(value: Any, depth: int) -> Iterator[str]:
    if isinstance(value, dict):
        yield from _mapping(value, depth)
        return
    dash = "  " * depth + "- "
    for item in value:
        if isinstance(item, dict) and not _fits(item, depth):
            lines = [line for line in _mapping(item, depth + 1) if line]
            yield dash + lines[0].lstrip()
            yield from lines[1:]
        else:
            yield dash + _flow(item)


def _fits(value: Any, depth: int) -> bool:
    """Whether it is shown on one line: no lists of mappings, and not too long."""
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        return False
    if depth == 0 and isinstance(value, dict):
        return False
    return len(_flow(value)) + 2 * depth <= _FLOW


def _flow(value: Any) -> str:
    match value:
        case dict():
            inside = ", ".join(f"{_scalar(name)}: {_flow(item)}" for name, item in value.items())
            return "{" + inside + "}"
        case list():
            return "[" + ", ".join(map(_flow, value)) + "]"
        case _:
            return _scalar(value)


def _scalar(value: Any) -> str:
    if isinstance(value, str) and _PLAIN.fullmatch(value) and not _WORDS.fullmatch(value):
        return value
    if isinstance(value, float):
        # A reader of YAML 1.1 takes `1e-05` for text.
        plain = repr(value) if "." in repr(value) else repr(value).replace("e", ".0e")
        return str(int(value)) if value.is_integer() else plain
    return _UNPRINTABLE.sub(_escaped, json.dumps(value, ensure_ascii=False))


def _escaped(match: re.Match[str]) -> str:
    char = match[0]
    code = ord(char)
    if char.isprintable():
        return char
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
