"""Lists that stand as one attribute for each leaf, put together again.

`llm.input_messages.0.message.role` and its like: instrumentations flatten what OpenTelemetry long
could not nest. An index is a place in a list, every other name a member of an object.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from vedette.model.semconv import INDEXED

MAX_ITEMS = 5_000
MAX_STEPS = 24
_USUAL = 100
"""Characters of a name that is remembered."""
_Tree = dict[str, Any]


def gather(attributes: Mapping[str, Any]) -> dict[str, list[Any]]:
    """The lists by their prefix, with its dot; only those that are there."""
    trees: dict[str, _Tree] = {}
    for key in attributes:
        if key.startswith(INDEXED):
            prefix, steps = _place(key) if len(key) <= _USUAL else _find_place(key)
            if steps[0].isdecimal():
                _put(trees.setdefault(prefix, {}), steps, attributes[key])
    return {prefix: _to_list(tree) for prefix, tree in trees.items()}


def _find_place(key: str) -> tuple[str, tuple[str, ...]]:
    """The list and the steps to a leaf of it."""
    prefix = next(name for name in INDEXED if key.startswith(name))
    return prefix, tuple(key[len(prefix) :].split(".", MAX_STEPS))


_place = lru_cache(maxsize=2_048)(_find_place)
"""The same names come with every span."""


def _put(tree: _Tree, steps: Sequence[str], value: Any) -> None:
    for step in steps[:-1]:
        inner = tree.setdefault(step, {})
        if not isinstance(inner, dict):
            # `content` and `content.0.text` at once: what came first stays.
            return
        tree = inner
    tree.setdefault(steps[-1], value)


def _to_list(tree: _Tree) -> list[Any]:
    """By index, whatever the order of the attributes; gaps are closed."""
    places = sorted((name for name in tree if name.isdecimal()), key=int)
    return [_plain(tree[place]) for place in places[:MAX_ITEMS]]


def _plain(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if value and all(name.isdecimal() for name in value):
        return _to_list(value)
    return {name: _plain(inner) for name, inner in value.items()}
