"""JSON Schema, the part of it that tools and structured answers use (draft 2020-12 vocabulary).

Known: type, enum, const, properties, patternProperties, required, additionalProperties,
propertyNames, minProperties, maxProperties, items, prefixItems, minItems, maxItems, uniqueItems,
minLength, maxLength, pattern, minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf,
allOf, anyOf, oneOf, not, and local `$ref`. Other keywords are annotations. Patterns are RE2.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from vedette.detectors.matching.patterns import compile_pattern

MAX_DEPTH: Final = 64
MAX_PROBLEMS: Final = 16

Check = Callable[[Any, Any], "str | None"]


class SchemaCheck:
    """A schema, ready to check values."""

    def __init__(self, schema: Any) -> None:
        self._root = schema

    def problems(self, value: Any) -> list[str]:
        """What is wrong, each as `path: reason`; empty when the value is valid."""
        found: list[str] = []
        for problem in self._check(self._root, value, "$", 0):
            found.append(problem)
            if len(found) >= MAX_PROBLEMS:
                break
        return found

    def _check(self, schema: Any, value: Any, path: str, depth: int) -> Iterator[str]:
        if schema is False:
            yield f"{path}: nothing is allowed here"
        if not isinstance(schema, Mapping):
            return
        if depth > MAX_DEPTH:
            yield f"{path}: nested too deeply"
            return
        if isinstance(reference := schema.get("$ref"), str):
            yield from self._check(self._resolve(reference), value, path, depth + 1)
        for keyword, check in _SIMPLE.items():
            if keyword in schema and (reason := check(schema[keyword], value)):
                yield f"{path}: {reason}"
        yield from self._combined(schema, value, path, depth + 1)
        if isinstance(value, Mapping):
            yield from self._object(schema, value, path, depth + 1)
        elif isinstance(value, Sequence) and not isinstance(value, str):
            yield from self._array(schema, value, path, depth + 1)

    def _is_valid(self, schema: Any, value: Any, depth: int) -> bool:
        return next(self._check(schema, value, "$", depth), None) is None

    def _combined(
        self, schema: Mapping[str, Any], value: Any, path: str, depth: int
    ) -> Iterator[str]:
        for part in _list(schema.get("allOf")):
            yield from self._check(part, value, path, depth)
        if any_of := _list(schema.get("anyOf")):
            if not any(self._is_valid(part, value, depth) for part in any_of):
                yield f"{path}: fits none of anyOf"
        if one_of := _list(schema.get("oneOf")):
            fitting = sum(self._is_valid(part, value, depth) for part in one_of)
            if fitting != 1:
                yield f"{path}: fits {fitting} of oneOf, not 1"
        if "not" in schema and self._is_valid(schema["not"], value, depth):
            yield f"{path}: is what it must not be"

    def _object(
        self, schema: Mapping[str, Any], value: Mapping[str, Any], path: str, depth: int
    ) -> Iterator[str]:
        properties = _mapping(schema.get("properties"))
        patterns = {
            name: compile_pattern(name) for name in _mapping(schema.get("patternProperties"))
        }
        rest = schema.get("additionalProperties", True)
        for name in _list(schema.get("required")):
            if name not in value:
                yield f"{path}: {name!r} is missing"
        for name, inner in value.items():
            below = f"{path}.{name}"
            known = name in properties
            if known:
                yield from self._check(properties[name], inner, below, depth)
            for pattern, compiled in patterns.items():
                if compiled.search(name):
                    known = True
                    yield from self._check(
                        schema["patternProperties"][pattern], inner, below, depth
                    )
            if not known and rest is False:
                yield f"{path}: {name!r} is not allowed"
            elif not known:
                yield from self._check(rest, inner, below, depth)
            if "propertyNames" in schema:
                yield from self._check(schema["propertyNames"], name, below, depth)

    def _array(
        self, schema: Mapping[str, Any], value: Sequence[Any], path: str, depth: int
    ) -> Iterator[str]:
        first = _list(schema.get("prefixItems"))
        for index, inner in enumerate(value):
            part = first[index] if index < len(first) else schema.get("items", True)
            yield from self._check(part, inner, f"{path}[{index}]", depth)

    def _resolve(self, reference: str) -> Any:
        """What a local reference (`#/$defs/x`) points to; an unknown one refuses everything."""
        if not reference.startswith("#"):
            return False
        found = self._root
        for step in reference[1:].strip("/").split("/") if reference != "#" else ():
            name = step.replace("~1", "/").replace("~0", "~")
            if not isinstance(found, Mapping) or name not in found:
                return False
            found = found[name]
        return found


def _list(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else ()


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


_TYPES: Final[dict[str, Callable[[Any], bool]]] = {
    "string": lambda value: isinstance(value, str),
    "number": _is_number,
    "integer": lambda value: _is_number(value) and float(value).is_integer(),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
    "object": lambda value: isinstance(value, Mapping),
    "array": lambda value: isinstance(value, list | tuple),
}


def _type(wanted: Any, value: Any) -> str | None:
    names = [wanted] if isinstance(wanted, str) else list(_list(wanted))
    if any(name in _TYPES and _TYPES[name](value) for name in names):
        return None
    return f"is not of type {' or '.join(map(str, names))}"


def _equal(left: Any, right: Any) -> bool:
    """JSON equality: 1 is 1.0 and true is not 1."""
    return (type(left) is type(right) and left == right) or (
        _is_number(left) and _is_number(right) and left == right
    )  # fmt: skip


def _bound(kind: Callable[[Any], bool], holds: Callable[[Any, Any], bool], reason: str) -> Check:
    def check(limit: Any, value: Any) -> str | None:
        return reason.format(limit) if kind(value) and not holds(value, limit) else None

    return check


def _is_multiple(value: Any, of: Any) -> bool:
    return math.isclose(value / of, round(value / of), abs_tol=1e-9) if of else True


def _is_unique(value: Any, wanted: Any) -> bool:
    seen: list[Any] = []
    for item in value:
        if any(_equal(item, other) for other in seen):
            return not wanted
        seen.append(item)
    return True


_text, _items, _object = _TYPES["string"], _TYPES["array"], _TYPES["object"]
_SIMPLE: Final[dict[str, Check]] = {
    "type": _type,
    "enum": lambda options, value: (
        None if any(_equal(value, option) for option in _list(options)) else "is not in enum"
    ),
    "const": lambda wanted, value: None if _equal(value, wanted) else "is not the constant",
    "minLength": _bound(_text, lambda v, n: len(v) >= n, "is shorter than {}"),
    "maxLength": _bound(_text, lambda v, n: len(v) <= n, "is longer than {}"),
    "pattern": _bound(_text, lambda v, p: compile_pattern(p).search(v) is not None, "is not {!r}"),
    "minimum": _bound(_is_number, lambda v, n: v >= n, "is less than {}"),
    "maximum": _bound(_is_number, lambda v, n: v <= n, "is more than {}"),
    "exclusiveMinimum": _bound(_is_number, lambda v, n: v > n, "is not more than {}"),
    "exclusiveMaximum": _bound(_is_number, lambda v, n: v < n, "is not less than {}"),
    "multipleOf": _bound(_is_number, _is_multiple, "is no multiple of {}"),
    "minItems": _bound(_items, lambda v, n: len(v) >= n, "has fewer than {} items"),
    "maxItems": _bound(_items, lambda v, n: len(v) <= n, "has more than {} items"),
    "uniqueItems": _bound(_items, _is_unique, "has an item twice"),
    "minProperties": _bound(_object, lambda v, n: len(v) >= n, "has fewer than {} properties"),
    "maxProperties": _bound(_object, lambda v, n: len(v) <= n, "has more than {} properties"),
}
