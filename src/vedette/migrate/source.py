"""A YAML file as its own program reads it, with the line of every value.

Anchors, aliases and merge keys (`<<`) are followed, since people share settings between models that
way. Tags make plain values only; size, depth and the number of values are capped.
"""

from collections.abc import Iterator
from typing import Any

import msgspec
import yaml

from vedette.errors import ConfigError

MAX_BYTES = 1_048_576
MAX_DEPTH = 32
MAX_VALUES = 50_000

Path = tuple[str | int, ...]


class Source(msgspec.Struct, frozen=True):
    """What was read."""

    name: str
    tree: dict[str, Any]
    lines: dict[Path, int]

    def place(self, path: Path) -> str:
        """`file:line` of a value, or of the nearest value around it."""
        while path and path not in self.lines:
            path = path[:-1]
        line = self.lines.get(path)
        return f"{self.name}:{line}" if line else self.name


def read_source(content: bytes, name: str) -> Source:
    """Parse one document whose top is a mapping. Raises ConfigError naming file and line."""
    if len(content) > MAX_BYTES:
        raise ConfigError(f"{name} is larger than {MAX_BYTES} bytes.")
    try:
        # The loader makes plain values only, and none is made: nodes are walked here.
        loader = yaml.SafeLoader(content.decode("utf-8-sig"))
        root = loader.get_single_node()
    except UnicodeDecodeError:
        raise ConfigError(f"{name} is not UTF-8 text.") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f"{name}:{mark.line + 1}" if mark else name
        raise ConfigError(f"{place} is not valid YAML: {error.problem or error.context}.") from None
    except (yaml.YAMLError, RecursionError):
        raise ConfigError(f"{name} is not valid YAML.") from None
    if not isinstance(root, yaml.MappingNode):
        raise ConfigError(f"{name} holds no settings: expected a mapping at its top.")
    return _Reader(name, loader).read(root)


class _Reader:
    """Makes plain values of nodes and notes their lines."""

    def __init__(self, name: str, loader: yaml.SafeLoader) -> None:
        self._name = name
        self._loader = loader
        self._lines: dict[Path, int] = {}

    def read(self, root: yaml.MappingNode) -> Source:
        tree = dict(self._mapping(root, ()))
        return Source(self._name, tree, self._lines)

    def _value(self, node: yaml.Node, path: Path) -> Any:
        if len(path) > MAX_DEPTH or len(self._lines) > MAX_VALUES:
            raise ConfigError(f"{self._name} is nested too deeply, or holds too many values.")
        self._lines.setdefault(path, node.start_mark.line + 1)
        match node:
            case yaml.MappingNode():
                return dict(self._mapping(node, path))
            case yaml.SequenceNode():
                return [self._value(item, (*path, at)) for at, item in enumerate(node.value)]
            case _:
                return self._scalar(node)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> Iterator[tuple[str, Any]]:
        try:
            self._loader.flatten_mapping(node)
        except yaml.MarkedYAMLError as error:
            line = node.start_mark.line + 1
            raise ConfigError(f"{self._name}:{line}: {error.problem}.") from None
        for key, value in node.value:
            name = str(key.value) if isinstance(key, yaml.ScalarNode) else "?"
            self._lines[*path, name] = key.start_mark.line + 1
            yield name, self._value(value, (*path, name))

    def _scalar(self, node: yaml.Node) -> Any:
        try:
            value = self._loader.construct_object(node)
        except (yaml.YAMLError, ValueError):
            return node.value
        plain = isinstance(value, str | int | float | bool | None)
        return value if plain else str(node.value)
