"""Fields of protocol buffers in JSON.

Google writes `camelCase` and reads `snake_case` as well, so clients send both.
https://protobuf.dev/programming-guides/json/
"""

from typing import Any

from vedette.dialects.reading import as_mapping

NAME = "gemini"


def camel_fields(value: object) -> dict[str, Any]:
    """The fields of one message by their `camelCase` names, but for null ones, which are the same
    as absent; empty where it is no object.

    What stands inside the fields is left as it is.
    """
    fields = as_mapping(value)
    return {camel(name): inner for name, inner in fields.items() if inner is not None}


def camel(name: str) -> str:
    """`max_output_tokens` as `maxOutputTokens`."""
    if "_" not in name:
        return name
    first, *rest = name.split("_")
    return first + "".join(word[:1].upper() + word[1:] for word in rest)


def bare_model(model: str) -> str:
    """A model's name without the collection it stands in (`models/`, `publishers/.../models/`)."""
    _, found, name = model.rpartition("models/")
    return name if found else model


def inner_fields(unknown: dict[str, Any], prefix: str) -> dict[str, Any]:
    """The fields that were kept under dotted names, by their own."""
    return {
        name.removeprefix(prefix): value
        for name, value in unknown.items()
        if name.startswith(prefix)
    }
