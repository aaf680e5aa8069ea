"""Reading JSON that others wrote: whatever comes, a value of the wanted type comes out.

For the record of an exchange, never for deciding what to forward. A field of the wrong type reads
as absent.
"""

from typing import Any

import msgspec

from vedette.errors import BadRequest, VedetteError

JSON_ERRORS = (msgspec.MsgspecError, UnicodeError, RecursionError)
"""What msgspec raises for bytes that are not the JSON it was asked for."""


def decode(body: bytes | str) -> Any:
    """The JSON value, or None where `body` is not JSON."""
    try:
        return msgspec.json.decode(body)
    except JSON_ERRORS:
        return None


def decode_text(text: str) -> Any:
    """The JSON value written in `text`, or `text` itself where it is not JSON."""
    try:
        return msgspec.json.decode(text)
    except JSON_ERRORS:
        return text


def as_mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def as_list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def as_text(value: object) -> str:
    """A string as it is, a number as its digits, anything else as empty."""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return ""


def as_count(value: object) -> int:
    """A token count: an integer >= 0, else 0. Whole floats (`12.0`) are accepted."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return 0
    if isinstance(value, float) and not value.is_integer():
        return 0
    return max(0, min(int(value), 2**53))


def first_text(*values: object) -> str:
    """The first value that reads as a non-empty text."""
    for value in values:
        if text := as_text(value):
            return text
    return ""


class Unreadable(VedetteError):
    """The provider's answer is not what its dialect says."""

    code = "invalid_answer"
    status = 502


def decode_request(body: bytes) -> dict[str, Any]:
    """The JSON object of a request. Raises BadRequest for anything else."""
    value = decode(body)
    if not isinstance(value, dict):
        raise BadRequest("The request body is not a JSON object.")
    return value


def decode_answer(body: bytes) -> dict[str, Any]:
    """The JSON object of an answer. Raises Unreadable for anything else."""
    value = decode(body)
    if not isinstance(value, dict):
        raise Unreadable("The provider's answer is not a JSON object.")
    return value
