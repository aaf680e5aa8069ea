"""Change one member of a JSON object or one form field, and no other byte.

A gateway that re-serialises a request changes its numbers, key order and spacing, breaks caches
keyed by the body and pays for it. Here the original bytes stay and only the wanted value moves.
"""

import json
import re
from collections.abc import Iterator

import msgspec

from vedette.errors import BadRequest

_SPACE = re.compile(r"[ \t\n\r]*")
_COLON = re.compile(rb"[ \t\n\r]*:[ \t\n\r]*")
_BACKSLASH = ord("\\")
_DECODER = json.JSONDecoder(strict=False)


def replace_model(body: bytes, model: str, *, current: str | None = None) -> bytes:
    """`body` with the value of its top-level `model` replaced by `model`.

    Every top-level `model` is replaced where the key stands more than once or is written with
    escapes; a `model` deeper in the document or inside a text is never touched. `current` is the
    value that a reader of the whole body found there (`RequestHead.model`): with it the usual
    body is changed without another parse.

    Raises BadRequest where `body` is not a JSON object or has no `model`.
    """
    value = msgspec.json.encode(model)
    if current is not None and (span := _sole_model(body, current)) is not None:
        return b"".join((body[: span[0]], value, body[span[1] :]))
    spliced = _replace_member(body, "model", value)
    if spliced is None:
        raise BadRequest('The request has no \'model\'. Name one: "model": "provider/name".')
    return spliced


def set_member(body: bytes, name: str, value: bytes) -> bytes:
    """`body` with its top-level `name` set to the JSON `value`; added at the end where absent."""
    spliced = _replace_member(body, name, value)
    return append_member(body, name, value) if spliced is None else spliced


def append_member(body: bytes, name: str, value: bytes) -> bytes:
    """`body`, a JSON object without `name`, with the member added at its end."""
    end = body.rfind(b"}")
    head = body[:end].rstrip(b" \t\r\n")
    comma = b"" if head.endswith(b"{") else b","
    return b"".join((body[:end], comma, msgspec.json.encode(name), b":", value, body[end:]))


def member_value(body: bytes, name: str) -> bytes | None:
    """The bytes of the last top-level `name` of a JSON object, as they are written."""
    text = body.decode("utf-8", "surrogateescape")
    found = None
    for key, start, end in _members(text):
        if key == name:
            found = text[start:end]
    return None if found is None else found.encode("utf-8", "surrogateescape")


def _sole_model(body: bytes, current: str) -> tuple[int, int] | None:
    """Where the value of `model` stands, if its bytes can be told without parsing.

    A reader found the top-level member with value `current`. If `"model"` is written once in the
    whole body and no letter of it can be hiding in an escape (all are \\u006x), that is it: inside
    a text its quotes would be escaped.
    """
    key = body.find(b'"model"')
    if key < 0 or body.find(b'"model"', key + 7) >= 0:
        return None
    if _BACKSLASH in body and body.find(b"\\u006") >= 0:
        return None
    colon = _COLON.match(body, key + 7)
    value = msgspec.json.encode(current)
    if colon is None or not body.startswith(value, colon.end()):
        return None
    return colon.end(), colon.end() + len(value)


def _replace_member(body: bytes, name: str, value: bytes) -> bytes | None:
    """`body` with each top-level `name` set to `value`; None where there is none."""
    text = body.decode("utf-8", "surrogateescape")
    pieces: list[str] = []
    done = 0
    for key, start, end in _members(text):
        if key == name:
            pieces += (text[done:start], value.decode())
            done = end
    if not pieces:
        return None
    pieces.append(text[done:])
    return "".join(pieces).encode("utf-8", "surrogateescape")


def _members(text: str) -> Iterator[tuple[str, int, int]]:
    """Key, start and end of the value of each member of the JSON object `text`, in order."""
    try:
        at = _skip(text, 0)
        if text[at] != "{":
            raise BadRequest("The request body is not a JSON object.")
        at = _skip(text, at + 1)
        while text[at] != "}":
            key, at = _DECODER.raw_decode(text, at)
            start = _skip(text, _skip(text, at) + 1)
            _, end = _DECODER.raw_decode(text, start)
            yield key, start, end
            at = _skip(text, end)
            if text[at] == ",":
                at = _skip(text, at + 1)
    except (ValueError, IndexError, RecursionError) as error:
        raise BadRequest("The request body is not valid JSON.") from error


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return at if match is None else match.end()
