"""What the gateway must know of an OpenAI-shaped request before it forwards it, and no more.

One typed decode that skips what it does not need: 1.6 us for 4 KB, a fifth of a full parse.
"""

import re
from typing import Any

import msgspec

from vedette.dialects.framing import SSEvent
from vedette.dialects.reading import JSON_ERRORS, as_mapping, as_text, decode_whole
from vedette.dialects.splice import append_member, member_value, set_member
from vedette.errors import BadRequest

_USAGE_NULL = re.compile(rb',[ \t]*"usage"[ \t]*:[ \t]*null|"usage"[ \t]*:[ \t]*null[ \t]*,?')


class RequestHead(msgspec.Struct, gc=False):
    """The fields of a request that decide where it goes and how it is recorded."""

    model: str = ""
    stream: bool | None = None
    stream_options: dict[str, Any] | None = None
    user: str | None = None
    safety_identifier: str | None = None
    """What OpenAI asks for now in the place of `user`."""
    metadata: dict[str, Any] | None = None
    max_tokens: int | None = None
    max_completion_tokens: int | None = None
    n: int | None = None


class _Shape(msgspec.Struct, gc=False):
    choices: list[msgspec.Raw] | None = None
    usage: dict[str, Any] | None = None


_HEAD = msgspec.json.Decoder(RequestHead)
_SHAPE = msgspec.json.Decoder(_Shape)


def peek(body: bytes, *, needs_model: bool = True) -> RequestHead:
    """Read the head of a request.

    Fields other than `model` that have a type we do not expect read as absent: to refuse them is
    the provider's business. Raises BadRequest for anything but a JSON object with a `model`;
    without `needs_model` whatever cannot be read is an empty head.
    """
    try:
        head = _HEAD.decode(body)
    except JSON_ERRORS:
        head = _peek_loosely(body, needs_model=needs_model)
    if needs_model and not head.model:
        raise BadRequest(f"The request has no 'model'. {_NAME_ONE}")
    return head


_NAME_ONE = 'Name one: "model": "provider/name".'


def _peek_loosely(body: bytes, *, needs_model: bool) -> RequestHead:
    """The slow way, for bodies that do not have the expected types; says what is wrong."""
    try:
        value = _decode(body)
    except BadRequest:
        if needs_model:
            raise
        return RequestHead()
    model = value.get("model", "")
    if needs_model and not isinstance(model, str):
        kind = _JSON_NAMES.get(type(model), "null")
        raise BadRequest(f"'model' is {kind}, expected a string.")
    if isinstance(model, str) and "\N{REPLACEMENT CHARACTER}" in model:
        if needs_model:
            raise BadRequest("'model' is not UTF-8.")
        model = ""
    return RequestHead(
        model=model if isinstance(model, str) else "",
        stream=_boolean(value.get("stream")),
        stream_options=as_mapping(value.get("stream_options")) or None,
        user=as_text(value.get("user")) or None,
        safety_identifier=as_text(value.get("safety_identifier")) or None,
        metadata=as_mapping(value.get("metadata")) or None,
        max_tokens=_integer(value.get("max_tokens")),
        max_completion_tokens=_integer(value.get("max_completion_tokens")),
        n=_integer(value.get("n")),
    )


def _decode(body: bytes) -> dict[str, Any]:
    if not body.strip():
        raise BadRequest("The request body is empty. Expected a JSON object with a 'model'.")
    try:
        value = decode_whole(body)
    except RecursionError as error:
        raise BadRequest("The request body is nested too deeply to be read.") from error
    except JSON_ERRORS as error:
        raise BadRequest(f"The request body is not valid JSON: {_reason(error)}.") from error
    if not isinstance(value, dict):
        kind = _JSON_NAMES.get(type(value), "null")
        raise BadRequest(f"The request body is {kind}, expected a JSON object.")
    return value


_JSON_NAMES = {
    list: "an array", dict: "an object", str: "a string", bool: "a boolean", int: "a number",
    float: "a number",
}  # fmt: skip


def _boolean(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _integer(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _reason(error: BaseException) -> str:
    if isinstance(error, UnicodeError):
        return "it is not UTF-8"
    return str(error).removeprefix("JSON is malformed: ").rstrip(".")


def wants_usage(head: RequestHead) -> bool:
    """Whether the client itself asked for the usage chunk of a stream."""
    return bool(head.stream_options and head.stream_options.get("include_usage"))


def add_include_usage(body: bytes, head: RequestHead) -> bytes:
    """`body` with `stream_options.include_usage` true and all else untouched."""
    if wants_usage(head):
        return body
    if head.stream_options is None and b'"stream_options"' not in body:
        return append_member(body, "stream_options", b'{"include_usage":true}')
    options = member_value(body, "stream_options")
    if options is None or not options.startswith(b"{"):
        options = b"{}"
    return set_member(body, "stream_options", set_member(options, "include_usage", b"true"))


def strip_usage(event: SSEvent) -> bytes:
    """The event as a client sees it that did not ask for usage.

    Nothing for the usage chunk (`choices` empty, `usage` an object); without the `"usage":null`
    member for the other chunks; else its own bytes. Unescaped, `"usage":null` can only be a
    member: inside a text its quotes would be escaped.
    """
    raw = event.raw
    if raw.find(b'"usage"') < 0:
        return raw
    if b',"usage":null' in raw:
        return raw.replace(b',"usage":null', b"", 1)
    if (null := _USAGE_NULL.search(raw)) is not None:
        return raw[: null.start()] + raw[null.end() :]
    try:
        shape = _SHAPE.decode(event.data)
    except JSON_ERRORS:
        return raw
    return b"" if shape.usage and shape.choices == [] else raw
