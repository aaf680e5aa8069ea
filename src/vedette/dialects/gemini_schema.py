"""Schemas of tools and answers, between JSON Schema and Gemini's two forms of it.

`parameters` and `responseSchema` hold Google's `Schema`, a part of OpenAPI 3.0 with type names in
capitals. `parametersJsonSchema` and `responseJsonSchema` hold JSON Schema, of which Gemini reads
the keywords of `_READ` and overlooks the rest. So we read both and write the second, and say in
the keywords it reads what a schema says in others.
https://ai.google.dev/api/generate-content (GenerationConfig, Schema)
"""

from collections.abc import Callable
from typing import Any

from vedette.dialects.gemini_fields import camel_fields
from vedette.dialects.reading import as_list, as_mapping

_READ = frozenset(
    {
        "$id", "$defs", "$ref", "$anchor", "type", "format", "title", "description", "enum",
        "items", "prefixItems", "minItems", "maxItems", "minimum", "maximum", "anyOf", "oneOf",
        "properties", "additionalProperties", "required", "propertyOrdering",
    }
)  # fmt: skip
_LISTS = frozenset({"anyOf", "oneOf", "prefixItems"})
_MAPS = frozenset({"properties", "$defs"})
_COUNTS = frozenset(
    {"minItems", "maxItems", "minLength", "maxLength", "minProperties", "maxProperties"}
)
"""64-bit integers, which protocol buffers write as texts."""
_INNER = frozenset({"items"})


def json_schema_of(schema: object) -> dict[str, Any]:
    """Google's `Schema` as JSON Schema."""
    read: dict[str, Any] = {}
    for name, value in camel_fields(schema).items():
        if name == "type":
            read["type"] = str(value).lower()
        elif name in _LISTS:
            read[name] = [json_schema_of(inner) for inner in as_list(value)]
        elif name in _INNER:
            read[name] = json_schema_of(value)
        elif name in ("properties", "defs"):
            inner = {key: json_schema_of(one) for key, one in as_mapping(value).items()}
            read["$defs" if name == "defs" else name] = inner
        elif name == "ref":
            read["$ref"] = value
        elif name in _COUNTS and isinstance(value, str) and value.isdecimal():
            read[name] = int(value)
        else:
            read[name] = value
    return _nullable(read) if read.pop("nullable", False) is True else read


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    if isinstance(kind := schema.get("type"), str):
        return schema | {"type": [kind, "null"]}
    if "anyOf" in schema:
        return schema | {"anyOf": [*schema["anyOf"], {"type": "null"}]}
    return schema


def clean_schema(schema: object) -> Any:
    """A JSON Schema in the keywords that Gemini reads.

    `const` becomes an `enum`, a lone `allOf` its content, `definitions` become `$defs`; beside a
    `$ref` nothing else may stand; `true` as a schema is an empty one.
    """
    if isinstance(schema, bool):
        return {}
    if not isinstance(schema, dict):
        return schema
    for mend in _MENDS:
        schema = mend(schema)
    if "$ref" in schema:
        return {name: _clean(name, value) for name, value in schema.items() if name[:1] == "$"}
    return {name: _clean(name, value) for name, value in schema.items()}


def is_empty_object(schema: object) -> bool:
    """Whether it describes an object without members, as tools without arguments have: Gemini
    wants no schema then."""
    fields = as_mapping(schema)
    if not fields:
        return True
    says_more = _READ & fields.keys() - {"type", "title", "description", "required", "$id"}
    return fields.get("type", "object") == "object" and not any(fields[n] for n in says_more)


def _clean(name: str, value: Any) -> Any:
    if name in _LISTS:
        return [clean_schema(inner) for inner in as_list(value)]
    if name in _MAPS:
        return {key: clean_schema(inner) for key, inner in as_mapping(value).items()}
    if name == "$ref" and isinstance(value, str):
        return value.replace("#/definitions/", "#/$defs/")
    if name in _INNER or (name == "additionalProperties" and isinstance(value, dict)):
        return clean_schema(value)
    return value


def _lone_all_of(schema: dict[str, Any]) -> dict[str, Any]:
    alternatives = as_list(schema.get("allOf"))
    if len(alternatives) != 1 or not isinstance(alternatives[0], dict):
        return schema
    return {name: value for name, value in schema.items() if name != "allOf"} | alternatives[0]


def _const(schema: dict[str, Any]) -> dict[str, Any]:
    only = schema.get("const")
    if "enum" in schema or isinstance(only, bool) or not isinstance(only, str | int | float):
        return schema
    return {name: value for name, value in schema.items() if name != "const"} | {"enum": [only]}


def _definitions(schema: dict[str, Any]) -> dict[str, Any]:
    if "$defs" in schema or not isinstance(schema.get("definitions"), dict):
        return schema
    return {("$defs" if name == "definitions" else name): v for name, v in schema.items()}


_MENDS: tuple[Callable[[dict[str, Any]], dict[str, Any]], ...] = (
    _lone_all_of,
    _const,
    _definitions,
)
