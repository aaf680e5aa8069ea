"""Written values with their places, before anybody checks them.

YAML is read from the parser's events, not through a constructor: no tag is ever obeyed, nesting,
size and expansion of aliases are capped, and a key that stands twice is an error. Plain scalars
follow the YAML 1.2 core schema, so `no`, `12:30` and `1_000` stay text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

import yaml

from vedette.config.errors import ConfigProblems, Problem

Scalar = str | int | float | bool | None
Plain = Scalar | list["Plain"] | dict[str, "Plain"]

MAX_BYTES = 1_048_576
MAX_DEPTH = 32
MAX_NODES = 50_000

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE = frozenset({"true", "True", "TRUE"})
_FALSE = frozenset({"false", "False", "FALSE"})
_INT = re.compile(r"[-+]?[0-9]{1,18}")
_INDENT_WITH_TAB = re.compile(r" *\t")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?")


@dataclass(slots=True)
class Node:
    """A value and where it stands. A mapping's keys keep their order."""

    place: str
    value: Scalar | list["Node"] | dict[str, "Node"]
    raw: str = ""
    """Text as written, before `${...}` is replaced; empty for lists and mappings."""
    key_places: dict[str, str] = field(default_factory=dict)


def plain(node: Node) -> Plain:
    """The bare value of a tree."""
    match node.value:
        case dict():
            return {key: plain(child) for key, child in node.value.items()}
        case list():
            return [plain(child) for child in node.value]
        case _:
            return node.value


def walk(
    node: Node, path: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], Node]]:
    """Every node of a tree with its path, parents first."""
    yield path, node
    if isinstance(node.value, dict):
        for key, child in node.value.items():
            yield from walk(child, (*path, key))
    elif isinstance(node.value, list):
        for index, child in enumerate(node.value):
            yield from walk(child, (*path, index))


def from_plain(value: Plain, place: str) -> Node:
    """A tree whose nodes all stand at one place: discovered or taken from the environment."""
    match value:
        case dict():
            children = {key: from_plain(child, place) for key, child in value.items()}
            return Node(place, children, key_places=dict.fromkeys(children, place))
        case list():
            return Node(place, [from_plain(child, place) for child in value])
        case _:
            return Node(place, value, raw="" if value is None else str(value))


def find(root: Node, path: tuple[str | int, ...]) -> Node:
    """The node at a path, or the nearest ancestor that is written down."""
    node = root
    for step in path:
        match node.value, step:
            case dict() as children, str() if step in children:
                node = children[step]
            case list() as items, int() if 0 <= step < len(items):
                node = items[step]
            case _:
                return node
    return node


def read_yaml(content: bytes, file: str) -> Node:
    """Parse one YAML document. Raises `ConfigProblems` naming file and line."""
    if len(content) > MAX_BYTES:
        raise _broken(file, f"is larger than {MAX_BYTES} bytes")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise _broken(f"{file}:{line}", "is not UTF-8 text") from None
    builder = _Builder(file)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        # Only the parser's own words: its snippet would print the line, which may hold a key.
        mark = error.problem_mark or error.context_mark
        # libyaml may stand behind the last line when something is left open.
        lines = text.splitlines() or [""]
        at = min(mark.line, len(lines) - 1) if mark else 0
        place = f"{file}:{at + 1}" if mark else file
        if _INDENT_WITH_TAB.match(lines[at]):
            raise _broken(place, "is indented with a tab: use spaces") from None
        raise _broken(place, f"is not valid YAML: {error.problem or error.context}") from None
    except yaml.YAMLError as error:
        raise _broken(
            file, f"is not valid YAML: {getattr(error, 'reason', 'unreadable')}"
        ) from None
    return builder.document()


