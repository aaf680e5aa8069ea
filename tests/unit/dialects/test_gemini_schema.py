from typing import Any

import pytest
from google.genai import types
from hypothesis import given
from hypothesis import strategies as st

from vedette.dialects.gemini_schema import clean_schema, is_empty_object, json_schema_of

OPEN_API = {
    "type": "OBJECT",
    "properties": {
        "city": {"type": "STRING", "nullable": True, "maxLength": "20"},
        "type": {"type": "INTEGER", "format": "int32"},
        "any_of": {"any_of": [{"type": "STRING"}, {"type": "NUMBER"}], "nullable": True},
        "days": {"type": "ARRAY", "items": {"type": "STRING", "enum": ["mo", "tu"]}},
    },
    "required": ["city"],
    "property_ordering": ["city", "type"],
}
JSON_SCHEMA = {
    "type": "object",
    "properties": {
        "city": {"type": ["string", "null"], "maxLength": 20},
        "type": {"type": "integer", "format": "int32"},
        "any_of": {"anyOf": [{"type": "string"}, {"type": "number"}, {"type": "null"}]},
        "days": {"type": "array", "items": {"type": "string", "enum": ["mo", "tu"]}},
    },
    "required": ["city"],
    "propertyOrdering": ["city", "type"],
}


def test_googles_schema_as_json_schema() -> None:
    types.Schema.model_validate(OPEN_API)
    assert json_schema_of(OPEN_API) == JSON_SCHEMA


def test_references_and_definitions() -> None:
    schema = {"defs": {"a": {"type": "STRING"}}, "ref": "#/defs/a", "nullable": True}
    assert json_schema_of(schema) == {"$defs": {"a": {"type": "string"}}, "$ref": "#/defs/a"}


@pytest.mark.parametrize(
    ("schema", "cleaned"),
    [
        (JSON_SCHEMA, JSON_SCHEMA),
        ({"const": "a", "title": "t"}, {"title": "t", "enum": ["a"]}),
        ({"const": True}, {"const": True}),
        ({"const": "a", "enum": ["a", "b"]}, {"const": "a", "enum": ["a", "b"]}),
        ({"allOf": [{"type": "string"}], "title": "t"}, {"title": "t", "type": "string"}),
        ({"allOf": [{}, {}]}, {"allOf": [{}, {}]}),
        ({"$ref": "#/$defs/a", "description": "d"}, {"$ref": "#/$defs/a"}),
        (
            {"definitions": {"a": {"const": 1}}, "items": {"$ref": "#/definitions/a"}},
            {"$defs": {"a": {"enum": [1]}}, "items": {"$ref": "#/$defs/a"}},
        ),
        ({"properties": {"x": True, "const": {"type": "string"}}},
         {"properties": {"x": {}, "const": {"type": "string"}}}),
        ({"additionalProperties": False}, {"additionalProperties": False}),
        ({"additionalProperties": {"const": 1}}, {"additionalProperties": {"enum": [1]}}),
        ({"anyOf": [{"const": "a"}, False]}, {"anyOf": [{"enum": ["a"]}, {}]}),
        (None, None),
    ],
)  # fmt: skip
def test_schemas_say_it_in_the_keywords_that_gemini_reads(schema: Any, cleaned: Any) -> None:
    assert clean_schema(schema) == cleaned


@pytest.mark.parametrize(
    ("schema", "is_empty"),
    [
        (None, True),
        ({}, True),
        ({"type": "object", "properties": {}, "required": []}, True),
        ({"type": "object", "additionalProperties": False, "$schema": "x"}, True),
        ({"type": "object", "properties": {"a": {}}}, False),
        ({"type": "object", "additionalProperties": True}, False),
        ({"type": "string"}, False),
        ({"$ref": "#/$defs/a"}, False),
    ],
)
def test_a_schema_without_members(schema: Any, is_empty: bool) -> None:
    assert is_empty_object(schema) is is_empty


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["type", "const", "allOf", "$ref", "anyOf", "properties", "items", "x"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(anything)
def test_no_schema_is_an_error(schema: Any) -> None:
    cleaned = clean_schema(schema)
    assert clean_schema(cleaned) == cleaned
    json_schema_of(schema)
    is_empty_object(schema)
