from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vedette.sim.chance import Draws
from vedette.sim.schema import Json, fit

WEATHER = {
    "type": "object",
    "properties": {
        "city": {"type": "string", "minLength": 3},
        "unit": {"enum": ["c", "f"]},
        "days": {"type": "integer", "minimum": 1, "maximum": 7},
    },
    "required": ["city", "unit", "days"],
}


def _weather(value: Json) -> bool:
    assert isinstance(value, dict)
    city, days = value["city"], value["days"]
    return (
        list(value) == ["city", "unit", "days"]
        and isinstance(city, str)
        and len(city) >= 3
        and value["unit"] in ("c", "f")
        and isinstance(days, int)
        and 1 <= days <= 7
    )


CASES: list[tuple[object, Callable[[Json], bool]]] = [
    (WEATHER, _weather),
    ({"const": 5}, lambda value: value == 5),
    ({"type": "number", "exclusiveMinimum": 0, "maximum": 0.5}, lambda v: 0 < _number(v) <= 0.5),
    ({"type": "integer", "minimum": 10, "multipleOf": 7}, lambda v: _number(v) % 7 == 0),
    ({"type": "integer", "maximum": -3}, lambda v: _number(v) <= -3),
    ({"minimum": 3}, lambda v: _number(v) >= 3),
    ({"type": ["null", "boolean"]}, lambda v: isinstance(v, bool)),
    ({"type": "string", "format": "date"}, lambda v: v == "2026-01-15"),
    ({"type": "string", "maxLength": 2}, lambda v: isinstance(v, str) and len(v) <= 2),
    ({"type": "array", "items": {"type": "boolean"}, "minItems": 4}, lambda v: len(_list(v)) == 4),
    ({"type": "array", "maxItems": 0}, lambda v: v == []),
    ({"anyOf": [{"type": "null"}, {"type": "string"}]}, lambda v: v is None),
    (
        {"$ref": "#/$defs/a~1b", "$defs": {"a/b": {"type": "boolean"}}},
        lambda v: isinstance(v, bool),
    ),
    (
        {
            "allOf": [
                {"properties": {"a": {"const": 1}}, "required": ["a"]},
                {"type": "object", "properties": {"b": {"const": 2}}, "required": ["b"]},
            ]
        },
        lambda v: v == {"a": 1, "b": 2},
    ),
    ({"type": "object", "required": ["free"]}, lambda v: v == {"free": None}),
    ({}, lambda v: v is None),
    ("nonsense", lambda v: v is None),
]


def _number(value: Json) -> float:
    assert isinstance(value, int | float)
    return value


def _list(value: Json) -> list[Json]:
    assert isinstance(value, list)
    return value


@pytest.mark.parametrize(("schema", "fits"), CASES)
def test_the_value_fits_whatever_is_drawn(schema: object, fits: Callable[[Json], bool]) -> None:
    for seed in range(20):
        assert fits(fit(schema, Draws(seed)))


def test_a_schema_that_refers_to_itself_ends() -> None:
    endless = {"type": "object", "properties": {"next": {"$ref": "#"}}, "required": ["next"]}
    depth, value = 0, fit(endless, Draws(1))
    while isinstance(value, dict):
        depth, value = depth + 1, value["next"]
    assert 1 < depth < 20
    assert fit({"$ref": "#"}, Draws(1)) is None


def test_a_schema_that_branches_without_end_stays_small() -> None:
    wide = {"type": "object", "properties": {f"p{n}": {"$ref": "#"} for n in range(50)}}
    assert isinstance(fit(wide, Draws(1)), dict)


KEYWORDS = (
    "type enum items properties required anyOf allOf $ref minimum maximum multipleOf "
    "minItems maxItems minLength maxLength format"
).split()
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(KEYWORDS),
            inner | st.sampled_from(["object", "array", "string", "integer", "number", "#", "#/x"]),
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(schema=json_values, seed=st.integers(0, 2**64 - 1))
def test_any_json_as_schema_gives_a_value(schema: object, seed: int) -> None:
    fit(schema, Draws(seed))
