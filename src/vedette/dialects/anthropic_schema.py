"""JSON schemas as Anthropic's structured output takes them.

Objects must be closed, and only a part of the keywords may be used; the others are refused. What
a keyword of these asked for goes into the description, where the model may still heed it: what the
official SDKs do as well.
https://platform.claude.com/docs/en/build-with-claude/structured-outputs#json-schema-limitations
"""

from typing import Any

import msgspec

from vedette.dialects.reading import as_list, as_mapping

_KEPT = ("$ref", "enum", "const", "description", "title", "default", "required")
_FORMATS = frozenset(
    {"date-time", "time", "date", "duration", "email", "hostname", "uri", "ipv4", "ipv6", "uuid"}
)
_SILENT = frozenset({"$schema", "$id", "examples"})
"""Keywords without which the answer is the same, or that are said in another way."""


def fit_schema(schema: object) -> dict[str, Any]:
    """`schema` in the keywords that are taken; for anything but an object one of an empty object.

    A schema nested deeper than `reading.MAX_DEPTH` never comes here.
    """
    given = as_mapping(schema)
    if not given:
        return {"type": "object", "properties": {}, "additionalProperties": False}
    return _fit(given)


def _fit(schema: dict[str, Any]) -> dict[str, Any]:
    fitted = {name: schema[name] for name in _KEPT if name in schema}
    rest = {name: value for name, value in schema.items() if name not in fitted}
    for name in ("$defs", "definitions"):
        if name in rest:
            members = as_mapping(rest.pop(name)).items()
            fitted[name] = {key: fit_schema(value) for key, value in members}
    _fit_type(fitted, rest)
    _fit_variants(fitted, rest)
    if fitted.get("type") == "object" or "properties" in rest:
        _fit_object(fitted, rest)
    _fit_values(fitted, rest)
    _describe(fitted, {name: value for name, value in rest.items() if name not in _SILENT})
    return fitted


def _fit_type(fitted: dict[str, Any], rest: dict[str, Any]) -> None:
    """One type; of several a choice of schemas, each with all the rest."""
    kind = rest.pop("type", None)
    if isinstance(kind, str):
        fitted["type"] = kind
    elif isinstance(kind, list) and "anyOf" not in rest and "enum" not in fitted:
        shared = {name: rest.pop(name) for name in _OF_TYPES if name in rest}
        rest["anyOf"] = [{"type": one, **_of_type(one, shared)} for one in kind]


_OF_TYPES = {
    "properties": "object", "additionalProperties": "object", "items": "array",
    "minItems": "array", "maxItems": "array", "format": "string", "pattern": "string",
    "minLength": "string", "maxLength": "string",
}  # fmt: skip


def _of_type(kind: object, keywords: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in keywords.items() if _OF_TYPES[name] == kind}


def _fit_variants(fitted: dict[str, Any], rest: dict[str, Any]) -> None:
    for name, written in (("anyOf", "anyOf"), ("oneOf", "anyOf"), ("allOf", "allOf")):
        variants = as_list(rest.get(name))
        if variants and written not in fitted:
            del rest[name]
            fitted[written] = [fit_schema(variant) for variant in variants]


def _fit_object(fitted: dict[str, Any], rest: dict[str, Any]) -> None:
    properties = as_mapping(rest.pop("properties", None))
    if not as_mapping(rest.get("additionalProperties")):
        rest.pop("additionalProperties", None)
    fitted["type"] = "object"
    fitted["properties"] = {name: fit_schema(value) for name, value in properties.items()}
    fitted["additionalProperties"] = False


def _fit_values(fitted: dict[str, Any], rest: dict[str, Any]) -> None:
    if "items" in rest:
        fitted["items"] = fit_schema(rest.pop("items"))
    if rest.get("minItems") in (0, 1):
        fitted["minItems"] = rest.pop("minItems")
    if rest.get("format") in _FORMATS:
        fitted["format"] = rest.pop("format")


def _describe(fitted: dict[str, Any], rest: dict[str, Any]) -> None:
    """Say in words what no keyword may."""
    if not rest:
        return
    told = ", ".join(f"{name}: {_text(value)}" for name, value in rest.items())
    description = fitted.get("description")
    before = f"{description}\n\n" if description else ""
    fitted["description"] = f"{before}{{{told}}}"


def _text(value: object) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()
