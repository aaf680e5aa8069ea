"""Values that fit a JSON Schema: arguments of simulated tool calls, structured answers.

Covers what tools are described with: types, enum, const, properties, required, items, the bounds
of numbers, strings and arrays, anyOf/oneOf/allOf and local $ref. A pattern is not followed.
Depth and size are bounded, so a recursive or hostile schema ends.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from vedette.sim.chance import Draws

MAX_DEPTH: Final = 12
MAX_ITEMS: Final = 64
MAX_STRING: Final = 4096
_WORDS: Final = ("Zurich", "blue", "monday", "alpha", "report", "north", "summary", "green")
_FORMATS: Final = {
    "date-time": "2026-01-15T09:30:00Z",
    "date": "2026-01-15",
    "time": "09:30:00Z",
    "email": "ada@example.com",
    "uri": "https://example.com/",
    "uuid": "6f1c1c52-0d4e-4b59-8a3c-0f6f3a2d9b11",
    "hostname": "example.com",
    "ipv4": "192.0.2.7",
    "ipv6": "2001:db8::7",
}

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


def fit(schema: object, draws: Draws) -> Json:
    """A value that the schema accepts; null where the schema is not understood."""
    return _Fitter(schema, draws).value(schema, MAX_DEPTH)


class _Fitter:
    def __init__(self, root: object, draws: Draws) -> None:
        self._root = root
        self._draws = draws
        self._left = 10_000

    def value(self, schema: object, depth: int) -> Json:
        self._left -= 1
        if not isinstance(schema, Mapping) or depth <= 0 or self._left <= 0:
            return None
        schema = self._resolve(schema)
        if "const" in schema:
            return _json(schema["const"])
        options = schema.get("enum")
        if isinstance(options, Sequence) and not isinstance(options, str) and options:
            return _json(self._draws.pick(options))
        for union in ("anyOf", "oneOf"):
            branches = schema.get(union)
            if isinstance(branches, Sequence) and branches:
                return self.value({**_without(schema, union), **_mapping(branches[0])}, depth - 1)
        return self._typed(schema, depth)

    def _resolve(self, schema: Mapping[str, object]) -> Mapping[str, object]:
        """Follow local references and merge `allOf`, a bounded number of times."""
        for _ in range(MAX_DEPTH):
            if isinstance(ref := schema.get("$ref"), str):
                schema = {**_without(schema, "$ref"), **_mapping(self._lookup(ref))}
            elif isinstance(parts := schema.get("allOf"), Sequence):
                schema = _merged([_without(schema, "allOf"), *map(_mapping, parts)])
            else:
                return schema
        return {}

    def _lookup(self, ref: str) -> object:
        found = self._root
        for step in ref.lstrip("#").strip("/").split("/"):
            name = step.replace("~1", "/").replace("~0", "~")
            found = found.get(name) if isinstance(found, Mapping) and name else found
        return found

    def _typed(self, schema: Mapping[str, object], depth: int) -> Json:
        kind = schema.get("type")
        if isinstance(kind, Sequence) and not isinstance(kind, str):
            kind = next((one for one in kind if one != "null"), "null")
        if kind is None:
            kind = next((k for key, k in _IMPLIED.items() if key in schema), None)
        match kind:
            case "object":
                return self._object(schema, depth)
            case "array":
                return self._array(schema, depth)
            case "string":
                return self._string(schema)
            case "integer":
                return round(self._number(schema, whole=True))
            case "number":
                return self._number(schema, whole=False)
            case "boolean":
                return bool(self._draws.below(2))
            case _:
                return None

    def _object(self, schema: Mapping[str, object], depth: int) -> Json:
        properties = _mapping(schema.get("properties"))
        names = list(properties) if depth > MAX_DEPTH // 2 else []
        names += [name for name in _names(schema.get("required")) if name not in names]
        return {name: self.value(properties.get(name, {}), depth - 1) for name in names[:256]}

    def _array(self, schema: Mapping[str, object], depth: int) -> Json:
        least = _bound(schema, "minItems", 0)
        most = _bound(schema, "maxItems", max(least, 2))
        wanted = max(least, min(most, 1 + self._draws.below(2)))
        items = schema.get("items", {"type": "string"})
        return [self.value(items, depth - 1) for _ in range(min(wanted, MAX_ITEMS))]

    def _string(self, schema: Mapping[str, object]) -> str:
        if isinstance(named := schema.get("format"), str) and named in _FORMATS:
            return _FORMATS[named]
        least = min(_bound(schema, "minLength", 0), MAX_STRING)
        most = _bound(schema, "maxLength", MAX_STRING)
        text = self._draws.pick(_WORDS)
        while len(text) < least:
            text += f" {self._draws.pick(_WORDS)}"
        return text[:most]

    def _number(self, schema: Mapping[str, object], *, whole: bool) -> float:
        low = _edge(schema, "minimum", "exclusiveMinimum", 1.0 if whole else 0.001)
        high = _edge(schema, "maximum", "exclusiveMaximum", -1.0 if whole else -0.001)
        if low is None:
            low = 1.0 if high is None or high >= 1 else high
        if high is None:
            high = low + 9
        drawn = low + self._draws.fraction() * max(0.0, high - low)
        step = schema.get("multipleOf")
        if isinstance(step, int | float) and 1e-6 <= step <= 1e12:
            return min(-(-drawn // step), high // step) * step
        return float(min(max(round(drawn), -(-low // 1)), high // 1)) if whole else round(drawn, 3)


_IMPLIED: Final = {
    "properties": "object",
    "items": "array",
    "minimum": "number",
    "maximum": "number",
    "minLength": "string",
    "format": "string",
}


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _names(value: object) -> list[str]:
    if not isinstance(value, Sequence) or isinstance(value, str):
        return []
    return [name for name in value if isinstance(name, str)]


def _without(schema: Mapping[str, object], name: str) -> dict[str, object]:
    return {key: value for key, value in schema.items() if key != name}


def _merged(parts: Sequence[Mapping[str, object]]) -> dict[str, object]:
    merged: dict[str, object] = {}
    for part in parts:
        joined = {**_mapping(merged.get("properties")), **_mapping(part.get("properties"))}
        needed = [*_names(merged.get("required")), *_names(part.get("required"))]
        merged.update(part)
        if joined:
            merged["properties"] = joined
        if needed:
            merged["required"] = needed
    return merged


def _bound(schema: Mapping[str, object], name: str, default: int) -> int:
    value = schema.get(name)
    return value if isinstance(value, int) and value >= 0 else default


def _edge(schema: Mapping[str, object], closed: str, opened: str, inside: float) -> float | None:
    """A bound of a number: as given, or moved `inside` the excluded one."""
    for name, move in ((closed, 0.0), (opened, inside)):
        value = schema.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15:
            return value + move
    return None


def _json(value: object) -> Json:
    return value  # type: ignore[return-value]
