"""The keywords of JSON Schema that are known, and what is said when they fail."""

from typing import Any

import pytest

from vedette.detectors.matching.json_schema import MAX_PROBLEMS, MAX_STEPS, SchemaCheck, own_schema
from vedette.errors import ConfigError

CASES: list[tuple[Any, list[Any], list[Any]]] = [
    ({"type": "integer"}, [1, 2.0], ["1", True, 1.5, None]),
    ({"type": ["string", "null"]}, ["a", None], [1, []]),
    ({"enum": [1, "a"]}, [1, 1.0, "a"], [True, "b"]),
    ({"const": {"a": 1}}, [{"a": 1}], [{"a": 2}]),
    ({"minLength": 2, "maxLength": 3}, ["ab", "abc", 5], ["a", "abcd"]),
    ({"pattern": "^a+$"}, ["aa"], ["ab"]),
    ({"minimum": 1, "exclusiveMaximum": 3}, [1, 2.9, "x"], [0, 3]),
    ({"exclusiveMinimum": 1, "maximum": 3, "multipleOf": 0.1}, [1.1, 3], [1, 3.05, 4]),
    ({"items": {"type": "integer"}, "minItems": 1, "maxItems": 2}, [[1], [1, 2]], [[], ["a"]]),
    ({"prefixItems": [{"type": "string"}], "items": False}, [["a"]], [[1], ["a", 2]]),
    ({"uniqueItems": True}, [[1, True]], [[1, 1.0]]),
    ({"required": ["a"], "additionalProperties": False, "properties": {"a": True}},
     [{"a": 1}], [{}, {"a": 1, "b": 2}]),
    ({"patternProperties": {"^x": {"type": "integer"}}}, [{"x1": 1, "y": "a"}], [{"x1": "a"}]),
    ({"propertyNames": {"maxLength": 2}}, [{"ab": 1}], [{"abc": 1}]),
    ({"minProperties": 1, "maxProperties": 1}, [{"a": 1}], [{}, {"a": 1, "b": 2}]),
    ({"allOf": [{"type": "integer"}, {"minimum": 2}]}, [2], [1, "a"]),
    ({"anyOf": [{"type": "integer"}, {"type": "null"}]}, [1, None], ["a"]),
    ({"oneOf": [{"type": "integer"}, {"minimum": 2}]}, [1, 2.5], [3]),
    ({"not": {"type": "null"}}, [1], [None]),
    ({"$ref": "#/$defs/a", "$defs": {"a": {"type": "integer"}}}, [1], ["a"]),
    ({"$ref": "https://elsewhere"}, [], [1]),
    ({"$ref": "#/nowhere"}, [], [1]),
    (False, [], [1]),
    (True, [1, None], []),
    ({"title": "anything", "unknown": 1}, [1], []),
]  # fmt: skip


@pytest.mark.parametrize(("schema", "good", "bad"), CASES)
def test_values_are_checked(schema: Any, good: list[Any], bad: list[Any]) -> None:
    check = SchemaCheck(schema)
    for value in good:
        assert check.problems(value) == [], value
    for value in bad:
        assert check.problems(value), value


def test_problems_say_where_they_are() -> None:
    schema = {"properties": {"a": {"items": {"properties": {"b": {"type": "string"}}}}}}
    assert SchemaCheck(schema).problems({"a": [{"b": 1}]}) == ["$.a[0].b: is not of type string"]


def test_a_schema_that_never_ends_is_bounded() -> None:
    assert SchemaCheck({"$ref": "#"}).problems(1) == ["$: nested too deeply"]
    many = SchemaCheck({"items": {"type": "string"}}).problems([1] * 100)
    assert len(many) == MAX_PROBLEMS


_TWICE = {
    "$ref": "#/$defs/a",
    "$defs": {
        "a": {"anyOf": [{"$ref": "#/$defs/b"}, {"$ref": "#/$defs/b"}]},
        "b": {"oneOf": [{"$ref": "#/$defs/a"}, {"$ref": "#/$defs/a"}]},
    },
}
LONG: dict[str, tuple[Any, Any]] = {
    "a schema of itself twice": (_TWICE, 1),
    "many options": ({"items": {"not": {"enum": list(range(20_000))}}}, [-1] * 20_000),
    "many patterns": (
        {"patternProperties": {f"x{n}": True for n in range(2_000)}},
        {f"y{n}": 1 for n in range(2_000)},
    ),
    "a long value": ({"items": {"type": "integer"}}, [1] * (MAX_STEPS + 1)),
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", LONG)
def test_steps_are_bounded(name: str) -> None:
    schema, value = LONG[name]
    assert SchemaCheck(schema).problems(value) == ["$: takes too many steps to check"]


@pytest.mark.timeout(60)
def test_usual_sizes_are_checked_to_their_end() -> None:
    rows = {"items": {"properties": {"a": {"type": "string"}, "b": {"enum": list(range(100))}}}}
    assert SchemaCheck(rows).problems([{"a": "x", "b": 99}] * 10_000) == []
    unique = SchemaCheck({"uniqueItems": True})
    assert unique.problems([[n, {"a": n}] for n in range(20_000)]) == []
    assert unique.problems([{"a": [1], "b": 2}, {"b": 2.0, "a": [1.0]}])
    assert unique.problems([1, True, "1", None, [1], {"1": 1}]) == []


NO_SENSE: list[tuple[Any, Any]] = [
    ({"pattern": "^(?!a).*$"}, "abc"),
    ({"pattern": 5}, "abc"),
    ({"patternProperties": {"(?=a)": {"type": "string"}}, "additionalProperties": False}, {"a": 1}),
    ({"minimum": "x", "minLength": None, "multipleOf": "a"}, 5),
    ({"multipleOf": 1e-300}, 10**400),
    ({"required": [{"a": 1}, 5]}, {}),
    ({"type": "number", "maximum": [1]}, 1.5),
]


@pytest.mark.parametrize(("schema", "value"), NO_SENSE, ids=lambda case: repr(case)[:40])
def test_keywords_that_make_no_sense_are_annotations(schema: Any, value: Any) -> None:
    assert SchemaCheck(schema).problems(value) == []


@pytest.mark.parametrize(
    "schema",
    [
        {"pattern": "^(?!a)"},
        {"properties": {"a": {"items": [{"pattern": "("}]}}},
        {"allOf": [{"patternProperties": {"(?=a)": True}}]},
    ],
    ids=["pattern", "within items", "of names"],
)
def test_who_can_mend_a_schema_is_told_of_its_patterns(schema: Any) -> None:
    with pytest.raises(ConfigError):
        own_schema(schema)


def test_values_and_names_in_a_schema_are_no_patterns() -> None:
    schema = {"properties": {"pattern": {"type": "string"}}, "enum": [{"pattern": "("}]}
    assert own_schema(schema).problems({"pattern": "("}) == []
