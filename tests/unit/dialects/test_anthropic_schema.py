"""Schemas are narrowed to what is taken, and what they asked for is still told."""

from typing import Any

import pytest
from anthropic import transform_schema
from hypothesis import given
from hypothesis import strategies as st

from vedette.dialects.anthropic_schema import fit_schema

CLOSED = {"additionalProperties": False}


@pytest.mark.parametrize(
    ("schema", "fitted"),
    [
        (
            {"type": "object", "properties": {"a": {"type": "integer", "minimum": 1}}},
            {
                "type": "object",
                "properties": {"a": {"type": "integer", "description": "{minimum: 1}"}},
                **CLOSED,
            },
        ),
        (
            {"type": "string", "description": "d", "pattern": "^a", "format": "date"},
            {"type": "string", "description": "d\n\n{pattern: ^a}", "format": "date"},
        ),
        (
            {"type": "string", "format": "byte"},
            {"type": "string", "description": "{format: byte}"},
        ),
        (
            {"type": "array", "items": {"type": "object"}, "minItems": 1, "maxItems": 3},
            {
                "type": "array",
                "items": {"type": "object", "properties": {}, **CLOSED},
                "minItems": 1,
                "description": "{maxItems: 3}",
            },
        ),
        (
            {"type": ["string", "null"], "maxLength": 5},
            {"anyOf": [{"type": "string", "description": "{maxLength: 5}"}, {"type": "null"}]},
        ),
        (
            {"oneOf": [{"type": "string"}, {"type": "number"}]},
            {"anyOf": [{"type": "string"}, {"type": "number"}]},
        ),
        (
            {"$ref": "#/$defs/A", "$defs": {"A": {"type": "object", "$schema": "x"}}},
            {"$ref": "#/$defs/A", "$defs": {"A": {"type": "object", "properties": {}, **CLOSED}}},
        ),
        (
            {"type": "object", "additionalProperties": {"type": "string"}},
            {
                "type": "object",
                "properties": {},
                "description": '{additionalProperties: {"type":"string"}}',
                **CLOSED,
            },
        ),
        ({"enum": ["a", "b"]}, {"enum": ["a", "b"]}),
        ("odd", {"type": "object", "properties": {}, **CLOSED}),
    ],
)
def test_schemas(schema: Any, fitted: dict[str, Any]) -> None:
    assert fit_schema(schema) == fitted


LEAVES = st.sampled_from(
    [
        {"type": "string"}, {"type": "integer", "description": "d"}, {"type": "boolean"},
        {"type": "string", "format": "email"}, {"type": "null"}, {"type": "number", "title": "t"},
    ]
)  # fmt: skip
SCHEMAS = st.recursive(
    LEAVES,
    lambda inner: (
        st.fixed_dictionaries({"type": st.just("array"), "items": inner})
        | st.fixed_dictionaries({"anyOf": st.lists(inner, min_size=1, max_size=2)})
        | st.fixed_dictionaries(
            {
                "type": st.just("object"),
                "properties": st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
                "required": st.just(["a"]),
                "additionalProperties": st.booleans(),
            }
        )
    ),
    max_leaves=8,
)


@given(SCHEMAS)
def test_usual_schemas_become_what_the_official_client_makes_of_them(schema: Any) -> None:
    assert fit_schema(schema) == transform_schema(schema)


@given(SCHEMAS)
def test_a_fitted_schema_stays_as_it_is(schema: Any) -> None:
    fitted = fit_schema(schema)
    assert fit_schema(fitted) == fitted