class _Builder:
    """Builds nodes from parser events with a stack of its own: depth costs no recursion."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._root: Node | None = None
        self._stack: list[tuple[Node, str]] = []
        self._anchors: dict[str, Node] = {}
        self._key: list[tuple[str, str] | None] = []
        self._nodes = 0
        self._documents = 0

    def document(self) -> Node:
        return self._root or Node(self._file, {})

    def take(self, event: yaml.Event) -> None:
        place = _at(self._file, event.start_mark)
        match event:
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    raise _broken(place, "holds more than one YAML document")
            case yaml.AliasEvent():
                self._alias(event, place)
            case yaml.ScalarEvent():
                self._scalar(event, place)
            case yaml.MappingStartEvent():
                self._open(event, Node(place, {}))
            case yaml.SequenceStartEvent():
                self._open(event, Node(place, []))
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._close()
            case _:
                pass

    def _scalar(self, event: yaml.ScalarEvent, place: str) -> None:
        _refuse_tag(event, place)
        if self._awaits_key():
            self._take_key(event, place)
            return
        quoted = bool(event.style)
        node = Node(place, event.value if quoted else _resolve(event.value), raw=event.value)
        if event.anchor:
            self._anchors[event.anchor] = node
        self._add(node, 1, place)

    def _open(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent, node: Node) -> None:
        _refuse_tag(event, node.place)
        if self._awaits_key():
            raise _broken(node.place, "a key must be text")
        if len(self._stack) >= MAX_DEPTH:
            raise _too_deep(node.place)
        self._add(node, 1, node.place)
        self._stack.append((node, event.anchor or ""))
        self._key.append(None)

    def _close(self) -> None:
        node, anchor = self._stack.pop()
        self._key.pop()
        if anchor:
            # Registered only now: an alias inside its own anchor finds nothing.
            self._anchors[anchor] = node

    def _alias(self, event: yaml.AliasEvent, place: str) -> None:
        if self._awaits_key():
            raise _broken(place, "a key must be text")
        node = self._anchors.get(event.anchor or "")
        if node is None:
            raise _broken(place, f"alias {event.anchor!r} has no anchor before it")
        paths = [path for path, _ in islice(walk(node), MAX_NODES + 1)]
        if len(self._stack) + max(map(len, paths)) > MAX_DEPTH:
            raise _too_deep(place)
        self._add(node, len(paths), place)

    def _add(self, node: Node, size: int, place: str) -> None:
        self._nodes += size
        if self._nodes > MAX_NODES:
            raise _broken(place, f"holds more than {MAX_NODES} values")
        if not self._stack:
            self._root = node
            return
        parent = self._stack[-1][0]
        if isinstance(parent.value, list):
            parent.value.append(node)
        elif isinstance(parent.value, dict):
            key, key_place = self._key[-1] or ("", place)
            parent.value[key] = node
            parent.key_places[key] = key_place
            self._key[-1] = None

    def _awaits_key(self) -> bool:
        return (
            bool(self._stack) and isinstance(self._stack[-1][0].value, dict) and not self._key[-1]
        )

    def _take_key(self, event: yaml.ScalarEvent, place: str) -> None:
        parent = self._stack[-1][0]
        if event.value == "<<" and not event.style:
            raise _broken(place, "merge keys (<<) are not supported: write the keys out")
        if event.value in parent.key_places:
            first = parent.key_places[event.value]
            raise _broken(place, f"key {event.value!r} stands twice (first at {first})")
        self._key[-1] = (event.value, place)


def _resolve(text: str) -> Scalar:
    if text in _NULL:
        return None
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    if _INT.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


def _refuse_tag(event: yaml.NodeEvent, place: str) -> None:
    tag = getattr(event, "tag", None)
    if tag is not None:
        raise _broken(place, "YAML tags are not supported")


def _at(file: str, mark: object) -> str:
    line = getattr(mark, "line", None)
    return file if line is None else f"{file}:{line + 1}"


def _too_deep(place: str) -> ConfigProblems:
    return _broken(place, f"is nested more than {MAX_DEPTH} levels deep")


def _broken(place: str, message: str) -> ConfigProblems:
    return ConfigProblems([Problem(place, "", message)])


def _fastest_loader() -> type[yaml.SafeLoader]:
    loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return loader


_LOADER = _fastest_loader()
