"""JSON Schema, the part of it that tools and structured answers use (draft 2020-12 vocabulary).

Known: type, enum, const, properties, patternProperties, required, additionalProperties,
propertyNames, minProperties, maxProperties, items, prefixItems, minItems, maxItems, uniqueItems,
minLength, maxLength, pattern, minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf,
allOf, anyOf, oneOf, not, and local `$ref`. Other keywords are annotations, and so is what makes no
sense: a limit that is no number, a pattern that RE2 does not take. Schemas come from clients,
values from models: what takes too many steps is no valid value.
"""

import math
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from vedette.detectors.matching.patterns import compile_pattern
from vedette.errors import ConfigError

MAX_DEPTH: Final = 64
MAX_PROBLEMS: Final = 16
MAX_STEPS: Final = 100_000
"""A schema is held against a value, in a tenth to a fifth of a second altogether."""
_NO_SENSE: Final = (TypeError, ValueError, ArithmeticError, RecursionError, ConfigError)

Check = Callable[[Any, Any], "str | None"]


class _TooMuch(Exception):
    """The steps are used up."""


class SchemaCheck:
    """A schema, ready to check values, one at a time."""

    def __init__(self, schema: Any) -> None:
        self._root = schema
        self._steps = 0

    def problems(self, value: Any) -> list[str]:
        """What is wrong, each as `path: reason`; empty when the value is valid."""
        found: list[str] = []
        self._steps = MAX_STEPS
        try:
            for problem in self._check(self._root, value, "$", 0):
                found.append(problem)
                if len(found) >= MAX_PROBLEMS:
                    break
        except _TooMuch:
            found.append("$: takes too many steps to check")
        return found

    def _spend(self, steps: int) -> None:
        self._steps -= steps
        if self._steps < 0:
            raise _TooMuch

    def _check(self, schema: Any, value: Any, path: str, depth: int) -> Iterator[str]:
        self._spend(1)
        if schema is False:
            yield f"{path}: nothing is allowed here"
        if not isinstance(schema, Mapping):
            return
        if depth > MAX_DEPTH:
            yield f"{path}: nested too deeply"
            return
        if isinstance(reference := schema.get("$ref"), str):
            yield from self._check(self._resolve(reference), value, path, depth + 1)
        self._spend(len(_list(schema.get("enum"))) // 64)
        for keyword, check in _SIMPLE.items():
            if keyword in schema and (reason := _reason(check, schema[keyword], value)):
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
        patterns = {name: _pattern(name) for name in _mapping(schema.get("patternProperties"))}
        rest = schema.get("additionalProperties", True)
        required = _list(schema.get("required"))
        self._spend(len(required) // 32 + len(patterns) * len(value) // 4)
        for name in required:
            if isinstance(name, str) and name not in value:
                yield f"{path}: {name!r} is missing"
        for name, inner in value.items():
            below = f"{path}.{name}"
            # A pattern that cannot be read might be one of this name.
            known = name in properties or None in patterns.values()
            if name in properties:
                yield from self._check(properties[name], inner, below, depth)
            for pattern, compiled in patterns.items():
                if compiled is not None and compiled.search(name):
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
            if part is not True:
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


def own_schema(schema: Any) -> SchemaCheck:
    """A schema of somebody who can mend it: raises ConfigError for a pattern that RE2 does not
    take."""
    _compile_all(schema, 0)
    return SchemaCheck(schema)


def _compile_all(schema: Any, depth: int) -> None:
    if depth > MAX_DEPTH:
        return
    if isinstance(schema, Mapping):
        if isinstance(pattern := schema.get("pattern"), str):
            compile_pattern(pattern)
        for pattern in _mapping(schema.get("patternProperties")):
            compile_pattern(pattern)
        for keyword, part in schema.items():
            if keyword not in _VALUES:
                _compile_all(part, depth + 1)
    for part in _list(schema):
        _compile_all(part, depth + 1)


_VALUES: Final = frozenset({"const", "enum", "default", "examples"})
"""Keywords that hold no schemas."""


def _reason(check: "Check", wanted: Any, value: Any) -> str | None:
    try:
        return check(wanted, value)
    except _NO_SENSE:
        return None


@lru_cache(maxsize=256)
def _pattern(pattern: str) -> Any:
    """Compiled; None where RE2 does not take it."""
    try:
        return compile_pattern(pattern)
    except ConfigError:
        return None


def _is_like(value: str, pattern: Any) -> bool:
    compiled = _pattern(pattern)
    return compiled is None or compiled.search(value) is not None


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
    return wanted is not True or len(set(map(_key, value))) == len(value)


def _key(value: Any) -> Hashable:
    """The same for values that are equal in JSON, whatever they hold."""
    if isinstance(value, Mapping):
        return "object", frozenset((name, _key(inner)) for name, inner in value.items())
    if isinstance(value, list | tuple):
        return "array", tuple(map(_key, value))
    return "number" if _is_number(value) else type(value), value


_text, _items, _object = _TYPES["string"], _TYPES["array"], _TYPES["object"]
_SIMPLE: Final[dict[str, Check]] = {
    "type": _type,
    "enum": lambda options, value: (
        None if any(_equal(value, option) for option in _list(options)) else "is not in enum"
    ),
    "const": lambda wanted, value: None if _equal(value, wanted) else "is not the constant",
    "minLength": _bound(_text, lambda v, n: len(v) >= n, "is shorter than {}"),
    "maxLength": _bound(_text, lambda v, n: len(v) <= n, "is longer than {}"),
    "pattern": _bound(_text, _is_like, "is not {!r}"),
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
