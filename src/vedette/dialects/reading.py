"""Reading JSON that others wrote: whatever comes, a value of the wanted type comes out.

For the record of an exchange, never for deciding what to forward. A field of the wrong type reads
as absent.
"""

import re
from collections.abc import Iterable
from typing import Any

import msgspec

from vedette.errors import BadRequest, VedetteError

JSON_ERRORS = (msgspec.MsgspecError, UnicodeError, RecursionError)
"""What msgspec raises for bytes that are not the JSON it was asked for."""


MAX_DEPTH = 64


def decode(body: bytes | str) -> Any:
    """The JSON value, or None where `body` is not JSON.

    What comes out can be stored: what is nested deeper than `MAX_DEPTH` is cut off there, integers
    of more than 64 bits become texts, and characters that are none read as `mended` says.
    """
    try:
        value = decode_whole(body)
    except JSON_ERRORS:
        return None
    return value if _is_plain(value, MAX_DEPTH) else _simplify(value, MAX_DEPTH)


def decode_whole(body: bytes | str) -> Any:
    """The JSON value as it is, but for characters that are none. Raises JSON_ERRORS."""
    try:
        return msgspec.json.decode(body)
    except JSON_ERRORS:
        better = mended(body)
        if better is None:
            raise
        return msgspec.json.decode(better)


def mended(body: bytes | str) -> bytes | None:
    """JSON with U+FFFD for what is no UTF-8 and for each half of a surrogate pair; None where
    there is nothing of that.

    Clients read such texts, so do servers, and some send them: a character of two halves in two
    events.
    """
    raw = body if isinstance(body, bytes) else body.encode("utf-8", "replace")
    better = _ESCAPE.sub(_whole, raw.decode("utf-8", "replace").encode())
    return None if better == raw else better


_ESCAPE = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    rb"|\\u([dD][89a-fA-F][0-9a-fA-F]{2})|\\."
)
"""One escape after the other, so that none is taken for another one's end."""


def _whole(escape: re.Match[bytes]) -> bytes:
    return rb"\ufffd" if escape[1] else escape[0]


def decode_text(text: str) -> Any:
    """The JSON value written in `text`, or `text` itself where it is not JSON."""
    value = decode(text)
    return text if value is None and text.strip() != "null" else value


def _is_plain(value: object, depth: int) -> bool:
    inside: Iterable[Any]
    if isinstance(value, dict):
        inside = value.values()
    elif isinstance(value, list):
        inside = value
    else:
        return not isinstance(value, int) or -(2**63) <= value < 2**63
    if depth <= 0:
        return False
    # Nearly all values are of these: no call for them.
    for inner in inside:
        kind = type(inner)
        if kind in _LEAVES or (kind is int and -_SMALL < inner < _SMALL):
            continue
        if not _is_plain(inner, depth - 1):
            return False
    return True


_LEAVES = frozenset((str, float, bool, type(None)))
_SMALL = 2**63


def _simplify(value: Any, depth: int) -> Any:
    if isinstance(value, dict | list) and depth <= 0:
        return "[nested too deeply]"
    if isinstance(value, dict):
        return {name: _simplify(inner, depth - 1) for name, inner in value.items()}
    if isinstance(value, list):
        return [_simplify(inner, depth - 1) for inner in value]
    return value if _is_plain(value, depth) else str(value)


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
