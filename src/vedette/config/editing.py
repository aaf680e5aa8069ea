"""One value of a YAML file changed in place: comments, order and everything else stay.

The parser says where each node stands in the text; a value is spliced there, or a line is put in.
What comes out is read again: it must be the old tree with that one value, or nothing was done. So
a file written in a way that is not understood here (anchors, tags) is refused, never spoiled.
"""

import json
import re
from collections.abc import Sequence

import yaml

from vedette.config.environment import join
from vedette.config.errors import ConfigProblems, Problem
from vedette.config.tree import Plain, plain, read_yaml

Path = Sequence[str | int]

_STEP = re.compile(r"([^.\[\]]+)|\[(\d{1,6})\]")
_PLAIN = re.compile(r"[A-Za-z0-9_./][A-Za-z0-9_./:@+-]*(?<!:)")
_INDENT = 2


def read_path(key: str) -> tuple[str | int, ...]:
    """The steps of `providers[0].base_url` (or `providers.0.base_url`). Raises ConfigProblems."""
    steps: list[str | int] = []
    at = 0
    while at < len(key):
        at += key[at] == "." and bool(steps)
        match = _STEP.match(key, at)
        if match is None:
            raise ConfigProblems(
                [Problem("", key[:100], "is no key: need one such as cache.ttl_s")]
            )
        name = match[2] or match[1]
        steps.append(int(name) if name.isdigit() and steps else name)
        at = match.end()
    if not steps:
        raise ConfigProblems([Problem("", "", "need a key such as cache.ttl_s")])
    return tuple(steps)


def scalar(value: object) -> str:
    """A value in YAML, quoted where it would be read as something else."""
    if isinstance(value, str) and _PLAIN.fullmatch(value):
        if plain(read_yaml(value.encode(), "")) == value:
            return value
    return json.dumps(value, ensure_ascii=False)


def flow(value: Plain) -> str:
    """Any value on one line."""
    match value:
        case dict():
            return "{" + ", ".join(f"{scalar(k)}: {flow(v)}" for k, v in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(flow, value)) + "]"
        case _:
            return scalar(value)


def set_value(text: str, file: str, path: Path, value: Plain) -> str:
    """The text with that value at that path. Raises ConfigProblems where it cannot be."""
    wanted = _with(plain(read_yaml(text.encode(), file)), path, value, file=file)
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    changed = _Editor(text).set(root, path, value)
    try:
        is_right = plain(read_yaml(changed.encode(), file)) == wanted
    except ConfigProblems:
        is_right = False
    if not is_right:
        raise ConfigProblems(
            [
                Problem(
                    file, _shown(path), "stands in a place that cannot be edited: change it there"
                )
            ]
        )
    return changed


def _with(tree: Plain, path: Path, value: Plain, *, file: str, done: str = "") -> Plain:
    """The tree with that value."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    here = join(done, step)
    if isinstance(step, int):
        items = tree if isinstance(tree, list) else []
        if step > len(items) or not (tree is None or isinstance(tree, list)):
            message = f"there are {len(items)} entries: need a position from 0 to {len(items)}"
            raise ConfigProblems([Problem(file, here, message)])
        current = items[step] if step < len(items) else None
        made = _with(current, rest, value, file=file, done=here)
        return [*items[:step], made, *items[step + 1 :]]
    children = tree if isinstance(tree, dict) else {}
    made = _with(children.get(step), rest, value, file=file, done=here)
    return {**children, step: made}


class _Editor:
    """Splices into one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._newline = "\r\n" if "\r\n" in text else "\n"

    def set(self, root: yaml.Node | None, path: Path, value: Plain) -> str:
        if root is None or _is_null(root):
            body = self._lines(path, value, 0)
            gap = "" if not self._text or self._text.endswith("\n") else self._newline
            return f"{self._text}{gap}{body}{self._newline}"
        return self._inside(root, path, value)

    def _inside(self, node: yaml.Node, path: Path, value: Plain) -> str:
        step, rest = path[0], path[1:]
        if isinstance(node, yaml.MappingNode):
            for key, child in node.value:
                if key.value == str(step):
                    return self._child(node, key, child, (rest, value))
            return self._add_key(node, str(step), rest, value)
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            if step < len(node.value):
                item = node.value[step]
                if rest and not isinstance(item, yaml.ScalarNode):
                    return self._inside(item, rest, value)
                return self._splice(item.start_mark.index, _end(item), flow(_nested(rest, value)))
            return self._append(node, flow(_nested(rest, value)))
        return self._text

    def _child(
        self, parent: yaml.MappingNode, key: yaml.Node, child: yaml.Node,
        new: tuple[Path, Plain],
    ) -> str:  # fmt: skip
        rest, value = new
        if rest and isinstance(child, yaml.CollectionNode) and child.value:
            return self._inside(child, rest, value)
        after = self._text.find(":", key.end_mark.index) + 1
        end = max(after, _end(child))
        if rest and not parent.flow_style and _is_null(child):
            body = self._lines(rest, value, key.start_mark.column + _INDENT)
            return self._splice(self._line_end(after), self._line_end(after), self._newline + body)
        return self._splice(after, end, f" {flow(_nested(rest, value))}")

    def _add_key(self, node: yaml.MappingNode, step: str, rest: Path, value: Plain) -> str:
        if node.flow_style:
            entry = f"{scalar(step)}: {flow(_nested(rest, value))}"
            return self._into_flow(node, entry)
        column = node.value[0][0].start_mark.column
        end = self._line_end(_end(node))
        body = self._lines((step, *rest), value, column)
        return self._splice(end, end, self._newline + body)

    def _append(self, node: yaml.SequenceNode, item: str) -> str:
        if node.flow_style:
            return self._into_flow(node, item)
        end = self._line_end(_end(node))
        dash = " " * node.start_mark.column + "- "
        return self._splice(end, end, f"{self._newline}{dash}{item}")

    def _into_flow(self, node: yaml.CollectionNode, entry: str) -> str:
        close = node.end_mark.index - 1
        at = _end(node.value[-1][1] if isinstance(node, yaml.MappingNode) else node.value[-1]) if (
            node.value
        ) else close  # fmt: skip
        return self._splice(at, at, f", {entry}" if node.value else entry)

    def _lines(self, path: Path, value: Plain, column: int) -> str:
        """A key in lines of its own, one a step."""
        lines: list[str] = []
        for place, step in enumerate(path):
            rest = path[place + 1 :]
            head = f"{' ' * (column + _INDENT * place)}{scalar(str(step))}:"
            if not rest or isinstance(rest[0], int):
                lines.append(f"{head} {flow(_nested(rest, value))}")
                break
            lines.append(head)
        return self._newline.join(lines)

    def _line_end(self, at: int) -> int:
        found = self._text.find("\n", at)
        if found < 0:
            return len(self._text)
        return found - (self._text[found - 1 : found] == "\r")

    def _splice(self, start: int, end: int, new: str) -> str:
        return self._text[:start] + new + self._text[end:]


def _end(node: yaml.Node) -> int:
    """Where its last character stands; block collections end with their last entry."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last)
    index: int = node.end_mark.index
    if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
        buffer = node.end_mark.buffer
        while buffer is not None and index and buffer[index - 1] in "\r\n":
            index -= 1
    return index


def _is_null(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and not node.style and node.value in ("", "~", "null")


def _nested(path: Path, value: Plain) -> Plain:
    """The value inside what is still missing on its way."""
    made: Plain = value
    for step in reversed(path):
        made = [made] if isinstance(step, int) else {step: made}
    return made


def _shown(path: Path) -> str:
    key = ""
    for step in path:
        key = join(key, step)
    return key
